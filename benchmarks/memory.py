"""Whether memory grows with the number of explorations: ``python benchmarks/memory.py``.

Different profiles, each explored with all statuses, and thrown away. What is remembered between explorations is
bounded, so after the first few thousand next to nothing may be added any more.
"""

import argparse
import gc
import tracemalloc
from itertools import islice
from pathlib import Path

from generated import pack as made_pack
from generated import profiles as made_profiles
from one_exploration import statuses

from painrules import Explorer, Pack, Profile, core_pack
from painrules.testing.grid import grid

FIRST = 2_000
PAGES = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks"


def resident() -> float:
    """What the process holds in memory now, in MiB; 0 where the system does not say."""
    try:
        line = Path("/proc/self/status").read_text(encoding="utf-8").partition("VmRSS:")[2]
    except OSError:
        return 0
    return int(line.split()[0]) / 1024


def grown(pack: Pack, people: list[Profile], calls: int) -> tuple[float, float]:
    """How much the process has grown, and then the heap of Python over a tenth of the calls, in MiB."""
    explorer = Explorer(pack)
    for number in range(FIRST):
        statuses(explorer, people[number % len(people)])
    gc.collect()
    before = resident()
    for number in range(calls):
        statuses(explorer, people[(FIRST + number) % len(people)])
    gc.collect()
    process = resident() - before
    tracemalloc.start()
    for number in range(calls // 10):
        statuses(explorer, people[(FIRST + number) % len(people)])
    gc.collect()
    heap, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return process, heap / 2**20


def main() -> None:
    """Measures, prints, and writes what the page shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("calls", type=int, nargs="?", default=50_000)
    parser.add_argument("--write", action="store_true", help="write the text for the page")
    wanted = parser.parse_args()
    core = core_pack()
    packs = {
        "300 generated rules": (made_pack(300), made_profiles(10_000), wanted.calls),
        f"core, {len(core.rules):,} rules": (
            core,
            list(islice(grid(core), 0, None, 7)),
            wanted.calls // 5,
        ),
    }
    text = [f"growth in MiB, after the first {FIRST:,} explorations"]
    print(text[0])
    for name, (pack, people, calls) in packs.items():
        process, heap = grown(pack, people, calls)
        text.append(
            f"{name:20} process {process:6.2f} over {calls:,}   heap {heap:6.2f} over {calls // 10:,}"
        )
        print(text[-1], flush=True)
    if wanted.write:
        PAGES.mkdir(exist_ok=True)
        (PAGES / "memory.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
