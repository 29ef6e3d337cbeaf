"""A field that a result does not have is met in the editor."""

import painrules


def wrong() -> None:
    """Never called, only read."""
    result = painrules.explore("chronic")
    assert result.recommended  # wrong
    assert result["exercise"].score  # wrong
