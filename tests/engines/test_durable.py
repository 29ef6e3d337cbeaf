"""The engine on durable_rules: it finds what the default engine finds, and what its safe form guards against.

The library is loaded in processes of their own only, for a defect of it may end the process.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.durable

HERE = Path(__file__).parent
JUNK = {**os.environ, "MALLOC_PERTURB_": "165"}
"""New memory is filled with junk where the C library is glibc: what was never set shows at once."""
GLIBC = platform.libc_ver()[0] == "glibc"
ENDLESS = 5.0
"""Seconds after which something counts as endless; it takes some milliseconds where it ends."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@cache
def missing() -> str:
    """Why the library cannot be loaded; empty if it can."""
    tried = subprocess.run(
        [sys.executable, "-c", "import durable.engine"], capture_output=True, text=True, check=False
    )
    return tried.stderr.strip().rpartition("\n")[2] if tried.returncode else ""


@pytest.fixture(name="run")
def _run() -> Run:
    """Runs Python in a process of its own; skipped where there is no library, but never in CI."""
    if missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI has to have durable_rules: {missing()}")
        pytest.skip(f"without durable_rules, which needs a C compiler: {missing()}")

    def run(*words: str, seconds: float = 900) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - our own programs
            [sys.executable, *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
            env=JUNK,
        )

    return run


@pytest.fixture(name="compared")
def _compared(run: Run) -> Callable[..., dict[str, int]]:
    def compared(*words: str) -> dict[str, int]:
        """What was compared, and came out equal."""
        ended = run("-W", "error", str(HERE / "durable_agreement.py"), *words)
        assert ended.returncode == 0, ended.stderr
        found: dict[str, int] = json.loads(ended.stdout)
        return found

    return compared


@pytest.fixture(name="shown")
def _shown(run: Run) -> Callable[[str], Any]:
    def shown(name: str) -> Any:  # noqa: ANN401 - what the function of that name returns
        ended = run(str(HERE / "durable_defects.py"), name)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return shown


@pytest.fixture(name="broken")
def _broken(run: Run) -> Callable[[str], str]:
    def broken(name: str) -> str:
        """How the process ended that ran a function: by itself, by a crash, or not at all."""
        try:
            ended = run(str(HERE / "durable_defects.py"), name, seconds=ENDLESS)
        except subprocess.TimeoutExpired:
            return "endless"
        return "crash" if ended.returncode < 0 else "ended"

    return broken


Compared = Callable[..., dict[str, int]]
Shown = Callable[[str], Any]
Broken = Callable[[str], str]


# Law L24, and how it behaves


def test_all_engines_find_the_same_in_packs_and_profiles_drawn_at_random(
    compared: Compared,
) -> None:
    """Law L24, and the same result through a lens: three engines, written in three ways."""
    found = compared("random", "--count", "400")

    assert found["explorations"] >= 400
    assert min(found.values()) > 0


def test_both_engines_find_the_same_on_the_table_and_the_grid_of_the_conformance_pack(
    compared: Compared,
) -> None:
    """Law L24, each question put anew; and of every row of the table, the whole result."""
    found = compared("grid")

    assert found["profiles"] == 600
    assert found["inferred"] > 0
    assert found["explorations"] > 15


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_child_of_a_process_that_is_asking_can_ask_too(compared: Compared) -> None:
    """A child that got the lock while somebody held it would wait for ever, and no tables may be half written."""
    assert compared("forks", "--count", "20") == {"children": 20, "wrong": 0}


@pytest.mark.slow
def test_both_engines_find_the_same_on_the_whole_grid_of_the_core_pack(compared: Compared) -> None:
    """Law L24 on every point; what differs in nothing that a ruleset names is put to it once."""
    found = compared("core")

    assert found["profiles"] > 30_000
    assert found["inferred"] > 0
    assert found["certain"] < found["in_force"] < found["possible"]


def test_the_command_prints_the_same_with_either_engine(run: Run) -> None:
    """Chosen by name, it changes nothing that a reader sees."""
    words = ["-W", "error", "-m", "painrules", "explore", "--type", "chronic", "-m", "neuropathic"]
    printed = [run(*words, "--format", "json", "--engine", name) for name in ("bitmap", "durable")]

    assert [(ended.returncode, ended.stderr) for ended in printed] == [(0, ""), (0, "")]
    assert printed[0].stdout == printed[1].stdout != ""


def test_an_explorer_crosses_process_boundaries(shown: Shown) -> None:
    """Its rulesets stay where they are; another process compiles its own."""
    assert shown("safe_pickled") == [0, 0, 1]


def test_threads_share_engines_and_each_gets_its_own_answer(compared: Compared) -> None:
    """The library answers wrongly, or crashes, when several threads ask; one lock keeps them apart."""
    assert compared("threads", "--count", "40")["profiles"] > 0


def test_neither_questions_nor_engines_leave_memory_behind(compared: Compared) -> None:
    """Sessions are deleted, and so are the rulesets of engines that are dropped."""
    found = compared("memory", "--count", "3000")

    assert found["questions"] < 1024
    assert found["engines"] < 1024


# Guarded against: timers, and what is wrong with sessions


def test_no_timer_runs_actions_behind_our_back(shown: Shown) -> None:
    """A host starts two timers that never end, and runs actions on their threads: results get lost."""
    assert shown("raw_timers") == [True, True]
    assert shown("safe_timers") == 1


