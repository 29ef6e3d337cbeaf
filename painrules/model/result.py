"""What an exploration finds, as plain data: it survives JSON and back, and every format is rendered from it."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal, Self

from pydantic import ValidationError

from painrules.errors import PainrulesError, printable
from painrules.exact import exact
from painrules.model.base import Frozen, FrozenDict, FrozenMap
from painrules.model.wording import OTHER_VERSION, told
from painrules.vocab import (
    Agreement,
    Domain,
    Level,
    Line,
    Mode,
    RelationKind,
    Role,
    RuleStatus,
    Safety,
    Severity,
    Stance,
    Status,
    StepKind,
    Urgency,
    Verified,
)

SCHEMA_VERSION: Literal["1"] = "1"
"""The version of the form of results; it changes when a reader of stored results would have to change."""


class PackRef(Frozen):
    """Which pack a result comes from."""

    id: str
    """The name of the pack."""
    version: str
    """Its version."""
    digest: str
    """SHA-256 of its content."""


class SourceView(Frozen):
    """A source as results cite it."""

    id: str
    """The source."""
    title: str
    """Its title."""
    issuer: str
    """Who issued it."""
    jurisdiction: str
    """Where it is meant to hold."""
    year: int
    """When it was published."""
    status: RuleStatus
    """Whether it still stands."""

    @property
    def cited(self) -> str:
        """Issuer, year and jurisdiction."""
        return f"{self.issuer} {self.year} ({self.jurisdiction})"


class PositionView(Frozen):
    """What one source says of an option, or of a class it belongs to."""

    id: str
    """The rule."""
    option: str
    """What it speaks of: the option itself or a class."""
    stance: Stance
    """The direction."""
    line: Line
    """Where in the order of care the source puts it."""
    level: Level
    """How specific it is."""
    population: str
    """Of whom it speaks, in words."""
    strength: str | None = None
    """The source's own word for how strongly it speaks."""
    certainty: str | None = None
    """The source's own word for how certain the evidence is."""
    because: str
    """What the source says, in one sentence of our own."""
    source: str
    """The source."""
    cited: str
    """Its issuer, year and jurisdiction."""
    locator: str | None = None
    """Where in the source."""
    verified: Verified
    """How it was checked that the source says so."""
    status: RuleStatus
    """Whether it still stands."""
    valid_from: str
    """The first day on which it counts."""
    valid_to: str | None = None
    """The first day on which it no longer counts."""
    role: Role | None = None
    """Why it is shown without deciding; None: it decides."""


class CautionView(Frozen):
    """A warning that holds, or that could hold."""

    id: str
    """The rule."""
    option: str
    """What it warns of: the option itself or a class."""
    severity: Severity
    """How strongly."""
    population: str
    """For whom, in words."""
    because: str
    """Why."""
    asks: tuple[str, ...] = ()
    """For one that could hold: what would have to be known."""
    source: str
    """The source."""
    cited: str
    """Its issuer, year and jurisdiction."""
    locator: str | None = None
    """Where in the source."""
    verified: Verified
    """How it was checked."""


class StepView(Frozen):
    """What an option comes after."""

    id: str
    """The rule."""
    option: str
    """The option itself or a class."""
    kind: StepKind
    """Why it comes after."""
    requires: str
    """What has to hold first, in words."""
    steps_from: str | None = None
    """The intervention that comes before, if it is one."""
    safeguard: str | None = None
    """The check that it is, if it is one."""
    because: str
    """What the source says."""
    source: str
    """The source."""
    cited: str
    """Its issuer, year and jurisdiction."""
    locator: str | None = None
    """Where in the source."""
    verified: Verified
    """How it was checked."""


class MechanismView(Frozen):
    """What an option comes to for one mechanism alone."""

    status: Status
    """What the positions come to."""
    level: Level | None = None
    """The deciding level."""
    line: Line | None = None
    """The most cautious line stated."""
    agreement: Agreement
    """Whether the sources agree."""


class RelatedView(Frozen):
    """An entry that an option relates to."""

    kind: RelationKind
    """How."""
    id: str
    """To what."""
    note: str | None = None
    """When it holds."""


class OptionRecord(Frozen):
    """One option as plain data, with everything that a result says of it."""

    id: str
    """The intervention."""
    label: str
    """Its name."""
    summary: str
    """What it is, in plain words."""
    category: str
    """The category that it is listed in."""
    domains: tuple[Domain, ...]
    """Its biopsychosocial domains, the primary one first."""
    status: Status
    """What the positions in force come to."""
    level: Level | Literal["varies"] | None = None
    """The most specific level that speaks; None where nothing does."""
    about: str = ""
    """Whom the deciding statements are about, in words: ``fibromyalgia``, ``neuropathic pain``, ``any pain``."""
    line: Line | None = None
    """The most cautious line that a support at that level states."""
    agreement: Agreement
    """Whether the sources that take a side agree, at all levels."""
    safety: Safety
    """The worst caution in force."""
    supported_for: tuple[str, ...] = ()
    """The mechanisms for which it is supported, where mechanisms are known or inferred."""
    cautions: tuple[CautionView, ...] = ()
    """Cautions in force."""
    ask_about: tuple[CautionView, ...] = ()
    """Cautions that could come into force."""
    after: tuple[StepView, ...] = ()
    """What it comes after."""
    definite: bool
    """Whether nothing that is still unknown could change the status."""
    depends_on: tuple[str, ...] = ()
    """What it depends on if not: ``age``, ``condition``, ``mechanism``, a factor, ``tried.exercise``."""
    presumed: tuple[str, ...] = ()
    """Those of them that are only inferred."""
    by_mechanism: FrozenMap[str, MechanismView] = FrozenDict()
    """What it comes to for each mechanism."""
    positions: tuple[PositionView, ...] = ()
    """The positions that decide."""
    also_said: tuple[PositionView, ...] = ()
    """What else is in force, each with its role."""
    serves: tuple[str, ...] = ()
    """The stated goals that it serves."""
    related: tuple[RelatedView, ...] = ()
    """Other entries that it relates to."""
    sources: tuple[SourceView, ...] = ()
    """All sources cited above."""


