"""The pack: everything that the rules know, frozen."""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer

from painrules.cached import cached_property
from painrules.errors import shown
from painrules.model.base import Frozen, FrozenDict, FrozenMap, Identifier, Label, Text, Words
from painrules.model.case import Case
from painrules.model.dates import DateText
from painrules.model.hierarchy import Hierarchy
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
from painrules.model.lazy import LazyTable
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.model.source import Source
from painrules.model.teaching import Life, Person, Phrase, Portrait, Stem, Telling
from painrules.vocab import Domain, Mechanism, PainType

NOTICE = (
    "For education only, never medical advice. This lists what published sources say; it recommends nothing to anyone. "
    "The order of names ranks nothing. Decisions about care belong to people and their clinicians."
)
"""The notice of a pack that states none of its own."""


class Waiver(Frozen):
    """A gap that the pack has on purpose, and why."""

    pain_type: PainType | None = None
    """The pain type; left out: any."""
    mechanism: Mechanism | None = None
    """The mechanism; left out: any."""
    domain: Domain | None = None
    """The domain; left out: any."""
    condition: Identifier | None = None
    """The condition, for a gap of a condition."""
    category: Identifier | None = None
    """The category, for a gap of a category."""
    reason: Text
    """Why nothing is said there."""


class Coverage(Frozen):
    """What a pack says that it covers; laws and gap reports look no further."""

    pain_types: Words[PainType] = ()
    """Pain types that it covers."""
    mechanisms: Words[Mechanism] = ()
    """Mechanisms that it covers."""
    conditions: Words[Identifier] = ()
    """Conditions that it covers."""
    domains: Words[Domain] = ()
    """Domains in which each pain type with each mechanism, and each condition, has supported options."""
    categories: Words[Identifier] = ()
    """Categories in which they have supported options."""
    opioids: Words[Identifier] = ()
    """The classes of opioids: never a first line in chronic pain."""
    end_of_life: Words[Identifier] = ()
    """Factors that say that life is ending: positions on chronic pain do not limit opioids there."""
    waivers: tuple[Waiver, ...] = ()
    """Gaps on purpose."""


class Acceptance(Frozen):
    """A finding of `painrules check` that the pack has on purpose, and why."""

    finding: Identifier
    """What is found: ``subsumed_rule``, ``contradiction`` or another."""
    subject: Words[Identifier]
    """The rule or entry that it is about; several, if the reason is the same."""
    beside: Identifier | None = None
    """The other rule that it names; left out: any."""
    reason: Text
    """Why it is so on purpose."""


PACK_FORMAT: Literal[1] = 1
"""The version of the form of pack files."""


def _known_format(value: object) -> object:
    if value != PACK_FORMAT or isinstance(value, bool):
        msg = f"{shown(value)} is not a format that this version reads: it reads {PACK_FORMAT}, so install a later one"
        raise ValueError(msg)
    return PACK_FORMAT


