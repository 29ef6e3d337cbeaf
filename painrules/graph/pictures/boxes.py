"""Boxes and lines: what the pictures of networks are drawn of."""

from collections.abc import Iterable, Mapping
from math import hypot
from typing import NamedTuple

from painrules.graph.base import EDGE_WORDS, SYMMETRIC_KINDS, EdgeKind
from painrules.graph.look import Look, Stroke, stroke_of
from painrules.graph.pictures.canvas import GREY, MARGIN, SMALL, Canvas, number
from painrules.graph.pictures.layout import Layout, Pair, Point, Size
from painrules.graph.pictures.measure import cut, width, wrap

DASHES = {"solid": None, "dashed": "7 4", "dotted": "2 3"}
SIZE, PAD = 11, 6


class Link(NamedTuple):
    """What one thing has to do with another."""

    start: str
    end: str
    kind: str
    hover: str


class Box(NamedTuple):
    """A node as it is drawn."""

    lines: list[str]
    caption: str
    look: Look
    hover: str
    size: Size


def box(label: str, caption: str, look: Look, hover: str, room: float) -> Box:
    """A box that is as large as what stands in it."""
    lines = wrap(label, room, SIZE, lines=3)
    small = cut(caption, room, SIZE - 2)
    wide = max([width(line, SIZE) for line in lines] + [width(small, SIZE - 2)] * bool(caption))
    high = len(lines) * SIZE * 1.25 + 2 * PAD + 2 + 11 * bool(caption)
    return Box(lines, small, look, hover, (wide + 2 * PAD + 4, high))


def draw(
    canvas: Canvas,
    part: Layout,
    boxes: Mapping[str, Box],
    links: Iterable[Link],
    corner: Point,
) -> None:
    """Draws the lines of a part, then its boxes over them."""
    dx, dy = corner
    drawn: dict[Pair, int] = {}
    for link in links:
        if link.start in part.places:
            ends = (min(link[:2]), max(link[:2]))
            drawn[ends] = drawn.get(ends, -1) + 1
            _line(canvas, link, _points(part, boxes, link), (dx, dy + 5 * drawn[ends]))
    for node, (x, y) in part.places.items():
        _box(canvas, boxes[node], (x + dx, y + dy))


def _points(part: Layout, boxes: Mapping[str, Box], link: Link) -> list[Point]:
    """The curve of a line: as the layout says, else from side to side."""
    given = part.paths.get((link.start, link.end))
    back = part.paths.get((link.end, link.start))
    if given or back:
        return given or (back or [])[::-1]
    (x1, y1), (x2, y2) = part.places[link.start], part.places[link.end]
    half = boxes[link.start].size[0] / 2, boxes[link.end].size[0] / 2
    if abs(x1 - x2) < 1:
        out = max(half) + 22
        return [(x1 + half[0], y1), (x1 + out, y1), (x2 + out, y2), (x2 + half[1], y2)]
    way = 1 if x2 > x1 else -1
    ends = x1 + way * half[0], x2 - way * half[1]
    bend = abs(ends[1] - ends[0]) / 2
    return [(ends[0], y1), (ends[0] + way * bend, y1), (ends[1] - way * bend, y2), (ends[1], y2)]


def _line(canvas: Canvas, link: Link, points: list[Point], shift: Point) -> None:
    stroke = stroke_of(link.kind)
    moved = [(x + shift[0], y + shift[1]) for x, y in points]
    told = [f"{number(x)} {number(y)}" for x, y in moved]
    curves = (f"C{' '.join(told[place : place + 3])}" for place in range(1, len(told) - 2, 3))
    canvas.add(
        "path", hover=link.hover, d=f"M{told[0]}{''.join(curves)}", fill="none", stroke=stroke.colour,
        stroke_width=stroke.width, stroke_dasharray=DASHES[stroke.style],
    )  # fmt: skip
    if link.kind not in SYMMETRIC_KINDS:
        _arrow(canvas, moved, stroke.colour)


def _arrow(canvas: Canvas, points: list[Point], colour: str) -> None:
    """The head of an arrow, in the direction in which its line comes in."""
    x, y = points[-1]
    fx, fy = next(
        (one for one in reversed(points[:-1]) if hypot(x - one[0], y - one[1]) > 1), (x - 1, y)
    )
    length = hypot(x - fx, y - fy)
    dx, dy = (x - fx) / length, (y - fy) / length
    corners = [
        (x, y),
        (x - 8 * dx - 4 * dy, y - 8 * dy + 4 * dx),
        (x - 8 * dx + 4 * dy, y - 8 * dy - 4 * dx),
    ]
    told = "L".join(f"{number(one)} {number(other)}" for one, other in corners)
    canvas.add("path", d=f"M{told}z", fill=colour)


def _box(canvas: Canvas, drawn: Box, middle: Point) -> None:
    (x, y), (wide, high) = middle, drawn.size
    canvas.rect(
        x - wide / 2, y - high / 2, wide, high, fill=drawn.look.fill, stroke=drawn.look.edge, line=1.4,
        round_=9 if drawn.look.shape != "box" else 2, hover=drawn.hover,
    )  # fmt: skip
    top = y - high / 2 + PAD + SIZE - 1
    if drawn.caption:
        canvas.text(x, top - 1, drawn.caption, size=SIZE - 2, fill=GREY, anchor="middle")
        top += 11
    for place, line in enumerate(drawn.lines):
        canvas.text(x, top + place * SIZE * 1.25, line, size=SIZE, anchor="middle")


def legend(canvas: Canvas, kinds: Iterable[str], y: float) -> float:
    """What the lines mean; returns where the next thing may stand."""
    x: float = MARGIN
    alike: dict[tuple[Stroke, bool], list[str]] = {}
    for kind in kinds:
        alike.setdefault((stroke_of(kind), kind in SYMMETRIC_KINDS), []).append(kind)
    for (stroke, both), same in alike.items():
        text = ", ".join(map(words, same))
        room = 40 + width(text, SMALL) + 18
        if x + room > canvas.width - MARGIN:
            x, y = MARGIN, y + 20
        canvas.path(
            f"M{number(x)} {number(y + 10)}h30", stroke.colour, stroke.width, DASHES[stroke.style]
        )
        if not both:
            canvas.add("path", d=f"M{number(x + 34)} {number(y + 10)}l-7 -4v8z", fill=stroke.colour)
        canvas.text(x + 40, y + 14, text, size=SMALL, fill=GREY)
        x += room
    return y + 34


def words(kind: str) -> str:
    """What a kind of edge says."""
    return "calls for care with" if kind == EdgeKind.CAUTION else EDGE_WORDS[EdgeKind(kind)]


CAPTIONS = {
    EdgeKind.SUPPORTS: "sources for",
    EdgeKind.OPPOSES: "sources against",
    EdgeKind.NO_RECOMMENDATION: "no recommendation",
}


def caption(kinds: Iterable[str]) -> str:
    """What one box has to do with another, short enough to stand in it."""
    told = [CAPTIONS.get(EdgeKind(kind)) or words(kind) for kind in kinds]
    if told[:2] == list(CAPTIONS.values())[:2]:
        told[:2] = ["sources for and against"]
    return ", ".join(told)
