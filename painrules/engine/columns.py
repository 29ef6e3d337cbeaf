"""What each value of an attribute violates: one column of the default engine for each sort of attribute.

The unknown value has bitmaps of its own; numbers are cut into cells at the thresholds that rules name; factors are many
and mostly unknown, so the unions over all stretches of unknown ones are joined in advance.

Everything is built once and never changes afterwards, but for bounded memories. `plain` gives it as plain data,
`restored` takes it back.

It is long because the columns of all sorts of attributes stand beside each other, built and asked in the same way.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf, nextafter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from painrules.cached import cached_property
from painrules.engine.masks import bits, mask_of, read, written
from painrules.model.clauses import Clause
from painrules.model.facts import Facts, truth
from painrules.model.hierarchy import Hierarchy
from painrules.vocab import Truth

if TYPE_CHECKING:
    from painrules.model.rule import Rule

REMEMBERED = 1024
"""How many states of one attribute are remembered at most."""
STRETCHED = 4096
"""How many unknown names, or blocks of them, are joined in advance."""


class Violated(NamedTuple):
    """The rules that cannot be in each of the three sets."""

    certain: int
    in_force: int
    possible: int

    def plain(self) -> list[str]:
        """As plain data."""
        return [written(mask) for mask in self]

    @classmethod
    def restored(cls, plain: Iterable[str]) -> Self:
        """Back from plain data."""
        certain, in_force, possible = map(read, plain)
        return cls(certain, in_force, possible)


NOTHING = Violated(0, 0, 0)


class Entry(NamedTuple):
    """One clause of one rule: the rule's number, what it asks, and what it is for."""

    number: int
    clause: Clause
    excludes: bool
    lenient: bool

    def plain(self) -> list[Any]:
        """As plain data."""
        kind, name, values, low, high = self.clause
        span = [None if abs(edge) == inf else edge for edge in (low, high)]
        return [self.number, kind, name, values, *span, self.excludes, self.lenient]

    @classmethod
    def restored(cls, plain: Sequence[Any]) -> Self:
        """Back from plain data."""
        number, kind, name, values, low, high, excludes, lenient = plain
        span = (-inf if low is None else low, inf if high is None else high)
        return cls(number, Clause(kind, name, tuple(values), *span), excludes, lenient)


def violations(entries: Iterable[Entry], facts: Facts) -> Violated:
    """What facts make impossible, clause by clause: the slow way that the tables are filled with."""
    certain: list[int] = []
    in_force: list[int] = []
    possible: list[int] = []
    for number, clause, excludes, lenient in entries:
        found = truth(clause, facts)
        if found is not (Truth.NO if excludes else Truth.YES):
            certain.append(number)
        if excludes:
            presumed = found is Truth.PRESUMED and not lenient
            never = found is Truth.YES
        else:
            presumed = found is Truth.OPEN
            never = found is Truth.NO
        if presumed or never:
            in_force.append(number)
        if never:
            possible.append(number)
    return Violated(mask_of(certain), mask_of(in_force), mask_of(possible))


def entries_of(rules: "Iterable[tuple[int, Rule]]") -> Iterator[Entry]:
    """The clauses of rules, each with the number of its rule."""
    for number, rule in rules:
        for clause in rule.conditions:
            yield Entry(number, clause, excludes=False, lenient=rule.lenient)
        for clause in rule.exceptions:
            yield Entry(number, clause, excludes=True, lenient=rule.lenient)


States = dict[tuple[str | None, bool], Violated]
"""What each value of a pain type or mechanism violates, given or presumed; None: unknown."""


def states_of(entries: Sequence[Entry], attribute: str, values: Iterable[str]) -> States:
    """The states of pain type or mechanism."""
    states: States = {}
    for given in (True, False):
        for value in (*values, None):
            if attribute == "pain_type":
                facts = Facts(pain_type=value, pain_type_given=given and value is not None)
            else:
                facts = Facts(mechanism=value, mechanism_given=given and value is not None)
            states[value, given] = violations(entries, facts)
    return states


