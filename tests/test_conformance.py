"""The conformance table: what small profiles must come to, in every detail, whichever way the answer is found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from painrules import Exploration, Explorer, load_pack
from painrules.model.pack import Pack

HERE = Path(__file__).parent / "conformance"
ROWS: list[dict[str, Any]] = yaml.safe_load((HERE / "table.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", name="pack")
def _pack() -> Pack:
    return load_pack(HERE / "pack")


def told(row: Mapping[str, Any]) -> str:
    """A readable name for a row."""
    return " ".join(f"{key}={value}" for key, value in row["profile"].items()) or "nothing"


def found(result: Exploration, name: str) -> list[object]:
    """What a result says of an option, in the order of the table."""
    view = result[name]
    return [
        view.status.value,
        None if view.level is None else str(view.level),
        None if view.line is None else view.line.value,
        view.agreement.value,
        sorted(position.id for position in view.positions),
        sorted(f"{position.id} {position.role}" for position in view.also_said),
        list(view.depends_on),
        view.safety.value,
        sorted(caution.id for caution in view.cautions),
        sorted(caution.id for caution in view.ask_about),
        [step.id for step in view.after],
    ]


@pytest.mark.parametrize("row", ROWS, ids=told)
def test_a_profile_comes_to_what_the_table_says(row: dict[str, Any], pack: Pack) -> None:
    """Statuses, levels, lines, agreement, what is also said, what it depends on: all of it."""
    result = Explorer(pack=pack).explore(**row["profile"])

    assert {name: found(result, name) for name in row["options"]} == row["options"]
    assert result.mode.value == row.get("mode", "explore")
    assert sorted(result.listed) == row.get("listed", [])
    assert sorted(result.deferred) == row.get("deferred", [])
    taken = {rule for item in result.inferred for rule in item.rules}
    assert sorted(taken) == row.get("inferred", [])


@pytest.mark.parametrize("row", ROWS, ids=told)
def test_an_option_that_the_table_leaves_out_is_not_mentioned(
    row: dict[str, Any], pack: Pack
) -> None:
    """What no rule speaks of is not mentioned; exercise is supported throughout."""
    result = Explorer(pack=pack).explore(**row["profile"])
    rest = set(pack.interventions) - set(row["options"]) - {"exercise"}

    assert {name: result[name].status.value for name in rest} == dict.fromkeys(
        rest, "not_mentioned"
    )
    assert result["exercise"].status.value == "supported"


@pytest.mark.parametrize("row", [row for row in ROWS if "by_mechanism" in row], ids=told)
def test_each_mechanism_is_resolved_alone(row: dict[str, Any], pack: Pack) -> None:
    """Mixed pain shows what holds for which mechanism."""
    result = Explorer(pack=pack).explore(**row["profile"])
    for name, expected in row["by_mechanism"].items():
        views = result[name].by_mechanism
        assert {
            mechanism: [
                view.status.value,
                str(view.level),
                None if view.line is None else view.line.value,
                view.agreement.value,
            ]
            for mechanism, view in views.items()
        } == expected


def test_a_definite_option_depends_on_nothing_and_the_other_way_round(pack: Pack) -> None:
    """`definite` and `depends_on` never contradict each other."""
    for row in ROWS:
        result = Explorer(pack=pack).explore(**row["profile"])
        for name in pack.interventions:
            assert result[name].definite is not bool(result[name].depends_on)
