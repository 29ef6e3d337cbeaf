"""What must hold of the data in the core pack, one test for each invariant; failures name the entries to mend."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from painrules import Explorer, Pack, core_pack
from painrules.check import run_cases
from painrules.explore.words import plain
from painrules.model.dates import first_day
from painrules.packs.locate import core_folder
from painrules.resolve.lens import window_of
from painrules.vocab import SYMMETRIC, Mode, RuleStatus

CHECKLIST: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "checklist.yaml").read_text(encoding="utf-8")
)
TIERS = {"C", "S", "P"}

TABLES = [name for name in Pack.model_fields if name not in {"header", "cases"}]


@pytest.fixture(scope="module", name="pack")
def _pack() -> Pack:
    return core_pack()


@pytest.fixture(scope="module", name="known")
def _known(pack: Pack) -> set[str]:
    """Every id of the pack; relations as ``from kind to``."""
    found = {name for table in TABLES for name in getattr(pack, table)}
    return found | {name.replace("__", " ") for name in pack.relations}


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record that is prose, with where it stands."""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            if field not in {"examples", "id", "doi", "url", "pmid", "isbn", "number", "reference"}:
                yield from texts(getattr(value, field), f"{path}.{field}")
    elif isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")


@pytest.fixture(scope="module", name="prose")
def _prose(pack: Pack) -> list[tuple[str, str]]:
    return [
        (f"{table}.{name}{path}", text)
        for table in TABLES
        for name, record in getattr(pack, table).items()
        for path, text in texts(record)
    ]


def test_the_checklist_has_every_row_of_the_two_overview_documents() -> None:
    """73 rows for each document: none can be lost by editing."""
    ids = [row["id"] for row in CHECKLIST]
    wanted = [f"{letter}{number:02d}" for letter in "AB" for number in range(1, 74)]

    assert sorted(ids) == wanted
    assert {row["tier"] for row in CHECKLIST} == TIERS


def test_every_statement_of_the_overview_documents_is_encoded_or_waived(known: set[str]) -> None:
    """Law L19: what the documents say is in the pack, or a reason says why not."""
    wrong = []
    for row in CHECKLIST:
        encoded = row.get("encoded") or []
        if not encoded and not row.get("waived"):
            wrong.append(f"{row['id']}: neither encoded nor waived")
        if row["tier"] in {"C", "S"} and row.get("waived") and len(row["waived"]) < 20:
            wrong.append(f"{row['id']}: a waiver needs a reason")
        wrong += [
            f"{row['id']}: {name} is not in the pack" for name in encoded if name not in known
        ]

    assert wrong == []


def test_no_core_row_of_the_checklist_is_waived() -> None:
    """Rows of tier C are the reason for the library."""
    assert [row["id"] for row in CHECKLIST if row["tier"] == "C" and row.get("waived")] == []


def test_every_source_is_used(pack: Pack) -> None:
    """A source that nothing cites tells a reader nothing (law L17)."""
    used: Counter[str] = Counter(rule.source for rule in pack.rules)
    for table in TABLES:
        for record in getattr(pack, table).values():
            used.update(getattr(record, "sources", ()))
            used.update(getattr(record, "correction_sources", ()))
    used.update(record.source for record in pack.statements.values())
    used.update(source.superseded_by for source in pack.sources.values() if source.superseded_by)

    assert sorted(set(pack.sources) - set(used)) == []


def test_every_entry_of_the_vocabulary_cites_a_source(pack: Pack) -> None:
    """No source, no entry: a reader can always see who speaks."""
    tables = (
        *("interventions", "conditions", "factors", "red_flag_signs", "assessments", "goals"),
        *("misconceptions", "definitions", "relations", "professions", "settings", "safeguards"),
    )
    missing = [
        f"{table}.{name}"
        for table in tables
        for name, record in getattr(pack, table).items()
        if not record.sources
    ]

    assert missing == []


def test_every_rule_shows_itself_at_work(pack: Pack) -> None:
    """A rule has an example, and a near miss if it has any condition."""
    wrong = [rule.id for rule in pack.rules if not rule.examples.fires]
    wrong += [
        f"{rule.id}: no near miss"
        for rule in pack.rules
        if (rule.conditions or rule.exceptions) and not rule.examples.spares
    ]

    assert wrong == []


def test_severity_and_pain_type_are_independent(pack: Pack) -> None:
    """Law L13: acute and chronic are no points on a scale of intensity."""
    wrong = []
    for rule in pack.inferences.values():
        named = {clause.attribute for clause in rule.conditions + rule.exceptions}
        named |= {clause.name for clause in rule.conditions if clause.name in pack.factors}
        bands = {name for name, factor in pack.factors.items() if factor.band}
        severity = {n for n in bands if pack.factors[n].band.attribute == "severity"}  # type: ignore[union-attr]
        if rule.suggests.pain_type and named & ({"severity"} | severity):
            wrong.append(rule.id)

    assert wrong == []


