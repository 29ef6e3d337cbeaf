"""Where rules cut: conditions and numbers have many values, of which rules tell only some apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, product
from math import ceil, floor, inf, nextafter
from typing import Any

from painrules.check.space.axes import Axis, Key, State
from painrules.check.space.boxes import joined
from painrules.engine import bits
from painrules.model.conditions import Clause
from painrules.model.facts import OTHER, Facts, FactsBuilder, truth
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Rule, Step
from painrules.vocab import Truth

GREATEST = {"age_years": 130, "duration_months": 1560, "severity": 10}
"""The greatest number that a profile may state."""

MOST_BAND_STATES = 4096
"""How many combinations of bands are looked at for one number."""

Words = frozenset[str]


def clauses_of(rule: Rule) -> Iterator[Clause]:
    """All clauses of a rule, whatever they are for."""
    yield from rule.conditions
    yield from rule.exceptions
    if isinstance(rule, Step):
        yield from rule.requires.clauses()


class Conditions:
    """The axis of conditions: one, or two at once, as far as rules tell them apart."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._bits: dict[tuple[int, Words], int] = {}
        self._marks = marks = dict[str, int]()
        for number, pack in enumerate(packs):
            for values in _condition_lists(pack):
                bit = self._bits[number, values] = len(self._bits)
                for name in _held_by(values, pack):
                    marks[name] = marks.get(name, 0) | 1 << bit
        known = set.intersection(*({*pack.conditions, OTHER} for pack in packs))
        named = {name for _, values in self._bits for name in values}
        self.groups: dict[int, list[str]] = {0: [OTHER]}
        """Conditions that no rule tells apart, by what rules make of them; those that rules name come first."""
        for name in sorted(known - {OTHER}, key=lambda name: (name not in named, name)):
            self.groups.setdefault(marks.get(name, 0), []).append(name)
        self._places: dict[int, int] = {}
        self._containing: dict[int, int] = {}
        self.axis, self._masks = self._states()

    def _states(self) -> tuple[Axis, list[int]]:
        several: dict[int, tuple[str, ...]] = {
            mark: (names[0],) for mark, names in self.groups.items()
        }
        for (one, mine), (other, yours) in combinations(self.groups.items(), 2):
            several.setdefault(one | other, (mine[0], yours[0]))
        masks = [0] * len(self._bits)
        states = [State({})]
        for place, (mark, names) in enumerate(several.items(), start=1):
            states.append(State({"conditions": sorted(names)}))
            self._places[mark] = place
            for bit in bits(mark):
                masks[bit] |= 1 << place
        return Axis(Key("condition"), tuple(states)), masks

    def containing(self, *marks: int) -> int:
        """The states in which a condition of one of some groups is named, or rules cannot tell."""
        return joined(map(self._with, marks))

    def _with(self, wanted: int) -> int:
        found = self._containing.get(wanted)
        if found is None:
            places = self._places.items()
            found = sum(1 << place for mark, place in places if mark & wanted == wanted)
            self._containing[wanted] = found
        return found

    def alone(self, mark: int) -> int:
        """The state in which a condition of a group is named and no other."""
        return 1 << self._places[mark]

    def place_of(self, named: Iterable[str]) -> int | None:
        """The state in which a profile is that names these conditions; None: it names too many."""
        mark = joined(self._marks.get(name, 0) for name in named)
        return self._places.get(mark) if named else 0

    def holding(self, number: int, clause: Clause) -> int:
        """The states in which a clause of a pack holds."""
        bit = self._bits.get((number, frozenset(clause.values)))
        return 0 if bit is None else self._masks[bit]


def _condition_lists(pack: Pack) -> list[Words]:
    """The lists of conditions that rules of a pack ask for, each once."""
    found = {
        frozenset(clause.values): None
        for rule in pack.rules
        for clause in clauses_of(rule)
        if clause.attribute == "condition"
    }
    return list(found)


def _held_by(values: Iterable[str], pack: Pack) -> set[str]:
    """The conditions with which a list holds."""
    return {name for value in values for name in pack.condition_tree.downwards(value)}


