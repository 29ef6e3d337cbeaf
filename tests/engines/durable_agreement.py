"""Holds the engine on durable_rules to the default engine and to the reference engine.

Run as a program, in a process of its own: ``python durable_agreement.py random --count 300`` and so on. It prints what
it compared, as JSON; where the engines differ it ends with the law that does not hold, on the smallest case that it
can find.
"""

import argparse
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from operator import itemgetter
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import painrules
from painrules.engine import Consultation, Engine, Inferred, RuleSets, consult, strata
from painrules.engine import durable as adapter
from painrules.engine.durable import DurableEngine
from painrules.explore import Explorer
from painrules.model.facts import Facts, FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Inference
from painrules.testing import ReferenceEngine, grid, lenses, packs, profiles
from painrules.testing.laws.sameness import law_24
from painrules.testing.laws.trial import Trial, explored
from painrules.vocab import Mechanism, PainType

CONFORMANCE = Path(__file__).parent.parent / "conformance"

Counts = dict[str, int]
"""What was compared: a comparison of nothing would be worth nothing."""


def later_ones(pack: Pack) -> frozenset[str]:
    """The inferences that build on others."""
    return frozenset(rule.id for layer in strata(pack)[1:] for rule in layer)


def counted(found: Consultation, later: frozenset[str], counts: Counts) -> None:
    """Adds what was compared to the counts."""
    counts["profiles"] += 1
    for suggested in found.inferred.taken + found.inferred.refused:
        counts["inferred"] += 1
        counts["inferred_from_inferred"] += not later.isdisjoint(suggested.rules)
    for asked in found.asked:
        for name, rules in asked.sets._asdict().items():
            counts[name] += rules.bit_count()


def nothing_yet() -> Counts:
    """Counts of nothing."""
    compared = ("packs", "profiles", "explorations", "inferred", "inferred_from_inferred")
    return dict.fromkeys((*compared, "certain", "in_force", "possible"), 0)


@st.composite
def chains(draw: st.DrawFn, pack: Pack) -> list[Inference]:
    """Inferences that build on each other: from one factor to the next, and at last to a pain type or mechanism."""
    plain = sorted(name for name, entry in pack.factors.items() if entry.band is None)
    names = draw(st.lists(st.sampled_from(plain), min_size=2, max_size=4, unique=True))
    steps = [(name, draw(st.booleans())) for name in names]
    ends = [{"pain_type": word} for word in PainType] + [{"mechanism": word} for word in Mechanism]
    suggested = [*({"factors": dict([step])} for step in steps[1:]), draw(st.sampled_from(ends))]
    found = [
        Inference.model_validate(
            {
                "id": f"chain_{number}",
                "when": {"factors": dict([step])},
                "suggests": suggests,
                "because": "So it is.",
                "source": "alpha",
            }
        )
        for number, (step, suggests) in enumerate(zip(steps, suggested, strict=True))
    ]
    return (
        found if strata(pack.with_rule(*found)) else []
    )  # there are none if they go round in a circle


@st.composite
def chained_packs(draw: st.DrawFn) -> Pack:
    """Packs, half of which have inferences that build on each other."""
    pack = draw(packs())
    return pack.with_rule(*draw(chains(pack))) if draw(st.booleans()) else pack


def both(one: Counts, other: Counts) -> Counts:
    """Two counts in one."""
    return {name: one[name] + other[name] for name in one}


def random(number: int, start: int) -> Counts:
    """Packs and profiles as Hypothesis draws them: the sets, and a whole exploration through a lens."""
    counts = nothing_yet()

    @seed(start)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def compare(data: st.DataObject) -> None:
        pack = data.draw(chained_packs())
        usual, engine, reference = Explorer(pack), DurableEngine(pack), ReferenceEngine(pack)
        builder = FactsBuilder(pack)
        counts["packs"] += 1
        later = later_ones(pack)
        for profile in data.draw(st.lists(profiles(pack), min_size=1, max_size=5)):
            law_24(usual, profile, engine)
            law_24(usual, profile, reference)
            counted(consult(usual.engine, builder, profile), later, counts)
        lens = data.draw(lenses(pack))
        one = explored(usual, profile, lens)
        other = explored(Explorer(pack, engine=engine), profile, lens)
        trial = Trial("L24 both engines give the same result", usual, profile, lens)
        trial.require(one.to_json() == other.to_json(), "the results differ")
        counts["explorations"] += 1

    compare()
    return counts


