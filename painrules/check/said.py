"""What a rule says, apart from of whom: what it is about, and what it concludes."""

from collections.abc import Hashable

from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step


def about(rule: Rule) -> Hashable:
    """What a rule is about: two rules of a source that are about the same, for the same people, are one too many."""
    if isinstance(rule, Position):
        return (rule.rule_kind, rule.option, rule.stance)
    if isinstance(rule, Caution):
        return (rule.rule_kind, rule.option)
    if isinstance(rule, Step):
        return (rule.rule_kind, rule.option, rule.requires)
    if isinstance(rule, Inference):
        return (rule.rule_kind, rule.suggests.fact)
    return (rule.rule_kind,)


def conclusion(rule: Rule) -> dict[str, Hashable]:
    """What a rule says of what it is about."""
    if isinstance(rule, Position):
        return {"line": rule.line, "strength": rule.strength, "members": rule.members}
    if isinstance(rule, Caution):
        return {"severity": rule.severity}
    if isinstance(rule, Step):
        return {"kind": rule.kind, "safeguard": rule.safeguard, "steps_from": rule.steps_from}
    if isinstance(rule, RedFlag):
        return {"urgency": rule.urgency}
    return {}


def says(rule: Rule) -> Hashable:
    """The whole of it: rules that say the same may stand for each other."""
    return (rule.source, about(rule), tuple(conclusion(rule).items()))
