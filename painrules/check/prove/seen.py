"""Rules that are in force, but never seen in their own right: another always takes their place."""

import datetime as dt
from collections.abc import Iterator

from painrules.check.findings import Counterexample, found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.check.space import Box
from painrules.check.space.boxes import meet
from painrules.engine import bits
from painrules.model.rule import Inference, Position, Step
from painrules.vocab import Stance


def never_seen(ground: Ground) -> Iterator[Verdict]:
    """Asks of each position, step and inference whether it is ever seen in its own right."""
    for number, rule in enumerate(ground.rules):
        box = ground.boxes[number]
        if box is None or not ground.is_own(number) or not ground.counts(number):
            continue
        if isinstance(rule, Position):
            yield _position(ground, number, rule)
        elif isinstance(rule, Step):
            yield _step(ground, number, rule, box)
        elif isinstance(rule, Inference):
            yield _inference(ground, number, rule, box)


def _position(ground: Ground, number: int, rule: Position) -> Verdict:
    """Is it always replaced by narrower ones of its source, for its option and each member that it speaks of?"""
    box = ground.boxes[number]
    assert box is not None  # noqa: S101 - see above
    members = ground.pack.intervention_tree.descendants(rule.option)
    silent = rule.stance is Stance.NO_RECOMMENDATION  # which is not said of members
    replacing = 0
    for option in [rule.option, *(() if silent else sorted(members))]:
        narrower = dict(ground.index.option(option).replaced).get(1 << number, 0)
        if not narrower:
            return Verdict("never_seen", rule.id)
        replacing |= narrower
        for day in _days(ground, number, narrower):
            others = [n for n in bits(narrower) if ground.windows[n].holds(day)]
            boxes = [b for b in (ground.boxes[n] for n in others) if b is not None]
            answer = ground.asker.outside(box, boxes)
            if not answer.none:
                return Verdict("never_seen", rule.id, decided=answer.decided)
    ids = ground.ids(replacing)
    what = (
        f"rule '{rule.id}' is never seen: wherever it is in force, "
        f"narrower ones of its source replace it ({', '.join(ids)})"
    )
    example = _both(ground, number, next(bits(replacing)), f"'{rule.id}' is in force, and replaced")
    finding = found(
        "never_seen", rule.id, what, where=ground.where(rule), beside=ids, example=example
    )
    return Verdict("never_seen", rule.id, finding)


def _days(ground: Ground, number: int, others: int) -> list[dt.date]:
    """The days on which something changes in what counts beside a rule; the pack's day first."""
    window = ground.windows[number]
    days = {window.start, ground.today}
    for other in bits(others):
        days |= {ground.windows[other].start, ground.windows[other].end}
    return sorted(
        (day for day in days if window.holds(day)), key=lambda day: (day != ground.today, day)
    )


def _both(ground: Ground, number: int, other: int, shows: str) -> Counterexample | None:
    """A profile in which two rules are in force together."""
    day = ground.common_day(number, other)
    answer = ground.asker.point(ground.met(number, other))
    return ground.example(
        answer, shows, lambda profile: ground.in_force(profile, number, other), day
    )


def _step(ground: Ground, number: int, rule: Step, box: Box) -> Verdict:
    """Is what it requires always known to hold where it is in force, so that nothing ever comes after anything?"""
    for clause in rule.requires.clauses():
        held = ground.encoder.held(clause)
        missing = ground.asker.space.full[held.axis] & ~held.yes
        both = meet(box, {held.axis: missing}) if missing else None
        answer = ground.asker.point(both)
        if not answer.none:
            return Verdict("never_seen", rule.id, decided=answer.decided)
    what = f"rule '{rule.id}' is never seen: wherever it is in force, what it requires is known to hold"
    shows = f"'{rule.id}' is in force, and nothing comes after anything"
    example = ground.example(
        ground.asker.point(box), shows, lambda profile: ground.in_force(profile, number)
    )
    finding = found("never_seen", rule.id, what, where=ground.where(rule), example=example)
    return Verdict("never_seen", rule.id, finding)


def _inference(ground: Ground, number: int, rule: Inference, box: Box) -> Verdict:
    """Is something else always suggested together with it, so that neither is ever taken?"""
    attribute, name, value = rule.suggests.fact
    if attribute == "mechanism":  # mechanisms add up
        return Verdict("never_seen", rule.id)
    others = [
        at
        for at, one in enumerate(ground.rules)
        if isinstance(one, Inference)
        and one.suggests.fact[:2] == (attribute, name)
        and one.suggests.fact[2] != value
        and ground.windows[at].holds(ground.today)
    ]
    boxes = [b for b in (ground.boxes[at] for at in others) if b is not None]
    answer = ground.asker.outside(box, boxes)
    if not answer.none:
        return Verdict("never_seen", rule.id, decided=answer.decided)
    ids = tuple(ground.rules[at].id for at in others)
    what = (
        f"rule '{rule.id}' is never seen: wherever it suggests {value}, "
        f"others suggest something else ({', '.join(ids)})"
    )
    example = ground.example(
        ground.asker.point(box),
        f"'{rule.id}' is in force, and its suggestion is not taken",
        lambda profile: ground.in_force(profile, number),
    )
    finding = found(
        "never_seen", rule.id, what, where=ground.where(rule), beside=ids, example=example
    )
    return Verdict("never_seen", rule.id, finding)
