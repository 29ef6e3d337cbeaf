"""The five kinds of rule: one rule states one thing that one source says."""

import datetime as dt
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from painrules.cached import cached_property
from painrules.model.base import Frozen, FrozenDict, FrozenMap, Identifier, Sentence, Text, Words
from painrules.model.conditions import ANYTHING, Clause, Scope, When, YesNo, level_of
from painrules.model.dates import LAST_DAY, DateText, first_day
from painrules.model.profile import Intensity, Months
from painrules.vocab import (
    Level,
    Line,
    Mechanism,
    Outcome,
    PainType,
    RuleStatus,
    Severity,
    Stance,
    StepKind,
    Urgency,
    Verified,
)


class ExampleProfile(Frozen):
    """A profile as an author writes it in an example or a case."""

    pain_type: PainType | None = None
    """The type of pain."""
    mechanism: Words[Mechanism] = ()
    """One mechanism or several."""
    condition: Words[Identifier] = ()
    """One condition or several; ``other`` for one that the pack does not know."""
    age: Annotated[int, Field(strict=True, ge=0, le=130)] | None = None
    """Age in completed years."""
    duration_months: Months | None = None
    """How long the pain has lasted, in months."""
    severity: Intensity | None = None
    """Pain intensity, 0 to 10."""
    present: Words[Identifier] = ()
    """Factors and red flags known to be there."""
    absent: Words[Identifier] = ()
    """Factors and red flags known not to be there."""
    tried: FrozenMap[Identifier, Outcome] = FrozenDict()
    """What was tried, and what came of it."""
    goals: Words[Identifier] = ()
    """What matters to the person."""


class Examples(Frozen):
    """Profiles that show a rule at work; they are checked each time the pack is loaded from YAML."""

    fires: Words[ExampleProfile] = ()
    """Profiles in which the rule is in force."""
    spares: Words[ExampleProfile] = ()
    """Near misses: profiles in which it is not."""


NO_EXAMPLES = Examples()


class Rule(Frozen):
    """What all five kinds of rule have."""

    rule_kind: ClassVar[str] = "rule"

    id: Identifier
    """Unique among all rules of the pack; never reused."""
    when: When = ANYTHING
    """All of this must hold."""
    unless: When = ANYTHING
    """Each of these, alone, silences the rule."""
    scope: Scope | None = None
    """Conditions of the file that the rule stands in; written once there."""
    because: Sentence
    """What the source says, in one sentence of our own."""
    source: Identifier
    """The source that says so."""
    locator: Annotated[str, Field(max_length=80)] | None = None
    """Where in the source: the number of a recommendation, a table, a page."""
    verified: Verified = Verified.UNVERIFIED
    """How it was checked that the source says so."""
    valid_from: DateText | None = None
    """The first day on which it counts; left out: the first day of the source's year."""
    valid_to: DateText | None = None
    """The first day on which it no longer counts."""
    status: RuleStatus = RuleStatus.CURRENT
    """Whether it still stands, and why it ended; all but `current` need a `valid_to`."""
    note: Text | None = None
    """What a reader has to know besides."""
    examples: Examples = NO_EXAMPLES
    """Profiles in which the rule is in force, and near misses in which it is not."""

    @cached_property
    def conditions(self) -> tuple[Clause, ...]:
        """All conditions that must hold, those of the file's scope among them."""
        return (self.scope.when.clauses() if self.scope else ()) + self.when.clauses()

    @cached_property
    def exceptions(self) -> tuple[Clause, ...]:
        """All exceptions, each of which silences the rule, those of the file's scope among them."""
        return (self.scope.unless.clauses() if self.scope else ()) + self.unless.clauses()

    @cached_property
    def level(self) -> Level:
        """The most specific thing that its conditions name."""
        return level_of(self.conditions)

    @property
    def starts(self) -> dt.date | None:
        """The first day on which it counts, if it says so itself."""
        return first_day(self.valid_from) if self.valid_from else None

    @property
    def ends(self) -> dt.date:
        """The first day on which it no longer counts; far in the future if it does not end."""
        return first_day(self.valid_to) if self.valid_to else LAST_DAY

    @property
    def lenient(self) -> bool:
        """Whether an exception that is only inferred leaves it in force: so for warnings."""
        return False


