"""A number in quotes, a word where a mapping is wanted: met in the editor."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    painrules.explore("chronic", age="72")  # wrong
    painrules.explore("chronic", tried="exercise")  # wrong
    painrules.explore("chronic", present=3)  # wrong
    painrules.Explorer(pack="core")  # wrong
