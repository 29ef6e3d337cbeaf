"""Two packs in one profile space: what each decides about an option, wherever either speaks of it."""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from painrules.check.diff.narrow import narrowed
from painrules.check.diff.weights import weights
from painrules.check.space import Asker, Box
from painrules.check.space.boxes import around, meet, within, without
from painrules.check.space.diagram import Verdict
from painrules.engine import bits
from painrules.model.dates import first_day
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position
from painrules.resolve import PackIndex
from painrules.resolve.lens import window_of

MOST_ROOTS = 6
"""If there were more roots than this, one around all of them is looked at."""


class Shared(NamedTuple):
    """A rule of one pack, or the same rule of both."""

    name: tuple[str, Hashable]
    """Its id, and what of it can make a difference, besides where it is in force."""
    box: Box
    old: int
    """Its bit in the old pack; 0: it is not there, or otherwise."""
    new: int

    @property
    def differs(self) -> bool:
        """Whether only one of the packs has it."""
        return not (self.old and self.new)


class Side:
    """One of the two packs."""

    def __init__(self, pack: Pack, asker: Asker, place: int) -> None:
        self.pack = pack
        self.index = PackIndex(pack)
        encoder = asker.encoders[place]
        self.boxes: list[Box | None] = [encoder.in_force(rule) for rule in pack.rules]
        today = first_day(pack.header.date)
        self._counting = sum(
            1 << number
            for number, rule in enumerate(pack.rules)
            if isinstance(rule, Position | Caution) and window_of(rule, pack).holds(today)
        )

    def speaking(self, option: str) -> int:
        """The positions that speak of an option and count."""
        if option not in self.pack.interventions:
            return 0
        return self.index.option(option).speaking & self._counting

    def cautions(self, option: str) -> int:
        """The cautions on an option that count."""
        if option not in self.pack.interventions:
            return 0
        return self.index.option(option).cautions & self._counting


