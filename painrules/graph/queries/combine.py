"""An example of care that touches body, mind and life: what complements what, across the domains."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from painrules.cached import cached_property
from painrules.graph.answer import (
    Answer,
    Item,
    item_of,
    label_of,
    listed_in_words,
    notes_of,
    within,
)
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

LIMITS = re.compile(r"^(in|around|before|after|where|only|for)\b|\bin ")
"""What notes begin with, or hold, that speak of some people only."""

CLOSING = "It shows how sources combine kinds of care; it is an example for learning, never a plan for a person."


def combination(result: Explored) -> Answer:
    """A set of listed options that together touch the biological, psychological and social side of pain.

    Of all sets with one option for each side in which none interacts with, replaces or contains another, it takes the
    one in which most are paired with each other; then the one whose pairs are said of these options themselves, not of
    their classes or of other conditions; then the one of which sources speak most specifically; then the first in the
    order of the result.
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
    levels = {
        node_id(NodeKind.INTERVENTION, view.id): LEVELS.index(view.level)
        for view in result.record.options
        if view.level in LEVELS
    }
    options = [node_id(NodeKind.INTERVENTION, name) for name in asked.options]
    options.sort(key=lambda node: levels.get(node, len(LEVELS)))
    choice = _Choice(graph, options, levels, frozenset(_conditions(result, graph)))
    chosen = choice.best()
    if not chosen:
        return Answer("Nothing is listed that could be combined.", (), notice)
    return Answer(" ".join(_told(choice, chosen)), tuple(_items(choice, chosen)), notice)


@dataclass(frozen=True)
class _Choice:
    """Chooses among options."""

    graph: Graph
    options: list[str]
    levels: Mapping[str, int]
    conditions: frozenset[str]
    """The names of what the result is about, as notes may mention them."""

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
    def linked(self) -> dict[tuple[str, str], int]:
        """The pairs of which sources speak: 0 where they speak of the two themselves, more where of others."""
        pairs = ((pair, self.links(*pair)) for pair in combinations(self.options, 2))
        return {
            pair: min(self.apart(*pair, link) for link in links) for pair, links in pairs if links
        }

    def apart(self, one: str, other: str, link: tuple[str, str, Attributes]) -> int:
        """How far what is said of a pair is from these two in this result: classes, and other conditions, are."""
        start, end, held = link
        note = str(held.get("note", "")).casefold()
        elsewhere = LIMITS.search(note) and not any(name in note for name in self.conditions)
        return (start != one) + (end != other) + 3 * bool(elsewhere)

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

    def _key(self, chosen: tuple[str, ...]) -> tuple[int, int, int, list[int]]:
        paired = [self.linked[pair] for pair in combinations(chosen, 2) if pair in self.linked]
        level = sum(self.levels.get(option, len(LEVELS)) for option in chosen)
        return -len(paired), sum(paired), level, [self.places[option] for option in chosen]


def _conditions(result: Explored, graph: Graph) -> Iterator[str]:
    """The names of the conditions of a result, and of those that they belong to."""
    for name in result.record.profile.get("conditions", ()):
        node = node_id(NodeKind.CONDITION, name)
        if node in graph:
            for one in (node, *classes(graph, node)):
                yield label_of(graph, one).casefold()


def _told(choice: _Choice, chosen: tuple[str, ...]) -> Iterator[str]:
    graph = choice.graph
    touched = {domain for option in chosen for domain in choice.domains(option)}
    present = [str(domain) for domain in WANTED if domain.value in touched]
    missing = [str(domain) for domain in WANTED if domain.value not in touched]
    names = [f"{label_of(graph, one)} ({', '.join(choice.domains(one))})" for one in chosen]
    yield f"Together these touch the {listed_in_words(present)} side of pain: {'; '.join(names)}."
    if missing:
        yield f"Nothing listed is {listed_in_words(missing)}."
    told = [text for pair in combinations(chosen, 2) for text in _why(choice, *pair)]
    yield f"Sources pair {'; and '.join(told)}." if told else "No source in this pack pairs them."
    yield CLOSING


def _why(choice: _Choice, one: str, other: str) -> Iterator[str]:
    """What sources say of two options going together, with a name for whom where that is a class."""
    links = choice.links(one, other)
    if links:
        start, end, held = min(links, key=lambda link: choice.apart(one, other, link))
        names = " with ".join(within(label_of(choice.graph, node)) for node in (start, end))
        note = notes_of([held])
        yield f"{names}{f' ({note})' if note else ''} [{cited_in([held])}]"


def _items(choice: _Choice, chosen: tuple[str, ...]) -> Iterator[Item]:
    for option in chosen:
        edges = [
            held for other in chosen if other != option for *_, held in choice.links(option, other)
        ]
        yield item_of(choice.graph, option, edges, ", ".join(choice.domains(option)))
