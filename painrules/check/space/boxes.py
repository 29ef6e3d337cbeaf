"""Boxes: for each axis that matters, the states that will do. All else is free.

A box is a conjunction; a mask is an integer with one bit for each state of an axis. An axis that a box does not name
may be in any state, so a box names only what matters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Box = Mapping[int, int]
"""Masks of states by the number of their axis."""

EVERYWHERE: Box = {}
"""The box that leaves everything free."""


def meet(one: Box, other: Box) -> dict[int, int] | None:
    """What two boxes have in common; None: nothing.

    >>> meet({0: 0b110}, {0: 0b011, 1: 0b1})
    {0: 2, 1: 1}
    >>> meet({0: 0b100}, {0: 0b011}) is None
    True
    """
    found = dict(one)
    for axis, mask in other.items():
        both = found.get(axis, mask) & mask
        if not both:
            return None
        found[axis] = both
    return found


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes have nothing in common."""
    if len(other) < len(one):
        one, other = other, one
    return any(axis in other and not mask & other[axis] for axis, mask in one.items())


def within(one: Box, other: Box) -> bool:
    """Whether one box lies in another."""
    return all(axis in one and not one[axis] & ~mask for axis, mask in other.items())


def without(one: Box, other: Box, full: Sequence[int]) -> Iterator[dict[int, int]]:
    """What is left of one box outside of another, in pieces that do not overlap.

    >>> list(without({0: 0b111}, {0: 0b001, 1: 0b1}, [0b111, 0b11]))
    [{0: 6}, {0: 1, 1: 2}]
    """
    rest = dict(one)
    for axis, mask in other.items():
        mine = rest.get(axis, full[axis])
        outside = mine & ~mask
        if outside:
            yield {**rest, axis: outside}
        if not mine & mask:
            return
        rest[axis] = mine & mask


def joined(masks: Iterable[int]) -> int:
    """The union of masks.

    >>> joined([0b001, 0b100])
    5
    """
    found = 0
    for mask in masks:
        found |= mask
    return found


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds some boxes.

    >>> around([{0: 0b001, 1: 0b1}, {0: 0b100}])
    {0: 5}
    """
    common = set.intersection(*(set(box) for box in boxes))
    return {axis: joined(box[axis] for box in boxes) for axis in sorted(common)}
