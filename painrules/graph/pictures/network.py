"""The network: boxes and lines, what relates to what and how."""

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from painrules.graph.answer import label_of
from painrules.graph.base import SYMMETRIC_KINDS, EdgeKind, Graph, NodeKind
from painrules.graph.build import asked_graph
from painrules.graph.find import find
from painrules.graph.look import look_of
from painrules.graph.pictures.boxes import Box, Link, box, caption, draw, legend, words
from painrules.graph.pictures.canvas import MARGIN, Canvas
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.layout import (
    ACROSS,
    Layout,
    LayoutName,
    Look,
    Pair,
    laid_out,
    layers_from,
    middle_of,
)
from painrules.graph.queries.relatives import edge_kinds, neighbourhood
from painrules.graph.walk import Kinds
from painrules.model.base import distinct
from painrules.vocab import RelationKind

RELATING = (
    EdgeKind.COMPLEMENTS,
    EdgeKind.ALTERNATIVE_TO,
    EdgeKind.ENABLES,
    EdgeKind.SPARES,
)
"""What the network of a whole pack shows unless it is asked for more."""

NARROW, APART = 960, 150
ROOM, BROAD = 122, 250
"""How wide a label may be in the network, and in the surroundings of one thing."""

MOST = 40
"""How many boxes the surroundings of one thing may have; the others are counted."""

KINDS = frozenset(kind.value for kind in EdgeKind)
RELATIONS = tuple(EdgeKind(kind.value) for kind in RelationKind)
ORDER = {kind: place for place, kind in enumerate(distinct((*RELATIONS, *EdgeKind)))}
"""Relations are drawn before what rules say, where not everything has room."""


def network(
    graph: Graph | None = None,
    *,
    kinds: Kinds = RELATING,
    layout: LayoutName = "auto",
) -> Figure:
    """A picture of how interventions relate: what goes together, what stands in for what, what makes what possible.

    Args:
        graph: The graph of a pack or of a result; left out, that of the core pack.
        kinds: The kinds of edge that are drawn.
        layout: ``dot`` with Graphviz, ``layered`` without; left out, Graphviz where it is installed.

    >>> network(layout="layered").title
    'How interventions relate'
    """
    graph = asked_graph(graph)
    options = {
        node for node, held in graph.nodes(data=True) if held.get("kind") == NodeKind.INTERVENTION
    }
    found = _links(graph, edge_kinds(kinds))
    links = [link for link in found if {*link[:2]} <= options]
    boxes = {end: _box(graph, end, ROOM, ()) for link in links for end in link[:2]}
    pairs = sorted({link[:2] for link in links})
    parts = [_part(pairs, boxes, nodes, Look(name=layout)) for nodes in _together(pairs)]
    return _picture(graph, "How interventions relate", boxes, links, parts)


def surroundings(
    name: str,
    *,
    graph: Graph | None = None,
    depth: int = 1,
    kinds: Kinds | None = None,
    layout: LayoutName = "auto",
) -> Figure:
    """A picture of what surrounds one thing: what leads to it on the left, what it leads to on the right.

    Args:
        name: An intervention, a factor, or anything else that has a node.
        graph: The graph to look at; left out, that of the core pack.
        depth: How many steps away.
        kinds: The kinds of edge to follow; left out, all that relate things to each other.
        layout: ``dot`` with Graphviz, ``layered`` without; left out, Graphviz where it is installed.

    >>> surroundings("cbt", layout="layered").title
    'Cognitive behavioural therapy: what it relates to'

    Raises:
        UnknownWordError: If there is no such node; it names the nearest.
    """
    graph = asked_graph(graph)
    root = find(graph, name)
    part = neighbourhood(root, depth, kinds, graph=graph)
    links = _nearest([_turned(link, root) for link in _links(part, KINDS)], root)
    kept = _first(links, root)
    left = len({end for link in links for end in link[:2]} | {root}) - len(kept)
    links = [link for link in links if {*link[:2]} <= kept]
    boxes = {node: _box(graph, node, BROAD, links if node != root else ()) for node in kept}
    pairs = sorted({link[:2] for link in links}) or [(root, root)]
    star = Look(APART, "layered" if layout == "auto" else layout)
    placed = _part(pairs, boxes, kept, star if depth == 1 else Look(ACROSS, layout), root)
    more = f"; {left} more are left out" if left > 0 else ""
    title = f"{label_of(graph, root)}: what it relates to"
    return _picture(graph, title, boxes, links, [placed], more)


