"""The vocabulary of a pack: what rules speak of."""

from typing import Annotated

from pydantic import Field, field_validator

from painrules.model.base import NOT_STATED, Frozen, Identifier, Label, Sentence, Text, Words
from painrules.model.conditions import Band, YesNo
from painrules.vocab import (
    AssessmentUse,
    Domain,
    FactorKind,
    Invasiveness,
    RelationKind,
    Verdict,
)

Summary = Annotated[str, Field(min_length=1, max_length=240)]
"""What it is, in one or two plain sentences that promise nothing."""


class Entry(Frozen):
    """What every entry of a vocabulary has."""

    id: Identifier
    """Unique within its vocabulary; never reused once released."""
    label: Label
    """What a reader sees as its name."""
    synonyms: Words[Label] = ()
    """Other names that users may write, British and American ones among them."""
    summary: Annotated[str, Field(max_length=400)] = NOT_STATED
    """What it is, in plain words."""
    sources: Words[Identifier] = ()
    """The sources that speak of it."""


class Category(Entry):
    """A kind of care, such as `pharmacological`; the pack orders them."""

    domains: Words[Domain] = ()
    """The biopsychosocial domains that it mostly belongs to."""


class Intervention(Entry):
    """A kind of care that sources describe for people with pain.

    An intervention is something to learn about and discuss. It never names a dose, a product or a schedule.

    >>> pacing = Intervention(
    ...     id="activity_pacing",
    ...     label="Activity pacing",
    ...     category="self_management",
    ...     domains=("psychological", "biological"),
    ...     summary="Spreading activity and rest over the day instead of pushing through and crashing.",
    ...     sources=("nice_ng193",),
    ... )
    >>> pacing.domains[0].value
    'psychological'
    """

    category: Identifier
    """The one category that it is listed in."""
    domains: Annotated[Words[Domain], Field(min_length=1)]
    """Biopsychosocial domains; the first is its primary one."""
    is_a: Words[Identifier] = ()
    """The classes it belongs to; what opposes or cautions a class holds for its members."""
    summary: Summary
    """What it is, in one or two plain sentences that promise nothing; at most 240 characters."""
    how_it_may_help: Text = NOT_STATED
    """How it is thought to work, hedged; `not_stated` where no source says."""
    benefits: Words[Sentence] = (NOT_STATED,)
    """What sources report as benefit, in short phrases."""
    harms: Words[Sentence] = (NOT_STATED,)
    """What sources report as harm, in short phrases."""
    burden: Text = NOT_STATED
    """What it asks of a person in time and effort; never a schedule."""
    invasiveness: Invasiveness = Invasiveness.NOT_STATED
    """How far it enters the body."""
    questions: Words[Sentence] = ()
    """Questions worth asking a clinician about it."""
    codes: Words[Label] = ()
    """Codes in public terminologies, where verified: ``system:code``."""


