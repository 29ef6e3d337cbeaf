"""The default engine: for each value of each attribute, a bitmap of the rules that it violates.

Three bitmaps stand together, one for each set: certain, in force, possible. A profile violates the union over its
attributes, and what it does not violate is the set. The unknown value has bitmaps of its own; numbers are cut into
cells at the thresholds that rules name; factors are many and mostly unknown, so the unions over all stretches of
unknown ones are joined in advance.

Everything is built once and never changes afterwards, but for bounded memories.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf, nextafter
from typing import NamedTuple

from painrules.engine.base import Inferred, RuleSets, bits, left_open, settle, strata, with_taken
from painrules.model.conditions import NUMBERS, Clause
from painrules.model.facts import Facts, truth
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import Pack
from painrules.model.rule import Inference, Rule
from painrules.vocab import Mechanism, PainType, Truth

REMEMBERED = 1024
"""How many states of one attribute are remembered at most."""

KEYED = ("factors", "red_flags", "tried")
"""Attributes that are many, each with a name."""


class Violated(NamedTuple):
    """The rules that cannot be in each of the three sets."""

    certain: int
    in_force: int
    possible: int


NOTHING = Violated(0, 0, 0)


class Entry(NamedTuple):
    """One clause of one rule: its bit, what it asks, and what it is for."""

    bit: int
    clause: Clause
    excludes: bool
    lenient: bool


def violations(entries: Iterable[Entry], facts: Facts) -> Violated:
    """What facts make impossible, clause by clause: the slow way that the tables are filled with."""
    certain = in_force = possible = 0
    for bit, clause, excludes, lenient in entries:
        found = truth(clause, facts)
        if not excludes:
            certain |= bit if found < Truth.YES else 0
            in_force |= bit if found < Truth.PRESUMED else 0
            possible |= bit if found is Truth.NO else 0
        elif found is Truth.YES:
            certain |= bit
            in_force |= bit
            possible |= bit
        elif found is not Truth.NO:
            certain |= bit
            in_force |= bit if found is Truth.PRESUMED and not lenient else 0
    return Violated(certain, in_force, possible)


def entries_of(rules: Iterable[tuple[int, Rule]]) -> Iterator[Entry]:
    """The clauses of rules, each with the bit of its rule."""
    for number, rule in rules:
        for clause in rule.conditions:
            yield Entry(1 << number, clause, excludes=False, lenient=rule.lenient)
        for clause in rule.exceptions:
            yield Entry(1 << number, clause, excludes=True, lenient=rule.lenient)


class _Values:
    """Pain type or mechanism: one value, given or presumed, or unknown."""

    def __init__(self, entries: Sequence[Entry], attribute: str, values: Iterable[str]) -> None:
        states: dict[tuple[str | None, bool], Violated] = {}
        for given in (True, False):
            for value in (*values, None):
                if attribute == "pain_type":
                    facts = Facts(pain_type=value, pain_type_given=given and value is not None)
                else:
                    facts = Facts(mechanism=value, mechanism_given=given and value is not None)
                states[value, given] = violations(entries, facts)
        self.states = states


class _Conditions:
    """Conditions: a set of them, each with parents that are known and descendants that are open."""

    def __init__(self, entries: Sequence[Entry], tree: Hierarchy) -> None:
        may_bring = _brought(tree)
        self._unknown = violations(entries, Facts())
        self._slots: list[tuple[int, dict[str, int], dict[str, int]]] = []
        taken: dict[int, int] = {}
        self._hit: dict[str, int] = {}
        self._may_hit: dict[str, int] = {}
        for entry in entries:
            if entry.excludes:
                yes, may = self._hit, self._may_hit
            else:
                slot = taken.get(entry.bit, 0)
                taken[entry.bit] = slot + 1
                if slot == len(self._slots):
                    self._slots.append((0, {}, {}))
                needed, yes, may = self._slots[slot]
                self._slots[slot] = (needed | entry.bit, yes, may)
            for wanted in entry.clause.values:
                for name in tree.downwards(wanted):
                    yes[name] = yes.get(name, 0) | entry.bit
                for name in may_bring.get(wanted, ()):
                    may[name] = may.get(name, 0) | entry.bit
        self._memory: dict[frozenset[str], Violated] = {}

    def of(self, facts: Facts) -> Violated:
        """What a set of conditions violates."""
        if facts.conditions is None:
            return self._unknown
        named = facts.named_conditions
        found = self._memory.get(named)
        if found is None:
            found = self._work_out(named)
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            self._memory[named] = found
        return found

    def _work_out(self, named: frozenset[str]) -> Violated:
        settled = impossible = 0
        for needed, yes, may in self._slots:
            holds = _union(yes, named)
            settled |= needed & ~holds
            impossible |= needed & ~(holds | _union(may, named))
        hit = _union(self._hit, named)
        return Violated(
            settled | hit | _union(self._may_hit, named), settled | hit, impossible | hit
        )


def _brought(tree: Hierarchy) -> dict[str, list[str]]:
    """For each condition, those that leave it open: a descendant of theirs would bring it."""
    found: dict[str, list[str]] = {}
    for name in tree.parents:
        known = tree.upwards(name)
        below = {above for member in tree.descendants(name) for above in tree.upwards(member)}
        for opened in below - known:
            found.setdefault(opened, []).append(name)
    return found


def _union(table: Mapping[str, int], names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found |= table.get(name, 0)
    return found


class _Number:
    """A number: cells between the thresholds that rules name; a span of numbers is worked out when it comes."""

    def __init__(self, entries: Sequence[Entry], attribute: str) -> None:
        self.attribute = attribute
        self._entries = entries
        edges = {clause.low for _, clause, _, _ in entries}
        edges |= {nextafter(clause.high, inf) for _, clause, _, _ in entries}
        self._edges = sorted(edge for edge in edges if -inf < edge < inf)
        points = [*self._edges[:1], *self._edges]
        if points:
            points[0] = nextafter(points[0], -inf)
        self.unknown = violations(entries, Facts())
        self._cells = [
            violations(entries, Facts(spans={attribute: (point, point)})) for point in points
        ]
        self._spans: dict[tuple[float, float], Violated] = {}

    def of(self, span: tuple[float, float]) -> Violated:
        """What a number, or a span of numbers, violates."""
        if not self._cells:
            return NOTHING
        if span[0] == span[1]:
            return self._cells[bisect_right(self._edges, span[0])]
        found = self._spans.get(span)
        if found is None:
            found = violations(self._entries, Facts(spans={self.attribute: span}))
            if len(self._spans) >= REMEMBERED:
                self._spans.clear()
            self._spans[span] = found
        return found


class _Keyed:
    """Factors, red flags and what was tried: many names, of which a profile mostly knows few."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        by_key: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            by_key.setdefault((_family(entry), entry.clause.name), []).append(entry)
        self._place = {key: place for place, key in enumerate(sorted(by_key))}
        self._entries = [by_key[key] for key in sorted(by_key)]
        unknown = [violations(found, Facts()) for found in self._entries]
        self._certain = _stretches([found.certain for found in unknown])
        self._in_force = _stretches([found.in_force for found in unknown])
        self._memory: dict[tuple[int, object, bool], Violated] = {}

    def of(self, facts: Facts) -> Violated:
        """What the known names violate, and the unknown ones between them."""
        known = self._known(facts)
        known.sort(key=_first)
        certain = in_force = possible = start = 0
        for item in known:
            found = self._memory.get(item)
            if found is None:
                found = self._work_out(item)
            end = item[0]
            certain |= found[0] | _stretch(self._certain, start, end)
            in_force |= found[1] | _stretch(self._in_force, start, end)
            possible |= found[2]
            start = end + 1
        end = len(self._entries)
        return Violated(
            certain | _stretch(self._certain, start, end),
            in_force | _stretch(self._in_force, start, end),
            possible,
        )

    def _known(self, facts: Facts) -> list[tuple[int, object, bool]]:
        """The places of the names that facts know, each with what is known and whether it was given."""
        place = self._place
        known: list[tuple[int, object, bool]] = [
            (place["fact", name], value, True)
            for name, value in facts.given.items()
            if ("fact", name) in place
        ]
        known += [
            (place["fact", name], value, False)
            for name, value in facts.presumed.items()
            if name not in facts.given and ("fact", name) in place
        ]
        known += [
            (place["tried", name], outcome, True)
            for name, outcome in facts.tried.items()
            if ("tried", name) in place
        ]
        known += [
            (place["tried", name], outcomes, False)
            for name, outcomes in facts.said.items()
            if ("tried", name) in place
        ]
        return known

    def _work_out(self, item: tuple[int, object, bool]) -> Violated:
        place, value, given = item
        entries = self._entries[place]
        name = entries[0].clause.name
        if isinstance(value, bool):
            facts = Facts(given={name: value}) if given else Facts(presumed={name: value})
        elif isinstance(value, str):
            facts = Facts(tried={name: value})
        else:
            assert isinstance(value, frozenset)  # noqa: S101 - what `of` puts there
            facts = Facts(said={name: value})
        found = violations(entries, facts)
        if len(self._memory) >= REMEMBERED:
            self._memory.clear()
        self._memory[item] = found
        return found


