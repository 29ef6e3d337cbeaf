"""Layouts: layers from a node outwards, then places within them, by Graphviz where it is there or on our own.

The layers are the same either way, so that both pictures read alike; Graphviz only finds the better places.
"""

import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import networkx as nx

LayoutName: TypeAlias = Literal["auto", "dot", "layered"]
"""``dot`` needs Graphviz; ``layered`` is our own and gives the same bytes everywhere; ``auto`` takes what there is."""

Pair: TypeAlias = tuple[str, str]
Size: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]

ACROSS, DOWN = 46, 12
"""Room between layers, and between boxes of one layer."""

SWEEPS = 12
POINTS = 72
"""Graphviz counts in inches."""
PATIENCE = 60
"""Seconds after which Graphviz is left alone and our own layout is used."""


class Look(NamedTuple):
    """How far apart layers stand, and which layout is wanted."""

    across: float = ACROSS
    name: LayoutName = "auto"


class Layout(NamedTuple):
    """Where everything stands."""

    places: dict[str, Point]
    """The middle of each box."""
    paths: dict[Pair, list[Point]]
    """The curve of an edge as points of a spline, where the layout says one."""
    size: Size
    """How much room it takes."""


def layers_from(pairs: Iterable[Pair], root: str, *, both_sides: bool) -> dict[str, int]:
    """How far each node is from a root; with both sides, what leads to it has negative distance.

    >>> layers_from([("a", "b"), ("c", "a")], "a", both_sides=True)
    {'a': 0, 'b': 1, 'c': -1}
    """
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for start, end in pairs:
        after.setdefault(start, []).append(end)
        before.setdefault(end, []).append(start)
    found = {root: 0}
    waiting = [root]
    for node in waiting:
        side = -1 if found[node] < 0 else 1
        for others, way in ((after, 1), (before, -1)):
            for other in others.get(node, ()):
                if other not in found:
                    step = way if both_sides and node == root else side
                    found[other] = found[node] + step
                    waiting.append(other)
    return found


def middle_of(pairs: Iterable[Pair]) -> str:
    """The node from which the farthest other is nearest; of several, the one with most neighbours."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(sorted(pairs))
    far = {node: max(nx.single_source_shortest_path_length(graph, node).values()) for node in graph}
    return str(min(graph, key=lambda node: (far[node], -graph.degree(node), node)))


def laid_out(
    layers: Mapping[str, int],
    pairs: Sequence[Pair],
    sizes: Mapping[str, Size],
    look: Look,
) -> Layout:
    """Places for the boxes of a graph whose layers are known."""
    program = shutil.which("dot") if look.name != "layered" else None
    if program:
        found = _by_dot(program, layers, pairs, sizes, look.across)
        if found is not None:
            return found
    return _by_layers(layers, pairs, sizes, look.across)


def _by_layers(
    layers: Mapping[str, int], pairs: Sequence[Pair], sizes: Mapping[str, Size], across: float
) -> Layout:
    """Our own places: each layer a column, ordered so that neighbours stand beside each other."""
    columns = _ordered(layers, pairs)
    order = sorted(columns)
    heights = [sum(sizes[node][1] + DOWN for node in columns[layer]) - DOWN for layer in order]
    tallest, x = max(heights, default=0), 0.0
    places: dict[str, Point] = {}
    for layer, height in zip(order, heights, strict=True):
        wide = max(sizes[node][0] for node in columns[layer])
        spare = (tallest - height) / (len(columns[layer]) + 1)
        y = spare
        for node in columns[layer]:
            places[node] = (x + wide / 2, y + sizes[node][1] / 2)
            y += sizes[node][1] + DOWN + spare
        x += wide + across
    return Layout(places, {}, (max(x - across, 0), tallest))


def _ordered(layers: Mapping[str, int], pairs: Sequence[Pair]) -> dict[int, list[str]]:
    """The nodes of each layer, neighbours beside each other as far as going to and fro finds it."""
    columns: dict[int, list[str]] = {}
    for node in sorted(layers):
        columns.setdefault(layers[node], []).append(node)
    beside: dict[str, list[str]] = {node: [] for node in layers}
    for start, end in pairs:
        beside[start].append(end)
        beside[end].append(start)
    place = {
        node: index / len(nodes) for nodes in columns.values() for index, node in enumerate(nodes)
    }
    for sweep in range(SWEEPS):
        for layer in sorted(columns, reverse=sweep % 2 == 1):
            columns[layer].sort(key=lambda node: (_mean(node, beside, place), node))
            for index, node in enumerate(columns[layer]):
                place[node] = (index + 0.5) / len(columns[layer])
    return columns


def _mean(node: str, beside: Mapping[str, list[str]], place: Mapping[str, float]) -> float:
    others = beside[node]
    return round(sum(place[one] for one in others) / len(others), 6) if others else place[node]


def _by_dot(
    program: str,
    layers: Mapping[str, int],
    pairs: Sequence[Pair],
    sizes: Mapping[str, Size],
    across: float,
) -> Layout | None:
    """The places that Graphviz finds, or None if it does not answer as it should."""
    numbers = {node: f"n{number}" for number, node in enumerate(sorted(layers))}
    text = "\n".join(_asked(numbers, layers, pairs, sizes, across))
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, a text of numbers only
            [program, "-Tplain"],
            input=text,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _answered(done.stdout, {number: node for node, number in numbers.items()})


def _asked(
    numbers: Mapping[str, str],
    layers: Mapping[str, int],
    pairs: Sequence[Pair],
    sizes: Mapping[str, Size],
    across: float,
) -> Iterable[str]:
    yield "digraph {"
    yield f"rankdir=LR; nodesep={DOWN / POINTS:.3f}; ranksep={across / POINTS:.3f};"
    yield 'node [shape=box, fixedsize=true, label=""]; edge [dir=none];'
    columns: dict[int, list[str]] = {}
    for node, layer in sorted(layers.items()):
        columns.setdefault(layer, []).append(node)
        wide, high = sizes[node]
        yield f"{numbers[node]} [width={wide / POINTS:.3f}, height={high / POINTS:.3f}];"
    for layer in sorted(columns):
        yield f"{{rank=same; {'; '.join(numbers[node] for node in columns[layer])}}}"
    for start, end in sorted(pairs):
        ends = sorted((start, end), key=lambda node: (layers[node], node))
        loose = (
            " [constraint=false]" if layers[start] == layers[end] else " [tailport=e, headport=w]"
        )
        yield f"{numbers[ends[0]]} -> {numbers[ends[1]]}{loose};"
    yield "}"


def _answered(text: str, nodes: Mapping[str, str]) -> Layout | None:
    """Reads Graphviz's plain format; it counts in inches and from below."""
    places: dict[str, Point] = {}
    paths: dict[Pair, list[Point]] = {}
    wide = high = 0.0
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["graph"]:
            wide, high = float(words[2]) * POINTS, float(words[3]) * POINTS
        elif words[:1] == ["node"]:
            places[nodes[words[1]]] = (float(words[2]) * POINTS, high - float(words[3]) * POINTS)
        elif words[:1] == ["edge"]:
            count = int(words[3])
            found = [float(word) * POINTS for word in words[4 : 4 + 2 * count]]
            points = [(x, high - y) for x, y in zip(found[::2], found[1::2], strict=True)]
            paths[nodes[words[1]], nodes[words[2]]] = points
    return Layout(places, paths, (wide, high)) if len(places) == len(nodes) else None
