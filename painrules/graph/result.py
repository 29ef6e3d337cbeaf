"""The part of the graph that a result speaks about, with status and line on its nodes."""

import json
from collections.abc import Iterable, Iterator

from painrules.graph.asked import Explored, explored
from painrules.graph.base import (
    ENTRY_KEY,
    STRUCTURE,
    Attributes,
    EdgeKind,
    Graph,
    NodeKind,
    kept,
    new_graph,
    node_id,
    several,
)
from painrules.graph.build import shared_graph
from painrules.graph.nodes import node_of_factor
from painrules.graph.walk import classes
from painrules.model.pack import Pack
from painrules.model.result import OptionRecord, Result

LEVELS = (NodeKind.CONDITION, NodeKind.MECHANISM, NodeKind.PAIN_TYPE)
ROLES = {"positions": "decides", "cautions": "in force", "ask_about": "ask about", "after": "first"}
"""What a rule does in a result; what else is said of an option has its own words."""


def graph_of_result(result: Explored) -> Graph:
    """The graph of what a result speaks about.

    Nodes are the options with their classes, what the profile names, what was inferred, and what rules in the result
    name besides; options have `status`, `level`, `line`, `agreement`, `safety`, `definite`, `listed`, and `place`,
    which is their place in the order of the result and ranks nothing. Edges are the rules in the result, each with its
    `role`, and the relations, classes, categories and domains between these nodes. The graph itself has the notice, the
    pack, the `mode`, and what the result is `about`.

    Args:
        result: What `painrules.explore` returned.

    >>> import painrules
    >>> graph = graph_of_result(painrules.explore(condition="fibromyalgia"))
    >>> graph.nodes["intervention:exercise"]["status"]
    'supported'
    """
    result = explored("result", result)
    return _Part(result.record, result.pack).graph()


class _Part:
    """Picks what a result speaks about out of the graph of its pack."""

    def __init__(self, record: Result, pack: Pack) -> None:
        self.record = record
        self.pack = pack
        self.whole = shared_graph(pack)
        self.known = frozenset(self._known())
        self.roles = dict(self._roles())
        self.shown = frozenset((*record.listed, *record.deferred))
        self.places = {view.id: place for place, view in enumerate(record.options)}

    def graph(self) -> Graph:
        """The part."""
        edges = list(self._spoken())
        views = {node_id(NodeKind.INTERVENTION, view.id): view for view in self.record.options}
        nodes = self.known | {*views} | {end for start, stop, _ in edges for end in (start, stop)}
        nodes |= {above for node in [*nodes] for above in classes(self.whole, node)}
        nodes |= {*self._sorted_into(nodes)}
        edges += self._between(nodes)
        part = new_graph({**self.whole.graph, **self._about()})
        for node in self.whole:
            if node in nodes:
                part.add_node(node, **self.whole.nodes[node], **self._told(node, views.get(node)))
        for start, end, key in edges:
            held = self.whole.edges[start, end, key]
            part.add_edge(start, end, key=key, **held, **self._role(held))
        return part

    def _about(self) -> Attributes:
        record = self.record
        stated = self._stated()
        about = [self.whole.nodes[node]["label"] for node in self.whole if node in stated]
        return kept(
            mode=record.mode,
            about=about,
            schema_version=record.schema_version,
            profile=json.dumps(record.profile, sort_keys=True),
            warnings=record.warnings,
            questions=[one.question for one in record.next_questions],
            red_flags=[flag.because for flag in record.red_flags],
        )

    def _stated(self) -> set[str]:
        """What the profile names."""
        profile = self.record.profile
        found = {node_id(NodeKind.CONDITION, one) for one in profile.get("conditions", ())}
        found |= {node_id(NodeKind.MECHANISM, one) for one in profile.get("mechanisms", ())}
        found |= {node_id(NodeKind.GOAL, one) for one in profile.get("goals", ())}
        if "pain_type" in profile:
            found.add(node_id(NodeKind.PAIN_TYPE, profile["pain_type"]))
        found |= {node_of_factor(self.pack, one) for one in profile.get("factors", ())}
        found |= {node_id(NodeKind.RED_FLAG, one) for one in profile.get("red_flags", ())}
        return {node for node in found if node in self.whole}

    def _known(self) -> Iterator[str]:
        """What the profile names, and what was inferred from it."""
        yield from self._stated()
        for item in self.record.inferred:
            if item.taken:
                named = item.attribute in LEVELS
                node = node_id(item.attribute, item.value) if named else ""
                yield node or node_of_factor(self.pack, item.attribute)

    def _roles(self) -> Iterator[tuple[str, str]]:
        """What each rule does in the result; where it does several things, the weightiest."""
        for view in self.record.options:
            yield from ((one.id, one.role.value) for one in view.also_said if one.role)
        for field in ("ask_about", "after", "cautions", "positions"):
            for view in self.record.options:
                yield from ((rule.id, ROLES[field]) for rule in getattr(view, field))
        for item in self.record.inferred:
            yield from ((rule, "inferred" if item.taken else "refused") for rule in item.rules)
        yield from ((flag.id, "in force") for flag in self.record.red_flags)

    def _spoken(self) -> Iterator[tuple[str, str, str]]:
        """The edges of the rules in the result; of a rule with several, those that hang on what is known."""
        found: dict[str, list[tuple[str, str]]] = {}
        for start, end, key in self.whole.edges(keys=True):
            if key in self.roles:
                found.setdefault(key, []).append((start, end))
        known = self.known | {above for node in self.known for above in classes(self.whole, node)}
        for key, pairs in found.items():
            fitting = [pair for pair in pairs if pair[0] in known]
            yield from ((start, end, key) for start, end in fitting or pairs)

    def _sorted_into(self, nodes: Iterable[str]) -> Iterator[str]:
        """The categories and domains that options stand in."""
        for node in nodes:
            held = self.whole.nodes[node]
            if "category" in held:
                yield node_id(NodeKind.CATEGORY, held["category"])
                yield from (node_id(NodeKind.DOMAIN, one) for one in several(held["domains"]))

    def _between(self, nodes: set[str] | frozenset[str]) -> list[tuple[str, str, str]]:
        """Relations, classes, categories and domains between the nodes."""
        kinds = {EdgeKind.IN_CATEGORY, EdgeKind.IN_DOMAIN, EdgeKind.IS_A}
        return [
            (start, end, key)
            for start, end, key, held in self.whole.edges(nodes, keys=True, data=True)
            if end in nodes
            and (held["kind"] in kinds if key.startswith(ENTRY_KEY) else _relates(held))
        ]

    def _role(self, held: Attributes) -> Attributes:
        role = self.roles.get(held["rule"]) if held["origin"] not in {"entry", "relation"} else None
        return kept(role=role)

    def _told(self, node: str, view: OptionRecord | None) -> Attributes:
        """What the result says of a node."""
        stated = node in self.known
        if view is None:
            return {"stated": True} if stated else {}
        return kept(
            status=view.status,
            level=view.level,
            line=view.line,
            agreement=view.agreement,
            safety=view.safety,
            definite=view.definite,
            listed=view.id in self.shown,
            place=self.places[view.id],
            said_of=view.about,
            cautions=[one.because for one in view.cautions],
        )


def _relates(held: Attributes) -> bool:
    return held["origin"] == "relation" and held["kind"] not in STRUCTURE
