"""Sources that contradict themselves: for and against the same option, at the same level, neither rule narrower."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from painrules.check.findings import Finding, found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.check.space import Answer
from painrules.check.space.boxes import meet
from painrules.model.rule import Position
from painrules.resolve.narrower import Follows
from painrules.vocab import Level, Stance


class Pair(NamedTuple):
    """A position for an option and one against it, by number."""

    pro: int
    contra: int
    option: str
    """The option that both speak of."""


def contradictions(ground: Ground) -> Iterator[Verdict]:
    """Asks of each position for, and each against the same option, whether both ever hold for the same people."""
    for pair in _pairs(ground):
        yield from _meeting(ground, pair)


def _pairs(ground: Ground) -> Iterator[Pair]:
    """Positions of one source, for and against the same option at the same level, neither narrower."""
    follows = Follows(ground.pack.intervention_tree, ground.pack.condition_tree)
    by_source: dict[tuple[str, Level], tuple[list[int], list[int]]] = {}
    for number, rule in enumerate(ground.rules):
        if isinstance(rule, Position) and ground.boxes[number] is not None:
            sides = by_source.setdefault((rule.source, rule.level), ([], []))
            if rule.stance is not Stance.NO_RECOMMENDATION:
                sides[rule.stance is Stance.OPPOSES].append(number)
    for sides in by_source.values():
        for one, other in product(*sides):
            pro, contra = _position(ground, one), _position(ground, other)
            option = _common(ground, pro, contra)
            own = ground.is_own(one) or ground.is_own(other)
            narrower = follows.narrower(pro, contra) or follows.narrower(contra, pro)
            if option and own and not narrower:
                yield Pair(one, other, option)


def _position(ground: Ground, number: int) -> Position:
    rule = ground.rules[number]
    assert isinstance(rule, Position)  # noqa: S101 - no others are looked at
    return rule


def _common(ground: Ground, pro: Position, contra: Position) -> str:
    """The option that both speak of; empty: there is none."""
    tree = ground.pack.intervention_tree
    if tree.belongs(pro.option, contra.option):
        return pro.option
    return contra.option if pro.members and tree.belongs(contra.option, pro.option) else ""


def _meeting(ground: Ground, pair: Pair) -> Iterator[Verdict]:
    subject = f"{ground.rules[pair.pro].id} and {ground.rules[pair.contra].id}"
    both = ground.met(pair.pro, pair.contra)
    if both is None or ground.common_day(pair.pro, pair.contra) is None:
        yield Verdict("contradiction", subject)
        return
    axis, few = ground.asker.space.one_problem
    answer = ground.asker.point(meet(both, {axis: few}))
    if answer.point is not None:
        yield Verdict("contradiction", subject, _finding(ground, "contradiction", pair, answer))
        return
    yield Verdict("contradiction", subject, decided=answer.decided)
    answer = ground.asker.point(both)
    finding = None
    if answer.point is not None:
        finding = _finding(ground, "contradiction_of_two", pair, answer)
    yield Verdict("contradiction_of_two", subject, finding, decided=answer.decided)


def _finding(ground: Ground, kind: str, pair: Pair, answer: Answer) -> Finding:
    pro, contra = ground.rules[pair.pro], ground.rules[pair.contra]
    two = ", for two conditions at once" if kind == "contradiction_of_two" else ""
    what = (
        f"rule '{pro.id}' supports '{pair.option}', and '{contra.id}' of the same source opposes it{two}, "
        f"at the same level ({pro.level.value}); neither is narrower"
    )
    example = ground.example(
        answer,
        f"both are in force for '{pair.option}'",
        lambda profile: ground.in_force(profile, pair.pro, pair.contra),
        ground.common_day(pair.pro, pair.contra),
    )
    where = ground.where(pro) or ground.where(contra)
    return found(kind, pro.id, what, where=where, beside=(contra.id,), example=example)
