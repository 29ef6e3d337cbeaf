"""painrules beside other engines, on the same generated rules and profiles: ``python benchmarks/peers.py``.

Checks first that all find the same rules in force. Then everything runs in turn on the same profiles, in rounds; what
counts is the ratio to naive matching within a round, its median and its spread. No time is a pass or a fail. A peer
that is not installed is left out, and named. A slow one gets fewer profiles.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from generated import pack as made_pack
from generated import profiles as made_profiles
from naive import Naive
from peer_engines import PEERS, known_of, rules_of, told
from picture import bars

from painrules import Explorer, Pack, PainrulesError, Profile
from painrules.engine import bits, consult, make_engine
from painrules.model.facts import FactsBuilder

SIZES = (300, 1_000)
PROFILES = 100
ENOUGH_MS = 400
"""So much of a round a peer may take; a slower one gets fewer profiles."""
PAGES = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks"


class Way(NamedTuple):
    """One way to an answer."""

    name: str
    run: Callable[[Any], object]
    given: Callable[[Profile], object]
    """What it is given, made beforehand."""
    found: Callable[[object], Iterable[int]] | None
    """The rules in force, out of what it gives; None: the answer is of another kind."""


def statuses(explorer: Explorer, profile: Profile) -> object:
    """All that a list of options shows: order, status, level, line, agreement, the worst caution, mode."""
    result = explorer.explore(profile)
    _ = result.mode, result.listed
    for option in result.options:
        _ = option.status, option.level, option.line, option.agreement, option.safety
    return result


def ours(pack: Pack) -> list[Way]:
    """The naive way, and ours."""
    naive, explorer, builder = Naive(pack), Explorer(pack), FactsBuilder(pack)
    engine = make_engine("bitmap", pack)

    def facts(profile: Profile) -> object:
        return consult(engine, builder, profile).asked[0].facts

    def numbers(found: Any) -> Iterable[int]:  # noqa: ANN401 - sets of rules
        return bits(found.in_force)

    ways = [
        Way("naive lambdas", naive.matched, naive.known, lambda found: found),  # type: ignore[arg-type, return-value]
        Way("painrules: matching, three sets", engine.match, facts, numbers),
        Way("painrules: explore()", explorer.explore, lambda one: one, None),
        Way(
            "painrules: explore() and all statuses",
            lambda p: statuses(explorer, p),
            lambda one: one,
            None,
        ),
    ]
    try:
        durable = make_engine("durable", pack)
    except PainrulesError as error:
        print(f"left out: durable ({str(error).splitlines()[0]})")
        return ways
    return [*ways, Way("painrules on durable_rules, three sets", durable.match, facts, numbers)]


def theirs(pack: Pack) -> list[Way]:
    """The peers that are installed."""
    ways = []
    for peer in PEERS:
        try:
            engine = peer(pack)
            name = told(peer)
        except ImportError as error:
            print(f"left out: {peer.package} ({error})")
            continue
        ways.append(Way(name, engine.fired, lambda one: known_of(one, pack), lambda found: found))  # type: ignore[arg-type, return-value]
    return ways


def agree(ways: list[Way], people: list[Profile], pack: Pack) -> None:
    """All find the same rules in force.

    Raises:
        SystemExit: If they do not.
    """
    matched = {number for number, _ in rules_of(pack)}
    for profile in people[:20]:
        first, *rest = [way for way in ways if way.found is not None]
        wanted = set(_found(first, profile)) & matched
        for way in rest:
            if set(_found(way, profile)) & matched != wanted:
                raise SystemExit(f"{way.name} does not agree on {profile.to_dict()}")


def _found(way: Way, profile: Profile) -> Iterable[int]:
    assert way.found is not None  # noqa: S101 - asked before
    return way.found(way.run(way.given(profile)))


def microseconds(way: Way, given: list[object]) -> float:
    """What one profile takes, the median of all."""
    found = []
    for one in given:
        start = time.process_time_ns()
        way.run(one)
        found.append(time.process_time_ns() - start)
    return statistics.median(found) / 1000


def measured(pack: Pack, rounds: int) -> dict[str, list[float]]:
    """The times of each way, in microseconds for each round."""
    people = made_profiles(PROFILES)
    ways = ours(pack) + theirs(pack)
    agree(ways, people, pack)
    print(f"{len(pack.rules):,} rules: all {len(ways)} agree", flush=True)
    given = {way.name: [way.given(one) for one in people] for way in ways}
    for way in ways:
        one = microseconds(way, given[way.name][:3]) / 1000
        most = max(3, min(PROFILES, int(ENOUGH_MS / max(one, 0.001))))
        if most < PROFILES:
            print(f"{way.name}: {most} profiles of {PROFILES}")
        given[way.name] = given[way.name][:most]
    times: dict[str, list[float]] = {way.name: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            gc.collect()
            gc.disable()
            times[way.name].append(microseconds(way, given[way.name]))
            gc.enable()
    return times


def table(times: dict[str, list[float]], rules: int) -> tuple[list[str], dict[str, float]]:
    """The ratios to naive matching as lines of text, and their medians."""
    base = times["naive lambdas"]
    lines = [
        f"{rules:,} rules; naive matching took {statistics.median(base):.0f} us for a profile here"
    ]
    medians = {}
    for name, found in times.items():
        ratios = [one / naive for one, naive in zip(found, base, strict=True)]
        medians[name] = statistics.median(ratios)
        lines.append(f"  {name:42}{medians[name]:9.2f}   [{min(ratios):.2f} .. {max(ratios):.2f}]")
    return [lines[0], *sorted(lines[1:], key=lambda line: float(line[44:].split()[0]))], medians


def main() -> None:
    """Measures, prints, and writes what the page shows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="write text and pictures for the page")
    wanted = parser.parse_args()
    text = [f"times naive matching, median [least .. most] of {wanted.rounds} rounds"]
    text.append(f"Python {sys.version.split()[0]}, {PROFILES} profiles, time of the processor")
    PAGES.mkdir(exist_ok=True)
    for size in SIZES:
        lines, medians = table(measured(made_pack(size), wanted.rounds), size)
        print("\n".join(lines), flush=True)
        text += ["", *lines]
        if wanted.write:
            shown = [name for name in medians if name.startswith("painrules: ")]
            title = f"Time for one profile, times naive matching, {size:,} rules"
            bars(PAGES / f"peers_{size}.svg", title, medians, shown)
    if wanted.write:
        (PAGES / "peers.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
