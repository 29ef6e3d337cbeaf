"""Reports: what is told of findings, of what is accepted on purpose, and of packs that stand in no file."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from painrules import Pack, load_pack
from painrules.check import Proof, Report, check_pack, prove_pack
from painrules.model.pack import PackHeader
from painrules.model.rule import Caution, Position

SOUND = Path(__file__).parent / "sound"
Laid = Callable[[Mapping[str, Any]], Path]
ACCEPTS = """
accepts:
  - {finding: near_duplicate, subject: [kidneys_again, kidneys], beside: kidneys, reason: Both are said.}
  - {finding: near_duplicate, subject: unborn, beside: falls, reason: It was there once.}
  - {finding: unused_factor, subject: [works, smoking], reason: It is used soon.}
  - {finding: gap, subject: chronic_movement, reason: Nobody has moved yet.}
"""
ADDED = {
    "change": {"pack.yaml": {"version: 1.0.0": f"version: 1.0.0{ACCEPTS}"}},
    "add": """\
factors:
  - {id: smoking, label: Smoking, domain: social}
cautions:
  - id: kidneys_again
    source: label
    when: {factors: {kidney_disease: yes}}
    option: anti_inflammatories
    severity: caution
    because: They can harm kidneys.
    examples: {fires: [{present: kidney_disease}], spares: [{absent: kidney_disease}]}
