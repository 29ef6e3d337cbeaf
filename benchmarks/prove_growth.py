"""How long it takes to prove a pack, and how that grows: ``python benchmarks/prove_growth.py``.

Seeded packs of 300, 3,000 and 10,000 rules, as real rules look, are looked at and proved; the core pack too. Times are
those of the processor, in seconds. The exit status is 1 if 300 rules take more than one second, if 3,000 take more than
ten, or if anything is not decided.
"""

import sys
import time
from collections.abc import Iterator

from generated import pack as generated

from painrules import core_pack
from painrules.check import Report, prove_pack
from painrules.check.static.run import looked_at
from painrules.check.subject import Subject
from painrules.model.pack import Pack

LIMITS = {300: 1.0, 3_000: 10.0}
"""Seconds allowed for so many rules."""
SIZES = (300, 3_000, 10_000)


def measured(pack: Pack) -> tuple[float, float, Report]:
    """Seconds to look, seconds to prove, and what the proofs say."""
    start = time.process_time()
    sum(1 for _ in looked_at(Subject(pack)))
    looked = time.process_time()
    report = prove_pack(pack)
    return looked - start, time.process_time() - looked, report


def packs(sizes: tuple[int, ...]) -> Iterator[tuple[str, Pack]]:
    """The packs that are measured, by name."""
    for size in sizes:
        yield f"{size:,} generated rules", generated(size)
    core = core_pack()
    yield f"core, {len(core.rules):,} rules", core


def main(arguments: list[str]) -> int:
    """Measures, prints a table, and says whether the limits hold."""
    sizes = tuple(map(int, arguments)) or SIZES
    slow = 0
    print("| pack | look, s | prove, s | questions | found | not decided |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, pack in packs(sizes):
        looked, proved, report = measured(pack)
        asked = sum(proof.asked for proof in report.proofs)
        open_ = sum(len(proof.undecided) for proof in report.proofs)
        found = sum(proof.found for proof in report.proofs)
        print(
            f"| {name} | {looked:.2f} | {proved:.2f} | {asked:,} | {found:,} | {open_} |",
            flush=True,
        )
        slow += looked + proved > LIMITS.get(len(pack.rules), float("inf")) or open_ > 0
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
