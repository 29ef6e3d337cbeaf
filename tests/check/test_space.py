"""The profile space: rules in its terms against the engine, points against profiles, solvers against each other."""

import random
import sys
from collections.abc import Sequence

import pytest
from clingo import Control
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from painrules import Explorer, Pack
from painrules.check import prove_pack
from painrules.check.space import Asker, Box
from painrules.check.space.boxes import meet, within
from painrules.check.space.locate import locate
from painrules.engine import BitmapEngine, bits, consult, strata
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Position
from painrules.resolve import EVERYTHING
from painrules.testing import packs, situations, small_vocabulary

PROGRAM = """
1 { in(A, S) : state(A, S) } 1 :- axis(A).
holds(B) :- box(B), in(A, S) : names(B, A), choice(B, A, S).
met(B, A) :- names(B, A), in(A, S), choice(B, A, S).
lies(B) :- box(B), met(B, A) : names(B, A).
some(L) :- line(L, _), lies(B), line(L, B).
:- in(A, S), follows(A, S, L), not some(L).
"""
"""One state on each axis; a state that follows from others is one only where it does."""


class Oracle:
    """The same questions as a logic program, by clingo: what both ways of the library must equal."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._boxes: list[str] = []
        self._number = 0
        lines = [
            PROGRAM.replace("holds(B) :- box(B), in(A, S) : names(B, A), choice(B, A, S).\n", "")
        ]
        for at, axis in enumerate(asker.space.axes):
            lines.append(f"axis({at}). state({at}, 0..{len(axis.states) - 1}).")
            for place in asker.finder.following(at):
                for line in asker.finder.origin(at, place):
                    name = f"l{self._number}"
                    self._number += 1
                    lines.append(f"follows({at}, {place}, {name}). line({name}, none).")
                    lines += [f"line({name}, {self._named(box)})." for box in line]
        self._program = "\n".join(lines)

    def _named(self, box: Box) -> str:
        name = f"b{self._number}"
        self._number += 1
        self._boxes.append(f"box({name}).")
        for axis, mask in box.items():
            self._boxes.append(f"names({name}, {axis}).")
            self._boxes += [f"choice({name}, {axis}, {state})." for state in bits(mask)]
        return name

    def exists(self, box: Box, others: Sequence[Box] = ()) -> bool:
        """Whether there is a point in a box and outside of others."""
        kept = list(self._boxes)
        lines = [f":- not lies({self._named(box)})."]
        lines += [f":- lies({self._named(other)})." for other in others]
        control = Control(["--warn=none"])
        control.add("base", [], "\n".join([self._program, *self._boxes, *lines]))
        self._boxes = kept
        control.ground([("base", [])])
        return bool(control.solve().satisfiable)


@settings(deadline=None)
@given(situation=situations())
def test_a_rule_is_in_force_exactly_in_its_box(situation: tuple[Pack, Profile]) -> None:
    """`when` and `unless` are encoded in one place; if that were wrong, every proof would be about something else."""
    pack, profile = situation
    asker, engine = Asker(pack), BitmapEngine(pack)
    assume(len(profile.conditions) < 3)
    found = consult(engine, asker.space.builders[0], profile)
    suggesting = {
        name for one in (*found.inferred.taken, *found.inferred.refused) for name in one.rules
    }
    counting = {rule.id for layer in strata(pack) for rule in layer}
    given = profile.to_dict()

    for asked in found.asked:
        point = locate(asker.space, profile, [found], [asked])
        assert point is not None
        for number, rule in enumerate(pack.rules):
            box = asker.encoders[0].in_force(rule)
            lies = box is not None and within(point, box)
            if isinstance(rule, Inference):
                if rule.id in counting and not _stated(rule, given):
                    assert lies is (rule.id in suggesting), rule.id
            else:
                assert lies is bool(asked.sets.in_force >> number & 1), rule.id


def _stated(rule: Inference, given: dict[str, object]) -> bool:
    attribute, name, _ = rule.suggests.fact
    if attribute == "factors":
        factors = given.get("factors", {})
        return isinstance(factors, dict) and name in factors
    return {"mechanism": "mechanisms"}.get(attribute, attribute) in given


@settings(deadline=None, max_examples=60)
@given(pack=packs(), data=st.data())
def test_three_solvers_agree_and_every_point_is_a_profile(pack: Pack, data: st.DataObject) -> None:
    """Boxes and a SAT solver find a point where clingo does, and the library says of it what was asked for."""
    by_boxes, by_sat = Asker(pack, solver="boxes"), Asker(pack, solver="sat")
    oracle = Oracle(by_boxes)
    boxes = [by_boxes.encoders[0].in_force(rule) for rule in pack.rules]
    numbers = [number for number, box in enumerate(boxes) if box is not None]
    few = data.draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=4)) if numbers else []
    for one in few:
        for other in few:
            box = meet(boxes[one] or {}, boxes[other] or {})
            outside = [boxes[n] or {} for n in numbers if n not in {one, other}][:3]
            if box is None:
                continue
            for beside in ([], outside):
                expected = oracle.exists(box, beside)
                for asker in (by_boxes, by_sat):
                    answer = asker.outside(box, beside)
                    assert answer.decided
                    assert (answer.point is not None) is expected
                    if answer.point is not None:
                        _shows(pack, asker.space.profile_of(answer.point), {one, other})


def _shows(pack: Pack, profile: Profile, numbers: set[int]) -> None:
    """That rules are in force for a profile, all for one mechanism."""
    resolution = Explorer(pack).resolve(profile, EVERYTHING)
    wanted = {n for n in numbers if not isinstance(pack.rules[n], Inference)}
    assert any(all(ask.sets.in_force >> n & 1 for n in wanted) for ask in resolution.asked)


def hard_pack(factors: int, rules: int) -> Pack:
    """A pack in which many rules together cover another one, or almost: what boxes are bad at."""
    vocabulary = small_vocabulary()
    plain = vocabulary.factors["distress"]
    names = [f"f{number}" for number in range(factors)]
    extra = {name: plain.model_copy(update={"id": name, "label": name}) for name in names}
    pack = vocabulary.model_copy(update={"factors": {**vocabulary.factors, **extra}})
    drawn = random.Random(7)  # noqa: S311 - reproducible, not secret
    broad = {"id": "broad", "option": "walking", "stance": "supports", "source": "alpha"}
    made = [Position(**broad, because="Broad.", when={"pain_type": "chronic"})]
    for number in range(rules):
        sides: tuple[dict[str, bool], dict[str, bool]] = ({}, {})
        for name in drawn.sample(names, 3):
            sides[drawn.random() < 0.5][name] = True
        one = {**broad, "id": f"narrow_{number}", "because": "Narrow."}
        made.append(Position(**one, when={"factors": sides[0]}, unless={"factors": sides[1]}))
    return pack.with_rule(*made)


def test_what_exceeds_the_budget_is_not_decided_without_a_sat_solver_and_decided_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody may take silence for a proof."""
    pack = hard_pack(20, 110)

    boxes = prove_pack(pack, splits=40, solver="boxes")
    assert not boxes.decided
    assert "NOT DECIDED" in str(boxes)
    assert prove_pack(pack, splits=40).decided

    monkeypatch.setitem(sys.modules, "pysat", None)
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    assert not prove_pack(pack, splits=40).decided


def test_a_sat_solver_alone_finds_what_boxes_find() -> None:
    """So a proof does not depend on which of them came to it."""
    pack = hard_pack(10, 60)
    boxes, sat = prove_pack(pack, solver="boxes"), prove_pack(pack, solver="sat")

    assert boxes.decided
    assert [(one.finding, one.subject) for one in boxes.findings] == [
        (one.finding, one.subject) for one in sat.findings
    ]
    assert boxes.proofs == sat.proofs
