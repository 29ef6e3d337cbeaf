"""The comparison of two packs as a record, and back from a profile to what changes for it."""

from collections.abc import Iterable, Iterator

from painrules.check.diff.changes import (
    Changes,
    OptionChange,
    PackName,
    Region,
    RuleRegion,
)
from painrules.check.diff.joint import Joint
from painrules.check.diff.records import entry_changes, field_changes
from painrules.check.diff.render import to_markdown, to_text
from painrules.check.diff.run import EFFORT, Comparison, Found
from painrules.check.pasted import as_call
from painrules.check.smallest import smallest
from painrules.check.space import Box
from painrules.check.space.boxes import within
from painrules.check.space.finder import Budget
from painrules.check.space.locate import locate
from painrules.check.subject import PackLike
from painrules.check.told import told_box
from painrules.engine import Asked, BitmapEngine, Consultation, consult
from painrules.given import whole_number
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.packs import load_pack

MOST_EFFORT = 1_000_000_000
"""The most that may be looked at."""
SPLITS = 100_000
"""How often boxes are split at most to find an example."""


MOST_REGIONS = 12
"""So many regions of one change are told one by one; the rest are counted."""


def diff_packs(old: PackLike, new: PackLike, *, effort: int = EFFORT) -> "PackDiff":
    """Compares two packs: what differs, and what that means for whom.

    Both are looked at on their own day, without a lens. The profile space is that of `prove_pack`; words that only
    one of the packs knows are in no profile.

    Args:
        old: A pack or its folder.
        new: Another.
        effort: How much is looked at (nodes of decision diagrams; a thousand take about a tenth of a second) before
            profiles with two conditions at once are left out. What is left out is named in `changes.undecided`.

    >>> from painrules import load_pack
    >>> new = load_pack("examples/packs/first_pack")
    >>> print(diff_packs(new.without_rule("who_lbp_support"), new).changes.options[0].after)
    not_supported
    """
    effort = whole_number("effort", effort, 1, MOST_EFFORT)
    packs = [one if isinstance(one, Pack) else load_pack(one) for one in (old, new)]
    return PackDiff(packs[0], packs[1], effort=effort)


class PackDiff:
    """What differs between two packs, and what that means."""

    def __init__(self, old: Pack, new: Pack, *, effort: int = EFFORT) -> None:
        self._joint = Joint(old, new)
        self._engines = (BitmapEngine(old), BitmapEngine(new))
        self._comparison = Comparison(self._joint, effort)
        self.changes = self._told(old, new)
        """All that differs, as plain data."""

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        return self.changes.same

    def to_json(self) -> str:
        """All that differs, as JSON."""
        return self.changes.model_dump_json(indent=2)

    def to_markdown(self) -> str:
        """All that differs, as Markdown."""
        return to_markdown(self.changes)

    def __str__(self) -> str:
        """All that differs, as text."""
        return to_text(self.changes)

    def for_profile(self, profile: Profile) -> tuple[tuple[str, str, str, str], ...]:
        """What changes for a profile: what, option, before, after; for each of its mechanisms.

        Args:
            profile: A profile with one condition or two at most.
        """
        points = list(self._points(profile))
        return tuple(
            sorted(
                (one.what, one.option, one.before, one.after)
                for one in self._comparison.found
                if any(within(point, box) for point in points for box in one.boxes)
            )
        )

    def _points(self, profile: Profile, axes: Iterable[int] | None = None) -> Iterator[Box]:
        space = self._joint.asker.space
        found = [
            consult(engine, builder, profile)
            for engine, builder in zip(self._engines, space.builders, strict=True)
        ]
        for pair in _pairs(*found, stated=bool(profile.mechanisms)):
            point = locate(space, profile, found, pair, axes)
            if point is not None:
                yield point

    def _told(self, old: Pack, new: Pack) -> Changes:
        names = [PackName(id=one.id, version=one.version, digest=one.digest) for one in (old, new)]
        entries = tuple(entry_changes(old, new))
        return Changes(
            old=names[0],
            new=names[1],
            header=tuple(field_changes(old.header, new.header)),
            entries=entries,
            rules=tuple(self._rule(one.id) for one in entries if one.is_rule),
            options=tuple(self._options()),
            undecided=tuple(self._comparison.undecided),
        )

    def _rule(self, name: str) -> RuleRegion:
        told = [self._where(name, place) for place in (0, 1)]
        return RuleRegion(id=name, before=told[0], after=told[1])

    def _where(self, name: str, place: int) -> tuple[str, ...] | None:
        side = self._joint.sides[place]
        number = side.pack.rule_numbers.get(name)
        box = None if number is None else side.boxes[number]
        return None if box is None else told_box(box, self._joint.asker.space, side.pack)

    def _options(self) -> Iterator[OptionChange]:
        """Changes, those together that are the same for several options."""
        groups: dict[tuple[object, ...], list[Found]] = {}
        for one in self._comparison.found:
            boxes = tuple(tuple(sorted(box.items())) for box in one.boxes)
            groups.setdefault((one.what, one.before, one.after, boxes), []).append(one)
        for group in groups.values():
            first = group[0]
            boxes_in_order = sorted(first.boxes, key=self._rank)
            yield OptionChange(
                what=first.what,
                options=tuple(one.option for one in group),
                before=first.before,
                after=first.after,
                regions=tuple(self._region(box) for box in boxes_in_order[:MOST_REGIONS]),
                more=max(0, len(boxes_in_order) - MOST_REGIONS),
            )

    def _rank(self, box: Box) -> tuple[bool, int]:
        """Regions come first that need no two conditions, and that ask for little."""
        axis, few = self._joint.asker.space.one_problem
        return not box.get(axis, few) & few, len(box)

    def _region(self, box: Box) -> Region:
        space = self._joint.asker.space
        point = self._joint.asker.finder.point(box, Budget(SPLITS))
        assert point is not None  # noqa: S101 - see `regions`

        def holds(profile: Profile) -> bool:
            return any(within(one, box) for one in self._points(profile, box))

        profile = smallest(space.profile_of(point), holds) or space.profile_of(point)
        pack = self._joint.sides[1].pack
        return Region(
            where=told_box(box, space, pack), profile=profile.to_dict(), call=as_call(profile)
        )


def _pairs(old: Consultation, new: Consultation, *, stated: bool) -> Iterator[tuple[Asked, Asked]]:
    """The answers of two packs for the same mechanism, or for those that they infer."""
    for one in old.asked:
        for other in new.asked:
            if not stated or one.mechanism == other.mechanism:
                yield one, other


__all__ = ["PackDiff", "diff_packs"]
