"""The closed vocabularies: words that the model itself fixes.

Open vocabularies (interventions, conditions, factors and the like) are data, in the pack.
Each enumeration has beside it the `Literal` of its values, so that a misspelt word is a type error.
"""

from enum import IntEnum, StrEnum
from typing import Literal


class PainType(StrEnum):
    """The type of pain, as guidelines divide it. Cancer pain is a type of its own, whatever its duration."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"
    CANCER = "cancer"


class Mechanism(StrEnum):
    """The mechanism thought to drive the pain (IASP)."""

    NOCICEPTIVE = "nociceptive"
    NEUROPATHIC = "neuropathic"
    NOCIPLASTIC = "nociplastic"


PainTypeWord = Literal["acute", "subacute", "chronic", "cancer"]
MechanismWord = Literal["nociceptive", "neuropathic", "nociplastic"]


class Domain(StrEnum):
    """The part of the biopsychosocial model that something belongs to."""

    BIOLOGICAL = "biological"
    PSYCHOLOGICAL = "psychological"
    SOCIAL = "social"
    SPIRITUAL = "spiritual"


class Outcome(StrEnum):
    """What came of an option that was tried."""

    HELPED = "helped"
    NOT_ENOUGH = "not_enough"
    NOT_TOLERATED = "not_tolerated"


OutcomeWord = Literal["helped", "not_enough", "not_tolerated"]


class Truth(IntEnum):
    """What a profile says of a condition: Kleene's three values, and *presumed* for what is only inferred."""

    NO = 0
    OPEN = 1
    PRESUMED = 2
    YES = 3


class Stance(StrEnum):
    """The direction of a position."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    NO_RECOMMENDATION = "no_recommendation"


class Line(StrEnum):
    """Where in the order of care a source puts an option; from the least to the most cautious."""

    FIRST = "first"
    ADJUNCT = "adjunct"
    SECOND = "second"
    THIRD = "third"
    LATER = "later"
    RESCUE = "rescue"
    UNSPECIFIED = "unspecified"


LINE_ORDER: dict[str, int] = {line.value: rank for rank, line in enumerate(Line)}


class Level(StrEnum):
    """The most specific thing that a rule's `when` names."""

    CONDITION = "condition"
    MECHANISM = "mechanism"
    PAIN_TYPE = "pain_type"
    GENERAL = "general"


class Status(StrEnum):
    """What the positions in force come to for one option."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    CONTESTED = "contested"
    NO_RECOMMENDATION = "no_recommendation"
    NOT_MENTIONED = "not_mentioned"
    VARIES = "varies"


StatusWord = Literal[
    "supported", "not_supported", "contested", "no_recommendation", "not_mentioned", "varies"
]


class Agreement(StrEnum):
    """Whether the sources that take a side agree."""

    CONSENSUS_FOR = "consensus_for"
    CONSENSUS_AGAINST = "consensus_against"
    MIXED = "mixed"
    SINGLE_SOURCE = "single_source"
    NONE = "none"
    VARIES = "varies"


class Severity(StrEnum):
    """How strongly a source warns, from the mildest word to the strongest."""

    MONITOR = "monitor"
    CAUTION = "caution"
    AVOID = "avoid"
    CONTRAINDICATED = "contraindicated"


class Safety(StrEnum):
    """The worst caution in force for an option, or `clear`."""

    CLEAR = "clear"
    MONITOR = "monitor"
    CAUTION = "caution"
    AVOID = "avoid"
    CONTRAINDICATED = "contraindicated"


SAFETY_ORDER: dict[str, int] = {safety.value: rank for rank, safety in enumerate(Safety)}


class Role(StrEnum):
    """Why a position is shown beside an option without deciding its status."""

    HISTORY = "history"
    REPLACED = "replaced"
    EXAMPLE = "example"
    BROADER = "broader"


ROLE_ORDER: dict[str, int] = {role.value: rank for rank, role in enumerate(Role)}


class Mode(StrEnum):
    """What a result is for: exploring, assessing first, or asking first."""

    EXPLORE = "explore"
    ASK_FIRST = "ask_first"
    EVALUATE_FIRST = "evaluate_first"


class RuleStatus(StrEnum):
    """Whether a statement still stands, and why it ended if not."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    HISTORICAL = "historical"


