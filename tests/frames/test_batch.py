"""`painrules batch`: files in, files out."""

import sys
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

from painrules.cli.commands import run

CSV = "who,pain_type,condition,age,tried\n007,chronic,sciatica,70,\n008,Acute,,,exercise=helped\n"
PACK = Path(__file__).parent.parent / "conformance" / "pack"


@pytest.fixture(name="cohort")
def _cohort(tmp_path: Path) -> Path:
    path = tmp_path / "cohort.csv"
    path.write_text(CSV)
    return path


def batch(*arguments: object) -> int:
    """The exit status of the command."""
    words = ["painrules", "batch", *map(str, arguments), "--pack", str(PACK)]
    with patch.object(sys, "argv", words):
        return run()


@pytest.mark.parametrize("kind", ["parquet", "csv", "ndjson"])
def test_every_kind_of_file_goes_in_and_comes_out(
    kind: str, cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answers are the same, whatever they are written in."""
    frame = pl.read_csv(cohort, infer_schema=False)
    given, out = tmp_path / f"given.{kind}", tmp_path / f"out.{kind}"
    getattr(frame, f"write_{kind}")(given)

    assert (
        batch(given, "-o", out, "--layout", "wide", "--option", "exercise", "--option", "nsaids")
        == 0
    )

    read = {"csv": pl.read_csv, "ndjson": pl.read_ndjson, "parquet": pl.read_parquet}[kind]
    found = read(out, infer_schema=False) if kind == "csv" else read(out)  # type: ignore[operator]
    assert found.select("who", "exercise", "nsaids").rows() == [
        ("007", "supported", "not_mentioned"),
        ("008", "supported", "supported"),
    ]
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith(f"2 rows written to {out}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        {"cohort.csv", given.name, out.name}
    )


def test_a_parquet_file_says_where_it_comes_from(cohort: Path, tmp_path: Path) -> None:
    """The whole notice stands in its metadata."""
    out = tmp_path / "out.parquet"
    assert batch(cohort, "-o", out, "--quiet") == 0

    said = pl.read_parquet_metadata(out)
    assert said["painrules.pack"].startswith("conformance 1.0.0 ")
    assert said["painrules.notice"]


def test_a_bad_row_leaves_nothing_behind_or_is_noted(
    cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never half a file; with --on-error collect the status says that there were some."""
    cohort.write_text(CSV.replace("70", "700"))
    out = tmp_path / "out.ndjson"

    assert batch(cohort, "-o", out) == 2
    assert not out.exists()
    assert "row 0: age: 700 is not between 0 and 130" in capsys.readouterr().err
    assert batch(cohort, "-o", out, "--on-error", "collect", "--layout", "wide") == 1
    assert pl.read_ndjson(out)["problem"].to_list() == ["age: 700 is not between 0 and 130", None]
    assert "1 of them are no profiles" in capsys.readouterr().err


def test_what_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name, a wrong kind, a file that is none, a folder that is not there, a mapping without a column."""
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"no parquet")
    for arguments, told in (
        ((tmp_path / "none.csv", "-o", tmp_path / "x.csv"), "none.csv: there is no such file"),
        ((tmp_path / "none.xls", "-o", tmp_path / "x.csv"), "has to end with one of .parquet"),
        ((broken, "-o", tmp_path / "x.csv"), "broken.parquet: it cannot be read as parquet: "),
        ((broken, "-o", tmp_path / "no" / "x.csv"), "there is no folder"),
        ((broken, "-o", tmp_path / "x.csv", "--column", "age"), "write FACT=COLUMN"),
    ):
        assert batch(*arguments) == 2
        assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["broken.parquet"]


def test_columns_are_mapped_and_left_out(cohort: Path, tmp_path: Path) -> None:
    """As in Python: what a column says, then its name."""
    out = tmp_path / "out.csv"
    arguments = ("--column", "condition=", "--column", "duration_months=age", "--keep", "who")
    assert batch(cohort, "-o", out, "--layout", "wide", *arguments) == 0
    assert pl.read_csv(out)["gabapentinoids"].to_list() == ["not_mentioned"] * 2
