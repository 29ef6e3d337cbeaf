"""Decision diagrams: what follows from the rules in force, for every point of a box at once.

A node splits one axis; below it only the rules that may still be in force matter, and nodes for the same rules are
shared. So a diagram stays small where boxes would have to be split again and again.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence

from painrules.check.space.boxes import Box
from painrules.check.space.finder import Budget
from painrules.engine import bits

Verdict = Callable[[int, int], tuple[Hashable, int, int]]
"""Given the rules in force and those not decided: what comes out, which of these still matter, what is relevant."""

Branches = tuple[tuple[int, int], ...]
"""Masks of states, and the nodes below them."""


class Diagram:
    """What comes out, for every point of a box.

    Args:
        box: Where.
        rules: The boxes of the rules that matter, by number.
        full: All states of each axis.
        verdict: What comes out.
        budget: How many nodes may be made.

    Raises:
        OverBudgetError: If more nodes would be needed than are allowed.
    """

    def __init__(
        self,
        box: Box,
        rules: Mapping[int, Box],
        full: Sequence[int],
        verdict: Verdict,
        budget: Budget,
    ) -> None:
        self.box, self.full = box, full
        self._rules = rules
        self._verdict, self._budget = verdict, budget
        self.axes = _in_order(rules)
        """The axes that it splits, in that order."""
        self._naming = [_naming(axis, rules) for axis in self.axes]
        self._last = [
            sum(1 << rule for rule, one in rules.items() if self._ends(one, at))
            for at in range(len(self.axes))
        ]
        self._leaves: dict[Hashable, int] = {}
        self._inner: dict[tuple[int, Branches], int] = {}
        self.nodes: list[tuple[int, Branches]] = []
        """Each node: an axis with branches; a leaf has the axis -1."""
        self.values: dict[int, Hashable] = {}
        """What comes out at each leaf."""
        self._made: dict[tuple[int, int, int], int] = {}
        everywhere = sum(1 << rule for rule, one in rules.items() if not one)
        self.root = self._node(0, sum(1 << rule for rule in rules) & ~everywhere, everywhere)

    def _ends(self, box: Box, at: int) -> bool:
        """Whether an axis is the last that a box names."""
        return self.axes[at] in box and not any(axis in box for axis in self.axes[at + 1 :])

    def _node(self, at: int, open_: int, in_force: int) -> int:
        value, matter, relevant = self._verdict(in_force, open_)
        if not matter:
            return self._leaf(value)
        in_force, open_ = in_force & relevant, open_ & relevant
        while not self._naming[at] & open_:
            at += 1
        key = (at, open_, in_force)
        found = self._made.get(key)
        if found is None:
            self._budget.spend()
            found = self._made[key] = self._split(at, open_, in_force)
        return found

    def _leaf(self, value: Hashable) -> int:
        if value not in self._leaves:
            self._leaves[value] = len(self.nodes)
            self.values[len(self.nodes)] = value
            self.nodes.append((-1, ()))
        return self._leaves[value]

    def _split(self, at: int, open_: int, in_force: int) -> int:
        branches: dict[int, int] = {}
        for mask, lost, done in self._classes(at, open_):
            below = self._node(at + 1, open_ & ~(lost | done), in_force | done)
            branches[below] = branches.get(below, 0) | mask
        if len(branches) == 1:
            return next(iter(branches))
        node = (self.axes[at], tuple(sorted((mask, below) for below, mask in branches.items())))
        if node not in self._inner:
            self._inner[node] = len(self.nodes)
            self.nodes.append(node)
        return self._inner[node]

    def _classes(self, at: int, open_: int) -> list[tuple[int, int, int]]:
        """States that no open rule tells apart, with the rules lost there, and those in force there."""
        axis = self.axes[at]
        classes = [(self.box.get(axis, self.full[axis]), 0, 0)]
        for rule in bits(open_ & self._naming[at]):
            mask, bit = self._rules[rule][axis], 1 << rule
            gained = bit & self._last[at]
            split = []
            for states, lost, done in classes:
                if states & mask:
                    split.append((states & mask, lost, done | gained))
                if states & ~mask:
                    split.append((states & ~mask, lost | bit, done))
            classes = split
        return classes

    def states(self, axis: int, box: Box, value: Hashable) -> int:
        """The states of an axis in which, within a box that leaves it free, nothing but a value comes out."""
        whole = self.box.get(axis, self.full[axis])
        others = 0
        seen: set[tuple[int, int]] = set()
        waiting = [(self.root, whole)]
        while waiting:
            item = waiting.pop()
            node, mine = item
            if item in seen or not mine & ~others:
                continue
            seen.add(item)
            split, branches = self.nodes[node]
            if split < 0:
                others |= 0 if self.values[node] == value else mine
            elif split == axis:
                waiting += [(below, mine & mask) for mask, below in branches if mine & mask]
            else:
                here = box.get(split, self.full[split])
                waiting += [(below, mine) for mask, below in branches if mask & here]
        return whole & ~others


def _in_order(rules: Mapping[int, Box]) -> list[int]:
    """The axes that rules name, those first that most of them do."""
    counts: dict[int, int] = {}
    for box in rules.values():
        for axis in box:
            counts[axis] = counts.get(axis, 0) + 1
    return sorted(counts, key=lambda axis: (-counts[axis], axis))


def _naming(axis: int, rules: Mapping[int, Box]) -> int:
    """The rules that name an axis."""
    return sum(1 << rule for rule, box in rules.items() if axis in box)
