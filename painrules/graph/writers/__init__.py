"""Writers: a graph in, a text in one of the formats that other programs read out."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from painrules.errors import UnknownWordError
from painrules.files import save
from painrules.given import file_name
from painrules.graph.base import Graph
from painrules.graph.writers.dot import to_dot
from painrules.graph.writers.gexf import to_gexf
from painrules.graph.writers.graphml import to_graphml
from painrules.graph.writers.js import to_cytoscape, to_node_link
from painrules.graph.writers.mermaid import to_mermaid
from painrules.graph.writers.rdf import to_jsonld, to_turtle

__all__ = [
    "ENDINGS",
    "FORMATS",
    "FormatName",
    "format_of",
    "to_cytoscape",
    "to_dot",
    "to_gexf",
    "to_graphml",
    "to_jsonld",
    "to_mermaid",
    "to_node_link",
    "to_turtle",
    "write",
]

FormatName: TypeAlias = Literal[
    "graphml", "gexf", "json", "cytoscape", "dot", "mermaid", "turtle", "jsonld"
]

FORMATS: dict[str, Callable[[Graph], str]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "json": to_node_link,
    "cytoscape": to_cytoscape,
    "dot": to_dot,
    "mermaid": to_mermaid,
    "turtle": to_turtle,
    "jsonld": to_jsonld,
}
"""What writes each format."""

ENDINGS = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".json": "json",
    ".cyjs": "cytoscape",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".ttl": "turtle",
    ".jsonld": "jsonld",
}
"""The format that the ending of a file name means."""


def format_of(path: Path) -> str:
    """The format that a file is to have, by the ending of its name.

    Raises:
        UnknownWordError: If the ending means none; it names the nearest.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownWordError(ending or path.name, "ending of a graph file", ENDINGS)
    return ENDINGS[ending]


def write(graph: Graph, path: str | Path, *, form: FormatName | None = None) -> Path:
    """Writes a graph to a file.

    Args:
        graph: The graph: of a pack, of a result, or a neighbourhood.
        path: The file; an existing one is replaced, and never left half written.
        form: The format; left out, the ending of the file name says it.

    Returns:
        The file.

    Raises:
        UnknownWordError: If the ending or the format is not known.
        MissingExtraError: If the format needs something that is not installed.
        OSError: If the file cannot be written.
    """
    target = file_name("path", path)
    name = form or format_of(target)
    if name not in tuple(FORMATS):
        raise UnknownWordError(name, "graph format", FORMATS)
    return save(target, FORMATS[name](graph))
