"""Two packs in one profile space: what each decides about an option, wherever either speaks of it."""

from collections.abc import Collection, Hashable, Sequence
from typing import NamedTuple

from painrules.check.deciding import Decider
from painrules.check.space import Asker, Box
from painrules.check.space.boxes import joined, without
from painrules.check.space.diagram import Verdict
from painrules.engine import bits
from painrules.model.dates import first_day
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position
from painrules.resolve import PackIndex
from painrules.resolve.decide import agreement_of, line_of, not_replaced
from painrules.resolve.lens import window_of


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
        return self._weighed(option, 0) != self._weighed(option, 1)

    def _weighed(self, option: str, place: int) -> Hashable:
        """All that a decision about an option can depend on, in words that both packs share."""
        side = self.sides[place]
        if option not in side.pack.interventions:
            return None
        known, rules = side.index.option(option), side.pack.rules

        def ids(mask: int) -> frozenset[str]:
            return frozenset(rules[number].id for number in bits(mask))

        said = {
            (
                rules[number].id,
                _decides(rules[number]),
                tuple(sorted((side.boxes[number] or {}).items())),
            )
            for number in bits(side.speaking(option) | side.cautions(option))
        }
        levels = {(one.rank, ids(one.supports), ids(one.examples)) for one in known.levels}
        replaced = {(ids(broad), ids(narrower)) for broad, narrower in known.replaced}
        weighing = {
            (ids(1 << number), ids(one.weighs_against), ids(one.silenced_by))
            for one in known.class_supports
            for number in bits(one.supports)
        }
        return (frozenset(said), frozenset(levels), frozenset(replaced), frozenset(weighing))

    def roots(self, option: str, shared: list[Shared]) -> list[Box]:
        """Boxes outside of which nothing can change: where rules that differ are in force in one of the packs only."""
        unlike = {one.name[0] for one in shared if one.differs}
        if self._structure(option, 0, unlike) != self._structure(option, 1, unlike):
            return [{}]
        return differing(shared, self.asker.space.full)

    def _structure(self, option: str, place: int, without: Collection[str]) -> Hashable:
        """How rules weigh against each other, those aside that differ."""
        side = self.sides[place]
        if option not in side.pack.interventions:
            return None
        known, rules = side.index.option(option), side.pack.rules
        counting = side.speaking(option)

        def ids(mask: int) -> frozenset[str]:
            return frozenset(rules[number].id for number in bits(mask & counting)) - set(without)

        levels = {(one.rank, ids(one.supports), ids(one.examples)) for one in known.levels}
        replaced = {(ids(broad), ids(narrower)) for broad, narrower in known.replaced}
        weighing = {
            (ids(1 << number), ids(one.weighs_against), ids(one.silenced_by))
            for one in known.class_supports
            for number in bits(one.supports)
        }
        return (
            frozenset(one for one in levels if one[1] or one[2]),
            frozenset(one for one in replaced if one[0] and one[1]),
            frozenset(one for one in weighing if all(one)),
        )

    def verdict(self, option: str, shared: list[Shared], part: str) -> Verdict:
        """What both packs say of an option: its status, its line, or the agreement on it."""
        views = [_View(side, option, shared, place, part) for place, side in enumerate(self.sides)]

        def verdict(in_force: int, open_: int) -> tuple[Hashable, int, int]:
            values, matter, relevant = [], 0, 0
            for view in views:
                value, mine, needed = view.of(in_force, open_)
                values.append(value)
                matter |= mine
                relevant |= needed
            return tuple(values), matter, relevant

        return verdict


MOST_ROOTS = 6
"""If there were more roots than this, one around all of them is looked at."""


def differing(shared: Sequence[Shared], full: Sequence[int]) -> list[Box]:
    """Boxes that hold every point at which a rule is in force in one of two packs only, or another rule is."""
    boxes: dict[Hashable, list[Box]] = {}
    for one in shared:
        if one.differs:
            boxes.setdefault(one.name, []).append(one.box)
    roots: list[Box] = []
    for several in boxes.values():
        if len(several) == 1:
            roots += several
        else:  # the same rule, in force elsewhere
            old, new = several
            roots += [*without(old, new, full), *without(new, old, full)]
    return roots if len(roots) <= MOST_ROOTS else [around(roots)]


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds some boxes.

    >>> around([{0: 0b001, 1: 0b1}, {0: 0b100}])
    {0: 5}
    """
    common = set.intersection(*(set(box) for box in boxes))
    return {axis: joined(box[axis] for box in boxes) for axis in sorted(common)}


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


class _View:
    """What one pack says of one option, in terms of the shared rules."""

    def __init__(
        self, side: Side, option: str, shared: list[Shared], place: int, part: str
    ) -> None:
        self._bits = [one.new if place else one.old for one in shared]
        self._numbers = {bit: 1 << at for at, bit in enumerate(self._bits) if bit}
        self._mine = sum(self._numbers.values())
        self._index = side.index
        self._part = part
        known = option in side.pack.interventions
        self._decider = Decider(side.index, option) if known else None

    def _own(self, mask: int) -> int:
        """Shared rules in the numbers of the pack."""
        found = 0
        for at in bits(mask & self._mine):
            found |= self._bits[at]
        return found

    def _common(self, mask: int) -> int:
        """Rules of the pack in the shared numbers."""
        return sum(number for bit, number in self._numbers.items() if mask & bit)

    def of(self, in_force: int, open_: int) -> tuple[Hashable, int, int]:
        """What comes out, what matters, what is relevant."""
        if self._decider is None:
            return None, 0, 0
        mine, rest = self._own(in_force), self._own(open_)
        if self._part == "agreement":
            option = self._decider.option
            value = agreement_of(option, not_replaced(option, mine), self._index).value
            return value, open_ & self._mine, self._mine
        partial = self._decider.partial(mine, rest)
        matter = self._common(partial.matter) if partial.matter != rest else open_ & self._mine
        relevant = self._mine if partial.relevant == -1 else self._common(partial.relevant)
        decided = partial.decided
        if self._part == "status":
            return decided.status.value, matter, relevant
        line = line_of(decided.supporting, self._index) if decided.supporting else None
        return (line.value if line else None), matter, relevant


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
