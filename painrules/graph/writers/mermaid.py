"""Mermaid, for pages that draw it: a flowchart.

Nodes are numbered, because ids like ``end`` or with a colon mean something in Mermaid; a comment says which is which.
All that Mermaid could take for markup in a text is written as a character code. Mermaid itself draws at most 500 edges
unless it is told to: write a neighbourhood rather than a whole pack.
"""

import re
from collections.abc import Iterator

from painrules.graph.base import Graph, checked
from painrules.graph.look import look_of, stroke_of
from painrules.graph.writers.flat import clean

_MARKUP = re.compile(r"[\"#&<>;`*_~\[\]{}|\\^$]|^\s*\d+[.)]|^\s*[-+](?=\s)|://|@")
_DASHES = {"solid": "", "dashed": ",stroke-dasharray:6 3", "dotted": ",stroke-dasharray:2 3"}


def to_mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart."""
    return "\n".join(_lines(checked(graph))) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    about = graph.graph
    yield "flowchart LR"
    yield f"  accTitle: {_line(about.get('title', 'painrules'))}"
    yield f"  accDescr: {_line(about.get('notice', 'For education only, never medical advice.'))}"
    numbers = {node: f"n{place}" for place, node in enumerate(graph, start=1)}
    kinds = set()
    for node, held in graph.nodes(data=True):
        kind = re.sub(r"\W", "_", str(held.get("kind", "other")))
        kinds.add(kind)
        yield f"  %% {numbers[node]} is {_line(node)}"
        yield f'  {numbers[node]}["{text(str(held.get("label", node)))}"]:::{kind}'
    for start, end, held in graph.edges(data=True):
        label = text(str(held.get("label", held.get("kind", ""))))
        yield f'  {numbers[start]} -->|"{label}"| {numbers[end]}'
    for kind in sorted(kinds):
        look = look_of(kind)
        yield f"  classDef {kind} fill:{look.fill},stroke:{look.edge},color:#111111"
    yield from _styles(graph)


def _styles(graph: Graph) -> Iterator[str]:
    """How edges look; edges of one look together."""
    found: dict[str, list[str]] = {}
    for place, (_, _, held) in enumerate(graph.edges(data=True)):
        stroke = stroke_of(held.get("kind"))
        style = f"stroke:{stroke.colour}{_DASHES.get(stroke.style, '')}"
        found.setdefault(style, []).append(str(place))
    for style, places in found.items():
        yield f"  linkStyle {','.join(places)} {style}"


def text(words: str) -> str:
    """A text in which every character means itself.

    >>> text("<b>1 #2")
    '#60;b#62;1 #35;2'
    """
    one_line = " ".join(clean(words).split()) or " "
    return _MARKUP.sub(lambda found: "".join(f"#{ord(char)};" for char in found[0]), one_line)


def _line(value: object) -> str:
    """A comment or description: on one line, nothing in it that ends or begins something."""
    return re.sub(r"[{}%;#\"<>`]", " ", " ".join(clean(str(value)).split()))
