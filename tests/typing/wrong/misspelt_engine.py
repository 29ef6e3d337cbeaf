"""A misspelt engine is met in the editor."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    painrules.Explorer(engine="bitmop")  # wrong
