"""The grid of a pack: every combination of what decides most, one point after the other."""

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Any

from painrules.model.facts import OTHER
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.testing.learning import MECHANISM_SETS
from painrules.vocab import Mechanism, PainType

PAIN_TYPES: tuple[PainType | None, ...] = (None, *PainType)
"""Each pain type, or that it is unknown."""


def cells(pack: Pack) -> Iterator[dict[str, Any]]:
    """What stands beside pain type and mechanism: each condition, none or `other`; else each factor yes and no."""
    yield {}
    yield from ({"conditions": frozenset({name})} for name in (*pack.conditions, OTHER))
    for name in pack.factors:
        yield from ({"factors": {name: value}} for value in (True, False))


def grid(pack: Pack, pain_types: Iterable[PainType | None] = PAIN_TYPES) -> Iterator[Profile]:
    """Each pain type or none, with each condition or factor of a pack, with each set of mechanisms.

    >>> from painrules.testing import small_vocabulary
    >>> sum(1 for profile in grid(small_vocabulary()))
    1000
    """
    sets = (frozenset[Mechanism](), *MECHANISM_SETS)
    for kind, cell, mechanisms in product(pain_types, list(cells(pack)), sets):
        yield Profile(pain_type=kind, mechanisms=mechanisms, **cell)


def sample(pack: Pack, most: int) -> list[Profile]:
    """Points of the grid, evenly spread; all of them, if there are no more than `most`."""
    points = len(PAIN_TYPES) * (1 + len(MECHANISM_SETS)) * sum(1 for _ in cells(pack))
    stride = max(1, -(-points // most))
    if stride > 1 and stride % 2 == 0:
        stride += 1  # or the same sets of mechanisms would come again and again
    return list(islice(grid(pack), 0, None, stride))
