"""Contested points: both sides come out with jurisdiction and year, nobody wins, and a lens shows each side alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from painrules import Exploration, core_pack, explore

POINTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "contested.yaml").read_text(encoding="utf-8")
)
SIDES = (("for", "supports"), ("against", "opposes"))


def named(point: dict[str, Any]) -> str:
    """A readable name for a point."""
    return str(point["point"])


def speakers(result: Exploration, option: str, stance: str) -> set[str]:
    """The sources that take a side, at any level, at the date of the result."""
    view = result[option]
    also = [position for position in view.also_said if position.role in {"broader", "example"}]
    return {position.source for position in (*view.positions, *also) if position.stance == stance}


@pytest.mark.parametrize("point", POINTS, ids=named)
def test_both_sides_of_a_contested_point_come_out(point: dict[str, Any]) -> None:
    """Whoever speaks for or against is there to be seen, beside a status that hides neither."""
    result = explore(**point["profile"])
    view = result[point["option"]]

    assert (view.status.value, view.agreement.value) == (point["status"], point["agreement"])
    for side, stance in SIDES:
        assert set(point[side]) <= speakers(result, point["option"], stance)
    assert set(point.get("silent", ())) <= speakers(result, point["option"], "no_recommendation")


@pytest.mark.parametrize("point", [p for p in POINTS if p["agreement"] == "mixed"], ids=named)
def test_a_disagreement_is_listed_with_jurisdiction_and_year(point: dict[str, Any]) -> None:
    """`disagreements` names both sides with issuer, year and place; it picks no winner."""
    found = {item.option: item for item in explore(**point["profile"]).disagreements}
    item = found[point["option"]]
    sources = core_pack().sources

    assert {sources[name].cited for name in point["for"]} <= set(item.supports)
    assert {sources[name].cited for name in point["against"]} <= set(item.opposes)


@pytest.mark.parametrize("point", POINTS, ids=named)
def test_a_lens_shows_one_side_alone(point: dict[str, Any]) -> None:
    """With one source only, its own direction is the status."""
    wanted = {"for": "supported", "against": "not_supported"}
    for side, status in wanted.items():
        for source in point[side]:
            view = explore(**point["profile"], sources=[source])[point["option"]]
            assert (source, view.status.value) == (source, status)
            assert {position.source for position in view.positions} == {source}


def test_guidance_moves_over_the_years() -> None:
    """`as_of` shows how a statement changed: tramadol in neuropathic pain, paracetamol in osteoarthritis."""
    knee: dict[str, Any] = {"condition": "osteoarthritis_knee", "jurisdictions": ["UK"]}
    assert explore(**knee, as_of=2016)["paracetamol"].status.value == "supported"
    assert explore(**knee, as_of=2023)["paracetamol"].status.value == "not_supported"

    nerve: dict[str, Any] = {"mechanism": "neuropathic", "jurisdictions": ["international"]}
    assert str(explore(**nerve, as_of=2018)["tramadol"].line) == "second"
    assert str(explore(**nerve, as_of=2026)["tramadol"].line) == "third"


def test_withdrawn_advice_is_history_and_not_a_finding_of_harm() -> None:
    """A withdrawn recommendation is neither for nor against any more; before its end it stood."""
    back: dict[str, Any] = {
        "pain_type": "chronic",
        "condition": "low_back_pain",
        "sources": ["nice_ng59"],
    }
    now = explore(**back)["psychological_therapy"]
    then = explore(**back, as_of=2024)["psychological_therapy"]

    assert (now.status.value, [position.role for position in now.also_said]) == (
        "not_mentioned",
        ["history"],
    )
    assert then.status.value == "supported"
