"""Comparing two packs: what differs, and for which options and profiles it makes a difference."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from painrules.check.diff.changes import Undecided
from painrules.check.diff.joint import Joint, Shared, in_force
from painrules.check.diff.regions import NODES, Change, regions
from painrules.check.diff.views import Views
from painrules.check.space import Box
from painrules.check.space.boxes import meet
from painrules.check.space.diagram import Verdict
from painrules.check.space.finder import Budget, OverBudgetError
from painrules.model.rule import Caution

PARTS = ("status", "line", "agreement")

EFFORT = 500_000
"""How many nodes of diagrams are made for all questions together, before two conditions at once are left out."""


class Found(NamedTuple):
    """Something that changes for one option."""

    what: str
    option: str
    before: str
    after: str
    boxes: tuple[Box, ...]


class Question(NamedTuple):
    """What is said of one option, in both packs, and where that may differ."""

    what: str
    option: str
    shared: list[Shared]
    verdict: Verdict
    roots: Sequence[Box]
    name: str = ""
    """The caution that is looked for, if it is one."""


class Comparison:
    """What changes for the options of two packs, and where.

    Args:
        joint: The two packs.
        effort: How many nodes of diagrams may be made for all questions together, before profiles with two conditions
            are left out.
    """

    def __init__(self, joint: Joint, effort: int = EFFORT) -> None:
        self._joint = joint
        self._effort = effort
        self.undecided: list[Undecided] = []
        """What took too long to find out."""
        self.found: list[Found] = []
        """What changes."""
        questions = [*self._questions()]
        answers = {at: self._answer(questions[at]) for at in _small_first(questions)}
        for at, question in enumerate(questions):
            changes, undecided = answers[at]
            self.found += _told(question, changes)
            self.undecided += [] if undecided in self.undecided or not undecided else [undecided]

    def _questions(self) -> Iterator[Question]:
        for option in self._joint.options():
            if self._joint.differs(option):
                yield from self._positions(option)
                yield from self._cautions(option)

    def _positions(self, option: str) -> Iterator[Question]:
        views = Views(self._joint, option)
        for part in PARTS if views.roots else ():
            yield Question(part, option, views.shared, views.verdict(part), views.roots)

    def _cautions(self, option: str) -> Iterator[Question]:
        """A caution makes a difference exactly where one pack has it in force and the other does not."""
        shared = self._joint.cautions(option)
        by_name: dict[str, list[Shared]] = {}
        for one in shared:
            by_name.setdefault(self._name(one), []).append(one)
        for name, few in by_name.items():
            if any(one.differs for one in few):
                verdict = in_force(few, range(len(few)))
                roots = self._joint.differing(few)
                yield Question("cautions", option, few, verdict, roots, name)

    def _answer(self, question: Question) -> tuple[dict[Change, list[Box]], Undecided | None]:
        """Where something changes; if that takes too long, where it does with one condition at most."""
        allowed = min(NODES, self._effort)
        budget = Budget(allowed)
        try:
            return self._regions(question, question.roots, budget), None
        except OverBudgetError:
            pass
        finally:
            self._effort -= allowed - budget.left
        axis, few = self._joint.asker.space.one_problem
        roots = [both for root in question.roots if (both := meet(root, {axis: few})) is not None]
        left_out = Undecided(what=question.what, option=question.option, only_of_two=True)
        try:
            return self._regions(question, roots, Budget(NODES)), left_out
        except OverBudgetError:
            return {}, Undecided(what=question.what, option=question.option)

    def _regions(
        self, question: Question, roots: Sequence[Box], budget: Budget
    ) -> dict[Change, list[Box]]:
        return regions(self._joint, question.shared, question.verdict, roots, budget)

    def _name(self, one: Shared) -> str:
        """A caution by severity and id."""
        side, bit = (self._joint.sides[0], one.old) if one.old else (self._joint.sides[1], one.new)
        rule = side.pack.rules[bit.bit_length() - 1]
        assert isinstance(rule, Caution)  # noqa: S101 - see `Joint.cautions`
        return f"{rule.severity.value} {rule.id}"


def _small_first(questions: Sequence[Question]) -> Iterable[int]:
    """The places of questions, those first that fewer rules decide: most of them are answered before it gets long."""
    return sorted(range(len(questions)), key=lambda at: (len(questions[at].shared), at))


def _told(question: Question, changes: dict[Change, list[Box]]) -> Iterator[Found]:
    for (before, after), boxes in changes.items():
        values = (_plain(before), _plain(after))
        if question.name:
            values = (question.name, "nothing") if before is True else ("nothing", question.name)
        yield Found(question.what, question.option, *values, tuple(boxes))


def _plain(value: object) -> str:
    return "nothing" if value is None else str(value)


__all__ = ["Change", "Comparison", "Found"]
