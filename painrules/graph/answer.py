"""Answers: what a question finds, and one sentence that says it with its sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from painrules.graph.base import Attributes, Graph, several
from painrules.model.base import distinct


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
        told = "; ".join(part for part in (self.says, ", ".join(self.cited)) if part)
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


def label_of(graph: Graph, node: str) -> str:
    """The name of a node."""
    return str(graph.nodes[node]["label"])


def within(label: str) -> str:
    """A label within a sentence: its first letter small, unless it is an abbreviation or a name.

    >>> within("Exercise"), within("TENS")
    ('exercise', 'TENS')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def notes_of(edges: Iterable[Attributes]) -> str:
    """The notes of edges, as they may stand within a sentence."""
    notes = (str(one["note"]).rstrip(".") for one in edges if "note" in one)
    return "; ".join(distinct(within(note) for note in notes))


def item_of(graph: Graph, node: str, edges: Iterable[Attributes], says: str | None = None) -> Item:
    """What several edges say of one node, together."""
    held = list(edges)
    return Item(
        node=node,
        id=graph.nodes[node]["entry"],
        label=label_of(graph, node),
        says=notes_of(held) if says is None else says,
        sources=distinct(name for one in held for name in several(one["sources"])),
        cited=distinct(name for one in held for name in several(one["cited"])),
        rules=distinct(str(one["rule"]) for one in held),
    )


def answer(graph: Graph, lead: str, items: Iterable[Item], nothing: str) -> Answer:
    """An answer that names its items after a lead, or says that there is nothing."""
    found = tuple(items)
    sentence = f"{lead}: {'; '.join(map(str, found))}." if found else nothing
    return Answer(sentence, found, str(graph.graph.get("notice", "")))
