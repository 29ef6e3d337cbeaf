"""The command: data on standard output, notes on standard error, and never a traceback.

Exit status: 0 fine, 1 findings, 2 usage or unusable input.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from painrules import Explorer, Result, load_pack
from painrules import __version__ as painrules_version
from painrules.cli import commands
from painrules.cli.commands import KINDS, cli, run
from painrules.render.text import to_text

HERE = Path(__file__).parent
PACK = HERE / "conformance" / "pack"
MALFORMED = HERE / "packs" / "malformed"
COMMANDS = sorted(cli.commands)


class Done(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture(name="painrules")
def _painrules(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command within this process, which is quick."""

    def ran(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["painrules", *map(str, arguments)])
        code = run()
        return Done(code, *capsys.readouterr())

    return ran


def process(*arguments: str | Path, **environment: str) -> Done:
    """Runs the command as a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "painrules", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)


# Exploring


def test_explore_prints_text_and_nothing_else(painrules: Command) -> None:
    """What is printed is the result, so that it can be kept in a file."""
    done = painrules(
        "explore", "--type", "chronic", "-m", "neuropathic", "--pack", PACK, "--width", 88
    )

    result = Explorer(load_pack(PACK)).explore("chronic", "neuropathic")
    assert done == (0, to_text(result.record, width=88) + "\n", "")


def test_explore_takes_every_fact_and_lens(painrules: Command) -> None:
    """Each argument of the function has its option."""
    options = (
        "--type chronic -m neuropathic -m nociplastic -c sciatica --age 72 --months 14.5 --severity 6 "
        "-p kidney_disease -p saddle_numbness -a asthma --tried exercise=not_enough --tried nsaids=helped "
        "--source alpha --source beta --jurisdiction UK --as-of 2018 --format json"
    )
    done = painrules("explore", "--pack", PACK, *shlex.split(options))

    expected = Explorer(load_pack(PACK)).explore(
        "chronic",
        ["neuropathic", "nociplastic"],
        condition="sciatica",
        age=72,
        duration_months=14.5,
        severity=6,
        present=["kidney_disease", "saddle_numbness"],
        absent=["asthma"],
        tried={"exercise": "not_enough", "nsaids": "helped"},
        sources=["alpha", "beta"],
        jurisdictions="UK",
        as_of=2018,
    )
    assert (done.code, done.err) == (0, "")
    assert Result.from_json(done.out) == expected.record


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("text", "For education only."),
        ("md", "> For education only."),
        ("html", "<!doctype html>"),
        ("json", "{\n"),
    ],
)
def test_every_format_carries_notice_pack_and_digest(
    painrules: Command, form: str, start: str
) -> None:
    """A result that is passed on cannot lose where it comes from."""
    done = painrules("explore", "--type", "chronic", "--pack", PACK, "--format", form)

    digest = load_pack(PACK).digest
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(start)
    assert "For education only." in done.out
    assert digest[:16] in done.out


def test_all_options_are_shown_in_full_when_asked_for(painrules: Command) -> None:
    """What is opposed is one line for all, or one for each."""
    short = painrules("explore", "--type", "chronic", "--pack", PACK)
    full = painrules("explore", "--type", "chronic", "--pack", PACK, "--all")

    assert "Opioids" in short.out
    assert "Weak opioids" not in short.out
    assert re.search("Weak opioids .*\n +depends on: age, condition, ", full.out)


def test_no_line_is_wider_than_asked_for(painrules: Command) -> None:
    """Narrow terminals and slides break lines at the wrong place otherwise."""
    done = painrules("explore", "--type", "chronic", "--pack", PACK, "--width", "40", "--all")

    assert max(map(len, done.out.split("\n"))) <= 40


BOTH = (
    "absent: 'asthma' is said to be present and absent\n"
    "    hint: say one of them, or neither if it is not known"
)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--type", "cronic"], "pain_type: 'cronic' is not a known pain type\n    hint: did you mean 'chronic'?"),
        (["-c", "siatica"], "condition: 'siatica' is not a known condition\n    hint: did you mean 'sciatica'?"),
        (["--age", "7.5"], "age: 7.5 is not a whole number\n    hint: age counts completed years"),
        (["--age", "nan"], "age: nan is not between 0 and 130"),
        (["--age", "1e400"], "age: inf is not between 0 and 130"),
        (["--severity", "11"], "severity: 11.0 is not between 0 and 10"),
        (["--tried", "excercise=helped"],
         "tried: 'excercise' is not a known option or category\n    hint: did you mean 'exercise'?"),
        (["-p", "asthma", "-a", "asthma"], BOTH),
    ],
    ids=str,
)  # fmt: skip
def test_words_that_are_not_known_are_told_on_standard_error(
    painrules: Command, options: list[str], told: str
) -> None:
    """A pipeline must not take a message for a result."""
    for name in ("explore", "why"):
        words = ["exercise"] if name == "why" else []
        done = painrules(name, *words, *options, "--pack", PACK)

        assert done == (2, "", f"painrules: the profile has 1 problem\n{told}\n")


def test_a_lens_that_cannot_be_is_told(painrules: Command) -> None:
    """A source or date that is misspelt would otherwise look like an answer."""
    done = painrules("explore", "--source", "alfa", "--as-of", "soon", "--pack", PACK)

    told = (
        "painrules: the lens has 2 problems\n"
        "sources: 'alfa' is not a known source\n    hint: did you mean 'alpha'?\n"
        "as_of: 'soon' is not a date\n"
        "    hint: write a date, or a year such as 2018, which means its last day\n"
    )
    assert done == (2, "", told)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--tried", "exercise"], "'exercise': write OPTION=OUTCOME, such as exercise=not_enough"),
        (
            ["--tried", "exercise=helped", "--tried", "exercise=not_enough"],
            "'exercise' has two outcomes",
        ),
        (["--age", "old"], "'old' is not a valid float."),
        (["--format", "pdf"], "'pdf' is not one of 'text', 'md', 'html', 'json'."),
        (["--width", "3"], "3 is not in the range 40<=x<=200."),
        (["--colour"], "No such option"),
        (["leftover"], "Got unexpected extra argument"),
    ],
    ids=str,
)
def test_options_that_cannot_be_read_are_a_question_of_usage(
    painrules: Command, options: list[str], told: str
) -> None:
    """The message says which option, and where to read on."""
    done = painrules("explore", *options, "--pack", PACK)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: painrules explore ")
    assert told in done.err


# Explaining


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_why_tells_the_positions_and_the_notice(painrules: Command, form: str) -> None:
    """An explanation that is passed on carries the notice too."""
    done = painrules("why", "Gabapentinoids", "-c", "sciatica", "--pack", PACK, "--format", form)

    assert (done.code, done.err) == (0, "")
    assert "For education only." in done.out
    for told in ("Gabapentinoids: not supported", "Says p5.", "Says p4.", "Alpha 2005 (UK)"):
        assert told in done.out


def test_why_in_data_is_the_explanation(painrules: Command) -> None:
    """Other programs read it."""
    done = painrules("why", "gabapentinoids", "-c", "sciatica", "--pack", PACK, "--format", "json")

    told = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert [one["rule"] for one in told["decided_by"]] == ["p5"]


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_why_not_tells_what_would_bring_it(painrules: Command, form: str) -> None:
    """What is missing is named, with the rule that asks for it."""
    done = painrules(
        "why", "gabapentinoids", "--not", "--type", "chronic", "--pack", PACK, "--format", form
    )

    assert (done.code, done.err) == (0, "")
    assert "p4" in done.out


@pytest.mark.parametrize("negated", [[], ["--not"]])
def test_an_option_that_nobody_knows_is_told_with_the_nearest(
    painrules: Command, negated: list[str]
) -> None:
    """A typing mistake is mended at once."""
    done = painrules("why", "gabapentin", *negated, "--pack", PACK)

    assert done == (
        2,
        "",
        "painrules: 'gabapentin' is not a known intervention; did you mean 'gabapentinoids'?\n",
    )


# Looking up


@pytest.mark.parametrize("kind", [*KINDS, "rules"])
def test_every_kind_is_listed_in_every_format(painrules: Command, kind: str) -> None:
    """Data first: the same entries in text, Markdown and JSON, and a kind that is empty is no mistake."""
    pack = load_pack(PACK)
    names = [rule.id for rule in pack.rules] if kind == "rules" else list(getattr(pack, kind))

    text = painrules("list", kind, "--pack", PACK)
    table = painrules("list", kind, "--pack", PACK, "--format", "md")
    data = painrules("list", kind, "--pack", PACK, "--format", "json")

    assert {done.code for done in (text, table, data)} == {0}
    assert {done.err for done in (text, table, data)} == {""}
    assert [line.split()[0] for line in text.out.strip().split("\n") if line] == names
    assert re.findall(r"^\| `(\w+)` \|", table.out, re.MULTILINE) == names
    assert [entry["id"] for entry in json.loads(data.out)] == names


def test_a_kind_that_there_is_not_is_told_with_those_that_there_are(painrules: Command) -> None:
    """A list of what there is helps more than a no."""
    done = painrules("list", "recipes", "--pack", PACK)

    assert (done.code, done.out) == (2, "")
    assert "'interventions', 'conditions', 'factors'" in done.err


@pytest.mark.parametrize("form", ["text", "md"])
def test_an_entry_is_shown_with_all_that_rules_say_of_it(painrules: Command, form: str) -> None:
    """From the entry to the rules, and from the rules to the source."""
    done = painrules("show", "nsaids", "--pack", PACK, "--format", form)

    assert (done.code, done.err) == (0, "")
    for told in ("NSAIDs", "p11", "c1", "c2", "Label 2005"):
        assert told in done.out


@pytest.mark.parametrize(
    "name", ["p1", "i1", "c2", "s1", "f1", "alpha", "sciatica", "asthma", "saddle_numbness"]
)
def test_anything_with_an_id_can_be_shown(painrules: Command, name: str) -> None:
    """Rules of each kind, sources, conditions, factors, red flags."""
    text = painrules("show", name, "--pack", PACK)
    data = painrules("show", name, "--pack", PACK, "--format", "json")

    assert (text.code, text.err, data.code, data.err) == (0, "", 0, "")
    assert f"id: {name}" in text.out
    assert [entry["id"] for entry in json.loads(data.out).values()] == [name]


def test_an_entry_that_nobody_knows_is_told_with_the_nearest(painrules: Command) -> None:
    """Ids are long, and easily misspelt."""
    done = painrules("show", "saddle_numb", "--pack", PACK)

    assert done == (
        2,
        "",
        "painrules: 'saddle_numb' is not a known entry or rule; did you mean 'saddle_numbness'?\n",
    )


# Checking

SOUND = {
    "pack.yaml": "id: sound\ntitle: Sound\nversion: 1.0.0\ndate: 2026-01-01\ncategories: [care]\n",
    "all.yaml": """\
