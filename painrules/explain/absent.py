"""Why a rule does not count: for two results side by side, of which one has it and the other has not."""

from painrules.explain.told import told
from painrules.model.facts import truth
from painrules.model.rule import Position, Rule
from painrules.resolve import Resolution
from painrules.vocab import Role, Truth

ROLES = {
    Role.HISTORY: "it no longer counts",
    Role.REPLACED: "a narrower statement of the same source replaces it",
    Role.EXAMPLE: "it speaks of a class, of which this is an example",
    Role.BROADER: "something more specific is said",
}
TRUTHS = {Truth.NO: "not so", Truth.OPEN: "not known"}


def absent(resolution: Resolution, rule_id: str, option: str) -> str:
    """Why a rule decides nothing about an option, in words.

    Args:
        resolution: Where it does not count.
        rule_id: A position, caution or step, of this pack or another.
        option: The intervention.
    """
    pack = resolution.index.pack
    number = pack.rule_numbers.get(rule_id)
    if number is None:
        return "the pack has no such rule"
    rule, bit = pack.rules[number], 1 << number
    if not any(ask.sets.in_force & bit for ask in resolution.asked):
        return _missing(rule, resolution)
    if not resolution.masks.allowed & bit:
        return "the lens leaves its source out"
    if isinstance(rule, Position):
        roles = {other.id: role for other, role in resolution.also_said(option)}
        return ROLES[roles[rule_id]] if rule_id in roles else "it does not speak of this option"
    if not resolution.masks.dated & bit:
        return "it does not count on that day"
    return "what it asks for is known"


def _missing(rule: Rule, resolution: Resolution) -> str:
    """The conditions of a rule that do not hold, and the exceptions that do, for the mechanism that comes closest."""
    pack = resolution.index.pack
    each: list[list[str]] = []
    for ask in resolution.asked:
        failed = [
            f"{told(clause, pack)}: {TRUTHS[found]}"
            for clause in rule.conditions
            if (found := truth(clause, ask.facts)) < Truth.PRESUMED
        ]
        failed += [
            f"it leaves out: {told(clause, pack)}"
            for clause in rule.exceptions
            if truth(clause, ask.facts) >= Truth.PRESUMED
        ]
        each.append(failed)
    fewest = min(map(len, each))
    closest = next(failed for failed in each if len(failed) == fewest)
    return "; ".join(closest) or "it is not in force"
