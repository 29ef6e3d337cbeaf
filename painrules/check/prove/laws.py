"""Laws 10 to 12, for all profiles: opioids in chronic pain, at the end of life, and what tells pain types apart."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations
from operator import eq

from painrules.check.deciding import deciding
from painrules.check.findings import found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.check.space import Answer, Box
from painrules.check.space.axes import Key
from painrules.check.space.boxes import meet
from painrules.engine import bits
from painrules.model.conditions import Clause
from painrules.model.pack import Coverage
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.resolve import Decision
from painrules.vocab import Line, PainType

NO_COVERAGE = Coverage()


def laws(ground: Ground) -> Iterator[Verdict]:
    """Asks whether laws 10, 11 and 12 hold, for what the pack says that it covers."""
    covers = ground.pack.header.covers or NO_COVERAGE
    own = ground.subject.covers
    opioids = {
        name for group in covers.opioids for name in ground.pack.intervention_tree.downwards(group)
    }
    for name in sorted(opioids):
        yield _law_10(ground, name)
    for number, rule in enumerate(ground.rules):
        if isinstance(rule, Position) and rule.option in opioids and _on_chronic_pain(rule):
            yield _law_11(ground, number, rule, covers)
    yield from _law_12(ground, own)


def _law_10(ground: Ground, name: str) -> Verdict:
    """Is the line of an opioid ever `first` in chronic pain, given or inferred?"""
    option = ground.index.option(name)
    chronic = _holding(ground, Clause("pain_type", values=(PainType.CHRONIC.value,)))
    speaking = option.speaking & ground.counting
    boxes = {n: box for n in bits(speaking) if (box := ground.boxes[n]) is not None}

    def wanted(decision: Decision) -> bool:
        return decision.line is Line.FIRST

    for number in bits(option.supports & ground.counting):
        rule, box = ground.rules[number], ground.boxes[number]
        if box is None or not isinstance(rule, Position) or rule.line is not Line.FIRST:
            continue
        answer = ground.asker.search(
            meet(box, chronic), boxes, deciding(ground.index, name, wanted)
        )
        if not answer.decided:
            return Verdict("law_10", name, decided=False)
        if answer.point is not None:
            what = f"'{name}' is a first line in chronic pain, by '{rule.id}'"
            example = ground.example(
                answer,
                f"'{name}' is a first line",
                lambda one: _first_in_chronic(ground, one, name),
            )
            where = ground.where(rule)
            finding = found("law_10", name, what, where=where, beside=(rule.id,), example=example)
            return Verdict("law_10", name, finding)
    return Verdict("law_10", name)


def _first_in_chronic(ground: Ground, profile: Profile, name: str) -> bool:
    resolution = ground.resolved(profile)
    chronic = resolution.asked[0].facts.pain_type == PainType.CHRONIC.value
    return chronic and resolution.outcome(name).line is Line.FIRST


def _holding(ground: Ground, clause: Clause) -> Box:
    """The box in which a clause holds, or is presumed to."""
    axis, yes, presumed = ground.encoder.held(clause)
    return {axis: yes | presumed}


def _on_chronic_pain(rule: Position) -> bool:
    values = [clause.values for clause in rule.conditions if clause.attribute == "pain_type"]
    return any("chronic" in some and "cancer" not in some for some in values)


def _law_11(ground: Ground, number: int, rule: Position, covers: Coverage) -> Verdict:
    """Is a position on opioids in chronic pain ever in force in cancer pain, or at the end of life?"""
    axis = ground.asker.space.numbers[Key("pain_type")]
    states = ground.asker.space.axes[axis].states
    cancer = sum(
        1 << at for at, state in enumerate(states) if state.stated.get("pain_type") == "cancer"
    )
    looked_at: list[tuple[str, Box]] = [("in cancer pain", {axis: cancer})]
    for name in covers.end_of_life:
        held = ground.encoder.held(Clause("factors", name, ("yes",)))
        looked_at.append((f"with '{name}'", {held.axis: held.yes}))
    decided = True
    for words, box in looked_at:
        answer = _within(ground, number, box)
        decided &= answer.decided
        if answer.point is not None:
            what = f"rule '{rule.id}', on '{rule.option}' in chronic pain, is in force {words}"
            example = ground.example(
                answer,
                f"'{rule.id}' is in force",
                lambda one: ground.in_force(one, number) and _is_spared(one, covers),
            )
            finding = found("law_11", rule.id, what, where=ground.where(rule), example=example)
            return Verdict("law_11", rule.id, finding)
    return Verdict("law_11", rule.id, decided=decided)


def _within(ground: Ground, number: int, box: Box) -> Answer:
    own = ground.boxes[number]
    return ground.asker.point(None if own is None else meet(own, box))


def _is_spared(profile: Profile, covers: Coverage) -> bool:
    dying = any(profile.factors.get(name) for name in covers.end_of_life)
    return dying or profile.pain_type is PainType.CANCER


def _law_12(ground: Ground, covers: Coverage) -> Iterator[Verdict]:
    """Does each pair of pain types, and of mechanisms, differ in status or line of some option?"""
    cells = {
        (kind, mechanism): _told(ground, _cell(kind, mechanism))
        for kind in (None, *covers.pain_types)
        for mechanism in (None, *covers.mechanisms)
    }
    for one, other in combinations(cells, 2):
        unlike = [{mine, yours} for mine, yours in zip(one, other, strict=True) if mine != yours]
        if len(unlike) != 1 or None in unlike[0]:
            continue
        pair = [_named(cell) for cell in (one, other)]
        finding = None
        if cells[one] == cells[other]:
            what = f"{pair[0]} and {pair[1]} come to the same options, with the same lines"
            shows = f"as for {pair[1]}"
            cell = _cell(*one)
            example = ground.example(cell, shows, partial(eq, cell))
            where = ground.subject.in_header("covers")
            finding = found("law_12", "_".join(pair[0].split()), what, where=where, example=example)
        yield Verdict("law_12", f"{pair[0]} and {pair[1]}", finding)


def _cell(kind: str | None, mechanism: str | None) -> Profile:
    return Profile(pain_type=kind, mechanisms=[] if mechanism is None else [mechanism])


def _named(cell: tuple[str | None, str | None]) -> str:
    return " ".join(str(word) for word in cell if word is not None)


def _told(ground: Ground, profile: Profile) -> frozenset[tuple[object, ...]]:
    """Status and line of each option."""
    resolution = ground.resolved(profile)
    outcomes = ((name, resolution.outcome(name)) for name in resolution.options)
    return frozenset((name, one.status, one.line) for name, one in outcomes)
