"""Files of profiles in, files of answers out: streamed through, so that they may be larger than memory."""

import errno
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from painrules.errors import MissingExtraError, PainrulesError, printable
from painrules.files import new_beside
from painrules.frames.frame import Choice, planned
from painrules.frames.kernel import Source, about
from painrules.frames.lazy import polars_lazy
from painrules.frames.progress import Progress
from painrules.model.result import SCHEMA_VERSION

KINDS = {".parquet": "parquet", ".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}
"""The kinds of files, by how their names end."""


FORMULA = "^[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]"
"""How a cell begins that a spreadsheet takes for a formula."""
NUMBER = r"^[+-]?[0-9.,]+$"
"""What begins so too, and is only a number."""
_OF_SYSTEM = re.compile(r"os error ([0-9]+)")


class Written(NamedTuple):
    """What was written."""

    rows: int
    """How many rows."""
    bad: int
    """How many rows of them say that something is no profile."""


def explore_file(
    source: Source,
    path: Path,
    output: Path,
    choice: Choice,
    *,
    progress: bool | None = None,
) -> Written:
    """Explores each row of a file, and writes the answers: to another name first, so that there is never half a file.

    Args:
        source: What an explorer hands over.
        path: A file of Parquet, CSV (all cells are texts) or newline-delimited JSON.
        output: Where the answers go; the same kinds.
        choice: What is wanted.
        progress: Whether a bar is shown; left out, if standard error is a terminal.

    Raises:
        PainrulesError: If the file cannot be read, or a row is no profile and that is to be an error.
        MissingExtraError: If Polars is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        msg = "files need Polars; install it with: pip install polars"
        raise MissingExtraError(msg) from None
    kind, into = _kind(path), _kind(output)
    if not path.is_file():
        raise PainrulesError(f"{path}: there is no such file")
    if not output.parent.is_dir():
        raise PainrulesError(f"{output}: there is no folder {output.parent}")
    if output.exists() and not output.is_file():
        raise PainrulesError(f"{output}: is not a file")
    raised: list[PainrulesError] = []
    temporary = new_beside(output)
    try:
        frame = _scan(pl, path, kind)
        frame.collect_schema()
        plan, wrapped = planned(source, frame, choice)
        with Progress(_total(pl, frame, kind), shown=progress) as bar:
            answers = polars_lazy(source, plan, wrapped, bar=bar, raised=raised)
            _sink(answers, temporary, into, source)
        written = _counted(pl, temporary, into, collected=choice.on_error == "collect")
        temporary.replace(output)
    except (pl.exceptions.PolarsError, OSError) as error:
        if raised:
            raise raised[0] from None
        number = _OF_SYSTEM.search(str(error))
        if number or isinstance(error, OSError):  # a disk that is full, for one
            code = int(number[1]) if number else error.errno or errno.EIO  # type: ignore[union-attr]
            raise OSError(code, os.strerror(code), str(output)) from None
        what = printable((str(error).strip() or type(error).__name__).splitlines()[0][:300])
        raise PainrulesError(f"{path}: it cannot be read as {kind}: {what}") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return written


def _kind(path: Path) -> str:
    found = KINDS.get(path.suffix.lower())
    if found is None:
        names = ", ".join(KINDS)
        raise PainrulesError(f"{path}: the name of a file has to end with one of {names}")
    return found


def _scan(pl: Any, path: Path, kind: str) -> Any:  # noqa: ANN401 - a module, a lazy frame
    if kind == "parquet":
        return pl.scan_parquet(path)
    if kind == "csv":
        return pl.scan_csv(path, infer_schema=False)
    return pl.scan_ndjson(path, infer_schema_length=10_000)


def _total(pl: Any, frame: Any, kind: str) -> int | None:  # noqa: ANN401 - see _scan
    """How many rows there are, where that is known beforehand."""
    return int(frame.select(pl.len()).collect().item()) if kind == "parquet" else None


def _sink(answers: Any, path: Path, kind: str, source: Source) -> None:  # noqa: ANN401 - a lazy frame
    if kind == "csv":
        _cells(answers).sink_csv(path)
    elif kind == "ndjson":
        answers.sink_ndjson(path)
    else:
        pack = source.pack
        metadata: Mapping[str, str] = {
            "painrules": about(pack),
            "painrules.notice": pack.notice,
            "painrules.pack": f"{pack.id} {pack.version} {pack.digest}",
            "painrules.schema_version": SCHEMA_VERSION,
        }
        answers.sink_parquet(path, metadata=dict(metadata))


def _cells(answers: Any) -> Any:  # noqa: ANN401 - lazy frames
    """Answers as cells: a quote stands before what a spreadsheet would work out, so that it shows it instead."""
    import polars as pl  # noqa: PLC0415 - it is there, for the frame is one of its own

    schema = answers.collect_schema()
    kinds = (pl.String, pl.Categorical, pl.Enum)
    cells = {name: pl.col(name).cast(pl.String) for name, kind in schema.items() if kind in kinds}
    answers = answers.with_columns(
        pl.when(cell.str.contains(FORMULA) & ~cell.str.contains(NUMBER))
        .then(pl.lit("'") + cell)
        .otherwise(cell)
        .alias(name)
        for name, cell in cells.items()
    )
    heads = {name: f"'{name}" for name in schema if re.match(FORMULA, name)}
    return answers.rename(heads)


def _counted(pl: Any, path: Path, kind: str, *, collected: bool) -> Written:  # noqa: ANN401 - see _scan
    frame = _scan(pl, path, kind)
    asked = {"rows": pl.len()}
    if collected:
        asked["bad"] = pl.col("problem").is_not_null().sum()
    found = frame.select(**asked).collect().row(0, named=True)
    return Written(found["rows"], found.get("bad", 0))
