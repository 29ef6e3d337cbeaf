"""A misspelt mechanism is met in the editor, alone and among others."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    painrules.explore("chronic", "neuropatic")  # wrong
    painrules.explore("chronic", ["neuropathic", "nociplastik"])  # wrong
