"""Cases: a scenario in data against what the pack says, with the whole message for whatever differs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from painrules import Pack, load_pack
from painrules.check import check_pack, failures, run_cases
from painrules.explore import Explorer
from painrules.model.case import Case

SOUND = Path(__file__).parent / "sound"
SAID = "supported at pain_type: alpha_exercise, beta_exercise; safety clear"
OPIOIDS = "supported at pain_type: beta_opioids; safety caution"
CHRONIC = {"pain_type": "chronic", "age": 70}

WRONG: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], tuple[str, ...]]] = {
    "mode": (
        {"pain_type": "acute"},
        {"mode": "evaluate_first"},
        ("mode is explore, not evaluate_first",),
    ),
    "mode in an emergency": (
        {"present": "saddle_numbness"},
        {"mode": "explore"},
        ("mode is evaluate_first, not explore",),
    ),
    "listed": (
        {"pain_type": "acute"},
        {"listed": ["massage", "yoga"]},
        ("massage is not listed (not_mentioned at no level: no position; safety clear)",),
    ),
    "not listed": (
        CHRONIC,
        {"not_listed": ["massage", "exercise"]},
        ("exercise is listed",),
    ),
    "status, line, agreement and safety": (
        CHRONIC,
        {
            "status": {"exercise": "contested", "massage": "not_mentioned"},
            "line": {"exercise": "second"},
            "agreement": {"exercise": "mixed"},
            "safety": {"opioids": "avoid", "exercise": "clear"},
        },
        (
            f"status of exercise is supported, not contested ({SAID})",
            f"line of exercise is first, not second ({SAID})",
            f"agreement of exercise is consensus_for, not mixed ({SAID})",
            f"safety of opioids is caution, not avoid ({OPIOIDS})",
        ),
    ),
    "cautions": (
        CHRONIC,
        {"cautions": {"opioids": ["falls", "kidneys"], "anti_inflammatories": ["asthma_attack"]}},
        (
            "anti_inflammatories lacks the caution asthma_attack",
            "opioids lacks the caution kidneys",
        ),
    ),
    "an inferred mechanism": (
        {"condition": "sciatica"},
        {"inferred": {"mechanism": ["nociplastic", "nociceptive"]}},
        ("inferred mechanisms are neuropathic, not nociceptive, nociplastic",),
    ),
    "an inferred mechanism where there is none": (
        {"condition": "back_pain"},
        {"inferred": {"mechanism": ["nociplastic"], "pain_type": "chronic"}},
        (
            "inferred mechanisms are none, not nociplastic",
            "inferred pain type is none, not chronic",
        ),
    ),
    "a question": (
        {"pain_type": "chronic"},
        {"asks": ["pain_type", "condition"]},
        ("it does not ask about pain_type",),
    ),
    "nothing": (CHRONIC, {"listed": "exercise", "line": {"exercise": "first"}}, ()),
    "what is inferred": (
        {"condition": "sciatica"},
        {"inferred": {"mechanism": ["neuropathic"]}},
        (),
    ),
}
"""Profile, what is expected, and all that differs."""


@pytest.fixture(name="sound", scope="module")
def _sound() -> Pack:
    return load_pack(SOUND)


def case(name: str, profile: Mapping[str, Any], expect: Mapping[str, Any]) -> Case:
    """A case of the sound pack."""
    return Case(id=name, sentence="A case.", profile=profile, expect=expect, sources=["alpha"])


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_come_out_is_told(what: str, sound: Pack) -> None:
    """An author sees what was expected, what came out, and which rules say so."""
    profile, expect, told = WRONG[what]

    assert failures(case("one", profile, expect), Explorer(sound)) == told


def test_all_cases_of_a_pack_are_tried_out(sound: Pack) -> None:
    """Each that fails is named, those that do not are not."""
    more = {
        "late": case("late", {"pain_type": "acute"}, {"listed": "massage"}),
        "right": case("right", {"pain_type": "acute"}, {"listed": "yoga"}),
        "twice": case(
            "twice", {"pain_type": "acute"}, {"not_listed": ["yoga"], "mode": "evaluate_first"}
        ),
    }
    pack = sound.model_copy(update={"cases": more})
    told = [
        "case 'late': massage is not listed (not_mentioned at no level: no position; safety clear)",
        "case 'twice': mode is explore, not evaluate_first",
        "case 'twice': yoga is listed",
    ]

    assert [str(one) for one in run_cases(pack)] == told
    assert [str(one) for one in run_cases(pack, Explorer(pack))] == told
    assert [one.what for one in check_pack(pack).of("failed_case")] == told


def test_a_case_that_contradicts_itself_is_told(sound: Pack) -> None:
    """It stands for nobody."""
    wrong = case("nobody", {"present": "works", "absent": "works"}, {"listed": "yoga"})

    (told,) = failures(wrong, Explorer(sound))

    assert told.startswith("its profile cannot be explored: ")
    assert "'works' is said to be present and absent" in told
