"""How many small mistakes the tests notice: ``python benchmarks/mutation_sample.py resolve --number 200 --seed 1``.

To try all mutants takes very long. So some of them are drawn at random, with a seed: the share that is killed stands
for all, within an interval. The same commit and seed draw the same mutants. mutmut makes them, in the folder `mutants`;
the tests are collected once, and each mutant is tried in a process forked from there, the quickest tests first. A
mutant that no selected test reaches is not killed. Those that were not killed are shown with what was changed.
"""

import argparse
import json
import math
import os
import random
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, setup_source_paths
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import walk_mutatable_files

ROOT = Path(__file__).resolve().parent.parent
KILLED, SURVIVED, UNREACHED, ENDLESS = "killed", "survived", "reached by no test", "out of time"
RULES = (
    "tests/test_conformance.py",
    "tests/test_mixed_pain.py",
    "tests/test_who_decides.py",
    "tests/properties/test_reference_resolver.py",
    "tests/properties/test_reference_warnings.py",
    "tests/properties/test_stored_form.py",
)
ENGINES = (
    "painrules/engine/masks.py",
    "tests/engines/test_bitmap_engine.py",
    "tests/engines/test_coded_rules.py",
    "tests/engines/test_durable_by_itself.py",
    "tests/hostile/test_hostile_growth.py::test_blocks_of_unknown_names_say_the_same_as_names_do",
)
OF_THE_CORE = (
    "packs/test_compiled.py::test_every_record_is_the_same_whether_compiled_or_read",
    "packs/test_compiled.py::test_everything_made_ready_is_the_same_whether_compiled_or_made",
    "packs/test_compiled.py::test_every_answer_over_the_core_grid_is_the_same",
    "packs/test_compiled.py::test_the_same_rules_give_the_same_bytes",
    "packs/test_layered_packs.py::test_a_layer_lies_on_the_core_that_ships",
    "hostile/test_hostile_packs.py::test_what_is_large_in_any_other_way_is_refused",
    "trust/test_log.py::test_nothing_is_said_unless_it_is_asked_for",
)
"""Tests that read the core pack, which a changed library has not compiled, or much else: each would take seconds."""
TESTS = {
    "resolve": RULES,
    "engine": (*ENGINES, *RULES),
    "model": (
        "painrules/model",
        "tests/test_facts.py",
        "tests/test_records.py",
        "tests/test_arguments.py",
        *RULES,
    ),
    "packs": (
        "tests/packs",
        "tests/hostile/test_hostile_packs.py",
        "tests/trust/test_log.py",
        *(f"--deselect=tests/{name}" for name in OF_THE_CORE),
    ),
    "check": (
        "tests/check",
        "--deselect=tests/check/test_diff.py::test_the_core_pack_with_one_rule_changed",
    ),
}
"""What is run for a part; for any other, what `pyproject.toml` names."""


class Sample:
    """Runs the tests once for each mutant, instead of once: a plugin of pytest."""

    def __init__(self, names: Sequence[str]) -> None:
        self.found = dict.fromkeys(names, UNREACHED)
        self._kills: Counter[int] = Counter()
        self._failed = False
        self._took = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Sees whether a test failed, and what it took."""
        self._failed |= report.failed
        self._took += report.duration

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Finds out which tests reach what, then tries mutant after mutant."""
        items = session.items
        reaching, took = self._reaching(items)
        for place, name in enumerate(self.found, 1):
            numbers = reaching.get(name.partition("__mutmut_")[0], [])
            numbers.sort(key=lambda number: took[number] / (1 + self._kills[number]))
            if numbers:
                set_mutant_under_test(name)
                seconds = 20 + math.ceil(10 * sum(took[number] for number in numbers))
                tests = [items[number] for number in numbers]
                code, killer = forked(lambda some=tests: self._noticed(some), seconds)
                self.found[name] = {0: SURVIVED, 1: KILLED}.get(code, ENDLESS)
                if killer:
                    self._kills[numbers[int(killer)]] += 1
            print(f"{place} {self.found[name]}: {name}", file=sys.__stderr__, flush=True)
        set_mutant_under_test("")
        return True

    def _reaching(self, items: Sequence[pytest.Item]) -> tuple[dict[str, list[int]], list[float]]:
        """Which tests reach each function, and what each takes; found in another process, for nothing may stay here."""

        def find() -> tuple[int, str]:
            set_mutant_under_test("stats")
            reaching: dict[str, list[int]] = defaultdict(list)
            took = []
            for number, item in enumerate(items):
                self._took = 0.0
                if self._noticed([item])[0]:
                    return 1, f"fails without any mutant: {item.nodeid}"
                took.append(self._took)
                for function in state()._stats:  # noqa: SLF001 - where mutmut keeps it
                    reaching[function].append(number)
                state()._stats.clear()  # noqa: SLF001
            return 0, json.dumps([reaching, took])

        code, told = forked(find, resource.RLIM_INFINITY)
        if code:
            sys.exit(told)
        reaching, took = json.loads(told)
        return reaching, took

    def _noticed(self, tests: Sequence[pytest.Item]) -> tuple[int, str]:
        """Whether one of some tests fails, and the place of the first one that does: no other is run after it."""
        for place, test in enumerate(tests):
            after = tests[place + 1] if place + 1 < len(tests) else None
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=after)
            if self._failed:
                return 1, str(place)
        return 0, ""