class Condition(Entry):
    """A condition that comes with pain, or a pain condition of its own."""

    is_a: Words[Identifier] = ()
    """Broader conditions; what a rule says of them holds for this one."""
    body_region: Annotated[str, Field(max_length=40)] = "any"
    """Where it mostly hurts."""
    icd10: Words[Annotated[str, Field(pattern=r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$")]] = ()
    """ICD-10-CM codes."""
    icd11: Words[Annotated[str, Field(pattern=r"^[A-Z0-9]{4}(\.[A-Z0-9]{1,3})?$")]] = ()
    """ICD-11 codes (MMS)."""

    @field_validator("id")
    @classmethod
    def _not_other(cls, value: str) -> str:
        if value == "other":
            msg = "'other' is built in: it stands for a condition that the pack does not know"
            raise ValueError(msg)
        return value


class Factor(Entry):
    """A fact about person or circumstances that changes what sources say: yes, no or unknown."""

    domain: Domain
    """The part of the biopsychosocial model that it belongs to."""
    kind: FactorKind = FactorKind.CIRCUMSTANCE
    """What sort of fact it is."""
    question: Sentence | None = None
    """A plain yes-or-no question that would find it out."""
    changeable: YesNo = False
    """Whether a person or team could change it; never so for age, pregnancy, history."""
    band: Band | None = None
    """A definition by number: such a factor follows from the number and is known with it."""


class RedFlagSign(Entry):
    """A pattern of findings that calls for assessment first. It warrants assessment; it is never a probability."""

    features: Annotated[Words[Label], Field(min_length=1)]
    """The findings that make it up."""
    suspects: Text
    """What has to be thought of."""
    cluster: Annotated[str, Field(max_length=40)] = "any"
    """The part of the body, or of care, that it belongs to."""


class Assessment(Entry):
    """An instrument or examination. It screens or monitors; its score never becomes a diagnosis."""

    measures: Text
    """What it measures."""
    population: Text = NOT_STATED
    """For whom it was made."""
    use: AssessmentUse
    """What it is used for."""
    range: Text = NOT_STATED
    """The range of its scores."""
    reading: Text = NOT_STATED
    """How its scores are commonly read; never as a diagnosis."""
    reference: Text = NOT_STATED
    """Where it was published."""
    doi: str | None = None
    """Digital object identifier of that publication."""
    licence: Text = NOT_STATED
    """Who has to be asked before it is used."""


class Profession(Entry):
    """People who deliver care."""


class Specialty(Entry):
    """A field of practice within professions."""

    professions: Words[Identifier] = ()
    """The professions that practise it."""


class Credential(Entry):
    """A certificate or board qualification, and who issues it."""

    professions: Words[Identifier] = ()
    """The professions that can hold it."""
    issuer: Text = NOT_STATED
    """Who issues it."""


class TrainingStep(Entry):
    """A step on the way into a profession."""

    profession: Identifier
    """The profession that it leads to."""
    order: Annotated[int, Field(strict=True, ge=1)]
    """Its place on the way, from 1."""


class Setting(Entry):
    """A place where care is given."""


class Goal(Entry):
    """What a person may want from care; goals change order, never a status."""


class Safeguard(Entry):
    """A check that comes before an option."""


class PainTypeEntry(Entry):
    """What a pain type is, its usual course, and what care focuses on."""

    definition: Text = NOT_STATED
    """How it is defined."""
    focus: Text = NOT_STATED
    """What care focuses on."""
    course: Text = NOT_STATED
    """How it usually goes on."""


class MechanismEntry(Entry):
    """What a mechanism is."""

    definition: Text = NOT_STATED
    """How it is defined."""


class Misconception(Frozen):
    """A common belief that sources contradict, for teaching."""

    id: Identifier
    """Unique within the pack."""
    statement: Sentence
    """The belief, in our own words."""
    correction: Text
    """What sources say instead."""
    sources: Words[Identifier] = ()
    """The sources that say so."""


class Definition(Frozen):
    """A term and what it means."""

    id: Identifier
    """Unique within the pack."""
    term: Label
    """The term."""
    text: Text
    """What it means, in our own words."""
    sources: Words[Identifier] = ()
    """The sources that define it so."""


class Statement(Frozen):
    """What an overview document claims, with what later checking made of it. Rules never use it."""

    id: Identifier
    """Unique within the pack."""
    text: Text
    """The claim, in our own words."""
    source: Identifier
    """The document that claims it."""
    verdict: Verdict
    """What checking made of it."""
    correction: Text | None = None
    """What other sources say instead."""
    correction_sources: Words[Identifier] = ()
    """The sources of the correction."""


class Relation(Frozen):
    """How two entries relate, besides what rules and `is_a` say.

    >>> Relation.model_validate({"from": "cbt", "kind": "complements", "to": "exercise"}).id
    'cbt__complements__exercise'
    """

    from_: Annotated[Identifier, Field(alias="from")]
    """Where it starts: an intervention, or a factor or condition for `assessed_with`."""
    kind: RelationKind
    """What it says."""
    to: Identifier
    """Where it ends."""
    note: Text | None = None
    """When it holds, or what to know."""
    sources: Words[Identifier] = ()
    """The sources that say so."""

    @property
    def id(self) -> str:
        """Both ends and the kind: what names the relation everywhere."""
        return f"{self.from_}__{self.kind.value}__{self.to}"
