"""Answers: what a question finds, and one sentence that says it with its sources."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from painrules.explain import lowered
from painrules.graph.base import BETWEEN, Attributes, Graph, several
from painrules.model.base import distinct

CITED_AT_MOST = 4
"""How many sources a sentence names for one thing; an item has all of them."""

APPLIES = "where this applies: "
"""How the facts begin that a rule asks for where it names no kind of pain."""

_FACT = re.compile(r"(age|months of pain|intensity) \d|no |.+ tried: ")
"""What told conditions begin with that are no kind of pain."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a question finds, with what is said of it and who says so."""

    node: str
    """The node, such as ``intervention:cbt``."""
    id: str
    """The entry, such as ``cbt``."""
    label: str
    """Its name."""
    says: str = ""
    """What is said, in words: when it holds, what comes first, for whom."""
    sources: tuple[str, ...] = ()
    """The sources, by id."""
    cited: tuple[str, ...] = ()
    """The sources, as text names them."""
    rules: tuple[str, ...] = ()
    """The rules or relations that say so."""

    def __str__(self) -> str:
        """Name, what is said, and who says so."""
        told = "; ".join(part for part in (self.says, cited_briefly(self.cited)) if part)
        return f"{self.label} ({told})" if told else self.label


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a question finds: a sentence with its sources, and the things it names one by one.

    Printing it shows the sentence; going through it gives the items.
    """

    sentence: str
    """The answer in words."""
    items: tuple[Item, ...] = ()
    """What was found, in order."""
    notice: str = ""
    """The notice of the pack: for education only."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries that were found."""
        return tuple(item.id for item in self.items)

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources of the answer, by id."""
        return tuple(sorted({source for item in self.items for source in item.sources}))

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules and relations that the answer rests on, by id."""
        return tuple(sorted({rule for item in self.items for rule in item.rules}))

    def __iter__(self) -> Iterator[Item]:
        """The items, in order."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many were found."""
        return len(self.items)

    def __contains__(self, name: object) -> bool:
        """Whether an entry was found, by id."""
        return name in self.ids

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence

    def __repr__(self) -> str:
        """The sentence too: it is what one asks for."""
        return f"<Answer: {self.sentence}>"


def cited_briefly(names: Iterable[str]) -> str:
    """Who says so; of many sources the first few, and how many more.

    >>> cited_briefly("ABCDEF")
    'A, B, C, D and 2 more'
    """
    known = distinct(names)
    more = len(known) - CITED_AT_MOST
    return ", ".join(known[:CITED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def label_of(graph: Graph, node: str) -> str:
    """The name of a node."""
    return str(graph.nodes[node].get("label", node))


within = lowered
"""A label within a sentence."""


def listed_in_words(words: Sequence[str], last: str = "and") -> str:
    """Several words in a row, as they stand in a sentence.

    >>> listed_in_words(["body", "mind", "life"])
    'body, mind and life'
    """
    return (
        f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)
    )


def whom(population: str) -> str:
    """Whom a rule speaks of, without its exceptions: kinds of pain first, then the facts that have to apply.

    >>> whom("chronic pain; low back pain; Takes an opioid now")
    'chronic pain with low back pain (takes an opioid now)'
    >>> whom("Pregnancy")
    'where this applies: pregnancy'
    """
    parts = population.partition(" (unless")[0].split(BETWEEN)
    facts = [
        part for part in parts if (part[:1].isupper() and within(part) != part) or _FACT.match(part)
    ]
    pains = " with ".join(part for part in parts if part not in facts)
    told = ", ".join(map(within, facts))
    if not pains:
        return f"{APPLIES}{told}"
    return f"{pains} ({told})" if told else pains


def notes_of(edges: Iterable[Attributes]) -> str:
    """The notes of edges, as they may stand within a sentence."""
    notes = (str(one["note"]).rstrip(".") for one in edges if "note" in one)
    return "; ".join(distinct(within(note) for note in notes))


def item_of(graph: Graph, node: str, edges: Iterable[Attributes], says: str | None = None) -> Item:
    """What several edges say of one node, together."""
    held = list(edges)
    return Item(
        node=node,
        id=str(graph.nodes[node].get("entry", node)),
        label=label_of(graph, node),
        says=notes_of(held) if says is None else says,
        sources=distinct(name for one in held for name in several(one.get("sources", ""))),
        cited=distinct(name for one in held for name in several(one.get("cited", ""))),
        rules=distinct(str(one["rule"]) for one in held if "rule" in one),
    )


def answer(graph: Graph, lead: str, items: Iterable[Item], nothing: str) -> Answer:
    """An answer that names its items after a lead, or says that there is nothing."""
    found = tuple(items)
    sentence = f"{lead}: {'; '.join(map(str, found))}." if found else nothing
    return Answer(sentence, found, str(graph.graph.get("notice", "")))
