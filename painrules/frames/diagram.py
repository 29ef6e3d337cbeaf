"""A decision diagram over columns: rows walk from group to group, and end where the answer stands.

A node is what the groups so far have made of a few rules: the sets of those that are violated. Rows in the same node
need not be told apart any more, so the next step is one look into a table, for all rows at once. Nodes are made when a
row first comes to them; what stands at the end is worked out once for each distinct set of rules.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from painrules.frames.groups import Group

Numbers = npt.NDArray[np.intp]
"""One number for each row."""
Node = tuple[int, ...]
"""The rules that are violated so far, as bits, one set for each that is looked at."""
SETS = ("certain", "in_force", "possible")
"""The sets of rules that an engine finds."""


class _Step:
    """From the nodes before a group to those behind it."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.width = max(4, len(group.states))
        self.nodes: list[Node] = []
        self.numbers: dict[Node, int] = {}
        self.table: Numbers = np.full(self.width * 4, -1, dtype=np.intp)

    def number(self, node: Node) -> int:
        """The number of a node before the group."""
        found = self.numbers.get(node)
        if found is None:
            found = self.numbers[node] = len(self.nodes)
            self.nodes.append(node)
            if len(self.nodes) * self.width > len(self.table):
                more = np.full(len(self.table), -1, dtype=np.intp)
                self.table = np.concatenate([self.table, more])
        return found

    def fit(self) -> None:
        """Makes room for states that have come up since."""
        count = len(self.group.states)
        if count > self.width:
            width = max(count, 2 * self.width)
            rows = len(self.table) // self.width
            wider = np.full((rows, width), -1, dtype=np.intp)
            wider[:, : self.width] = self.table.reshape(rows, self.width)
            self.width, self.table = width, wider.reshape(-1)


class Diagram:
    """Walks rows to their answers.

    Args:
        rules: The rules that it is about, as bits.
        groups: The groups that may have a say; the others are left out.
        start: What is violated from the outset, by what no column says.
        sets: Which of the sets are looked at.
        answer: What stands at the end of a walk: from what is violated, and the state of the last group.
        last: A group that is not walked through but handed to `answer`.
        reduced: Makes nodes alike that will come to the same answer; given also the rules that are settled there.
    """

    def __init__(  # noqa: PLR0913 - said above
        self,
        rules: int,
        groups: Sequence[Group],
        start: Node,
        sets: Sequence[str],
        answer: Callable[[Node, int], int],
        *,
        last: Group | None = None,
        reduced: Callable[[Node, int], Node] | None = None,
    ) -> None:
        self._rules = rules
        self._places = tuple(SETS.index(name) for name in sets)
        self._answer = answer
        self._reduced = reduced
        self._steps = [_Step(group) for group in groups if group.rules & rules]
        self._last = _Step(last) if last is not None else None
        self._ends: dict[Hashable, int] = {}
        ahead = 0
        self._settled: list[int] = []
        for step in reversed(self._steps):
            self._settled.insert(0, rules & ~ahead)
            ahead |= step.group.rules
        begin = tuple(mask & rules for mask in start)
        if reduced is not None:
            begin = reduced(begin, rules & ~ahead)
        self._begin = begin
        if self._steps:
            self._steps[0].number(begin)
        elif self._last is not None:
            self._last.number(begin)

    @property
    def tells(self) -> bool:
        """Whether anything but 0 may come out."""
        return bool(self._steps) or self._last is not None or self._end(self._begin, 0) != 0

    @property
    def size(self) -> int:
        """How many places its tables have."""
        steps = [*self._steps, *([self._last] if self._last else [])]
        return sum(len(step.table) for step in steps)

    def walk(self, states: Mapping[Group, Numbers], count: int) -> Numbers:
        """The answers to rows.

        Args:
            states: For each group, the states of the rows.
            count: How many rows there are.
        """
        steps = [*self._steps, *([self._last] if self._last else [])]
        if not steps:
            return np.full(count, self._end(self._begin, 0), dtype=np.intp)
        at: Numbers | None = None
        for place, step in enumerate(steps):
            step.fit()
            codes = states[step.group]
            if at is None:
                at = codes
            else:
                np.multiply(at, step.width, out=at)
                np.add(at, codes, out=at)
            there = step.table.take(at, mode="clip")
            if count and np.min(there) < 0:
                self._explore(place, steps, np.unique(at[there < 0]))
                there = step.table.take(at, mode="clip")
            at = there
        assert at is not None  # noqa: S101 - there is a step
        return at

    def _explore(self, place: int, steps: Sequence[_Step], missing: Numbers) -> None:
        """Fills in where rows go from places where none has been."""
        step = steps[place]
        behind = steps[place + 1] if place + 1 < len(steps) else None
        last, rules, places, reduced = step is self._last, self._rules, self._places, self._reduced
        group, settled = step.group, 0 if step is self._last else self._settled[place]
        for spot in missing.tolist():
            number, state = divmod(spot, step.width)
            node = step.nodes[number]
            if last:
                step.table[spot] = self._end(node, state)
                continue
            violated = group.violated(state)
            node = tuple(
                [mask | (violated[which] & rules) for mask, which in zip(node, places, strict=True)]
            )
            if reduced is not None:
                node = reduced(node, settled)
            step.table[spot] = self._end(node, 0) if behind is None else behind.number(node)

    def _end(self, node: Node, state: int) -> int:
        found = self._ends.get((node, state))
        if found is None:
            found = self._ends[node, state] = self._answer(node, state)
        return found
