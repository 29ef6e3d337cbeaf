"""What if: the smallest sets of changes after which the status of an option would be another.

All sets of one change are tried, then all of two, and so on: so it is proved that no smaller one does.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from painrules.engine import BitmapEngine, bits, consult
from painrules.errors import PainrulesError
from painrules.explain.change import Change
from painrules.explain.moves import moves, needed_inferences
from painrules.model.base import Frozen
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Rule
from painrules.resolve import Lens, LensIndex, PackIndex, Resolution
from painrules.vocab import Status

MOST_CHANGES = 4
"""The largest sets that are tried."""
MOST_TRIED = 30_000
"""How many sets are tried; beyond that no larger size is begun."""
MOST_TOLD = 20
"""How many smallest sets are told."""


class Alternative(Frozen):
    """Changes after which the status would be another; none of them could be left out."""

    changes: tuple[Change, ...]
    """The changes, all of them together."""
    becomes: Status
    """The status after them."""

    def __str__(self) -> str:
        """In one line."""
        return f"{self.becomes.value.replace('_', ' ')} {', and '.join(one.told for one in self.changes)}"


class WhatIf(Frozen):
    """What would have to be otherwise for the status of an option to be another."""

    option: str
    """The intervention."""
    label: str
    """Its name."""
    status: Status
    """Its status."""
    alternatives: tuple[Alternative, ...] = ()
    """The smallest sets of changes, of one size all; empty if none was found."""
    more: int = 0
    """How many more of that size there are."""
    searched: int = 0
    """Up to how many changes every set was tried: no smaller one than those told does it."""

    def __str__(self) -> str:
        """The answer as text."""
        lines = [f"{self.label}: {self.status.value.replace('_', ' ')}"]
        lines += [f"  it would be {one}" for one in self.alternatives]
        if self.more:
            lines.append(f"  and {self.more} more sets of {self.searched} changes")
        if not self.alternatives:
            lines.append(
                f"  no {_several(self.searched)} to what is unknown or changeable would change that"
            )
        return "\n".join(lines)


def _several(number: int) -> str:
    return "change" if number <= 1 else f"set of up to {number} changes"


def what_if(
    resolution: Resolution, name: str, profile: Profile, lens: Lens, becomes: Status | None = None
) -> WhatIf:
    """The smallest sets of changes after which the status of an option would be another.

    Args:
        resolution: The resolution of the profile.
        name: The intervention.
        profile: The profile.
        lens: Who speaks.
        becomes: The status that is wanted; left out: any other.
    """
    part = _Part(resolution.index.pack, resolution, name, lens)
    status = part.status(profile)
    found: list[Alternative] = []
    more = searched = tried = 0
    choices = part.moves(profile)
    for size in range(1, MOST_CHANGES + 1):
        if found or tried + _count(choices, size) > MOST_TRIED:
            break
        for changes in _sets(choices, size):
            tried += 1
            other = part.status_with(profile, changes)
            if other is None or other is status or becomes not in {None, other}:
                continue
            if len(found) < MOST_TOLD:
                found.append(Alternative(changes=changes, becomes=other))
            else:
                more += 1
        searched = size
    label = resolution.index.pack.interventions[name].label
    return WhatIf(
        option=name,
        label=label,
        status=resolution.outcome(name).status,
        alternatives=tuple(found),
        more=more,
        searched=searched,
    )


def _sets(choices: Sequence[Sequence[Change]], size: int) -> Iterator[tuple[Change, ...]]:
    """All sets of some changes to different things."""
    for some in combinations(choices, size):
        yield from product(*some)


def _count(choices: Sequence[Sequence[Change]], size: int) -> int:
    """How many sets of some changes to different things there are."""
    ways = [1] + [0] * size
    for several in choices:
        for number in range(size, 0, -1):
            ways[number] += ways[number - 1] * len(several)
    return ways[size]


class _Part:
    """The part of a pack that decides about one option: a few rules, so that much can be tried."""

    def __init__(self, pack: Pack, resolution: Resolution, name: str, lens: Lens) -> None:
        index = resolution.index
        speaking = index.option(name).speaking & resolution.masks.allowed & resolution.masks.dated
        rules: list[Rule] = [index.rules[number] for number in bits(speaking)]
        self.rules = [*rules, *needed_inferences(pack, rules)]
        kept = {rule.id for rule in self.rules}
        few = pack.without_rule(*(rule.id for rule in pack.rules if rule.id not in kept))
        self._name, self._pack = name, pack
        self._engine, self._builder = BitmapEngine(few), FactsBuilder(few)
        self._index, self._masks = PackIndex(few), LensIndex(few).masks(lens)

    def moves(self, profile: Profile) -> list[list[Change]]:
        """What could be found out or changed."""
        return moves(profile, self._builder.build(profile), self._pack, self.rules)

    def status(self, profile: Profile) -> Status:
        """The status of the option.

        Raises:
            ValueError: If the profile contradicts itself.
        """
        asked = consult(self._engine, self._builder, profile).asked
        return Resolution(self._index, asked, self._masks, {}).outcome(self._name).status

    def status_with(self, profile: Profile, changes: Sequence[Change]) -> Status | None:
        """The status of the option after changes; None if they cannot be."""
        try:
            for change in changes:
                profile = change.applied(profile)
            return self.status(profile)
        except (PainrulesError, ValueError):
            return None