class Numbers:
    """The axis of a number, together with the factors that it defines."""

    def __init__(
        self, attribute: str, packs: Sequence[Pack], builders: Sequence[FactsBuilder]
    ) -> None:
        self._asked = [_asked_of_number(attribute, pack) for pack in packs]
        seen: dict[tuple[Truth, ...], State] = {}
        cells: list[tuple[float, tuple[Truth, ...]]] = []
        for edge, stated in _ways_to_state(attribute, packs, self._asked):
            try:
                facts = [builder.build(Profile(**stated)) for builder in builders]
            except ValueError:
                continue
            mark = self._told_apart(facts)
            seen.setdefault(mark, State(stated))
            if edge is not None:
                cells.append((edge, mark))
        self._places = {mark: place for place, mark in enumerate(seen)}
        self.cells = [(edge, self._places[mark]) for edge, mark in cells]
        """Where each cell of numbers begins, and its state."""
        self.axis = Axis(Key(attribute), tuple(seen.values()))

    def _told_apart(self, facts: Iterable[Facts]) -> tuple[Truth, ...]:
        """What is known to hold, clause by clause."""
        return tuple(
            max(truth(clause, known), Truth.OPEN)
            for known, clauses in zip(facts, self._asked, strict=True)
            for clause in clauses
        )

    def place_of(self, facts: Iterable[Facts]) -> int | None:
        """The state in which a profile is, by its facts in each pack."""
        return self._places.get(self._told_apart(facts))


def _asked_of_number(attribute: str, pack: Pack) -> list[Clause]:
    """The clauses of a pack that a number decides."""
    bands = _bands(attribute, pack)
    return list(
        dict.fromkeys(
            clause
            for rule in pack.rules
            for clause in clauses_of(rule)
            if clause.attribute == attribute
            or (clause.attribute == "factors" and clause.name in bands)
        )
    )


def _bands(attribute: str, pack: Pack) -> list[str]:
    return [
        name
        for name, factor in pack.factors.items()
        if factor.band is not None and factor.band.attribute == attribute
    ]


def _ways_to_state(
    attribute: str, packs: Sequence[Pack], asked: Sequence[Sequence[Clause]]
) -> Iterator[tuple[float | None, dict[str, Any]]]:
    """What a profile may say of a number: nothing, it, or factors that it defines; with where its cell begins."""
    yield None, {}
    for edge, point in _points(attribute, packs, asked):
        yield edge, {attribute: point}
    bands = sorted(set.intersection(*(set(_bands(attribute, pack)) for pack in packs)))
    for stated in islice(_ways_to_state_bands(bands), MOST_BAND_STATES):
        yield None, stated


def _ways_to_state_bands(bands: Sequence[str]) -> Iterator[dict[str, Any]]:
    for size in range(1, len(bands) + 1):
        for several in combinations(bands, size):
            for chosen in product((True, False), repeat=size):
                yield {"factors": dict(zip(several, chosen, strict=True))}


def _points(
    attribute: str, packs: Sequence[Pack], asked: Sequence[Sequence[Clause]]
) -> Iterator[tuple[float, float]]:
    """Where each cell between the bounds of rules and bands begins, and a number in it, whole if there is one."""
    edges = {0.0, inf}
    for pack, clauses in zip(packs, asked, strict=True):
        for clause in clauses:
            if clause.attribute == attribute:
                edges |= {clause.low, nextafter(clause.high, inf)}
        for name in _bands(attribute, pack):
            band = pack.factors[name].band
            assert band is not None  # noqa: S101 - that is what makes it one
            edges |= {band.min, inf if band.below is None else band.below}
    top = GREATEST[attribute]
    cuts = sorted(edge for edge in edges if 0 <= edge <= top)
    for low, above in zip(cuts, [*cuts[1:], nextafter(float(top), inf)], strict=True):
        whole = ceil(low)
        if whole < above:
            yield low, whole
        elif attribute != "age_years":
            middle = (low + above) / 2
            near = floor(middle * 100) / 100
            yield low, near if low <= near < above else middle
