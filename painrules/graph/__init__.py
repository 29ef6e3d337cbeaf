"""The graph: how everything that a pack knows relates. It is the only part that knows networkx.

| part | does |
| --- | --- |
| `build_graph`, `graph_of_result` | the graph of a pack, and the part that a result speaks about |
| `queries` | questions that answer in a sentence with sources |
| `check_graph` | no circles, both ways where it must be, nothing left alone, nothing unsourced |
| `writers` | GraphML, GEXF, JSON, Cytoscape, DOT, Mermaid, RDF |
| `pictures` | SVG with alt text |
"""

from painrules.graph.answer import Answer, Item
from painrules.graph.base import EdgeKind, Graph, NodeKind, node_id
from painrules.graph.build import build_graph, core_graph
from painrules.graph.checks import check_graph, check_pack_graph
from painrules.graph.pictures import (
    Figure,
    comparison_view,
    condition_map,
    draw,
    heat_map,
    network,
    pathway_view,
    surroundings,
    timeline,
    treatment_map,
)
from painrules.graph.queries import (
    addressed_by,
    alternatives,
    combination,
    complements,
    delivered_by,
    neighbourhood,
    pathway,
    prerequisites,
    shared,
    steps_up,
    who_delivers,
    why_connected,
)
from painrules.graph.result import graph_of_result
from painrules.graph.writers import (
    to_cytoscape,
    to_dot,
    to_gexf,
    to_graphml,
    to_jsonld,
    to_mermaid,
    to_node_link,
    to_turtle,
    write,
)

__all__ = [
    "Answer",
    "EdgeKind",
    "Figure",
    "Graph",
    "Item",
    "NodeKind",
    "addressed_by",
    "alternatives",
    "build_graph",
    "check_graph",
    "check_pack_graph",
    "combination",
    "comparison_view",
    "complements",
    "condition_map",
    "core_graph",
    "delivered_by",
    "draw",
    "graph_of_result",
    "heat_map",
    "neighbourhood",
    "network",
    "node_id",
    "pathway",
    "pathway_view",
    "prerequisites",
    "shared",
    "steps_up",
    "surroundings",
    "timeline",
    "to_cytoscape",
    "to_dot",
    "to_gexf",
    "to_graphml",
    "to_jsonld",
    "to_mermaid",
    "to_node_link",
    "to_turtle",
    "treatment_map",
    "who_delivers",
    "why_connected",
    "write",
]
