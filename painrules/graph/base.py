"""What nodes and edges of the graph are: their kinds, the words for them, and how a node is named."""

from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from painrules.errors import ArgumentError, PainrulesError, Problem, UnknownWordError, shown
from painrules.model.base import NOT_STATED

if TYPE_CHECKING:
    Graph: TypeAlias = nx.MultiDiGraph[str]
else:
    Graph = nx.MultiDiGraph
"""A networkx graph with typed nodes and edges, whose attributes are plain values."""

Attributes: TypeAlias = dict[str, Any]
"""What a node or an edge holds: texts, numbers, yes and no."""

BETWEEN = "; "
"""What stands between several values in one text."""

ENTRY_KEY = "entry:"
"""How the key of an edge begins that comes from an entry of a vocabulary; ids of rules hold no colon."""


class NodeKind(StrEnum):
    """What a node is. The order decides which one a bare word means where several have the same id."""

    INTERVENTION = "intervention"
    CONDITION = "condition"
    PAIN_TYPE = "pain_type"
    MECHANISM = "mechanism"
    FACTOR = "factor"
    POPULATION = "population"
    RED_FLAG = "red_flag"
    CATEGORY = "category"
    DOMAIN = "domain"
    GOAL = "goal"
    SAFEGUARD = "safeguard"
    ASSESSMENT = "assessment"
    PROFESSION = "profession"
    SPECIALTY = "specialty"
    CREDENTIAL = "credential"
    TRAINING = "training"
    SETTING = "setting"
    SOURCE = "source"
    MISCONCEPTION = "misconception"
    DEFINITION = "definition"
    STATEMENT = "statement"
    POSITION = "position"