class Verified(StrEnum):
    """How a statement was checked: on its own page or abstract, on a page that quotes it, or not yet."""

    PAGE = "page"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class StepKind(StrEnum):
    """Why an option comes after something: others tried, a check done, what a payer asks."""

    CLINICAL = "clinical"
    SAFEGUARD = "safeguard"
    ADMINISTRATIVE = "administrative"


class Urgency(StrEnum):
    """How soon a red flag calls for assessment."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"


URGENCY_ORDER: dict[str, int] = {urgency.value: rank for rank, urgency in enumerate(Urgency)}


class Invasiveness(StrEnum):
    """How far an intervention enters the body."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    IMPLANT = "implant"
    SURGICAL = "surgical"
    NOT_STATED = "not_stated"


class FactorKind(StrEnum):
    """What sort of fact a factor is."""

    COMORBIDITY = "comorbidity"
    MEDICINE = "medicine"
    CIRCUMSTANCE = "circumstance"
    PREFERENCE = "preference"
    HISTORY = "history"
    LIFE_STAGE = "life_stage"
    FINDING = "finding"
    POPULATION = "population"


class SourceKind(StrEnum):
    """What sort of publication a source is."""

    GUIDELINE = "guideline"
    EVIDENCE = "evidence"
    REGULATOR = "regulator"
    LABEL = "label"
    DEFINITION = "definition"
    OVERVIEW = "overview"
    PRACTICE = "practice"


class AssessmentUse(StrEnum):
    """What an assessment is used for; none of them makes a diagnosis."""

    SCREEN = "screen"
    MONITORING = "monitoring"
    CLASSIFICATION = "classification"
    RISK = "risk"
    OBSERVATION = "observation"
    DIAGNOSTIC = "diagnostic"
    IMAGING = "imaging"
    HISTORY = "history"


class RelationKind(StrEnum):
    """How two entries of the vocabulary relate, besides what rules and `is_a` say."""

    ALTERNATIVE_TO = "alternative_to"
    COMPLEMENTS = "complements"
    INTERACTS_WITH = "interacts_with"
    ENABLES = "enables"
    SPARES = "spares"
    ADDRESSES = "addresses"
    SERVES = "serves"
    DELIVERED_BY = "delivered_by"
    OFFERED_IN = "offered_in"
    ASSESSED_WITH = "assessed_with"
    REFUTES = "refutes"


SYMMETRIC = frozenset(
    {RelationKind.ALTERNATIVE_TO, RelationKind.COMPLEMENTS, RelationKind.INTERACTS_WITH}
)
"""Relations that are said once and hold both ways."""


class Verdict(StrEnum):
    """What later checking made of a statement of an overview document."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    DATED = "dated"
    CONTESTED = "contested"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    WRONG = "wrong"
    NOT_CHECKED = "not_checked"


class Difficulty(StrEnum):
    """What makes a case for teaching harder."""

    SINGLE_MECHANISM = "single_mechanism"
    MIXED = "mixed"
    WITH_CAUTIONS = "with_cautions"
    DISAGREEMENT = "disagreement"
    RED_FLAG = "red_flag"
    TOO_LITTLE = "too_little"


DifficultyWord = Literal[
    "single_mechanism", "mixed", "with_cautions", "disagreement", "red_flag", "too_little"
]


class ItemKind(StrEnum):
    """What a question asks for."""

    MECHANISM = "mechanism"
    CATEGORIES = "categories"
    FIRST_LINE = "first_line"
    LATER_LINE = "later_line"
    NOT_SUPPORTED = "not_supported"
    CAUTION = "caution"
    RED_FLAG = "red_flag"
    ASK_NEXT = "ask_next"
    MATCH = "match"
    ORDER = "order"
    TRUE_FALSE = "true_false"
    SOURCE = "source"


ItemKindWord = Literal[
    "mechanism",
    "categories",
    "first_line",
    "later_line",
    "not_supported",
    "caution",
    "red_flag",
    "ask_next",
    "match",
    "order",
    "true_false",
    "source",
]


class ItemForm(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    MATCH = "match"
    ORDER = "order"


class Bloom(StrEnum):
    """The level of thinking that a question asks for, after the revised taxonomy of Bloom."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"