class Joint:
    """Two packs in one profile space."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self.asker = Asker(old, new)
        self.sides = (Side(old, self.asker, 0), Side(new, self.asker, 1))

    def options(self) -> list[str]:
        """The options of either pack, by id."""
        return sorted({*self.sides[0].pack.interventions, *self.sides[1].pack.interventions})

    def positions(self, option: str) -> list[Shared]:
        """The positions that speak of an option, those that are the same in both packs once."""
        return self._shared([side.speaking(option) for side in self.sides])

    def cautions(self, option: str) -> list[Shared]:
        """The cautions on an option, those that are the same in both packs once."""
        return self._shared([side.cautions(option) for side in self.sides])

    def _shared(self, masks: list[int]) -> list[Shared]:
        found: dict[Hashable, Shared] = {}
        for place, (side, mask) in enumerate(zip(self.sides, masks, strict=True)):
            for number in bits(mask):
                box, rule = side.boxes[number], side.pack.rules[number]
                if box is None:
                    continue
                name = (rule.id, _decides(rule))
                key = (name, tuple(sorted(box.items())))
                known = found.get(key, Shared(name, box, 0, 0))
                bit = 1 << number
                found[key] = known._replace(new=bit) if place else known._replace(old=bit)
        return list(found.values())

    def differs(self, option: str) -> bool:
        """Whether anything that is said of an option differs, or how it weighs."""
        return self._said(option, 0) != self._said(option, 1) or bool(self.reweighed(option))

    def _said(self, option: str, place: int) -> Hashable:
        """All that is said of an option and counts, in words that both packs share."""
        side = self.sides[place]
        if option not in side.pack.interventions:
            return None
        return frozenset(
            (
                side.pack.rules[number].id,
                _decides(side.pack.rules[number]),
                _plain(side.boxes[number]),
            )
            for number in bits(side.speaking(option) | side.cautions(option))
        )

    def reweighed(self, option: str) -> list[tuple[str, ...]]:
        """Rules that weigh otherwise in the other pack: such a rule itself, or one with the one that replaces it."""
        if any(option not in side.pack.interventions for side in self.sides):
            return []
        old, new = (weights(side.pack, side.index.option(option)) for side in self.sides)
        return old.otherwise(new)

    def touched(self, option: str, shared: Sequence[Shared]) -> "Touched":
        """Which of the rules about an option make that anything can change, and where they do."""
        pair = [option in side.pack.interventions for side in self.sides]
        if not all(pair):
            return Touched((1 << len(shared)) - 1, (), [{}], everywhere=True)
        places: dict[str, list[int]] = {}
        for at, one in enumerate(shared):
            places.setdefault(one.name[0], []).append(at)
        boxes = _apart(shared, self.asker.space.full)
        alone, moved = _unlike(shared)
        for first, *rest in self.reweighed(option):
            for at in places.get(first, ()):
                alone |= 1 << at
                found = [shared[at].box]
                for name in rest:
                    met = [
                        meet(box, shared[to].box) for box in found for to in places.get(name, ())
                    ]
                    found = [box for box in met if box is not None]
                boxes += found
        return Touched(alone, tuple(moved), self._roots(boxes))

    def differing(self, shared: Sequence[Shared]) -> list[Box]:
        """Boxes that hold every point at which a rule is in force in one of two packs only, or another rule is."""
        return self._roots(_apart(shared, self.asker.space.full))

    def _roots(self, boxes: Iterable[Box]) -> list[Box]:
        """Few boxes that hold all profiles of some boxes."""
        found = [narrowed(box, self.asker.finder) for box in boxes]
        roots = [box for box in found if box is not None]
        roots = [box for at, box in enumerate(roots) if not _within_another(roots, at)]
        return roots if len(roots) <= MOST_ROOTS else [around(roots)]


class Touched(NamedTuple):
    """What of two packs can make that something changes for an option."""

    alone: int
    """Rules that are in one of the packs only, or weigh otherwise in the other one."""
    moved: tuple[tuple[int, int], ...]
    """Rules of both packs that are in force elsewhere in the other one: their bits."""
    roots: list[Box]
    """Boxes outside of which nothing can change."""
    everywhere: bool = False
    """Whether the option itself is in one of the packs only."""

    def nowhere(self, in_force: int, open_: int) -> bool:
        """Whether nothing can differ where some rules are in force, and some may be."""
        if self.everywhere or (in_force | open_) & self.alone:
            return False
        return not any(
            open_ & (old | new) or bool(in_force & old) != bool(in_force & new)
            for old, new in self.moved
        )


def _unlike(shared: Sequence[Shared]) -> tuple[int, list[tuple[int, int]]]:
    """Rules of one pack only, and those of both that are in force elsewhere in the other one."""
    by_name: dict[Hashable, list[int]] = {}
    for at, one in enumerate(shared):
        if one.differs:
            by_name.setdefault(one.name, []).append(1 << at)
    alone = sum(found[0] for found in by_name.values() if len(found) == 1)
    return alone, [(found[0], found[1]) for found in by_name.values() if len(found) > 1]


def _apart(shared: Sequence[Shared], full: Sequence[int]) -> list[Box]:
    """Boxes in which one of the packs has a rule in force, and the other has not."""
    boxes: dict[Hashable, list[Box]] = {}
    for one in shared:
        if one.differs:
            boxes.setdefault(one.name, []).append(one.box)
    found: list[Box] = []
    for several in boxes.values():
        if len(several) == 1:
            found += several
        else:  # the same rule, in force elsewhere
            old, new = several
            found += [*without(old, new, full), *without(new, old, full)]
    return found


def _within_another(boxes: Sequence[Box], at: int) -> bool:
    """Whether a box lies in another one; of two that are the same, the first does not."""
    mine = boxes[at]
    return any(
        other != at and within(mine, one) and (other < at or not within(one, mine))
        for other, one in enumerate(boxes)
    )


def in_force(shared: list[Shared], numbers: Sequence[int]) -> Verdict:
    """Whether one of some rules is in force, in the old pack and in the new one."""
    wanted = sum(1 << at for at in numbers)
    old, new = (
        sum(1 << at for at in numbers if (shared[at].new if place else shared[at].old))
        for place in (0, 1)
    )

    def verdict(held: int, open_: int) -> tuple[Hashable, int, int]:
        return (bool(held & old), bool(held & new)), open_ & wanted, wanted

    return verdict


def _decides(rule: object) -> Hashable:
    """What of a rule, besides its conditions, can make a difference to an option."""
    if isinstance(rule, Position):
        level = rule.level
        return (
            rule.source,
            rule.option,
            rule.stance,
            rule.line,
            rule.members,
            level,
            frozenset(rule.conditions),
        )
    return (rule.option, rule.severity) if isinstance(rule, Caution) else None


def _plain(box: Box | None) -> Hashable:
    return None if box is None else tuple(sorted(box.items()))