class PackHeader(Frozen):
    """Who a pack is: the file `pack.yaml`."""

    format: Annotated[Literal[1], BeforeValidator(_known_format)] = PACK_FORMAT
    """The version of the form of its files. It goes up when packs of before would be read otherwise."""
    id: Identifier
    """The name of the pack."""
    title: Label
    """Its title."""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+(\.\d+)?([a-z0-9.+-]*)?$", max_length=40)]
    """Its version: major when an id goes, minor when rules come."""
    date: DateText
    """The day up to which it knows: statements count if they stand on this day."""
    licence: Label = "Apache-2.0"
    """Under which licence it may be used."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    """The language of its texts."""
    notice: Text = NOTICE
    """What stands first in every result."""
    reviewed_by: Text = "Nobody with a clinical qualification has reviewed this pack yet."
    """Who looked it over."""
    categories: Words[Identifier] = ()
    """The order in which categories are shown."""
    extends: Identifier | None = None
    """The pack on which it is layered; the only one known by name is `core`."""
    covers: Coverage | None = None
    """What it says that it covers."""
    accepts: tuple[Acceptance, ...] = ()
    """Findings that it has on purpose."""


class Pack(Frozen):
    """A rule pack, checked and frozen. `painrules.load_pack` makes one from a folder.

    >>> import painrules
    >>> painrules.core_pack().interventions["activity_pacing"].label
    'Activity pacing'
    """

    header: PackHeader
    """Who it is."""
    sources: FrozenMap[str, Source] = FrozenDict()
    """Sources by id."""
    categories: FrozenMap[str, Category] = FrozenDict()
    """Categories by id."""
    interventions: FrozenMap[str, Intervention] = FrozenDict()
    """Interventions by id."""
    conditions: FrozenMap[str, Condition] = FrozenDict()
    """Conditions by id."""
    factors: FrozenMap[str, Factor] = FrozenDict()
    """Factors by id."""
    red_flag_signs: FrozenMap[str, RedFlagSign] = FrozenDict()
    """Red flags that a profile may name, by id."""
    pain_types: FrozenMap[str, PainTypeEntry] = FrozenDict()
    """What each pain type is."""
    mechanisms: FrozenMap[str, MechanismEntry] = FrozenDict()
    """What each mechanism is."""
    assessments: FrozenMap[str, Assessment] = FrozenDict()
    """Assessments by id."""
    professions: FrozenMap[str, Profession] = FrozenDict()
    """Professions by id."""
    specialties: FrozenMap[str, Specialty] = FrozenDict()
    """Specialties by id."""
    credentials: FrozenMap[str, Credential] = FrozenDict()
    """Credentials by id."""
    training: FrozenMap[str, TrainingStep] = FrozenDict()
    """Training steps by id."""
    settings: FrozenMap[str, Setting] = FrozenDict()
    """Settings by id."""
    goals: FrozenMap[str, Goal] = FrozenDict()
    """Goals by id."""
    safeguards: FrozenMap[str, Safeguard] = FrozenDict()
    """Safeguards by id."""
    misconceptions: FrozenMap[str, Misconception] = FrozenDict()
    """Misconceptions by id."""
    definitions: FrozenMap[str, Definition] = FrozenDict()
    """Definitions by id."""
    statements: FrozenMap[str, Statement] = FrozenDict()
    """Statements of overview documents by id."""
    relations: FrozenMap[str, Relation] = FrozenDict()
    """Relations by id."""
    inferences: FrozenMap[str, Inference] = FrozenDict()
    """Rules of the kind inference by id."""
    positions: FrozenMap[str, Position] = FrozenDict()
    """Rules of the kind position by id."""
    cautions: FrozenMap[str, Caution] = FrozenDict()
    """Rules of the kind caution by id."""
    steps: FrozenMap[str, Step] = FrozenDict()
    """Rules of the kind step by id."""
    red_flags: FrozenMap[str, RedFlag] = FrozenDict()
    """Rules of the kind red_flag by id."""
    cases: FrozenMap[str, Case] = FrozenDict()
    """Cases by id."""
    people: FrozenMap[str, Person] = FrozenDict()
    """Invented people by id, for teaching."""
    lives: FrozenMap[str, Life] = FrozenDict()
    """What they do, by id."""
    portraits: FrozenMap[str, Portrait] = FrozenDict()
    """Stories of pain problems by id."""
    tellings: FrozenMap[str, Telling] = FrozenDict()
    """How facts are told, by id."""
    stems: FrozenMap[str, Stem] = FrozenDict()
    """How questions are put, by id."""
    phrases: FrozenMap[str, Phrase] = FrozenDict()
    """Small texts by id; a translation has the same ids with its language before: ``de_opening``."""

    @model_serializer(mode="wrap")
    def _whole(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Plain data of the whole pack: entries that nobody has looked at so far are made first."""
        for name, value in self.__dict__.items():
            if isinstance(value, LazyTable):
                self.__dict__[name] = value.whole()
        found: dict[str, Any] = serialize(self)
        return found

    @property
    def id(self) -> str:
        """The name of the pack."""
        return self.header.id

    @property
    def version(self) -> str:
        """The version of the pack."""
        return self.header.version

    @property
    def notice(self) -> str:
        """What stands first in every result."""
        return self.header.notice

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their ids: engines number them so."""
        every: list[Rule] = []
        for kind in RULE_TABLES.values():
            every.extend(getattr(self, kind).values())
        return tuple(sorted(every, key=lambda rule: rule.id))

    @cached_property
    def rule_places(self) -> tuple[tuple[str, str], ...]:
        """The id of each rule, in order, and the table that it stands in; found without looking at the rules."""
        tables = RULE_TABLES.values()
        return tuple(sorted((name, table) for table in tables for name in getattr(self, table)))

    @cached_property
    def rule_numbers(self) -> dict[str, int]:
        """The place of each rule in `rules`."""
        return {name: number for number, (name, _) in enumerate(self.rule_places)}

    def rule(self, number: int) -> Rule:
        """The rule of that number: the same as `rules[number]`, without looking at the others."""
        name, table = self.rule_places[number]
        found: Rule = getattr(self, table)[name]
        return found

    @cached_property
    def condition_tree(self) -> Hierarchy:
        """How conditions belong to each other."""
        return Hierarchy({name: entry.is_a for name, entry in self.conditions.items()})

    @cached_property
    def intervention_tree(self) -> Hierarchy:
        """How interventions belong to each other."""
        return Hierarchy({name: entry.is_a for name, entry in self.interventions.items()})

    @cached_property
    def category_order(self) -> tuple[str, ...]:
        """All categories: those that the header orders first, then the others by id."""
        stated = tuple(name for name in self.header.categories if name in self.categories)
        return stated + tuple(name for name in self.categories if name not in stated)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content; the order and layout of files do not change it."""
        plain = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def with_rule(self, *rules: Rule) -> "Pack":
        """This pack with some rules more, or other rules under the same ids.

        The rules are taken as they are: `painrules.load_pack` checks what it loads, this does not.
        """
        changed: dict[str, dict[str, Any]] = {}
        for rule in rules:
            table = RULE_TABLES[rule.rule_kind]
            changed.setdefault(table, dict(getattr(self, table)))[rule.id] = rule
        return self._with(changed)

    def without_rule(self, *ids: str) -> "Pack":
        """This pack without some of its rules."""
        changed = {
            table: {name: rule for name, rule in getattr(self, table).items() if name not in ids}
            for table in RULE_TABLES.values()
        }
        return self._with(changed)

    def _with(self, changed: dict[str, dict[str, Any]]) -> "Pack":
        fields: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        for table, entries in changed.items():
            fields[table] = FrozenDict({name: entries[name] for name in sorted(entries)})
        return Pack.model_construct(**fields)

    def __repr__(self) -> str:
        """Short: a pack is large."""
        return f"<Pack {self.id} {self.version}: {len(self.rules)} rules, {len(self.interventions)} interventions>"

    def __str__(self) -> str:
        """As its repr."""
        return repr(self)


RULE_TABLES = {
    "inference": "inferences",
    "position": "positions",
    "caution": "cautions",
    "step": "steps",
    "red_flag": "red_flags",
}
"""The table of a pack for each kind of rule."""
