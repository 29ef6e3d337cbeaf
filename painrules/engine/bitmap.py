"""The default engine: for each value of each attribute, a bitmap of the rules that it violates.

Three bitmaps stand together, one for each set: certain, in force, possible. A profile violates the union over its
attributes (`columns`), and what it does not violate is the set.

Everything is built once and never changes afterwards, but for bounded memories. `plain` gives what
every profile needs as plain data, `rest` what only some do; `restored` takes them back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from painrules.engine.base import Inferred, RuleSets, left_open, settle, strata, with_taken
from painrules.engine.columns import (
    Asking,
    Conditions,
    Entry,
    Keyed,
    Number,
    States,
    Violated,
    entries_of,
    states_of,
)
from painrules.engine.masks import bits, mask_of, read, written
from painrules.model.clauses import NUMBERS
from painrules.model.facts import Facts
from painrules.model.hierarchy import Hierarchy
from painrules.vocab import Mechanism, PainType

if TYPE_CHECKING:
    from painrules.model.pack import Pack
    from painrules.model.rule import Rule

KEYED = ("factors", "red_flags", "tried")
"""Attributes that are many, each with a name."""


class Rest(NamedTuple):
    """What only some profiles need of a table: those with conditions, bands, or factors and the like."""

    conditions: list[Asking]
    """What rules exclude and ask for, condition by condition."""
    numbers: list[list[Entry]]
    """The clauses about each number."""
    keyed: list[list[Entry]]
    """The clauses about each factor, red flag, and option that was tried."""

    def plain(self) -> list[Any]:
        """As plain data."""
        entries = [[[one.plain() for one in of] for of in found] for found in self[1:]]
        return [[asking.plain() for asking in self.conditions], *entries]

    @classmethod
    def restored(cls, plain: Sequence[Any]) -> Self:
        """Back from plain data."""
        conditions, *entries = plain
        numbers, keyed = ([list(map(Entry.restored, of)) for of in found] for found in entries)
        return cls(list(map(Asking.restored, conditions)), numbers, keyed)


class Table:
    """Rules, compiled: facts in, the three sets out."""

    def __init__(  # noqa: PLR0913 - one for each sort of attribute
        self,
        every: int,
        *,
        pain_type: States,
        mechanism: States,
        conditions: Conditions,
        numbers: list[Number],
        keyed: Keyed,
    ) -> None:
        self._every = every
        self._pain_type = pain_type
        self._mechanism = mechanism
        self._conditions = conditions
        self._numbers = numbers
        self._keyed = keyed

    @classmethod
    def of_rules(cls, rules: "Iterable[tuple[int, Rule]]", tree: Hierarchy) -> Self:
        """Compiled from rules, each with its number."""
        numbered = list(rules)
        of: dict[str, list[Entry]] = {}
        for entry in entries_of(numbered):
            of.setdefault(entry.clause.attribute, []).append(entry)
        return cls(
            mask_of(number for number, _ in numbered),
            pain_type=states_of(of.get("pain_type", []), "pain_type", PainType),
            mechanism=states_of(of.get("mechanism", []), "mechanism", Mechanism),
            conditions=Conditions.of_entries(of.get("condition", []), tree),
            numbers=[Number.of_entries(of[name], name) for name in NUMBERS if name in of],
            keyed=Keyed.of_entries([entry for name in KEYED for entry in of.get(name, [])]),
        )

    def plain(self) -> dict[str, Any]:
        """What every profile needs, as plain data."""
        return {
            "every": written(self._every),
            "pain_type": _plain_states(self._pain_type),
            "mechanism": _plain_states(self._mechanism),
            "conditions": self._conditions.unknown.plain(),
            "numbers": [number.plain() for number in self._numbers],
            "keyed": self._keyed.plain(),
        }

    def rest(self) -> Rest:
        """What only some profiles need."""
        numbers = [number.entries for number in self._numbers]
        return Rest(self._conditions.asking, numbers, self._keyed.entries)

    @classmethod
    def restored(cls, ready: Mapping[str, Any], rest: Callable[[], Rest]) -> Self:
        """Back from plain data; what only some profiles need is got when one comes."""

        def about(place: int) -> Callable[[], list[Entry]]:
            return lambda: rest().numbers[place]

        return cls(
            read(ready["every"]),
            pain_type=_restored_states(ready["pain_type"]),
            mechanism=_restored_states(ready["mechanism"]),
            conditions=Conditions(
                Violated.restored(ready["conditions"]),
                lambda: rest().conditions,
            ),
            numbers=[
                Number.restored(plain, about(place)) for place, plain in enumerate(ready["numbers"])
            ],
            keyed=Keyed.restored(
                ready["keyed"],
                lambda: rest().keyed,
            ),
        )

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


def _plain_states(states: States) -> list[list[Any]]:
    return [[value, given, found.plain()] for (value, given), found in states.items()]


def _restored_states(plain: Iterable[Sequence[Any]]) -> States:
    return {(value, given): Violated.restored(found) for value, given, found in plain}


class Inferring(NamedTuple):
    """An inference: the fact that it suggests, and its id."""

    fact: tuple[str, str, str]
    rule: str


class BitmapEngine:
    """The default engine: pure Python, immutable after it is built, safe to share between threads."""

    name = "bitmap"

    _table: Table
    _strata: list[tuple[list[Inferring], Table]]

    def __init__(self, pack: "Pack") -> None:
        tree = pack.condition_tree
        numbered = enumerate(pack.rules)
        rules = [(number, rule) for number, rule in numbered if rule.rule_kind != "inference"]
        self._table = Table.of_rules(rules, tree)
        self._strata = [
            (
                [Inferring(rule.suggests.fact, rule.id) for rule in layer],
                Table.of_rules(enumerate(layer), tree),
            )
            for layer in strata(pack)
        ]

    @property
    def _tables(self) -> list[Table]:
        return [self._table, *(table for _, table in self._strata)]

    def plain(self) -> dict[str, Any]:
        """What every profile needs, as plain data."""
        tables = [table.plain() for table in self._tables]
        return {"tables": tables, "layers": [layer for layer, _ in self._strata]}

    def rest(self) -> list[Rest]:
        """What only some profiles need, table by table."""
        return [table.rest() for table in self._tables]

    def __reduce__(self) -> tuple[object, ...]:
        """Crosses process boundaries as plain data."""
        return (_engine_of, (self.plain(), [one.plain() for one in self.rest()]))

    @classmethod
    def restored(cls, ready: Mapping[str, Any], rest: Callable[[], Sequence[Rest]]) -> Self:
        """Back from plain data; what only some profiles need is got when one comes."""

        def rest_of(place: int) -> Callable[[], Rest]:
            return lambda: rest()[place]

        self = cls.__new__(cls)
        self._table, *tables = (
            Table.restored(plain, rest_of(place)) for place, plain in enumerate(ready["tables"])
        )
        layers = [
            [Inferring(tuple(fact), rule) for fact, rule in layer] for layer in ready["layers"]
        ]
        self._strata = list(zip(layers, tables, strict=True))
        return self

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
            found = settle(layer[number] for number in bits(fired))
            taken += [item for item in found.taken if left_open(item, facts)]
            refused += [item for item in found.refused if left_open(item, facts)]
            facts = with_taken(facts, found)
        return Inferred(tuple(taken), tuple(refused))


def _engine_of(ready: Mapping[str, Any], rest: Sequence[Sequence[Any]]) -> BitmapEngine:
    """The engine that plain data describes."""
    return BitmapEngine.restored(ready, lambda: [Rest.restored(one) for one in rest])
