"""How long a process takes from nothing to the first answer: ``python benchmarks/cold_start.py``.

Each program runs in turn with one that imports pydantic and defines one small model, and what counts is the ratio, pair
by pair. Times are those of the processor, so that other work on the machine counts little. Modules are compiled to
bytecode first, as installing does.
"""

import argparse
import compileall
import resource
import statistics
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks"
YARDSTICK = "import pydantic\nclass Model(pydantic.BaseModel):\n    age: int\n"

PROGRAMS = {
    "import painrules": "import painrules",
    "first exploration": "import painrules; painrules.explore('chronic', 'neuropathic')",
    "and all statuses": (
        "import painrules\n"
        "for one in painrules.explore('chronic', 'neuropathic'): one.status, one.line, one.safety"
    ),
    "and why": "import painrules; painrules.explore('chronic', 'neuropathic').why('opioids')",
    "and all texts": "import painrules; str(painrules.explore('chronic', 'neuropathic'))",
}


def seconds(code: str) -> float:
    """What a process takes of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measures, prints, and writes what the page shows."""
    import painrules  # noqa: PLC0415 - to find where it lies

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=9)
    parser.add_argument("--write", action="store_true", help="write the text for the page")
    wanted = parser.parse_args()
    compileall.compile_dir(Path(painrules.__file__).parent, quiet=2)
    painrules.explore("chronic", "neuropathic")  # compiles the rules, if they have changed
    text = ["times `import pydantic` with one model: median [least .. most]"]
    print(text[0])
    for name, code in PROGRAMS.items():
        pairs = [(seconds(code), seconds(YARDSTICK)) for _ in range(wanted.rounds + 1)][1:]
        ratios = sorted(mine / yours for mine, yours in pairs)
        median = statistics.median(ratios)
        text.append(f"{name:20}{median:6.2f} [{ratios[0]:.2f} .. {ratios[-1]:.2f}]")
        print(text[-1], flush=True)
    if wanted.write:
        PAGES.mkdir(exist_ok=True)
        (PAGES / "cold_start.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
