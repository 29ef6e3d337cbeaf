"""Packs with one fault each: every fault is found, nothing else is, and the profile that is told shows it.

`told/faults/` has the whole text of what is found.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from painrules import Exploration, Explorer, load_pack
from painrules.check import KINDS, Finding, check_pack, prove_pack
from painrules.check.findings import PROVED
from painrules.engine import bits
from painrules.resolve import EVERYTHING
from painrules.vocab import Role

HERE = Path(__file__).parent
FAULTS: list[dict[str, Any]] = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))
SHOWN = set(PROVED) - {"law_12"}
"""Findings that a profile shows."""

Laid = Callable[[Mapping[str, Any]], Path]


@pytest.mark.parametrize("entry", FAULTS, ids=lambda entry: entry["name"].replace(" ", "_"))
def test_one_fault_is_found_and_nothing_else(
    entry: Mapping[str, Any], laid: Laid, as_told: Callable[[str, str], None]
) -> None:
    """Whoever gets ten findings for one slip stops reading; whoever gets none has no use for a check."""
    folder = laid(entry)
    report = check_pack(folder, prove=True)
    findings = report.findings

    assert sorted([one.finding, one.subject] for one in findings) == sorted(entry["finds"])
    assert report.decided
    assert all(one.hint and one.severity == KINDS[one.finding].severity for one in findings)
    for finding in findings:
        file, line, column = finding.where.rsplit(":", 2)
        assert (folder.parent / file).is_file()
        assert int(line) > 0 < int(column)
    text = "\n".join(map(str, [*findings, report.summary]))
    as_told(f"faults/{entry['name']}", text)


@pytest.mark.parametrize(
    "entry",
    [entry for entry in FAULTS if {kind for kind, _ in entry["finds"]} & SHOWN],
    ids=lambda entry: entry["name"].replace(" ", "_"),
)
def test_the_profile_that_is_told_shows_the_fault(
    entry: Mapping[str, Any], laid: Callable[[Mapping[str, Any]], Path]
) -> None:
    """A reader pastes the call into a session, and sees it."""
    folder = laid(entry)
    explorer = Explorer(load_pack(folder))
    report = prove_pack(folder)
    assert [proof.found for proof in report.proofs] == [
        len(report.of(proof.about)) for proof in report.proofs
    ]
    for finding in report.findings:
        if finding.finding == "dead_rule" and finding.example is None:
            continue  # no other condition could hold either
        assert finding.example is not None
        result = eval(finding.example.call, {"explore": explorer.explore})  # noqa: S307 - what readers do
        in_force = told(explorer, result)
        if finding.finding == "dead_rule":
            assert finding.subject not in in_force
        elif finding.finding != "gap":
            assert set(entry.get("shows", ())) <= in_force
        SHOWING[finding.finding](result, finding)


def told(explorer: Explorer, result: Exploration) -> set[str]:
    """The rules that are in force for a profile."""
    asked = explorer.resolve(result.profile, EVERYTHING).asked
    rules = explorer.pack.rules
    found = {rules[number].id for ask in asked for number in bits(ask.sets.in_force)}
    return found | {name for item in result.inferred for name in item.rules}


def _nothing_more(_: Exploration, __: Finding) -> None:
    """That the rules are in force is all there is to see."""


def _both_sides(result: Exploration, finding: Finding) -> None:
    option = finding.what.split("'")[3]
    view = result[option]
    stances = {
        one.stance.value for one in view.positions if one.id in {finding.subject, *finding.beside}
    }
    assert stances == {"supports", "opposes"}


def _replaced(result: Exploration, finding: Finding) -> None:
    roles = {
        one.role
        for view in result.record.options
        for one in view.also_said
        if one.id == finding.subject
    }
    steps = {one.id for view in result.record.options for one in view.after}
    assert roles == {Role.REPLACED} or (not roles and finding.subject not in steps)


def _not_listed(result: Exploration, finding: Finding) -> None:
    view = result[finding.subject]
    assert (view.status.value, view.safety.value) == ("supported", "contraindicated")
    assert finding.subject not in result.listed


def _bare(result: Exploration, finding: Finding) -> None:
    missing = finding.what.split("'")[1]
    for name in result.listed:
        view = result[name]
        assert missing not in {view.category, *(domain.value for domain in view.domains)}


def _first(result: Exploration, finding: Finding) -> None:
    line = result[finding.subject].line
    assert line is not None
    assert line.value == "first"


SHOWING: dict[str, Callable[[Exploration, Finding], None]] = {
    **dict.fromkeys(KINDS, _nothing_more),
    "contradiction": _both_sides,
    "never_seen": _replaced,
    "never_listed": _not_listed,
    "gap": _bare,
    "law_10": _first,
}
