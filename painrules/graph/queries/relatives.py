"""What stands beside an option: alternatives, complements, what is around it."""

from collections.abc import Iterator

from painrules.errors import UnknownWordError
from painrules.given import several, whole_number
from painrules.graph.answer import Answer, Item, answer, item_of, label_of, notes_of, within
from painrules.graph.base import STRUCTURE, Attributes, EdgeKind, Graph, new_graph
from painrules.graph.build import asked_graph
from painrules.graph.find import OPTION, find
from painrules.graph.walk import Kinds, Stepper, classes, edges_from, edges_to, gathered, members


def alternatives(option: str, *, graph: Graph | None = None) -> Answer:
    """What sources name instead of an option, or as a way to need less of it.

    What is said of a class is said of its members too, and what is said of a member is shown with the member's name.
    A name here says that a source mentions it; whether it fits a person is for the person and a clinician to find out.

    Args:
        option: An intervention, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.

    >>> "nonopioid_therapies" in alternatives("opioids")
    True

    Raises:
        UnknownWordError: If there is no such intervention; it names the nearest.
    """
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    items = [
        *related(graph, node, EdgeKind.ALTERNATIVE_TO, edges_from),
        *related(graph, node, EdgeKind.SPARES, edges_to, "may lower the need"),
    ]
    name = within(label_of(graph, node))
    nothing = f"No source in this pack names an alternative to {name}."
    return answer(graph, f"Instead of {name}, or to need less, sources name", items, nothing)


def complements(option: str, *, graph: Graph | None = None) -> Answer:
    """What sources pair an option with: kinds of care that go together, each doing its part.

    The arguments and errors are those of `alternatives`.

    >>> "cbt" in complements("exercise")
    True
    """
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    items = list(related(graph, node, EdgeKind.COMPLEMENTS, edges_from))
    name = within(label_of(graph, node))
    nothing = f"No source in this pack pairs {name} with anything."
    return answer(graph, f"Sources pair {name} with", items, nothing)


def related(
    graph: Graph, node: str, kind: EdgeKind, step: Stepper, lead: str = ""
) -> Iterator[Item]:
    """What a node, its classes and its members relate to, told once each, with whom it is said of."""
    family = {node, *(above := classes(graph, node)), *(below := members(graph, node))}
    said: dict[str, list[tuple[str, Attributes]]] = {}
    for one in (node, *above, *below):
        for other, held in step(graph, one, (kind.value,)):
            if other not in family:
                said.setdefault(other, []).append((one, held))
    for other, pairs in said.items():
        whom = [one for one, _ in pairs if one != node]
        told = [lead] if lead else []
        if len(whom) == len(pairs):
            told.append(f"said of {within(label_of(graph, whom[0]))}")
        edges = [held for _, held in pairs]
        says = ", ".join(part for part in (*told, notes_of(edges)) if part)
        yield item_of(graph, other, edges, says)


FARTHEST = 100
"""How many steps away a neighbourhood may end; every graph of a pack ends before."""


def neighbourhood(
    name: str,
    depth: int = 1,
    kinds: Kinds | None = None,
    *,
    graph: Graph | None = None,
) -> Graph:
    """The part of the graph around a node, as a graph of its own.

    Args:
        name: An intervention, a condition or anything else that has a node.
        depth: How many steps away, in either direction, 100 at most; 0 is the node alone.
        kinds: The kinds of edge to follow, such as ``complements``; left out, all that relate things to each other,
            not those that merely sort them by category, domain and source.
        graph: The graph to look at; left out, that of the core pack.

    >>> part = neighbourhood("scs", kinds=["comes_before"])
    >>> sorted(node for node in part if node.startswith("safeguard:"))
    ['safeguard:multidisciplinary_assessment', 'safeguard:scs_trial_done']

    Raises:
        UnknownWordError: If there is no such node or kind of edge; it names the nearest.
    """
    graph = asked_graph(graph)
    depth = whole_number("depth", depth, 0, FARTHEST)
    wanted = edge_kinds(kinds)
    centre = find(graph, name)
    found = {centre}
    edge = set(found)
    for _ in range(depth):
        around = {other for node in edge for other in _beside(graph, node, wanted)}
        edge = around - found
        found |= edge
    part = new_graph({**graph.graph, "centre": centre, "depth": depth})
    part.add_nodes_from(
        (node, dict(held)) for node, held in graph.nodes(data=True) if node in found
    )
    for start, end, key, held in graph.edges(found, keys=True, data=True):
        if end in found and held.get("kind") in wanted and held.get("current", True):
            part.add_edge(start, end, key=key, **held)
    return part


def edge_kinds(kinds: object) -> frozenset[str]:
    """The kinds of edge that words stand for; left out, all that relate things to each other.

    Raises:
        UnknownWordError: If there is no such kind.
    """
    known = {kind.value for kind in EdgeKind}
    if kinds is None:
        return frozenset(known - {kind.value for kind in STRUCTURE})
    asked = several("kinds", kinds)
    for kind in asked:
        if not isinstance(kind, str) or kind not in known:
            raise UnknownWordError(kind, "kind of edge", known)
    return frozenset(map(str, asked))


def _beside(graph: Graph, node: str, kinds: frozenset[str]) -> set[str]:
    found = gathered(list(edges_from(graph, node, kinds)) + list(edges_to(graph, node, kinds)))
    return set(found)
