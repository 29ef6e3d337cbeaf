"""Chips: one option each, with its sign, colour, border and words; and the legend that explains them."""

from collections.abc import Iterable
from typing import NamedTuple

from painrules.graph.base import Attributes
from painrules.graph.pictures.canvas import BODY, GREY, MARGIN, SMALL, Canvas
from painrules.graph.pictures.measure import cut, width
from painrules.graph.pictures.status import STATUS_LOOKS
from painrules.render.words import AGREEMENT_WORDS, LINE_WORDS, SAFETY_SIGNS
from painrules.vocab import Agreement, Line, Safety, Status

GAP = 8
PLAIN = "#333333"


class Group(NamedTuple):
    """The options of one category and domain."""

    category: str
    domain: str
    shown: list[Attributes]
    more: int


def legend(canvas: Canvas, y: float, statuses: Iterable[Status], note: str = "") -> float:
    """A row that says what each sign means, and a note; returns where the next thing may stand."""
    x: float = MARGIN
    for status in statuses:
        look = STATUS_LOOKS[status]
        text = f"{look.sign} {look.word}"
        room = width(text, SMALL) + 16
        canvas.rect(
            x, y, room, 20, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5, round_=4
        )
        canvas.text(x + 8, y + 14, text, size=SMALL)
        x += room + GAP
    if note:
        end = canvas.width - MARGIN
        canvas.text(end, y + 14, note, size=SMALL, fill=GREY, anchor="end")
    return y + 30


def chip(
    canvas: Canvas,
    held: Attributes,
    label: list[str],
    box: tuple[float, float, float, float],
    *,
    beside: str = "",
) -> None:
    """One option: its sign and name, and what is said of it; where room is scarce, with its domain beside that."""
    x, y, room, height = box
    top, bottom = (15, 6) if beside else (18, 8)
    look = STATUS_LOOKS[Status(held["status"])]
    hover = f"{held['label']}: {said(held)}. {held.get('summary', '')}"
    canvas.rect(*box, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5, hover=hover)
    canvas.rect(x, y, 5, height, fill=look.edge)
    canvas.text(x + 12, y + top, look.sign)
    canvas.lines(x + 28, y + top, label, size=BODY)
    below, end = y + height - bottom, x + room - 6
    free = room - 36 - (width(beside, SMALL) + 6 if beside else 0)
    if beside:
        tight = width(said(held), SMALL) > free and len(label) == 1
        above = tight and width(label[0], BODY) <= free
        free = room - 36 if above else free
        canvas.text(end, y + top if above else below, beside, size=SMALL, fill=PLAIN, anchor="end")
    canvas.text(x + 28, below, cut(said(held), free, SMALL), size=SMALL, fill=PLAIN)


def said(held: Attributes) -> str:
    """The status of an option in words: line or status, whether sources disagree, the care it needs."""
    line = Line(held.get("line", Line.UNSPECIFIED))
    status = Status(held["status"])
    told = [STATUS_LOOKS[status].word]
    if line is not Line.UNSPECIFIED:
        told = [*(told if status is not Status.SUPPORTED else ()), LINE_WORDS[line]]
    if held["agreement"] == Agreement.MIXED and status is not Status.CONTESTED:
        told.append(AGREEMENT_WORDS[Agreement.MIXED])
    if held["safety"] != Safety.CLEAR:
        told.append(SAFETY_SIGNS[Safety(held["safety"])])
    return ", ".join(told)
