"""Why two things are connected: the shortest way from one to the other, told with its sources."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from painrules.graph.answer import (
    Answer,
    Item,
    cited_briefly,
    item_of,
    label_of,
    listed_in_words,
    within,
)
from painrules.graph.base import (
    PERSONAL,
    STRUCTURE,
    SYMMETRIC_KINDS,
    Attributes,
    EdgeKind,
    Graph,
    NodeKind,
    several,
)
from painrules.graph.build import asked_graph
from painrules.graph.find import find
from painrules.graph.queries.said import said_by
from painrules.graph.walk import edges_from, edges_to
from painrules.model.base import distinct

RELATING = frozenset(kind.value for kind in EdgeKind if kind not in STRUCTURE)
EVERYTHING = frozenset(kind.value for kind in EdgeKind)

ORDER = {kind.value: place for place, kind in enumerate(EdgeKind)}
"""Of several ways of the same length, the one that rules make comes before the one that classes make."""

SPOKEN = {
    EdgeKind.SUPPORTS.value: ("speak for", ""),
    EdgeKind.OPPOSES.value: ("speak against", "against"),
    EdgeKind.NO_RECOMMENDATION.value: ("make no recommendation on", "make no recommendation"),
}
"""What sources do in a condition and the like, in this order: said first, and after something else."""


def why_connected(a: str, b: str, *, graph: Graph | None = None) -> Answer:
    """How two things are connected: the shortest way between them, each step told with who says so.

    Where sources disagree on a step, both sides are told. Standing in the same category, domain or source counts only
    where nothing else connects the two.

    Args:
        a: An intervention, condition, factor or anything else that has a node, by id, label or synonym. Where one word
            stands for several kinds of thing, write ``factor:palliative_care``.
        b: Another one.
        graph: The graph to look at; left out, that of the core pack.

    >>> why_connected("cbt", "fibromyalgia").items[0].id
    'cbt'

    Raises:
        UnknownWordError: If there is no such node; it names the nearest.
    """
    graph = asked_graph(graph)
    start, end = find(graph, a), find(graph, b)
    notice = str(graph.graph.get("notice", ""))
    if start == end:
        label = label_of(graph, start)
        return Answer(f"{label} is the same in both.", (item_of(graph, start, ()),), notice)
    for source, other in ((start, end), (end, start)):
        if graph.nodes[source].get("kind") == NodeKind.SOURCE:
            said = said_by(graph, source, other, RELATING)
            if said is not None:
                return said
    for kinds in (RELATING, EVERYTHING):
        way = shortest(graph, start, end, kinds)
        if way:
            hops = list(pairwise(way))
            told = ". ".join(_hop(graph, one, other, kinds) for one, other in hops)
            return Answer(f"{told}.", tuple(_items(graph, way, kinds)), notice)
    names = f"{label_of(graph, start)} and {within(label_of(graph, end))}"
    return Answer(f"Nothing in this pack connects {names}.", (), notice)


def shortest(graph: Graph, start: str, end: str, kinds: frozenset[str]) -> list[str]:
    """The nodes of a shortest way, edges taken in either direction; empty where there is none.

    It goes from both ends at once, always where fewer nodes wait, and is the same on every run.
    """
    came: tuple[dict[str, str], dict[str, str]] = ({start: ""}, {end: ""})
    waiting = [[start], [end]]
    while waiting[0] and waiting[1]:
        side = 0 if len(waiting[0]) <= len(waiting[1]) else 1
        mine, theirs = came[side], came[1 - side]
        following: list[str] = []
        met: list[str] = []
        for node in waiting[side]:
            for other in _beside(graph, node, kinds):
                if other not in mine:
                    mine[other] = node
                    following.append(other)
                    if other in theirs:
                        met.append(other)
        if met:
            return [*reversed(_back(came[0], met[0])), *_back(came[1], met[0])[1:]]
        waiting[side] = following
    return []


def _beside(graph: Graph, node: str, kinds: frozenset[str]) -> Iterable[str]:
    """The nodes beside a node, those first to which it is bound by a rule."""
    found: dict[str, int] = {}
    for steps in (edges_from(graph, node, kinds), edges_to(graph, node, kinds)):
        for other, held in steps:
            rank = ORDER.get(str(held.get("kind")), len(ORDER))
            found[other] = min(rank, found.get(other, rank))
    return sorted(found, key=lambda other: (found[other], other))


def _back(came: dict[str, str], node: str) -> list[str]:
    way = [node]
    while came[way[-1]]:
        way.append(came[way[-1]])
    return way


def _between(graph: Graph, one: str, other: str, kinds: frozenset[str]) -> list[Attributes]:
    """All edges between two nodes that count, in one direction."""
    edges = graph.get_edge_data(one, other) or {}
    return [
        held for held in edges.values() if held.get("kind") in kinds and held.get("current", True)
    ]


def _hop(graph: Graph, one: str, other: str, kinds: frozenset[str]) -> str:
    """One step in words, all that is said of it, each with its sources."""
    told: list[str] = []
    for start, end in ((one, other), (other, one)):
        said: dict[str, list[Attributes]] = {}
        for held in _between(graph, start, end, kinds):
            if not (start == other and held.get("kind") in SYMMETRIC_KINDS):
                said.setdefault(str(held.get("kind")), []).append(held)
        told += clauses(graph, start, end, said)
    return "; ".join(told)


def clauses(
    graph: Graph, start: str, end: str, said: Mapping[str, list[Attributes]]
) -> Iterator[str]:
    """What edges from one node to another say, by kind; positions first, both sides of them in one clause."""
    whole = graph.nodes[start].get("kind") != NodeKind.SOURCE
    if whole and any(kind in said for kind in SPOKEN):
        yield _spoken(graph, start, end, said)
    labels: dict[str, list[Attributes]] = {}
    for kind in sorted(said, key=lambda kind: ORDER.get(kind, len(ORDER))):
        if not (whole and kind in SPOKEN):
            for held in said[kind]:
                labels.setdefault(str(held.get("label", kind)), []).append(held)
    names = subject(graph, start), within(label_of(graph, end))
    told: list[str] = []
    for label, edges in labels.items():
        told.append(
            " ".join(part for part in (names[0], label, names[1], f"[{cited_in(edges)}]") if part)
        )
        names = "", "it"
    if told:
        yield " and ".join(told)


def _spoken(graph: Graph, start: str, end: str, said: Mapping[str, list[Attributes]]) -> str:
    """What sources say of an option in a condition and the like: for, against, no recommendation."""
    told: list[str] = []
    for kind, (first, further) in SPOKEN.items():
        if kind in said:
            words = further if told else f"{first} {within(label_of(graph, end))}"
            told.append(f"{words} [{cited_in(said[kind])}]")
    return f"{_where(graph, start)}, sources {listed_in_words(told)}"


def subject(graph: Graph, node: str) -> str:
    """A node as it begins a clause; what is true of a person is put in quotation marks, as it is said."""
    label = label_of(graph, node)
    return f"“{label}”" if graph.nodes[node].get("kind") in PERSONAL else label


def _where(graph: Graph, node: str) -> str:
    """Where a position holds."""
    if graph.nodes[node].get("kind") in PERSONAL:
        return f"Where “{within(label_of(graph, node))}” applies"
    label = within(label_of(graph, node))
    pain = graph.nodes[node].get("kind") in {NodeKind.PAIN_TYPE, NodeKind.MECHANISM}
    return f"In {label}{' pain' if pain and 'pain' not in label else ''}"


def cited_in(edges: Iterable[Attributes]) -> str:
    """Who says so; of many sources the first few, the others stand in the items of an answer."""
    return cited_briefly(name for held in edges for name in several(held.get("cited", "")))


def _items(graph: Graph, way: list[str], kinds: frozenset[str]) -> Iterator[Item]:
    """The nodes on the way, each with what is said of the step that leads to it."""
    for place, node in enumerate(way):
        before = way[place - 1] if place else ""
        edges = _between(graph, before, node, kinds) if place else []
        edges += _between(graph, node, before, kinds) if place else []
        yield item_of(
            graph, node, edges, " and ".join(distinct(str(held.get("label", "")) for held in edges))
        )
