"""The pytest plugin on a user's pack: in another folder, about something else, with one option and no code."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KNOWN = any(one.name == "painrules" for one in entry_points(group="pytest11"))
"""Whether the installed painrules has the entry point already."""


def run(folder: Path, *options: str) -> tuple[int, str]:
    """Status and output of pytest in a folder."""
    plugin = [] if KNOWN else ["-p", "painrules.pytest_plugin"]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *plugin, "-p", "no:cacheprovider", "-v", *options],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent), "COLUMNS": "200"},
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(name="choir")
def _choir(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "choir", tmp_path / "choir")
    return tmp_path / "choir"


def test_a_pack_about_something_else_gets_examples_cases_findings_laws_and_coverage(
    choir: Path,
) -> None:
    """Whoever writes rules about anything gets all of it for nothing."""
    code, out = run(choir.parent, "--painrules-pack", "choir", "--painrules-cover", "100")

    assert code == 0, out
    assert "choir/choir.yaml::hum spares example 2 PASSED" in out
    assert "choir/choir.yaml::case singer PASSED" in out
    assert "choir::finds no contradiction PASSED" in out
    assert re.search(r"choir::law_09 .*contraindicated.* PASSED", out)
    assert "coverage of choir" in out
    assert "rules: 3 of 3 (100 %)" in out


def test_what_is_wrong_has_a_name_a_file_and_a_line(choir: Path) -> None:
    """And no traceback through a library that the author has not written."""
    rules = choir / "choir.yaml"
    text = rules.read_text(encoding="utf-8")
    text = text.replace("spares: [{condition: hoarseness}]", "spares: [{condition: lost_voice}]")
    text = text.replace("listed: [voice_rest, humming]", "listed: whispering")
    rules.write_text(text, encoding="utf-8")

    code, out = run(choir.parent, "--painrules-pack", "choir", "--painrules-points", "3")

    assert code == 1
    assert "choir/choir.yaml:23: whisper spares example 1\n" in out
    assert "rule 'whisper' is in force in this example" in out
    assert "choir/choir.yaml:25: case singer\nwhispering is not listed (not_supported" in out
    assert "Traceback" not in out


def test_a_pack_that_cannot_be_loaded_fails_with_the_message_of_the_loader(choir: Path) -> None:
    """It says where, what, and how to mend it."""
    rules = choir / "choir.yaml"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("option: humming", "option: huming"),
        encoding="utf-8",
    )

    code, out = run(choir.parent, "--painrules-pack", "choir")

    assert code == 1
    assert "choir/choir.yaml:12:13: rule 'hum', option: 'huming' is not a known intervention" in out


def test_without_the_option_nothing_happens(choir: Path) -> None:
    """A plugin that is installed must not touch the tests of those who do not ask for it."""
    (choir.parent / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    code, out = run(choir.parent)

    assert code == 0
    assert "1 passed" in out
    assert "choir" not in out.replace(str(choir.parent), "")
