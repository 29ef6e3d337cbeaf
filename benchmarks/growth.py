"""How cost grows with the size of a pack: ``python benchmarks/growth.py``.

Generated packs of 100 to 100,000 rules, each in a process of its own. Loading reads and checks YAML files; a pack may
hold half a million values in them, so there is a size at which it is refused. Making ready is what an `Explorer` does
once. Times are those of the processor; memory is what the process grows by.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generated import pack as made_pack
from generated import profiles as made_profiles
from memory import resident
from one_exploration import statuses
from picture import lines

from painrules import Explorer, Pack, RulePackError, load_pack
from painrules.testing.files import write_pack

SIZES = (100, 1_000, 10_000, 100_000)
PAGES = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks"
WAYS = {
    "load": "load the YAML, ms",
    "ready": "make ready, ms",
    "explore": "explore(), ms",
    "statuses": "and all statuses, ms",
}


def milliseconds(work: Callable[[], object]) -> float:
    """What one call takes."""
    gc.collect()
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def load(pack: Pack) -> float | None:
    """What it takes to load a pack from YAML; None: it is larger than a pack may be."""
    with tempfile.TemporaryDirectory() as folder:
        write_pack(pack, Path(folder) / "made")
        try:
            return milliseconds(lambda: load_pack(Path(folder) / "made"))
        except RulePackError:
            return None


def one(size: int) -> dict[str, float | None]:
    """Everything about one size."""
    people = made_profiles(60)
    pack = made_pack(size)
    loaded = load(pack)
    _ = [rule.level for rule in pack.rules], pack.digest
    gc.collect()
    before = resident()
    made: list[Explorer] = []
    ready = milliseconds(lambda: made.append(Explorer(pack)))
    explorer = made[0]
    first = milliseconds(lambda: statuses(explorer, people[0]))
    memory = resident() - before
    times: dict[str, list[float]] = {"explore": [], "statuses": []}
    for profile in people[1:]:
        times["explore"].append(milliseconds(lambda who=profile: explorer.explore(who)))  # type: ignore[misc]
        times["statuses"].append(milliseconds(lambda who=profile: statuses(explorer, who)))  # type: ignore[misc]
    return {
        "load": loaded,
        "ready": ready + first,
        "memory": memory,
        **{name: statistics.median(found) for name, found in times.items()},
    }


def main() -> None:
    """Measures, prints, and writes what the page shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, help="one size only, as JSON")
    parser.add_argument("--write", action="store_true", help="write text and picture for the page")
    wanted = parser.parse_args()
    if wanted.size:
        print(json.dumps(one(wanted.size)))
        return
    text = [f"{'rules':>8}{'load':>10}{'ready':>10}{'explore':>10}{'statuses':>10}   ms each"]
    text[0] += "   memory of the explorer, MiB"
    found = {}
    for size in SIZES:
        command = [sys.executable, __file__, "--size", str(size)]
        done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - this program
        row = found[size] = json.loads(done.stdout)
        cells = "".join(
            f"{'refused':>10}" if row[name] is None else f"{row[name]:10,.2f}" for name in WAYS
        )
        text.append(f"{size:8,}{cells}{row['memory']:20.1f}")
        print(text[-1] if len(text) > 2 else "\n".join(text), flush=True)
    if wanted.write:
        PAGES.mkdir(exist_ok=True)
        (PAGES / "growth.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
        series = {
            told: [(size, row[name]) for size, row in found.items() if row[name] is not None]
            for name, told in WAYS.items()
        }
        lines(PAGES / "growth.svg", "Cost by the size of a pack", "rules", series)


if __name__ == "__main__":
    main()