FORBIDDEN = {
    "a dose": re.compile(
        r"\b\d+([.,]\d+)?\s*(mg|milligrams?|mcg|micrograms?|µg|ml|millilit\w+|mmol|units?|IU|MME|MEQ|gray|Gy)\b",
        re.IGNORECASE,
    ),
    "a schedule": re.compile(
        r"\b(once|twice|three times|four times|\d+ times)\s+(a|per|each|daily|weekly)\b"
        r"|\bevery \d+ (hours?|days?|weeks?)\b"
        r"|\b\d+\s*(hourly|times daily)\b",
        re.IGNORECASE,
    ),
    "an address to a patient": re.compile(r"\byou(r|rs)?\b(?! (and|or) )", re.IGNORECASE),
    "a brand": re.compile(
        r"\b(botox|lyrica|neurontin|cymbalta|tylenol|advil|motrin|aleve|voltaren|celebrex|oxycontin|percocet|vicodin|"
        r"ultram|nucynta|duragesic|butrans|qutenza|lidoderm|emgality|aimovig|ajovy|vyepti|nurtec|ubrelvy|qulipta|savella|"
        r"sativex|epidiolex|calpol|nurofen|zapain|imigran|maxalt)\b",
        re.IGNORECASE,
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text_holds(what: str, prose: list[tuple[str, str]]) -> None:
    """Law L23: no dose, schedule, brand or address to a patient, anywhere."""
    found = [f"{where}: {text}" for where, text in prose if FORBIDDEN[what].search(text)]

    assert found == []


def test_every_sentence_is_finished(pack: Pack) -> None:
    """What a source says is told in a whole sentence."""
    wrong = [rule.id for rule in pack.rules if not re.search(r"[.!?]$", rule.because)]

    assert wrong == []


@pytest.mark.parametrize(
    "kinds",
    [("conditions",), ("factors", "red_flag_signs"), ("interventions", "categories"), ("goals",)],
    ids=str,
)
def test_a_word_stands_for_one_thing(kinds: tuple[str, ...], pack: Pack) -> None:
    """A user who writes a label or synonym gets one entry, never a question which."""
    words: dict[str, set[str]] = {}
    for kind in kinds:
        for name, entry in getattr(pack, kind).items():
            for word in (name, entry.label, *entry.synonyms):
                words.setdefault(plain(word), set()).add(name)

    assert {word: sorted(names) for word, names in words.items() if len(names) > 1} == {}


def test_a_code_stands_for_one_condition(pack: Pack) -> None:
    """`explore(condition="M79.7")` finds exactly one condition."""
    codes = Counter(
        code for entry in pack.conditions.values() for code in (*entry.icd10, *entry.icd11)
    )

    assert [code for code, count in codes.items() if count > 1] == []


def test_symmetric_relations_are_said_once(pack: Pack) -> None:
    """An edge that holds both ways is written once, so that it is changed once."""
    seen: set[tuple[str, str, str]] = set()
    twice = []
    for relation in pack.relations.values():
        ends = (relation.from_, relation.to)
        if relation.kind in SYMMETRIC:
            ends = (min(ends), max(ends))
        key = (relation.kind.value, *ends)
        if key in seen:
            twice.append(relation.id)
        seen.add(key)

    assert twice == []


def test_every_red_flag_calls_for_assessment_first(pack: Pack) -> None:
    """A red flag that nothing reacts to would be worse than none."""
    explorer = Explorer(pack)
    silent = [
        name
        for name in pack.red_flag_signs
        if explorer.explore("acute", present=[name]).mode is not Mode.EVALUATE_FIRST
    ]

    assert silent == []


def test_the_order_of_categories_is_complete(pack: Pack) -> None:
    """Each category has its place, and each has interventions."""
    assert sorted(pack.header.categories) == sorted(pack.categories)
    used = {entry.category for entry in pack.interventions.values()}
    assert sorted(set(pack.categories) - used) == []


def test_changeable_facts_are_never_history_or_nature(pack: Pack) -> None:
    """No explanation may suggest to change an age, a pregnancy or a history."""
    wrong = [
        name
        for name, factor in pack.factors.items()
        if factor.changeable
        and (factor.band or factor.kind.value in {"life_stage", "history", "comorbidity"})
    ]

    assert wrong == []


def test_no_position_of_a_source_that_ended_still_counts(pack: Pack) -> None:
    """A statement of a superseded source is history, and says so."""
    today = first_day(pack.header.date)
    wrong = [
        name
        for name, rule in pack.positions.items()
        if pack.sources[rule.source].status is not RuleStatus.CURRENT
        and window_of(rule, pack).holds(today)
    ]

    assert wrong == []


def test_the_folder_holds_nothing_that_is_not_read() -> None:
    """A file with another ending, or one that git hides, would be dropped silently."""
    folder = Path(str(core_folder()))
    strange = [str(path) for path in folder.rglob("*") if path.is_file() and path.suffix != ".yaml"]

    assert strange == []


def test_every_case_comes_out(pack: Pack) -> None:
    """The scenarios that people wrote, all of them."""
    assert [str(failure) for failure in run_cases(pack)] == []