class Asked:
    """An engine, each different question to which is put only once."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self._engine = engine
        self._inferred: dict[str, Inferred] = {}
        self._sets: dict[str, RuleSets] = {}

    def infer(self, facts: Facts) -> Inferred:
        """What the engine infers."""
        key = repr(facts)
        if key not in self._inferred:
            self._inferred[key] = self._engine.infer(facts)
        return self._inferred[key]

    def match(self, facts: Facts) -> RuleSets:
        """What the engine finds."""
        key = repr(facts)
        if key not in self._sets:
            self._sets[key] = self._engine.match(facts)
        return self._sets[key]


def ask_once() -> Counts:
    """Has each ruleset asked only once about each different fact: most points of a grid differ in few of them."""
    ask, counts = adapter._Ruleset.ask, {"questions": 0}  # noqa: SLF001
    known: dict[object, set[int]] = {}
    named: dict[int, Callable[[Any], object]] = {}

    def remembered(ruleset: Any, found: Any) -> set[int]:  # noqa: ANN401
        if id(ruleset) not in named:
            numbers = [number for _, number in ruleset._asked]  # noqa: SLF001
            named[id(ruleset)] = itemgetter(*numbers) if numbers else len
        key = (id(ruleset), named[id(ruleset)](found))
        if key not in known:
            counts["questions"] += 1
            known[key] = ask(ruleset, found)
        return known[key]

    patch.object(adapter._Ruleset, "ask", remembered).start()  # noqa: SLF001
    return counts


def whole_grid(pack: Pack, *, once: bool) -> Counts:
    """Every point of the grid of a pack."""
    questions = ask_once() if once else {}
    usual = Explorer(pack)
    engine = Asked(DurableEngine(pack)) if once else DurableEngine(pack)
    builder, later, counts = FactsBuilder(pack), later_ones(pack), nothing_yet()
    for profile in grid(pack):
        wanted = consult(usual.engine, builder, profile)
        if consult(engine, builder, profile) != wanted:
            law_24(usual, profile, engine)
            raise AssertionError
        counted(wanted, later, counts)
    return counts | questions


def table(pack: Pack) -> Counts:
    """Every row of the conformance table: whole results, to the last byte, lenses among them."""
    rows = yaml.safe_load((CONFORMANCE / "table.yaml").read_text(encoding="utf-8"))
    usual, other = Explorer(pack), Explorer(pack, engine="durable")
    counts = nothing_yet()
    for row in rows:
        one, two = usual.explore(**row["profile"]), other.explore(**row["profile"])
        if one.to_json() != two.to_json():
            raise SystemExit(f"the results differ for {row['profile']}")
        counts["explorations"] += 1
    return counts


def drawn(number: int, start: int) -> list[tuple[Pack, list[Profile]]]:
    """Packs with some profiles each."""
    found: list[tuple[Pack, list[Profile]]] = []

    @seed(start)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def draw(data: st.DataObject) -> None:
        pack = data.draw(chained_packs())
        found.append((pack, data.draw(st.lists(profiles(pack), min_size=1, max_size=4))))

    draw()
    return found


def threads(number: int, start: int) -> Counts:
    """Eight threads that ask shared engines and engines of their own, while others are made and dropped."""
    counts = nothing_yet()
    work = []
    for pack, several in drawn(number, start):
        builder, usual = FactsBuilder(pack), Explorer(pack)
        wanted = [consult(usual.engine, builder, profile) for profile in several]
        work.append((pack, several, builder, DurableEngine(pack), wanted))

    def ask(worker: int) -> int:
        wrong = 0
        for place, (pack, several, builder, shared, wanted) in enumerate(work):
            engine = DurableEngine(pack) if (place + worker) % 4 == 0 else shared
            found = [consult(engine, builder, profile) for profile in several]
            wrong += found != wanted
        return wrong

    with ThreadPoolExecutor(8) as pool:
        wrong = sum(pool.map(ask, range(8)))
    if wrong:
        raise SystemExit(f"{wrong} wrong answers")
    for pack, _, _, _, wanted in work:
        for found in wanted:
            counted(found, later_ones(pack), counts)
    return counts


def forks(number: int) -> Counts:
    """Children of a process whose threads are asking all the time: each asks too, and gets the same answers."""
    pack = painrules.load_pack(CONFORMANCE / "pack")
    builder, engine, usual = FactsBuilder(pack), DurableEngine(pack), Explorer(pack)
    several = [painrules.Profile(pain_type=kind, severity=3) for kind in PainType]
    wanted = [consult(usual.engine, builder, profile) for profile in several]
    done = Event()

    def ask() -> None:
        while not done.is_set():
            consult(engine, builder, several[0])

    counts = {"children": 0, "wrong": 0}
    with ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            pool.submit(ask)
        for _ in range(number):
            child = os.fork()
            if child == 0:
                signal.alarm(60)  # a lock that nobody holds any more would be waited for, for ever
                found = [consult(engine, builder, profile) for profile in several]
                found += [consult(DurableEngine(pack), builder, profile) for profile in several]
                os._exit(found != wanted * 2)
            counts["children"] += 1
            counts["wrong"] += os.waitpid(child, 0)[1] != 0
        done.set()
    return counts


def resident() -> int:
    """The memory that the process holds now, in KiB; where that cannot be read, the most that it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pages * resource.getpagesize() // 1024


