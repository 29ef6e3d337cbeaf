"""A misspelt argument is met in the editor."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    painrules.explore("chronic", conditions="fibromyalgia")  # wrong
