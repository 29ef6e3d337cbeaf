"""From the cells of a frame to states: each distinct cell is read once, in the words that `explore` understands.

It is long because each sort of column has a reader of its own, and they share one table of states.
"""

from collections.abc import Callable, Iterable
from math import inf, nextafter
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import numpy.typing as npt

from painrules.engine.columns import Entry
from painrules.errors import ProfileError
from painrules.frames.cells import (
    NONE,
    Amounts,
    Cells,
    amount_in,
    amounts_of,
    cells_of,
    outcomes_in,
    words_in,
    yes_or_no,
)
from painrules.frames.columns import NUMBERS, Use
from painrules.frames.distinct import Numbers, combined
from painrules.frames.groups import BAD, UNKNOWN, Group, State
from painrules.model.facts import Facts, FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile

Read = Callable[..., Profile]
"""What reads the arguments of `explore` into a profile."""
Frame = nw.DataFrame[Any]
"""A block of rows."""

FIELDS = {"age": "age_years", "duration_months": "duration_months", "severity": "severity"}
"""The numbers of a profile, by the argument of `explore`."""
MOST = {"age": 130, "duration_months": 1560, "severity": 10}
"""The greatest number that each may be."""
REMEMBERED = 100_000
"""How many distinct cells of a column are remembered at most."""
YES, NO, BOTH = 1, 2, 3
"""What is known of a factor: as numbers that add up."""


class Block(NamedTuple):
    """A block of rows as states."""

    states: dict[Group, Numbers]
    """For each group, the state of each row."""
    bad: npt.NDArray[np.bool_]
    """The rows that are no profiles."""
    size: int
    """How many rows there are."""


