"""What comes before and after an option: steps, in order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from painrules.graph.answer import (
    APPLIES,
    Answer,
    Item,
    answer,
    item_of,
    label_of,
    listed_in_words,
    whom,
    within,
)
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind, node_id, several
from painrules.graph.build import asked_graph
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
"""What comes before the option that was asked about."""

STEP_BEFORE = {
    "clinical": "tried before",
    "safeguard": "a check before",
    "administrative": "asked by payers before",
}
"""What comes before one of its steps."""

STEP_AFTER = {
    "clinical": "once that was tried",
    "safeguard": "once that check was done",
    "administrative": "where payers ask for that",
}
"""What comes after the option that was asked about."""


class Group(NamedTuple):
    """Steps of their own that some members of a class have."""

    label: str
    items: tuple[Item, ...]


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
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    items = [_item(graph, first, held, STEP_WORDS) for first, held in _before(graph, node)]
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
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    own, groups = steps_before(graph, node)
    name = within(label_of(graph, node))
    items = distinct((*own, *(item for group in groups for item in group.items)))
    if not items:
        return answer(graph, "", (), _nothing_before(name))
    parts = [f"Sources put these before {name}: {counted(own)}; then {name}."] if own else []
    if groups:
        kinds = "Some kinds of it" if own else f"Some kinds of {name}"
        parts.append(f"{kinds} have steps of their own.")
        parts += [f"{group.label}: {counted(group.items)}." for group in groups]
    return Answer(" ".join(parts), items, str(graph.graph.get("notice", "")))


def counted(items: Iterable[Item]) -> str:
    """Steps with their numbers."""
    return "; ".join(f"{place}. {item}" for place, item in enumerate(items, start=1))


def steps_before(graph: Graph, node: str) -> tuple[tuple[Item, ...], tuple[Group, ...]]:
    """The steps before an option, in order, and those that members of it have besides."""
    own = _steps(graph, node, ())
    seen = {node: {item.node for item in own}}
    found: dict[tuple[Item, ...], list[str]] = {}
    for member in members(graph, node):
        above = {step for one in classes(graph, member) for step in seen.get(one, ())}
        items = _steps(graph, member, above)
        seen[member] = above | {item.node for item in items}
        if items:
            found.setdefault(items, []).append(label_of(graph, member))
    groups = (Group(_named(labels), items) for items, labels in found.items())
    return own, tuple(sorted(groups, key=lambda group: group.label.casefold()))


def _steps(graph: Graph, node: str, known: Iterable[str]) -> tuple[Item, ...]:
    """The steps before one option, but for those that are known already."""
    walk = _Walk(graph, set(known))
    walk.visit(node, ())
    return tuple(walk.items)


def _named(labels: Iterable[str]) -> str:
    """Members of a class that have the same steps."""
    first, *others = sorted(labels, key=str.casefold)
    return listed_in_words([first, *map(within, others)])


def steps_up(option: str, *, graph: Graph | None = None) -> Answer:
    """What sources put after an option: what they speak of once it was tried or done.

    The arguments and errors are those of `prerequisites`.

    >>> "joint_replacement" in steps_up("exercise")
    True
    """
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    category = node_id(NodeKind.CATEGORY, str(graph.nodes[node].get("category", "")))
    steps: list[tuple[str, Attributes]] = []
    for one in (node, *classes(graph, node), category):
        if one in graph:
            steps += edges_from(graph, one, BEFORE)
    found = gathered(steps)
    items = [_item(graph, after, held, STEP_AFTER) for after, held in found.items()]
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


def _item(
    graph: Graph, node: str, edges: Iterable[Attributes], words: Mapping[str, str], name: str = ""
) -> Item:
    """A step: why it comes first, and for whom; what has to hold stands in the rules."""
    held = list(edges)
    kinds = distinct(words[one["step"]] for one in held)
    why = " and ".join(f"{kind} {name}".strip() for kind in kinds)
    return item_of(graph, node, held, ", ".join(part for part in (why, whom_of(held)) if part))


def whom_of(edges: Iterable[Attributes]) -> str:
    """Whom rules speak of, without their exceptions; an empty text where that is anyone."""
    texts = distinct(whom(str(one["population"])) for one in edges)
    if "anyone" in texts:
        return ""
    if not any(mark in text for text in texts for mark in (" with ", "(", APPLIES)):
        texts = distinct(part for text in texts for part in text.split(" or "))
    some = [text for text in texts if text.startswith(APPLIES)]
    pains = [text for text in texts if text not in some]
    told = [f"for {listed_in_words(pains, 'or')}"] if pains else []
    if some:
        facts = listed_in_words([text.removeprefix(APPLIES) for text in some], "or")
        told.append(f"{'or ' if pains else ''}{APPLIES}{facts}")
    return " ".join(told)


@dataclass
class _Walk:
    """Goes back from an option, step by step; what comes first ends up first."""

    graph: Graph
    known: set[str]
    items: list[Item] = field(default_factory=list)
    way: list[str] = field(default_factory=list)

    def visit(self, node: str, after: Iterable[Attributes]) -> None:
        """Adds what comes before a node, where it is said of the same people."""
        later = list(after)
        deep = bool(self.way)
        name = within(label_of(self.graph, node)) if deep else ""
        self.way.append(node)
        for first, held in _before(self.graph, node):
            fitting = [one for one in held if not later or any(self._fits(one, it) for it in later)]
            if not fitting or first in self.way or self._has(first):
                continue
            if first.startswith(NodeKind.INTERVENTION.value):
                self.visit(first, fitting)
            if not self._has(first):
                words = STEP_BEFORE if deep else STEP_WORDS
                self.items.append(_item(self.graph, first, fitting, words, name))
        self.way.pop()

    def _has(self, node: str) -> bool:
        return node in self.known or any(item.node == node for item in self.items)

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
