"""What profiles say, thing by thing: each state that occurs has a number, and what it gives as facts is known once.

A frame says little that is new from row to row. So each thing (the pain type, the conditions, one factor) has a group
of states, found as they come; rows are numbers, and rules are asked about states, never about rows.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from painrules.engine.columns import NOTHING, Entry, Violated, violations
from painrules.engine.masks import mask_of
from painrules.model.facts import Facts

UNKNOWN = 0
"""The number of the state in which nothing is known."""
BAD = -1
"""The number of what cannot be: a word that nobody knows, a number out of range."""


class State(NamedTuple):
    """One state of a group."""

    facts: Facts
    """What it gives."""
    fields: dict[str, Any]
    """The same, as fields of a profile."""


class Group:
    """The states of one thing that profiles say.

    Args:
        entries: The clauses of rules that look at it.
    """

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.entries = entries
        """The clauses that it answers."""
        self.rules = mask_of(entry.number for entry in entries)
        """The rules that look at it, as bits."""
        self.states: list[State] = [State(Facts(), {})]
        self._numbers: dict[Hashable, int] = {}
        self._presumed: dict[Hashable, int] = {}
        self._violated: list[Violated | None] = [None]

    def number(self, key: Hashable, make: Callable[[], State | None]) -> int:
        """The number of a state; made if it is new, `BAD` if there can be none."""
        found = self._numbers.get(key)
        if found is None:
            state = make()
            found = BAD if state is None else self._add(state)
            self._numbers[key] = found
        return found

    def presume(self, number: int, key: Hashable, change: Callable[[Facts], Facts]) -> int:
        """The number of a state with something presumed besides; what is given stays."""
        found = self._presumed.get((number, key))
        if found is None:
            facts, fields = self.states[number]
            changed = change(facts)
            found = number if changed == facts else self._add(State(changed, fields))
            self._presumed[number, key] = found
        return found

    def _add(self, state: State) -> int:
        self.states.append(state)
        self._violated.append(None)
        return len(self.states) - 1

    def violated(self, number: int) -> Violated:
        """The rules that a state makes impossible."""
        if not self.entries:
            return NOTHING
        found = self._violated[number]
        if found is None:
            found = self._violated[number] = violations(self.entries, self.states[number].facts)
        return found
