"""What the types promise: right code passes, and each kind of mistake is met before anything runs."""

import re
from pathlib import Path

from mypy import api

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RIGHT = HERE / "right.py"
WRONG = sorted((HERE / "wrong").glob("*.py"))
ERROR = re.compile(r"^(.+?):(\d+): error: ", re.MULTILINE)


def errors_in(files: list[Path], cache: Path) -> dict[str, set[int]]:
    """The lines in which a strict type checker finds errors, by file; all files at once, for that is quicker."""
    options = ["--strict", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(cache)]
    told, broken, _ = api.run([*options, *map(str, files)])
    assert broken == ""
    found: dict[str, set[int]] = {}
    for name, line in ERROR.findall(told):
        found.setdefault(Path(name).resolve().name, set()).add(int(line))
    return found


def marked_in(file: Path) -> set[int]:
    """The lines that are wrong on purpose."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}


def test_right_code_passes_and_each_mistake_is_met_on_its_line(tmp_path: Path) -> None:
    """A misspelt word is an error in the editor; types that are in the way of right code are worse than none."""
    expected = {file.name: marked_in(file) for file in WRONG}

    assert errors_in([RIGHT, *WRONG], tmp_path) == expected


def test_there_is_wrong_code_of_each_kind() -> None:
    """A file that is lost, or marks nothing, would take its check with it."""
    assert {"misspelt_pain_type", "misspelt_mechanism", "misspelt_outcome"} <= {
        file.stem for file in WRONG
    }
    assert [file.stem for file in WRONG if not marked_in(file)] == []
