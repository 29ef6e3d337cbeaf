"""Holds what the page answers to what Python answers, field by field, on many drawn profiles and packs.

The program of the page runs in Node here, from its sources. Tests do the same in a browser on fewer.

    python benchmarks/page_parity.py --core 2000 --packs 1000 --each 5 --seed 1
"""

import argparse
import json
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from painrules import Explorer, Pack, Profile, ProfileError, core_pack
from painrules.page import page_data
from painrules.resolve import Lens
from painrules.testing import lenses, packs, profiles

PROGRAM = Path(__file__).with_suffix(".mjs")
Question = tuple[Profile, Lens]


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """So many examples, the same each time."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(one=strategy)
    def collect(one: object) -> None:
        found.append(one)

    collect()
    return found


@st.composite
def worlds(draw: st.DrawFn, each: int) -> tuple[Pack, list[Question]]:
    """A pack, and questions about it."""
    pack = draw(packs())
    return pack, [(draw(profiles(pack)), draw(lenses(pack))) for _ in range(each)]


def plain(lens: Lens) -> dict[str, Any]:
    """A lens as the page takes it."""
    found = {
        "sources": None if lens.sources is None else sorted(lens.sources),
        "jurisdictions": None if lens.jurisdictions is None else sorted(lens.jurisdictions),
        "as_of": None if lens.as_of is None else lens.as_of.isoformat(),
    }
    return {name: value for name, value in found.items() if value is not None}


def expected(explorer: Explorer, row: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """What Python answers."""
    try:
        found = explorer.explore(profile, **row["lens"])
    except ProfileError as error:
        return {"error": error.problems[0].what}
    answer = {
        "record": found.to_dict(),
        "why": [found.why(name).model_dump(mode="json") for name in row["options"]],
        "why_not": [found.why_not(name).model_dump(mode="json") for name in row["options"]],
    }
    plain_answer: dict[str, Any] = json.loads(json.dumps(answer))
    return plain_answer


def difference(one: object, other: object, where: str = "") -> str | None:
    """The first place where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = {key: (one.get(key), other.get(key)) for key in sorted(one.keys() | other.keys())}
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = {str(place): pair for place, pair in enumerate(zip(one, other, strict=True))}
    else:
        return None if one == other else f"{where}: the page {one!r}, Python {other!r}"
    found = (difference(*pair, f"{where}.{key}") for key, pair in pairs.items())
    return next((told for told in found if told), None)


def batches(
    pack: Pack, questions: list[Question], size: int
) -> Iterator[tuple[Pack, list[Question]]]:
    """Questions in portions."""
    for start in range(0, len(questions), size):
        yield pack, questions[start : start + size]


def compare(asked: Iterator[tuple[Pack, list[Question]]]) -> tuple[int, int]:
    """How many were compared, and how many differ."""
    rng = random.Random(0)
    count = differ = 0
    with subprocess.Popen(  # noqa: S603 - our own command
        ["node", str(PROGRAM)],  # noqa: S607 - whichever is there
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as page:
        assert page.stdin  # noqa: S101 - both are pipes
        assert page.stdout  # noqa: S101
        for pack, questions in asked:
            names = sorted(pack.interventions)
            rows = [
                {
                    "profile": profile.to_dict(),
                    "lens": plain(lens),
                    "options": rng.sample(names, min(2, len(names))),
                }
                for profile, lens in questions
            ]
            page.stdin.write(json.dumps({"data": page_data(pack), "rows": rows}) + "\n")
            page.stdin.flush()
            explorer = Explorer(pack)
            wanted = [
                expected(explorer, row, profile)
                for row, (profile, _) in zip(rows, questions, strict=True)
            ]
            for one, other, row in zip(
                json.loads(page.stdout.readline()), wanted, rows, strict=True
            ):
                count += 1
                told = difference(one, other)
                if told:
                    differ += 1
                    print(f"{pack.id}: {told}\n    {json.dumps(row)}")
        page.stdin.close()
    return count, differ


def main() -> None:
    """Compares, and says how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--core", type=int, default=2000, help="profiles of the core pack")
    parser.add_argument("--packs", type=int, default=1000, help="drawn packs")
    parser.add_argument("--each", type=int, default=5, help="profiles of each drawn pack")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    begun = time.perf_counter()
    core = core_pack()
    questions = drawn(st.tuples(profiles(core), lenses(core)), args.core, args.seed)
    for name, asked in (
        ("the core pack", batches(core, questions, 100)),
        ("drawn packs", iter(drawn(worlds(args.each), args.packs, args.seed))),
    ):
        count, differ = compare(asked)
        took = time.perf_counter() - begun
        print(f"{name}: {count} profiles compared, {differ} differ, after {took:.0f} s")


if __name__ == "__main__":
    main()