def forked(work: Callable[[], tuple[int, str]], seconds: int) -> tuple[int, str]:
    """What comes of work in a process forked from this one, with limited time: its exit status, and what it tells."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            code, told = work()
            with os.fdopen(there, "w", encoding="utf-8") as stream:
                stream.write(told)
        finally:
            os._exit(code)
    os.close(there)
    with os.fdopen(here, encoding="utf-8") as stream:
        told = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def mutants(modules: Sequence[str]) -> list[str]:
    """Makes the mutants of some parts of the library, and gives their names."""
    config().only_mutate = [f"painrules/{module}/*" for module in modules]
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(1)
    return [name for file in files() for name in file.exit_code_by_key]


def files() -> list[SourceFileMutationData]:
    """What mutmut knows of each file with mutants."""
    found = []
    for path in walk_mutatable_files():
        found.append(SourceFileMutationData(path=path))
        found[-1].load()
    return found


def changed(name: str) -> str:
    """What was changed in a mutant, as a difference."""
    for file in files():
        if name in file.exit_code_by_key:
            return str(get_diff_for_mutant(name, path=file.path)).strip()
    raise LookupError(name)


def interval(part: int, whole: int) -> tuple[float, float]:
    """Where a share lies, with 95 of 100 chances, after Wilson (1927)."""
    z = 1.96
    share = part / whole
    middle = share + z * z / (2 * whole)
    reach = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - reach) / (1 + z * z / whole), (middle + reach) / (1 + z * z / whole)


def main() -> None:
    """Draws, tries and tells."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("modules", nargs="+", help="parts of the library, such as resolve")
    asked.add_argument("--number", type=int, default=200, help="how many mutants are drawn")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", nargs="*", help="names of mutants, instead of a sample")
    asked.add_argument("--tests", nargs="*", help="tests, instead of those chosen for the parts")
    arguments = asked.parse_args()
    os.chdir(ROOT)
    every = sorted(mutants(arguments.modules))
    number = min(arguments.number, len(every))
    names = arguments.only or random.Random(arguments.seed).sample(every, number)
    chosen = [test for module in arguments.modules for test in TESTS.get(module, ())]
    tests = arguments.tests or chosen or config().pytest_add_cli_args_test_selection

    sample = Sample(names)
    os.chdir("mutants")
    set_mutant_under_test("")
    code = pytest.main(
        ["--rootdir=.", "-q", *config().pytest_add_cli_args, *dict.fromkeys(tests)], [sample]
    )
    os.chdir(ROOT)
    if code:
        sys.exit(int(code))

    found = sample.found
    for name in sorted(name for name, how in found.items() if how in {SURVIVED, UNREACHED}):
        print(f"\n{found[name]}: {name}\n{changed(name)}")
    killed = sum(how in {KILLED, ENDLESS} for how in found.values())
    low, high = interval(killed, len(found))
    print(f"\n{len(every)} mutants of {', '.join(arguments.modules)}; seed {arguments.seed}")
    print(*(f"{how}: {many}" for how, many in Counter(found.values()).most_common()), sep="\n")
    print(f"{killed} of {len(found)}: {killed / len(found):.1%} ({low:.0%} to {high:.0%})")


if __name__ == "__main__":
    main()
