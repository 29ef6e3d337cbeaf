"""What a rule lacks, or says to no effect."""

from collections.abc import Iterator

from painrules.check.findings import Finding, found
from painrules.check.subject import Subject
from painrules.model.conditions import When
from painrules.model.dates import first_day
from painrules.model.hierarchy import cycle_in
from painrules.model.pack import RULE_TABLES, Pack
from painrules.model.rule import Rule, Step
from painrules.resolve.lens import window_of
from painrules.vocab import Mechanism, PainType, StepKind


def shapes(subject: Subject) -> Iterator[Finding]:
    """Every finding that one rule or source alone can have."""
    for rule in subject.pack.rules:
        if subject.is_own(RULE_TABLES[rule.rule_kind], rule.id):
            yield from _of_examples(subject, rule)
            yield from _of_dates(subject, rule)
            yield from _of_conditions(subject, rule)
            if isinstance(rule, Step) and rule.kind is StepKind.SAFEGUARD and not rule.safeguard:
                what = f"rule '{rule.id}' is a safeguard and does not say which"
                yield found(
                    "safeguard_missing", rule.id, what, where=subject.where("steps", rule.id)
                )
    for name, source in subject.pack.sources.items():
        if subject.is_own("sources", name) and source.valid_to:
            ends = first_day(source.valid_to)
            if ends <= first_day(str(source.year)):
                what = f"source '{name}' ends on {ends}, before its year {source.year}: nothing of it ever counts"
                where = subject.where("sources", name, "valid_to")
                yield found("dead_dates", name, what, where=where)
    yield from _circles(subject)


def _of_examples(subject: Subject, rule: Rule) -> Iterator[Finding]:
    lacks = [] if rule.examples.fires else ["no example in which it is in force"]
    if rule.conditions and not rule.examples.spares:
        lacks.append("no near miss")
    if lacks:
        what = f"rule '{rule.id}' has {' and '.join(lacks)}"
        where = subject.where(RULE_TABLES[rule.rule_kind], rule.id, "examples")
        yield found("no_example", rule.id, what, where=where)


def _of_dates(subject: Subject, rule: Rule) -> Iterator[Finding]:
    window = window_of(rule, subject.pack)
    source = subject.pack.sources.get(rule.source)
    ended = source is not None and source.valid_to is not None and not rule.valid_to
    if window.start >= window.end and not (
        ended and not rule.valid_from
    ):  # else the source is told
        what = (
            f"rule '{rule.id}' never counts: it begins on {window.start} and ends on {window.end}"
        )
        step = "valid_to" if rule.valid_to else "valid_from"
        where = subject.where(RULE_TABLES[rule.rule_kind], rule.id, step)
        yield found("dead_dates", rule.id, what, where=where)


def _of_conditions(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for name, when in (("when", rule.when), ("unless", rule.unless)):
        for field, said in _pointless(when, subject.pack):
            where = subject.where(RULE_TABLES[rule.rule_kind], rule.id, name, field)
            what = f"rule '{rule.id}', {name}.{field}: {said}"
            yield found("pointless_condition", rule.id, what, where=where)


def _pointless(when: When, pack: Pack) -> Iterator[tuple[str, str]]:
    if len(when.pain_type) == len(PainType):
        yield "pain_type", "names every pain type, which says no more than that it is known"
    if len(when.mechanism) == len(Mechanism):
        yield "mechanism", "names every mechanism, which says no more than that it is known"
    for name in when.condition:
        above = pack.condition_tree.ancestors(name) & set(when.condition)
        if above:
            yield "condition", f"'{name}' belongs to '{min(above)}', which is named too"


def _circles(subject: Subject) -> Iterator[Finding]:
    """Options that come after each other, all the way round, as one source says."""
    before: dict[str, dict[str, set[str]]] = {}
    where: dict[tuple[str, str], str] = {}
    for name, step in subject.pack.steps.items():
        tried = set(step.requires.tried) & set(subject.pack.interventions)
        if tried:
            before.setdefault(step.source, {}).setdefault(step.option, set()).update(tried)
            own = subject.is_own("steps", name)
            where[step.source, step.option] = name if own else ""
    for source, options in before.items():
        circle = cycle_in(options)
        own_steps = sorted(filter(None, (where[source, option] for option in circle)))
        if own_steps:
            what = f"options come after each other in a circle: {' -> '.join([*circle, circle[0]])}"
            place = subject.where("steps", own_steps[0], "requires")
            yield found("circle", own_steps[0], what, where=place)
