"""Runs every target with every maker of inputs, each in a process of its own: `python -m fuzz.run --minutes 60`.

Four makers take turns: `changed` changes real inputs, `drawn` draws valid ones with Hypothesis and changes these,
`grown` makes packs of hundreds of things, each of which speaks of many others, `guided` lets coverage find new ones
with atheris, where that is installed. An input of each kind of finding is kept in `fuzz/corpus`, which the tests try
again. The status is 1 if anything was found.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle, product
from pathlib import Path
from typing import Any

from fuzz.guard import ROOT, Guard, Target, bound_process

NAMES = ("yaml", "pack", "exports", "profile", "result", "quiz", "command")
MAKERS = ("changed", "drawn", "grown", "guided")
GROWING = ("pack", "exports")
"""The targets that packs of many things are made for."""
SLICE = 5.0
"""Seconds for which one target and maker are on before the next have their turn."""
EVERY = 2.0
"""Seconds between two notes of what was done so far: a process that is ended by force loses no more."""
Rows = dict[str, dict[str, Any]]


class Tally:
    """Runs guards, and notes what they did from time to time."""

    def __init__(self, path: Path) -> None:
        self._path, self._next = path, 0.0
        self._guards: dict[str, Guard] = {}

    def of(self, name: str, maker: str, target: Target) -> Callable[[bytes], None]:
        """What tries an input."""
        guard = self._guards.setdefault(f"{name} {maker}", Guard(name, target))

        def attempt(data: bytes) -> None:
            guard.run(data)
            if time.monotonic() > self._next:
                self.note()

        return attempt

    def note(self) -> None:
        """Notes what was done so far."""
        told = {
            key: {"tried": one.tried, "refused": one.refused, "found": sorted(one.found)}
            for key, one in self._guards.items()
        }
        self._path.write_text(json.dumps(told), encoding="utf-8")
        self._next = time.monotonic() + EVERY


def changed(name: str, end: float, seed: int, attempt: Callable[[bytes], None]) -> None:
    """Real inputs, changed."""
    from fuzz.mutate import made  # noqa: PLC0415 - loads the core pack

    number = seed * 1_000_003
    while time.monotonic() < end:
        attempt(made(name, number))
        number += 1


def grown(name: str, end: float, seed: int, attempt: Callable[[bytes], None]) -> None:
    """Packs of many things."""
    from fuzz.grown import grown as made  # noqa: PLC0415 - loads the targets

    number = seed * 1_000_003
    while name in GROWING and time.monotonic() < end:
        attempt(made(number))
        number += 1


def drawn(name: str, end: float, seed: int, attempt: Callable[[bytes], None]) -> None:
    """Valid inputs, drawn and changed."""
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415 - only here
    from hypothesis import seed as begin_with  # noqa: PLC0415 - only here

    from fuzz.drawn import STRATEGIES  # noqa: PLC0415 - only here

    @begin_with(seed)
    @settings(
        max_examples=100_000,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STRATEGIES[name])
    def one(data: bytes) -> None:
        if time.monotonic() > end:
            raise KeyboardInterrupt  # the only thing that Hypothesis lets through at once
        attempt(data)

    with suppress(KeyboardInterrupt):
        one()


def in_turn(names: list[str], makers: list[str], seconds: float, seed: int, path: Path) -> None:
    """Targets and makers in turn, in this process, until the time is over."""
    end = time.monotonic() + seconds
    from fuzz.targets import TARGETS  # noqa: PLC0415 - guided ones load it otherwise

    tally = Tally(path)
    for turn, (name, maker) in enumerate(cycle(product(names, makers))):
        now = time.monotonic()
        if now > end:
            break
        make = {"changed": changed, "drawn": drawn, "grown": grown}[maker]
        if maker == "grown" and name not in GROWING:
            continue
        make(name, min(now + SLICE, end), seed + turn, tally.of(name, maker, TARGETS[name]))
    tally.note()


def guided(name: str, seconds: float, seed: int, path: Path) -> None:
    """Inputs that coverage finds; this never returns."""
    begun = time.monotonic()
    import atheris  # noqa: PLC0415 - an extra of the developer

    with atheris.instrument_imports(include=["painrules"]):
        from fuzz.targets import TARGETS  # noqa: PLC0415 - instrumented
    from fuzz.mutate import real  # noqa: PLC0415 - only here

    attempt = Tally(path).of(name, "guided", TARGETS[name])
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(real(name)):
            (Path(folder) / str(number)).write_bytes(data)
        left = max(1, int(seconds - (time.monotonic() - begun)))
        options = [f"-max_total_time={left}", f"-seed={seed + 1}", "-max_len=65536"]
        options += ["-rss_limit_mb=4000", "-timeout=300", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, folder], attempt)
        atheris.Fuzz()


def process(names: list[str], makers: list[str], seconds: float, seed: int) -> Rows:
    """What a process of its own did."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "told.json"
        options = ["--seconds", str(seconds), "--seed", str(seed), "--into", str(path)]
        code = [sys.executable, "-m", "fuzz.run", *options, "--only", *names, "--makers", *makers]
        done = subprocess.run(code, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
        told: Rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if done.returncode != 0 or not told:
        ended = {"tried": 0, "refused": 0, "found": [f"ended with {done.returncode}"]}
        told[f"{' '.join(names)} process"] = ended
    return told


def every(minutes: float, names: list[str], makers: list[str], seed: int) -> Rows:
    """All of them."""
    rows: Rows = {}
    unguided = [maker for maker in makers if maker != "guided"]
    share = 60 * minutes / len(makers)
    if unguided:
        rows |= process(names, unguided, share * len(unguided), seed)
    if "guided" in makers:
        for name in names:
            rows |= process([name], ["guided"], share / len(names), seed)
    return rows


def table(rows: Rows) -> str:
    """What was done, as Markdown."""
    lines = [
        "| target | inputs | tried | refused | findings |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    total = [0, 0, 0]
    for key, row in rows.items():
        name, _, maker = key.rpartition(" ")
        counts = row["tried"], row["refused"], len(row["found"])
        total = [one + more for one, more in zip(total, counts, strict=True)]
        lines.append(f"| {name} | {maker} | {counts[0]:,} | {counts[1]:,} | {counts[2]} |")
    return "\n".join([*lines, f"| all | | {total[0]:,} | {total[1]:,} | {total[2]} |"])


def main() -> int:
    """Runs what the options say."""
    parser = argparse.ArgumentParser(description="Tries inputs without end.")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only", nargs="*", choices=NAMES, default=list(NAMES))
    parser.add_argument("--makers", nargs="*", choices=MAKERS, default=list(MAKERS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    makers: list[str] = asked.makers
    if asked.into is not None:
        bound_process()
        if makers == ["guided"]:
            guided(asked.only[0], asked.seconds, asked.seed, asked.into)
        else:
            in_turn(asked.only, makers, asked.seconds, asked.seed, asked.into)
        return 0
    if "guided" in makers and importlib.util.find_spec("atheris") is None:
        sys.stderr.write("left out: inputs guided by coverage; they need atheris\n")
        makers.remove("guided")
    rows = every(asked.minutes, asked.only, makers, asked.seed)
    sys.stdout.write(f"{table(rows)}\n")
    return 1 if any(row["found"] for row in rows.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