def _family(entry: Entry) -> str:
    return "tried" if entry.clause.attribute == "tried" else "fact"


def _first(item: tuple[int, object, bool]) -> int:
    return item[0]


def _stretches(masks: list[int]) -> list[list[int]]:
    """Unions over all stretches whose length is a power of two (a sparse table)."""
    table = [masks]
    width = 1
    while 2 * width <= len(masks):
        below = table[-1]
        table.append([below[at] | below[at + width] for at in range(len(below) - width)])
        width *= 2
    return table


def _stretch(table: list[list[int]], start: int, end: int) -> int:
    """The union from `start` up to, not including, `end`."""
    if start >= end:
        return 0
    level = (end - start).bit_length() - 1
    row = table[level]
    return row[start] | row[end - (1 << level)]


class Table:
    """Rules, compiled: facts in, the three sets out."""

    def __init__(self, rules: Iterable[tuple[int, Rule]], tree: Hierarchy) -> None:
        numbered = list(rules)
        self._every = sum(1 << number for number, _ in numbered)
        by_attribute: dict[str, list[Entry]] = {}
        for entry in entries_of(numbered):
            by_attribute.setdefault(entry.clause.attribute, []).append(entry)
        self._pain_type = _Values(by_attribute.get("pain_type", []), "pain_type", PainType).states
        self._mechanism = _Values(by_attribute.get("mechanism", []), "mechanism", Mechanism).states
        self._conditions = _Conditions(by_attribute.get("condition", []), tree)
        self._numbers = [
            _Number(by_attribute[name], name) for name in NUMBERS if name in by_attribute
        ]
        self._keyed = _Keyed([entry for name in KEYED for entry in by_attribute.get(name, [])])

    def match(self, facts: Facts) -> RuleSets:
        """The rules that are certain, in force and possible."""
        certain, in_force, possible = self._pain_type[facts.pain_type, facts.pain_type_given]
        columns = [
            self._mechanism[facts.mechanism, facts.mechanism_given],
            self._conditions.of(facts),
            self._keyed.of(facts),
        ]
        for number in self._numbers:
            span = facts.spans.get(number.attribute)
            columns.append(number.unknown if span is None else number.of(span))
        for found in columns:
            certain |= found[0]
            in_force |= found[1]
            possible |= found[2]
        every = self._every
        return RuleSets(every & ~certain, every & ~in_force, every & ~possible)


class BitmapEngine:
    """The default engine: pure Python, immutable after it is built, safe to share between threads."""

    name = "bitmap"

    def __init__(self, pack: Pack) -> None:
        tree = pack.condition_tree
        rules = [
            (number, rule)
            for number, rule in enumerate(pack.rules)
            if not isinstance(rule, Inference)
        ]
        self._table = Table(rules, tree)
        self._strata = [(layer, Table(enumerate(layer), tree)) for layer in strata(pack)]

    def match(self, facts: Facts) -> RuleSets:
        """The rules that are certain, in force and possible; facts hold at most one mechanism."""
        return self._table.match(facts)

    def infer(self, facts: Facts) -> Inferred:
        """The facts that inference suggests, with their rules; never what was given."""
        taken, refused = [], []
        for layer, table in self._strata:
            fired = table.match(facts).in_force
            if not fired:
                continue
            found = settle(
                (layer[number].suggests.fact, layer[number].id) for number in bits(fired)
            )
            taken += [item for item in found.taken if left_open(item, facts)]
            refused += [item for item in found.refused if left_open(item, facts)]
            facts = with_taken(facts, found)
        return Inferred(tuple(taken), tuple(refused))
