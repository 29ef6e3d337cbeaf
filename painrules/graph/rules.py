"""Edges from rules: each hangs on what the rule is about, and has the id of the rule as its key.

| a rule that names | hangs on |
| --- | --- |
| conditions | each of these conditions |
| else mechanisms, else pain types | each of these |
| else factors, red flags, numbers, what was tried | each of these |
| nothing | its source |

A caution hangs on the facts that it warns because of, even where it names a pain type too. A step starts at what
comes first: a check, an intervention, what was tried, else the facts that it requires.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from painrules.cached import cached_property
from painrules.explain import label_of, population, told
from painrules.graph.base import (
    CAUTION_WORDS,
    EDGE_WORDS,
    SOURCE_WORDS,
    Attributes,
    EdgeKind,
    Graph,
    NodeKind,
    joined,
    kept,
    node_id,
)
from painrules.graph.nodes import node_of_factor
from painrules.model.base import distinct
from painrules.model.conditions import NUMBERS, Clause
from painrules.model.dates import LAST_DAY, first_day
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.resolve.lens import window_of

LEVELS = ("condition", "mechanism", "pain_type")
"""What a rule hangs on, the most specific first."""


@dataclass(frozen=True)
class RuleEdges:
    """Adds the edges of the rules of one pack to a graph."""

    pack: Pack
    graph: Graph

    def add_all(self) -> None:
        """Adds them in the order of the ids."""
        for rule in self.pack.rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Adds the edges of one rule."""
        kind, label = _says(rule)
        starts, ends = self._ends(rule)
        common = self._common(rule, kind)
        source = node_id(NodeKind.SOURCE, rule.source)
        for start in starts:
            words = SOURCE_WORDS.get(kind, label) if start == source else label
            for end in ends:
                self.graph.add_edge(start, end, key=rule.id, label=words, **common)

    @cached_property
    def _today(self) -> object:
        return first_day(self.pack.header.date)

    def _common(self, rule: Rule, kind: EdgeKind) -> Attributes:
        """What every edge of a rule holds."""
        pack, window = self.pack, window_of(rule, self.pack)
        source = pack.sources.get(rule.source)
        found: Attributes = {
            "kind": kind.value,
            "origin": rule.rule_kind,
            "rule": rule.id,
            "sources": rule.source,
            "cited": source.cited if source else rule.source,
            "population": population(rule, pack),
            "level": rule.level.value,
            "because": rule.because,
            "verified": rule.verified.value,
            "standing": rule.status.value,
            "current": window.start <= first_day(pack.header.date) < window.end,
            "since": window.start.isoformat(),
        }
        until = None if window.end == LAST_DAY else window.end.isoformat()
        found.update(kept(until=until, locator=rule.locator, note=rule.note, **_own(rule)))
        for clause in rule.conditions:
            if clause.attribute in LEVELS:
                found[clause.attribute] = joined(clause.values)
        if isinstance(rule, Step):
            found["requires"] = joined(told(one, pack) for one in rule.requires.clauses())
        return found

    def _ends(self, rule: Rule) -> tuple[Iterable[str], Iterable[str]]:
        """Where the edges of a rule start and where they end."""
        if isinstance(rule, Position):
            return self._hangs_on(rule), [node_id(NodeKind.INTERVENTION, rule.option)]
        if isinstance(rule, Caution):
            return self._warns_because(rule), [node_id(NodeKind.INTERVENTION, rule.option)]
        if isinstance(rule, Step):
            return self._first(rule), [node_id(NodeKind.INTERVENTION, rule.option)]
        if isinstance(rule, Inference):
            return self._hangs_on(rule), [self._suggested(rule)]
        source = [node_id(NodeKind.SOURCE, rule.source)]
        return source, self._nodes(rule.conditions) or source

    def _hangs_on(self, rule: Rule) -> list[str]:
        for attribute in LEVELS:
            named = [clause for clause in rule.conditions if clause.attribute == attribute]
            if named:
                return self._nodes(named)
        return self._nodes(rule.conditions) or [node_id(NodeKind.SOURCE, rule.source)]

    def _warns_because(self, rule: Caution) -> list[str]:
        facts = [clause for clause in rule.conditions if clause.attribute != "pain_type"]
        found = self._nodes(facts or rule.conditions)
        return found or [node_id(NodeKind.SOURCE, rule.source)]

    def _first(self, rule: Step) -> list[str]:
        found = []
        if rule.safeguard:
            found.append(node_id(NodeKind.SAFEGUARD, rule.safeguard))
        if rule.steps_from:
            found.append(node_id(NodeKind.INTERVENTION, rule.steps_from))
        clauses = rule.requires.clauses()
        found += self._nodes(one for one in clauses if one.attribute == "tried")
        return list(distinct(found or self._nodes(clauses)))

    def _suggested(self, rule: Inference) -> str:
        attribute, name, value = rule.suggests.fact
        return node_of_factor(self.pack, name) if name else node_id(attribute, value)

    def _nodes(self, clauses: Iterable[Clause]) -> list[str]:
        """The nodes that conditions name."""
        return list(distinct(node for clause in clauses for node in self._named(clause)))

    def _named(self, clause: Clause) -> Iterator[str]:
        kind = clause.attribute
        if kind in LEVELS:
            yield from (self._present(kind, value) for value in clause.values)
        elif kind in NUMBERS:
            yield self._present(NodeKind.POPULATION, told(clause, self.pack).replace(" ", "_"))
        elif kind == "red_flags":
            yield self._present(NodeKind.RED_FLAG, clause.name)
        elif kind == "factors":
            yield node_of_factor(self.pack, clause.name)
        elif clause.name in self.pack.interventions:
            yield node_id(NodeKind.INTERVENTION, clause.name)
        else:
            yield node_id(NodeKind.CATEGORY, clause.name)

    def _present(self, kind: str, entry: str) -> str:
        """A node that may not have an entry of its own: a pain type without one, a range of ages."""
        node = node_id(kind, entry)
        if node not in self.graph:
            words = label_of(entry, self.pack)
            label = words[:1].upper() + words[1:]
            self.graph.add_node(node, kind=NodeKind(kind).value, entry=entry, label=label)
        return node


def _says(rule: Rule) -> tuple[EdgeKind, str]:
    """The kind of edge that a rule makes, and what it says."""
    if isinstance(rule, Position):
        kind = EdgeKind(rule.stance.value)
    elif isinstance(rule, Caution):
        return EdgeKind.CAUTION, CAUTION_WORDS[rule.severity.value]
    elif isinstance(rule, Step):
        kind = EdgeKind.COMES_BEFORE
    else:
        kind = EdgeKind.RED_FLAG if isinstance(rule, RedFlag) else EdgeKind.SUGGESTS
    return kind, EDGE_WORDS[kind]


def _own(rule: Rule) -> Attributes:
    """What only this kind of rule has."""
    if isinstance(rule, Position):
        return {"line": rule.line, "strength": rule.strength, "certainty": rule.certainty}
    if isinstance(rule, Caution):
        return {"severity": rule.severity}
    if isinstance(rule, Step):
        return {"step": rule.kind, "steps_from": rule.steps_from, "safeguard": rule.safeguard}
    return {"urgency": rule.urgency} if isinstance(rule, RedFlag) else {}
