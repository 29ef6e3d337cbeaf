"""What a profile says of one condition of a rule: yes, no, open, or presumed; a table of it, value by value."""

from math import inf, nextafter
from typing import Any

import pytest

from painrules.model.clauses import Clause
from painrules.model.facts import Facts, FactsBuilder, truth
from painrules.model.knowledge import Factor
from painrules.model.profile import Profile
from painrules.testing import small_vocabulary
from painrules.vocab import Truth

YES, NO, OPEN, PRESUMED = Truth.YES, Truth.NO, Truth.OPEN, Truth.PRESUMED


def built(profile: Profile) -> Facts:
    """The facts that a profile gives, in terms of the small vocabulary."""
    return FactsBuilder(small_vocabulary()).build(profile)


def of(attribute: str, *values: str, name: str = "") -> Clause:
    """A condition that any of some values meets."""
    return Clause(attribute, name, values)


def between(attribute: str, low: float, high: float) -> Clause:
    """A condition on a number."""
    return Clause(attribute, "", (), low, high)


def factor(name: str, value: str = "yes") -> Clause:
    """A condition on a factor."""
    return Clause("factors", name, (value,))


@pytest.mark.parametrize(
    ("profile", "clause", "expected"),
    [
        # pain types: once one is given, the others are known not to be there
        ({}, of("pain_type", "chronic"), OPEN),
        ({"pain_type": "chronic"}, of("pain_type", "acute", "chronic"), YES),
        ({"pain_type": "chronic"}, of("pain_type", "acute"), NO),
        # conditions: with their parents, and with what a more precise one would bring
        ({}, of("condition", "sciatica"), OPEN),
        ({"conditions": ["sciatica"]}, of("condition", "back_pain"), YES),
        ({"conditions": ["sciatica"]}, of("condition", "fibromyalgia", "nerve_root_pain"), YES),
        ({"conditions": ["sciatica"]}, of("condition", "fibromyalgia"), NO),
        ({"conditions": ["back_pain"]}, of("condition", "sciatica"), OPEN),
        ({"conditions": ["back_pain"]}, of("condition", "nerve_root_pain"), OPEN),
        ({"conditions": ["back_pain"]}, of("condition", "chronic_primary_pain"), NO),
        ({"conditions": ["back_pain", "fibromyalgia"]}, of("condition", "fibromyalgia"), YES),
        ({"conditions": ["back_pain", "fibromyalgia"]}, of("condition", "back_pain"), YES),
        ({"conditions": ["chronic_primary_pain", "back_pain"]}, of("condition", "sciatica"), OPEN),
        ({"conditions": ["back_pain", "chronic_primary_pain"]}, of("condition", "sciatica"), OPEN),
        ({"conditions": ["other"]}, of("condition", "back_pain"), NO),
        # numbers: both ends belong to a span
        ({}, between("age_years", 18, inf), OPEN),
        ({"age_years": 18}, between("age_years", 18, inf), YES),
        ({"age_years": 17}, between("age_years", 18, inf), NO),
        ({"age_years": 65}, between("age_years", 18, 65), YES),
        ({"age_years": 66}, between("age_years", 18, 65), NO),
        ({"severity": 7}, between("severity", 0, 6.9), NO),
        ({"duration_months": 3}, between("duration_months", 3, inf), YES),
        ({"duration_months": 2.9}, between("duration_months", 3, inf), NO),
        # factors and red flags, known and unknown
        ({}, factor("pregnancy"), OPEN),
        ({"factors": {"pregnancy": True}}, factor("pregnancy"), YES),
        ({"factors": {"pregnancy": True}}, factor("pregnancy", "no"), NO),
        ({"factors": {"pregnancy": False}}, factor("pregnancy"), NO),
        ({"factors": {"pregnancy": False}}, factor("pregnancy", "no"), YES),
        ({"red_flags": {"fever": True}}, of("red_flags", "yes", name="fever"), YES),
        ({"red_flags": {"fever": True}}, of("red_flags", "yes", name="saddle_numbness"), OPEN),
        # factors that a number defines: the number decides, up to but not including the upper end
        ({"age_years": 17}, factor("child"), YES),
        ({"age_years": 18}, factor("child"), NO),
        ({"age_years": 12}, factor("adolescent"), YES),
        ({"age_years": 11}, factor("adolescent"), NO),
        ({"age_years": 64}, factor("older_adult"), NO),
        ({"age_years": 65}, factor("older_adult"), YES),
        ({"severity": 7}, factor("severe_pain"), YES),
        ({"severity": 6.5}, factor("severe_pain"), NO),
        ({"duration_months": 3}, factor("long_lasting"), YES),
        ({"severity": 9}, factor("older_adult"), OPEN),
        # and the other way round: the factor says something of the number, in completed years
        ({"factors": {"child": True}}, between("age_years", 1, 17), OPEN),
        ({"factors": {"child": True}}, between("age_years", -inf, 17), YES),
        ({"factors": {"child": True}}, between("age_years", 18, inf), NO),
        ({"factors": {"child": True}}, between("age_years", 17, inf), OPEN),
        ({"factors": {"child": False}}, between("age_years", 18, inf), YES),
        ({"factors": {"child": False}}, between("age_years", 18.5, inf), OPEN),
        ({"factors": {"older_adult": True}}, between("age_years", 65, inf), YES),
        ({"factors": {"older_adult": False}}, between("age_years", -inf, 64), YES),
        ({"factors": {"severe_pain": False}}, between("severity", -inf, 6.9), OPEN),
        ({"factors": {"severe_pain": False}}, between("severity", 7, inf), NO),
        ({"factors": {"severe_pain": True}}, between("age_years", 18, inf), OPEN),
        # one factor follows from another through the number that defines both
        ({"factors": {"child": True}}, factor("older_adult"), NO),
        ({"factors": {"older_adult": True}}, factor("child"), NO),
        ({"factors": {"child": True}}, factor("adolescent"), OPEN),
        ({"factors": {"adolescent": True}}, factor("child"), YES),
        ({"factors": {"child": False}}, factor("adolescent"), NO),
        ({"factors": {"adolescent": False}}, factor("child"), OPEN),
        ({"factors": {"adolescent": False}}, between("age_years", 12, 17), OPEN),
        ({"factors": {"adolescent": False, "child": True}}, between("age_years", -inf, 11), YES),
        ({"factors": {"adolescent": False, "child": False}}, between("age_years", 18, inf), YES),
        ({"factors": {"older_adult": False, "child": False}}, between("age_years", 18, 64), YES),
        # what was tried: by name, and through the classes and the category it belongs to
        ({}, of("tried", "helped", name="tramadol"), OPEN),
        ({"tried": {"tramadol": "helped"}}, of("tried", "helped", name="tramadol"), YES),
        ({"tried": {"tramadol": "helped"}}, of("tried", "not_enough", name="tramadol"), NO),
        ({"tried": {"tramadol": "helped"}}, of("tried", "helped", name="opioids"), YES),
        ({"tried": {"tramadol": "helped"}}, of("tried", "helped", name="antidepressants"), YES),
        ({"tried": {"tramadol": "helped"}}, of("tried", "not_enough", name="opioids"), OPEN),
        ({"tried": {"tramadol": "helped"}}, of("tried", "helped", name="medicines"), YES),
        ({"tried": {"tramadol": "helped"}}, of("tried", "helped", name="movement"), OPEN),
        ({"tried": {"opioids": "helped"}}, of("tried", "helped", name="tramadol"), OPEN),
        ({"tried": {"medicines": "helped"}}, of("tried", "helped", name="medicines"), YES),
        (
            {"tried": {"tramadol": "helped", "opioids": "not_enough"}},
            of("tried", "helped", name="opioids"),
            NO,
        ),
        (
            {"tried": {"tramadol": "helped", "antidepressants": "not_enough"}},
            of("tried", "not_enough", name="analgesics"),
            YES,
        ),
        (
            {"tried": {"tramadol": "helped", "antidepressants": "not_enough"}},
            of("tried", "helped", name="analgesics"),
            YES,
        ),
    ],
)  # fmt: skip
def test_a_profile_says_of_a_condition(
    profile: dict[str, Any], clause: Clause, expected: Truth
) -> None:
    """What is left out is open, and only what is said, or follows from it, is known."""
    assert truth(clause, built(Profile(**profile))) is expected


