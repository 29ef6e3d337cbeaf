"""Two explorations side by side: what differs is found, and the rules that are named make the difference."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

import painrules
from painrules import Comparison, Exploration, Explorer, Pack, Profile, UnknownWordError, explore
from painrules.model.comparison import ComparisonRecord
from painrules.testing import packs, profiles


def seen(result: Exploration, name: str) -> tuple[object, ...]:
    view = result[name]
    return view.status, view.line, view.agreement, view.safety


@pytest.fixture(scope="module")
def sciatica() -> Comparison:
    return painrules.compare(
        explore("chronic", "neuropathic", age=50),
        explore("chronic", "neuropathic", condition="sciatica", age=50),
        names=("Nerve pain", "Sciatica"),
    )


def test_what_differs_is_named_with_both_sides(sciatica: Comparison) -> None:
    """The best known example: a first line in nerve pain in general is opposed in sciatica."""
    found = sciatica["gabapentinoids"]

    assert (found.a.status, found.a.line) == ("supported", "first")
    assert (found.b.status, found.b.line) == ("not_supported", None)


def test_the_rules_that_make_the_difference_say_why_they_do_not_count_on_the_other_side(
    sciatica: Comparison,
) -> None:
    """A teacher points at the rule, not at a table cell."""
    told = {
        rule.id: (rule.side, rule.says, rule.elsewhere) for rule in sciatica["gabapentinoids"].rules
    }

    assert told["ng59_sciatica_gabapentinoids"] == (
        "b",
        "against",
        "sciatica: not known",
    )
    assert {why for side, _, why in told.values() if side == "a"} == {
        "something more specific is said",
        "it leaves out: sciatica",
    }


def test_a_result_compared_with_itself_differs_in_nothing() -> None:
    """Otherwise every difference would be in doubt."""
    result = explore("chronic", "neuropathic")

    found = painrules.compare(result, result)

    assert (len(found), found.record.facts) == (0, ())
    assert found.record.same == len(result.options)


def test_profiles_are_explored_first_in_the_way_of_the_other_side() -> None:
    """A lens that is there already holds for both."""
    us = explore("chronic", condition="low back pain", jurisdictions="US")

    found = painrules.compare(us, Profile(pain_type="acute", conditions=["low_back_pain"]))

    assert found.b.lens == us.lens
    assert found.record.facts == ("pain_type",)


def test_two_profiles_are_looked_at_with_the_core_pack() -> None:
    """The short way."""
    found = painrules.compare(Profile(pain_type="acute"), Profile(pain_type="chronic"))

    assert found.a.pack.id == found.b.pack.id == "core"


def test_a_lens_is_a_difference_and_a_reason() -> None:
    """The same person, other sources: what is left out is said to be left out."""
    one = explore("chronic", condition="low back pain")
    found = painrules.compare(one, explore(one.profile, jurisdictions="US"))

    told = {rule.elsewhere for row in found for rule in row.rules if rule.side == "a"}
    assert found.record.facts == ("jurisdictions",)
    assert told == {"the lens leaves its source out"}


def test_a_red_flag_is_said_at_the_top_and_changes_no_option() -> None:
    """Statuses stay; what changes is what comes first."""
    plain = explore("acute", condition="low back pain")
    found = painrules.compare(
        plain.again(plain.profile.with_(red_flags={"rf_cauda_equina": True})), plain
    )

    assert len(found) == 0
    assert "red flag (emergency)" in str(found)
    assert "A red flag: assessment comes first" in str(found)


def test_packs_are_compared_too() -> None:
    """What a rule more would change is what a rule author asks."""
    now = explore("chronic", condition="sciatica")
    gone = ("ng59_sciatica_gabapentinoids", "ng59_sciatica_anticonvulsants")
    less = Explorer(painrules.core_pack().without_rule(*gone))

    found = painrules.compare(less.explore(now.profile), now)

    assert found.record.facts == ("pack",)
    told = {rule.id: rule.elsewhere for rule in found["gabapentinoids"].rules if rule.side == "b"}
    assert told == {gone[0]: "the pack has no such rule"}


def test_an_option_that_does_not_differ_and_one_that_nobody_knows_are_errors(
    sciatica: Comparison,
) -> None:
    """A typing mistake does not look like agreement."""
    with pytest.raises(KeyError):
        sciatica["mirror_therapy"]
    with pytest.raises(UnknownWordError):
        sciatica["gabapentinoidz"]


def test_something_else_is_refused() -> None:
    """Two words are no profiles."""
    with pytest.raises(painrules.PainrulesError, match="explorations or profiles, not str"):
        painrules.compare("acute", "chronic")  # type: ignore[arg-type]


def test_the_record_survives_json_and_back(sciatica: Comparison) -> None:
    """Stored and read again."""
    assert ComparisonRecord.model_validate_json(sciatica.to_json()) == sciatica.record
    assert json.loads(sciatica.to_json()) == sciatica.to_dict()


class Tables(HTMLParser):
    """Counts rows, and finds what was never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = 0
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as it is called
        """Counts and remembers."""
        self.rows += tag == "tr"
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """What was opened last is closed first."""
        assert self.open.pop() == tag


def test_every_format_has_the_notice_the_pack_and_every_difference(sciatica: Comparison) -> None:
    """A table that is passed on carries its warning with it."""
    html, md, text = (
        sciatica.to_html(page=True),
        sciatica.to_markdown(),
        sciatica.to_text(width=200),
    )
    tables = Tables()
    tables.feed(html)

    groups = len({row.category for row in sciatica})
    assert tables.open == []
    assert tables.rows == len(sciatica) + groups
    assert md.count("\n| ") == len(sciatica) + 2 * groups
    for told in (html, md, text):
        assert "never medical advice" in told
        assert sciatica.a.pack.digest[:16] in told
        assert told.count("only Sciatica:") == sum(
            r.side == "b" for one in sciatica for r in one.rules
        )
    assert (sciatica._repr_html_(), sciatica._repr_markdown_()) == (sciatica.to_html(), md)


def test_names_and_texts_are_escaped(pack_of_nasty: Pack) -> None:
    """A label that looks like a tag stays a label."""
    explorer = Explorer(pack_of_nasty)
    found = painrules.compare(
        explorer.explore(condition="ache"),
        explorer.explore(condition="other_ache"),
        names=("<a>|b", "`x`\n# y"),
    )

    html, md = found.to_html(page=True), found.to_markdown()
    tables = Tables()
    tables.feed(html)
    assert len(found)
    assert tables.open == []
    assert "<script>" not in html
    assert "<a>" not in html + md
    rows = [line for line in md.splitlines() if line.startswith("| ")]
    assert {len(line.replace("\\|", "").split("|")) for line in rows} == {6}


@settings(max_examples=60)
@given(pack=packs(), data=profiles(), other=profiles())
def test_options_that_are_not_named_come_out_the_same(
    pack: Pack, data: Profile, other: Profile
) -> None:
    """For any pack and any two profiles: nothing is missed, and each difference has a rule that makes it."""
    explorer = Explorer(pack)
    try:
        one, two = explorer.explore(data), explorer.explore(other)
    except painrules.ProfileError:
        return
    found = painrules.compare(one, two)
    named = {row.option for row in found}
    for name in pack.interventions:
        assert (seen(one, name) == seen(two, name)) or name in named
    assert all(
        row.rules or one.resolution.heard(row.option) != two.resolution.heard(row.option)
        for row in found
    )