Numbers = dict[str, list[int]]


class Asking(NamedTuple):
    """The rules that ask for a condition: all of them, and those to which each condition says yes, or maybe."""

    needed: int
    yes: dict[str, int]
    may: dict[str, int]

    def plain(self) -> list[Any]:
        """As plain data."""
        tables = [
            {name: [*bits(mask)] for name, mask in sorted(table.items())} for table in self[1:]
        ]
        return [[*bits(self.needed)], *tables]

    @classmethod
    def restored(cls, plain: Sequence[Any]) -> Self:
        """Back from plain data."""
        needed, yes, may = plain
        return cls(
            mask_of(needed),
            {name: mask_of(numbers) for name, numbers in yes.items()},
            {name: mask_of(numbers) for name, numbers in may.items()},
        )


class Conditions:
    """Conditions: a set of them, each with parents that are known and descendants that are open."""

    def __init__(self, unknown: Violated, asking: Callable[[], list[Asking]]) -> None:
        self.unknown = unknown
        self._all = asking
        self._memory: dict[frozenset[str], Violated] = {}

    @classmethod
    def of_entries(cls, entries: Sequence[Entry], tree: Hierarchy) -> Self:
        """Compiled from clauses: first what rules exclude, then what they ask for, one clause of a rule in each."""
        may_bring = _brought(tree)
        found: list[tuple[list[int], Numbers, Numbers]] = [([], {}, {})]
        taken: dict[int, int] = {}
        for entry in entries:
            place = 0
            if not entry.excludes:
                place = taken[entry.number] = taken.get(entry.number, 0) + 1
                if place == len(found):
                    found.append(([], {}, {}))
            needed, yes, may = found[place]
            needed.append(entry.number)
            for wanted in entry.clause.values:
                for name in tree.downwards(wanted):
                    yes.setdefault(name, []).append(entry.number)
                for name in may_bring.get(wanted, ()):
                    may.setdefault(name, []).append(entry.number)
        asking = list(map(Asking.restored, found))
        return cls(violations(entries, Facts()), lambda: asking)

    @cached_property
    def asking(self) -> list[Asking]:
        """What rules exclude, and what they ask for."""
        return self._all()

    def of(self, facts: Facts) -> Violated:
        """What a set of conditions violates."""
        if facts.conditions is None:
            return self.unknown
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
        excluded, *wanted = self.asking
        for needed, yes, may in wanted:
            holds = _union(yes, named)
            settled |= needed & ~holds
            impossible |= needed & ~(holds | _union(may, named))
        hit = _union(excluded.yes, named)
        return Violated(
            settled | hit | _union(excluded.may, named), settled | hit, impossible | hit
        )


def _brought(tree: Hierarchy) -> dict[str, list[str]]:
    """For each condition, those that leave it open: a descendant of theirs would bring it."""
    found: dict[str, list[str]] = {}
    for name in tree.parents:
        for opened in tree.beside(name) - tree.upwards(name):
            found.setdefault(opened, []).append(name)
    return found


