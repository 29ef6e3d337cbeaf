"""What the cases of a pack exercise, and what nothing notices."""

from collections.abc import Callable
from pathlib import Path

import pytest

from painrules import Pack, RulePackError, load_pack
from painrules.check import coverage, mutate
from painrules.check.mutants import mutants
from painrules.model.case import Case
from painrules.model.pack import PackHeader
from painrules.model.rule import Examples, Position
from painrules.vocab import Line

SOUND = Path(__file__).parent / "sound"


def test_coverage_names_what_no_case_exercises(as_told: Callable[[str, str], None]) -> None:
    """A number alone helps nobody to write the case that is missing."""
    found = coverage(SOUND)
    as_told("coverage", str(found))

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


def test_coverage_moves_with_what_cases_say(as_told: Callable[[str, str], None]) -> None:
    """A condition is exercised once a case lets the rule in by it, and another is kept out by it alone."""
    pack = load_pack(SOUND)
    profiles = {
        "acute": {"pain_type": "acute", "severity": 5, "present": ["burning", "saddle_numbness"]},
        "mild": {"pain_type": "subacute", "severity": 3, "absent": ["burning", "works"]},
        "nerve": {"mechanism": "neuropathic", "duration_months": 3, "present": "distress"},
        "short": {"mechanism": ["neuropathic", "nociplastic"], "duration_months": 2},
        "child": {"pain_type": "chronic", "condition": "knee_arthritis", "age": 10},
        "dying": {"pain_type": "chronic", "condition": "back_pain", "present": "end_of_life"},
        "old": {
            "pain_type": "chronic",
            "condition": "widespread_pain",
            "absent": "works",
            "age": 65,
        },
        "tried": {"condition": "sciatica", "tried": {"anti_inflammatories": "not_enough"}},
        "nobody": {"present": "works", "absent": "works"},
    }
    cases = {
        name: Case(id=name, sentence="Somebody.", profile=one, expect={}, sources=["alpha"])
        for name, one in profiles.items()
    }

    as_told("coverage with more cases", str(coverage(pack.model_copy(update={"cases": cases}))))


MANY = {
    "id": "many",
    "source": "beta",
    "option": "exercise",
    "stance": "supports",
    "line": "unspecified",
    "members": True,
    "because": "It names many things.",
    "scope": {"when": {"pain_type": ["acute", "chronic"]}, "unless": {"factors": {"child": True}}},
    "when": {
        "mechanism": ["nociceptive"],
        "condition": ["sciatica", "knee_arthritis"],
        "age_years": {"min": 1, "max": 64},
        "severity": {"min": 0.5},
        "factors": {"works": True, "distress": False},
        "tried": {"yoga": ["helped"], "walking": ["not_enough"]},
    },
    "unless": {"condition": ["widespread_pain"], "duration_months": {"max": 6}},
}
"""A rule in which everything can be changed that can be changed in rules."""


def test_every_mutant_of_a_pack_is_told_with_what_is_changed(
    as_told: Callable[[str, str], None],
) -> None:
    """One thing is changed at a time: the conclusion, a condition dropped, a condition widened."""
    pack = load_pack(SOUND).with_rule(Position.model_validate(MANY))
    lines = []
    for rule in pack.rules:
        plain = rule.model_dump(mode="json", exclude_defaults=True)
        for one in mutants(rule, pack):
            assert one.rule is rule
            mutant = one.changed.model_dump(mode="json", exclude_defaults=True)
            unlike = {
                field: mutant.get(field)
                for field in {**plain, **mutant}
                if plain.get(field) != mutant.get(field)
            }
            lines.append(f"{rule.id}: {one.what}: {unlike}")

    as_told("mutants", "\n".join(lines))


def test_what_nothing_notices_is_told_whole(as_told: Callable[[str, str], None]) -> None:
    """Rule by rule, with the place to mend it, and how many were noticed by what."""
    as_told("mutation", str(mutate(SOUND)))


def unseen(pack: Pack) -> Pack:
    """A pack without cases and examples, so that only laws are left to notice anything."""
    covers = {
        "pain_types": ["chronic"],
        "conditions": ["back_pain"],
        "domains": ["biological", "social"],
        "categories": ["movement"],
        "opioids": ["opioids"],
        "end_of_life": ["end_of_life"],
    }
    header = PackHeader.model_validate({**pack.header.model_dump(), "covers": covers})
    bare = pack.model_copy(update={"cases": {}, "header": header})
    rules = {one.id: one.model_copy(update={"examples": Examples()}) for one in pack.rules}
    rules["beta_opioids"] = rules["beta_opioids"].model_copy(update={"line": Line.UNSPECIFIED})
    return bare.with_rule(*rules.values())


def test_laws_notice_what_neither_examples_nor_cases_do() -> None:
    """A gap, a contradiction, an option that is never listed, opioids first or at the end of life."""
    pack = unseen(load_pack(SOUND))
    told: list[tuple[str, int, int]] = []
    found = mutate(pack, progress=lambda *one: told.append(one))
    every = {(rule.id, one.what) for rule in pack.rules for one in mutants(rule, pack)}

    assert sorted(every - {(one.rule, one.what) for one in found.survivors}) == [
        ("alpha_exercise", "stance supports -> opposes"),
        ("asthma_attack", "when: factors.asthma dropped"),
        ("beta_exercise", "stance supports -> opposes"),
        ("beta_opioids", "line unspecified -> first"),
        ("beta_opioids", "unless: factors.end_of_life dropped"),
        ("beta_opioids_2018", "unless: factors.end_of_life dropped"),
        ("beta_opioids_2021", "stance opposes -> supports"),
        ("beta_opioids_2021", "unless: factors.end_of_life dropped"),
        ("beta_opioids_2021", "when: condition dropped"),
        ("beta_yoga", "stance supports -> opposes"),
    ]
    assert found.noticed == {"examples": 0, "cases": 0, "laws": 10}
    assert {one.where for one in found.survivors} == {""}
    assert [(done, of) for _, done, of in told] == [(n, len(every)) for n in range(len(every))]
    assert {name for name, *_ in told} == {name for name, _ in every}


def test_mutants_that_nothing_notices_are_told() -> None:
    """What may be changed without a sound is not tested."""
    found = mutate(SOUND, rules=["alpha_opioids", "beta_yoga"])
    told = {(one.rule, one.what) for one in found.survivors}

    assert ("alpha_opioids", "unless: factors.end_of_life dropped") not in told  # its near miss
    assert ("beta_yoga", "stance supports -> opposes") not in told  # the case
    assert ("beta_yoga", "line unspecified -> first") in told
    assert found.tried == found.of == sum(found.noticed.values()) + len(found.survivors)
    assert all(one.where.startswith("sound/") for one in found.survivors)


@pytest.mark.parametrize(("most", "tried"), [(1, 1), (3, 3), (4, 4), (6, 4), (7, 7), (99, 7)])
def test_mutants_can_be_sampled(most: int, tried: int) -> None:
    """A large pack has thousands; those that are tried are evenly spread."""
    few = mutate(SOUND, rules=["alpha_exercise", "beta_yoga"], most=most)

    assert (few.of, few.tried) == (7, tried)
    share = f"{tried} of 7" if tried < 7 else "7"
    assert str(few).splitlines()[-1].startswith(f"{share} mutants of pack 'sound': ")


@pytest.mark.parametrize("what", [coverage, mutate])
def test_a_folder_that_cannot_be_loaded_is_an_error(what: object, tmp_path: Path) -> None:
    """There is nothing to count in it."""
    assert callable(what)
    with pytest.raises(RulePackError):
        what(tmp_path)
