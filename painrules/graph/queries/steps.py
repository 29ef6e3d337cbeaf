"""What comes before and after an option: steps, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from painrules.graph.answer import Answer, Item, answer, item_of, label_of, within
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind, node_id, several
from painrules.graph.build import core_graph
from painrules.graph.find import OPTION, find
from painrules.graph.walk import classes, edges_from, edges_to, gathered, members
from painrules.model.base import distinct

BEFORE = (EdgeKind.COMES_BEFORE.value,)
ORDER = {"clinical": 0, "safeguard": 1, "administrative": 2}
"""Care that was tried comes first, then checks, then what payers ask."""

STEP_WORDS = {
    "clinical": "tried first",
    "safeguard": "a check first",
    "administrative": "asked by payers",
}


def prerequisites(option: str, *, graph: Graph | None = None) -> Answer:
    """What sources put directly before an option: care tried earlier, a check done, what a payer asks.

    A step hides nothing and forbids nothing; it says what a source wants to see first, and for whom.

    Args:
        option: An intervention, by id, label or synonym.
        graph: The graph to look at; left out, that of the core pack.

    >>> "scs_trial" in prerequisites("scs")
    True

    Raises:
        UnknownWordError: If there is no such intervention; it names the nearest.
    """
    graph = core_graph() if graph is None else graph
    node = find(graph, option, OPTION)
    items = [step_item(graph, first, held) for first, held in _before(graph, node)]
    name = within(label_of(graph, node))
    return answer(graph, f"Before {name}, sources want to see", items, _nothing_before(name))


def pathway(option: str, *, graph: Graph | None = None) -> Answer:
    """The steps that sources put before an option, and before these steps, prerequisites first.

    For a class it goes on with what is asked of single members. Steps of different sources and for different people
    stand together here, each with whom it is said of: it shows an order, it is not a plan for anyone.

    The arguments and errors are those of `prerequisites`.

    >>> "diagnostic_block" in pathway("radiofrequency_ablation")
    True
    """
    graph = core_graph() if graph is None else graph
    node = find(graph, option, OPTION)
    own, others = steps_before(graph, node)
    name = within(label_of(graph, node))
    if not own and not others:
        return answer(graph, "", (), _nothing_before(name))
    told = [f"{place}. {item}" for place, item in enumerate((*own, *others), start=1)]
    parts = [*told[: len(own)], f"then {name}"]
    if others:
        parts += ["for some kinds of it first", *told[len(own) :]]
    sentence = f"Sources put these before {name}: {'; '.join(parts)}."
    return Answer(sentence, (*own, *others), str(graph.graph.get("notice", "")))


def steps_before(graph: Graph, node: str) -> tuple[list[Item], list[Item]]:
    """The steps before an option, in order, and those before single members of it."""
    walk = _Walk(graph)
    walk.visit(node, ())
    own = len(walk.items)
    for member in sorted(members(graph, node), key=lambda one: label_of(graph, one)):
        walk.visit(member, ())
    return walk.items[:own], walk.items[own:]


def steps_up(option: str, *, graph: Graph | None = None) -> Answer:
    """What sources put after an option: what they speak of once it was tried or done.

    The arguments and errors are those of `prerequisites`.

    >>> "joint_replacement" in steps_up("exercise")
    True
    """
    graph = core_graph() if graph is None else graph
    node = find(graph, option, OPTION)
    category = node_id(NodeKind.CATEGORY, str(graph.nodes[node].get("category", "")))
    steps: list[tuple[str, Attributes]] = []
    for one in (node, *classes(graph, node), category):
        if one in graph:
            steps += edges_from(graph, one, BEFORE)
    found = gathered(steps)
    items = [step_item(graph, after, held) for after, held in found.items()]
    name = within(label_of(graph, node))
    nothing = f"No source in this pack puts anything after {name}."
    return answer(graph, f"After {name}, sources speak of", items, nothing)


def _nothing_before(name: str) -> str:
    return f"No source in this pack puts a step before {name}."


def _before(graph: Graph, node: str) -> list[tuple[str, list[Attributes]]]:
    """What comes directly before a node or a class that it belongs to, in order."""
    steps = [
        one for place in (node, *classes(graph, node)) for one in edges_to(graph, place, BEFORE)
    ]

    def key(pair: tuple[str, list[Attributes]]) -> tuple[int, bool, str, str]:
        first, held = pair
        check = graph.nodes[first]["kind"] == NodeKind.SAFEGUARD
        return min(ORDER[one["step"]] for one in held), check, label_of(graph, first), first

    return sorted(gathered(steps).items(), key=key)


def step_item(graph: Graph, node: str, edges: Iterable[Attributes]) -> Item:
    """A step: why it comes first, and for whom; what has to hold stands in the rules."""
    held = list(edges)
    told = [*distinct(STEP_WORDS[one["step"]] for one in held), whom_of(held)]
    return item_of(graph, node, held, ", ".join(part for part in told if part))


def whom_of(edges: Iterable[Attributes]) -> str:
    """Whom rules speak of, without their exceptions; an empty text where that is anyone."""
    texts = distinct(str(one["population"]).partition(" (unless")[0] for one in edges)
    if "anyone" in texts:
        return ""
    if all("; " not in text for text in texts):
        texts = distinct(part for text in texts for part in text.split(" or "))
    return f"for {' or '.join(text.replace('; ', ' with ') for text in texts)}"


@dataclass
class _Walk:
    """Goes back from an option, step by step; what comes first ends up first."""

    graph: Graph
    items: list[Item] = field(default_factory=list)
    way: list[str] = field(default_factory=list)

    def visit(self, node: str, after: Iterable[Attributes]) -> None:
        """Adds what comes before a node, where it is said of the same people."""
        later = list(after)
        self.way.append(node)
        for first, held in _before(self.graph, node):
            fitting = [one for one in held if not later or any(self._fits(one, it) for it in later)]
            if not fitting or first in self.way or self._has(first):
                continue
            if first.startswith(NodeKind.INTERVENTION.value):
                self.visit(first, fitting)
            if not self._has(first):
                self.items.append(step_item(self.graph, first, fitting))
        self.way.pop()

    def _has(self, node: str) -> bool:
        return any(item.node == node for item in self.items)

    def _fits(self, one: Attributes, other: Attributes) -> bool:
        """Whether two rules can speak of the same people."""
        for kind in (NodeKind.PAIN_TYPE, NodeKind.MECHANISM, NodeKind.CONDITION):
            mine, theirs = several(one.get(kind, "")), several(other.get(kind, ""))
            if mine and theirs and not self._meet(kind, mine, theirs):
                return False
        return True

    def _meet(self, kind: NodeKind, mine: Iterable[str], theirs: Iterable[str]) -> bool:
        return bool(
            set(self._upwards(kind, mine)) & set(theirs)
            or set(self._upwards(kind, theirs)) & set(mine)
        )

    def _upwards(self, kind: NodeKind, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield name
            if node_id(kind, name) in self.graph:
                for above in classes(self.graph, node_id(kind, name)):
                    yield above.partition(":")[2]