class Rows:
    """Reads blocks of rows.

    Args:
        pack: The pack.
        builder: What turns profiles into its facts.
        read: What reads the arguments of `explore`.
        entries: The clauses of all rules.
        uses: What columns say.
        separator: Where a text with several words is cut.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - said above
        self,
        pack: Pack,
        builder: FactsBuilder,
        read: Read,
        entries: Iterable[Entry],
        uses: tuple[Use, ...],
        separator: str,
    ) -> None:
        self._pack = pack
        self._builder = builder
        self._read = read
        self._uses = uses
        self._separator = separator
        self.entries = list(entries)
        """The clauses of all rules."""
        self._parsed: dict[str, dict[object, object]] = {}
        self._by_attribute: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_attribute.setdefault(entry.clause.attribute, []).append(entry)
            if entry.clause.attribute in {"factors", "red_flags"}:
                self._by_name.setdefault(entry.clause.name, []).append(entry)
        self._of_bands = {name: attribute for name, (attribute, _) in builder.bands.items()}
        self.pain_type = self._group("pain_type")
        self.mechanism = self._group("mechanism")
        self.conditions = self._group("condition")
        self.tried = self._group("tried")
        self.numbers = {role: self._number_group(field) for role, field in FIELDS.items()}
        self._sets: dict[int, tuple[frozenset[str], bool]] = {UNKNOWN: (frozenset(), False)}
        self.facts: dict[str, Group] = {}
        """The groups of factors and red flags that no number defines."""
        self._edges = {role: self._edges_of(field) for role, field in FIELDS.items()}

    # Groups

    def _group(self, attribute: str) -> Group:
        return Group(self._by_attribute.get(attribute, ()))

    def _number_group(self, field: str) -> Group:
        bands = [name for name, attribute in self._of_bands.items() if attribute == field]
        found = list(self._by_attribute.get(field, ()))
        for name in bands:
            found += self._by_name.get(name, ())
        return Group(found)

    def fact(self, name: str) -> Group:
        """The group that knows of a factor or red flag; yes and no are its first two states."""
        field = self._of_bands.get(name)
        if field is not None:
            return next(self.numbers[role] for role, known in FIELDS.items() if known == field)
        group = self.facts.get(name)
        if group is None:
            group = Group(self._by_name.get(name, ()))
            field = "red_flags" if name in self._pack.red_flag_signs else "factors"
            for value in (True, False):
                state = State(Facts(given={name: value}), {field: {name: value}})
                group.number(value, lambda state=state: state)  # type: ignore[misc]
            self.facts[name] = group
        return group

    @property
    def groups(self) -> list[Group]:
        """All groups, those that tell most rules apart first."""
        return [
            self.conditions,
            self.pain_type,
            *self.numbers.values(),
            self.tried,
            *(self.facts[name] for name in sorted(self.facts)),
        ]

    def _edges_of(self, field: str) -> npt.NDArray[np.float64]:
        """The numbers at which anything changes."""
        edges = set()
        for entry in self.entries:
            if entry.clause.attribute == field:
                edges |= {entry.clause.low, nextafter(entry.clause.high, inf)}
        for attribute, (low, high) in self._builder.bands.values():
            if attribute == field:
                edges |= {low, nextafter(high, inf)}
        return np.array(sorted(edge for edge in edges if -inf < edge < inf), dtype=np.float64)

    # Reading a block

    def read(self, frame: Frame) -> Block:
        """The states of the rows of a block."""
        count = len(frame)
        bad = np.zeros(count, dtype=bool)
        states: dict[Group, Numbers] = {}
        known: dict[str, npt.NDArray[np.uint8]] = {}
        tried: list[tuple[Use, Cells]] = []
        amounts: dict[str, Amounts] = {}
        for use in self._uses:
            column = frame[use.column]
            if use.role in NUMBERS:
                amounts[use.role] = self._amounts(use.role, column, bad)
                continue
            cells = cells_of(column)
            if use.role in {"pain_type", "mechanism", "condition"}:
                group = getattr(self, "conditions" if use.role == "condition" else use.role)
                states[group] = self._named(use.role, cells, bad)
            elif use.role == "fact":
                self._add(known, use.name, self._yes_no(cells, bad))
            elif use.role in {"present", "absent"}:
                self._listed(use.role, cells, known, bad)
            elif use.role == "goals":
                self._flag(self._each(cells, use.role, self._goals), cells, bad)
            else:
                tried.append((use, cells))
        if tried:
            states[self.tried] = self._tried(tried, bad)
        self._with_bands(amounts, known, states, bad)
        for name, said in known.items():
            bad |= said == BOTH
            states[self.fact(name)] = np.where(said == BOTH, UNKNOWN, said).astype(np.intp)
        for numbers in states.values():
            bad |= numbers == BAD
            numbers[numbers == BAD] = UNKNOWN
        return Block(states, bad, count)

    def _each(self, cells: Cells, memory: str, parse: Callable[[object], object]) -> list[Any]:
        """What each distinct cell comes to; remembered, as the next block holds the same."""
        known = self._parsed.setdefault(memory, {})
        if len(known) > REMEMBERED:
            known.clear()
        found = []
        for value in cells.values:
            key = (type(value), tuple(value) if isinstance(value, list) else value)
            try:
                if key not in known:
                    known[key] = parse(value)
                found.append(known[key])
            except TypeError:  # what cannot be hashed cannot be remembered
                found.append(parse(value))
        return found

    def _spread(self, found: list[int], cells: Cells) -> Numbers:
        """What rows come to, from what cells come to."""
        return np.array([*found, UNKNOWN], dtype=np.intp)[cells.numbers]

    def _flag(self, found: list[int], cells: Cells, bad: npt.NDArray[np.bool_]) -> None:
        bad |= self._spread(found, cells) == BAD

    def _named(self, role: str, cells: Cells, bad: npt.NDArray[np.bool_]) -> Numbers:
        numbers = self._spread(self._each(cells, role, lambda cell: self._state(role, cell)), cells)
        bad |= numbers == BAD
        return numbers

    def _state(self, role: str, cell: object) -> int:
        words = words_in(cell, self._separator)
        if words is None:
            return UNKNOWN
        try:
            profile = self._read(**{role: words})
        except ProfileError:
            return BAD
        if role == "pain_type":
            return self._keyed(self.pain_type, profile, profile.pain_type)
        if role == "condition":
            return self._keyed(self.conditions, profile, profile.conditions)
        return self.mechanisms(frozenset(one.value for one in profile.mechanisms), given=True)

    def mechanisms(self, names: frozenset[str], *, given: bool) -> int:
        """The state of a set of mechanisms."""
        if not names:
            return UNKNOWN
        fields = {"mechanisms": names} if given else {}
        facts = Facts(mechanism_given=given)
        number = self.mechanism.number((names, given), lambda: State(facts, fields))
        self._sets[number] = (names, given)
        return number

    def mechanisms_of(self, number: int) -> tuple[frozenset[str], bool]:
        """The mechanisms of a state, and whether they are given."""
        return self._sets[number]

    def _keyed(self, group: Group, profile: Profile, key: object) -> int:
        if not key:
            return UNKNOWN
        return group.number(key, lambda: self._built(profile))

    def _built(self, profile: Profile) -> State | None:
        try:
            facts = self._builder.build(profile)
        except ValueError:
            return None
        return State(facts, {name: getattr(profile, name) for name in profile.to_dict()})

    def _goals(self, cell: object) -> int:
        try:
            self._read(goals=words_in(cell, self._separator))
        except ProfileError:
            return BAD
        return UNKNOWN

    # Factors and red flags

    def _add(
        self,
        known: dict[str, npt.NDArray[np.uint8]],
        name: str,
        said: npt.NDArray[np.uint8],
    ) -> None:
        known[name] = known[name] | said if name in known else said

    def _yes_no(self, cells: Cells, bad: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
        words = {True: YES, False: NO, None: UNKNOWN}
        found = []
        for value in cells.values:
            meant = yes_or_no(value)
            found.append(BAD if isinstance(meant, str) else words[meant])
        numbers = self._spread(found, cells)
        bad |= numbers == BAD
        return np.where(numbers == BAD, UNKNOWN, numbers).astype(np.uint8)

    def _listed(
        self,
        role: str,
        cells: Cells,
        known: dict[str, npt.NDArray[np.uint8]],
        bad: npt.NDArray[np.bool_],
    ) -> None:
        found = self._each(cells, role, lambda cell: self._names(role, cell))
        self._flag([BAD if names is None else UNKNOWN for names in found], cells, bad)
        by_name: dict[str, list[int]] = {}
        for place, names in enumerate(found):
            for name in names or ():
                by_name.setdefault(name, []).append(place)
        value = YES if role == "present" else NO
        for name, places in by_name.items():
            table = np.zeros(len(cells.values) + 1, dtype=np.uint8)
            table[places] = value
            self._add(known, name, table[cells.numbers])

    def _names(self, role: str, cell: object) -> frozenset[str] | None:
        try:
            profile = self._read(**{role: words_in(cell, self._separator)})
        except ProfileError:
            return None
        return frozenset((*profile.factors, *profile.red_flags))

    # Numbers, and the factors that are defined by them

    def _amounts(self, role: str, column: Any, bad: npt.NDArray[np.bool_]) -> Amounts:  # noqa: ANN401 - of any library
        found = amounts_of(column)
        if found is None:
            cells = cells_of(column)
            parsed = self._each(cells, role, lambda cell: self._amount(role, cell))
            self._flag([BAD if one is None else UNKNOWN for one in parsed], cells, bad)
            table = np.array([np.nan if one is None else one for one in (*parsed, None)])
            values = table.astype(np.float64)[cells.numbers]
            return Amounts(values, np.isnan(values))
        values, missing = found
        with np.errstate(invalid="ignore"):
            fits = (values >= 0) & (values <= MOST[role])
            if role == "age":
                fits &= np.floor(values) == values
        bad |= ~fits & ~missing
        return Amounts(values, missing | ~fits)

    def _amount(self, role: str, cell: object) -> float | None:
        """The number in a cell; not a number where none stands, None where it cannot be."""
        amount = amount_in(cell)
        if amount is None:
            return float("nan")
        try:
            profile = self._read(**{role: amount})
        except ProfileError:
            return None
        return float(getattr(profile, FIELDS[role]))

    def _with_bands(
        self,
        amounts: dict[str, Amounts],
        known: dict[str, npt.NDArray[np.uint8]],
        states: dict[Group, Numbers],
        bad: npt.NDArray[np.bool_],
    ) -> None:
        for role, field in FIELDS.items():
            names = [name for name in known if self._of_bands.get(name) == field]
            if role not in amounts and not names:
                continue
            parts: list[Numbers] = []
            values = np.zeros(len(bad))
            if role in amounts:
                values, missing = amounts[role]
                cells = np.searchsorted(self._edges[role], values, side="right")
                parts.append(np.where(missing, NONE, cells).astype(np.intp))
            for name in names:
                said = known.pop(name)
                bad |= said == BOTH
                parts.append(np.where(said == BOTH, UNKNOWN, said).astype(np.intp))
            states[self.numbers[role]] = self._combined(role, parts, names, values)

    def _combined(
        self, role: str, parts: list[Numbers], names: list[str], values: npt.NDArray[np.float64]
    ) -> Numbers:
        """One state for a number and the factors that it defines; any number of a stretch stands for the others."""
        keys, first, back = combined(parts)
        with_number = len(parts) > len(names)
        group, found = self.numbers[role], []
        for key, row in zip(keys, first.tolist(), strict=True):
            cell = key[0] if with_number else NONE
            factors = {
                name: value == YES
                for name, value in zip(names, key[with_number:], strict=True)
                if value != UNKNOWN
            }
            fields: dict[str, Any] = {"factors": factors} if factors else {}
            if cell != NONE:
                number = float(values[row])
                fields[FIELDS[role]] = int(number) if number == int(number) else number
            if not fields:
                found.append(UNKNOWN)
                continue
            whole = (cell, frozenset(factors.items()))
            found.append(
                group.number(whole, lambda fields=fields: self._built(Profile(**fields)))  # type: ignore[misc]
            )
        return np.array(found, dtype=np.intp)[back]

    # What was tried

    def _tried(self, columns: list[tuple[Use, Cells]], bad: npt.NDArray[np.bool_]) -> Numbers:
        each: list[list[Any]] = []
        for use, cells in columns:
            parsed = [self._outcomes(use, value) for value in cells.values]
            self._flag([BAD if one is None else UNKNOWN for one in parsed], cells, bad)
            each.append([*parsed, {}])
        keys, _, back = combined([cells.numbers for _, cells in columns])
        found = []
        for key in keys:
            given: dict[str, Any] = {}
            clash = False
            for parsed, number in zip(each, key, strict=True):
                for name, outcome in (parsed[number] or {}).items():
                    clash |= given.setdefault(name, outcome) != outcome
            if clash:
                found.append(BAD)
            elif not given:
                found.append(UNKNOWN)
            else:
                state = self.tried.number(
                    frozenset(given.items()),
                    lambda given=given: self._built(Profile(tried=given)),  # type: ignore[misc]
                )
                found.append(state)
        return np.array(found, dtype=np.intp)[back]

    def _outcomes(self, use: Use, cell: object) -> dict[str, Any] | None:
        if use.role == "outcome":
            word = words_in(cell, "")
            given: object = {} if word is None else {use.name: word}
        else:
            given = outcomes_in(cell, self._separator)
        try:
            return dict(self._read(tried=given).tried)
        except ProfileError:
            return None
