"""Asking about the whole profile space: by boxes within a budget, beyond it by a SAT solver if there is one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from painrules.check.space.boxes import Box
from painrules.check.space.encode import Encoder
from painrules.check.space.finder import Budget, Finder, OverBudgetError
from painrules.check.space.sat import outside_by_sat, search_by_sat
from painrules.check.space.search import Judge, search
from painrules.check.space.space import Space
from painrules.errors import MissingExtraError
from painrules.model.pack import Pack

Solver = Literal["auto", "boxes", "sat"]
"""Boxes, then a SAT solver; or only one of them."""

SPLITS = 20_000
"""How often boxes are split for one question at most, before a SAT solver is asked."""


class Answer(NamedTuple):
    """An answer about the whole space."""

    point: Box | None = None
    """A point; None: it is proved that there is none, or it was not decided."""
    decided: bool = True
    """Whether there is an answer at all."""

    @property
    def none(self) -> bool:
        """Whether it is proved that there is no such point."""
        return self.decided and self.point is None


class Asker:
    """Asks about the profile space of a pack, or of two that are compared.

    Args:
        packs: The packs.
        splits: How often boxes are split for one question at most.
        solver: ``auto`` asks a SAT solver beyond that, ``boxes`` never, ``sat`` always.
    """

    def __init__(self, *packs: Pack, splits: int = SPLITS, solver: Solver = "auto") -> None:
        self.space = Space(*packs)
        self.encoders = tuple(Encoder(self.space, place) for place in range(len(packs)))
        self.finder = Finder(self.space, self.encoders)
        self._splits = splits
        self._solver = solver

    def point(self, box: Box | None) -> Answer:
        """A point of a box."""
        return self.outside(box, ())

    def outside(self, box: Box | None, others: Sequence[Box]) -> Answer:
        """A point of a box that lies in none of the others."""
        if box is None:
            return Answer()
        return self._ask(
            lambda budget: self.finder.outside(box, others, budget),
            lambda: outside_by_sat(self.finder, box, others),
        )

    def search(self, box: Box | None, rules: Mapping[int, Box], judge: Judge) -> Answer:
        """A point of a box in which a judge says yes to the rules in force there."""
        if box is None:
            return Answer()
        return self._ask(
            lambda budget: search(self.finder, box, rules, judge, budget),
            lambda: search_by_sat(self.finder, box, rules, judge),
        )

    def _ask(
        self, by_boxes: Callable[[Budget], Box | None], by_sat: Callable[[], Box | None]
    ) -> Answer:
        if self._solver != "sat":
            try:
                return Answer(by_boxes(Budget(self._splits)))
            except OverBudgetError:
                if self._solver == "boxes":
                    return Answer(decided=False)
        try:
            return Answer(by_sat())
        except MissingExtraError:
            return Answer(decided=False)
