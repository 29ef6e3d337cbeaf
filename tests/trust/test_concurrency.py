"""One explorer, many users at once: threads, processes and asyncio give the bytes that one thread gives."""

import asyncio
import hashlib
import json
import multiprocessing
import os
import pickle
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import painrules
from painrules import Explorer, Profile, load_pack
from painrules.cached import cached_property
from painrules.engine import BitmapEngine

ROOT = Path(__file__).parents[2]
CONFORMANCE = ROOT / "tests" / "conformance" / "pack"

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
    view = pickle.loads(pickle.dumps(result["exercise"]))  # noqa: S301 - our own
    assert view == result["exercise"]
    assert pickle.loads(pickle.dumps(result.options)) == result.options  # noqa: S301 - our own
    other = Explorer(explorer.pack, engine=BitmapEngine(explorer.pack))
    carried = pickle.loads(pickle.dumps(other))  # noqa: S301 - our own
    for profile in (Profile(), Profile(conditions=["sciatica"], age_years=8)):
        assert carried.explore(profile).to_json() == explorer.explore(profile).to_json()
    assert pickle.loads(pickle.dumps(explorer)).pack == explorer.pack  # noqa: S301 - our own
    assert len(pickle.dumps(Explorer())) < 200  # the core pack is everywhere


FIRST = """
import json, sys, threading
sys.setswitchinterval(1e-6)
deeds = [
    lambda p: p.explore("chronic", "neuropathic").listed,
    lambda p: p.explore(condition="fibromyalgia")["duloxetine"].to_dict(),
    lambda p: str(p.explore("chronic").why("exercise")),
    lambda p: p.explore(condition="low back pain", jurisdictions="UK", as_of=2018).listed,
    lambda p: p.core_pack().digest,
    lambda p: p.explore("chronic", condition="sciatica").trace().to_json(),
    lambda p: str(p.Profile(pain_type="acute")),
    lambda p: p.compare(p.Profile(pain_type="acute"), p.Profile(pain_type="chronic")).a.listed,
]
found, ready = {}, threading.Barrier(len(deeds))
def work(number):
    ready.wait()
    import painrules
    found[number] = deeds[number](painrules)
threads = [threading.Thread(target=work, args=(number,)) for number in range(len(deeds))]
[one.start() for one in threads]; [one.join() for one in threads]
import painrules
wanted = [deed(painrules) for deed in deeds]
assert json.dumps([found.get(number) for number in range(len(deeds))]) == json.dumps(wanted)
"""
FORKED = """
import os, signal, sys, threading
import painrules
sys.setswitchinterval(1e-6)
explorer = painrules.Explorer()
def look():
    found = explorer.explore("chronic", "neuropathic")
    return found.listed, found["duloxetine"].definite, found["duloxetine"].positions, explorer.shared.served
wanted, goes_on = look(), True
def work():
    while goes_on:
        look()
threads = [threading.Thread(target=work) for _ in range(6)]
[one.start() for one in threads]
ends = []
for _ in range(6):
    child = os.fork()
    if not child:
        signal.alarm(60)  # what waits for a thread that is not there waits for ever
        os._exit(0 if look() == wanted else 1)
    ends.append(os.waitpid(child, 0)[1])
goes_on = False
[one.join() for one in threads]
assert ends == [0] * 6, ends
"""


@pytest.mark.parametrize("code", [FIRST, FORKED], ids=["first", "forked"])
def test_it_does_not_matter_who_comes_first_or_leaves_meanwhile(code: str) -> None:
    """Modules, the pack and texts are loaded by whoever comes first; a fork takes no lock along that nobody opens."""
    if code is FORKED and not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    options = [
        "-W",
        "ignore::DeprecationWarning",
    ]  # of forks beside threads, which is what is tried
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *options, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_worked_out_twice_at_once_is_kept_once() -> None:
    """Whoever ends last gets what the first one got, so that a part of a result is the same thing for everybody."""
    both = threading.Barrier(2)

    class Slow:
        @cached_property
        def found(self) -> object:
            """Two are in here at once."""
            both.wait(60)
            return object()

    slow = Slow()
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: slow.found, range(2))

    assert one is other is slow.found
    assert isinstance(Slow.found, cached_property)


def test_a_few_things_in_any_order_come_to_the_same() -> None:
    """The long run is `make threads`; this one says that it works."""
    code = [sys.executable, "-m", "fuzz.threads", "--minutes", "0.02", "--threads", "8"]
    code += ["--profiles", "2", "--only", "small"]
    done = subprocess.run(  # noqa: S603 - our own code
        code, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "0 differed" in done.stdout
