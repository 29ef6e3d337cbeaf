"""The words and signs that all formats share: a status is never colour alone."""

from collections.abc import Mapping
from typing import Any, Protocol

from painrules.model.result import CautionView, LensView, OptionRecord, QuestionView, Result
from painrules.vocab import Agreement, Line, Mode, Safety, Severity, Status

STATUS_SIGNS = {
    Status.SUPPORTED: "✓",
    Status.NOT_SUPPORTED: "✗",
    Status.CONTESTED: "⇄",
    Status.NO_RECOMMENDATION: "○",
    Status.NOT_MENTIONED: "·",
    Status.VARIES: "◐",
}
STATUS_WORDS = {
    Status.SUPPORTED: "supported",
    Status.NOT_SUPPORTED: "not supported",
    Status.CONTESTED: "contested",
    Status.NO_RECOMMENDATION: "no recommendation made",
    Status.NOT_MENTIONED: "not mentioned",
    Status.VARIES: "varies by mechanism",
}
LINE_WORDS = {
    Line.FIRST: "first line",
    Line.ADJUNCT: "as an addition",
    Line.SECOND: "second line",
    Line.THIRD: "third line",
    Line.LATER: "later line",
    Line.RESCUE: "rescue",
    Line.UNSPECIFIED: "no line stated",
}
AGREEMENT_WORDS = {
    Agreement.CONSENSUS_FOR: "sources agree",
    Agreement.CONSENSUS_AGAINST: "sources agree against it",
    Agreement.MIXED: "sources disagree",
    Agreement.SINGLE_SOURCE: "one source",
    Agreement.NONE: "no source takes a side",
    Agreement.VARIES: "agreement varies by mechanism",
}
LEVEL_WORDS = {
    "condition": "about the condition",
    "mechanism": "about the mechanism in general",
    "pain_type": "about the pain type in general",
    "general": "about pain in general",
    "varies": "at different levels",
}
SAFETY_SIGNS = {
    Safety.CLEAR: "",
    Safety.MONITOR: "! monitor",
    Safety.CAUTION: "! caution",
    Safety.AVOID: "!! avoid",
    Safety.CONTRAINDICATED: "!!! contraindicated",
}
MODE_WORDS = {
    Mode.EXPLORE: "Options that sources support",
    Mode.ASK_FIRST: "Too little is known: ask first",
    Mode.EVALUATE_FIRST: "A red flag: assessment comes first",
}
FIELD_WORDS = {
    "pain_type": "pain type",
    "mechanisms": "mechanism",
    "conditions": "condition",
    "age_years": "age",
    "duration_months": "months of pain",
    "severity": "intensity",
    "factors": "facts",
    "tried": "tried",
    "goals": "goals",
    "red_flags": "red flags",
}


class Told(Protocol):
    """What is told of a whole: a profile, a lens, and the names of what they mention."""

    @property
    def profile(self) -> Mapping[str, Any]:
        """What was known."""
        ...

    @property
    def lens(self) -> LensView:
        """The restriction under which it was looked at."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """Names by id."""
        ...


def label(result: Told, name: str) -> str:
    """The name of what is mentioned by id."""
    return result.labels.get(name, name.replace("_", " "))


def about(result: Told) -> str:
    """The profile in one line of words."""
    parts = []
    fields = [*FIELD_WORDS, *result.profile]
    for name, value in sorted(result.profile.items(), key=lambda item: fields.index(item[0])):
        field = FIELD_WORDS.get(name, name)
        if isinstance(value, dict):
            told = [_fact(result, name, known) for name, known in value.items()]
            parts.append(f"{field} {', '.join(told)}")
        elif isinstance(value, list):
            parts.append(f"{field} {', '.join(label(result, str(name)).lower() for name in value)}")
        else:
            parts.append(f"{field} {value}")
    return "; ".join(parts) or "nothing is known yet"


def _fact(result: Told, name: str, known: object) -> str:
    word = label(result, name).lower()
    if known is True:
        return word
    return f"no {word}" if known is False else f"{word} {str(known).replace('_', ' ')}"


def lens_words(result: Told) -> str:
    """The lens in one line of words, or an empty text."""
    lens = result.lens
    parts = []
    if lens.sources is not None:
        parts.append(f"sources {', '.join(lens.sources)}")
    if lens.jurisdictions is not None:
        parts.append(f"jurisdictions {', '.join(lens.jurisdictions)}")
    if lens.as_of is not None:
        parts.append(f"as of {lens.as_of}")
    return "; ".join(parts)


def attribute_words(result: Result, name: str) -> str:
    """What something depends on, in words."""
    if name.startswith("tried."):
        return f"whether {label(result, name.removeprefix('tried.')).lower()} was tried"
    return FIELD_WORDS.get(name, label(result, name)).lower()


def depends_words(result: Result, view: OptionRecord) -> str:
    """What the status of an option depends on, what is only inferred marked; or an empty text."""
    if view.definite:
        return ""
    known = {item.attribute: item.value for item in result.inferred if item.taken}
    told = []
    for name in view.depends_on:
        if name in view.presumed and name in known:
            told.append(f"{attribute_words(result, name)} (if it is {known[name]}, as inferred)")
        else:
            told.append(attribute_words(result, name))
    return ", ".join(told)


def line_words(view: OptionRecord) -> str:
    """Line or status, and whom it is said of; for mixed pain, the mechanisms that it is supported for."""
    stated = view.line is not None and view.line is not Line.UNSPECIFIED
    words = LINE_WORDS[view.line] if view.line is not None and stated else STATUS_WORDS[view.status]
    if view.status is Status.VARIES and view.supported_for:
        return f"{words}, for {' and '.join(view.supported_for)} pain"
    return f"{words} in {view.about}" if view.about else words


def worst_first(cautions: tuple[CautionView, ...]) -> list[CautionView]:
    """Cautions in the order in which a reader needs them: the strongest word first."""
    rank = list(Severity)
    return sorted(cautions, key=lambda one: -rank.index(one.severity))


def caution_words(caution: CautionView) -> str:
    """How strongly a caution warns, and for whom."""
    return f"{caution.severity.value}, {caution.population}"


def count_words(number: int, one: str, several: str) -> str:
    """A number with its word.

    >>> count_words(1, "option", "options"), count_words(2, "option", "options")
    ('1 option', '2 options')
    """
    return f"{number} {one if number == 1 else several}"


def effect_words(question: QuestionView) -> str:
    """What an answer bears on."""
    told = [count_words(question.options, "option", "options")] if question.options else []
    if question.cautions:
        told.append(count_words(question.cautions, "caution", "cautions"))
    return f"bears on {' and '.join(told)}" if told else "comes first"


def signature(result: Result) -> str:
    """Which pack and schema a result comes from; it stands in every format."""
    pack = result.pack
    return (
        f"Pack {pack.id} {pack.version}, digest {pack.digest[:16]}, schema {result.schema_version}. "
        "Names carry no rank."
    )


def grouped(result: Result, names: tuple[str, ...]) -> list[tuple[str, list[OptionRecord]]]:
    """Options by category, both in order."""
    wanted = set(names)
    found: dict[str, list[OptionRecord]] = {}
    for view in result.options:
        if view.id in wanted:
            found.setdefault(view.category, []).append(view)
    return [(label(result, name), found[name]) for name in result.categories if name in found]


def unlisted(result: Result) -> list[OptionRecord]:
    """The options that are not listed, nor deferred."""
    shown = set(result.listed) | set(result.deferred)
    return [view for view in result.options if view.id not in shown]
