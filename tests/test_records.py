"""What all records share: they do not change, equal ones are alike in every way, and what they refuse they explain."""

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

import painrules
from painrules import PainrulesError, Profile, ProfileError
from painrules.model.base import FrozenDict, Identifier, Words
from painrules.model.conditions import When
from painrules.model.dates import DateText, first_day, last_day
from painrules.model.hierarchy import Hierarchy, cycle_in
from painrules.model.lazy import LazyTable
from painrules.model.pack import PackHeader
from painrules.model.result import Result
from painrules.model.rule import Caution, Position
from painrules.model.source import Source
from painrules.model.teaching import (
    Life,
    Phrase,
    Portrait,
    Stem,
    Telling,
    filled,
    slots_of,
    stray_brace,
)
from painrules.model.wording import OTHER_VERSION, told
from painrules.testing import small_vocabulary

# Mappings that do not change


CHANGES: dict[str, Callable[[Any], object]] = {
    "an entry set": lambda table: table.__setitem__("a", 2),
    "an entry deleted": lambda table: table.__delitem__("a"),
    "cleared": lambda table: table.clear(),
    "popped": lambda table: table.pop("a"),
    "any popped": lambda table: table.popitem(),
    "a default": lambda table: table.setdefault("b", 2),
    "updated": lambda table: table.update(b=2),
    "joined": lambda table: table.__ior__({"b": 2}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_frozen_mapping_refuses_every_change(name: str) -> None:
    """Results and packs are shared between threads, so nobody may change one."""
    table = FrozenDict({"a": 1})

    with pytest.raises(TypeError) as caught:
        CHANGES[name](table)
    assert str(caught.value) == "this mapping cannot be changed"
    assert table == {"a": 1}


def test_equal_frozen_mappings_have_equal_hashes_and_copies() -> None:
    """So that records which hold them can stand in sets, cross processes and be copied."""
    one, other = FrozenDict({"a": 1, "b": 2}), FrozenDict({"b": 2, "a": 1})

    assert hash(one) == hash(other) != hash(FrozenDict({"a": 1}))
    assert copy.copy(one) is copy.deepcopy(one) is one
    back = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own
    assert back == one
    assert isinstance(back, FrozenDict)


def test_a_lazy_table_makes_each_entry_once_and_is_otherwise_like_any_mapping() -> None:
    """What nobody looks at costs nothing, and nobody can tell the difference."""
    made = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    table = LazyTable(["b", "a"], make)
    assert ("a" in table, "c" in table, [*table], len(table), made) == (
        True,
        False,
        ["b", "a"],
        2,
        [],
    )
    assert (table["a"], table["a"], made) == ("A", "A", ["a"])
    with pytest.raises(KeyError, match="'c'"):
        table["c"]
    assert repr(table) == "{'b': 'B', 'a': 'A'}"
    assert hash(table) == hash(FrozenDict({"a": "A", "b": "B"}))
    assert table.whole() == {"a": "A", "b": "B"}
    back = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own
    assert isinstance(back, FrozenDict)
    assert [*back.items()] == [("b", "B"), ("a", "A")]
    assert made == ["a", "b"]


# Dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        ("2020-02", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
        ("2021-02", dt.date(2021, 2, 1), dt.date(2021, 2, 28)),
        ("2020-12", dt.date(2020, 12, 1), dt.date(2020, 12, 31)),
        ("2020-09-30", dt.date(2020, 9, 30), dt.date(2020, 9, 30)),
    ],
)
def test_a_date_may_be_a_year_a_month_or_a_day(text: str, first: dt.date, last: dt.date) -> None:
    """Sources rarely say on which day; what they leave out is all of it."""
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "20", "2020-13", "2020-02-30", "2020-1", "2020-01-01-01", "x2020", "2020 "]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Nothing is guessed."""
    for read in (first_day, last_day):
        with pytest.raises(ValueError, match="is not a date") as caught:
            read(text)
        assert str(caught.value) == f"'{text}' is not a date such as 2020, 2020-09 or 2020-09-30"


class Dated(BaseModel):
    """Something with a date."""

    model_config = ConfigDict(extra="forbid")
    day: DateText


@pytest.mark.parametrize(
    ("given", "text"),
    [(2020, "2020"), ("2020-09", "2020-09"), (dt.date(2020, 9, 3), "2020-09-03")],
)
def test_yaml_reads_years_as_numbers_and_days_as_dates_and_both_are_taken(
    given: object, text: str
) -> None:
    """Authors write what they see; it is kept as text."""
    assert Dated.model_validate({"day": given}).day == text


@pytest.mark.parametrize("given", [True, 20, None, "soon"])
def test_what_is_not_a_date_is_no_date_in_a_record_either(given: object) -> None:
    """Yes is not the year 1."""
    with pytest.raises(ValidationError):
        Dated.model_validate({"day": given})


# Hierarchies


def test_a_hierarchy_knows_who_belongs_to_whom_over_generations() -> None:
    """Upwards and downwards, with and without itself; a name that is not in it belongs to nobody."""
    tree = Hierarchy({"a": (), "b": ["a"], "c": ("b", "x"), "d": ("b",), "x": ()})

    assert tree.parents == {"a": (), "b": ("a",), "c": ("b", "x"), "d": ("b",), "x": ()}
    assert tree.ancestors("c") == {"a", "b", "x"}
    assert tree.upwards("c") == {"a", "b", "c", "x"}
    assert tree.descendants("a") == {"b", "c", "d"}
    assert tree.downwards("b") == {"b", "c", "d"}
    assert tree.descendants("c") == tree.ancestors("unheard_of") == frozenset()
    assert tree.upwards("unheard_of") == tree.downwards("unheard_of") == {"unheard_of"}
    found = [tree.belongs(*pair) for pair in (("c", "a"), ("c", "c"), ("a", "c"), ("d", "x"))]
    assert found == [True, True, False, False]
    assert [Hierarchy(tree.parents).size(most) for most in (0, 3, 6, 100)] == [1, 4, 6, 6]
    assert Hierarchy({"c": ("b",), "b": ("a",), "a": ()}).size(100) == 3
    assert Hierarchy({"a": ("b",), "b": ("a",)}).ancestors("a") == {"a", "b"}


@pytest.mark.parametrize(
    ("parents", "cycle"),
    [
        ({}, ()),
        ({"a": ["b"], "b": [], "c": ["a", "b"]}, ()),
        ({"a": ["missing"]}, ()),
        ({"a": ["a"]}, ("a",)),
        ({"c": ["b"], "b": ["d"], "d": ["c"], "a": ["c"]}, ("b", "d", "c")),
        ({"a": ["b", "c"], "b": [], "c": ["d"], "d": ["c"]}, ("c", "d")),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, ()),
        ({"z": ["y"], "y": ["z"], "b": ["a"], "a": ["b"]}, ("a", "b")),
    ],
)
def test_a_circle_is_found_and_told_from_its_smallest_name(
    parents: dict[str, list[str]], cycle: tuple[str, ...]
) -> None:
    """The same circle is told in the same words wherever the search came upon it."""
    assert cycle_in(parents) == cycle


# Conditions, as authors write them, one by one


def test_conditions_come_one_by_one_in_a_fixed_order() -> None:
    """Whatever the order in which they were written."""
    when = When.model_validate({
        "tried": {"walking": ["not_tolerated", "helped"], "exercise": "helped"},
        "red_flags": {"fever": "no"}, "factors": {"works": "yes", "distress": False},
        "severity": {"max": 6.5}, "duration_months": {"min": 3}, "age_years": {"min": 18, "max": 65},
        "condition": ["sciatica", "back_pain"], "mechanism": "neuropathic", "pain_type": ["chronic", "cancer"],
    })  # fmt: skip

    inf = float("inf")
    assert [tuple(clause) for clause in when.clauses()] == [
        ("pain_type", "", ("chronic", "cancer"), -inf, inf),
        ("mechanism", "", ("neuropathic",), -inf, inf),
        ("condition", "", ("sciatica", "back_pain"), -inf, inf),
        ("age_years", "", (), 18, 65),
        ("duration_months", "", (), 3, inf),
        ("severity", "", (), -inf, 6.5),
        ("factors", "distress", ("no",), -inf, inf),
        ("factors", "works", ("yes",), -inf, inf),
        ("red_flags", "fever", ("no",), -inf, inf),
        ("tried", "exercise", ("helped",), -inf, inf),
        ("tried", "walking", ("helped", "not_tolerated"), -inf, inf),
    ]
    assert [clause.asked for clause in when.clauses()] == [
        *("pain_type", "mechanism", "condition", "age", "duration", "severity"),
        *("distress", "works", "fever", "tried.exercise", "tried.walking"),
    ]


# Profiles


def test_a_profile_as_plain_values_leaves_out_what_is_unknown() -> None:
    """In a fixed order, so that equal profiles have equal bytes, and it comes back as it was."""
    profile = Profile(
        red_flags={"fever": False},
        goals=iter(["sleep", "return_to_work"]),
        tried={"walking": "helped", "exercise": "not_enough"},
        factors={"works": True, "distress": False},
        severity=6.5,
        duration_months=3.0,
        age_years=40,
        conditions="sciatica",
        mechanisms=["nociplastic", "neuropathic"],
        pain_type="chronic",
    )

    plain = profile.to_dict()
    assert [*plain.items()] == [
        ("pain_type", "chronic"),
        ("mechanisms", ["neuropathic", "nociplastic"]),
        ("conditions", ["sciatica"]),
        ("age_years", 40),
        ("duration_months", 3),
        ("severity", 6.5),
        ("factors", {"distress": False, "works": True}),
        ("tried", {"exercise": "not_enough", "walking": "helped"}),
        ("goals", ["return_to_work", "sleep"]),
        ("red_flags", {"fever": False}),
    ]
    assert type(plain["pain_type"]) is type(plain["tried"]["walking"]) is str
    assert [*plain["factors"]] == ["distress", "works"]
    assert [*plain["tried"]] == ["exercise", "walking"]
    assert type(plain["duration_months"]) is int
    assert Profile(**plain) == profile
    assert Profile().to_dict() == {}
    assert profile.with_(age_years=None, factors={}).to_dict().keys() == plain.keys() - {
        "age_years",
        "factors",
    }


ID = "small letters, digits and underscores, starting with a letter"
FIELDS = (
    "pain_type, mechanisms, conditions, age_years, duration_months, severity, "
    "factors, tried, goals, red_flags"
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"goals": map(str, range(9**9))}, "goals: must have at most 1,000 words"),
        ({"goals": [str(number) for number in range(1001)]}, "goals: must have at most 1,000 words"),
        ({"age_years": 131}, "age_years: 131 must be at most 130"),
        ({"severity": True}, "severity: True must be a number"),
        ({"severity": "7"}, "severity: '7' must be a number"),
        ({"severity": 1e300}, "severity: 1e+300 must be a number within bounds"),
        ({"severity": 1e9}, "severity: 1000000000.0 must be a number within bounds"),
        ({"severity": -1e9}, "severity: -1000000000.0 must be a number within bounds"),
        ({"severity": 10.5}, "severity: 10.5 must be at most 10"),
        ({"duration_months": -1}, "duration_months: -1 must be at least 0"),
        ({"pain_type": "sudden"}, "pain_type: 'sudden' must be 'acute', 'subacute', 'chronic' or 'cancer'"),
        ({"factors": {"Works": True}}, f"factors.Works: 'Works' is not an id: {ID}"),
        ({"factors": {"works": []}}, "factors.works: must be yes or no"),
        ({"factors": {"works": "maybe"}}, "factors.works: 'maybe' must be yes or no"),
        ({"agee_years": 4}, "agee_years: is not a field of a profile\n    hint: did you mean 'age_years'?"),
        ({"colour": "red"}, f"colour: is not a field of a profile\n    hint: the fields are {FIELDS}"),
    ],
)  # fmt: skip
def test_a_profile_says_what_is_wrong_with_it(given: dict[str, Any], said: str) -> None:
    """Where, what, and where there is one, the way to mend it."""
    with pytest.raises(ProfileError) as caught:
        Profile(**given)

    assert str(caught.value) == f"the profile has 1 problem\n{said}"


def test_as_many_words_as_a_field_takes_are_taken() -> None:
    """The bound is meant for what has no end."""
    assert len(Profile(goals=(f"goal_{number}" for number in range(1000))).goals) == 1000


def test_problems_of_a_profile_come_in_the_order_of_its_fields() -> None:
    """All of them at once; what is no field comes last."""
    with pytest.raises(ProfileError) as caught:
        Profile(zzz=1, red_flags={"fever": 2}, severity=11, age_years=-1, pain_type="sudden", aaa=2)

    assert [one.where for one in caught.value.problems] == [
        *("pain_type", "age_years", "severity", "red_flags.fever", "aaa", "zzz"),
    ]


# Packs, sources, results


def test_a_pack_with_a_rule_more_or_less_is_another_pack_and_the_old_one_stays() -> None:
    """A pack is frozen, so what if is a question that costs nothing; rules stand in the order of their ids."""
    plain = {"source": "alpha", "option": "exercise", "because": "So."}
    one, two, other = (
        Position.model_validate({"id": name, "stance": stance, **plain})
        for name, stance in (("one", "supports"), ("a_two", "supports"), ("one", "opposes"))
    )
    warning = Caution.model_validate({"id": "care", "severity": "avoid", **plain})
    before = small_vocabulary()
    after = before.with_rule(one, warning, two)

    assert (before.rules, [rule.id for rule in after.rules]) == ((), ["a_two", "care", "one"])
    assert [*after.positions] == ["a_two", "one"]
    assert [after.rule(number) for number in range(3)] == [*after.rules] == [two, warning, one]
    assert after.with_rule(other).positions["one"].stance.value == "opposes"
    assert after.positions["one"].stance.value == "supports"
    assert after.without_rule("one", "care").rules == (two,)
    assert after.without_rule("a_two").cautions == {"care": warning}
    assert after.without_rule().digest == after.digest != before.digest
    assert isinstance(after.positions, FrozenDict)


class Named(BaseModel):
    """Something with one name or several."""

    names: Words[Identifier]


def test_a_single_word_will_do_for_a_list_and_editors_know() -> None:
    """Authors write one condition as a word; the schema says that they may."""
    assert When.model_validate({"condition": "sciatica"}).condition == ("sciatica",)
    assert When.model_validate({"condition": ["b", "a", "b"]}).condition == ("b", "a")
    schema = Named.model_json_schema()["properties"]["names"]["anyOf"]
    assert (schema[0], schema[1]["type"]) == (schema[1]["items"], "array")
    assert schema[0]["pattern"] == "^[a-z][a-z0-9_]*$"


def test_a_pack_says_in_short_who_it_is() -> None:
    """A pack is large, and its repr must not fill a screen."""
    assert repr(small_vocabulary()) == "<Pack small 1.0.0: 0 rules, 8 interventions>"
    assert str(small_vocabulary()) == repr(small_vocabulary())


@pytest.mark.parametrize("given", [2, "1", True, None])
def test_a_format_of_pack_files_that_is_not_known_is_refused(given: object) -> None:
    """A pack of another time is not half read."""
    plain = {"id": "a", "title": "A", "version": "1.0.0", "date": "2026"}

    assert PackHeader.model_validate({**plain, "format": 1}).format == 1
    with pytest.raises(ValidationError, match="so install a later one"):
        PackHeader.model_validate({**plain, "format": given})


def test_a_source_is_cited_by_issuer_year_and_place() -> None:
    """In a pack and in a result alike."""
    source = Source.model_validate({
        "id": "a", "title": "A", "issuer": "Alpha", "jurisdiction": "UK", "year": 2021, "kind": "label",
    })  # fmt: skip
    assert source.cited == "Alpha 2021 (UK)"
    view = painrules.explore("chronic").options[0].sources[0]
    assert view.cited == f"{view.issuer} {view.year} ({view.jurisdiction})"


def test_a_result_with_a_number_that_is_not_finite_is_no_result() -> None:
    """JSON has no word for it, so what was read could not be written again."""
    text = painrules.explore("chronic", severity=7).to_json()
    assert Result.from_json(text).profile["severity"] == 7

    for number in ("NaN", "Infinity", "[1, [-Infinity]]", '{"deep": [{"er": NaN}]}'):
        with pytest.raises(PainrulesError) as caught:
            Result.from_json(text.replace('"severity": 7', f'"severity": {number}'))
        assert str(caught.value) == (
            "this is not a painrules result of schema version 1: profile: a number is not finite"
        )
    assert Result.from_json(text.replace('"severity": 7', '"severity": [1.5, {"a": 2}]')).profile


def test_a_result_knows_its_options_by_id() -> None:
    """What is not among them is None, not an error."""
    record = painrules.explore("chronic").record
    first = record.options[0]

    assert record.option(first.id) is first
    assert record.option("unheard_of") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "notice: is missing"),
        ('{"notice": 1}', "notice: 1 must be text"),
        ("[", "the text: '[' is not JSON: EOF while parsing a list at line 1 column 1"),
        (
            '{"schema_version": "0"}',
            f"schema_version: '0' must be '1'{OTHER_VERSION}",
        ),
    ],
)
def test_what_is_no_result_is_refused_with_the_place(text: str, said: str) -> None:
    """A file that was cut off, of another program, or of another time."""
    with pytest.raises(PainrulesError) as caught:
        Result.from_json(text)

    assert str(caught.value) == f"this is not a painrules result of schema version 1: {said}"


# What pydantic finds, in our words


@pytest.mark.parametrize(
    ("kind", "given", "more", "said"),
    [
        ("missing", {}, {}, "is missing"),
        ("string_type", None, {}, "is empty, but must be text"),
        ("string_type", [1], {}, "must be text"),
        ("string_too_long", "abc", {"max_length": 2}, "'abc' is longer than 2 characters"),
        ("greater_than", 0, {"gt": 0.0}, "0 must be more than 0"),
        ("less_than_equal", 11, {"le": 10.0}, "11 must be at most 10"),
        ("enum", "x", {"expected": "'a' or 'b'"}, "'x' must be 'a' or 'b'"),
        ("string_pattern_mismatch", "A", {"pattern": "^[a-z]$"}, "'A' is not of the form ^[a-z]$"),
        ("value_error", "x", {"msg": "Value error, must be a number"}, "'x' must be a number"),
        ("value_error", "x", {"msg": "Value error, 'x' is not a date"}, "'x' is not a date"),
        ("value_error", "x", {"msg": "Value error, Nobody knows it"}, "'x': nobody knows it"),
        ("value_error", {"x": 1}, {"msg": "Value error, Must have an end"}, "must have an end"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_value_is_said_in_our_words(
    kind: str, given: object, more: dict[str, Any], said: str
) -> None:
    """The value, where it is short, and what it would have to be; the same with every version of pydantic."""
    item: Any = {"type": kind, "loc": (), "msg": more.get("msg", "-"), "input": given, "ctx": more}

    assert told(item) == said


# Texts with slots


def test_slots_are_found_once_each_and_filled() -> None:
    """A capital letter asks for one."""
    text = "{Their} {knee} hurts {them}; {their} back too."

    assert slots_of(text) == ("their", "knee", "them")
    assert filled(text, {"their": "her", "knee": "left knee", "them": ""}) == (
        "Her left knee hurts ; her back too."
    )
    assert filled("{A}", {"a": ""}) == ""
    with pytest.raises(KeyError):
        filled("{name}", {})
    assert [*map(stray_brace, ["{a} b", "{a} }", "{", "{a b}", "{A_1}"])] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_every_text_with_slots_is_known_with_its_place() -> None:
    """So that each is checked, and a mistake is found where it stands."""
    portrait = Portrait.model_validate(
        {"id": "a", "label": "A", "profile": {}, "text": ["One.", "Two."]}
    )
    works = {"id": "b", "fact": {"present": "works"}, "text": "Works."}
    telling = Telling.model_validate({**works, "otherwise": "Does not."})
    plain = Telling.model_validate(works)
    life = Life.model_validate({"id": "e", "text": "Gardens.", "age_years": {"min": 18}})
    phrase = Phrase.model_validate({"id": "c", "text": "So."})
    asking = {"id": "d", "kind": "mechanism", "bloom": "remember", "objective": "To know."}
    stem = Stem.model_validate({**asking, "text": "Which?"})

    assert [*portrait.templates()] == [(("text", 0), "One."), (("text", 1), "Two.")]
    assert [*telling.templates()] == [(("text", 0), "Works."), (("otherwise",), "Does not.")]
    assert [*plain.templates()] == [(("text", 0), "Works.")]
    assert [*life.templates()] == [(("text",), "Gardens.")]
    assert [*phrase.templates()] == [(("text", 0), "So.")]
    assert [*stem.templates()] == [(("text", 0), "Which?")]