sources:
  - {id: alpha, title: Alpha, issuer: Alpha, jurisdiction: UK, year: 2005, kind: guideline}
categories:
  - {id: care, label: Care, sources: alpha}
interventions:
  - {id: exercise, label: Exercise, category: care, domains: [biological], summary: Moving the body., sources: alpha}
positions:
  - id: rule
    source: alpha
    option: exercise
    stance: supports
    because: It says so.
    examples: {fires: [{pain_type: acute}]}
cases:
  - {id: right, sentence: Chronic pain., profile: {pain_type: chronic}, expect: {listed: exercise}}
""",
}
"""A pack in which everything is as it should be."""


def test_a_pack_without_a_problem_is_counted(painrules: Command, tmp_path: Path) -> None:
    """The counts are data; the digest is a note."""
    (tmp_path / "sound").mkdir()
    for name, text in SOUND.items():
        (tmp_path / "sound" / name).write_text(text, encoding="utf-8")

    assert painrules("check", tmp_path / "sound") == (
        0,
        "rule pack 'sound' 1.0.0 has no problems: 1 rules, 1 interventions, 1 cases\n",
        f"digest {load_pack(tmp_path / 'sound').digest}\n",
    )


def test_the_problems_of_a_pack_are_findings(painrules: Command, tmp_path: Path) -> None:
    """They are what was asked for, so they are data, and the status is 1."""
    folder = tmp_path / "draft"
    shutil.copytree(HERE / "packs" / "base", folder)
    shutil.copytree(MALFORMED / "option_misspelt", folder, dirs_exist_ok=True)
    expected = (MALFORMED / "option_misspelt" / "expected.txt").read_text(encoding="utf-8")

    assert painrules("check", folder) == (1, expected, "")


def test_a_case_that_does_not_come_out_is_a_finding(painrules: Command, tmp_path: Path) -> None:
    """Cases are the tests of people who do not program."""
    folder = tmp_path / "draft"
    shutil.copytree(HERE / "packs" / "base", folder)
    (folder / "cases.yaml").write_text(
        "cases:\n"
        "  - {id: wrong, sentence: Chronic pain., profile: {pain_type: chronic}, expect: {not_listed: exercise}}\n",
        encoding="utf-8",
    )

    done = painrules("check", folder)

    assert (done.code, done.err) == (1, "")
    assert "case 'wrong': exercise is listed" in done.out


def test_what_is_found_stands_with_its_place_a_way_to_mend_it_and_a_profile(
    painrules: Command, tmp_path: Path
) -> None:
    """An author can mend a pack without asking anyone."""
    folder = tmp_path / "sound"
    folder.mkdir()
    rules = SOUND["all.yaml"].replace(
        "cases:",
        """\
  - id: again
    when: {pain_type: acute}
    source: alpha
    option: exercise
    stance: supports
    because: It says so again.
    examples: {fires: [{pain_type: acute}]}
