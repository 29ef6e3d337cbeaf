"""What the page needs of a pack, as plain data: rules with their conditions, and the words that readers see.

The page works its answers out by itself, with the same meaning; nothing here is an answer.
"""

from math import inf
from typing import Any

from painrules.engine import strata
from painrules.explain.told import DURATIONS, NAMES, QUESTIONS
from painrules.given import A_PACK, instance
from painrules.model.base import NOT_STATED
from painrules.model.conditions import Clause
from painrules.model.dates import LAST_DAY, first_day
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.result import SCHEMA_VERSION
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.resolve.lens import Window, window_of
from painrules.vocab import SYMMETRIC

FORM = 1
"""The form of the data; it changes together with the program in the page."""

LABELLED = ("professions", "settings", "assessments", "safeguards")
"""Vocabularies of which the page shows names only."""


class _Clauses:
    """Every condition once, with a number."""

    def __init__(self) -> None:
        self._numbers: dict[Clause, int] = {}

    def numbers(self, clauses: tuple[Clause, ...]) -> list[int]:
        """The numbers of conditions."""
        return [self._numbers.setdefault(clause, len(self._numbers)) for clause in clauses]

    def table(self) -> list[list[Any]]:
        """The conditions by number: attribute, name, values; for a number its bounds, null where there is none."""
        return [
            [
                clause.attribute,
                clause.name,
                list(clause.values),
                None if clause.low == -inf else clause.low,
                None if clause.high == inf else clause.high,
            ]
            for clause in self._numbers
        ]


def page_data(pack: Pack) -> dict[str, Any]:
    """What the page needs of a pack, as plain values that JSON can hold.

    >>> from painrules import core_pack
    >>> data = page_data(core_pack())
    >>> data["pack"]["id"]
    'core'
    """
    pack = instance("pack", pack, Pack, A_PACK)
    clauses = _Clauses()
    rules = [_rule(rule, window_of(rule, pack), clauses) for rule in pack.rules]
    return {
        "form": FORM,
        "schema": SCHEMA_VERSION,
        "notice": pack.notice,
        "reviewed": pack.header.reviewed_by,
        "language": pack.header.language,
        "pack": {
            "id": pack.id,
            "title": pack.header.title,
            "version": pack.version,
            "digest": pack.digest,
            "date": pack.header.date,
        },
        "today": first_day(pack.header.date).isoformat(),
        "categories": [[name, pack.categories[name].label] for name in pack.category_order],
        "interventions": _interventions(pack),
        "conditions": {
            name: _short(
                label=entry.label,
                synonyms=entry.synonyms,
                is_a=entry.is_a,
                codes=(*entry.icd10, *entry.icd11),
                summary=_stated(entry.summary),
            )
            for name, entry in pack.conditions.items()
        },
        "factors": _factors(pack),
        "signs": {
            name: _short(label=entry.label, synonyms=entry.synonyms, cluster=entry.cluster)
            for name, entry in pack.red_flag_signs.items()
        },
        "pain_types": {name: entry.label for name, entry in pack.pain_types.items()},
        "mechanisms": {name: entry.label for name, entry in pack.mechanisms.items()},
        "goals": {name: entry.label for name, entry in pack.goals.items()},
        "labels": [
            {name: entry.label for name, entry in getattr(pack, kind).items()} for kind in LABELLED
        ],
        "misconceptions": {name: entry.statement for name, entry in pack.misconceptions.items()},
        "sources": {
            name: _short(
                title=entry.title,
                issuer=entry.issuer,
                jurisdiction=entry.jurisdiction,
                year=entry.year,
                status=entry.status.value,
                valid_to=entry.valid_to,
                doi=entry.doi,
                number=entry.number,
            )
            for name, entry in pack.sources.items()
        },
        "clauses": clauses.table(),
        "rules": _columns(rules),
        "strata": [[pack.rule_numbers[rule.id] for rule in layer] for layer in strata(pack)],
        "relations": [
            [relation.from_, relation.kind.value, relation.to, relation.note or ""]
            for relation in pack.relations.values()
        ],
        "symmetric": sorted(kind.value for kind in SYMMETRIC),
        "questions": QUESTIONS,
        "durations": DURATIONS,
        "names": sorted(NAMES),
    }


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as columns, which say each name once; 0 stands for nothing.

    A column of words that come again and again holds each once: ``{"words": [...], "rows": [...]}``, numbered from 1.
    """
    found: dict[str, Any] = {}
    for name in sorted({name for row in rows for name in row}):
        column = [row.get(name, 0) for row in rows]
        words = sorted({value for value in column if isinstance(value, str)})
        if words and 4 * len(words) < len(rows):
            number = {word: place for place, word in enumerate(words, 1)}
            found[name] = {
                "words": words,
                "rows": [number[value] if value else 0 for value in column],
            }
        else:
            found[name] = column
    return found


def _short(**fields: object) -> dict[str, Any]:
    """Fields that say something."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in fields.items()
        if value not in (None, "", (), False)
    }


def _stated(text: str) -> str | None:
    return None if text == NOT_STATED else text


def _interventions(pack: Pack) -> dict[str, dict[str, Any]]:
    by_label = sorted((entry.label.casefold(), name) for name, entry in pack.interventions.items())
    order = {name: rank for rank, (_, name) in enumerate(by_label)}
    return {
        name: _short(
            label=entry.label,
            synonyms=entry.synonyms,
            category=entry.category,
            domains=tuple(domain.value for domain in entry.domains),
            is_a=entry.is_a,
            summary=entry.summary,
            helps=_stated(entry.how_it_may_help),
            harms=tuple(text for text in entry.harms if text != NOT_STATED),
            asks=entry.questions,
        )
        | {"rank": order[name]}
        for name, entry in pack.interventions.items()
    }


def _factors(pack: Pack) -> dict[str, dict[str, Any]]:
    bands = FactsBuilder(pack).bands
    found = {}
    for name, entry in pack.factors.items():
        found[name] = _short(
            label=entry.label,
            synonyms=entry.synonyms,
            domain=entry.domain.value,
            kind=entry.kind.value,
            question=entry.question,
        )
        if name in bands:
            attribute, (low, high) = bands[name]
            found[name]["band"] = [attribute, low, None if high == inf else high]
    return found


def _rule(rule: Rule, window: Window, clauses: _Clauses) -> dict[str, Any]:
    found = _short(
        id=rule.id,
        kind=rule.rule_kind,
        when=tuple(clauses.numbers(rule.conditions)),
        unless=tuple(clauses.numbers(rule.exceptions)),
        because=rule.because,
        source=rule.source,
        locator=rule.locator,
        verified=rule.verified.value,
        from_day=window.start.isoformat(),
        to_day=None if window.end == LAST_DAY else window.end.isoformat(),
    )
    match rule:
        case Position():
            found |= _short(
                option=rule.option,
                stance=rule.stance.value,
                line=rule.line.value,
                members=rule.members,
                level=rule.level.value,
                strength=rule.strength,
                certainty=rule.certainty,
                status=rule.status.value,
                valid_from=rule.valid_from,
                valid_to=rule.valid_to,
            )
        case Caution():
            found |= _short(option=rule.option, severity=rule.severity.value)
        case Step():
            found |= _short(
                option=rule.option,
                step=rule.kind.value,
                requires=tuple(clauses.numbers(rule.requires.clauses())),
                safeguard=rule.safeguard,
                steps_from=rule.steps_from,
            )
        case RedFlag():
            found |= _short(urgency=rule.urgency.value)
        case Inference():
            found |= _short(suggests=rule.suggests.fact)
    return found
