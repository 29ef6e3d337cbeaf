"""Axes: what a profile may say of one thing, cut into the states that rules can tell apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from painrules.cached import cached_property
from painrules.vocab import Mechanism, Outcome, PainType

Value = str | frozenset[str] | None
"""What follows where nothing is stated: a word that is presumed, outcomes that are said of members, or nothing."""

REFUSED = "refused"
"""What follows where suggestions contradict each other, so that none is taken."""


class Key(NamedTuple):
    """Which axis: an attribute, and a name where it has several."""

    attribute: str
    """`pain_type`, `mechanism`, `condition`, a number, `factors`, `red_flags`, `tried` or `members`."""
    name: str = ""
    """The factor, red flag or option; for `members` the first of them."""


class State(NamedTuple):
    """One state of an axis."""

    stated: Mapping[str, Any]
    """Fields of a profile that say so; empty: nothing is said."""
    follows: tuple[Value, ...] = ()
    """For each pack, what follows from other axes; empty: the state is simply stated."""
    missing_in: int | None = None
    """The pack that does not suggest the mechanism that the other one does; None: nothing is said of that."""

    @property
    def size(self) -> int:
        """How many facts it takes to say so."""
        return sum(
            len(value) if isinstance(value, dict | list) else 1 for value in self.stated.values()
        )


@dataclass(frozen=True, eq=False)
class Axis:
    """One thing that a profile may speak of."""

    key: Key
    states: tuple[State, ...]

    @cached_property
    def full(self) -> int:
        """All states."""
        return (1 << len(self.states)) - 1

    @cached_property
    def free(self) -> int:
        """The states that a profile can simply state, whatever else it says."""
        return sum(1 << place for place, state in enumerate(self.states) if not state.follows)


NOTHING_SAID = State({})
"""A state in which nothing is said, on an axis on which nothing follows from anything."""


def axis_of(key: Key, stated: Iterable[Mapping[str, Any]], follows: list[list[Value]]) -> Axis:
    """An axis: first what follows where nothing is stated, then what can be stated.

    Args:
        key: Its key.
        stated: What a profile can state.
        follows: For each pack what may follow where nothing is stated; empty lists: nothing. One list for several
            packs: the same follows in all of them.
    """
    silent = list(_silent(key, follows)) if any(follows) else []
    return Axis(key, (*(silent or [NOTHING_SAID]), *map(State, stated)))


def _silent(key: Key, follows: list[list[Value]]) -> Iterator[State]:
    """The states in which nothing is stated.

    Mechanisms add up, and each is looked at alone. That one of them stands in one pack and another one in the other is
    a difference only if one of the two is not suggested in both.
    """
    for values in product(*follows):
        if key.attribute == "mechanism" and None not in values and len(set(values)) > 1:
            yield from (State({}, values, place) for place in range(len(values)))
        else:
            yield State({}, values)


def stated_words(attribute: str, name: str) -> list[dict[str, Any]]:
    """What a profile can state of a pain type, mechanism, factor, red flag, or of something that was tried."""
    if attribute == "pain_type":
        return [{"pain_type": kind.value} for kind in PainType]
    if attribute == "mechanism":
        return [{"mechanisms": [one.value]} for one in Mechanism]
    values = [outcome.value for outcome in Outcome] if attribute == "tried" else [True, False]
    return [{attribute: {name: value}} for value in values]


def suggested_words(attribute: str, words: Iterable[str]) -> list[Value]:
    """What inference may make of an axis: nothing, one word, or, but for mechanisms, a contradiction."""
    found = sorted(set(words))
    if not found:
        return []
    several = len(found) > 1 and attribute != "mechanism"
    return [None, *([REFUSED] if several else []), *found]


SETS_OF_OUTCOMES: list[Value] = [
    frozenset(outcome.value for place, outcome in enumerate(Outcome) if chosen >> place & 1)
    for chosen in range(1 << len(Outcome))
]
"""What may be said of the members of a class."""


def members_axis(members: tuple[str, ...]) -> Axis:
    """What came of options that no rule names, and that belong to the same classes and categories."""
    states = [
        {"tried": dict(zip(members, sorted(several), strict=False))}
        for several in SETS_OF_OUTCOMES
        if isinstance(several, frozenset) and 0 < len(several) <= len(members)
    ]
    return axis_of(
        Key("members", members[0]), sorted(states, key=lambda one: len(one["tried"])), []
    )
