"""One thing changed in one rule: a stance, a line, a severity, a condition dropped or widened."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from painrules.model.pack import Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule
from painrules.vocab import Line, Mechanism, PainType, Severity, Stance, Urgency

FLIPPED = {
    Stance.SUPPORTS: Stance.OPPOSES,
    Stance.OPPOSES: Stance.SUPPORTS,
    Stance.NO_RECOMMENDATION: Stance.SUPPORTS,
}


class Mutant(NamedTuple):
    """A rule with one thing changed."""

    rule: Rule
    """The rule as it was."""
    changed: Rule
    """The rule as it is now."""
    what: str
    """What was changed."""


def mutants(rule: Rule, pack: Pack) -> Iterator[Mutant]:
    """Every mutant of a rule."""
    for what, changes in _changes(rule, pack):
        plain = rule.model_dump(mode="json", exclude_defaults=True)
        for name, value in changes.items():
            plain[name] = value
        try:
            changed = type(rule).model_validate(plain)
        except ValidationError:  # such as a rule without any condition where one is needed
            continue
        if changed != rule:
            yield Mutant(rule, changed, what)


def _changes(rule: Rule, pack: Pack) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _conclusions(rule)
    plain = rule.model_dump(mode="json", exclude_defaults=True)
    scope = plain.get("scope", {})
    for where in ("when", "unless"):
        for what, when in _conditions(plain.get(where, {}), pack, barring=where == "unless"):
            yield f"{where}: {what}", {where: when}
        for what, when in _conditions(scope.get(where, {}), pack, barring=where == "unless"):
            yield f"scope, {where}: {what}", {"scope": {**scope, where: when}}


def _conclusions(rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(rule, Position):
        stance = FLIPPED[rule.stance]
        plain = {"line": "unspecified", "members": False} if stance is Stance.OPPOSES else {}
        yield f"stance {rule.stance.value} -> {stance.value}", {"stance": stance.value, **plain}
        if rule.stance is Stance.SUPPORTS:
            line = _next(list(Line), rule.line)
            yield f"line {rule.line.value} -> {line.value}", {"line": line.value}
    elif isinstance(rule, Caution):
        severity = _next(list(Severity), rule.severity)
        yield f"severity {rule.severity.value} -> {severity.value}", {"severity": severity.value}
    elif isinstance(rule, RedFlag):
        urgency = _next(list(Urgency), rule.urgency)
        yield f"urgency {rule.urgency.value} -> {urgency.value}", {"urgency": urgency.value}
    elif isinstance(rule, Inference):
        yield from _suggestions(rule)


def _next(words: list[Any], word: Any) -> Any:  # noqa: ANN401 - members of one enumeration
    """The next word, the first after the last."""
    return words[(words.index(word) + 1) % len(words)]


def _suggestions(rule: Inference) -> Iterator[tuple[str, dict[str, Any]]]:
    attribute, name, value = rule.suggests.fact
    if attribute == "factors":
        other = {"factors": {name: value != "yes"}}
        yield f"suggests {name} {value} -> the contrary", {"suggests": other}
        return
    words = [word.value for word in (PainType if attribute == "pain_type" else Mechanism)]
    word = _next(words, value)
    yield f"suggests {value} -> {word}", {"suggests": {attribute: word}}


def _conditions(
    when: Mapping[str, Any], pack: Pack, *, barring: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Conditions with one dropped, or widened; an exception is dropped only."""
    for field, value in when.items():
        rest = {name: other for name, other in when.items() if name != field}
        if isinstance(value, dict) and field in {"factors", "red_flags", "tried"}:
            for name in value:
                fewer = {one: other for one, other in value.items() if one != name}
                yield f"{field}.{name} dropped", {**rest, **({field: fewer} if fewer else {})}
        else:
            yield f"{field} dropped", rest
        if not barring:
            for what, wider in _widened(field, value, pack):
                yield f"{field} {what}", {**rest, field: wider}


def _widened(field: str, value: Any, pack: Pack) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - plain values
    if field in {"pain_type", "mechanism"}:
        words = [word.value for word in (PainType if field == "pain_type" else Mechanism)]
        more = next((word for word in words if word not in value), None)
        if more is not None:
            yield f"widened by {more}", [*value, more]
    elif field == "condition":
        for name in value:
            for above in sorted(pack.condition_tree.parents.get(name, ())):
                yield (
                    f"widened from {name} to {above}",
                    [above if one == name else one for one in value],
                )
    elif isinstance(value, dict) and field not in {"factors", "red_flags", "tried"}:
        if value.get("min") is not None and value["min"] >= 1:
            yield "widened downwards", {**value, "min": value["min"] - 1}
        if value.get("max") is not None:
            yield "widened upwards", {**value, "max": value["max"] + 1}
