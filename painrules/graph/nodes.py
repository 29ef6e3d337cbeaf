"""Nodes: one for each entry of a pack that something relates to."""

from collections.abc import Iterator
from typing import Any

from painrules.graph.base import Attributes, Graph, NodeKind, kept, node_id
from painrules.model.pack import Pack
from painrules.model.source import Source
from painrules.vocab import Domain, FactorKind

TABLES: dict[str, NodeKind] = {
    "interventions": NodeKind.INTERVENTION,
    "conditions": NodeKind.CONDITION,
    "pain_types": NodeKind.PAIN_TYPE,
    "mechanisms": NodeKind.MECHANISM,
    "factors": NodeKind.FACTOR,
    "red_flag_signs": NodeKind.RED_FLAG,
    "categories": NodeKind.CATEGORY,
    "goals": NodeKind.GOAL,
    "safeguards": NodeKind.SAFEGUARD,
    "assessments": NodeKind.ASSESSMENT,
    "professions": NodeKind.PROFESSION,
    "specialties": NodeKind.SPECIALTY,
    "credentials": NodeKind.CREDENTIAL,
    "training": NodeKind.TRAINING,
    "settings": NodeKind.SETTING,
    "misconceptions": NodeKind.MISCONCEPTION,
    "definitions": NodeKind.DEFINITION,
    "statements": NodeKind.STATEMENT,
    "sources": NodeKind.SOURCE,
}
"""The kind of node that each list of a pack becomes."""

TITLES = ("label", "statement", "term", "text", "because")
RENAMED = {
    "id": "entry",
    "kind": "entry_kind",
    "source": "sources",
    "range": "scores",
    "status": "standing",
}
"""Fields whose names mean something else in the graph, or in one of the formats."""

LEFT_OUT = frozenset({"is_a", "band", "profession", "professions", "examples", "scope", *TITLES})
"""What edges say, or what a reader of a graph does not look for."""


def node_of_factor(pack: Pack, name: str) -> str:
    """The node of a factor: some factors are populations."""
    factor = pack.factors.get(name)
    group = factor is not None and factor.kind in {FactorKind.POPULATION, FactorKind.LIFE_STAGE}
    return node_id(NodeKind.POPULATION if group else NodeKind.FACTOR, name)


def node_in(pack: Pack, table: str, name: str) -> str:
    """The node of an entry in a list of the pack."""
    if table == "factors":
        return node_of_factor(pack, name)
    return node_id(TABLES.get(table, NodeKind.POSITION), name)


def add_nodes(graph: Graph, pack: Pack) -> None:
    """Adds a node for every entry, and one for each domain."""
    for domain in Domain:
        graph.add_node(
            node_id(NodeKind.DOMAIN, domain.value),
            kind=NodeKind.DOMAIN.value,
            entry=domain.value,
            label=domain.value.capitalize(),
        )
    for table, kind in TABLES.items():
        for name, entry in getattr(pack, table).items():
            node = node_in(pack, table, name)
            graph.add_node(node, **attributes_of(entry, node.partition(":")[0] or kind.value))
    for place, name in enumerate(pack.category_order):
        graph.nodes[node_id(NodeKind.CATEGORY, name)]["place"] = place


def attributes_of(entry: Any, kind: str) -> Attributes:  # noqa: ANN401 - any entry of a pack
    """What a node says of an entry: its kind, id and label, then all that is stated."""
    found: Attributes = {"kind": kind, "entry": entry.id, "label": label_of_entry(entry)}
    found.update(kept(**dict(_fields(entry))))
    return found


def label_of_entry(entry: Any) -> str:  # noqa: ANN401 - any entry of a pack
    """The name of an entry; a source is named as it is cited, with its number where it has one."""
    if isinstance(entry, Source):
        return f"{entry.cited}, {entry.number}" if entry.number else entry.cited
    for field in TITLES:
        found = getattr(entry, field, None)
        if found:
            return str(found)
    return str(entry.id)


def _fields(entry: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - any entry of a pack
    for field in type(entry).model_fields:
        if field not in LEFT_OUT and field != "id":
            yield RENAMED.get(field, field), getattr(entry, field)
