"""Building the graph of a pack."""

from functools import lru_cache

import networkx as nx

from painrules.given import A_PACK, instance
from painrules.graph.base import Graph, checked, new_graph
from painrules.graph.entries import add_entries, add_relations
from painrules.graph.nodes import add_nodes
from painrules.graph.rules import RuleEdges
from painrules.graph.same import REMEMBERED, Same
from painrules.graph.walk import sorted_edges
from painrules.model.pack import Pack
from painrules.packs import core_pack

GRAPH_SCHEMA = "1"
"""The version of the names of nodes, edges and their attributes in files."""


def build_graph(pack: Pack) -> Graph:
    """The graph of a pack: how everything that it knows relates.

    Nodes are called by kind and id, such as ``intervention:cbt``, and have `kind`, `entry` (the id), `label`, and what
    the pack states of them. Edges are typed too: each has `kind`, `label`, `sources`, and in `rule` the rule, relation
    or entry that it comes from. The key of an edge is the id of its rule or relation; of one that comes from an entry
    ``entry:`` and its kind. All attributes are plain values; several are joined by a semicolon.

    Args:
        pack: The pack.

    Returns:
        A networkx graph that is yours to change.

    >>> from painrules import core_pack
    >>> graph = build_graph(core_pack())
    >>> graph.nodes["intervention:cbt"]["label"]
    'Cognitive behavioural therapy'
    """
    pack = instance("pack", pack, Pack, A_PACK)
    graph = new_graph(about(pack))
    add_nodes(graph, pack)
    RuleEdges(pack, graph).add_all()
    add_relations(graph, pack)
    add_entries(graph, pack)
    _complete(graph)
    return graph


def _complete(graph: Graph) -> None:
    """Names what is spoken of without an entry, so that every node has kind, id and label."""
    for node, held in graph.nodes(data=True):
        if not held:
            kind, _, entry = node.partition(":")
            held.update(kind=kind, entry=entry, label=entry.replace("_", " "))


def about(pack: Pack) -> dict[str, str]:
    """Which pack a graph comes from, and the notice: both stay with it in every format."""
    return {
        "schema_version": GRAPH_SCHEMA,
        "title": pack.header.title,
        "notice": pack.notice,
        "pack": pack.id,
        "version": pack.version,
        "digest": pack.digest,
        "date": pack.header.date,
        "language": pack.header.language,
    }


@lru_cache(maxsize=REMEMBERED)
def _built(same: Same) -> Graph:
    graph = build_graph(same.pack)
    nx.freeze(graph)
    sorted_edges(graph)
    return graph


def shared_graph(pack: Pack) -> Graph:
    """The graph of a pack, built once and shared, so that nobody can change it."""
    return _built(Same(pack))


def core_graph() -> Graph:
    """The graph of the core pack, built once and shared: what questions look at unless they are given another."""
    return shared_graph(core_pack())


def asked_graph(graph: Graph | None) -> Graph:
    """The graph that a question looks at: the one that it was given, else that of the core pack.

    Raises:
        PainrulesError: If it was given something that is no graph.
    """
    return core_graph() if graph is None else checked(graph)
