"""From words to nodes: ids, labels and synonyms are understood, misspelt ones are met with the nearest."""

import re
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import networkx as nx

from painrules.errors import PainrulesError, UnknownWordError, shown
from painrules.graph.base import NODE_NOUNS, Graph, NodeKind, node_id, several

_GAPS = re.compile(r"[\s_\-\u2010-\u2015]+")

ANY = tuple(NodeKind)
"""Any kind of node; where an id stands for several, the first kind of these is meant."""

OPTION = (NodeKind.INTERVENTION,)
CONDITION = (NodeKind.CONDITION,)
FACTOR = (NodeKind.FACTOR, NodeKind.POPULATION)


def find(graph: Graph, word: str, kinds: Iterable[NodeKind] = ANY) -> str:
    """The node that a word stands for.

    Args:
        graph: The graph.
        word: An id, a label, a synonym, or a whole name such as ``factor:palliative_care``.
        kinds: The kinds of node that it may be, the first that fits is taken.

    Raises:
        UnknownWordError: If there is none; it names the nearest.
        PainrulesError: If the word fits several of one kind.
    """
    wanted = tuple(kinds)
    if not isinstance(word, str):
        raise UnknownWordError(word, _noun(wanted))
    if word in graph and (wanted == ANY or graph.nodes[word].get("kind") in wanted):
        return word
    asked = _plain(word)
    for entry in (word, asked):
        for kind in wanted:
            if node_id(kind, entry) in graph:
                return node_id(kind, entry)
    return _by_name(graph, word, asked, wanted)


def _by_name(graph: Graph, word: str, asked: str, wanted: tuple[NodeKind, ...]) -> str:
    """The node whose label or synonym is that word."""
    found: dict[str, list[str]] = {}
    for node in names_in(graph).get(asked, ()):
        found.setdefault(str(graph.nodes[node].get("kind")), []).append(node)
    for kind in wanted:
        nodes = found.get(kind.value, [])
        if len(nodes) > 1:
            entries = ", ".join(sorted(_entry(graph, node) for node in nodes))
            msg = f"{shown(word)} fits several: {entries}; write one of these"
            raise PainrulesError(msg)
        if nodes:
            return nodes[0]
    known = [
        _entry(graph, node) for node, held in graph.nodes(data=True) if held.get("kind") in wanted
    ]
    raise UnknownWordError(word, _noun(wanted), known)


_names: "WeakKeyDictionary[Graph, dict[str, list[str]]]" = WeakKeyDictionary()


def names_in(graph: Graph) -> dict[str, list[str]]:
    """The nodes by label and synonym; of a graph that can no longer change they are gathered once."""
    if graph in _names:
        return _names[graph]
    found: dict[str, list[str]] = {}
    for node, held in graph.nodes(data=True):
        names = (str(held.get("label", node)), *several(held.get("synonyms", "")))
        for name in {*map(_plain, names)}:
            found.setdefault(name, []).append(node)
    if nx.is_frozen(graph):
        _names[graph] = found
    return found


def _entry(graph: Graph, node: str) -> str:
    return str(graph.nodes[node].get("entry", node))


def _plain(word: str) -> str:
    return _GAPS.sub("_", word.strip().casefold()).strip("_")


def _noun(kinds: tuple[NodeKind, ...]) -> str:
    return "node of the graph" if kinds == ANY else " or ".join(NODE_NOUNS[kind] for kind in kinds)
