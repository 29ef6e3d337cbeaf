"""What records say of each other: every id that is named is known, nothing goes round in circles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from painrules.engine import inference_needs
from painrules.errors import Problem, near_miss, shown
from painrules.model.case import Case
from painrules.model.conditions import When
from painrules.model.dates import first_day
from painrules.model.hierarchy import cycle_in
from painrules.model.knowledge import Relation
from painrules.model.pack import PackHeader
from painrules.model.rule import Caution, ExampleProfile, Inference, RedFlag, Rule, Step
from painrules.model.source import Source
from painrules.model.teaching import Life, Person, Portrait, Taught, Telling
from painrules.packs.gather import Located, Place
from painrules.packs.sections import SECTIONS
from painrules.packs.slots import check_slots
from painrules.vocab import RelationKind, RuleStatus

Steps = tuple[str | int, ...]

MAX_GENERATIONS = 30
"""How many generations of `is_a` may stand above an entry."""
SHOWN = 20
"""How many names of a circle are told."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All records by list and id, those of the pack beneath among them."""

    records: Mapping[str, Mapping[str, Any]]
    broken: frozenset[tuple[str, str]] = frozenset()
    """List and id of what is there but could not be read."""

    def __getitem__(self, table: str) -> Mapping[str, Any]:
        """One list."""
        return self.records[table]

    def knows(self, table: str, name: str) -> bool:
        """Whether a list has an id, readable or not."""
        return name in self.records[table] or (table, name) in self.broken


SIMPLE = (
    ("interventions", "category", "categories"),
    ("interventions", "is_a", "interventions"),
    ("conditions", "is_a", "conditions"),
    ("specialties", "professions", "professions"),
    ("credentials", "professions", "professions"),
    ("training", "profession", "professions"),
    ("statements", "source", "sources"),
    ("statements", "correction_sources", "sources"),
    ("sources", "superseded_by", "sources"),
    ("positions", "option", "interventions"),
    ("cautions", "option", "interventions"),
    ("steps", "option", "interventions"),
    ("steps", "steps_from", "interventions"),
    ("steps", "safeguard", "safeguards"),
)
"""Fields that hold ids of another table: section, field, table."""

ENDS: dict[RelationKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    RelationKind.ALTERNATIVE_TO: (("interventions",), ("interventions",)),
    RelationKind.COMPLEMENTS: (("interventions",), ("interventions",)),
    RelationKind.INTERACTS_WITH: (("interventions",), ("interventions", "factors")),
    RelationKind.ENABLES: (("interventions",), ("interventions",)),
    RelationKind.SPARES: (("interventions",), ("interventions",)),
    RelationKind.ADDRESSES: (("interventions",), ("factors",)),
    RelationKind.SERVES: (("interventions",), ("goals",)),
    RelationKind.DELIVERED_BY: (("interventions",), ("professions",)),
    RelationKind.OFFERED_IN: (("interventions",), ("settings",)),
    RelationKind.ASSESSED_WITH: (
        ("factors", "conditions", "red_flag_signs", "mechanisms", "pain_types", "interventions"),
        ("assessments",),
    ),
    RelationKind.REFUTES: (
        ("interventions", "definitions", "statements", "positions"),
        ("misconceptions",),
    ),
}
"""Between which tables each kind of relation goes."""


def check_references(
    records: Iterable[Located], tables: Tables, header: PackHeader, header_place: Place
) -> Iterator[Problem]:
    """Every problem between records.

    Args:
        records: The records of this pack, located.
        tables: All records by table and id, those of the pack beneath among them.
        header: Who the pack is.
        header_place: Where it says so.
    """
    today = first_day(header.date)
    mine = list(records)
    suited = _suited(tables["people"].values())
    for section, field, table in SIMPLE:
        for item in mine:
            if item.section == section:
                yield from _known(
                    item, (field,), _words(getattr(item.record, field)), tables, (table,)
                )
    for item in mine:
        record = item.record
        cited = getattr(record, "sources", ())
        yield from _known(item, ("sources",), cited, tables, ("sources",))
        if isinstance(record, Rule):
            yield from _check_rule(item, record, tables)
            yield from _check_dates(item, record, today)
        elif isinstance(record, Source):
            yield from _check_dates(item, record, today)
        elif isinstance(record, Relation):
            yield from _check_relation(item, record, tables)
        elif isinstance(record, Case):
            yield from _check_case(item, record, tables)
        elif isinstance(record, Taught):
            yield from _check_taught(item, record, tables, suited)
    yield from check_slots(mine, tables.records)
    yield from _check_header(header, header_place, tables)
    yield from _check_cycles(mine, tables)


