"""How a status looks: a sign, a colour, a border and a word, so that any one of them is enough."""

from typing import NamedTuple

from painrules.render.words import STATUS_SIGNS, STATUS_WORDS
from painrules.vocab import Stance, Status


class StatusLook(NamedTuple):
    """How a status looks."""

    sign: str
    """The sign, the same as in text."""
    word: str
    """The word."""
    fill: str
    """The colour inside, light enough for black text."""
    edge: str
    """The colour of the border."""
    dash: str | None
    """The pattern of the border."""


_COLOURS: dict[Status, tuple[str, str, str | None]] = {
    Status.SUPPORTED: ("#dcebf7", "#0072b2", None),
    Status.VARIES: ("#e8f3ea", "#00775a", "9 3"),
    Status.CONTESTED: ("#fbe9c6", "#9c6a00", "7 3 2 3"),
    Status.NOT_SUPPORTED: ("#fbe3d6", "#b34700", "4 3"),
    Status.NO_RECOMMENDATION: ("#f2f2f2", "#777777", "2 3"),
    Status.NOT_MENTIONED: ("#ffffff", "#bbbbbb", "1 4"),
}

STATUS_LOOKS = {
    status: StatusLook(STATUS_SIGNS[status], STATUS_WORDS[status], *_COLOURS[status])
    for status in Status
}

STANCE_STATUS = {
    Stance.SUPPORTS: Status.SUPPORTED,
    Stance.OPPOSES: Status.NOT_SUPPORTED,
    Stance.NO_RECOMMENDATION: Status.NO_RECOMMENDATION,
}
"""The status that a position of each stance alone would make."""