@pytest.mark.skipif(not GLIBC, reason="memory that was never set can be filled with glibc only")
def test_a_session_in_which_nothing_fires_is_deleted_without_a_crash(
    shown: Shown, broken: Broken
) -> None:
    """Where no action ever ran, deleting frees pointers that were never set: a rule that always fires mends it."""
    assert broken("raw_delete_untouched") == "crash"
    assert shown("raw_catch_all") == "survived"
    assert shown("safe_delete") == [0, 0, 0]


def test_sessions_do_not_pile_up(shown: Shown) -> None:
    """A ruleset takes 1024 sessions and not one more: each of ours is deleted."""
    assert shown("raw_many_sessions") == 1024
    assert shown("safe_many_sessions") == [0, 0, 1]


def test_no_two_sessions_or_names_are_taken_for_one(shown: Shown) -> None:
    """Sessions and properties are told apart by a hash of 32 bits: ours are one at a time, and all different."""
    assert shown("raw_twin_sessions") == ["joined"]
    assert shown("raw_twin_names") == ["r"]
    hashes, names = shown("safe_names")
    assert hashes == names


# Guarded against: its limits


def test_any_number_of_rules_may_fire_for_one_profile(shown: Shown) -> None:
    """The 65th rule that one fact matches is an error: no ruleset of ours has more than fifty."""
    assert shown("raw_many_at_once") == ["no error", "Could not assert fact, error code: 303"]
    assert shown("safe_many_at_once") == [150, 150, 150]


def test_any_number_of_rules_may_ask_for_the_same(shown: Shown) -> None:
    """257 rules with one condition are refused: those that ask for the same share one rule."""
    assert shown("raw_many_alike") == "Could not create ruleset, error code: 108"
    assert shown("safe_many_alike") == [300, 300, 300]


def test_any_number_of_rules_may_ask_for_different_things(shown: Shown, broken: Broken) -> None:
    """513 rules with different conditions are compiled for ever."""
    assert broken("raw_many_different") == "endless"
    assert shown("safe_many_different") == [300, 300, 300]


def test_a_rule_may_have_more_conditions_than_a_fact_has_room_for(shown: Shown) -> None:
    """A fact has at most 255 properties: long rules are cut in pieces, all of which have to fire."""
    assert shown("raw_many_properties") == "Could not assert fact, error code: 302"
    assert shown("safe_long_rules") == [[4, 4, 4], [3, 3, 3], [1, 1, 4], [1, 4, 4]]


# Guarded against: what is wrong with conditions and values


def test_a_rule_without_conditions_is_found_and_does_not_run_for_ever(
    shown: Shown, broken: Broken
) -> None:
    """A rule that asks only that something is missing matches the library's own state too, again and again."""
    assert broken("raw_only_missing") == "endless"
    assert shown("safe_no_condition") == [1, 2, 2]


def test_every_condition_is_a_whole_number_in_every_fact(shown: Shown) -> None:
    """Comparisons between types come out at will, and what is missing is different from nothing."""
    assert shown("raw_types") == {
        "'9' >= 65": True,
        "True == 1": True,
        "0 == False": True,
        "'true' == True": True,
        "['x'] == 'x'": False,
        "[] all != 'x'": False,
    }
    assert shown("raw_absent") is False
    assert shown("safe_values") == [
        [["c0", 0], ["c1", 3], ["c2", 3], ["c3", 2], ["c4", 1], ["mark", 1]]
    ]


def test_no_rule_fires_twice(shown: Shown) -> None:
    """A rule with two alternatives that hold fires twice: ours have none, and what fires is a set."""
    assert shown("raw_either_or") == ["r", "r"]
    assert shown("safe_alternatives") == [1, 1, 1]


def test_what_we_ask_about_is_a_fact_and_no_event(shown: Shown) -> None:
    """An event is taken away by the first rule that fires."""
    assert shown("raw_events") == ["r"]
    assert shown("raw_facts") == ["r", "s"]


# Guarded against: what is wrong with actions


def test_actions_take_exactly_one_argument(shown: Shown) -> None:
    """A default argument makes an action asynchronous: it gets a callback in its place, and the rest never runs."""
    assert shown("raw_default_argument") == [False]
    assert shown("safe_many_alike") == [300, 300, 300]


def test_an_action_that_fails_is_an_error_and_the_next_question_is_answered(shown: Shown) -> None:
    """Whatever an action raises is swallowed, even an exit: the state that comes back tells."""
    assert shown("raw_swallowed") == [["s"], True]
    assert shown("safe_swallowed") == ["durable", True, [0, 0, 1]]


def test_a_profile_for_which_nothing_fires_is_no_error(shown: Shown) -> None:
    """A fact that no rule listens to raises, also within an action: here one rule always listens."""
    assert shown("raw_not_handled") == "{'a': 2}"
    assert shown("raw_aborted") == ["before"]
    assert shown("safe_delete") == [0, 0, 0]


def test_a_clock_that_jumps_loses_nothing(shown: Shown) -> None:
    """An action that seems to take ten seconds drops all that are left, silently: then it is asked once more."""
    assert shown("raw_clock_jumps") == ["r"]
    assert shown("safe_clock_jumps") == [
        [5, 5, 5],
        "the engine 'durable' broke off: it dropped actions, twice",
        [5, 5, 5],
    ]


def test_it_runs_where_warnings_are_errors(shown: Shown) -> None:
    """The library reads the clock in a way that Python 3.12 and later warn of."""
    if sys.version_info >= (3, 12):
        assert "utcfromtimestamp() is deprecated" in shown("raw_deprecated_clock")
    assert shown("safe_deprecated_clock") == [0, 0, 1]
