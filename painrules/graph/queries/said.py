"""What one source says of one thing: a source is connected with whatever it speaks of."""

from collections.abc import Iterator

from painrules.graph.answer import Answer, item_of, label_of, listed_in_words, within
from painrules.graph.base import (
    PERSONAL,
    SOURCE_WORDS,
    SYMMETRIC_KINDS,
    Attributes,
    EdgeKind,
    Graph,
    NodeKind,
    several,
)
from painrules.graph.walk import edges_from, edges_to
from painrules.model.base import distinct

MOST = 5
"""How many names a sentence tells of each kind of thing that a source says."""

ORDER = {kind.value: place for place, kind in enumerate(EdgeKind)}


def said_by(graph: Graph, source: str, other: str, kinds: frozenset[str]) -> Answer | None:
    """What a source says of something, or None where it says nothing of it, or where that is a source too."""
    if graph.nodes[other].get("kind") == NodeKind.SOURCE:
        return None
    name = str(graph.nodes[source].get("entry", source))
    found: dict[tuple[int, str, bool], list[tuple[str, Attributes]]] = {}
    for beside, held, leads in _edges(graph, other, kinds):
        says = name in several(str(held.get("sources", ""))) and held.get("origin") != "entry"
        if says and beside != source:
            kind = str(held.get("kind"))
            found.setdefault((ORDER[kind], kind, leads), []).append((beside, held))
    if not found:
        return None
    told = [_told(graph, other, key, found[key]) for key in sorted(found)]
    edges = [held for pairs in found.values() for _, held in pairs]
    ends = (item_of(graph, source, edges, ""), item_of(graph, other, edges, ""))
    notice = str(graph.graph.get("notice", ""))
    return Answer(f"{label_of(graph, source)} {'; '.join(told)}.", ends, notice)


def _edges(
    graph: Graph, node: str, kinds: frozenset[str]
) -> Iterator[tuple[str, Attributes, bool]]:
    """The edges at a node, each with what is at its other end, and whether it leads there."""
    for end, held in edges_from(graph, node, kinds):
        yield end, held, True
    for start, held in edges_to(graph, node, kinds):
        if held.get("kind") not in SYMMETRIC_KINDS:
            yield start, held, False


def _told(
    graph: Graph, other: str, key: tuple[int, str, bool], pairs: list[tuple[str, Attributes]]
) -> str:
    """What the source does, as it goes on after its name."""
    _, kind, leads = key
    names = distinct(within(label_of(graph, node)) for node, _ in pairs)
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    some, mine = listed_in_words([*names[:MOST], *more]), within(label_of(graph, other))
    start, end = (mine, some) if leads else (some, mine)
    verb = {str(one): words for one, words in SOURCE_WORDS.items()}.get(kind)
    if not verb:
        return f"says that {start} {pairs[0][1].get('label', kind)} {end}"
    personal = all(
        graph.nodes[node].get("kind") in PERSONAL
        for node in ([other] if leads else [node for node, _ in pairs])
    )
    return f"{verb} {end} {f'where “{start}” applies' if personal else f'in {start}'}"
