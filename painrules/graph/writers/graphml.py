"""GraphML: for igraph, yEd, Cytoscape and many others.

Edges have no id in the file, because ids of rules repeat there and readers refuse or merge repeated ids; the key of
an edge stands in its attribute `key`, from which networkx takes it up again.
"""

from io import BytesIO
from xml.etree.ElementTree import ElementTree, indent

from networkx.readwrite.graphml import GraphMLWriter

from painrules.graph.base import Graph
from painrules.graph.writers.flat import flat


def to_graphml(graph: Graph) -> str:
    """The graph as GraphML."""
    plain = flat(graph)
    for _, _, key, held in plain.edges(keys=True, data=True):
        held["key"] = key
    writer = GraphMLWriter(plain, prettyprint=False)
    for edge in writer.xml.iter("edge"):
        del edge.attrib["id"]
    indent(writer.xml)
    stream = BytesIO()
    ElementTree(writer.xml).write(stream, encoding="utf-8", xml_declaration=True)
    return stream.getvalue().decode() + "\n"
