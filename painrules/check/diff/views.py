"""What two packs say of one option, in terms of the rules that they share and those that differ."""

from collections.abc import Hashable, Sequence

from painrules.check.deciding import Decider, Partial
from painrules.check.diff.joint import Joint, Shared, Side, Touched
from painrules.check.space.boxes import joined
from painrules.check.space.diagram import Verdict
from painrules.engine import bits
from painrules.resolve.decide import decision, line_of, not_replaced
from painrules.resolve.index import AtLevel, ClassSupport, OptionRules
from painrules.vocab import Agreement

SAME = ("same", "same")
"""What comes out where both packs say the same, whatever that is."""


class Views:
    """What two packs say of one option."""

    def __init__(self, joint: Joint, option: str) -> None:
        self.shared = joint.positions(option)
        """The rules about it."""
        self._touched: Touched = joint.touched(option, self.shared)
        self._views = [
            _View(side, option, [one.new if place else one.old for one in self.shared])
            for place, side in enumerate(joint.sides)
        ]

    @property
    def roots(self) -> list[dict[int, int]]:
        """Boxes outside of which nothing can change."""
        return [dict(root) for root in self._touched.roots]

    def verdict(self, part: str) -> Verdict:
        """What both packs say of the option: its status, its line, or the agreement on it."""
        old, new = (view.parts[part] for view in self._views)
        nowhere = self._touched.nowhere

        def verdict(in_force: int, open_: int) -> tuple[Hashable, int, int]:
            if nowhere(in_force, open_):
                return SAME, 0, 0
            before, one, first = old(in_force, open_)
            after, other, second = new(in_force, open_)
            return SAME if before == after else (before, after), one | other, first | second

        return verdict


class _View:
    """What one pack says of one option."""

    def __init__(self, side: Side, option: str, own: Sequence[int]) -> None:
        self._own = own
        self._index = side.index
        self._numbers = {bit: 1 << at for at, bit in enumerate(own) if bit}
        self._mine = sum(self._numbers.values())
        self._partials: dict[tuple[int, int], Partial] = {}
        self._lines: dict[int, Hashable] = {}
        self._agreements: dict[int, Agreement] = {}
        self.parts: dict[str, Verdict] = {
            "status": self._status,
            "line": self._line,
            "agreement": self._agreement,
        }
        """What can be asked: each says what comes out, what matters, what is relevant."""
        if option in side.pack.interventions:
            self._option = side.index.option(option)
            self._decider = Decider(self._renumbered(self._option))
            levels = self._decider.option.levels
            self._pro = joined(one.supports for one in levels)
            self._contra = joined(one.opposes for one in levels)
        else:
            self.parts = dict.fromkeys(self.parts, _unknown)

    def _renumbered(self, option: OptionRules) -> OptionRules:
        """What the pack says of the option, in the common numbers; what never counts is left out."""
        common = self._common
        return OptionRules.of(
            tuple(AtLevel.of(one.rank, [*map(common, one[1:5])]) for one in option.levels),
            tuple(ClassSupport(*map(common, one)) for one in option.class_supports),
            tuple((common(broad), common(narrower)) for broad, narrower in option.replaced),
            0,
            0,
        )

    def _common(self, mask: int) -> int:
        """Rules of the pack in the common numbers."""
        return sum(number for bit, number in self._numbers.items() if mask & bit)

    def _in_pack(self, mask: int) -> int:
        """Rules in the numbers of the pack."""
        return sum(self._own[at] for at in bits(mask))

    def _partial(self, in_force: int, open_: int) -> Partial:
        key = (in_force & self._mine, open_ & self._mine)
        found = self._partials.get(key)
        if found is None:
            found = self._decider.partial(*key)
            if found.relevant == -1:
                found = found._replace(relevant=self._mine)
            self._partials[key] = found
        return found

    def _status(self, in_force: int, open_: int) -> tuple[Hashable, int, int]:
        decided, matter, relevant = self._partial(in_force, open_)
        return decided.status.value, matter, relevant

    def _line(self, in_force: int, open_: int) -> tuple[Hashable, int, int]:
        decided, matter, relevant = self._partial(in_force, open_)
        supporting = decided.supporting
        if supporting not in self._lines:
            line = line_of(self._in_pack(supporting), self._index) if supporting else None
            self._lines[supporting] = line.value if line else None
        return self._lines[supporting], matter, relevant

    def _agreement(self, in_force: int, open_: int) -> tuple[Hashable, int, int]:
        mine = in_force & self._mine
        option = self._decider.option
        sure = mine & ~option.replaceable
        pro, contra = sure & self._pro, sure & self._contra
        if pro and contra:
            return Agreement.MIXED.value, 0, pro | contra
        heard = not_replaced(option, mine)
        found = self._agreements.get(heard)
        if found is None:
            found = decision(self._option, self._in_pack(heard), self._index).agreement
            self._agreements[heard] = found
        return found.value, open_ & self._mine, self._mine


def _unknown(_: int, __: int) -> tuple[Hashable, int, int]:
    """What a pack says of an option that it does not know."""
    return None, 0, 0


__all__ = ["SAME", "Shared", "Views"]
