"""A tree of options: a column for each thing that sources come to, options below each other by category."""

from typing import NamedTuple

from painrules.graph.pictures.canvas import BODY, GREY, MARGIN, SMALL, Canvas, number
from painrules.graph.pictures.measure import cut, wrap
from painrules.graph.pictures.status import STATUS_LOOKS
from painrules.vocab import Status

COLUMNS = (Status.SUPPORTED, Status.CONTESTED, Status.NOT_SUPPORTED)
HEADS = {
    Status.SUPPORTED: "Sources for it",
    Status.CONTESTED: "Sources on both sides",
    Status.NOT_SUPPORTED: "Sources against it",
    Status.NO_RECOMMENDATION: "Only: no recommendation made",
}
GAP, STEM = 14, 16

ACROSS = 3
"""Into how many columns the options are laid."""

WORTH = 0.8
"""How much lower a picture must become for the statuses to stand below each other."""


class Told(NamedTuple):
    """An option, and who says what of it."""

    place: int
    category: str
    label: str
    cited: str


def tree(canvas: Canvas, columns: dict[Status, list[Told]], y: float) -> float:
    """Draws the columns below what they are about; returns where the next thing may stand."""
    shown = [status for status in COLUMNS if status in columns]
    if not shown:
        canvas.text(
            canvas.width / 2,
            y + 40,
            "No source in this pack speaks of it by name.",
            anchor="middle",
        )
        return y + 70
    counts = [len(columns[status]) for status in shown]
    share = _share(counts)
    beside = max(_deep(columns[status], count) for status, count in zip(shown, share, strict=True))
    below = sum(_deep(columns[status], ACROSS) + 46 for status in shown)
    if below < beside * WORTH:
        return _bands(canvas, columns, shown, y)
    room = (canvas.width - 2 * MARGIN - GAP * (sum(share) - 1)) / sum(share)
    middle, rail, below = number(canvas.width / 2), number(y + 16), y + 32
    canvas.path(f"M{middle} {number(y)}V{rail}")
    lowest, x = y, float(MARGIN)
    for status, count in zip(shown, share, strict=True):
        wide = count * (room + GAP) - GAP
        canvas.path(f"M{middle} {rail}H{number(x + wide / 2)}V{number(below)}")
        _head(canvas, status, len(columns[status]), (x, below, wide))
        for part in _parts(columns[status], count, room):
            lowest = max(lowest, _column(canvas, status, part, (x, below + 28, room)))
            x += room + GAP
    return lowest + GAP


def _bands(
    canvas: Canvas, columns: dict[Status, list[Told]], shown: list[Status], y: float
) -> float:
    """The statuses one below the other, each over the whole width, where one of them has much more than the others."""
    wide = canvas.width - 2 * MARGIN
    room = (wide - GAP * (ACROSS - 1)) / ACROSS
    middle = number(canvas.width / 2)
    for status in shown:
        canvas.path(f"M{middle} {number(y)}V{number(y + 16)}")
        y += 16
        _head(canvas, status, len(columns[status]), (MARGIN, y, wide))
        lowest = y
        for place, part in enumerate(_parts(columns[status], ACROSS, room)):
            box = (MARGIN + place * (room + GAP), y + 28, room)
            lowest = max(lowest, _column(canvas, status, part, box))
        y = lowest + 2
    return y + GAP


def _deep(told: list[Told], count: int) -> float:
    """About how high options are in so many columns."""
    categories = len({one.category for one in told})
    room = 960 / ACROSS - 2 * MARGIN
    return (sum(_height(one, room) for one in told) + 22 * categories) / count


def _share(counts: list[int]) -> list[int]:
    """How many columns each status gets: one each, the others where the most is to be told."""
    found = [1] * len(counts)
    while sum(found) < ACROSS:
        fullest = max(range(len(counts)), key=lambda one: counts[one] / found[one])
        if counts[fullest] <= found[fullest]:
            break
        found[fullest] += 1
    return found


def _parts(told: list[Told], count: int, room: float) -> list[list[Told]]:
    """The options in so many parts of about the same height."""
    heights = [_height(one, room) for one in told]
    found: list[list[Told]] = [[] for _ in range(count)]
    done, total = 0.0, sum(heights)
    for one, height in zip(told, heights, strict=True):
        found[min(count - 1, int((done + height / 2) * count / total))].append(one)
        done += height
    return [part for part in found if part]


def _height(one: Told, room: float) -> float:
    label, cited = (
        wrap(one.label, room - STEM - 4, BODY),
        wrap(one.cited, room - STEM - 4, SMALL, lines=2),
    )
    return (len(label) * BODY + len(cited) * SMALL) * 1.3 + 4


def _head(canvas: Canvas, status: Status, count: int, box: tuple[float, float, float]) -> None:
    x, y, room = box
    look = STATUS_LOOKS[status]
    canvas.rect(x, y, room, 28, fill=look.fill, stroke=look.edge, dash=look.dash, line=2)
    canvas.text(x + 10, y + 19, f"{look.sign} {HEADS[status]} ({count})", bold=True)


def _column(
    canvas: Canvas, status: Status, told: list[Told], box: tuple[float, float, float]
) -> float:
    x, top, room = box
    y, category = top, ""
    for one in told:
        if one.category != category:
            category = one.category
            y += 22
            canvas.text(x + STEM, y, cut(category, room - STEM, SMALL), size=SMALL, fill=GREY)
        y = _leaf(canvas, one, (x, y, room))
    canvas.path(
        f"M{number(x + 3)} {number(top)}V{number(y)}", stroke=STATUS_LOOKS[status].edge, line=2
    )
    return y


def _leaf(canvas: Canvas, one: Told, box: tuple[float, float, float]) -> float:
    x, y, room = box
    lines = wrap(one.label, room - STEM - 4, BODY)
    hover = f"{one.label}: {one.cited}"
    for line in lines:
        y += BODY * 1.3
        canvas.text(x + STEM, y, line, hover=hover)
    cited = wrap(one.cited, room - STEM - 4, SMALL, lines=2)
    return (
        canvas.lines(x + STEM, y + SMALL * 1.3, cited, SMALL, fill=GREY, hover=hover)
        - SMALL * 1.3
        + 4
    )


def none_made(canvas: Canvas, told: list[Told], y: float) -> float:
    """The options on which sources only say that they make no recommendation, in a line."""
    if not told:
        return y
    look = STATUS_LOOKS[Status.NO_RECOMMENDATION]
    names = "; ".join(one.label for one in told)
    text = f"{look.sign} {HEADS[Status.NO_RECOMMENDATION]} ({len(told)}): {names}."
    return canvas.lines(MARGIN, y + 14, wrap(text, canvas.width - 2 * MARGIN, SMALL + 1), SMALL + 1)
