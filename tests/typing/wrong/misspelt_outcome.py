"""A misspelt outcome is met in the editor."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    painrules.explore("chronic", tried={"exercise": "not_enoug"})  # wrong
