"""Who delivers what, and what addresses a factor."""

from painrules.graph.answer import Answer, Item, answer, item_of, label_of, within
from painrules.graph.asked import Asked, listed
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind, node_id
from painrules.graph.build import asked_graph, shared_graph
from painrules.graph.find import FACTOR, OPTION, find
from painrules.graph.queries.relatives import related
from painrules.graph.walk import classes, edges_from, edges_to, gathered
from painrules.model.base import distinct

DELIVERED = (EdgeKind.DELIVERED_BY.value,)


def delivered_by(option: str, *, graph: Graph | None = None) -> Answer:
    """Which professions deliver an option, as far as sources say.

    Args:
        option: An intervention, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.

    >>> "psychologist" in delivered_by("cbt")
    True

    Raises:
        UnknownWordError: If there is no such intervention; it names the nearest.
    """
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    items = list(related(graph, node, EdgeKind.DELIVERED_BY, edges_from))
    name = within(label_of(graph, node))
    nothing = f"No source in this pack says who delivers {name}."
    return answer(graph, f"To deliver {name}, sources name", items, nothing)


def addressed_by(factor: str, *, graph: Graph | None = None) -> Answer:
    """What sources say works on a factor, such as low mood, poor sleep or fear of movement.

    Args:
        factor: A factor, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.

    >>> "cbt" in addressed_by("catastrophising")
    True

    Raises:
        UnknownWordError: If there is no such factor; it names the nearest.
    """
    graph = asked_graph(graph)
    node = find(graph, factor, FACTOR)
    found = gathered(edges_to(graph, node, (EdgeKind.ADDRESSES.value,)))
    items = [item_of(graph, start, held) for start, held in found.items()]
    name = within(label_of(graph, node))
    nothing = f"No source in this pack names anything that addresses {name}."
    return answer(graph, f"To address {name}, sources name", items, nothing)


def who_delivers(profile: Asked) -> Answer:
    """Which professions deliver what a result lists, those with most of it first.

    The number of options ranks nobody: it follows from how finely sources divide what a profession does.

    Args:
        profile: What `painrules.explore` returned, or a `painrules.Profile`, which is looked at with the core pack.

    >>> import painrules
    >>> "physiotherapist" in who_delivers(painrules.Profile(pain_type="chronic"))
    True
    """
    asked = listed(profile)
    graph = shared_graph(asked.pack)
    found: dict[str, list[tuple[str, Attributes]]] = {}
    for option in asked.options:
        node = node_id(NodeKind.INTERVENTION, option)
        for profession, edges in _who(graph, node).items():
            found.setdefault(profession, []).extend((option, held) for held in edges)
    items = [_with_options(graph, node, said) for node, said in found.items()]
    counts = {node: len({option for option, _ in said}) for node, said in found.items()}
    items.sort(key=lambda item: (-counts[item.node], item.label.casefold()))
    lead = "To deliver what is listed here, sources name"
    if asked.flagged:
        lead = "A red flag comes first: assessment before anything else. To deliver what may follow, sources name"
    nothing = "No source says who delivers what is listed here."
    return answer(graph, lead, items, nothing if asked.options else "Nothing is listed here.")


def _who(graph: Graph, node: str) -> dict[str, list[Attributes]]:
    """Who delivers an option: what is said of itself, else of the nearest class of which something is said."""
    for one in (node, *classes(graph, node)):
        found = gathered(edges_from(graph, one, DELIVERED))
        if found:
            return found
    return {}


def _with_options(graph: Graph, node: str, said: list[tuple[str, Attributes]]) -> Item:
    """A profession, with the options that it delivers."""
    names = distinct(
        within(label_of(graph, node_id(NodeKind.INTERVENTION, option))) for option, _ in said
    )
    return item_of(graph, node, [held for _, held in said], ", ".join(names))
