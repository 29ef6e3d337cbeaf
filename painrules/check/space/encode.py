"""What rules ask, in the terms of the profile space: the one place that encodes `when` and `unless`.

A clause becomes a mask over the states of one axis; `painrules.model.facts.truth` says which. So a rule is in force in
exactly one box. What follows where nothing is stated, presumed facts and what is said of members, are states of their
own; `origin` says when a profile is in them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from painrules.check.space.axes import REFUSED, Key, State, Value
from painrules.check.space.boxes import Box, meet
from painrules.check.space.space import Space
from painrules.model.conditions import Clause
from painrules.model.facts import Facts, truth
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Rule
from painrules.vocab import Outcome, Truth

Either = tuple[Box, ...]
"""Boxes of which one at least must hold."""


class Held(NamedTuple):
    """The states in which a clause holds."""

    axis: int
    yes: int
    presumed: int


class Literal(NamedTuple):
    """A clause of a rule, and where it leaves the rule in force."""

    clause: Clause
    axis: int
    mask: int
    barring: bool
    """Whether it is an exception."""


class Encoder:
    """The rules of one pack in the terms of a space.

    Args:
        space: The space.
        pack: The place of the pack among those of the space.
    """

    def __init__(self, space: Space, pack: int = 0) -> None:
        self.space = space
        self.pack = space.packs[pack]
        self._place = pack
        self._held: dict[Clause, Held] = {}
        self._facts: dict[int, list[Facts]] = {}

    def held(self, clause: Clause) -> Held:
        """The states in which a clause is known to hold, and those in which that is presumed."""
        found = self._held.get(clause)
        if found is None:
            found = self._held[clause] = self._work_out(clause)
        return found

    def _work_out(self, clause: Clause) -> Held:
        space = self.space
        number = space.numbers[space.key_of(clause)]
        if clause.attribute == "condition":
            return Held(number, space.conditions.holding(self._place, clause), 0)
        yes = presumed = 0
        for place, facts in enumerate(self._facts_of(number)):
            found = truth(clause, facts)
            yes |= (found is Truth.YES) << place
            presumed |= (found is Truth.PRESUMED) << place
        return Held(number, yes, presumed)

    def _facts_of(self, number: int) -> list[Facts]:
        """The facts of each state of an axis, all else unknown."""
        found = self._facts.get(number)
        if found is None:
            axis = self.space.axes[number]
            found = self._facts[number] = [self._facts_in(axis.key, state) for state in axis.states]
        return found

    def _facts_in(self, key: Key, state: State) -> Facts:
        if not state.follows:
            facts = self.space.builders[self._place].build(Profile(**state.stated))
            given = state.stated.get("mechanisms")
            return facts.with_mechanism(given[0], given=True) if given else facts
        value = self._value(state)
        if value is None or value == REFUSED:
            return Facts()
        if isinstance(value, frozenset):
            return Facts(said={key.name: value})
        if key.attribute == "factors":
            return Facts(presumed={key.name: value == "yes"})
        return Facts(mechanism=value) if key.attribute == "mechanism" else Facts(pain_type=value)

    def _value(self, state: State) -> Value:
        """What follows in this pack."""
        return state.follows[self._place if len(state.follows) > 1 else 0]

    def known(self, clauses: Iterable[Clause]) -> Box | None:
        """The box in which clauses are all known to hold; None: nowhere."""
        return self._box((found.axis, found.yes) for found in map(self.held, clauses))

    def literals(self, rule: Rule) -> list[Literal]:
        """The clauses of a rule: a condition must hold or be presumed, an exception must not."""
        found = []
        for clause in rule.conditions:
            axis, yes, presumed = self.held(clause)
            found.append(Literal(clause, axis, yes | presumed, barring=False))
        for clause in rule.exceptions:
            axis, yes, presumed = self.held(clause)
            silencing = yes if rule.lenient else yes | presumed
            found.append(Literal(clause, axis, self.space.full[axis] & ~silencing, barring=True))
        return found

    def in_force(self, rule: Rule) -> Box | None:
        """The box in which a rule is in force; None: nowhere."""
        return self._box((literal.axis, literal.mask) for literal in self.literals(rule))

    def _box(self, literals: Iterable[tuple[int, int]]) -> Box | None:
        found: Box | None = {}
        for axis, mask in literals:
            if mask == self.space.full[axis]:
                continue
            found = meet(found, {axis: mask}) if mask and found is not None else None
        return found

    def origin(self, number: int, state: State) -> list[Either]:
        """When a profile that states nothing on an axis is in a state: in each line one of the boxes must hold."""
        key, value = self.space.axes[number].key, self._value(state)
        if key.attribute == "tried":
            return self._said(key, value if isinstance(value, frozenset) else frozenset())
        origins = self.space.origins[self._place]
        fired = {word: self._fired(origins.rules(key, word)) for word in origins.words(key)}
        if value == REFUSED:
            # At least two words are suggested: whichever is left out, another is.
            return [
                tuple(box for other, boxes in fired.items() if other != word for box in boxes)
                for word in fired
            ]
        if value is None:
            return [line for boxes in fired.values() for line in self._none(boxes)]
        others = [] if key.attribute == "mechanism" else [word for word in fired if word != value]
        return [fired[str(value)], *(line for word in others for line in self._none(fired[word]))]

    def missing(self, number: int, state: State) -> list[Either]:
        """When this pack does not suggest what follows in the other one."""
        key = self.space.axes[number].key
        word = str(state.follows[1 - self._place])
        return self._none(self._fired(self.space.origins[self._place].rules(key, word)))

    def _fired(self, rules: Sequence[Inference]) -> Either:
        boxes = (self.in_force(rule) for rule in rules)
        return tuple(box for box in boxes if box is not None)

    def _none(self, boxes: Iterable[Box]) -> list[Either]:
        """That none of some boxes holds."""
        full = self.space.full
        return [tuple({axis: full[axis] & ~mask} for axis, mask in box.items()) for box in boxes]

    def _said(self, key: Key, value: frozenset[str]) -> list[Either]:
        """That exactly these outcomes are said of what belongs to a class or category."""
        below = self.space.speaking_for[self._place].get(key.name, [])
        lines: list[Either] = []
        for outcome in Outcome:
            boxes = [self._outcome_box(one, outcome.value) for one in below]
            lines += [tuple(boxes)] if outcome.value in value else self._none(boxes)
        return lines

    def _outcome_box(self, key: Key, outcome: str) -> Box:
        """That an outcome is stated on an axis of what was tried."""
        number = self.space.numbers[key]
        states = self.space.axes[number].states
        stated = (state.stated.get("tried", {}).values() for state in states)
        return {number: sum((outcome in values) << at for at, values in enumerate(stated))}
