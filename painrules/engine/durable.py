"""A second engine on durable_rules, a Rete engine in C: the same rules found in another way, to compare with.

Everything here is in a form that was found to be safe; `docs/explanation/engines.md` lists what goes wrong otherwise,
and each line of it has a test. Chosen by name only: it is an extra that needs a C compiler, and many times slower.
"""

import os
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, count
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

from painrules.engine.base import Inferred, RuleSets, bits, left_open, settle, strata, with_taken
from painrules.engine.coded import Comparison, Cut, Part, SetName, codes, named
from painrules.errors import EngineError, MissingExtraError
from painrules.log import note
from painrules.model.clauses import Clause
from painrules.model.facts import Facts
from painrules.model.pack import Pack
from painrules.model.rule import Inference, Rule

MOST_RULES = 50
"""The most rules of a ruleset, the one that always fires among them; from 65 on, those that fire are an error."""
MOST_CLAUSES = 200
"""How many conditions a fact holds at most; 255 properties are an error, and it has some of its own."""
MOST_COMPARISONS = 30
"""How many comparisons a rule makes at most; what makes more is cut in pieces, all of which have to fire."""

MARK = "mark"
"""The property that all our facts have, and that the engine's own state has not: each rule asks for it first."""
ALWAYS = -1
"""What is noted by the rule that fires for each fact, so that a session never ends without an action."""

_lock = Lock()
"""One for the process: the library keeps global tables, and answers wrongly from several threads."""
if hasattr(
    os, "register_at_fork"
):  # a child gets the tables and the lock as they are: so nobody may be at them
    os.register_at_fork(
        before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release
    )
_sessions = count()
_unused: deque[int] = deque()
"""Rulesets that nobody holds any more; deleted under the lock, by whoever comes next."""


class _Library(NamedTuple):
    """What is used of durable_rules."""

    ruleset: Callable[..., Any]
    host: Any
    delete_ruleset: Callable[[int], None]


@cache
def _library() -> _Library:
    """The library, with one host for the process.

    Raises:
        MissingExtraError: If it is not installed, or was built so that it cannot be imported.
    """
    try:
        from durable import engine  # noqa: PLC0415 - an extra, and only wanted here
    except ImportError as error:
        raise MissingExtraError(_how_to_install(error)) from None

    class Host(engine.Host):  # type: ignore[misc]  # the library has no types
        """A host without timers: they would run actions on threads of their own while a fact is asserted."""

        def _run(self) -> None:
            """Starts nothing."""

    # It only ever takes differences. The wall clock may jump, and is read in a way that Python 3.12 warns of.
    engine._unix_now = monotonic  # noqa: SLF001
    return _Library(engine.Ruleset, Host(), engine.durable_rules_engine.delete_ruleset)


def _how_to_install(error: ImportError) -> str:
    absent = isinstance(error, ModuleNotFoundError)
    what = "is not installed" if absent else f"is installed but cannot be imported ({error})"
    again = "" if absent else " --force-reinstall"
    return (
        f"the engine 'durable' needs durable_rules, which {what}\n"
        f"    hint: it is built when it is installed, with a C compiler: pip install{again} 'painrules[durable]'\n"
        "    hint: on Python 3.13 and later it has to be built in its own way: "
        "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
        "pip install --no-cache-dir --force-reinstall 'painrules[durable]'"
    )


def _noting(number: int, fired: set[int]) -> Callable[[object], None]:
    """An action: a function with exactly one argument, as any other would be taken for an asynchronous one."""

    def note(_closure: object) -> None:
        fired.add(number)

    return note


