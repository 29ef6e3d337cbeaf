"""Searching for a point by the rules that are in force there, splitting boxes until a judge is sure."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from painrules.check.space.boxes import Box, apart, meet, within, without
from painrules.check.space.finder import Budget, Finder
from painrules.engine import bits

Judge = Callable[[int, int], tuple[bool, int]]
"""Given the rules known to be in force and those not decided yet: whether it is so, and which of these still matter."""


class Part(NamedTuple):
    """A part of a box in which the judge is sure."""

    box: Box
    in_force: int
    """The rules known to be in force all over it; of others that do not matter nothing is known."""
    yes: bool
    """What the judge says."""


def parts(
    finder: Finder, box: Box, rules: Mapping[int, Box], judge: Judge, budget: Budget
) -> Iterator[Part]:
    """The parts of a box in which the judge is sure; together they are the whole box.

    Raises:
        OverBudgetError: If more splits would be needed than are allowed.
    """
    waiting: list[tuple[Box, int, int]] = [(box, 0, sum(1 << rule for rule in rules))]
    while waiting:
        budget.spend()
        part, in_force, open_ = waiting.pop()
        for rule in bits(open_):
            if apart(part, rules[rule]):
                open_ &= ~(1 << rule)
            elif within(part, rules[rule]):
                open_ &= ~(1 << rule)
                in_force |= 1 << rule
        yes, matter = judge(in_force, open_)
        if not matter:
            yield Part(part, in_force, yes)
            continue
        rule = (matter & -matter).bit_length() - 1
        open_ &= ~(1 << rule)
        waiting += [
            (piece, in_force, open_) for piece in without(part, rules[rule], finder.space.full)
        ]
        inside = meet(part, rules[rule])
        if inside is not None:
            waiting.append((inside, in_force | 1 << rule, open_))


def search(
    finder: Finder, box: Box, rules: Mapping[int, Box], judge: Judge, budget: Budget
) -> Box | None:
    """A point of a box in which a judge says yes to the rules in force there; None: there is none."""
    for part in parts(finder, box, rules, judge, budget):
        if part.yes:
            point = finder.point(part.box, budget)
            if point is not None:
                return point
    return None
