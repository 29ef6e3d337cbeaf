"""GEXF: for Gephi."""

from io import BytesIO
from xml.etree.ElementTree import ElementTree, SubElement, indent

from networkx.readwrite.gexf import GEXFWriter

from painrules.graph.base import Graph
from painrules.graph.writers.flat import flat


def to_gexf(graph: Graph) -> str:
    """The graph as GEXF 1.2; its notice and pack stand in the description, its date is that of the pack."""
    plain = flat(graph)
    about = dict(plain.graph)
    plain.graph.clear()
    writer = GEXFWriter(plain, prettyprint=False, version="1.2draft")
    meta = writer.xml.find("meta")
    meta.clear()
    if "date" in about:
        meta.set("lastmodifieddate", str(about["date"]))
    SubElement(meta, "creator").text = "painrules"
    lines = (f"{name}: {value}" for name, value in about.items())
    SubElement(meta, "description").text = "\n".join(lines)
    indent(writer.xml)
    stream = BytesIO()
    ElementTree(writer.xml).write(stream, encoding="utf-8", xml_declaration=True)
    return stream.getvalue().decode() + "\n"