def _union(table: Mapping[str, int], names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found |= table.get(name, 0)
    return found


class Number:
    """A number: cells between the thresholds that rules name; a span of numbers is worked out when it comes."""

    def __init__(
        self,
        attribute: str,
        edges: list[float],
        states: list[Violated],
        entries: Callable[[], list[Entry]],
    ) -> None:
        self.attribute = attribute
        self._edges = edges
        self.unknown, *self._cells = states
        self._all = entries
        self._spans: dict[tuple[float, float], Violated] = {}

    @classmethod
    def of_entries(cls, entries: list[Entry], attribute: str) -> Self:
        """Compiled from clauses: what is violated while the number is unknown, and in each cell."""
        found = {clause.low for _, clause, _, _ in entries}
        found |= {nextafter(clause.high, inf) for _, clause, _, _ in entries}
        edges = sorted(edge for edge in found if -inf < edge < inf)
        cells = (Violated(mask, mask, mask) for mask in _swept(entries, edges))
        states = [violations(entries, Facts()), *cells]
        return cls(attribute, edges, states, lambda: entries)

    @cached_property
    def entries(self) -> list[Entry]:
        """The clauses about the number."""
        return self._all()

    def plain(self) -> list[Any]:
        """As plain data, but for the clauses."""
        states = [state.plain() for state in (self.unknown, *self._cells)]
        return [self.attribute, self._edges, states]

    @classmethod
    def restored(cls, plain: Sequence[Any], entries: Callable[[], list[Entry]]) -> Self:
        """Back from plain data."""
        attribute, edges, states = plain
        return cls(attribute, edges, list(map(Violated.restored, states)), entries)

    def of(self, span: tuple[float, float]) -> Violated:
        """What a number, or a span of numbers, violates."""
        if span[0] == span[1]:
            return self._cells[bisect_right(self._edges, span[0])]
        found = self._spans.get(span)
        if found is None:
            found = violations(self.entries, Facts(spans={self.attribute: span}))
            if len(self._spans) >= REMEMBERED:
                self._spans.clear()
            self._spans[span] = found
        return found


def _swept(entries: Iterable[Entry], edges: Sequence[float]) -> Iterator[int]:
    """What cannot be in each cell, from the lowest to the highest: a known number leaves no clause open or presumed.

    From cell to cell only what begins or ends at the edge between them is looked at again.
    """
    place = {edge: cell for cell, edge in enumerate(edges, 1)}
    changing: list[list[tuple[int, int]]] = [[] for _ in range(len(edges) + 1)]
    for number, clause, excludes, _ in entries:
        inside, outside = (1, -1) if excludes else (-1, 1)
        start, end = place.get(clause.low, 0), place.get(nextafter(clause.high, inf))
        if not excludes:
            changing[0].append((number, outside))
        changing[start].append((number, inside))
        if end is not None:
            changing[end].append((number, outside))
    against: dict[int, int] = {}
    mask = 0
    for changes in changing:
        for number, change in changes:
            count = against[number] = against.get(number, 0) + change
            mask = mask | 1 << number if count else mask & ~(1 << number)
        yield mask


class Keyed:
    """Factors, red flags and what was tried: many names, of which a profile mostly knows few."""

    def __init__(
        self,
        keys: Sequence[tuple[str, str]],
        certain: list[int],
        in_force: list[int],
        entries: Callable[[], list[list[Entry]]],
    ) -> None:
        self._place = {key: place for place, key in enumerate(keys)}
        self._facts = {name: place for (kind, name), place in self._place.items() if kind == "fact"}
        self._tried = {
            name: place for (kind, name), place in self._place.items() if kind == "tried"
        }
        self._unknown = (certain, in_force)
        self._block = 1 + len(keys) // STRETCHED
        self._certain, self._in_force = (
            _stretches(_blocks(masks, self._block)) for masks in self._unknown
        )
        self._all = entries
        self._memory: dict[tuple[int, object, bool], Violated] = {}

    @classmethod
    def of_entries(cls, entries: Sequence[Entry]) -> Self:
        """Compiled from clauses: what is violated while a name is unknown."""
        by_key: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            by_key.setdefault((_family(entry), entry.clause.name), []).append(entry)
        keys = sorted(by_key)
        found = [by_key[key] for key in keys]
        unknown = [violations(one, Facts()) for one in found]
        certain, in_force = [one.certain for one in unknown], [one.in_force for one in unknown]
        return cls(keys, certain, in_force, lambda: found)

    @cached_property
    def entries(self) -> list[list[Entry]]:
        """The clauses about each name."""
        return self._all()

    def plain(self) -> list[Any]:
        """As plain data, but for the clauses."""
        unknown = [[[*bits(mask)] for mask in masks] for masks in self._unknown]
        return [[list(key) for key in self._place], *unknown]

    @classmethod
    def restored(cls, plain: Sequence[Any], entries: Callable[[], list[list[Entry]]]) -> Self:
        """Back from plain data."""
        keys, certain, in_force = plain
        known = [(family, name) for family, name in keys]
        return cls(known, list(map(mask_of, certain)), list(map(mask_of, in_force)), entries)

    def of(self, facts: Facts) -> Violated:
        """What the known names violate, and the unknown ones between them."""
        known = self._known(facts)
        known.sort(key=_first)
        remembered, end = self._memory, len(self._place)
        spans: list[tuple[int, int]] = []
        certain = in_force = possible = start = 0
        for item in known:
            found = remembered.get(item) or self._work_out(item)
            certain |= found[0]
            in_force |= found[1]
            possible |= found[2]
            place = item[0]
            if start < place:
                spans.append((start, place))
            start = place + 1
        if start < end:
            spans.append((start, end))
        if self._block > 1:
            spans, rest = self._in_blocks(spans)
            certain |= rest[0]
            in_force |= rest[1]
        for start, end in spans:
            level = (end - start).bit_length() - 1
            last = end - (1 << level)
            row = self._certain[level]
            certain |= row[start] | row[last]
            row = self._in_force[level]
            in_force |= row[start] | row[last]
        return Violated(certain, in_force, possible)

    def _in_blocks(self, spans: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[int]]:
        """Stretches of names as stretches of whole blocks, and the unions of what is left over at their ends."""
        size, whole, left = self._block, [], []
        for start, end in spans:
            first, last = -(-start // size), end // size
            if first < last:
                whole.append((first, last))
                left += [*range(start, first * size), *range(last * size, end)]
            else:
                left += range(start, end)
        return whole, [_joined(masks[place] for place in left) for masks in self._unknown]

    def _known(self, facts: Facts) -> list[tuple[int, object, bool]]:
        """The places of the names that facts know, each with what is known and whether it was given."""
        given, place = facts.given, self._facts
        known: list[tuple[int, object, bool]] = [
            (place[name], given[name], True) for name in _in_both(given, place)
        ]
        if facts.presumed:
            known += [
                (place[name], facts.presumed[name], False)
                for name in _in_both(facts.presumed, place)
                if name not in given
            ]
        if facts.tried or facts.said:
            place = self._tried
            known += [
                (place[name], outcome, True)
                for name, outcome in facts.tried.items()
                if name in place
            ]
            known += [
                (place[name], outcomes, False)
                for name, outcomes in facts.said.items()
                if name in place
            ]
        return known

    def _work_out(self, item: tuple[int, object, bool]) -> Violated:
        place, value, given = item
        entries = self.entries[place]
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


def _in_both(some: Mapping[str, object], others: Mapping[str, object]) -> Iterable[str]:
    """The keys that two mappings have in common; the time it takes is that of the smaller one."""
    few, many = (some, others) if len(some) <= len(others) else (others, some)
    return [name for name in few if name in many]


def _family(entry: Entry) -> str:
    return "tried" if entry.clause.attribute == "tried" else "fact"


def _first(item: tuple[int, object, bool]) -> int:
    return item[0]


def _blocks(masks: list[int], size: int) -> list[int]:
    """Unions over blocks of that many masks."""
    return [_joined(masks[at : at + size]) for at in range(0, len(masks), size)]


def _joined(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _stretches(masks: list[int]) -> list[list[int]]:
    """Unions over all stretches whose length is a power of two (a sparse table)."""
    table = [masks]
    width = 1
    while 2 * width <= len(masks):
        below = table[-1]
        table.append([below[at] | below[at + width] for at in range(len(below) - width)])
        width *= 2
    return table
