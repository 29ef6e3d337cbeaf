"""Code as users write it; it passes `mypy --strict`, and what comes out has the types that it should."""

from typing import assert_type

import painrules
from painrules import (
    Agreement,
    Exploration,
    Explorer,
    Line,
    Mechanism,
    Mode,
    OptionView,
    Outcome,
    Pack,
    PainType,
    Profile,
    Result,
    Safety,
    Status,
    core_pack,
    explore,
    load_pack,
)


def words_and_members() -> None:
    """A word of the model, its member, one or several."""
    assert_type(explore("chronic", "neuropathic"), Exploration)
    assert_type(explore(PainType.CANCER, Mechanism.NOCICEPTIVE), Exploration)
    explore(pain_type="acute", mechanism=["nociceptive", "nociplastic"])
    explore("subacute", ("neuropathic", Mechanism.NOCIPLASTIC))
    explore("chronic", {"neuropathic", "nociplastic"})
    explore(mechanism=frozenset({Mechanism.NEUROPATHIC}))
    explore()


def every_argument(names: list[str]) -> Exploration:
    """All that can be known, each in its forms."""
    explore(condition=names, present=tuple(names), absent=set(names), goals=iter(names))
    return explore(
        "chronic",
        "nociplastic",
        condition="fibromyalgia",
        age=72,
        duration_months=14.5,
        severity=6,
        present="asthma",
        absent=["pregnancy"],
        tried={"nsaids_oral": "not_enough", "exercise": Outcome.HELPED},
        goals=["sleep"],
        sources=["nice_ng193"],
        jurisdictions="UK",
        as_of=2018,
    )


def what_comes_out(result: Exploration) -> None:
    """Words of the model come out as members."""
    assert_type(result.mode, Mode)
    assert_type(result.listed, tuple[str, ...])
    assert_type(result.options, tuple[OptionView, ...])
    assert_type(result.by_category, dict[str, tuple[OptionView, ...]])
    view = result["exercise"]
    assert_type(view, OptionView)
    assert_type(view.status, Status)
    assert_type(view.line, Line | None)
    assert_type(view.agreement, Agreement)
    assert_type(view.safety, Safety)
    assert_type([option.label for option in result], list[str])
    assert_type(result.record, Result)
    assert_type(Result.from_json(result.to_json()), Result)
    assert_type(str(result.why("exercise")), str)


def packs_and_profiles(path: str) -> None:
    """A pack of one's own, and profiles that are kept."""
    pack = load_pack(path, on=core_pack())
    assert_type(pack, Pack)
    explorer = Explorer(pack, engine="bitmap")
    profile = Profile(pain_type=PainType.CHRONIC, age_years=40).with_(severity=3)
    assert_type(profile, Profile)
    assert_type(explorer.explore(profile), Exploration)
    assert_type(profile.pain_type, PainType | None)


def what_goes_wrong() -> list[str]:
    """Errors carry what a caller may act on."""
    try:
        explore("chronic", age=-1)
    except painrules.ProfileError as error:
        return [f"{problem.where} {problem.hint}" for problem in error.problems]
    return []
