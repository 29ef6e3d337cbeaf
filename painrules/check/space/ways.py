"""The ways through a diagram to one value: where it comes out, less the boxes that are taken away."""

from painrules.check.space.boxes import Box
from painrules.check.space.diagram import Branches, Diagram
from painrules.check.space.finder import Budget

LOOKS = 16
"""Looking at so many nodes takes about as long as making one."""

END = 0
"""The node at which every way ends."""


class Ways:
    """Where one value comes out of a diagram.

    Args:
        diagram: The diagram.
        value: The value.
        budget: How many nodes may be made; looking at them costs a part of that.
    """

    def __init__(self, diagram: Diagram, value: object, budget: Budget) -> None:
        self._box, self._full, self._budget = diagram.box, diagram.full, budget
        self._places = {axis: at for at, axis in enumerate(diagram.axes)}
        self._nodes: list[tuple[int, Branches]] = [(-1, ())]
        self._made: dict[tuple[int, Branches], int] = {}
        self._looked = 0
        self._root = self._copied(diagram, diagram.root, value, {})

    def first(self) -> Box | None:
        """A part of the box in which the value comes out; None: nothing is left."""
        node, part = self._root, dict(self._box)
        if node is None:
            return None
        while node != END:
            axis, branches = self._nodes[node]
            mask, node = branches[-1]
            part[axis] = mask
            if mask == self._full[axis]:
                del part[axis]
        return part

    def take(self, box: Box) -> None:
        """Takes a box away."""
        for axis in sorted(box):
            self._places.setdefault(axis, len(self._places))
        if self._root is not None:
            axes = sorted(box, key=self._places.__getitem__)
            self._root = self._less(self._root, 0, [(axis, box[axis]) for axis in axes], {})

    def _copied(
        self, diagram: Diagram, node: int, value: object, done: dict[int, int | None]
    ) -> int | None:
        axis, branches = diagram.nodes[node]
        if axis < 0:
            return END if diagram.values[node] == value else None
        if node not in done:
            done[node] = self._node(
                axis,
                [(mask, self._copied(diagram, below, value, done)) for mask, below in branches],
            )
        return done[node]

    def _node(self, axis: int, branches: list[tuple[int, int | None]]) -> int | None:
        """The node with some branches; of the same ways there is one only."""
        self._look()
        masks: dict[int, int] = {}
        for mask, below in branches:
            if mask and below is not None:
                masks[below] = masks.get(below, 0) | mask
        if not masks:
            return None
        whole = self._box.get(axis, self._full[axis])
        if len(masks) == 1 and whole in masks.values():
            return next(iter(masks))
        node = (axis, tuple(sorted((mask, below) for below, mask in masks.items())))
        found = self._made.get(node)
        if found is None:
            found = self._made[node] = len(self._nodes)
            self._nodes.append(node)
        return found

    def _less(
        self,
        node: int,
        at: int,
        box: list[tuple[int, int]],
        done: dict[tuple[int, int], int | None],
    ) -> int | None:
        """What is left below a node, without a box of which the axes up to one are met."""
        if at == len(box):
            return None
        key = (node, at)
        if key not in done:
            done[key] = self._without(node, at, box, done)
        return done[key]

    def _without(
        self,
        node: int,
        at: int,
        box: list[tuple[int, int]],
        done: dict[tuple[int, int], int | None],
    ) -> int | None:
        axis, branches = self._nodes[node]
        wanted, mask = box[at]
        here = self._places[axis] if node != END else len(self._places)
        if here < self._places[wanted]:
            left = [(states, self._less(below, at, box, done)) for states, below in branches]
            return self._node(axis, left)
        if here > self._places[wanted]:
            branches = ((self._box.get(wanted, self._full[wanted]), node),)
        left = []
        for states, below in branches:
            left.append((states & ~mask, below))
            if states & mask:
                left.append((states & mask, self._less(below, at + 1, box, done)))
        return self._node(wanted, left)

    def _look(self) -> None:
        self._looked += 1
        if not self._looked % LOOKS:
            self._budget.spend()
