"""The same questions, asked of a SAT solver: it needs no budget. The one place that knows python-sat.

Each state of an axis is a variable, one at least of each axis is true, and constraints only ever forbid states. So
whichever true state is taken on each axis, the constraints hold, and nothing has to say that there is only one.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from painrules.check.space.boxes import Box
from painrules.check.space.finder import Finder
from painrules.check.space.search import Judge
from painrules.errors import MissingExtraError


def sat_solver() -> Any:  # noqa: ANN401 - python-sat says no types
    """A new solver.

    Raises:
        MissingExtraError: If python-sat is not installed.
    """
    try:
        from pysat.solvers import Cadical195  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        msg = "questions beyond the budget need python-sat; install it with: pip install 'painrules[prove]'"
        raise MissingExtraError(msg) from None
    return Cadical195()


class SatQuestion:
    """One question: a box, rules that may be in force in it, and what is asked of them.

    Args:
        finder: The space, and what follows from what in it.
        box: Where a point is looked for.
        others: Boxes that are spoken of.
    """

    def __init__(self, finder: Finder, box: Box, others: Sequence[Box]) -> None:
        self._finder = finder
        self._full = finder.space.full
        self._solver = sat_solver()
        self._numbers = count(1)
        self._classes = self._told_apart([box, *others])
        self._variables = {
            axis: {mask: next(self._numbers) for mask in classes}
            for axis, classes in self._classes.items()
        }
        self._inside: dict[tuple[int, int], int] = {}
        for variables in self._variables.values():
            self.require(variables.values())
        for axis, mask in box.items():
            self.require([self._within(axis, mask)])
        self._add_origins()

    def close(self) -> None:
        """Lets go of the solver."""
        self._solver.delete()

    def _told_apart(self, boxes: Iterable[Box]) -> dict[int, list[int]]:
        """For each axis that matters, the states that nothing asked tells apart, as masks."""
        finder = self._finder
        masks: dict[int, set[int]] = {}
        waiting = [box for box in boxes if box]
        while waiting:
            for axis, mask in waiting.pop().items():
                if axis not in masks:
                    masks[axis] = {finder.space.free[axis]}
                    following = finder.following(axis)
                    masks[axis] |= {1 << place for place in following}
                    for place in following:
                        waiting += [one for line in finder.origin(axis, place) for one in line]
                masks[axis].add(mask)
        return {axis: _classes(self._full[axis], several) for axis, several in masks.items()}

    def _add_origins(self) -> None:
        """A state that follows from others is one only where it does."""
        for axis in self._variables:
            for place in self._finder.following(axis):
                variable = self._variables[axis][1 << place]
                for line in self._finder.origin(axis, place):
                    self.require([-variable, *map(self.inside, line)])

    def require(self, literals: Iterable[int]) -> None:
        """That one at least of some literals holds."""
        self._solver.add_clause(list(literals))

    def _within(self, axis: int, mask: int) -> int:
        """That an axis is in one of some states."""
        found = self._inside.get((axis, mask))
        if found is None:
            found = self._inside[axis, mask] = next(self._numbers)
            for states, variable in self._variables[axis].items():
                if not states & mask:
                    self.require([-found, -variable])
        return found

    def inside(self, box: Box) -> int:
        """That a point lies in a box."""
        found = next(self._numbers)
        for axis, mask in box.items():
            self.require([-found, self._within(axis, mask)])
        return found

    def outside(self, box: Box) -> list[int]:
        """That a point does not lie in a box: one at least of these holds."""
        return [self._within(axis, self._full[axis] & ~mask) for axis, mask in box.items()]

    def deciding(self, boxes: Mapping[int, Box]) -> dict[int, int]:
        """For each rule a literal that says whether it is in force, so that the solver has to decide."""
        found = {}
        for rule, box in boxes.items():
            found[rule] = self.inside(box)
            self.require([found[rule], *self.outside(box)])
        return found

    def point(self) -> Box | None:
        """A point that fits all that is required; None: there is none."""
        if not self._solver.solve():
            return None
        true = set(self._solver.get_model())
        return {
            axis: next(states for states, variable in variables.items() if variable in true)
            for axis, variables in self._variables.items()
        }


def _classes(full: int, masks: Iterable[int]) -> list[int]:
    """The states of an axis, split by masks into those that none of them tells apart."""
    classes = [full]
    for mask in masks:
        classes = [part for one in classes for part in (one & mask, one & ~mask) if part]
    return classes


def outside_by_sat(finder: Finder, box: Box, others: Sequence[Box]) -> Box | None:
    """A point of a box that lies in none of the others; None: there is none."""
    if not all(others):
        return None  # one of them is everywhere
    question = SatQuestion(finder, box, others)
    try:
        for other in others:
            question.require(question.outside(other))
        return question.point()
    finally:
        question.close()


def search_by_sat(finder: Finder, box: Box, rules: Mapping[int, Box], judge: Judge) -> Box | None:
    """A point of a box in which a judge says yes to the rules in force there; None: there is none."""
    question = SatQuestion(finder, box, list(rules.values()))
    try:
        literals = question.deciding(rules)
        while True:
            point = question.point()
            if point is None:
                return None
            in_force = _in_force(point, rules)
            if judge(in_force, 0)[0]:
                return point
            kept = _reason(in_force, rules, judge)
            question.require(
                -literals[rule] if in_force >> rule & 1 else literals[rule] for rule in kept
            )
    finally:
        question.close()


def _in_force(point: Box, rules: Mapping[int, Box]) -> int:
    return sum(
        1 << rule
        for rule, box in rules.items()
        if all(not point[axis] & ~mask for axis, mask in box.items())
    )


def _reason(in_force: int, rules: Iterable[int], judge: Judge) -> list[int]:
    """Rules of which it is enough to know whether they are in force, for the judge to say no."""
    kept, open_ = [], 0
    for rule in rules:
        bit = 1 << rule
        yes, matter = judge(in_force & ~(open_ | bit), open_ | bit)
        if yes or matter:
            kept.append(rule)
        else:
            open_ |= bit
    return kept