def _turned(link: Link, root: str) -> Link:
    """A link that holds both ways, as it leads away from the root."""
    if link.kind in SYMMETRIC_KINDS and link.end == root:
        return link._replace(start=link.end, end=link.start)
    return link


def _nearest(links: list[Link], root: str) -> list[Link]:
    """The links that lead away from a root, the nearest first; not those between things equally far."""
    far = layers_from([link[:2] for link in links], root, both_sides=False)
    found = [link for link in links if far[link.start] != far[link.end]]
    return sorted(
        found,
        key=lambda link: (max(far[link.start], far[link.end]), ORDER[EdgeKind(link.kind)], link),
    )


def _first(links: Iterable[Link], root: str) -> set[str]:
    """The nodes that have room, as they come."""
    found = {root}
    for link in links:
        for end in link[:2]:
            if len(found) < MOST:
                found.add(end)
    return found


def _links(graph: Graph, kinds: Iterable[str]) -> Iterator[Link]:
    """The edges of some kinds that count, what holds both ways and what several rules say once."""
    wanted = frozenset(kinds)
    found: dict[tuple[str, str, str], list[str]] = {}
    for start, end, held in graph.edges(data=True):
        kind = held.get("kind")
        if kind in wanted and held.get("current", True):
            ends = (
                (start, end) if kind not in SYMMETRIC_KINDS else (min(start, end), max(start, end))
            )
            found.setdefault((*ends, kind), []).append(held.get("cited", ""))
    for (start, end, kind), cited in found.items():
        names = label_of(graph, start), label_of(graph, end)
        yield Link(
            start, end, kind, f"{names[0]} {words(kind)} {names[1]} ({', '.join(distinct(cited))})"
        )


def _box(graph: Graph, node: str, room: float, links: Iterable[Link]) -> Box:
    """A node, captioned with its kind and with what it has to do with the others."""
    held = graph.nodes[node]
    mine = {link.kind for link in links if node in link[:2]}
    said = caption(sorted(mine, key=lambda one: ORDER[EdgeKind(one)]))
    kind = str(held.get("kind")).replace("_", " ")
    told = [kind] if held.get("kind") != NodeKind.INTERVENTION or said else []
    hover = f"{held['label']} ({kind}). {held.get('summary', '')}"
    return box(
        held["label"],
        ": ".join([*told, *([said] if said else [])]),
        look_of(held.get("kind")),
        hover,
        room,
    )


def _together(pairs: list[Pair]) -> list[set[str]]:
    """What hangs together, the largest first."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_edges_from(pairs)
    return sorted(nx.connected_components(plain), key=lambda one: (-len(one), min(one)))


def _part(
    pairs: list[Pair],
    boxes: Mapping[str, Box],
    nodes: set[str],
    look: Look,
    root: str | None = None,
) -> Layout:
    mine = [pair for pair in pairs if pair[0] in nodes]
    layers = layers_from(mine, root or middle_of(mine), both_sides=root is not None)
    sizes = {node: boxes[node].size for node in nodes}
    return laid_out(layers, [pair for pair in mine if pair[0] != pair[1]], sizes, look)


def _packed(parts: list[Layout], room: float) -> Iterator[tuple[Layout, float, float]]:
    """The parts in rows that fit."""
    x = y = tallest = 0.0
    for part in parts:
        if x and x + part.size[0] > room:
            x, y, tallest = 0.0, y + tallest + 18, 0.0
        yield part, x, y
        x += part.size[0] + 34
        tallest = max(tallest, part.size[1])


def _picture(  # noqa: PLR0913, PLR0917 - what a picture is made of
    graph: Graph,
    title: str,
    boxes: Mapping[str, Box],
    links: list[Link],
    parts: list[Layout],
    more: str = "",
) -> Figure:
    wide = max([NARROW, *(part.size[0] + 2 * MARGIN for part in parts)])
    canvas = Canvas(wide)
    y = canvas.title(
        title, f"{len(boxes)} boxes, {len(links)} links{more}; the alt text says who says so"
    )
    y = legend(
        canvas, sorted({link.kind for link in links}, key=lambda kind: ORDER[EdgeKind(kind)]), y
    )
    bottom = y
    for part, x, top in _packed(parts, wide - 2 * MARGIN):
        shift = (wide - part.size[0]) / 2 if len(parts) == 1 else MARGIN + x
        draw(canvas, part, boxes, links, (shift, y + top))
        bottom = max(bottom, y + top + part.size[1])
    told = "; ".join(link.hover for link in links)
    alt = f"{title}. {told or 'Nothing relates to it in this pack'}{more}."
    return canvas.figure(canvas.foot(bottom + 20, graph.graph), title, alt)
