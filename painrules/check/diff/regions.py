"""Where something changes: the fewest boxes that together are exactly the profiles for which it does."""

from collections.abc import Hashable, Iterator, Sequence

from painrules.check.diff.joint import Joint, Shared
from painrules.check.space import Box
from painrules.check.space.boxes import meet, within
from painrules.check.space.diagram import Diagram, Verdict
from painrules.check.space.finder import Budget
from painrules.check.space.ways import Ways

NODES = 150_000
"""How many nodes of diagrams may be made for one question."""

Change = tuple[Hashable, Hashable]
"""What comes out in the old pack, and in the new one."""


def regions(
    joint: Joint, shared: list[Shared], verdict: Verdict, roots: Sequence[Box], budget: Budget
) -> dict[Change, list[Box]]:
    """For each change of what comes out, the boxes in which it happens.

    Args:
        joint: The two packs.
        shared: The rules that it depends on.
        verdict: What comes out in the old pack, and in the new one.
        roots: Boxes outside of which nothing changes.
        budget: How many nodes of diagrams may be made.

    Raises:
        OverBudgetError: If it would take too long to find out.
    """
    found: dict[Change, list[Box]] = {}
    for root in roots:
        boxes = {at: one.box for at, one in enumerate(shared) if meet(one.box, root) is not None}
        diagram = Diagram(root, boxes, joint.asker.space.full, verdict, budget)
        for change in sorted(map(_as_change, diagram.values.values()), key=repr):
            if change[0] != change[1]:
                known = found.setdefault(change, [])
                known += _primes(joint, diagram, change, list(known), budget)
    return {change: _widest(boxes) for change, boxes in found.items() if boxes}


def _widest(boxes: Sequence[Box]) -> list[Box]:
    """Boxes without those that lie in another: one that was found first may turn out to be part of a wider one."""
    return [box for box in boxes if not any(within(box, other) and box != other for other in boxes)]


def _as_change(value: Hashable) -> Change:
    assert isinstance(value, tuple)  # noqa: S101 - that is what verdicts say
    return value[0], value[1]


def _primes(
    joint: Joint, diagram: Diagram, change: Change, covered: list[Box], budget: Budget
) -> Iterator[Box]:
    """Boxes in which a change happens, each as wide as it can be, until none is left over."""
    ways = Ways(diagram, change, budget)
    for box in covered:
        ways.take(box)
    while (part := ways.first()) is not None:
        budget.spend()
        if joint.asker.finder.point(part, budget) is None:
            ways.take(part)
            continue
        wide = _widened(joint, diagram, part, change)
        ways.take(wide)
        yield wide


def _widened(joint: Joint, diagram: Diagram, box: Box, change: Change) -> Box:
    """A box, as wide as it can be without leaving the change: axis by axis, as many states as will do."""
    wide = dict(box)
    for axis in list(box):
        rest = {name: mask for name, mask in wide.items() if name != axis}
        wide[axis] = diagram.states(axis, rest, change)
        if wide[axis] == joint.asker.space.full[axis]:
            del wide[axis]
    return wide
