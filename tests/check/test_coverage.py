"""What the cases of a pack exercise, and what nothing notices."""

from pathlib import Path

import pytest

from painrules import RulePackError, load_pack
from painrules.check import coverage, mutate
from painrules.model.case import Case

SOUND = Path(__file__).parent / "sound"


def test_coverage_names_what_no_case_exercises() -> None:
    """A number alone helps nobody to write the case that is missing."""
    found = coverage(SOUND)

    assert str(found.rules) == "rules: 7 of 25 (28 %)"
    assert "kidneys" in found.rules.missing
    assert "alpha_opioids" not in found.rules.missing
    assert "alpha_opioids: never alone silences it: End of life" in found.conditions.missing
    assert "opioids: supported" in found.statuses.missing
    assert str(found).splitlines()[4] == "missing of rules: alpha_joints"


def test_a_case_more_is_a_rule_more() -> None:
    """The number moves with the cases, not with the examples."""
    pack = load_pack(SOUND)
    case = Case(
        id="kidneys",
        sentence="Kidney disease.",
        profile={"present": "kidney_disease"},
        expect={"safety": {"anti_inflammatories": "avoid"}},
        sources=["label"],
    )
    more = pack.model_copy(update={"cases": {**pack.cases, "kidneys": case}})

    assert coverage(more).rules.reached == coverage(pack).rules.reached + 1
    assert "kidneys" not in coverage(more).rules.missing


def test_of_nothing_all_is_exercised() -> None:
    """A pack without rules is no fault."""
    pack = load_pack(SOUND)
    bare = pack.without_rule(*(rule.id for rule in pack.rules))

    assert (coverage(bare).rules.percent, coverage(bare).rules.total) == (100.0, 0)


def test_mutants_that_nothing_notices_are_told() -> None:
    """What may be changed without a sound is not tested."""
    found = mutate(SOUND, rules=["alpha_opioids", "beta_yoga"])
    told = {(one.rule, one.what) for one in found.survivors}

    assert ("alpha_opioids", "unless: factors.end_of_life dropped") not in told  # its near miss
    assert ("beta_yoga", "stance supports -> opposes") not in told  # the case
    assert ("beta_yoga", "line unspecified -> first") in told
    assert found.tried == found.of == sum(found.noticed.values()) + len(found.survivors)
    assert all(one.where.startswith("sound/") for one in found.survivors)


def test_mutants_can_be_sampled() -> None:
    """A large pack has thousands."""
    every, few = mutate(SOUND), mutate(SOUND, most=10)

    assert few.of == every.of
    assert 5 <= few.tried <= 10


@pytest.mark.parametrize("what", [coverage, mutate])
def test_a_folder_that_cannot_be_loaded_is_an_error(what: object, tmp_path: Path) -> None:
    """There is nothing to count in it."""
    assert callable(what)
    with pytest.raises(RulePackError):
        what(tmp_path)
