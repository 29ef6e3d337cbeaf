"""Which position decides where several speak: the narrower of one source, classes and members, the day, the lens."""

import datetime as dt
from typing import Any

import pytest

from painrules import Explorer, OptionView
from painrules.model.dates import LAST_DAY
from painrules.model.pack import Pack
from painrules.model.rule import Inference, Position, Rule, Step
from painrules.resolve import LensIndex
from painrules.resolve.narrower import Follows
from painrules.testing import small_vocabulary


def position(name: str, **more: Any) -> Position:  # noqa: ANN401 - fields of a rule
    """A position for exercise of one source, unless said otherwise."""
    plain = {"source": "alpha", "option": "exercise", "stance": "supports", "because": "So."}
    return Position.model_validate({"id": name, **plain, **more})


def pack_of(*rules: Rule) -> Pack:
    """The small vocabulary with some rules."""
    return small_vocabulary().with_rule(*rules)


def explored(*rules: Position | Inference, option: str = "exercise", **known: Any) -> OptionView:  # noqa: ANN401
    """What some rules say of an option, for what is known."""
    return Explorer(pack_of(*rules)).explore(**known)[option]


def roles(view: OptionView) -> dict[str, str]:
    """What is also said, and why it does not decide."""
    return {one.id: str(one.role) for one in view.also_said}


def years(low: float | None, high: float | None) -> dict[str, Any]:
    """A condition on the age."""
    span = {"min": low, "max": high}
    return {"age_years": {name: edge for name, edge in span.items() if edge is not None}}


def factor(**known: bool) -> dict[str, Any]:
    """A condition on factors."""
    return {"factors": known}


# The narrower position of one source replaces the broader

