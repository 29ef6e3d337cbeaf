"""What to ask next, and what does not fit together."""

from collections import Counter
from collections.abc import Iterator

from painrules.engine import Consultation
from painrules.explain import label_of
from painrules.explain.told import DURATIONS, QUESTIONS
from painrules.model.facts import OTHER
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.result import QuestionView
from painrules.resolve import Resolution

FIRST = ("pain_type", "mechanism", "condition")
"""What is asked first where nothing is known."""


def next_questions(resolution: Resolution, *, ask_first: bool) -> tuple[QuestionView, ...]:
    """What to ask next: first what could change the status of most options, then what would settle most cautions."""
    statuses: Counter[str] = Counter()
    cautions: Counter[str] = Counter()
    for name in resolution.index.options:
        statuses.update(resolution.certainty(name).depends_on)
    asks: dict[str, set[str]] = {}  # by rule: one speaks of many options
    for name in resolution.options:
        for rule in resolution.pending(name):
            if rule.id not in asks:
                clauses = rule.conditions + rule.exceptions
                asks[rule.id] = {resolution.asked_about(clause) for clause in clauses} - set(FIRST)
            cautions.update(asks[rule.id])
    names = set(statuses) | set(cautions) | (set(FIRST) if ask_first else set())

    def rank(name: str) -> tuple[int, int, int, str]:
        first = FIRST.index(name) if ask_first and name in FIRST else len(FIRST)
        return (first, -statuses[name], -cautions[name], name)

    pack = resolution.index.pack
    return tuple(
        QuestionView(
            attribute=name,
            question=question_about(name, pack),
            options=statuses[name],
            cautions=cautions[name],
        )
        for name in sorted(names, key=rank)
    )


def question_about(name: str, pack: Pack) -> str:
    """A question in words.

    >>> from painrules import core_pack
    >>> question_about("age", core_pack())
    'How old is the person?'
    """
    if name in QUESTIONS:
        return QUESTIONS[name]
    if name.startswith("tried."):
        what = label_of(name.removeprefix("tried."), pack)
        return f"Was '{what}' tried, and what came of it?"
    factor = pack.factors.get(name)
    if factor is not None and factor.question:
        return factor.question
    return f"Is this so: {label_of(name, pack)}?"


def warnings(profile: Profile, found: Consultation, pack: Pack) -> tuple[str, ...]:
    """What does not fit together in a profile; nothing is changed because of it."""
    return (*_of_duration(profile), *_of_conditions(profile, pack), *_of_inference(found))


def _of_duration(profile: Profile) -> Iterator[str]:
    kind, months = profile.pain_type, profile.duration_months
    if kind is None or months is None or kind.value not in DURATIONS:
        return
    low, high = DURATIONS[kind.value]
    if not low <= months <= high:
        meant = (
            f"{low:g} months or more" if kind.value == "chronic" else f"{low:g} to {high:g} months"
        )
        yield (
            f"the pain type is {kind.value}, which usually means {meant}, but the pain has lasted {months:g}; "
            "the pain type is taken as stated"
        )


def _of_conditions(profile: Profile, pack: Pack) -> Iterator[str]:
    tree = pack.condition_tree
    named = sorted(profile.conditions)
    if OTHER in named:
        yield "a condition that the pack does not know: only what is said of everyone counts"
    for place, one in enumerate(named):
        for other in named[place + 1 :]:
            if OTHER in {one, other} or tree.belongs(one, other) or tree.belongs(other, one):
                continue
            if set(tree.parents.get(one, ())) & set(tree.parents.get(other, ())):
                continue
            yield (
                f"'{label_of(one, pack)}' and '{label_of(other, pack)}' are taken as one pain problem; "
                "two problems are two profiles"
            )


def _of_inference(found: Consultation) -> Iterator[str]:
    by_fact: dict[str, list[str]] = {}
    for item in found.inferred.refused:
        by_fact.setdefault(item.name or item.attribute, []).append(item.value)
    for name, values in sorted(by_fact.items()):
        what = name.replace("_", " ")
        yield f"different values of {what} are suggested ({', '.join(values)}), so none is taken: please state it"
