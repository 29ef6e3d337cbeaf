"""Explorations in any order, by many threads at once, on explorers and results that all share: the bytes of one thread.

`python -m fuzz.threads --minutes 10` goes on for that long; it works on a Python without the global lock too, and then
says so. The status is 1 if anything differed.
"""

import argparse
import gc
import hashlib
import json
import pickle
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from painrules import Exploration, Explorer, PainrulesError, Profile, compare, load_pack

ROOT = Path(__file__).parents[1]
CONFORMANCE = ROOT / "tests" / "conformance" / "pack"
Deed = Callable[[Explorer, Exploration], Any]


def deeds(pack: Any) -> dict[str, Deed]:  # noqa: ANN401 - a pack
    """What is done with a result, by name."""
    names = sorted(pack.interventions)
    some = names[:: max(1, len(names) // 6)][:6]
    return {
        "options": lambda _, found: [
            (view.id, view.status, view.level, view.line, view.agreement, view.safety)
            for view in found
        ],
        "listed": lambda _, found: (found.mode, found.listed, found.deferred, found.warnings),
        "definite": lambda _, found: [
            (name, found[name].definite, found[name].depends_on) for name in some
        ],
        "one": lambda _, found: [found[name].to_dict() for name in some[:3]],
        "why": lambda _, found: [str(found.why(name)) for name in some[:2]],
        "why not": lambda _, found: str(found.why_not(some[-1])),
        "questions": lambda _, found: [one.attribute for one in found.next_questions],
        "red flags": lambda _, found: [one.id for one in found.red_flags],
        "trace": lambda _, found: found.trace().to_json(),
        "again": lambda explorer, found: explorer.explore(found.profile).listed,
        "copied": lambda _, found: pickle.loads(pickle.dumps(found)).listed,  # noqa: S301 - our own
    }


def slow_deeds(pack: Any) -> dict[str, Deed]:  # noqa: ANN401 - a pack
    """What takes long, and is done more rarely."""
    name = min(pack.interventions)
    return {
        "record": lambda _, found: found.to_json(),
        "text": lambda _, found: str(found),
        "what if": lambda _, found: str(found.what_if(name)),
        "graph": lambda _, found: sorted(map(str, found.graph().nodes)),
        "compare": lambda explorer, found: compare(found, explorer.explore("acute")).to_json(),
    }


def profiles(pack: Any, count: int) -> list[Profile]:  # noqa: ANN401 - a pack
    """Profiles of what a pack knows; the same ones each time."""
    draw = Random(1)  # noqa: S311 - inputs, no secrets
    plain = [name for name, factor in pack.factors.items() if factor.band is None]
    found = []
    for _ in range(count):
        known = {
            "pain_type": draw.choice(("acute", "chronic", "cancer", None)),
            "mechanisms": draw.sample(
                ("nociceptive", "neuropathic", "nociplastic"), draw.randrange(3)
            ),
            "conditions": draw.sample(
                list(pack.conditions), min(len(pack.conditions), draw.randrange(3))
            ),
            "age_years": draw.choice((None, 8, 45, 80)),
            "factors": {
                name: draw.random() < 0.7
                for name in draw.sample(plain, min(len(plain), draw.randrange(5)))
            },
            "goals": draw.sample(list(pack.goals), min(len(pack.goals), draw.randrange(2))),
        }
        found.append(Profile(**known))
    return found


def digest(made: Any) -> str:  # noqa: ANN401 - plain data
    """Anything in a few bytes."""
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()


class Bench:
    """What single threads found, and what others find at the same time."""

    def __init__(self, name: str, explorer: Callable[[], Explorer], count: int) -> None:
        self.name, self._fresh = name, explorer
        alone = explorer()
        self.profiles = profiles(alone.pack, count)
        self.quick, self.slow = deeds(alone.pack), slow_deeds(alone.pack)
        self.wanted: dict[tuple[int, str], str] = {}
        for number, profile in enumerate(self.profiles):
            for key, deed in self.quick.items():
                self.wanted[number, key] = digest(deed(alone, alone.explore(profile)))
        for key, deed in self.slow.items():
            self.wanted[0, key] = digest(deed(alone, alone.explore(self.profiles[0])))
        self.renew()

    def renew(self) -> None:
        """An explorer, and results, that nobody has asked anything yet."""
        self.explorer = self._fresh()
        self.results = [self.explorer.explore(profile) for profile in self.profiles]

    def one(self, draw: Random) -> str | None:
        """Does one thing; what differs, or None."""
        key = draw.choice(list(self.slow if draw.random() < 0.01 else self.quick))
        number = 0 if key in self.slow else draw.randrange(len(self.profiles))
        explorer = self.explorer
        shared = draw.random() < 0.5
        found = self.results[number] if shared else explorer.explore(self.profiles[number])
        deed = self.slow.get(key) or self.quick[key]
        if digest(deed(explorer, found)) == self.wanted[number, key]:
            return None
        return f"{self.name}: {key} of profile {number} differs"


def disturb(place: int, done: int, benches: list[Bench]) -> None:
    """What goes on beside: some threads make everything new, collect what is unused, or load a pack."""
    if place == 0 and done % 50 == 0:
        for bench in benches:
            bench.renew()
    if place == 1 and done % 20 == 0:
        gc.collect()
    if place == 2 and done % 100 == 0:
        load_pack(CONFORMANCE)


def raced(
    benches: list[Bench], threads: int, seconds: float, seed: int
) -> tuple[int, Counter[str]]:
    """Threads do things in an order of their own; how many, and what went wrong."""
    wrong: Counter[str] = Counter()
    done = [0] * threads
    end = time.monotonic() + seconds

    def work(place: int) -> None:
        draw = Random(f"{seed} {place}")  # noqa: S311 - an order, no secret
        while time.monotonic() < end:
            try:
                told = draw.choice(benches).one(draw)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                told = f"{type(error).__name__}: {error}"
            if told is not None:
                wrong[told] += 1
            done[place] += 1
            disturb(place, done[place], benches)

    workers = [threading.Thread(target=work, args=(place,)) for place in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(done), wrong


def benches_of(names: list[str], count: int) -> list[Bench]:
    """The explorers that are tried."""
    small = load_pack(CONFORMANCE)
    makers: dict[str, Callable[[], Explorer]] = {
        "core": lambda: Explorer(),  # noqa: PLW0108 - a new one each time
        "small": lambda: Explorer(small),
        "durable": lambda: Explorer(small, engine="durable"),
    }
    return [Bench(name, makers[name], count) for name in names]


def main() -> int:
    """Does what the options say."""
    parser = argparse.ArgumentParser(description="Explores with many threads at once.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--profiles", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", choices=("core", "small", "durable"))
    asked = parser.parse_args()
    names = asked.only or ["core", "small", "durable"]
    sys.setswitchinterval(1e-6)
    if "durable" in names:
        try:
            Explorer(load_pack(CONFORMANCE), engine="durable")
        except PainrulesError as error:
            sys.stderr.write(f"left out: {error}\n")
            names.remove("durable")
    begun = time.monotonic()
    number, wrong = raced(
        benches_of(names, asked.profiles), asked.threads, 60 * asked.minutes, asked.seed
    )
    locked = getattr(sys, "_is_gil_enabled", lambda: True)()
    lock, seconds = "with" if locked else "without", time.monotonic() - begun
    sys.stdout.write(
        f"Python {sys.version.split()[0]}, {lock} the global lock: {asked.threads} threads asked something "
        f"{number:,} times in {seconds:.0f} seconds; {sum(wrong.values())} differed\n"
    )
    for told, times in wrong.most_common(20):
        sys.stdout.write(f"{times} times: {told}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