""",
}


def test_what_is_accepted_on_purpose_is_counted_and_no_fault(laid: Laid) -> None:
    """An acceptance says why; one of what is not there is a finding itself."""
    report = check_pack(laid(ADDED))

    assert str(report) == (
        "sound/pack.yaml:5:5: warning: the pack accepts near_duplicate of 'kidneys' beside 'kidneys', and there is none"
        " [stale_acceptance]\n"
        "    hint: take the acceptance out\n"
        "sound/pack.yaml:6:5: warning: the pack accepts near_duplicate of 'unborn' beside 'falls', and there is none"
        " [stale_acceptance]\n"
        "    hint: take the acceptance out\n"
        "sound/pack.yaml:7:5: warning: the pack accepts unused_factor of 'works', and there is none"
        " [stale_acceptance]\n"
        "    hint: take the acceptance out\n"
        "rule pack 'sound' 1.0.0 has 3 warnings: 26 rules, 10 interventions, 1 cases; 4 notes;"
        " 2 accepted on purpose"
    )
    assert [(one.finding.finding, one.finding.subject, one.reason) for one in report.accepted] == [
        ("near_duplicate", "kidneys_again", "Both are said."),
        ("unused_factor", "smoking", "It is used soon."),
    ]
    assert not report.ok


def test_an_acceptance_is_stale_only_where_it_was_looked_for(laid: Laid) -> None:
    """Whoever does not prove cannot say that there is no gap, and the other way round."""
    folder = laid(ADDED)

    assert {one.subject for one in prove_pack(folder).of("stale_acceptance")} == {
        "chronic_movement"
    }
    assert {one.subject for one in check_pack(folder, prove=True).of("stale_acceptance")} == {
        *("chronic_movement", "kidneys", "unborn", "works"),
    }


def test_notes_are_counted_in_the_text_and_kept_in_the_report() -> None:
    """They are no faults."""
    report = check_pack(SOUND)

    assert report.ok
    assert report.decided
    assert [str(one) for one in report.of("no_sources")] == [
        f"note: none of the {words} cites a source [no_sources]\n"
        "    hint: name the sources, if there are any"
        for words in ("conditions", "factors", "interventions", "red flag signs")
    ]
    assert report.notes == report.of("no_sources")
    assert report.of("gap") == ()


def test_a_report_is_data_too() -> None:
    """Editors and build servers read it."""
    report = prove_pack(SOUND)
    pack = load_pack(SOUND)

    assert json.loads(report.to_json()) == report.to_dict()
    assert Report.model_validate(report.to_dict()) == report
    assert (report.pack, report.version, report.digest) == ("sound", "1.0.0", pack.digest)
    assert (report.rules, report.interventions, report.cases) == (25, 10, 1)
    assert report.schema_version == "1"
    assert not report.notes
    assert not report.accepted


def test_every_question_and_its_answer_is_told() -> None:
    """How often it was asked, and whether there is an answer for all of it."""
    told: list[tuple[str, int, int]] = []
    report = prove_pack(SOUND, progress=lambda *one: told.append(one))

    assert [str(one) for one in report.proofs] == [
        "dead_rule: 25 asked, proved",
        "never_seen: 20 asked, proved",
        "subsumed_rule: 2 asked, proved",
        "redundant_rule: nothing to ask",
        "contradiction: 1 asked, proved",
        "contradiction_of_two: nothing to ask",
        "unreachable_status: 12 asked, proved",
        "never_listed: 1 asked, proved",
        "gap: nothing to ask",
        "law_10: nothing to ask",
        "law_11: nothing to ask",
        "law_12: nothing to ask",
    ]
    assert [(done, of) for _, done, of in told] == [(number, 8) for number in range(9)]
    assert [words for words, *_ in told][:: len(told) - 1] == ["is each rule ever in force", "done"]


def test_what_was_not_decided_is_told() -> None:
    """Nobody may take silence for a proof."""
    proof = Proof(about="gap", asked=9, proved=5, found=2, undecided=("one", "two"))

    assert str(proof) == "gap: 9 asked, 5 proved, 2 found, 2 NOT DECIDED"
    assert not proof.decided
    assert not Report(pack="draft", proofs=(proof,)).decided
    assert Report(pack="draft").decided


def covering(pack: Pack, **covers: object) -> Pack:
    """A pack that says what it covers."""
    header = PackHeader.model_validate({**pack.header.model_dump(), "covers": covers})
    return pack.model_copy(update={"header": header})


def test_a_pack_that_was_made_in_python_is_checked_too() -> None:
    """Nothing of it stands in a file; what loading would have found is looked for first."""
    pack = load_pack(SOUND)
    rule = {"id": "new", "because": "It says so.", "examples": {"fires": [{}]}}
    unknown = Position.model_validate(
        {**rule, "source": "delta", "option": "joga", "stance": "supports"}
    )
    known = Caution.model_validate(
        {
            **rule,
            "source": "label",
            "option": "yoga",
            "severity": "avoid",
            "when": {"pain_type": "acute"},
        }
    )

    assert str(check_pack(pack.with_rule(unknown), prove=True)) == (
        "error: rule 'new', option: 'joga' is not a known intervention [unknown_id]\n"
        "    hint: did you mean 'yoga'?\n"
        "error: rule 'new', source: 'delta' is not a known source [unknown_id]\n"
        "    hint: did you mean 'beta'?\n"
        "rule pack 'sound' 1.0.0 has 2 errors: 26 rules, 10 interventions, 1 cases"
    )
    assert str(check_pack(pack.with_rule(known))) == (
        "warning: rule 'new' has no near miss [no_example]\n"
        "    hint: add examples: fires, and spares\n"
        "rule pack 'sound' 1.0.0 has 1 warning: 26 rules, 10 interventions, 1 cases; 4 notes"
    )
    gap = prove_pack(covering(pack, pain_types=["acute"], domains=["psychological"]))
    assert str(gap).splitlines()[0] == (
        "error: for acute nothing is supported in the domain 'psychological', which the pack says it covers [gap]"
    )


def test_a_folder_that_cannot_be_loaded_is_told_by_its_name(tmp_path: Path) -> None:
    """There is nothing to count in it."""
    (tmp_path / "draft").mkdir()

    assert str(check_pack(tmp_path / "draft", prove=True)) == (
        "draft/pack.yaml: error: this file is missing [missing_field]\n"
        "    hint: it says id, title, version and date of the pack\n"
        "rule pack 'draft' has 1 error: 0 rules, 0 interventions, 0 cases"
    )
