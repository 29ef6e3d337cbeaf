"""What would have to be otherwise: changes of every kind are tried out, and named."""

import pytest

import painrules
from painrules import Profile


def test_an_age_is_a_whole_number_so_that_its_change_can_be_tried_out() -> None:
    answer = painrules.explore(condition="migraine_prevention", age=10).why_not("lisinopril")

    assert [change.told for change in answer.change] == ["if age years were 18"]
    assert answer.change[0].value == 18
    assert isinstance(answer.change[0].value, int)
    assert answer.change[0].applied(Profile(age_years=10)).age_years == 18


@pytest.mark.parametrize(
    ("condition", "age", "option"),
    [
        ("fibromyalgia", 40, "scs"),
        ("sciatica", 40, "gabapentinoids"),
    ],
)
def test_a_change_brings_what_it_says(condition: str, age: int, option: str) -> None:
    result = painrules.explore("chronic", condition=condition, age=age)
    answer = result.why_not(option)
    assert answer.change
    profile = result.profile
    for change in answer.change:
        profile = change.applied(profile)
    assert painrules.explore(profile)[option].status == answer.becomes


def test_a_class_of_which_nothing_is_said_names_what_is_said_of_its_members() -> None:
    """Not mentioned is not the same as nothing known: guidelines mostly speak of NSAIDs by mouth or on the skin."""
    result = painrules.explore("chronic", condition="osteoarthritis")
    why = result.why("NSAIDs")

    assert why.status.value == "not_mentioned"
    assert "Oral NSAIDs (supported)" in why.members
    assert "said of its members: Oral NSAIDs (supported); Topical NSAIDs (supported)" in str(why)
    assert result.why("exercise").members == ()
