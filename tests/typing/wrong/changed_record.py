"""Profiles are frozen; changing one is met in the editor."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    profile = painrules.Profile(severity=3)
    profile.severity = 4  # wrong
