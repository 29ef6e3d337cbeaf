"""Two results side by side: what sources say of each option for the one and for the other."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from painrules.given import MOST_DRAWN, whole_number
from painrules.graph.answer import within
from painrules.graph.asked import Explored, explored
from painrules.graph.base import Attributes, NodeKind
from painrules.graph.pictures.canvas import BODY, GREY, HEAD, MARGIN, PALE, SMALL, Canvas
from painrules.graph.pictures.chips import legend, said
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import wrap
from painrules.graph.pictures.status import STATUS_LOOKS
from painrules.graph.pictures.treatment import subject_of
from painrules.graph.result import graph_of_result
from painrules.model.base import distinct
from painrules.vocab import Status

ROW, LOW, SIDE = 40, 26, 300
UNSAID: Attributes = {
    "status": Status.NOT_MENTIONED.value,
    "agreement": "none",
    "safety": "clear",
    "listed": False,
}
"""What is said of an option in a result that does not speak of it."""


class Row(NamedTuple):
    """An option in both results."""

    category: str
    label: str
    left: Attributes
    right: Attributes


def comparison_view(a: Explored, b: Explored, *, most: int = 24) -> Figure:
    """A picture of two results side by side: the options on which they differ, with what sources say in each.

    Args:
        a: What `painrules.explore` returned for one profile.
        b: What it returned for the other.
        most: How many options are drawn, first those that one of the two lists; the others are counted.

    >>> import painrules
    >>> left, right = (
    ...     painrules.explore("acute", "nociceptive"),
    ...     painrules.explore("chronic", "nociplastic"),
    ... )
    >>> comparison_view(left, right).title
    'Acute pain, nociceptive pain, compared with chronic pain, nociplastic pain'
    """
    most = whole_number("most", most, 0, MOST_DRAWN)
    graphs = graph_of_result(explored("a", a)), graph_of_result(explored("b", b))
    names = [subject_of(graph) for graph in graphs]
    rows = _rows(*({node: graph.nodes[node] for node in graph} for graph in graphs))
    differing = [row for row in rows if said(row.left) != said(row.right)]
    chosen = _chosen(differing, most)
    title = f"{names[0]}, compared with {within(names[1])}"
    rest = len(differing) - len(chosen)
    same = len(rows) - len(differing)
    canvas = Canvas()
    y = canvas.title(
        title,
        f"Where the two differ; {same} options come out the same"
        + (f", {rest} more differ" if rest else ""),
    )
    y = legend(canvas, y, (*_statuses(chosen),))
    y = _draw(canvas, names, chosen, y)
    height = canvas.foot(y + 14, graphs[0].graph)
    return canvas.figure(height, title, _alt(title, names, chosen, rest))


def _chosen(rows: list[Row], most: int) -> list[Row]:
    """The rows that are drawn: of every category some, first those that one of the two results lists."""
    seen: Counter[str] = Counter()
    ranked = []
    for row in sorted(rows, key=lambda one: not (one.left["listed"] or one.right["listed"])):
        seen[row.category] += 1
        ranked.append((not (row.left["listed"] or row.right["listed"]), seen[row.category], row))
    ranked.sort(key=lambda one: one[:2])
    kept = [row for *_, row in ranked[:most]]
    return [row for row in rows if row in kept]


def _rows(left: dict[str, Attributes], right: dict[str, Attributes]) -> list[Row]:
    """All options of either result, category by category, each in the order of the result."""
    labels = {
        held["entry"]: (held.get("place", 0), held["label"])
        for graph in (left, right)
        for held in graph.values()
        if held["kind"] == NodeKind.CATEGORY
    }
    options = distinct(
        node for graph in (left, right) for node, held in graph.items() if "definite" in held
    )
    found = []
    for node in options:
        one, other = left.get(node, {}), right.get(node, {})
        held = one or other
        place, category = labels[held["category"]]
        pair = [it if "definite" in it else UNSAID for it in (one, other)]
        key = (place, min(it.get("place", 0) for it in (one, other) if it), held["label"])
        found.append((key, Row(category, held["label"], *pair)))
    return [row for _, row in sorted(found, key=lambda it: it[0])]


def _statuses(rows: list[Row]) -> Iterator[Status]:
    used = {held["status"] for row in rows for held in (row.left, row.right)}
    return (status for status in Status if status in used)


def _draw(canvas: Canvas, names: list[str], rows: list[Row], y: float) -> float:
    room = (canvas.width - 2 * MARGIN - SIDE) / 2
    heads = [wrap(name, room - 16, BODY, lines=2, bold=True) for name in names]
    for place, lines in enumerate(heads):
        canvas.lines(MARGIN + SIDE + place * room + 8, y + 12, lines, BODY, bold=True)
    y += 4 + max(map(len, heads)) * BODY * 1.3
    last = ""
    for row in rows:
        if row.category != last:
            last = row.category
            canvas.rect(MARGIN, y, canvas.width - 2 * MARGIN, 24, fill=PALE)
            canvas.text(MARGIN + 8, y + 17, last, size=HEAD - 1, bold=True)
            y += 28
        label = wrap(row.label, SIDE - 24, BODY, lines=2)
        pair = (row.left, row.right)
        told = [wrap(said(held), room - 56, SMALL + 1, lines=2) for held in pair]
        high = ROW if max(map(len, (label, *told))) > 1 else LOW
        canvas.lines(MARGIN + 8, _first(y, high, len(label)), label, BODY)
        for place, (held, lines) in enumerate(zip(pair, told, strict=True)):
            _cell(canvas, held, lines, (MARGIN + SIDE + place * room, y, room, high))
        y += high + 4
    return y


def _first(y: float, high: float, lines: int) -> float:
    """Where the first of so many lines stands, so that they are in the middle of a row."""
    return y + high / 2 + 5 - (lines - 1) * BODY * 0.62


def _cell(
    canvas: Canvas, held: Attributes, lines: list[str], box: tuple[float, float, float, float]
) -> None:
    x, y, room, high = box
    look = STATUS_LOOKS[Status(held["status"])]
    canvas.rect(
        x + 4, y, room - 8, high, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5
    )
    canvas.rect(x + 4, y, 5, high, fill=look.edge)
    canvas.text(x + 18, y + high / 2 + 5, look.sign)
    colour = GREY if held["status"] == Status.NOT_MENTIONED else "#1a1a1a"
    canvas.lines(x + 36, _first(y, high, len(lines)), lines, SMALL + 1, fill=colour)


def _alt(title: str, names: list[str], rows: list[Row], rest: int) -> str:
    told = "; ".join(
        f"{row.label}: {said(row.left)} in {names[0]}, {said(row.right)} in {names[1]}"
        for row in rows
    )
    more = f" {rest} more options differ." if rest else ""
    return f"{title}, side by side. {told or 'They do not differ'}.{more}"