def growth(act: Callable[[], object], number: int) -> int:
    """By how many KiB memory grows while something is done many times, once it has been done a while."""
    for _ in range(number // 2):
        act()
    before = resident()
    for _ in range(number):
        act()
    return resident() - before


def memory(number: int) -> Counts:
    """What questions, and engines that are made and dropped, leave behind, in KiB."""
    pack = painrules.load_pack(CONFORMANCE / "pack")
    builder = FactsBuilder(pack)
    profile = painrules.Profile(pain_type="chronic", conditions={"sciatica"})
    engine = DurableEngine(pack)
    return {
        "questions": growth(lambda: consult(engine, builder, profile), number),
        "engines": growth(lambda: consult(DurableEngine(pack), builder, profile), number // 5),
    }


def soak(minutes: float) -> Counts:
    """Random packs and profiles, and threads, over and over until the time is up."""
    until = time.monotonic() + minutes * 60
    counts = nothing_yet()
    for start in count(int(time.time())):
        for found in (random(1000, start), threads(40, start)):
            counts = both(counts, found)
        sys.stderr.write(f"seed {start}: {counts}, {resident()} KiB\n")
        if time.monotonic() > until:
            return counts
    raise AssertionError


def main() -> Counts:
    """Does what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", choices=["random", "grid", "core", "every", "threads", "forks", "memory", "soak"]
    )
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60)
    asked = parser.parse_args()
    if asked.what in {"random", "threads"}:
        return {"random": random, "threads": threads}[asked.what](asked.count, asked.seed)
    if asked.what == "forks":
        return forks(asked.count)
    if asked.what in {"memory", "soak"}:
        return memory(asked.count) if asked.what == "memory" else soak(asked.minutes)
    if asked.what == "grid":
        pack = painrules.load_pack(CONFORMANCE / "pack")
        return both(table(pack), whole_grid(pack, once=False))
    return whole_grid(painrules.core_pack(), once=asked.what == "core")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
