"""Which lists the files of a pack may hold, and what each of their items is."""

from typing import NamedTuple

from painrules.model.base import Frozen
from painrules.model.case import Case, Expectation, InferredFacts
from painrules.model.conditions import Band, Range, Scope, When
from painrules.model.knowledge import (
    Assessment,
    Category,
    Condition,
    Credential,
    Definition,
    Factor,
    Goal,
    Intervention,
    MechanismEntry,
    Misconception,
    PainTypeEntry,
    Profession,
    RedFlagSign,
    Relation,
    Safeguard,
    Setting,
    Specialty,
    Statement,
    TrainingStep,
)
from painrules.model.pack import Acceptance, Coverage, Waiver
from painrules.model.rule import (
    Caution,
    ExampleProfile,
    Examples,
    Inference,
    Position,
    RedFlag,
    Step,
    Suggestion,
)
from painrules.model.source import Source


class Section(NamedTuple):
    """A list that a file may hold."""

    model: type[Frozen]
    """What each item is."""
    noun: str
    """How messages name an item."""
    is_rule: bool = False
    """Whether the file's `source` and `scope` hold for it."""


SECTIONS = {
    "sources": Section(Source, "source"),
    "categories": Section(Category, "category"),
    "interventions": Section(Intervention, "intervention"),
    "conditions": Section(Condition, "condition"),
    "factors": Section(Factor, "factor"),
    "red_flag_signs": Section(RedFlagSign, "red flag sign"),
    "pain_types": Section(PainTypeEntry, "pain type"),
    "mechanisms": Section(MechanismEntry, "mechanism"),
    "assessments": Section(Assessment, "assessment"),
    "professions": Section(Profession, "profession"),
    "specialties": Section(Specialty, "specialty"),
    "credentials": Section(Credential, "credential"),
    "training": Section(TrainingStep, "training step"),
    "settings": Section(Setting, "setting"),
    "goals": Section(Goal, "goal"),
    "safeguards": Section(Safeguard, "safeguard"),
    "misconceptions": Section(Misconception, "misconception"),
    "definitions": Section(Definition, "definition"),
    "statements": Section(Statement, "statement"),
    "relations": Section(Relation, "relation"),
    "inferences": Section(Inference, "rule", is_rule=True),
    "positions": Section(Position, "rule", is_rule=True),
    "cautions": Section(Caution, "rule", is_rule=True),
    "steps": Section(Step, "rule", is_rule=True),
    "red_flags": Section(RedFlag, "rule", is_rule=True),
    "cases": Section(Case, "case"),
}
"""The lists, by their key in a file; also the tables of a `Pack`."""

FILE_KEYS = ("source", "scope")
"""What a file may say once for all of its rules."""

NESTED: dict[str, type[Frozen]] = {
    "when": When,
    "unless": When,
    "requires": When,
    "scope": Scope,
    "examples": Examples,
    "fires": ExampleProfile,
    "spares": ExampleProfile,
    "profile": ExampleProfile,
    "expect": Expectation,
    "inferred": InferredFacts,
    "suggests": Suggestion,
    "band": Band,
    "age_years": Range,
    "duration_months": Range,
    "severity": Range,
    "covers": Coverage,
    "waivers": Waiver,
    "accepts": Acceptance,
}
"""The records that stand within others, by the name of the field."""
