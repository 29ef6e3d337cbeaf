"""An example of care that touches body, mind and life: what complements what, across the domains."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from painrules.graph.answer import Answer, Item, item_of, label_of, within
from painrules.graph.asked import Explored, listed
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind, node_id, several
from painrules.graph.build import shared_graph
from painrules.graph.queries.path import cited_in
from painrules.graph.walk import classes, edges_from
from painrules.vocab import Domain, Level

WANTED = (Domain.BIOLOGICAL, Domain.PSYCHOLOGICAL, Domain.SOCIAL)
MOST = 20
"""How many options of a domain are tried out."""

LEVELS = tuple(Level)
"""From what is said of the condition itself to what is said of pain in general."""

CLOSING = "It shows how sources combine kinds of care; it is an example for learning, never a plan for a person."


def combination(result: Explored) -> Answer:
    """A set of listed options that together touch the biological, psychological and social side of pain.

    Of all sets with one option for each side, it takes one in which most complement each other by what sources say,
    and none interacts with, replaces or contains another; among equal ones the one that sources speak of most
    specifically, then the first in the order of the result.
    It is an example to learn from and to talk about. It is never a plan for a person, and ranks nothing.

    Args:
        result: What `painrules.explore` returned.

    >>> import painrules
    >>> found = combination(painrules.explore("chronic"))
    >>> len(found) >= 2
    True
    """
    asked = listed(result)
    graph = shared_graph(asked.pack)
    notice = asked.pack.notice
    if asked.flagged:
        text = (
            "A red flag comes first: assessment before anything else, so nothing is combined here."
        )
        return Answer(text, (), notice)
    told = {
        view.id: LEVELS.index(view.level) for view in result.record.options if view.level in LEVELS
    }
    nearest = sorted(asked.options, key=lambda name: told.get(name, len(LEVELS)))
    choice = _Choice(graph, [node_id(NodeKind.INTERVENTION, name) for name in nearest])
    chosen = choice.best()
    if not chosen:
        return Answer("Nothing is listed that could be combined.", (), notice)
    return Answer(" ".join(_told(choice, chosen)), tuple(_items(choice, chosen)), notice)


@dataclass(frozen=True)
class _Choice:
    """Chooses among options."""

    graph: Graph
    options: list[str]

    @cached_property
    def places(self) -> dict[str, int]:
        return {option: place for place, option in enumerate(self.options)}

    @cached_property
    def families(self) -> dict[str, frozenset[str]]:
        """Each option with its classes."""
        return {one: frozenset((one, *classes(self.graph, one))) for one in self.options}

    def domains(self, option: str) -> tuple[str, ...]:
        return several(self.graph.nodes[option].get("domains", ""))

    def links(self, one: str, other: str) -> list[tuple[str, str, Attributes]]:
        """What sources say of the two, or of their classes, going together."""
        return [
            (start, end, held)
            for start in sorted(self.families[one])
            for end, held in edges_from(self.graph, start, (EdgeKind.COMPLEMENTS.value,))
            if end in self.families[other]
        ]

    @cached_property
    def linked(self) -> frozenset[tuple[str, str]]:
        pairs = combinations(self.options, 2)
        return frozenset(pair for pair in pairs if self.links(*pair))

    def clash(self, one: str, other: str) -> bool:
        """Whether one contains, replaces or interacts with the other."""
        mine, theirs = self.families[one], self.families[other]
        if one in theirs or other in mine:
            return True
        kinds = (EdgeKind.ALTERNATIVE_TO.value, EdgeKind.INTERACTS_WITH.value)
        return any(
            end in theirs for start in mine for end, _ in edges_from(self.graph, start, kinds)
        )

    def candidates(self, domain: Domain) -> list[str]:
        """Options that mainly belong to a domain, or partly where none does; those that go with another first."""
        paired = {option for pair in self.linked for option in pair}
        partly = [option for option in self.options if domain.value in self.domains(option)]
        found = [one for one in partly if self.domains(one)[0] == domain.value] or partly
        return sorted(found, key=lambda one: (one not in paired, self.places[one]))[:MOST]

    def best(self) -> tuple[str, ...]:
        """The set that is shown; empty where nothing is listed."""
        each = [found for domain in WANTED if (found := self.candidates(domain))]
        sets = {tuple(sorted(set(one), key=self.places.__getitem__)) for one in product(*each)}
        fitting = [
            one for one in sets if not any(self.clash(*pair) for pair in combinations(one, 2))
        ]
        return min(fitting or sets, key=self._key, default=())

    def _key(self, chosen: tuple[str, ...]) -> tuple[int, list[int]]:
        pairs = sum(pair in self.linked for pair in combinations(chosen, 2))
        return -pairs, [self.places[option] for option in chosen]


def _told(choice: _Choice, chosen: tuple[str, ...]) -> Iterator[str]:
    graph = choice.graph
    touched = {domain for option in chosen for domain in choice.domains(option)}
    present = [str(domain) for domain in WANTED if domain.value in touched]
    missing = [str(domain) for domain in WANTED if domain.value not in touched]
    names = [f"{label_of(graph, one)} ({', '.join(choice.domains(one))})" for one in chosen]
    yield f"Together these touch the {_listed(present)} side of pain: {'; '.join(names)}."
    if missing:
        yield f"Nothing listed is {_listed(missing)}."
    told = [text for pair in combinations(chosen, 2) for text in _why(choice, *pair)]
    yield f"{'; '.join(told)}." if told else "No source in this pack pairs them."
    yield CLOSING


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _why(choice: _Choice, one: str, other: str) -> Iterator[str]:
    """What sources say of two options going together, with a name for whom where that is a class."""
    for start, end, held in choice.links(one, other)[:1]:
        names = label_of(choice.graph, start), within(label_of(choice.graph, end))
        yield f"{names[0]} goes together with {names[1]} [{cited_in([held])}]"


def _items(choice: _Choice, chosen: tuple[str, ...]) -> Iterator[Item]:
    for option in chosen:
        edges = [
            held for other in chosen if other != option for *_, held in choice.links(option, other)
        ]
        yield item_of(choice.graph, option, edges, ", ".join(choice.domains(option)))
