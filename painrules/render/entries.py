"""Entries of a pack, one by one and as lists, for the command line and the reference pages."""

import json
import textwrap
from typing import Any

from painrules.explain import population
from painrules.model.base import NOT_STATED
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position, Rule, Step
from painrules.render.markdown import escaped

WIDTH = 96
SKIPPED = {"id", "label", "examples", "scope", "when", "unless", "requires"}


def title_of(entry: Any) -> str:  # noqa: ANN401 - any entry of a pack
    """The name of an entry as a reader sees it."""
    for field in ("label", "title", "term", "statement", "sentence", "text", "because"):
        found = getattr(entry, field, None)
        if found:
            return str(found)
    return str(entry.id)


def listing(pack: Pack, kind: str, form: str) -> str:
    """All entries of one kind."""
    entries = pack.rules if kind == "rules" else tuple(getattr(pack, kind).values())
    if form == "json":
        plain = [{"id": entry.id, "title": title_of(entry)} for entry in entries]
        return json.dumps(plain, indent=2, ensure_ascii=False)
    if form == "md":
        rows = [f"| `{entry.id}` | {escaped(title_of(entry))} |" for entry in entries]
        return "\n".join(["| id | name |", "| --- | --- |", *rows])
    broad = max((len(entry.id) for entry in entries), default=0) + 2
    return "\n".join(f"{entry.id.ljust(broad)}{title_of(entry)}" for entry in entries)


def fields_of(pack: Pack, kind: str, name: str) -> list[tuple[str, str]]:
    """What an entry says, field by field, and what rules say of it."""
    entry = getattr(pack, kind)[name]
    found = [("id", name), ("kind", kind.replace("_", " "))]
    if isinstance(entry, Rule):
        found.append(("speaks of", population(entry, pack)))
        found.append(("cites", pack.sources[entry.source].cited))
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if field in SKIPPED or value in (None, (), {}, NOT_STATED, (NOT_STATED,)):
            continue
        found.append((field.rstrip("_").replace("_", " "), _told(value)))
    found += [("said", _told_rule(rule, pack)) for rule in _rules_about(pack, kind, name)]
    return found


def _told(value: Any) -> str:  # noqa: ANN401 - any field
    if isinstance(value, tuple):
        return "; ".join(map(_told, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _rules_about(pack: Pack, kind: str, name: str) -> list[Rule]:
    if kind == "interventions":
        return [rule for rule in pack.rules if getattr(rule, "option", None) == name]
    if kind == "sources":
        return [rule for rule in pack.rules if rule.source == name]
    if kind == "conditions":
        return [
            rule
            for rule in pack.rules
            if any(c.attribute == "condition" and name in c.values for c in rule.conditions)
        ]
    if kind in {"factors", "red_flag_signs"}:
        return [
            rule
            for rule in pack.rules
            if any(c.name == name for c in rule.conditions + rule.exceptions)
        ]
    return []


def _told_rule(rule: Rule, pack: Pack) -> str:
    what = rule.rule_kind
    if isinstance(rule, Position):
        what = f"{rule.stance.value.replace('_', ' ')} {rule.option}"
    elif isinstance(rule, Caution):
        what = f"{rule.severity.value} {rule.option}"
    elif isinstance(rule, Step):
        what = f"{rule.kind.value} step of {rule.option}"
    return f"{rule.id}: {what}, for {population(rule, pack)}. {rule.because} [{pack.sources[rule.source].cited}]"


def entry_lines(pack: Pack, kind: str, name: str) -> str:
    """An entry as text."""
    lines = [title_of(getattr(pack, kind)[name])]
    for field, value in fields_of(pack, kind, name):
        lead = f"  {field}: "
        lines += textwrap.wrap(value, WIDTH, initial_indent=lead, subsequent_indent="      ") or [
            lead
        ]
    return "\n".join(lines)


def entry_markdown(pack: Pack, kind: str, name: str) -> str:
    """An entry as Markdown."""
    title = escaped(title_of(getattr(pack, kind)[name]))
    rows = [f"- **{field}**: {escaped(value)}" for field, value in fields_of(pack, kind, name)]
    return "\n".join([f"## {title}", "", *rows])
