"""JSON: node-link, as networkx and D3 read it, and the elements of Cytoscape and Cytoscape.js."""

import json
from typing import Any

from painrules.graph.base import Graph
from painrules.graph.writers.flat import flat


def to_node_link(graph: Graph) -> str:
    """The graph as node-link JSON: `networkx.node_link_graph` reads it back."""
    plain = flat(graph)
    found = {
        "directed": True,
        "multigraph": True,
        "graph": plain.graph,
        "nodes": [{**held, "id": node} for node, held in plain.nodes(data=True)],
        "edges": [
            {**held, "source": start, "target": end, "key": key}
            for start, end, key, held in plain.edges(keys=True, data=True)
        ],
    }
    return _json(found)


def to_cytoscape(graph: Graph) -> str:
    """The graph as JSON for Cytoscape (``.cyjs``) and Cytoscape.js.

    Ids of edges count up, because ids of rules repeat and Cytoscape merges repeated ids; `key` holds the edge's own.
    """
    plain = flat(graph)
    edges = enumerate(plain.edges(keys=True, data=True), start=1)
    found = {
        "format_version": "1.0",
        "generated_by": "painrules",
        "data": plain.graph,
        "elements": {
            "nodes": [
                {"data": {**held, "id": node}, "classes": held.get("kind", "")}
                for node, held in plain.nodes(data=True)
            ],
            "edges": [
                {
                    "data": {**held, "id": f"e{place}", "source": start, "target": end, "key": key},
                    "classes": held.get("kind", ""),
                }
                for place, (start, end, key, held) in edges
            ],
        },
    }
    return _json(found)


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
