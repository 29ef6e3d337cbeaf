"""What several conditions have in common."""

from painrules.errors import PainrulesError
from painrules.graph.answer import Answer, Item, answer, item_of, label_of, listed_in_words, within
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind
from painrules.graph.build import asked_graph
from painrules.graph.find import CONDITION, find
from painrules.graph.walk import Step, classes, edges_from

SUPPORTS = (EdgeKind.SUPPORTS.value,)
OPPOSES = (EdgeKind.OPPOSES.value,)


def shared(*conditions: str, graph: Graph | None = None) -> Answer:
    """Which options sources support for each of several conditions, or for a broader one that it belongs to.

    It looks at what is said of the conditions by name, not of pain in general; where a source speaks against an option
    in one of them, the answer says so.

    Args:
        *conditions: Conditions, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.

    >>> "exercise" in shared("fibromyalgia", "osteoarthritis_knee")
    True

    Raises:
        UnknownWordError: If there is no such condition; it names the nearest.
        PainrulesError: If no condition is named.
    """
    if not conditions:
        msg = "name at least one condition"
        raise PainrulesError(msg)
    graph = asked_graph(graph)
    nodes = [find(graph, name, CONDITION) for name in conditions]
    each = [_said(graph, node, SUPPORTS) for node in nodes]
    against = [_said(graph, node, OPPOSES) for node in nodes]
    common = [option for option in each[0] if all(option in found for found in each)]
    items = []
    for option in common:
        doubts = [node for node, found in zip(nodes, against, strict=True) if option in found]
        items.append(_item(graph, option, [one for found in each for one in found[option]], doubts))
    items.sort(key=lambda item: item.label.casefold())
    names = listed_in_words([within(label_of(graph, node)) for node in nodes])
    nothing = f"No option in this pack has sources for it in each of {names}."
    return answer(graph, f"In {names}, sources speak for", items, nothing)


def _said(graph: Graph, node: str, kinds: tuple[str, ...]) -> dict[str, list[Attributes]]:
    """What sources say of options in a condition and in those that it belongs to."""
    steps: list[Step] = []
    for one in (node, *classes(graph, node)):
        steps += edges_from(graph, one, kinds)
    found: dict[str, list[Attributes]] = {}
    for option, held in steps:
        if graph.nodes[option]["kind"] == NodeKind.INTERVENTION:
            found.setdefault(option, []).append(held)
    return found


def _item(graph: Graph, option: str, said: list[Attributes], doubts: list[str]) -> Item:
    names = listed_in_words([within(label_of(graph, node)) for node in doubts])
    return item_of(graph, option, said, f"sources disagree in {names}" if doubts else "")
