"""Boxes narrowed down to where what they ask for can follow: an inference changes little besides its own conditions."""

from painrules.check.space.boxes import Box, around, meet, within
from painrules.check.space.finder import Finder

MOST_PARTS = 400
"""If what an axis follows from falls into more parts than this, some of it is left out: the box stays wider."""


def narrowed(box: Box, finder: Finder) -> Box | None:
    """A smaller box that holds every profile of a box; None: it holds none.

    Args:
        box: Any box. Of an axis in it on which nothing is stated, the other axes have to be as it follows from them.
        finder: The space, and what follows from what in it.
    """
    full, free = finder.space.full, finder.space.free
    done: Box | None = None
    while box != done:
        done = box
        for axis, mask in done.items():
            if mask & free[axis] or mask == full[axis]:
                continue
            parts = [part for place in _places(mask) for part in _parts(box, axis, place, finder)]
            both = meet(box, around(parts)) if parts else None
            if both is None:
                return None
            box = both
    return box


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def _parts(box: Box, axis: int, place: int, finder: Finder) -> list[Box]:
    """Parts of a box that hold all of it in which an axis is in a state that follows from others."""
    parts: list[Box] = [{**box, axis: 1 << place}]
    for line in sorted(finder.origin(axis, place), key=len):
        split = [
            part
            for one in parts
            for part in ([one] if any(within(one, some) for some in line) else _met(one, line))
        ]
        parts = split if len(split) <= MOST_PARTS else parts
    return parts


def _met(box: Box, line: tuple[Box, ...]) -> list[Box]:
    return [both for both in (meet(box, one) for one in line) if both is not None]
