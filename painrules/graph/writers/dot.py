r"""DOT, for Graphviz.

Names of nodes are always quoted: a colon would else be read as a port. In a quoted name only ``\"`` is an escape, so a
backslash is written as ``%5C`` there. Labels are read again for escapes like ``\N`` and entities like ``&amp;``: both
are written so that every character means itself.
"""

import textwrap
from collections.abc import Iterator

from painrules.graph.base import Attributes, Graph, checked
from painrules.graph.look import look_of, stroke_of
from painrules.graph.writers.flat import clean

LABEL_WIDTH = 26
NOTICE_WIDTH = 110

_IN_NAMES = str.maketrans({'"': '\\"', "\\": "%5C", "%": "%25", "\n": "%0A", "\t": "%09"})
_IN_LABELS = str.maketrans({'"': '\\"', "\\": "\\\\", "&": "&amp;", "\n": "\\n", "\t": " "})


def to_dot(graph: Graph) -> str:
    """The graph as DOT."""
    return "\n".join(_lines(checked(graph))) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    about = graph.graph
    foot = "\n".join(textwrap.wrap(str(about.get("notice", "")), NOTICE_WIDTH))
    yield f"digraph {_name(str(about.get('title', 'painrules')))} {{"
    yield f'  graph [rankdir=LR, charset="UTF-8", fontname="Helvetica", fontsize=10, label={_text(foot)}];'
    yield '  node [style="filled", fontname="Helvetica", fontsize=11, margin="0.12,0.06"];'
    yield '  edge [fontname="Helvetica", fontsize=9];'
    for node, held in graph.nodes(data=True):
        yield f"  {_name(node)} [{_joined(_node(node, held))}];"
    for start, end, key, held in graph.edges(keys=True, data=True):
        yield f"  {_name(start)} -> {_name(end)} [{_joined(_edge(key, held))}];"
    yield "}"


def _node(node: str, held: Attributes) -> Iterator[tuple[str, str]]:
    look = look_of(held.get("kind"))
    label = "\n".join(
        textwrap.wrap(str(held.get("label", node)), LABEL_WIDTH, break_on_hyphens=False)
    )
    yield "label", _text(label or " ")
    yield "tooltip", _text(str(held.get("summary", held.get("label", node))))
    yield from _plain(held, ("kind", "entry", "status", "line"))
    yield "shape", look.shape
    yield "fillcolor", f'"{look.fill}"'
    yield "color", f'"{look.edge}"'


def _edge(key: str, held: Attributes) -> Iterator[tuple[str, str]]:
    stroke = stroke_of(held.get("kind"))
    yield "label", _text(str(held.get("label", "")))
    yield "tooltip", _text(str(held.get("because", held.get("note", held.get("label", " ")))))
    yield "rule", _text(str(held.get("rule", key)))
    yield from _plain(held, ("kind", "sources", "cited", "role"))
    yield "color", f'"{stroke.colour}"'
    yield "style", stroke.style


def _plain(held: Attributes, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name in held:
            yield name, _text(str(held[name]))


def _joined(pairs: Iterator[tuple[str, str]]) -> str:
    return ", ".join(f"{name}={value}" for name, value in pairs)


def _name(text: str) -> str:
    return f'"{clean(text).translate(_IN_NAMES)}"'


def _text(text: str) -> str:
    return f'"{clean(text).translate(_IN_LABELS)}"'
