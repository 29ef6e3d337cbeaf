"""Where a profile lies in a space: the state of each axis, for the mechanism that the engine is asked about."""

from collections.abc import Iterable, Sequence
from typing import Any

from painrules.check.space.axes import REFUSED, Axis, Key, State, Value
from painrules.check.space.boxes import Box
from painrules.check.space.space import Space
from painrules.engine import Asked, Consultation
from painrules.model.conditions import NUMBERS
from painrules.model.profile import Profile


def locate(
    space: Space,
    profile: Profile,
    found: Sequence[Consultation],
    asked: Sequence[Asked],
    axes: Iterable[int] | None = None,
) -> Box | None:
    """The point of a profile, one state on each axis; None: it lies outside of the space.

    Args:
        space: The space.
        profile: The profile.
        found: What the engine of each pack says of it.
        asked: For each pack, the answer for one mechanism.
        axes: The axes that are looked at; left out: all.
    """
    point: dict[int, int] = {}
    for number in range(len(space.axes)) if axes is None else axes:
        place = _place(space, space.axes[number], profile, found, asked)
        if place is None:
            return None
        point[number] = 1 << place
    return point


def _place(
    space: Space,
    axis: Axis,
    profile: Profile,
    found: Sequence[Consultation],
    asked: Sequence[Asked],
) -> int | None:
    key = axis.key
    if key.attribute == "condition":
        return space.conditions.place_of(profile.conditions)
    if key.attribute in NUMBERS:
        return space.spans[key.attribute].place_of([ask.facts for ask in asked])
    stated = _stated(space, key, profile, asked)
    for place, state in enumerate(axis.states):
        if stated and state.stated == stated:
            return place
        if not stated and not state.stated:
            values = [_follows(key, one, ask) for one, ask in zip(found, asked, strict=True)]
            if key.attribute == "mechanism" and not _compared(state, found, values):
                continue
            if all(
                one == (value or None) for one, value in zip(_words(state), values, strict=False)
            ):
                return place
    return None


def _words(state: State) -> list[Value]:
    """What follows in each pack; that no outcome is said of members is that nothing follows."""
    return [one or None for one in state.follows]


def _compared(state: State, found: Sequence[Consultation], values: Sequence[Value]) -> bool:
    """Whether a state is that of mechanisms that two packs infer, if they are not the same."""
    if len(set(values)) == 1 or None in values:
        return True
    if state.missing_in is None:
        return False
    other = values[1 - state.missing_in]
    return all(ask.mechanism != other for ask in found[state.missing_in].asked)


def _stated(space: Space, key: Key, profile: Profile, asked: Sequence[Asked]) -> dict[str, Any]:
    """What a profile states of an axis, as the states of the axis have it."""
    if key.attribute == "pain_type":
        return {"pain_type": profile.pain_type.value} if profile.pain_type else {}
    if key.attribute == "mechanism":
        return {"mechanisms": [asked[0].mechanism]} if profile.mechanisms else {}
    if key.attribute == "members":
        outcomes = {
            profile.tried[name].value for name in space.members[key] if name in profile.tried
        }
        names = zip(space.members[key], sorted(outcomes), strict=False)
        return {"tried": dict(names)} if outcomes else {}
    known = getattr(profile, key.attribute)
    if key.name not in known:
        return {}
    value = known[key.name]
    return {key.attribute: {key.name: value.value if key.attribute == "tried" else value}}


def _follows(key: Key, found: Consultation, asked: Asked) -> Value:
    """What follows on an axis of which a profile states nothing."""
    if key.attribute == "tried":
        return asked.facts.said.get(key.name, frozenset())
    if key.attribute == "mechanism":
        return asked.mechanism
    if any((one.attribute, one.name) == key for one in found.inferred.refused):
        return REFUSED
    if key.attribute == "pain_type":
        return asked.facts.pain_type
    value = asked.facts.presumed.get(key.name)
    return None if value is None else ("yes" if value else "no")
