"""The profile space: every state of every attribute, unknown among them, as far as the rules of packs tell them apart.

One mechanism at a time, at most two conditions at once. A point of the space is one state on each axis.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from painrules.cached import cached_property
from painrules.check.space.axes import (
    SETS_OF_OUTCOMES,
    Axis,
    Key,
    Value,
    axis_of,
    members_axis,
    stated_words,
    suggested_words,
)
from painrules.check.space.boxes import Box
from painrules.check.space.cuts import Conditions, Numbers, clauses_of
from painrules.check.space.origins import Origins
from painrules.check.space.tries import named_as_tried, speaks_for, unnamed_members
from painrules.model.conditions import NUMBERS, Clause
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile


class Space:
    """The profile space of one pack, or of two that are compared.

    Args:
        packs: The packs; what only one of them knows cannot be stated.
    """

    def __init__(self, *packs: Pack) -> None:
        self.packs = packs
        self.builders = tuple(FactsBuilder(pack) for pack in packs)
        self.origins = tuple(Origins(pack) for pack in packs)
        self.conditions = Conditions(packs)
        self.spans = {name: Numbers(name, packs, self.builders) for name in NUMBERS}
        self.axes: list[Axis] = [self.conditions.axis]
        self.axes += [span.axis for span in self.spans.values()]
        self._bands = {
            name: band[0] for builder in self.builders for name, band in builder.bands.items()
        }
        self._add_words()
        self._add_tried()
        self.numbers: Mapping[Key, int] = {axis.key: at for at, axis in enumerate(self.axes)}
        """The number of each axis."""
        self.full: Sequence[int] = [axis.full for axis in self.axes]
        """All states of each axis."""
        self.free: Sequence[int] = [axis.free for axis in self.axes]
        """The states of each axis that can simply be stated."""

    def _add_words(self) -> None:
        names: dict[str, set[str]] = {"factors": set(), "red_flags": set()}
        for pack in self.packs:
            for rule in pack.rules:
                for clause in clauses_of(rule):
                    names.get(clause.attribute, set()).add(clause.name)
            names["factors"] |= {one.name for one in self._suggested if one.attribute == "factors"}
            if pack.header.covers is not None:
                names["factors"] |= set(pack.header.covers.end_of_life)
        self._add(Key("pain_type"), known=True)
        self._add(Key("mechanism"), known=True)
        for attribute, table in (("factors", "factors"), ("red_flags", "red_flag_signs")):
            for name in sorted(names[attribute] - set(self._bands)):
                known = all(name in getattr(pack, table) for pack in self.packs)
                self._add(Key(attribute, name), known=known)

    @property
    def _suggested(self) -> set[Key]:
        return {key for origin in self.origins for key in origin.suggested}

    def _add(self, key: Key, *, known: bool) -> None:
        stated: list[dict[str, Any]] = stated_words(*key) if known else []
        words = [suggested_words(key.attribute, origin.words(key)) for origin in self.origins]
        self.axes.append(axis_of(key, stated, self._together(key, words)))

    def _together(self, key: Key, follows: list[list[Value]]) -> list[list[Value]]:
        """What may follow in each pack; where the same follows from the same in all of them, it is said once."""
        if len({origin.fingerprint(key) for origin in self.origins}) == 1:
            return follows[:1]
        return [values or [None] for values in follows]

    def _add_tried(self) -> None:
        named = named_as_tried(self.packs)
        groups = unnamed_members(named, self.packs)
        self.members: dict[Key, tuple[str, ...]] = {}
        for members in groups:
            axis = members_axis(members)
            self.axes.append(axis)
            self.members[axis.key] = members
        self.speaking_for: list[dict[str, list[Key]]] = []
        for pack in self.packs:
            below: dict[str, list[Key]] = {}
            for name in named:
                for above in speaks_for(name, pack) & set(named):
                    below.setdefault(above, []).append(Key("tried", name))
            for key, members in self.members.items():
                for above in speaks_for(members[0], pack) & set(named):
                    below.setdefault(above, []).append(key)
            self.speaking_for.append(below)
        for name in named:
            known = all(
                name in pack.interventions or name in pack.categories for pack in self.packs
            )
            below_it = [found.get(name, []) for found in self.speaking_for]
            follows: list[list[Value]]
            follows = [SETS_OF_OUTCOMES if keys else [None] for keys in below_it]
            if all(keys == below_it[0] for keys in below_it):
                follows = follows[:1] if below_it[0] else []
            key = Key("tried", name)
            self.axes.append(axis_of(key, stated_words("tried", name) if known else [], follows))

    @cached_property
    def one_problem(self) -> tuple[int, int]:
        """The axis of conditions, and its states in which one at most is named: two problems are two profiles."""
        number = self.numbers[Key("condition")]
        states = self.axes[number].states
        few = sum(1 << at for at, state in enumerate(states) if state.size <= 1)
        return number, few

    def key_of(self, clause: Clause) -> Key:
        """The axis that decides a clause."""
        if clause.attribute == "factors" and clause.name in self._bands:
            return Key(self._bands[clause.name])
        return Key(clause.attribute, clause.name)

    def profile_of(self, point: Box) -> Profile:
        """The smallest profile that states a box of which each axis is narrowed down to what can be stated."""
        stated: dict[str, Any] = {}
        for number, mask in point.items():
            first = (mask & -mask).bit_length() - 1  # states that take fewer facts come first
            for name, value in self.axes[number].states[first].stated.items():
                stated[name] = {**stated[name], **value} if name in stated else value
        return Profile(**stated)
