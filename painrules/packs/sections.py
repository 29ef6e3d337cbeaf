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
from painrules.model.teaching import Life, Person, Phrase, Portrait, Stem, Telling


class Section(NamedTuple):
    """A list that a file may hold."""

    model: type[Frozen]
    """What each item is."""
    noun: str
    """How messages name an item."""
    is_rule: bool = False
    """Whether the file's `source` and `scope` hold for it."""
    is_taught: bool = False
    """Whether the file's `language` holds for it."""

    @property
    def shares(self) -> tuple[str, ...]:
        """What a file may say once for all of these."""
        if self.is_rule:
            return ("source", "scope")
        return ("language",) if self.is_taught else ()


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
    "people": Section(Person, "person", is_taught=True),
    "lives": Section(Life, "life", is_taught=True),
    "portraits": Section(Portrait, "portrait", is_taught=True),
    "tellings": Section(Telling, "telling", is_taught=True),
    "stems": Section(Stem, "stem", is_taught=True),
    "phrases": Section(Phrase, "phrase", is_taught=True),
}
"""The lists, by their key in a file; also the tables of a `Pack`."""

FILE_KEYS = ("source", "scope", "language")
"""What a file may say once for all of its rules, or for all of its texts for teaching."""

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
    "fact": ExampleProfile,
    "otherwise_fact": ExampleProfile,
}
"""The records that stand within others, by the name of the field."""