class Suggestion(Frozen):
    """What an inference suggests: exactly one thing."""

    pain_type: PainType | None = None
    """A pain type."""
    mechanism: Mechanism | None = None
    """A mechanism."""
    factors: FrozenMap[Identifier, YesNo] = FrozenDict()
    """One factor, yes or no."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.pain_type is not None) + (self.mechanism is not None) + len(self.factors) != 1:
            msg = "must name exactly one pain type, mechanism or factor"
            raise ValueError(msg)
        return self

    @property
    def fact(self) -> tuple[str, str, str]:
        """Attribute, name and value of what is suggested."""
        if self.pain_type is not None:
            return ("pain_type", "", self.pain_type.value)
        if self.mechanism is not None:
            return ("mechanism", "", self.mechanism.value)
        name, value = next(iter(self.factors.items()))
        return ("factors", name, "yes" if value else "no")


class Inference(Rule):
    """These facts suggest another; used only where the profile leaves it unknown, and shown as inferred."""

    rule_kind: ClassVar[str] = "inference"

    suggests: Suggestion
    """What is suggested."""

    @property
    def lenient(self) -> bool:
        """Its exceptions look at given facts only."""
        return True


class Position(Rule):
    """A source speaks for or against an option, or says that it makes no recommendation.

    >>> Position(
    ...     id="ng193_act",
    ...     when={"pain_type": "chronic", "condition": "chronic_primary_pain"},
    ...     option="act",
    ...     stance="supports",
    ...     strength="consider",
    ...     because="The guideline names acceptance and commitment therapy among the options to consider.",
    ...     source="nice_ng193",
    ... ).level.value
    'condition'
    """

    rule_kind: ClassVar[str] = "position"

    option: Identifier
    """The intervention that it speaks of."""
    stance: Stance
    """The direction."""
    line: Line = Line.UNSPECIFIED
    """Where in the order of care the source puts it, if it says so."""
    members: YesNo = False
    """Whether support for a class is meant for each of its members."""
    strength: Annotated[str, Field(max_length=120)] | None = None
    """The source's own word for how strongly it speaks."""
    certainty: Annotated[str, Field(max_length=120)] | None = None
    """The source's own word for how certain the evidence is."""

    @model_validator(mode="after")
    def _line_only_with_support(self) -> Self:
        if self.line is not Line.UNSPECIFIED and self.stance is not Stance.SUPPORTS:
            msg = "only a position that supports has a line"
            raise ValueError(msg)
        if self.members and self.stance is not Stance.SUPPORTS:
            msg = "only a position that supports says 'members' (what opposes a class holds for them anyway)"
            raise ValueError(msg)
        return self


class Caution(Rule):
    """A fact calls for care with an option; it is shown beside the option and removes nothing silently."""

    rule_kind: ClassVar[str] = "caution"

    option: Identifier
    """The intervention, or the class with all its members."""
    severity: Severity
    """How strongly the source warns."""

    @property
    def lenient(self) -> bool:
        """What is only inferred never silences a warning."""
        return True

    @field_validator("when", "unless")
    @classmethod
    def _no_mechanism(cls, value: When) -> When:
        if value.mechanism:
            msg = "a caution never names a mechanism"
            raise ValueError(msg)
        return value


class Step(Rule):
    """An option comes after something: others tried, a check done, or what a payer asks."""

    rule_kind: ClassVar[str] = "step"

    option: Identifier
    """The intervention, or the class with all its members."""
    kind: StepKind
    """Why it comes after."""
    requires: When
    """What has to hold first; a condition like `when`."""
    safeguard: Identifier | None = None
    """The check that it is, if it is one."""
    steps_from: Identifier | None = None
    """The intervention that comes before, if it is one."""

    @field_validator("requires")
    @classmethod
    def _something(cls, value: When) -> When:
        if not value.clauses():
            msg = "needs at least one condition"
            raise ValueError(msg)
        return value


class RedFlag(Rule):
    """These features call for assessment before any option is explored."""

    rule_kind: ClassVar[str] = "red_flag"

    urgency: Urgency
    """How soon."""

    @property
    def lenient(self) -> bool:
        """What is only inferred never silences a warning."""
        return True


RuleKind = Literal["inference", "position", "caution", "step", "red_flag"]