class InferredView(Frozen):
    """A fact that was inferred."""

    attribute: str
    """`pain_type`, `mechanism` or a factor."""
    value: str
    """The pain type or mechanism, or ``yes`` or ``no``."""
    taken: bool
    """Whether it is used; not so where suggestions contradict each other."""
    rules: tuple[str, ...]
    """The rules that suggest it."""
    because: str
    """What the first of their sources says."""
    cited: str
    """That source."""


class RedFlagView(Frozen):
    """A red flag in force."""

    id: str
    """The rule."""
    signs: tuple[str, ...]
    """The red flags and factors that it looks at."""
    urgency: Urgency
    """How soon assessment is called for."""
    because: str
    """Why."""
    source: str
    """The source."""
    cited: str
    """Its issuer, year and jurisdiction."""


class QuestionView(Frozen):
    """A question whose answer could change something."""

    attribute: str
    """What is asked about, as in `depends_on`."""
    question: str
    """The question in words."""
    options: int
    """How many options' statuses could change with the answer."""
    cautions: int
    """How many pending cautions it would settle."""


class DisagreementView(Frozen):
    """An option on which sources disagree."""

    option: str
    """The option."""
    label: str
    """Its name."""
    supports: tuple[str, ...]
    """Who speaks for it: issuer, year, jurisdiction."""
    opposes: tuple[str, ...]
    """Who speaks against it."""


class LensView(Frozen):
    """The restriction under which a result was made."""

    sources: tuple[str, ...] | None = None
    """Only these sources."""
    jurisdictions: tuple[str, ...] | None = None
    """Only these jurisdictions."""
    as_of: str | None = None
    """What counted on this day."""


def _finite(value: object) -> bool:
    """Whether all numbers in plain values can be written as JSON again."""
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, Mapping):
        return all(map(_finite, value.values()))
    return not isinstance(value, list | tuple) or all(map(_finite, value))


class Result(Frozen):
    """Everything that an exploration finds. `painrules.Exploration.record` holds one."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    """The version of this form."""
    notice: str
    """What stands first in every format."""
    pack: PackRef
    """The pack that it comes from."""
    profile: FrozenMap[str, Any]
    """What was known, as `Profile.to_dict` has it."""
    lens: LensView = LensView()
    """The restriction under which it was made."""
    mode: Mode
    """What the result is for."""
    inferred: tuple[InferredView, ...] = ()
    """What was inferred."""
    red_flags: tuple[RedFlagView, ...] = ()
    """Red flags in force, the most urgent first."""
    warnings: tuple[str, ...] = ()
    """What does not fit together in the profile."""
    options: tuple[OptionRecord, ...] = ()
    """Options that positions in force speak of, in order of category, goal, line and name."""
    listed: tuple[str, ...] = ()
    """Options that are supported and not contraindicated, in order."""
    deferred: tuple[str, ...] = ()
    """What would be listed if no red flag were in force."""
    in_conditions: FrozenMap[str, tuple[str, ...]] = FrozenDict()
    """What is not listed but would be, with one more condition: option to conditions."""
    next_questions: tuple[QuestionView, ...] = ()
    """What to ask next, the most telling first."""
    disagreements: tuple[DisagreementView, ...] = ()
    """Options on which sources disagree."""
    categories: tuple[str, ...] = ()
    """The categories, in order."""
    labels: FrozenMap[str, str] = FrozenDict()
    """Names of everything that is mentioned by id."""

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Reads a result back.

        Raises:
            PainrulesError: If the text is not a result of this schema version.
        """
        this = f"this is not a painrules result of schema version {SCHEMA_VERSION}"
        try:
            found = cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = printable(".".join(map(str, first["loc"]))[:200]) or "the text"
            why = OTHER_VERSION if where == "schema_version" else ""
            raise PainrulesError(f"{this}: {where}: {told(first)}{why}") from None
        if not _finite(found.profile):
            raise PainrulesError(f"{this}: profile: a number is not finite")
        return found

    def option(self, name: str) -> OptionRecord | None:
        """The view of one option, if it is among the options."""
        word = exact(name)
        return next((view for view in self.options if type(word) is str and view.id == word), None)
