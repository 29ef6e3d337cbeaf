"""Edges from relations, with the id of the relation as their key, and from entries of the vocabularies."""

from collections.abc import Iterable, Iterator
from typing import Any

from painrules.graph.base import (
    EDGE_WORDS,
    ENTRY_KEY,
    SYMMETRIC_KINDS,
    Attributes,
    EdgeKind,
    Graph,
    NodeKind,
    joined,
    kept,
    node_id,
)
from painrules.graph.nodes import TABLES, attributes_of, node_in
from painrules.model.base import distinct
from painrules.model.knowledge import Relation
from painrules.model.pack import Pack
from painrules.packs.references import ENDS


def add_relations(graph: Graph, pack: Pack) -> None:
    """Adds an edge for each relation; both ways for those that hold both ways."""
    for relation in pack.relations.values():
        starts, ends = ENDS[relation.kind]
        start = _end_of(graph, pack, relation.from_, starts)
        end = _end_of(graph, pack, relation.to, ends)
        told = _told(relation, pack)
        graph.add_edge(start, end, key=relation.id, **told)
        if EdgeKind(relation.kind.value) in SYMMETRIC_KINDS:
            graph.add_edge(end, start, key=relation.id, **told)


def _end_of(graph: Graph, pack: Pack, name: str, tables: tuple[str, ...]) -> str:
    """The node that a relation starts or ends at; positions get theirs only when they are named."""
    table = next((one for one in tables if name in getattr(pack, one)), tables[0])
    node = node_in(pack, table, name)
    if table == "positions" and node not in graph:
        graph.add_node(node, **attributes_of(pack.positions[name], NodeKind.POSITION.value))
    return node


def _told(relation: Relation, pack: Pack) -> Attributes:
    kind = EdgeKind(relation.kind.value)
    return {
        "kind": kind.value,
        "label": EDGE_WORDS[kind],
        "origin": "relation",
        "rule": relation.id,
        "current": True,
        **cited(relation.sources, pack),
        **kept(note=relation.note),
    }


def cited(sources: Iterable[str], pack: Pack) -> Attributes:
    """Sources by id, and as text output names them."""
    names = tuple(sources)
    if not names:
        return {"sources": "", "cited": ""}
    words = (pack.sources[name].cited if name in pack.sources else name for name in names)
    return {"sources": joined(names), "cited": joined(distinct(words))}


def add_entries(graph: Graph, pack: Pack) -> None:
    """Adds what entries say of each other: classes, categories, domains, who practises what, where it is described."""
    for table in TABLES:
        for entry in getattr(pack, table).values():
            start = node_in(pack, table, entry.id)
            named = _sources_of(entry)
            known = cited(named, pack)
            for kind, end, more in _links(entry, table):
                _add(graph, start, end, kind, entry.id, {**known, **more})
            for name in named:
                end = node_id(NodeKind.SOURCE, name)
                _add(graph, start, end, EdgeKind.DESCRIBED_IN, entry.id, cited((name,), pack))


def _sources_of(entry: Any) -> tuple[str, ...]:  # noqa: ANN401 - any entry of a pack
    one: str | None = getattr(entry, "source", None)
    more: tuple[str, ...] = getattr(entry, "correction_sources", ())
    return tuple(getattr(entry, "sources", ())) + ((one,) if one else ()) + more


def _links(entry: Any, table: str) -> Iterator[tuple[EdgeKind, str, Attributes]]:  # noqa: ANN401 - any entry
    """What an entry says of others: kind of edge, the node that it goes to, what more it holds."""
    kind = TABLES[table]
    for above in getattr(entry, "is_a", ()):
        yield EdgeKind.IS_A, node_id(kind, above), {}
    if table == "interventions":
        yield EdgeKind.IN_CATEGORY, node_id(NodeKind.CATEGORY, entry.category), {}
    domains = getattr(entry, "domains", None) or (
        (entry.domain,) if hasattr(entry, "domain") else ()
    )
    for place, domain in enumerate(domains):
        yield EdgeKind.IN_DOMAIN, node_id(NodeKind.DOMAIN, domain.value), {"primary": place == 0}
    held = EdgeKind.HELD_BY if table == "credentials" else EdgeKind.PRACTISED_BY
    for profession in getattr(entry, "professions", ()):
        yield held, node_id(NodeKind.PROFESSION, profession), {}
    if table == "training":
        yield EdgeKind.TRAINS, node_id(NodeKind.PROFESSION, entry.profession), {}
    if getattr(entry, "superseded_by", None):
        end = node_id(NodeKind.SOURCE, entry.superseded_by)
        yield EdgeKind.SUPERSEDED_BY, end, {"sources": joined((entry.id, entry.superseded_by))}


def _add(  # noqa: PLR0913, PLR0917 - all of it makes one edge
    graph: Graph, start: str, end: str, kind: EdgeKind, entry: str, more: Attributes
) -> None:
    graph.add_edge(
        start,
        end,
        key=ENTRY_KEY + kind.value,
        kind=kind.value,
        label=EDGE_WORDS[kind],
        origin="entry",
        rule=entry,
        current=True,
        **more,
    )