def test_a_mechanism_that_is_only_inferred_is_presumed_and_rules_nothing_out() -> None:
    """What sources suggest is weaker than what somebody said."""
    facts = built(Profile())
    given = facts.with_mechanism("neuropathic", given=True)
    inferred = facts.with_mechanism("neuropathic", given=False)
    asked = [of("mechanism", "neuropathic"), of("mechanism", "nociceptive", "nociplastic")]

    assert [truth(clause, given) for clause in asked] == [YES, NO]
    assert [truth(clause, inferred) for clause in asked] == [PRESUMED, OPEN]
    assert [truth(clause, facts) for clause in asked] == [OPEN, OPEN]


def test_what_is_assumed_gives_way_to_what_was_given_and_loses_nothing() -> None:
    """Inference fills gaps; it changes nothing that somebody said."""
    given = Profile(
        pain_type="acute",
        conditions=["back_pain"],
        age_years=40,
        factors={"pregnancy": True},
        tried={"tramadol": "helped"},
    )
    before = built(given).with_mechanism("nociceptive", given=True)
    facts = before.assume("chronic", {"distress": True}).assume(factors={"works": False})
    open_ = built(Profile()).assume("chronic", {"distress": True})

    assert truth(of("pain_type", "acute"), facts) is YES
    assert truth(of("pain_type", "chronic"), open_) is PRESUMED
    assert truth(of("pain_type", "acute"), open_) is OPEN
    assert [truth(factor(name), facts) for name in ("distress", "works", "pregnancy")] == [
        PRESUMED, OPEN, YES,
    ]  # fmt: skip
    assert truth(factor("works", "no"), facts) is PRESUMED
    for field in (
        *("mechanism", "mechanism_given", "conditions", "open_conditions", "named_conditions"),
        *("spans", "given", "tried", "said"),
    ):
        assert getattr(facts, field) == getattr(before, field)
        assert getattr(facts, field), field
    again = before.with_mechanism("neuropathic", given=False).with_mechanism(
        "nociceptive", given=True
    )
    assert again == before
    assert again.assume("chronic") == before


