"""Comparing two packs: what differs, and for which options and profiles it makes a difference."""

from collections.abc import Iterator
from typing import NamedTuple

from painrules.check.diff.changes import Undecided
from painrules.check.diff.joint import Joint, Shared, differing, in_force
from painrules.check.diff.regions import Change, regions
from painrules.check.space import Box
from painrules.check.space.finder import OverBudgetError
from painrules.model.rule import Caution

PARTS = ("status", "line", "agreement")


class Found(NamedTuple):
    """Something that changes for one option."""

    what: str
    option: str
    before: str
    after: str
    boxes: tuple[Box, ...]


class Comparison:
    """What changes for the options of two packs, and where."""

    def __init__(self, joint: Joint) -> None:
        self._joint = joint
        self.undecided: list[Undecided] = []
        """What took too long to find out."""
        self.found: list[Found] = []
        """What changes."""
        for option in joint.options():
            if joint.differs(option):
                self.found += self._positions(option)
                self.found += self._cautions(option)

    def _positions(self, option: str) -> Iterator[Found]:
        shared = self._joint.positions(option)
        roots = self._joint.roots(option, shared)
        for part in PARTS:
            try:
                verdict = self._joint.verdict(option, shared, part)
                changes = regions(self._joint, shared, verdict, roots)
            except OverBudgetError:
                self.undecided.append(Undecided(what=part, option=option))
                continue
            for (before, after), boxes in changes.items():
                yield Found(part, option, _plain(before), _plain(after), tuple(boxes))

    def _cautions(self, option: str) -> Iterator[Found]:
        """A caution makes a difference exactly where one pack has it in force and the other does not."""
        shared = self._joint.cautions(option)
        by_name: dict[str, list[int]] = {}
        for at, one in enumerate(shared):
            by_name.setdefault(self._name(one), []).append(at)
        for name, numbers in by_name.items():
            if any(shared[at].differs for at in numbers):
                few = [shared[at] for at in numbers]
                try:
                    roots = differing(few, self._joint.asker.space.full)
                    changes = regions(self._joint, few, in_force(few, range(len(few))), roots)
                except OverBudgetError:
                    self.undecided.append(Undecided(what="cautions", option=option))
                    continue
                for (held, _), boxes in changes.items():
                    before, after = (name, "nothing") if held is True else ("nothing", name)
                    yield Found("cautions", option, before, after, tuple(boxes))

    def _name(self, one: Shared) -> str:
        """A caution by severity and id."""
        side, bit = (self._joint.sides[0], one.old) if one.old else (self._joint.sides[1], one.new)
        rule = side.pack.rules[bit.bit_length() - 1]
        assert isinstance(rule, Caution)  # noqa: S101 - see `Joint.cautions`
        return f"{rule.severity.value} {rule.id}"


def _plain(value: object) -> str:
    return "nothing" if value is None else str(value)


__all__ = ["Change", "Comparison", "Found"]
