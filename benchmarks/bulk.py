"""Many profiles at once, beside a loop over `explore`: ``python benchmarks/bulk.py``.

A cohort is generated into a file of Parquet, 300 rules are made; each size runs in a process of its own, so that its
peak of memory is its own. ``file`` reads and writes a file (`Explorer.explore_file`), ``frame`` takes a frame of Polars
in memory. `wide` has the status of each option in a column; `long` a row for each option with seven fields. The loop
reads the statuses of all options, which is less than `long` gives.

Rows are of two kinds: in ``few`` only five factors vary, so that profiles come again; in ``all`` all twenty-five do,
so that nearly each row is new.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from generated import CONDITIONS, FACTORS, MECHANISMS, TYPES
from generated import pack as made_pack
from picture import lines

from painrules import Explorer, Mode

PAGES = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks"
RULES = 300
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
LOOP = 2_000
"""How many rows the loop takes; its time for a row does not depend on that."""


def cohort(rows: int, kind: str, seed: int = 1) -> pl.DataFrame:
    """Rows of profiles."""
    draw = np.random.default_rng(seed)

    def words(names: list[str]) -> pl.Series:
        return pl.Series(names, dtype=pl.String).gather(draw.integers(0, len(names), rows))

    columns: dict[str, Any] = {
        "person": np.arange(rows),
        "pain_type": words(TYPES),
        "mechanism": words(MECHANISMS),
        "condition": words([f"c{number:02d}" for number in range(CONDITIONS)]),
        "age": draw.integers(0, 95, rows).astype(np.int16) // (1 if kind == "all" else 10) * 1,
        "duration_months": draw.integers(0, 60, rows).astype(np.int16)
        // (1 if kind == "all" else 12),
        "severity": draw.integers(0, 11, rows).astype(np.int16) // (1 if kind == "all" else 3),
    }
    for number in range(FACTORS if kind == "all" else 5):
        known = draw.integers(0, 3, rows)
        there = pl.Series(known == 1)
        columns[f"f{number:02d}"] = there.set(pl.Series(known == 2), None)
    return pl.DataFrame(columns)


def loop(frame: pl.DataFrame) -> float:
    """Seconds for a row, one exploration after the other."""
    explorer = Explorer(made_pack(RULES))
    rows = []
    for row in frame.head(LOOP).iter_rows(named=True):
        facts = {name: row[name] for name in ("pain_type", "mechanism", "condition", "age")}
        facts |= {name: row[name] for name in ("duration_months", "severity")}
        facts["present"] = [name for name in row if name[0] == "f" and row[name] is True]
        facts["absent"] = [name for name in row if name[0] == "f" and row[name] is False]
        rows.append(facts)
    for facts in rows[:50]:
        explorer.explore(**facts)
    start = time.perf_counter()
    for facts in rows:
        result = explorer.explore(**facts)
        _ = result.mode is Mode.EXPLORE
        for option in result.options:
            _ = option.status
    return (time.perf_counter() - start) / len(rows)


def one(way: str, layout: str, path: Path) -> dict[str, float]:
    """Seconds and the peak of memory of one way."""
    explorer = Explorer(made_pack(RULES))
    if way == "loop":
        return {"seconds": loop(pl.read_parquet(path, n_rows=LOOP))}
    if way == "file":
        start = time.perf_counter()
        explorer.explore_file(path, path.with_suffix(".out.parquet"), layout=layout, progress=False)  # type: ignore[arg-type]
    else:
        frame = pl.read_parquet(path)
        start = time.perf_counter()
        explorer.explore_frame(frame, layout=layout, progress=False)  # type: ignore[arg-type]
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "mib": peak()}


def peak() -> float:
    """The most memory that this process has held, in MiB; what its parent held does not count."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def apart(*arguments: object) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


WAYS = (("file", "wide"), ("frame", "wide"), ("file", "long"))


def main() -> None:
    """Measures, prints, and writes what the page shows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--one", nargs=3, metavar=("WAY", "LAYOUT", "PATH"))
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--write", action="store_true", help="write text and pictures for the page")
    wanted = parser.parse_args()
    if wanted.one:
        way, layout, path = wanted.one
        print(json.dumps(one(way, layout, Path(path))))
        return
    text = [f"{RULES} rules, Python {sys.version.split()[0]}, Polars {pl.__version__}"]
    print(text[0], flush=True)
    series: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.parquet"
        for kind in ("few", "all"):
            cohort(LOOP, kind).write_parquet(path)
            row = apart("loop", "-", path)["seconds"]
            said = f"{kind}: a loop over explore() takes {row * 1e6:.0f} us a row, {1 / row:,.0f} rows/s"
            text += [
                "",
                said,
                "       rows  way    layout    seconds        rows/s   times the loop   peak MiB",
            ]
            print("\n".join(text[-2:]), flush=True)
            for size in (size for size in SIZES if size <= wanted.most):
                cohort(size, kind).write_parquet(path)
                for way, layout in WAYS:
                    if layout == "long" and size > 1_000_000:
                        continue
                    found = apart(way, layout, path)
                    speed = size / found["seconds"]
                    text.append(
                        f"{size:11,}  {way:6} {layout:6}{found['seconds']:11.1f}{speed:14,.0f}"
                        f"{speed * row:17.1f}{found['mib']:11,.0f}"
                    )
                    print(text[-1], flush=True)
                    series.setdefault(f"{way}, {layout}, {kind}", []).append((size, speed))
    if wanted.write:
        PAGES.mkdir(exist_ok=True)
        (PAGES / "bulk.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
        shown = {name: series[name] for name in series if not name.startswith("frame")}
        lines(PAGES / "bulk.svg", "Rows a second", "rows in the file", shown)


if __name__ == "__main__":
    main()
