"""Rules that are in force for no profile, and which of their conditions exclude each other."""

from collections.abc import Collection, Iterator
from itertools import combinations

from painrules.check.findings import Counterexample, Finding, found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.check.space import Box
from painrules.check.space.boxes import meet
from painrules.check.space.encode import Literal
from painrules.explain import told
from painrules.model.facts import truth
from painrules.model.profile import Profile
from painrules.model.rule import Rule
from painrules.vocab import RuleStatus, Truth

MOST_CLASHING = 3
"""How many conditions at most are named as excluding each other."""


def dead_rules(ground: Ground) -> Iterator[Verdict]:
    """Asks of each rule whether it is in force for any profile, on a day that matters."""
    for number, rule in enumerate(ground.rules):
        if not ground.is_own(number):
            continue
        answer = ground.asker.point(ground.boxes[number])
        finding = None
        if answer.none:
            finding = _dead(ground, rule)
        elif not ground.counts(number) and rule.status is RuleStatus.CURRENT:
            finding = _never_in_time(ground, rule)
        yield Verdict("dead_rule", rule.id, finding, decided=answer.decided)


def _dead(ground: Ground, rule: Rule) -> Finding:
    what = f"rule '{rule.id}' is in force for no profile: {_clash(ground, rule)}"
    example = _nearest(ground, rule)
    return found("dead_rule", rule.id, what, where=ground.where(rule), example=example)


def _never_in_time(ground: Ground, rule: Rule) -> Finding:
    what = f"rule '{rule.id}' does not count on {ground.today}, and what it says is looked at on no other day"
    hint = "look at its dates, the year of its source, and the date of the pack"
    return found("dead_rule", rule.id, what, where=ground.where(rule), hint=hint)


def _box(literals: Collection[Literal]) -> Box | None:
    box: Box | None = {}
    for literal in literals:
        part = {literal.axis: literal.mask}
        box = meet(box, part) if box is not None and literal.mask else None
    return box


def _clash(ground: Ground, rule: Rule) -> str:
    """Which of its conditions exclude each other."""
    literals = ground.encoder.literals(rule)
    for size in range(1, MOST_CLASHING + 1):
        for some in combinations(literals, size):
            if ground.asker.point(_box(some)).none:
                parts = "; ".join(_told(ground, literal) for literal in some)
                return f"never so: {parts}" if size == 1 else f"these exclude each other: {parts}"
    return "its conditions exclude each other"


def _told(ground: Ground, literal: Literal) -> str:
    words = told(literal.clause, ground.pack)
    return f"unless {words}" if literal.barring else words


def _nearest(ground: Ground, rule: Rule) -> Counterexample | None:
    """A profile in which all but one of its conditions hold: the rule is not in force there either."""
    literals = ground.encoder.literals(rule)
    for left_out in reversed(literals):
        rest = [literal for literal in literals if literal is not left_out]
        answer = ground.asker.point(_box(rest))
        if answer.point is not None:
            words = told(left_out.clause, ground.pack)
            because = f"'{words}' silences it" if left_out.barring else f"not '{words}'"
            shows = f"all else that '{rule.id}' asks for holds, but {because}"

            def holds(profile: Profile, rest: list[Literal] = rest) -> bool:
                return any(
                    all(
                        (truth(one.clause, ask.facts) >= Truth.PRESUMED) is not one.barring
                        for one in rest
                    )
                    for ask in ground.asked(profile)
                )

            return ground.example(answer, shows, holds)
    return None
