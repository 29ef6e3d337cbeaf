"""Checks of the graph of a pack: no circles, both ways where it must be, nothing left alone, nothing unsourced."""

from collections.abc import Iterable, Iterator

from painrules.errors import Problem
from painrules.graph.base import SYMMETRIC_KINDS, EdgeKind, Graph, NodeKind, checked
from painrules.graph.build import build_graph
from painrules.graph.walk import classes, members
from painrules.model.hierarchy import cycle_in
from painrules.model.pack import Pack

KEYED = ("positions", "cautions", "steps", "relations")
"""What must have an edge with its id as key."""

SAYING = frozenset(EdgeKind) - {
    EdgeKind.IS_A,
    EdgeKind.IN_CATEGORY,
    EdgeKind.IN_DOMAIN,
    EdgeKind.DESCRIBED_IN,
}
"""Edges that say something of an intervention, more than where it stands."""


def check_pack_graph(pack: Pack) -> tuple[Problem, ...]:
    """Every problem with the graph of a pack.

    >>> from painrules import core_pack
    >>> check_pack_graph(core_pack())
    ()
    """
    graph = build_graph(pack)
    return (*check_rules(graph, pack), *check_graph(graph))


def check_graph(graph: Graph) -> tuple[Problem, ...]:
    """Every problem with a graph itself.

    - Classes, superseded sources, and the steps of one source must not go round in a circle.
    - What holds both ways must stand both ways, and be said once only.
    - Something must be said of every intervention, of a class that it belongs to, or of a member of it.
    - Every edge must have a source.

    Args:
        graph: The graph.

    Returns:
        The problems, in a fixed order.
    """
    graph = checked(graph)
    return (
        *_circles(graph),
        *_one_way(graph),
        *_said_twice(graph),
        *_orphans(graph),
        *_unsourced(graph),
    )


def check_rules(graph: Graph, pack: Pack) -> Iterator[Problem]:
    """Rules and relations without an edge, and edges without their rule or relation."""
    keys = {key for *_, key in graph.edges(keys=True)}
    for table in KEYED:
        for name in getattr(pack, table):
            if name not in keys:
                yield Problem(name, f"stands in {table}, but has no edge in the graph")
    known = {rule.id for rule in pack.rules} | set(pack.relations)
    for start, end, key, held in graph.edges(keys=True, data=True):
        if held.get("origin") != "entry" and key not in known:
            yield Problem(f"{start} -> {end}", f"the edge '{key}' has no rule or relation")


def _circles(graph: Graph) -> Iterator[Problem]:
    for kind in (EdgeKind.IS_A, EdgeKind.SUPERSEDED_BY):
        yield from _circle(_pairs(graph, kind), kind.value)
    sources = {
        held.get("sources", "")
        for *_, held in graph.edges(data=True)
        if held.get("kind") == EdgeKind.COMES_BEFORE
    }
    for source in sorted(sources):
        pairs = _pairs(graph, EdgeKind.COMES_BEFORE, source)
        yield from _circle(pairs, f"the steps of '{source}'")


def _pairs(graph: Graph, kind: EdgeKind, source: str = "") -> list[tuple[str, str]]:
    return [
        (start, end)
        for start, end, held in graph.edges(data=True)
        if held.get("kind") == kind and (not source or held.get("sources", "") == source)
    ]


def _circle(pairs: Iterable[tuple[str, str]], what: str) -> Iterator[Problem]:
    following: dict[str, list[str]] = {}
    for start, end in pairs:
        following.setdefault(start, []).append(end)
    cycle = cycle_in(following)
    if cycle:
        told = " -> ".join(node.partition(":")[2] for node in (*cycle, cycle[0]))
        yield Problem(cycle[0].partition(":")[2], f"{what} goes round in a circle: {told}")


def _one_way(graph: Graph) -> Iterator[Problem]:
    for start, end, key, held in graph.edges(keys=True, data=True):
        if held.get("kind") in SYMMETRIC_KINDS and not graph.has_edge(end, start, key):
            yield Problem(key, f"holds both ways, but stands only from {start} to {end}")


def _said_twice(graph: Graph) -> Iterator[Problem]:
    said: dict[tuple[str, frozenset[str]], set[str]] = {}
    for start, end, key, held in graph.edges(keys=True, data=True):
        if held.get("kind") in SYMMETRIC_KINDS:
            said.setdefault((str(held.get("kind")), frozenset((start, end))), set()).add(key)
    for keys in said.values():
        if len(keys) > 1:
            first, *others = sorted(keys)
            what = f"says the same as '{first}', the other way round"
            yield Problem(others[0], what, "say it once: it holds both ways")


def _orphans(graph: Graph) -> Iterator[Problem]:
    spoken: set[str] = set()
    for start, end, held in graph.edges(data=True):
        if held.get("kind") in SAYING:
            spoken.update((start, end))
    for node, held in graph.nodes(data=True):
        if held.get("kind") == NodeKind.INTERVENTION and node not in spoken:
            family = (*classes(graph, node), *members(graph, node))
            if spoken.isdisjoint(family):
                what = "no rule and no relation speaks of it, of its classes or of its members"
                hint = "say something of it that a source says, or leave it out"
                yield Problem(str(held.get("entry", node)), what, hint)


def _unsourced(graph: Graph) -> Iterator[Problem]:
    for start, end, key, held in graph.edges(keys=True, data=True):
        if not held.get("sources", ""):
            what = f"the edge '{key}' from {start} to {end} has no source"
            yield Problem(str(held.get("rule", key)), what, "name the source that says so")
