"""A misspelt pain type is met in the editor, before anything runs."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    painrules.explore("cronic")  # wrong
    painrules.Explorer().explore(pain_type="Chronic")  # wrong