def _words(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def _known(
    item: Located, steps: Steps, words: Iterable[str], tables: Tables, wanted: tuple[str, ...]
) -> Iterator[Problem]:
    """A problem for each word that none of the wanted tables knows."""
    for word in words:
        if any(tables.knows(table, word) for table in wanted):
            continue
        noun = " or ".join(SECTIONS[table].noun if table in SECTIONS else table for table in wanted)
        near = near_miss(word, [name for table in wanted for name in tables[table]])
        hint = f"did you mean '{near}'?" if near else ""
        yield item.problem(steps, f"{shown(word)} is not a known {noun}", hint, word=word)


def _check_rule(item: Located, rule: Rule, tables: Tables) -> Iterator[Problem]:
    yield from _known(item, ("source",), (rule.source,), tables, ("sources",))
    for name in ("when", "unless"):
        yield from _check_when(item, (name,), getattr(rule, name), tables)
        if rule.scope is not None:
            yield from _check_when(item, ("scope", name), getattr(rule.scope, name), tables)
    if isinstance(rule, Step):
        yield from _check_when(item, ("requires",), rule.requires, tables)
    if isinstance(rule, Inference):
        yield from _check_inference(item, rule, tables)
    for kind in ("fires", "spares"):
        for number, example in enumerate(getattr(rule.examples, kind)):
            yield from _check_example(item, ("examples", kind, number), example, tables)


def _check_inference(item: Located, rule: Inference, tables: Tables) -> Iterator[Problem]:
    for name in rule.suggests.factors:
        yield from _known(item, ("suggests", "factors", name), (name,), tables, ("factors",))
        factor = tables["factors"].get(name)
        if factor is not None and factor.band is not None:
            what = f"'{name}' is defined by a number and cannot be suggested"
            yield item.problem(("suggests", "factors", name), what)


def _check_when(item: Located, steps: Steps, when: When, tables: Tables) -> Iterator[Problem]:
    yield from _known(item, (*steps, "condition"), when.condition, tables, ("conditions",))
    yield from _known(item, (*steps, "factors"), when.factors, tables, ("factors",))
    yield from _known(item, (*steps, "tried"), when.tried, tables, ("interventions", "categories"))
    yield from _known(item, (*steps, "red_flags"), when.red_flags, tables, ("red_flag_signs",))
    if when.red_flags and not isinstance(item.record, RedFlag):
        what = "only a rule of the kind red_flag asks for red flags"
        yield item.problem((*steps, "red_flags"), what)
    if when.mechanism and isinstance(item.record, Inference):
        yield item.problem((*steps, "mechanism"), "an inference never starts from a mechanism")
    if when.mechanism and isinstance(item.record, Caution):
        yield item.problem((*steps, "mechanism"), "a caution never names a mechanism")


def _check_example(
    item: Located, steps: Steps, example: ExampleProfile, tables: Tables
) -> Iterator[Problem]:
    named = [name for name in example.condition if name != "other"]
    yield from _known(item, (*steps, "condition"), named, tables, ("conditions",))
    yield from _known(
        item, (*steps, "tried"), example.tried, tables, ("interventions", "categories")
    )
    yield from _known(item, (*steps, "goals"), example.goals, tables, ("goals",))
    for name in ("present", "absent"):
        words = getattr(example, name)
        yield from _known(item, (*steps, name), words, tables, ("factors", "red_flag_signs"))


def _check_dates(item: Located, record: Rule | Source, today: Any) -> Iterator[Problem]:  # noqa: ANN401 - a date
    ended = record.valid_to is not None and first_day(record.valid_to) <= today
    if isinstance(record, Rule) and record.starts is not None and record.ends <= record.starts:
        what = f"valid_to {record.valid_to} is not after valid_from {record.valid_from}: it never counts"
        yield item.problem(("valid_to",), what)
    if record.status is not RuleStatus.CURRENT and record.valid_to is None:
        yield item.problem(("status",), f"'{record.status.value}' needs a valid_to")
    elif record.status is RuleStatus.CURRENT and ended:
        what = f"it ended {record.valid_to}, before the date of the pack, but is said to be current"
        yield item.problem(
            ("valid_to",), what, "say why it ended: superseded, withdrawn or historical"
        )
    elif record.status is not RuleStatus.CURRENT and not ended:
        what = f"'{record.status.value}' does not fit valid_to {record.valid_to}: it still counts"
        yield item.problem(("status",), what, "say current, or an earlier valid_to")


def _check_relation(item: Located, relation: Relation, tables: Tables) -> Iterator[Problem]:
    starts, ends = ENDS[relation.kind]
    yield from _known(item, ("from",), (relation.from_,), tables, starts)
    yield from _known(item, ("to",), (relation.to,), tables, ends)
    if relation.from_ == relation.to:
        yield item.problem(("to",), "an entry does not relate to itself")


def _check_case(item: Located, case: Case, tables: Tables) -> Iterator[Problem]:
    yield from _check_example(item, ("profile",), case.profile, tables)
    expect = case.expect
    for name in ("listed", "not_listed", "status", "line", "agreement", "safety", "cautions"):
        yield from _known(item, ("expect", name), getattr(expect, name), tables, ("interventions",))
    for option, cautions in expect.cautions.items():
        yield from _known(item, ("expect", "cautions", option), cautions, tables, ("cautions",))


def _suited(people: Iterable[Any]) -> dict[str, set[str]]:
    """For each language what its people suit."""
    found: dict[str, set[str]] = {}
    for one in people:
        if isinstance(one, Person):
            found.setdefault(one.language, set()).update(one.suits)
    return found


def _check_taught(
    item: Located, record: Taught, tables: Tables, suited: Mapping[str, AbstractSet[str]]
) -> Iterator[Problem]:
    if isinstance(record, Portrait):
        yield from _check_example(item, ("profile",), record.profile, tables)
    if isinstance(record, Life):
        yield from _check_when(item, ("unless",), record.unless, tables)
    if isinstance(record, Telling):
        for name in ("fact", "otherwise_fact"):
            if getattr(record, name) is not None:
                yield from _check_example(item, (name,), getattr(record, name), tables)
        for name in ("when", "unless"):
            yield from _check_when(item, (name,), getattr(record, name), tables)
    if isinstance(record, Portrait | Telling):
        known = suited.get(record.language, frozenset())
        for word in record.suits:
            if word not in known:
                near = near_miss(word, known)
                hint = f"did you mean '{near}'?" if near else "say it in 'suits' of a person"
                what = f"no person of the language '{record.language}' suits {shown(word)}"
                yield item.problem(("suits",), what, hint, word=word)


COVERED = {
    "conditions": "conditions",
    "categories": "categories",
    "opioids": "interventions",
    "end_of_life": "factors",
}
"""Fields of what a pack covers that hold ids, with their lists."""


def _check_header(header: PackHeader, place: Place, tables: Tables) -> Iterator[Problem]:
    covers = header.covers
    wanted: list[tuple[Steps, Iterable[str], str]] = [
        (("categories",), header.categories, "categories")
    ]
    if covers is not None:
        for name, table in COVERED.items():
            wanted.append((("covers", name), getattr(covers, name), table))
        for number, waiver in enumerate(covers.waivers):
            for name, table in (("condition", "conditions"), ("category", "categories")):
                word = getattr(waiver, name)
                if word is not None:
                    wanted.append((("covers", "waivers", number, name), (word,), table))
    for steps, words, table in wanted:
        for word in words:
            if not tables.knows(table, word):
                near = near_miss(word, tables[table])
                what = f"the pack, {'.'.join(map(str, steps))}: {shown(word)} is not a known {SECTIONS[table].noun}"
                yield Problem(place.of(*steps), what, f"did you mean '{near}'?" if near else "")


def _check_cycles(mine: list[Located], tables: Tables) -> Iterator[Problem]:
    by_id = {(item.section, item.record.id): item for item in mine}
    for section in ("interventions", "conditions"):
        parents = {name: entry.is_a for name, entry in tables[section].items()}
        yield from _cycle(parents, lambda name, s=section: by_id.get((s, name)), "is_a")  # type: ignore[misc]
        for name in () if cycle_in(parents) else _too_deep(parents):
            if (section, name) in by_id:
                what = f"more than {MAX_GENERATIONS} generations stand above it"
                yield by_id[section, name].problem(("is_a",), what)
                break
    before: dict[str, set[str]] = {}
    where: dict[str, Located] = {}
    for name, step in tables["steps"].items():
        if step.steps_from:
            before.setdefault(step.option, set()).add(step.steps_from)
            if ("steps", name) in by_id:
                where[step.option] = by_id["steps", name]
    yield from _cycle(before, where.get, "steps_from")
    needs = inference_needs(tables["inferences"].values())
    cycle = cycle_in(needs)
    if cycle:
        on_it = frozenset(cycle)
        for item in mine:
            record = item.record
            if isinstance(record, Inference) and next(iter(inference_needs([record]))) in on_it:
                what = f"inference goes round in a circle: {_told(cycle)}"
                yield item.problem(("suggests",), what)
                break


def _too_deep(parents: Mapping[str, Iterable[str]]) -> list[str]:
    """The entries with too many generations above them, generation by generation."""
    below: dict[str, list[str]] = {}
    for name, above in parents.items():
        for parent in above:
            below.setdefault(parent, []).append(name)
    generation = {name for name, above in parents.items() if not tuple(above)}
    for _ in range(MAX_GENERATIONS):
        generation = {child for name in generation for child in below.get(name, ())}
    return sorted({child for name in generation for child in below.get(name, ())})


def _told(cycle: tuple[str, ...]) -> str:
    """A circle in words; of a long one both ends."""
    names = [*cycle, cycle[0]]
    if len(names) > SHOWN:
        names[SHOWN // 2 : -SHOWN // 2] = [f"({len(names) - SHOWN} more)"]
    return " -> ".join(names)


def _cycle(
    parents: Mapping[str, Iterable[str]], located: Callable[[str], Located | None], field: str
) -> Iterator[Problem]:
    cycle = cycle_in(parents)
    for name in cycle:
        item = located(name)
        if item is not None:
            what = f"goes round in a circle: {_told(cycle)}"
            yield item.problem((field,), what)
            return