class EdgeKind(StrEnum):
    """What an edge says. The first group comes from rules, the second from relations, the third from entries."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    NO_RECOMMENDATION = "no_recommendation"
    CAUTION = "caution"
    COMES_BEFORE = "comes_before"
    SUGGESTS = "suggests"
    RED_FLAG = "red_flag"

    ALTERNATIVE_TO = "alternative_to"
    COMPLEMENTS = "complements"
    INTERACTS_WITH = "interacts_with"
    ENABLES = "enables"
    SPARES = "spares"
    ADDRESSES = "addresses"
    SERVES = "serves"
    DELIVERED_BY = "delivered_by"
    OFFERED_IN = "offered_in"
    ASSESSED_WITH = "assessed_with"
    REFUTES = "refutes"

    IS_A = "is_a"
    IN_CATEGORY = "in_category"
    IN_DOMAIN = "in_domain"
    PRACTISED_BY = "practised_by"
    HELD_BY = "held_by"
    TRAINS = "trains"
    SUPERSEDED_BY = "superseded_by"
    DESCRIBED_IN = "described_in"


EDGE_WORDS = {
    EdgeKind.SUPPORTS: "has sources for",
    EdgeKind.OPPOSES: "has sources against",
    EdgeKind.NO_RECOMMENDATION: "has no recommendation on",
    EdgeKind.COMES_BEFORE: "comes before",
    EdgeKind.SUGGESTS: "suggests",
    EdgeKind.RED_FLAG: "asks for assessment first with",
    EdgeKind.ALTERNATIVE_TO: "is an alternative to",
    EdgeKind.COMPLEMENTS: "complements",
    EdgeKind.INTERACTS_WITH: "interacts with",
    EdgeKind.ENABLES: "enables",
    EdgeKind.SPARES: "may spare",
    EdgeKind.ADDRESSES: "addresses",
    EdgeKind.SERVES: "serves",
    EdgeKind.DELIVERED_BY: "is delivered by",
    EdgeKind.OFFERED_IN: "is offered in",
    EdgeKind.ASSESSED_WITH: "is assessed with",
    EdgeKind.REFUTES: "refutes",
    EdgeKind.IS_A: "is a kind of",
    EdgeKind.IN_CATEGORY: "belongs to",
    EdgeKind.IN_DOMAIN: "belongs to the domain",
    EdgeKind.PRACTISED_BY: "is practised by",
    EdgeKind.HELD_BY: "is held by",
    EdgeKind.TRAINS: "is a step in the training of",
    EdgeKind.SUPERSEDED_BY: "was superseded by",
    EdgeKind.DESCRIBED_IN: "is described in",
}
"""What an edge says between its two ends; cautions have words of their own."""

CAUTION_WORDS = {
    "monitor": "calls for monitoring with",
    "caution": "calls for caution with",
    "avoid": "calls for avoiding",
    "contraindicated": "rules out",
}
SOURCE_WORDS = {
    EdgeKind.SUPPORTS: "speaks for",
    EdgeKind.OPPOSES: "speaks against",
    EdgeKind.NO_RECOMMENDATION: "makes no recommendation on",
}
"""What an edge says that starts at the source itself, because the rule names nothing that it could hang on."""

SYMMETRIC_KINDS = frozenset(
    {EdgeKind.ALTERNATIVE_TO, EdgeKind.COMPLEMENTS, EdgeKind.INTERACTS_WITH}
)
"""Edges that hold both ways; the graph has both."""

STRUCTURE = frozenset(
    {
        EdgeKind.IN_CATEGORY,
        EdgeKind.IN_DOMAIN,
        EdgeKind.PRACTISED_BY,
        EdgeKind.HELD_BY,
        EdgeKind.TRAINS,
        EdgeKind.SUPERSEDED_BY,
        EdgeKind.DESCRIBED_IN,
    }
)
"""Edges that sort entries rather than relate them: paths and neighbourhoods leave them out unless asked."""

PERSONAL = frozenset({NodeKind.FACTOR, NodeKind.POPULATION, NodeKind.RED_FLAG})
"""What is true of a person rather than a thing: its label may be half a sentence."""

NODE_NOUNS = {kind: kind.value.replace("_", " ") for kind in NodeKind}


def new_graph(about: Mapping[str, Any]) -> Graph:
    """A graph with nothing in it but what it is about."""
    graph: Graph = nx.MultiDiGraph()
    graph.graph.update(about)
    return graph


def checked(graph: object, what: str = "graph") -> Graph:
    """A graph, if it is one of the kind that this package makes.

    Raises:
        PainrulesError: If it is something else.
    """
    if not isinstance(graph, nx.MultiDiGraph):
        kind = type(graph).__name__
        msg = f"{what} must be a networkx.MultiDiGraph, as build_graph and result.graph() return, not {kind}"
        raise PainrulesError(msg)
    return graph


def node_id(kind: NodeKind | str, entry: str) -> str:
    """How a node is named: its kind and its id, because vocabularies share ids.

    >>> node_id(NodeKind.INTERVENTION, "cbt")
    'intervention:cbt'

    Raises:
        UnknownWordError: If there is no such kind.
        ArgumentError: If the id is no text.
    """
    if kind not in _KINDS:
        raise UnknownWordError(kind, "kind of node", _KINDS)
    if not isinstance(entry, str):
        raise ArgumentError(Problem("entry", f"{shown(entry)} is not an id"))
    return f"{NodeKind(kind).value}:{entry}"


_KINDS = tuple(one.value for one in NodeKind)


def plain(value: object) -> str | int | float | bool | None:
    """A value as an attribute: enumerations by value, several joined, nothing where there is nothing.

    >>> plain(("heat", "cold"))
    'heat; cold'
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return None if value in {"", NOT_STATED} else value
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return joined(f"{key}: {one}" for key, one in value.items()) or None
    if isinstance(value, Iterable):
        return joined(found for one in value if (found := plain(one)) is not None) or None
    return str(value)


def joined(values: Iterable[object]) -> str:
    """Several values in one text; in each of them a comma stands where it has what stands between them.

    >>> joined(("ice; snow", "heat"))
    'ice, snow; heat'
    """
    return BETWEEN.join(str(value).replace(BETWEEN, ", ") for value in values)


def several(text: str) -> tuple[str, ...]:
    """The values in such a text.

    >>> several("heat; cold")
    ('heat', 'cold')
    """
    return tuple(text.split(BETWEEN)) if text else ()


def kept(**values: object) -> Attributes:
    """The attributes that have a value, as plain values."""
    return {name: found for name, value in values.items() if (found := plain(value)) is not None}
