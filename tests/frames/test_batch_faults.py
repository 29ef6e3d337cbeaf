"""What goes wrong while a file is explored into another: what was there is still there, and nothing is half written."""

import csv
import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from painrules.cli.commands import run

PACK = Path(__file__).parents[1] / "conformance" / "pack"
posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits as POSIX has them")


@pytest.fixture(name="cohort")
def _cohort(tmp_path: Path) -> Path:
    pytest.importorskip("polars")
    path = tmp_path / "in.csv"
    rows = ["chronic,=1+1", "chronic,-5", "acute,@x", 'cancer,"-x, y"']
    path.write_text("pain_type,=note\n" + "\n".join(rows * 200), encoding="utf-8")
    return path


def batch(*arguments: object) -> int:
    sys.argv = ["painrules", "batch", *map(str, arguments), "--pack", str(PACK), "--quiet"]
    return run()


def in_a_process(before: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """The command, after some code."""
    words = ["batch", *map(str, arguments), "--pack", str(PACK), "--quiet"]
    code = f"{before}\nfrom painrules.cli import main\nmain()\n"
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(autouse=True)
def _arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [])


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
"""


@posix
def test_a_file_that_does_not_fit_is_told_and_leaves_the_old_one(
    cohort: Path, tmp_path: Path
) -> None:
    """As on a full disk: the message names the file that was to be written, not the one that was read."""
    out = tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")

    done = in_a_process(FULL, cohort, "-o", out, "--keep", "=note")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"painrules: {out}: File too large\n"
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", out.name]


STOPPED = """
import os, signal
from painrules.frames import files
def stop(*_):
    os.kill(os.getpid(), signal.{signal})
    signal.pause()
files._sink = stop
"""


@posix
@pytest.mark.parametrize("kind", ["SIGINT", "SIGKILL"])
def test_what_is_stopped_leaves_the_old_file(kind: str, cohort: Path, tmp_path: Path) -> None:
    """Ctrl-C leaves nothing else; what is killed may leave a file whose name begins with a dot and ends in `.tmp`."""
    out = tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")

    done = in_a_process(STOPPED.format(signal=kind), cohort, "-o", out)

    assert done.returncode == (130 if kind == "SIGINT" else -signal.SIGKILL)
    assert "Traceback" not in done.stderr
    assert out.read_text(encoding="utf-8") == "old"
    left = {path.name for path in tmp_path.iterdir()} - {"in.csv", "out.csv"}
    assert not left if kind == "SIGINT" else all(name.endswith(".tmp") for name in left)


@posix
def test_what_is_no_file_is_not_replaced(
    cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe would wait for a reader."""
    os.mkfifo(tmp_path / "pipe.csv")

    assert batch(cohort, "-o", tmp_path / "pipe.csv") == 2
    assert "pipe.csv: is not a file" in capsys.readouterr().err


@posix
def test_a_link_is_replaced_and_rights_are_kept(cohort: Path, tmp_path: Path) -> None:
    """What the link leads to is left alone; what was private stays so."""
    aim, link, private = tmp_path / "aim.csv", tmp_path / "link.csv", tmp_path / "private.csv"
    aim.write_text("old", encoding="utf-8")
    link.symlink_to(aim)
    private.write_text("old", encoding="utf-8")
    private.chmod(0o600)

    for out in (link, private):
        assert batch(cohort, "-o", out) == 0

    assert (aim.read_text(encoding="utf-8"), link.is_symlink()) == ("old", False)
    assert private.stat().st_mode & 0o777 == 0o600


def test_a_name_of_the_greatest_length_is_written(cohort: Path, tmp_path: Path) -> None:
    """The temporary name is shorter than that."""
    out = tmp_path / ("x" * 250 + ".csv")

    assert batch(cohort, "-o", out) == 0
    assert out.is_file()


def test_a_spreadsheet_works_nothing_out(cohort: Path, tmp_path: Path) -> None:
    """Cells that are kept may come from anywhere; numbers stay numbers, and other kinds of files are as given."""
    out = tmp_path / "out.csv"

    assert batch(cohort, "-o", out, "--keep", "=note") == 0

    head, *rows = csv.reader(StringIO(out.read_text(encoding="utf-8")))
    assert head[:2] == ["row", "'=note"]
    assert {row[1] for row in rows} == {"'=1+1", "-5", "'@x", "'-x, y"}
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@" and cell]

    assert batch(cohort, "-o", tmp_path / "out.ndjson", "--keep", "=note") == 0
    assert '"=1+1"' in (tmp_path / "out.ndjson").read_text(encoding="utf-8")
