"""The map of one condition: what sources say of it by name, for, against, and on both sides."""

from painrules.graph.answer import label_of, within
from painrules.graph.base import EdgeKind, Graph, NodeKind, node_id, several
from painrules.graph.build import asked_graph
from painrules.graph.find import find
from painrules.graph.look import look_of
from painrules.graph.pictures.canvas import HEAD, Canvas
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import short, wrap
from painrules.graph.pictures.tree import HEADS, Told, none_made, tree
from painrules.graph.walk import Step, classes, edges_from, gathered
from painrules.model.base import distinct
from painrules.vocab import Status

ABOUT = (NodeKind.CONDITION, NodeKind.MECHANISM, NodeKind.PAIN_TYPE)
SAID = (EdgeKind.SUPPORTS.value, EdgeKind.OPPOSES.value, EdgeKind.NO_RECOMMENDATION.value)


def condition_map(name: str, *, graph: Graph | None = None, broader: bool = False) -> Figure:
    """A picture of what sources say of one condition, mechanism or pain type by name.

    It shows positions, not a result: no facts of a person, and nothing of what is said of pain in general.

    Args:
        name: A condition, mechanism or pain type, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.
        broader: Whether what is said of broader conditions is shown too.

    >>> condition_map("fibromyalgia").title
    'Fibromyalgia: what sources say of it by name'

    Raises:
        UnknownWordError: If there is no such condition; it names the nearest.
    """
    graph = asked_graph(graph)
    node = find(graph, name, ABOUT)
    label = label_of(graph, node)
    title = f"{label}: what sources say of it by name"
    columns = _columns(graph, [node, *(classes(graph, node) if broader else ())])
    canvas = Canvas()
    y = canvas.title(title, _around(graph, node))
    y = _root(canvas, label, y)
    y = tree(canvas, columns, y)
    y = none_made(canvas, columns.get(Status.NO_RECOMMENDATION, []), y)
    return canvas.figure(canvas.foot(y, graph.graph), title, _alt(graph, node, title, columns))


def _columns(graph: Graph, nodes: list[str]) -> dict[Status, list[Told]]:
    """The options by what sources come to, told category by category."""
    steps: list[Step] = [step for node in nodes for step in edges_from(graph, node, SAID)]
    found: dict[Status, list[Told]] = {}
    for option, held in gathered(steps).items():
        kinds = {one["kind"] for one in held}
        entry = graph.nodes[option]
        category = graph.nodes[node_id(NodeKind.CATEGORY, entry["category"])]
        place = category.get("place", 0)
        cited = distinct(short(name) for one in held for name in several(one["cited"]))
        told = Told(place, category["label"], entry["label"], ", ".join(cited))
        found.setdefault(_status(kinds), []).append(told)
    return {status: sorted(told) for status, told in found.items()}


def _status(kinds: set[str]) -> Status:
    supports, opposes = EdgeKind.SUPPORTS in kinds, EdgeKind.OPPOSES in kinds
    if supports and opposes:
        return Status.CONTESTED
    if supports:
        return Status.SUPPORTED
    return Status.NOT_SUPPORTED if opposes else Status.NO_RECOMMENDATION


def _around(graph: Graph, node: str) -> str:
    """The broader conditions, and what the condition suggests."""
    above = [within(label_of(graph, one)) for one in classes(graph, node)]
    suggested = [
        within(label_of(graph, end))
        for end, _ in edges_from(graph, node, (EdgeKind.SUGGESTS.value,))
    ]
    told = [f"A kind of {', '.join(above)}." if above else ""]
    told += [f"It suggests {', '.join(distinct(suggested))}." if suggested else ""]
    return " ".join(part for part in told if part)


def _root(canvas: Canvas, label: str, y: float) -> float:
    look = look_of(NodeKind.CONDITION)
    room = 320
    x = (canvas.width - room) / 2
    lines = wrap(label, room - 24, HEAD, bold=True)
    height = 16 + len(lines) * HEAD * 1.3
    canvas.rect(x, y, room, height, fill=look.fill, stroke=look.edge, line=2, round_=height / 2)
    for place, line in enumerate(lines):
        baseline = y + 8 + HEAD + place * HEAD * 1.3
        canvas.text(canvas.width / 2, baseline, line, size=HEAD, bold=True, anchor="middle")
    return y + height


def _alt(graph: Graph, node: str, title: str, columns: dict[Status, list[Told]]) -> str:
    parts = [f"{title}.", _around(graph, node)]
    for status, head in HEADS.items():
        if status in columns:
            names = "; ".join(f"{one.label} ({one.cited})" for one in columns[status])
            parts.append(f"{head}: {names}.")
    return " ".join(part for part in parts if part)