MEETS_ALL: dict[str, Any] = {
    "pain_type": "chronic",
    "mechanism": "neuropathic",
    "condition": ["sciatica", "fibromyalgia"],
    "age": 50,
    "present": ["distress", "works"],
    "tried": {"walking": "not_enough"},
}


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        ({}, years(18, None)),
        (years(18, None), years(18, 65)),
        (years(None, 65), years(18, 65)),
        (years(18, 65), years(19, 65)),
        (years(18, 65), years(18, 64)),
        (years(18, 65), years(40, 60)),
        ({"pain_type": ["chronic", "cancer"]}, {"pain_type": "chronic"}),
        ({"pain_type": ["acute", "cancer", "chronic"]}, {"pain_type": ["chronic", "cancer"]}),
        ({"condition": "back_pain"}, {"condition": "sciatica"}),
        ({"condition": ["back_pain", "fibromyalgia"]}, {"condition": "sciatica"}),
        (
            {"condition": ["back_pain", "chronic_primary_pain"]},
            {"condition": ["sciatica", "fibromyalgia"]},
        ),
        (factor(distress=True), factor(distress=True, works=True)),
        (factor(distress=True), {**factor(distress=True), **years(18, None)}),
        (
            {"tried": {"walking": ["helped", "not_enough"]}},
            {"tried": {"walking": "not_enough"}},
        ),
        ({"pain_type": "chronic"}, {"pain_type": "chronic", "mechanism": "neuropathic"}),
    ],
)
def test_what_is_said_of_fewer_people_replaces_what_the_source_says_of_more(
    broad: dict[str, Any], narrow: dict[str, Any]
) -> None:
    """A guideline that goes on to speak of a part of those people means that, whatever their names."""
    pack = small_vocabulary()
    follows = Follows(pack.intervention_tree, pack.condition_tree)
    wide, close = position("a", when=broad), position("z", when=narrow)
    assert follows.narrower(close, wide)
    assert not follows.narrower(wide, close)
    assert not follows.narrower(position("z", when=narrow, option="opioids"), wide)
    member = position("z", when=broad, option="walking")
    assert follows.narrower(member, wide)
    assert not follows.narrower(wide, member)
    for names in (("a", "z"), ("z", "a")):
        view = explored(
            position(names[0], when=broad),
            position(names[1], when=narrow, stance="opposes"),
            **MEETS_ALL,
        )
        assert view.status.value == "not_supported"
        assert roles(view) == {names[0]: "replaced"}
    other = explored(
        position("a", when=broad), position("z", when=narrow, source="beta"), **MEETS_ALL
    )
    assert "replaced" not in roles(other).values()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (years(18, 65), years(40, 80)),
        (years(18, 65), years(18, 65)),
        (years(None, 65), years(18, None)),
        ({"pain_type": ["chronic", "cancer"]}, {"pain_type": ["chronic", "acute"]}),
        ({"pain_type": "chronic"}, {"mechanism": "neuropathic"}),
        ({"condition": ["back_pain", "fibromyalgia"]}, {"condition": ["sciatica", "other"]}),
        (factor(distress=True), factor(works=True)),
        (factor(distress=True), factor(works=True, pregnancy=False)),
        ({"pain_type": "chronic", **factor(works=True)}, {"pain_type": "chronic", **years(18, 65)}),
        ({"tried": {"walking": "not_enough"}}, {"tried": {"exercise": "not_enough"}}),
    ],
)
def test_what_is_said_of_other_people_replaces_nothing(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    """Neither is a part of the other, so both stand, though one person may belong to both."""
    view = explored(
        position("a", when=one), position("z", when=other, stance="opposes"),
        **{**MEETS_ALL, "absent": "pregnancy"},
    )  # fmt: skip

    assert "replaced" not in roles(view).values()
    pack = small_vocabulary()
    follows = Follows(pack.intervention_tree, pack.condition_tree)
    first, second = position("a", when=one), position("z", when=other)
    assert not follows.narrower(first, second)
    assert not follows.narrower(second, first)


def test_of_several_that_lie_within_each_other_the_narrowest_stands() -> None:
    """Ages are compared span by span, however many there are."""
    rules = [
        position("adults", when=years(18, None)),
        position("of_working_age", when=years(18, 65)),
        position("in_the_middle", when=years(40, 60)),
        position("older", when=years(65, None), stance="opposes"),
        position("very_old", when=years(80, None)),
    ]

    middle, older, very_old = (explored(*rules, age=age) for age in (50, 70, 85))
    assert [one.id for one in middle.positions] == ["in_the_middle"]
    assert roles(middle) == {"adults": "replaced", "of_working_age": "replaced"}
    assert [one.id for one in older.positions] == ["older"]
    assert roles(older) == {"adults": "replaced"}
    assert [one.id for one in very_old.positions] == ["very_old"]
    assert roles(very_old) == {"adults": "replaced", "older": "replaced"}


# Classes and their members


def test_support_for_a_class_does_not_outweigh_what_opposes_a_member_or_a_class_between() -> None:
    """Who opposes weak opioids has said something of tramadol that no word on analgesics takes back."""
    rules = [
        position("a_for", option="analgesics"),
        position("b_against", option="analgesics", stance="opposes", source="beta"),
        position("c_against", option="weak_opioids", stance="opposes", source="gamma"),
    ]

    found = {
        name: explored(*rules, option=name).status.value
        for name in ("analgesics", "antidepressants", "opioids", "weak_opioids", "tramadol")
    }
    assert found == {
        "analgesics": "contested",
        "antidepressants": "contested",
        "opioids": "contested",
        "weak_opioids": "not_supported",
        "tramadol": "not_supported",
    }


def test_support_for_one_class_does_not_weigh_against_what_opposes_another() -> None:
    """Tramadol is an opioid and an antidepressant: what is said for the one is no answer on the other."""
    view = explored(
        position("a_against", option="antidepressants", stance="opposes"),
        position("b_for", option="opioids", source="beta"),
        position("c_against", option="analgesics", stance="opposes", when={"pain_type": "acute"}),
        option="tramadol",
    )

    assert (view.status.value, view.agreement.value) == ("not_supported", "single_source")
    assert roles(view) == {"b_for": "example"}


def test_support_weighs_only_as_long_as_it_is_in_force_and_against_its_own_class() -> None:
    """What another rule says of another class, or says of other people, adds no weight."""
    elsewhere = explored(
        position("a_for", option="opioids"),
        position("b_for", option="antidepressants", when={"pain_type": "acute"}),
        position("c_against", option="antidepressants", stance="opposes", source="beta"),
        option="tramadol",
    )
    weighed = explored(
        position("a_against", option="analgesics", stance="opposes"),
        position("b_for", option="analgesics", source="beta"),
        option="tramadol",
    )
    other_people = explored(
        position("a_against", option="opioids", stance="opposes"),
        position("b_for", option="antidepressants", source="beta"),
        position("c_for", option="opioids", source="gamma", when=factor(works=True)),
        option="tramadol", absent="works",
    )  # fmt: skip

    assert (elsewhere.status.value, elsewhere.agreement.value) == ("not_supported", "single_source")
    assert (weighed.status.value, weighed.agreement.value) == ("contested", "mixed")
    assert (other_people.status.value, other_people.agreement.value) == (
        "not_supported",
        "single_source",
    )


def test_no_lens_hides_a_safeguard_but_any_may_hide_another_step() -> None:
    """What a check is for does not depend on whose guideline is being read."""
    steps = [
        Step.model_validate({
            "id": kind, "source": "beta", "option": "exercise", "kind": kind, "because": "So.",
            "requires": {"tried": {"walking": "not_enough"}},
            **({"safeguard": "test_block"} if kind == "safeguard" else {}),
        })
        for kind in ("safeguard", "clinical", "administrative")
    ]  # fmt: skip
    explorer = Explorer(pack_of(position("a"), *steps))

    everyone, few = explorer.explore(), explorer.explore(sources=["alpha"])
    assert [step.id for step in everyone["exercise"].after] == [
        "administrative", "clinical", "safeguard",
    ]  # fmt: skip
    assert [step.id for step in few["exercise"].after] == ["safeguard"]
    before_beta_was_published = explorer.explore(as_of=2008)
    assert [step.id for step in before_beta_was_published["exercise"].after] == ["safeguard"]


# Days


@pytest.mark.parametrize(
    ("more", "start", "end"),
    [
        ({}, dt.date(2005, 1, 1), LAST_DAY),
        ({"valid_from": "2010-02"}, dt.date(2010, 2, 1), LAST_DAY),
        ({"valid_to": "2020", "status": "superseded"}, dt.date(2005, 1, 1), dt.date(2020, 1, 1)),
        ({"source": "unheard_of"}, dt.date.min, LAST_DAY),
    ],
)
def test_a_rule_counts_from_its_own_date_or_the_year_of_its_source(
    more: dict[str, Any], start: dt.date, end: dt.date
) -> None:
    """Each rule has its own days, whatever the others have."""
    pack = pack_of(
        position("a", source="beta"), position("b", **more), position("c", source="delta")
    )
    window = LensIndex(pack).window(pack.rule_numbers["b"])

    assert window == (start, end)
    assert (window.holds(start), window.holds(end)) == (True, False)


# What is only inferred


def test_what_hangs_on_an_inferred_mechanism_or_pain_type_says_that_it_was_inferred() -> None:
    """To ask is better than to suppose, so a reader is told what was supposed."""
    suggested = [
        Inference.model_validate({
            "id": f"i_{name}", "source": "alpha", "because": "So.", "suggests": {name: value},
        })
        for name, value in (("mechanism", "neuropathic"), ("pain_type", "chronic"))
    ]  # fmt: skip
    against = [
        position("m", when={"mechanism": "nociplastic"}, stance="opposes", source="beta"),
        position("p", when={"pain_type": "acute"}, stance="opposes", source="gamma"),
    ]

    supposed = explored(position("a"), *suggested, *against)
    assert (supposed.depends_on, supposed.presumed) == (
        ("mechanism", "pain_type"), ("mechanism", "pain_type"),
    )  # fmt: skip
    unknown = explored(position("a"), *against)
    assert (unknown.depends_on, unknown.presumed) == (("mechanism", "pain_type"), ())
    works = Inference.model_validate({
        "id": "i_works", "source": "alpha", "because": "So.", "suggests": factor(works=True),
    })  # fmt: skip
    idle = position("f", when=factor(works=False), stance="opposes", source="beta")
    factors = explored(position("a"), works, idle)
    assert (factors.depends_on, factors.presumed) == (("works",), ("works",))
    known = explored(position("a"), *suggested, *against, mechanism="neuropathic")
    assert (known.depends_on, known.presumed) == (("pain_type",), ("pain_type",))
