"""Walking the graph: classes and members, and edges of some kinds between nodes.

A frozen graph, such as the shared one of a pack, is sorted by kind of edge once; any other is looked at as it is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import networkx as nx

from painrules.graph.base import Attributes, EdgeKind, Graph

Kinds: TypeAlias = Collection[EdgeKind | str]
"""Kinds of edge, as members or by value."""

Step: TypeAlias = tuple[str, Attributes]
"""The node at the other end of an edge, and what the edge holds."""

ByKind: TypeAlias = dict[str, dict[str, list[Step]]]
"""Edges by the node that they belong to, then by kind."""


Stepper: TypeAlias = Callable[[Graph, str, Kinds], Iterator[Step]]
"""`edges_from` or `edges_to`."""


class Sorted(NamedTuple):
    """The edges of a graph that still count, by kind."""

    leaving: ByKind
    reaching: ByKind


_sorted: "WeakKeyDictionary[Graph, Sorted]" = WeakKeyDictionary()


def sorted_edges(graph: Graph) -> Sorted | None:
    """The edges of a graph by kind, if it can no longer change."""
    found = _sorted.get(graph)
    if found is None and nx.is_frozen(graph):
        found = Sorted({}, {})
        for start, end, held in graph.edges(data=True):
            if held.get("current", True):
                kind = str(held.get("kind"))
                found.leaving.setdefault(start, {}).setdefault(kind, []).append((end, held))
                found.reaching.setdefault(end, {}).setdefault(kind, []).append((start, held))
        _sorted[graph] = found
    return found


def edges_from(graph: Graph, node: str, kinds: Kinds) -> Iterator[Step]:
    """The edges of these kinds that leave a node and still count: where they go, what they hold."""
    found = sorted_edges(graph)
    if found is not None:
        yield from _of_kinds(found.leaving.get(node, {}), kinds)
        return
    for end, between in graph.adj[node].items():
        for held in between.values():
            if held.get("kind") in kinds and held.get("current", True):
                yield end, held


def edges_to(graph: Graph, node: str, kinds: Kinds) -> Iterator[Step]:
    """The edges of these kinds that reach a node and still count: where they start, what they hold."""
    found = sorted_edges(graph)
    if found is not None:
        yield from _of_kinds(found.reaching.get(node, {}), kinds)
        return
    for start, between in graph.pred[node].items():
        for held in between.values():
            if held.get("kind") in kinds and held.get("current", True):
                yield start, held


def _of_kinds(edges: dict[str, list[Step]], kinds: Kinds) -> Iterator[Step]:
    for kind, steps in edges.items():
        if kind in kinds:
            yield from steps


IS_A = frozenset({EdgeKind.IS_A.value})


def classes(graph: Graph, node: str) -> list[str]:
    """The classes that a node belongs to, the nearest first, itself not among them."""
    return _all(graph, node, up=True)


def members(graph: Graph, node: str) -> list[str]:
    """The members of a class, the nearest first, itself not among them."""
    return _all(graph, node, up=False)


def _all(graph: Graph, node: str, *, up: bool) -> list[str]:
    step = edges_from if up else edges_to
    found = {node: None}
    waiting = [node]
    for one in waiting:
        for other, _ in step(graph, one, IS_A):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return waiting[1:]


def gathered(steps: Iterable[Step]) -> dict[str, list[Attributes]]:
    """Edges by the node that they lead to."""
    found: dict[str, list[Attributes]] = {}
    for node, held in steps:
        found.setdefault(node, []).append(held)
    return found
