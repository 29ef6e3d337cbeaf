"""What came of one question."""

from typing import NamedTuple

from painrules.check.findings import Finding


class Verdict(NamedTuple):
    """What came of one question."""

    about: str
    """The kind of finding that was looked for."""
    subject: str
    """The rule, pair, option or cell that was looked at."""
    finding: Finding | None = None
    """What was found; None: it is proved that there is nothing, or it was not decided."""
    decided: bool = True
    """Whether there is an answer."""
