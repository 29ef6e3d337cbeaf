"""The step view: what sources put before an option, one below the other."""

from collections.abc import Iterable
from typing import NamedTuple

from painrules.graph.answer import Item, label_of, within
from painrules.graph.base import Graph
from painrules.graph.build import asked_graph
from painrules.graph.find import OPTION, find
from painrules.graph.pictures.canvas import BODY, GREY, HEAD, MARGIN, PALE, SMALL, Canvas, number
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import width, wrap
from painrules.graph.queries.steps import STEP_WORDS, Group, counted, steps_before

LEFT, GAP = 64, 20


class StepLook(NamedTuple):
    """How a kind of step looks."""

    sign: str
    fill: str
    edge: str
    dash: str | None


LOOKS = {
    "clinical": StepLook("●", "#dcebf7", "#0072b2", None),
    "safeguard": StepLook("◆", "#d4efe6", "#00775a", "8 3"),
    "administrative": StepLook("■", "#f2f2f2", "#555555", "2 3"),
}


def pathway_view(option: str, *, graph: Graph | None = None) -> Figure:
    """A picture of the steps that sources put before an option, prerequisites first.

    Steps of different sources and for different people stand together, each with whom it is said of: it shows an
    order, it is not a plan for anyone.

    Args:
        option: An intervention, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.

    >>> pathway_view("scs").title
    'Before spinal cord stimulation implant'

    Raises:
        UnknownWordError: If there is no such intervention; it names the nearest.
    """
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    label = label_of(graph, node)
    own, groups = steps_before(graph, node)
    title = f"Before {within(label)}"
    canvas = Canvas()
    y = canvas.title(
        title, "Steps that sources name, for whom, and who names them; an order, not a plan"
    )
    items = (*own, *(item for group in groups for item in group.items))
    if items:
        y = _legend(canvas, y, {_kind(graph, item) for item in items})
    for place, item in enumerate(own, start=1):
        y = _arrow(canvas, _step(canvas, graph, item, place, y))
    y = _option(canvas, label, y)
    if not own:
        y += 22
        nothing = "No source in this pack puts a step before it"
        canvas.text(MARGIN, y, f"{nothing}{' as such' if groups else ''}.", fill=GREY)
    for group in groups:
        y = _heading(canvas, group.label, y + 18)
        for place, item in enumerate(group.items, start=1):
            y = _step(canvas, graph, item, place, y) + 8
    return canvas.figure(canvas.foot(y + 20, graph.graph), title, _alt(title, label, own, groups))


def _heading(canvas: Canvas, label: str, y: float) -> float:
    """Whose steps follow: a kind of what was asked about."""
    lines = wrap(f"One kind: {label}", canvas.width - 2 * MARGIN - 16, BODY, bold=True)
    height = 12 + len(lines) * BODY * 1.3
    canvas.rect(MARGIN, y, canvas.width - 2 * MARGIN, height, fill=PALE)
    canvas.lines(MARGIN + 8, y + BODY + 6, lines, BODY, bold=True)
    return y + height + 8


def _kind(graph: Graph, item: Item) -> str:
    """Why the step comes first: of several reasons the first in the order of steps."""
    kinds = {
        held["step"]
        for _, _, key, held in graph.edges(item.node, keys=True, data=True)
        if key in item.rules
    }
    return next(kind for kind in STEP_WORDS if kind in kinds)


def _legend(canvas: Canvas, y: float, used: set[str]) -> float:
    x: float = MARGIN
    for kind, look in LOOKS.items():
        if kind not in used:
            continue
        text = f"{look.sign} {STEP_WORDS[kind]}"
        room = width(text, SMALL) + 16
        canvas.rect(x, y, room, 20, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5)
        canvas.text(x + 8, y + 14, text, size=SMALL)
        x += room + 8
    return y + 34


def _step(canvas: Canvas, graph: Graph, item: Item, place: int, y: float) -> float:
    look = LOOKS[_kind(graph, item)]
    room = canvas.width - MARGIN - LEFT
    label = wrap(item.label, room - 60, BODY, bold=True)
    says = wrap(f"{item.says}.", room - 60, SMALL + 1, lines=3)
    cited = wrap(", ".join(item.cited), room - 60, SMALL, lines=2)
    height = 14 + 1.3 * (len(label) * BODY + len(says) * (SMALL + 1) + len(cited) * SMALL)
    canvas.rect(LEFT, y, room, height, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5)
    canvas.add(
        "circle",
        cx=MARGIN + 16,
        cy=y + height / 2,
        r=15,
        fill="#ffffff",
        stroke=look.edge,
        stroke_width=2,
    )
    canvas.text(MARGIN + 16, y + height / 2 + 5, str(place), bold=True, anchor="middle")
    canvas.text(LEFT + 14, y + 21, look.sign, size=BODY, fill=look.edge)
    below = canvas.lines(LEFT + 38, y + 21, label, BODY, bold=True)
    below = canvas.lines(LEFT + 38, below - 1, says, SMALL + 1)
    canvas.lines(LEFT + 38, below, cited, SMALL, fill=GREY)
    return y + height


def _arrow(canvas: Canvas, y: float) -> float:
    x, end = MARGIN + 16, y + GAP
    canvas.path(f"M{x} {number(y)}V{number(end - 7)}", line=2)
    canvas.add("path", d=f"M{x - 5} {number(end - 8)}h10l-5 8z", fill=GREY)
    return end


def _option(canvas: Canvas, label: str, y: float) -> float:
    room = canvas.width - 2 * MARGIN
    lines = wrap(label, room - 40, HEAD, bold=True)
    height = 18 + len(lines) * HEAD * 1.3
    canvas.rect(MARGIN, y, room, height, fill="#ffffff", stroke="#1a1a1a", line=2.5)
    canvas.lines(MARGIN + 16, y + 24, lines, HEAD, bold=True)
    return y + height


def _alt(title: str, label: str, own: Iterable[Item], groups: Iterable[Group]) -> str:
    told = counted(own)
    parts = [
        f"{title}, step by step: {told}; then {label}."
        if told
        else f"{title}: no source in this pack puts a step before it."
    ]
    parts += [f"One kind: {group.label}: {counted(group.items)}." for group in groups]
    return " ".join(parts)
