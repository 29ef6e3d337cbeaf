"""What one exploration costs, beside the naive way: ``python benchmarks/one_exploration.py``.

Checks first that both find the same rules in force. Then everything runs in turn on the same profiles, in rounds, and
what counts is the ratio for each profile: its median in a round, and of all rounds.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generated import pack as made_pack
from generated import profiles as made_profiles
from naive import Naive

from painrules import Explorer, Pack, Profile
from painrules.engine import bits, consult, make_engine
from painrules.model.facts import FactsBuilder

SIZES = (100, 300, 1_000, 10_000)
PROFILES = 200
PAGES = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks"


def statuses(explorer: Explorer, profile: Profile) -> None:
    """All that a list of options shows: order, status, level, line, agreement, the worst caution, mode."""
    result = explorer.explore(profile)
    _ = result.mode
    for option in result.options:
        _ = option.status, option.level, option.line, option.agreement, option.safety


def told(explorer: Explorer, profile: Profile) -> None:
    """The same, and each caution in words with its source."""
    result = explorer.explore(profile)
    _ = result.mode
    for option in result.options:
        _ = option.status, option.level, option.line, option.agreement, option.safety
        _ = option.cautions


Work = Callable[[Profile], object]


class Ways:
    """What is compared."""

    def __init__(self, pack: Pack) -> None:
        self.naive = Naive(pack)
        self.explorers = [
            Explorer(pack) for _ in range(4)
        ]  # else one finds ready what another made
        self._engine = make_engine("bitmap", pack)
        self._builder = FactsBuilder(pack)

    def of(self, people: Sequence[Profile]) -> dict[str, Work]:
        """Each way by name, the yardstick first; what it starts from is made before."""
        known = {id(one): self.naive.known(one) for one in people}
        facts = {
            id(one): consult(self._engine, self._builder, one).asked[0].facts for one in people
        }
        one_each = self.explorers
        return {
            "naive": lambda one: self.naive.matched(known[id(one)]),
            "matching": lambda one: self._engine.match(facts[id(one)]),
            "explore()": one_each[0].explore,
            "explore().listed": lambda one: one_each[1].explore(one).listed,
            "all statuses": lambda one: statuses(one_each[2], one),
            "and cautions told": lambda one: told(one_each[3], one),
        }

    def agree(self, people: Sequence[Profile]) -> None:
        """Both ways find the same rules in force.

        Raises:
            SystemExit: If they do not.
        """
        for profile in people:
            ask = self.explorers[0].explore(profile).resolution.asked[0]
            if self.naive.matched(self.naive.known(profile)) != list(bits(ask.sets.in_force)):
                raise SystemExit(f"they do not agree on {profile.to_dict()}")


def measured(tried: dict[str, Work], people: Sequence[Profile]) -> dict[str, list[int]]:
    """What each profile takes in each way, in nanoseconds; all ways in turn for one profile, then for the next."""
    found: dict[str, list[int]] = {name: [] for name in tried}
    for profile in people:
        for name, work in tried.items():
            start = time.perf_counter_ns()
            work(profile)
            found[name].append(time.perf_counter_ns() - start)
    return found


def main() -> None:
    """Measures, prints, and writes what the page shows; each round has other profiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=7)
    parser.add_argument("--write", action="store_true", help="write the text for the page")
    wanted = parser.parse_args()
    text = ["times naive matching: median [least .. most]"]
    print(text[0])
    for size in SIZES:
        lines = [f"{size:,} rules", *compared(size, wanted.rounds)]
        print("\n".join(lines), flush=True)
        text += lines
    if wanted.write:
        PAGES.mkdir(exist_ok=True)
        (PAGES / "one_exploration.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


def compared(size: int, rounds: int) -> Iterator[str]:
    """A line for each way."""
    ways = Ways(made_pack(size))
    ratios: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        people = made_profiles(PROFILES, seed=11 + number)
        if number == 0:
            ways.agree(people)
        tried = ways.of(people)
        gc.collect()
        gc.disable()
        found = measured(tried, people)
        gc.enable()
        if number == 0:
            continue
        for name, times in found.items():
            pairs = zip(times, found["naive"], strict=True)
            ratios.setdefault(name, []).append(statistics.median(a / b for a, b in pairs))
    for name, each in list(ratios.items())[1:]:
        middle = statistics.median(each)
        yield f"    {name:18}{middle:6.2f} [{min(each):.2f} .. {max(each):.2f}]"


if __name__ == "__main__":
    main()