cases:""",
    )
    for name, text in {**SOUND, "all.yaml": rules}.items():
        (folder / name).write_text(text, encoding="utf-8")

    done = painrules("check", folder, "--prove")

    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("""\
sound/all.yaml:14:5: warning: rule 'again' adds nothing: wherever it is in force, 'rule' of the same source says \
the same [subsumed_rule]
    hint: take it out, or say what it adds
    shown by: explore(pain_type='acute') - 'again' is in force, and 'rule' too
sound/all.yaml:20:15: warning: rule 'again' has no near miss [no_example]
    hint: add examples: fires, and spares
proof: dead_rule: 2 asked, proved
""")
    assert done.out.endswith(
        "rule pack 'sound' 1.0.0 has 2 warnings: 2 rules, 1 interventions, 1 cases\n"
    )


def test_findings_as_data(painrules: Command, tmp_path: Path) -> None:
    """Editors and build servers read them."""
    folder = tmp_path / "draft"
    shutil.copytree(HERE / "packs" / "base", folder)
    loaded = json.loads(painrules("check", folder, "--prove", "--format", "json").out)["report"]
    shutil.copytree(MALFORMED / "option_misspelt", folder, dirs_exist_ok=True)
    refused = json.loads(painrules("check", folder, "--format", "json").out)["report"]

    assert loaded["findings"][0]["finding"] == "no_example"
    assert {proof["about"] for proof in loaded["proofs"]} >= {"dead_rule", "contradiction", "gap"}
    assert [one["finding"] for one in refused["findings"]] == ["unknown_id"]


def test_packs_that_differ_end_with_status_one(painrules: Command, tmp_path: Path) -> None:
    """So that a build can tell without reading."""
    for name, line in (("old", "line: first"), ("new", "line: second")):
        (tmp_path / name).mkdir()
        for file, text in SOUND.items():
            content = text.replace("    stance: supports\n", f"    stance: supports\n    {line}\n")
            (tmp_path / name / file).write_text(content, encoding="utf-8")

    same = painrules("diff", tmp_path / "old", tmp_path / "old")
    other = painrules("diff", tmp_path / "old", tmp_path / "new")
    table = painrules("diff", tmp_path / "old", tmp_path / "new", "--format", "md")
    data = painrules("diff", tmp_path / "old", tmp_path / "new", "--format", "json")

    assert (same.code, same.out.splitlines()[1:]) == (0, ["nothing differs"])
    assert (other.code, table.code, data.code) == (1, 1, 1)
    assert "exercise: line first -> second\n    for any profile\n" in other.out
    assert "| exercise | line | first | second | any profile (`explore()`) |" in table.out
    assert json.loads(data.out)["options"][0]["regions"][0]["call"] == "explore()"


def test_a_pack_that_cannot_be_compared_is_a_question_of_usage(painrules: Command) -> None:
    """Status 1 would say that something differs."""
    done = painrules("diff", "core", "no/such/folder")

    assert (done.code, done.out) == (2, "")
    assert "'no/such/folder' is neither a folder nor 'core'" in done.err


@pytest.mark.parametrize("folder", ["no/such/folder", HERE / "test_cli.py"])
def test_a_folder_that_is_none_is_a_question_of_usage(
    painrules: Command, folder: str | Path
) -> None:
    """Nothing was found, because nothing was looked at: that is not a finding."""
    done = painrules("check", folder)

    assert (done.code, done.out) == (2, "")
    assert "Invalid value for '[FOLDER]'" in done.err


@pytest.mark.parametrize(
    "command", [["explore"], ["why", "exercise"], ["list", "goals"], ["show", "exercise"]]
)
def test_a_pack_that_cannot_be_loaded_is_unusable_input(
    painrules: Command, command: list[str], tmp_path: Path
) -> None:
    """Whoever explores asked for a result, and there is none."""
    (tmp_path / "empty").mkdir()

    told = (
        "painrules: rule pack 'empty' has 1 problem\n"
        "empty/pack.yaml: this file is missing\n"
        "    hint: it says id, title, version and date of the pack\n"
    )
    assert painrules(*command, "--pack", tmp_path / "empty") == (2, "", told)


# Schemas


def test_the_schema_of_each_list_is_printed(painrules: Command) -> None:
    """Editors check rules while they are written."""
    for kind in ("", *KINDS, "pack", "file"):
        done = painrules("schema", *filter(None, [kind]))

        assert (done.code, done.err) == (0, "")
        assert json.loads(done.out)["$schema"].startswith("https://json-schema.org/")


def test_a_schema_that_there_is_not_is_told_with_the_nearest(painrules: Command) -> None:
    """As for any other word."""
    assert painrules("schema", "position") == (
        2,
        "",
        "painrules: 'position' is not a known list of a pack; did you mean 'positions'?\n",
    )


def test_schemas_are_written_whole_or_not_at_all(painrules: Command, tmp_path: Path) -> None:
    """Files are written under another name first, and nothing of that is left."""
    done = painrules("schema", "-o", tmp_path / "schemas")

    written = sorted(path.name for path in (tmp_path / "schemas").iterdir())
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{len(written)} schemas written to {tmp_path / 'schemas'}\n"
    assert "positions.schema.json" in written
    assert all(name.endswith(".schema.json") and not name.startswith(".") for name in written)


def test_a_place_that_cannot_be_written_to_is_told(painrules: Command, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "schemas").write_text("", encoding="utf-8")

    done = painrules("schema", "-o", tmp_path / "schemas" / "inner")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("painrules: ")
    assert done.err.count("\n") == 1


# Help


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_has_examples(painrules: Command, name: str, flag: str) -> None:
    """An example says more than a list of options; each stands on a line of its own."""
    done = painrules(*filter(None, [name]), flag)

    assert (done.code, done.err) == (0, "")
    examples = re.findall(r"^ +painrules .*$", done.out.partition("Examples:\n")[2], re.MULTILINE)
    assert examples
    assert all(name in example for example in examples)
    assert "\\b" not in done.out


def examples_of_help() -> list[str]:
    """Every example that help shows, needs nothing but the pack that ships, and is done soon."""
    found = []
    for name in ("", *COMMANDS):
        command: click.Command = cli.commands[name] if name else cli
        lines = (line.strip() for line in (command.help or "").split("\n"))
        found += [line for line in lines if line.startswith("painrules ")]
    return sorted({line for line in found if not re.search(r"/|>| -o|\bcheck$", line)})


@pytest.mark.parametrize("example", examples_of_help())
def test_the_examples_of_help_run(painrules: Command, example: str) -> None:
    """The first thing that anybody tries is the example."""
    done = painrules(*shlex.split(example)[1:])

    assert (done.code, done.err) == (0, "")
    assert done.out


def test_no_command_at_all_shows_the_help(painrules: Command) -> None:
    """Whoever types the name alone wants to know what there is."""
    done = painrules()

    assert (done.code, done.out) == (2, "")
    assert "Examples:" in done.err


def test_a_command_that_there_is_not_is_told(painrules: Command) -> None:
    """And where to read on."""
    done = painrules("cure")

    assert (done.code, done.out) == (2, "")
    assert "No such command 'cure'" in done.err


def test_the_version_is_told(painrules: Command) -> None:
    """It belongs into every report of a problem."""
    done = painrules("--version")

    assert done == (0, f"painrules, version {painrules_version}\n", "")


# Whatever is typed

STRANGE = (
    "",
    " ",
    "-",
    "--",
    "-x",
    "=",
    "a=b",
    "\x1b[31mred",
    "\u202eright",
    "\udcff",
    "{}",
    "%s%n",
    "$(id)",
    "../../etc/passwd",
    "/dev/null",
    "x" * 10_000,
    "💥",
    "1e999",
    "\t\r\n",
)


@pytest.mark.parametrize("word", STRANGE, ids=ascii)
@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_is_typed_is_answered_or_refused(
    painrules: Command, name: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, and a status that says what it was, for any word in any place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands, "core_pack", lambda: load_pack(PACK))
    own = (
        ["--pack", str(PACK)]
        if any(o.name == "pack_path" for o in cli.commands[name].params)
        else []
    )
    options = [
        o.opts[-1]
        for o in cli.commands[name].params
        if isinstance(o, click.Option) and not o.is_flag and o.name not in {"pack_path", "output"}
    ]
    tries = [[word], [word, word], *([option, word] for option in options)]
    if "/" not in word and any(o.name == "output" for o in cli.commands[name].params):
        tries.append(["-o", word])  # within the folder of this test
    for arguments in tries:
        done = painrules(name, *arguments, *own)
        assert done.code in {0, 1, 2}, arguments
        assert "Traceback" not in done.err
        assert done.out or done.err
    if own:
        done = painrules(name, "--pack", word)
        assert done.code == 2
        assert "Traceback" not in done.err


# As a process


def test_the_module_runs_as_the_command_does() -> None:
    """Where scripts are not on the path, `python -m painrules` is."""
    done = process("explore", "--type", "chronic", "--pack", PACK, "--format", "json")

    assert (done.code, done.err) == (0, "")
    assert Result.from_json(done.out).listed == ("exercise",)


def test_warnings_are_not_let_out() -> None:
    """A warning of a library underneath says nothing to who runs the command."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "painrules", "schema"],
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    ["schema file", f"list rules --pack {PACK}", f"explore --format html --pack {PACK}", "-h"],
)
def test_a_reader_that_has_gone_is_no_mistake(arguments: str) -> None:
    """`painrules ... | head -1` ends without a word."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "painrules", *shlex.split(arguments)],
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    finally:
        os.close(write)

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_early_gets_its_line() -> None:
    """The whole pipeline, as people type it."""
    command = f"{shlex.quote(sys.executable)} -m painrules schema file | head -1"
    done = subprocess.run(  # noqa: S602 - our own command
        command, shell=True, capture_output=True, check=False, timeout=120
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"{\n", b"")


def test_a_terminal_without_signs_gets_words_all_the_same() -> None:
    """An old code page has no tick; the command must not break off because of it."""
    done = process("explore", "--type", "chronic", "--pack", PACK, PYTHONIOENCODING="cp1252")

    assert (done.code, done.err) == (0, "")
    assert "\\u2713 Exercise" in done.out


def test_no_standard_output_at_all_is_no_mistake() -> None:
    """Some services start programs without one."""
    command = f"{shlex.quote(sys.executable)} -m painrules schema >&-"
    done = subprocess.run(  # noqa: S602 - our own command
        command, shell=True, capture_output=True, check=False, timeout=120
    )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    """Half a result must not look like a whole one."""
    command = f"{shlex.quote(sys.executable)} -m painrules schema > /dev/full"
    done = subprocess.run(  # noqa: S602 - our own command
        command, shell=True, capture_output=True, check=False, encoding="utf-8", timeout=120
    )

    assert done.returncode == 2
    assert done.stderr == "painrules: output: No space left on device\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_offered_to_each_shell(shell: str) -> None:
    """The line in the help, evaluated, makes the shell ask for words."""
    script = shutil.which("painrules", path=Path(sys.executable).parent)
    assert script
    done = subprocess.run(  # noqa: S603 - our own command
        [script],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "_PAINRULES_COMPLETE": f"{shell}_source"},
        timeout=120,
    )

    assert done.returncode == 0
    assert "painrules" in done.stdout
    assert f"{shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("line", "begun", "words"),
    [
        ("painrules ", "", ["explore", "why", "list", "show", "check", "schema"]),
        ("painrules explore --type ", "c", ["chronic", "cancer"]),
        ("painrules explore -m ", "noci", ["nociceptive", "nociplastic"]),
        ("painrules explore --format ", "", ["text", "md", "html", "json"]),
        ("painrules list ", "inter", ["interventions"]),
    ],
)
def test_words_are_completed(line: str, begun: str, words: list[str]) -> None:
    """Long ids are offered, and so are the few words of the model."""
    script = shutil.which("painrules", path=Path(sys.executable).parent)
    assert script
    done = subprocess.run(  # noqa: S603 - our own command
        [script],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={
            **os.environ,
            "_PAINRULES_COMPLETE": "bash_complete",
            "COMP_WORDS": line + begun,
            "COMP_CWORD": str(len(line.split())),
        },
        timeout=120,
    )

    offered = [item.split(",")[1] for item in done.stdout.split()]
    assert (done.returncode, done.stderr) == (0, "")
    assert set(words) <= set(offered)
    assert all(word.startswith(begun) for word in offered)