def test_a_red_flag_or_an_unknown_factor_is_never_presumed() -> None:
    """Only factors are inferred."""
    facts = Facts(presumed={"fever": True})

    assert truth(of("red_flags", "yes", name="fever"), facts) is OPEN
    assert truth(factor("fever"), facts) is PRESUMED
    assert truth(factor("fever", "no"), facts) is OPEN


def test_conditions_are_known_with_their_classes_and_as_they_were_named() -> None:
    """Engines look at what was named, explanations at what follows from it."""
    facts = built(Profile(conditions=["back_pain", "fibromyalgia"]))

    assert facts.named_conditions == {"back_pain", "fibromyalgia"}
    assert facts.conditions == frozenset({"back_pain", "fibromyalgia", "chronic_primary_pain"})
    assert facts.open_conditions == {"sciatica", "nerve_root_pain"}


def test_a_factor_narrows_the_number_that_defines_it() -> None:
    """Age counts completed years, so below 18 is 17 at most; other numbers end just before."""

    def spans(**factors: bool) -> dict[str, tuple[float, float]]:
        return dict(built(Profile(factors=factors)).spans)

    assert spans(child=True) == {"age_years": (0, 17)}
    assert spans(child=False) == {"age_years": (18, inf)}
    assert spans(child=False, older_adult=False) == {"age_years": (18, 64)}
    assert spans(adolescent=False) == {}
    assert spans(severe_pain=False) == {"severity": (-inf, nextafter(7, -inf))}
    assert spans(long_lasting=True, severe_pain=True) == {
        "duration_months": (3, inf),
        "severity": (7, inf),
    }


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({"factors": {"child": True, "older_adult": True}},
         "'older_adult' is said to be present, which does not fit what else is said of age_years"),
        ({"factors": {"adolescent": True, "child": False}},
         "'child' is said to be absent, which does not fit what else is said of age_years"),
        ({"severity": 6.5, "factors": {"severe_pain": True}},
         "'severe_pain' is said to be present, which does not fit severity 6.5"),
        ({"severity": 7, "factors": {"severe_pain": False}},
         "'severe_pain' is said to be absent, which does not fit severity 7"),
        ({"age_years": 18, "factors": {"adolescent": True}},
         "'adolescent' is said to be present, which does not fit age_years 18"),
    ],
)  # fmt: skip
def test_a_factor_that_does_not_fit_a_number_is_refused(profile: dict[str, Any], said: str) -> None:
    """Nobody is a child of seventy; which of the two is wrong, only the reader knows."""
    with pytest.raises(ValueError, match="does not fit") as caught:
        built(Profile(**profile))

    assert str(caught.value) == said


def test_a_band_in_which_no_birthday_lies_is_nobodys_age() -> None:
    """Age counts completed years, so what lies between two of them is never met."""
    teens = Factor.model_validate({
        "id": "teens", "label": "Teens", "domain": "biological",
        "band": {"attribute": "age_years", "min": 17.2, "below": 17.8},
    })  # fmt: skip
    pack = small_vocabulary().model_copy(update={"factors": {"teens": teens}})

    with pytest.raises(ValueError, match="does not fit what else is said of age_years"):
        FactsBuilder(pack).build(Profile(factors={"teens": True}))
