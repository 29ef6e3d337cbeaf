"""One explorer, many users at once: threads, processes and asyncio give the bytes that one thread gives."""

import asyncio
import hashlib
import json
import multiprocessing
import pickle
import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import painrules
from painrules import Explorer, Profile, load_pack

CONFORMANCE = Path(__file__).parents[1] / "conformance" / "pack"

PROFILES = [
    Profile(pain_type=pain_type, mechanisms=mechanisms, conditions=conditions, age_years=age)
    for pain_type in ("acute", "chronic", None)
    for mechanisms in (["neuropathic"], ["nociceptive", "nociplastic"], [])
    for conditions, age in ((["fibromyalgia"], 45), ([], None))
]


def digest(explorer: Explorer, profile: Profile) -> str:
    """What an exploration comes to, in a few bytes."""
    result = explorer.explore(profile)
    said = [
        [(view.id, view.status, view.line, view.safety, view.definite) for view in result],
        [result[name].to_dict() for name in ("duloxetine", "exercise", "opioids")],
        [one.attribute for one in result.next_questions],
        str(result.why("duloxetine")),
        str(result.why_not("scs")),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def digests(numbers: list[int]) -> list[str]:
    """The same in another process, with the explorer that it has or makes."""
    explorer = Explorer()
    return [digest(explorer, PROFILES[number]) for number in numbers]


@pytest.fixture(scope="module", name="expected")
def _expected() -> list[str]:
    return digests(list(range(len(PROFILES))))


@pytest.mark.slow
def test_thirty_two_threads_share_an_explorer(expected: list[str]) -> None:
    """All start at once, on an explorer that has answered nothing yet, in an order of their own."""
    explorer = Explorer()
    threads = 32
    ready = threading.Barrier(threads)
    switch = sys.getswitchinterval()

    def work(number: int) -> list[tuple[int, str]]:
        order = list(range(len(PROFILES)))
        random.Random(number).shuffle(order)  # noqa: S311 - an order, no secret
        ready.wait()
        return [(place, digest(explorer, PROFILES[place])) for place in order[:3]]

    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(threads) as pool:
            found = [one for part in pool.map(work, range(threads)) for one in part]
    finally:
        sys.setswitchinterval(switch)
    assert len(found) == 3 * threads
    assert all(told == expected[place] for place, told in found)


def test_the_first_explorations_may_come_at_once() -> None:
    """The shared explorer of `painrules.explore` is made once, whoever comes first."""
    code = (
        "import threading, painrules\n"
        "ready = threading.Barrier(16); found = []\n"
        "def work():\n"
        "    ready.wait()\n"
        "    found.append(painrules.explore('chronic', 'neuropathic').listed)\n"
        "threads = [threading.Thread(target=work) for _ in range(16)]\n"
        "[one.start() for one in threads]; [one.join() for one in threads]\n"
        "assert len(found) == 16 and len(set(found)) == 1 and found[0], found\n"
    )
    import subprocess  # noqa: PLC0415 - only here

    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_find_the_same(method: str, expected: list[str]) -> None:
    """A forked process takes what its parent has compiled; a spawned one compiles its own."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {method}")
    parts = [list(range(start, len(PROFILES), 2)) for start in range(2)]
    with multiprocessing.get_context(method).Pool(2) as pool:
        found = pool.map(digests, parts)
    for numbers, part in zip(parts, found, strict=True):
        assert part == [expected[number] for number in numbers]


def test_asyncio_finds_the_same(expected: list[str]) -> None:
    """Explorations never wait, so they run in threads beside the loop."""
    explorer = Explorer()
    wanted = [0, 5, 9, 14]

    async def every() -> list[str]:
        return await asyncio.gather(
            *(asyncio.to_thread(digest, explorer, PROFILES[number]) for number in wanted)
        )

    assert asyncio.run(every()) == [expected[number] for number in wanted]


def test_a_result_may_be_read_by_many() -> None:
    """Its parts are worked out when they are asked for, whoever asks first."""
    result = painrules.explore("chronic", ["neuropathic", "nociplastic"])
    ready = threading.Barrier(12)

    def read(_number: int) -> str:
        ready.wait()
        return result.to_json()

    with ThreadPoolExecutor(12) as pool:
        assert len(set(pool.map(read, range(12)))) == 1


def test_explorers_and_explorations_cross_process_boundaries() -> None:
    """As a pool of processes carries them."""
    explorer = Explorer(load_pack(CONFORMANCE))
    result = explorer.explore("chronic", "neuropathic", as_of=2024)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own

    assert again == result
    assert pickle.loads(pickle.dumps(explorer)).pack == explorer.pack  # noqa: S301 - our own
    assert len(pickle.dumps(Explorer())) < 200  # the core pack is everywhere
