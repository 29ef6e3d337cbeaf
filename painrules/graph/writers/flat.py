"""A graph made ready to be written: every value plain, every text such that a file can hold it."""

import re

from painrules.graph.base import Attributes, Graph, checked, new_graph, plain

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file, and half of it no file at all, can hold."""


def clean(text: str) -> str:
    r"""A text as a file can hold it: ends of lines all alike, and a replacement character for what it cannot hold.

    >>> clean("a\x00b")
    'a�b'
    """
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def values(held: Attributes) -> Attributes:
    """The attributes that have a value, as plain values."""
    found = {}
    for name, value in held.items():
        known = value if isinstance(value, str) else plain(value)
        if known is not None:
            found[clean(str(name))] = clean(known) if isinstance(known, str) else known
    return found


def flat(graph: Graph) -> Graph:
    """The graph with plain values only; nodes and edges stay in their order."""
    checked(graph)
    found = new_graph(values(graph.graph))
    found.add_nodes_from((clean(str(node)), values(held)) for node, held in graph.nodes(data=True))
    for start, end, key, held in graph.edges(keys=True, data=True):
        ends = clean(str(start)), clean(str(end))
        found.add_edge(*ends, key=clean(str(key)))
        found.edges[*ends, clean(str(key))].update(values(held))
    return found