class _Ruleset:
    """At most fifty rules, asked about one fact at a time, each time in a session of its own."""

    def __init__(self, parts: Sequence[tuple[int, Part]], numbers: dict[Clause, int]) -> None:
        clauses = sorted({one.clause for _, part in parts for one in part.comparisons})
        self._names = {clause: f"c{place}" for place, clause in enumerate(clauses)}
        self._asked = [(self._names[clause], numbers[clause]) for clause in clauses]
        self._parts = parts
        self._fired: set[int] = set()
        self._compiled: Any = self._compile()

    def _compile(self) -> Any:  # noqa: ANN401 - the library has no types
        rules: dict[str, Any] = {"always": self._rule(ALWAYS, ())}
        rules |= {
            f"r{number}": self._rule(number, part.comparisons) for number, part in self._parts
        }
        library = _library()
        try:
            compiled = library.ruleset("painrules", library.host, rules)
        except Exception as error:
            raise EngineError("durable", str(error)) from error
        # When nobody holds it any more, no session of it is alive either.
        weakref.finalize(compiled, _unused.append, compiled._handle).atexit = False  # noqa: SLF001
        return compiled

    def _rule(self, number: int, asked: Iterable[Comparison]) -> dict[str, Any]:
        tests: list[dict[str, Any]] = [{MARK: 1}]
        for one in asked:
            sign = "$gte" if one.at_least else "$lte"
            tests.append({sign: {self._names[one.clause]: one.bound}})
        whole = {"$and": tests} if len(tests) > 1 else tests[0]
        return {"all": [{"m": whole}], "run": _noting(number, self._fired)}

    def ask(self, found: Sequence[int]) -> set[int]:
        """The parts that fire; the lock is held.

        Raises:
            EngineError: If the library gave up; the ruleset is discarded then, for it may be broken.
        """
        for _ in range(2):
            if self._compiled is None:
                self._compiled = self._compile()
            try:
                ended = self._run(found)
            except BaseException as error:
                self._compiled = None
                if isinstance(error, Exception):
                    raise EngineError("durable", str(error)) from error
                raise
            if ended:
                return self._fired - {ALWAYS}
            self._compiled = None  # actions were dropped: once more, with a new one
        raise EngineError("durable", "it dropped actions, twice")

    def _run(self, found: Sequence[int]) -> bool:
        """Asserts the fact and runs all actions: whether it got to the end."""
        session = str(next(_sessions))
        fact: dict[str, Any] = {"sid": session, "id": "fact", MARK: 1}
        fact |= {name: found[number] for name, number in self._asked}
        ends: list[tuple[BaseException | None, Any]] = []
        self._fired.clear()
        offset = self._compiled.assert_fact(fact)
        self._compiled.do_actions(offset, lambda error, state: ends.append((error, state)))
        error, state = ends[-1] if ends else (None, None)
        if error is not None:
            raise error
        if not isinstance(state, dict):
            return False
        self._compiled.delete_state(session)
        if "exception" in state:
            raise RuntimeError(state["exception"])
        return ALWAYS in self._fired


class _Rulebase:
    """Rules of which one of the three sets is wanted, cut into rulesets; made under the lock."""

    def __init__(
        self, rules: Iterable[tuple[int, Rule]], name: SetName, clauses: Iterable[Clause]
    ) -> None:
        limits = {"parts": MOST_RULES - 1, "clauses": MOST_CLAUSES, "comparisons": MOST_COMPARISONS}
        self._cut = Cut(rules, name, **limits)
        numbers = {clause: number for number, clause in enumerate(clauses)}
        self._rulesets = [_Ruleset(group, numbers) for group in self._cut.groups]

    def find(self, found: Sequence[int]) -> int:
        """The rules that are in the set, as bits; the lock is held."""
        return self._cut.rules(chain.from_iterable(one.ask(found) for one in self._rulesets))


class DurableEngine:
    """Finds rules with durable_rules; one question at a time in the whole process, whoever asks.

    Args:
        pack: The pack whose rules it finds.

    Raises:
        MissingExtraError: If durable_rules is not installed, or cannot be imported.
    """

    name = "durable"

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        rules = [
            (number, rule)
            for number, rule in enumerate(pack.rules)
            if not isinstance(rule, Inference)
        ]
        self._clauses = named(rule for _, rule in rules)
        with _lock:
            _sweep()
            self._certain = _Rulebase(rules, "certain", self._clauses)
            self._in_force = _Rulebase(rules, "in_force", self._clauses)
            self._possible = _Rulebase(rules, "possible", self._clauses)
            self._strata = []
            for layer in strata(pack):
                clauses = named(layer)
                rulebase = _Rulebase(enumerate(layer), "in_force", clauses)
                self._strata.append((layer, clauses, rulebase))

    def match(self, facts: Facts) -> RuleSets:
        """The rules that are certain, in force and possible; facts hold at most one mechanism."""
        found = codes(self._clauses, facts)
        with _lock:
            _sweep()
            return RuleSets(
                self._certain.find(found), self._in_force.find(found), self._possible.find(found)
            )

    def infer(self, facts: Facts) -> Inferred:
        """The facts that inference suggests, with their rules; never what was given."""
        taken, refused = [], []
        for layer, clauses, rulebase in self._strata:
            found = codes(clauses, facts)
            with _lock:
                _sweep()
                fired = rulebase.find(found)
            settled = settle((layer[n].suggests.fact, layer[n].id) for n in bits(fired))
            taken += [one for one in settled.taken if left_open(one, facts)]
            refused += [one for one in settled.refused if left_open(one, facts)]
            facts = with_taken(facts, settled)
        return Inferred(tuple(taken), tuple(refused))

    def __reduce__(self) -> tuple[object, ...]:
        """Rulesets live in this process; another one compiles its own."""
        return (DurableEngine, (self._pack,))


def _sweep() -> None:
    """Deletes the rulesets that nobody holds any more; the lock is held."""
    delete = _library().delete_ruleset
    while _unused:
        try:
            delete(_unused.popleft())
        except Exception as error:  # noqa: BLE001 - it is no concern of the next question
            note("engine", "durable_rules kept a ruleset that is not in use: %s", error)
