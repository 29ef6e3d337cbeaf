"""What a source says twice."""

from collections.abc import Hashable, Iterator

from painrules.check.findings import Finding, found
from painrules.check.said import about, conclusion
from painrules.check.subject import Subject
from painrules.model.pack import RULE_TABLES
from painrules.model.rule import Rule
from painrules.resolve.lens import Window, window_of


def twins(subject: Subject) -> Iterator[Finding]:
    """A finding for each rule that says again what another of its source says, for the same people."""
    pack = subject.pack
    same: dict[Hashable, list[Rule]] = {}
    for rule in pack.rules:
        key = (rule.source, about(rule), frozenset(rule.conditions))
        for other in same.setdefault(key, []):
            own = [
                one for one in (rule, other) if subject.is_own(RULE_TABLES[one.rule_kind], one.id)
            ]
            if own and _meet(window_of(rule, pack), window_of(other, pack)):
                again, first = (rule, other) if rule in own else (other, rule)
                unlike = _unlike(again, first)
                if "unless" not in unlike or len(unlike) == 1:
                    yield _finding(subject, again, first, unlike)
                    break
        same[key].append(rule)


def _meet(one: Window, other: Window) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)


def _finding(subject: Subject, rule: Rule, other: Rule, unlike: list[str]) -> Finding:
    where = subject.where(RULE_TABLES[rule.rule_kind], rule.id)
    alike = f"rule '{rule.id}' says of the same people"
    if not unlike:
        what = f"{alike} just what '{other.id}' says"
        return found("duplicate_rule", rule.id, what, where=where, beside=(other.id,))
    what = f"{alike} what '{other.id}' says, but for {', '.join(unlike)}"
    return found("near_duplicate", rule.id, what, where=where, beside=(other.id,))


def _unlike(rule: Rule, other: Rule) -> list[str]:
    """In what two rules about the same thing differ."""
    mine, yours = conclusion(rule), conclusion(other)
    found_ = [name for name in mine if mine[name] != yours[name]]
    if frozenset(rule.exceptions) != frozenset(other.exceptions):
        found_.append("unless")
    return found_
