"""What goes wrong in durable_rules 2.0.28, one function for each defect, and how our engine fares in the same place.

Run as a program, in a process of its own: ``python durable_defects.py NAME`` prints what the function NAME returns, as
JSON. What is called `raw_...` uses the library as it comes; what is called `safe_...` uses painrules.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import patch

from painrules.engine import bits
from painrules.engine.base import RuleSets
from painrules.errors import EngineError
from painrules.model.facts import Facts
from painrules.model.pack import Pack
from painrules.model.rule import Position
from painrules.testing.vocabulary import small_vocabulary

# ruff: noqa: ANN401 - the library has no types
# ruff: noqa: PLC0415 - the library is loaded where it is used, and never where pytest imports this file


def quiet_host() -> Any:
    """A host without timers, so that what follows is the same each time."""
    from durable.engine import Host

    class Quiet(Host):  # type: ignore[misc]
        def _run(self) -> None:
            pass

    return Quiet()


def fired(conditions: dict[str, Any], *facts: dict[str, Any], post: bool = False) -> list[str]:
    """The rules that the library fires for facts, in a host of its own."""
    host, found = quiet_host(), []

    def noting(name: str) -> Callable[[object], None]:
        return lambda _closure: found.append(name)

    rules = {
        name: {"all": [{"m": asked}], "run": noting(name)} for name, asked in conditions.items()
    }
    host.set_rulesets({"test": rules})
    for fact in facts:
        (host.post if post else host.assert_fact)("test", fact)
    return found


def error_of(call: Callable[[], object]) -> str:
    """What a call raises."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return str(error)
    return "no error"


def pack_of(whens: Iterable[dict[str, Any]]) -> Pack:
    """A pack with a position for each of some conditions."""
    return small_vocabulary().with_rule(
        *(
            Position.model_validate(
                {
                    "id": f"p{number:04}",
                    "when": when,
                    "option": "exercise",
                    "stance": "supports",
                    "because": "The source says so.",
                    "source": "alpha",
                }
            )
            for number, when in enumerate(whens)
        )
    )


def agrees(pack: Pack, facts: Facts) -> list[int]:
    """How many rules our engine finds in each set; it is an error if the default engine finds others."""
    from painrules.engine import BitmapEngine
    from painrules.engine.durable import DurableEngine

    found = DurableEngine(pack).match(facts)
    wanted = BitmapEngine(pack).match(facts)
    if found != wanted:
        raise SystemExit(f"{found} instead of {wanted}")
    return counts(found)


def counts(found: RuleSets) -> list[int]:
    """How many rules are in each of the three sets."""
    return [len(list(bits(rules))) for rules in found]


# Threads and timers


def raw_timers() -> list[bool]:
    """Whether threads run that nobody asked for, and whether one of them ran an action."""
    from durable.engine import Host

    before, ran_in = threading.active_count(), []
    host = Host()
    host.set_rulesets(
        {
            "test": {
                "r": {
                    "all": [{"m": {"a": 1}}],
                    "run": lambda _closure: ran_in.append(threading.current_thread().name),
                }
            }
        }
    )
    more = threading.active_count() > before
    host.get_ruleset("test").assert_fact({"a": 1})  # the first half of host.assert_fact
    for _ in range(100):
        if ran_in:
            break
        time.sleep(0.1)
    return [more, ran_in != [] and ran_in[0] != "MainThread"]


def safe_timers() -> int:
    """How many threads there are when our engine has answered."""
    agrees(pack_of([{"pain_type": "chronic"}]), Facts())
    return threading.active_count()


# Sessions


def raw_delete_untouched() -> str:
    """Deletes a session of which no action ever ran: it frees what was never set."""
    host = quiet_host()
    host.set_rulesets({"test": {"r": {"all": [{"m": {"a": 1}}], "run": lambda _closure: None}}})
    for number in range(200):
        host.get_ruleset("test").assert_fact({"a": 1, "sid": str(number)})
        host.delete_state("test", str(number))
    return "survived"


def raw_catch_all() -> str:
    """The same with a rule that always fires, and its action run."""
    host = quiet_host()
    host.set_rulesets({"test": {"r": {"all": [{"m": {"a": 1}}], "run": lambda _closure: None}}})
    for number in range(200):
        host.assert_fact("test", {"a": 1, "sid": str(number)})
        host.delete_state("test", str(number))
    return "survived"


def safe_delete() -> list[int]:
    """Sessions in which no rule of the pack fires, many times over."""
    from painrules.engine.durable import DurableEngine

    engine = DurableEngine(pack_of([{"pain_type": "chronic"}]))
    facts = Facts(pain_type="acute", pain_type_given=True)
    return counts([engine.match(facts) for _ in range(200)][-1])


def raw_many_sessions() -> int:
    """How many sessions a ruleset takes before it refuses the next."""
    host = quiet_host()
    host.set_rulesets({"test": {"r": {"all": [{"m": {"a": 1}}], "run": lambda _closure: None}}})
    for number in range(3000):
        try:
            host.assert_fact("test", {"a": 1, "sid": str(number)})
        except MemoryError:
            return number
    return -1


def safe_many_sessions() -> list[int]:
    """Three thousand questions to one engine."""
    from painrules.engine.durable import DurableEngine

    engine = DurableEngine(pack_of([{"pain_type": "chronic"}]))
    return counts([engine.match(Facts()) for _ in range(3000)][-1])


TWINS = ("40189", "797186")
"""Two texts that have the same 32-bit hash, which is all that the library compares."""


def raw_twin_sessions() -> list[str]:
    """A rule that joins two facts of one session, and two facts in two sessions."""
    host, found = quiet_host(), []
    rule = {
        "all": [{"one": {"a": 1}}, {"two": {"b": 1}}],
        "run": lambda _closure: found.append("joined"),
    }
    host.set_rulesets({"test": {"r": rule}})
    host.assert_fact("test", {"a": 1, "sid": TWINS[0]})
    host.assert_fact("test", {"b": 1, "sid": TWINS[1]})
    return found


def raw_twin_names() -> list[str]:
    """A rule that asks for one property, and a fact that has another."""
    return fired({"r": {TWINS[0]: 1}}, {TWINS[1]: 1})


def safe_names() -> list[int]:
    """How many different hashes all the names have that our facts use, and how many names there are."""
    from painrules.engine.durable import MARK, MOST_CLAUSES

    names = ["sid", "id", "$s", MARK, *(f"c{number}" for number in range(MOST_CLAUSES))]
    hashes = set()
    for name in (*names, *TWINS):
        found = 0x811C9DC5
        for byte in name.encode():
            found = (found ^ byte) * 16777619 & 0xFFFFFFFF
        hashes.add(found)
    return [len(hashes), len(names) + 1]


def safe_pickled() -> list[int]:
    """What an explorer finds that was pickled and read back."""
    import pickle

    from painrules import Explorer

    explorer = Explorer(pack_of([{"pain_type": "chronic"}]), engine="durable")
    again: Explorer = pickle.loads(pickle.dumps(explorer))  # noqa: S301 - our own
    return counts(again.engine.match(Facts()))


# Limits


def raw_many_at_once() -> list[str]:
    """What 64 and 65 rules say that match one fact, each with a condition of its own."""

    def each(number: int) -> Callable[[], object]:
        rules = {f"r{n}": {"$gte": {"a": n}} for n in range(number)}
        return lambda: fired(rules, {"a": 1000})

    return [error_of(each(64)), error_of(each(65))]


def safe_many_at_once() -> list[int]:
    """150 rules, each with a condition of its own, of which every one is in force."""
    return agrees(
        pack_of({"severity": {"min": number / 100}} for number in range(150)),
        Facts(spans={"severity": (5.0, 5.0)}),
    )


def raw_many_properties() -> str:
    """A fact with 260 properties."""
    fact = {f"a{number}": 1 for number in range(260)}
    return error_of(lambda: fired({"r": {"a1": 1}}, fact))


def raw_many_alike() -> str:
    """257 rules with one and the same condition."""
    return error_of(lambda: fired({f"r{number}": {"a": 1} for number in range(257)}, {"a": 1}))


def raw_many_different() -> str:
    """513 rules, each with a condition of its own."""
    return error_of(lambda: fired({f"r{number}": {"a": number} for number in range(513)}, {"a": 1}))


def safe_many_different() -> list[int]:
    """600 rules, each with a condition of its own, of which half are in force."""
    return agrees(
        pack_of({"severity": {"min": 5 + (number - 300) / 100}} for number in range(600, 0, -1)),
        Facts(spans={"severity": (5.0, 5.0)}),
    )


def safe_many_alike() -> list[int]:
    """300 rules with one and the same condition."""
    return agrees(
        pack_of({"pain_type": "chronic"} for _ in range(300)),
        Facts(pain_type="chronic", pain_type_given=True),
    )


def safe_long_rules() -> list[list[int]]:
    """Rules with 300 conditions, more than a fact has room for: all hold, one does not, one is open."""
    names = [f"f{number:03}" for number in range(300)]
    pack = pack_of(
        [
            {"factors": dict.fromkeys(names, "yes")},
            {"factors": dict.fromkeys(names[:299], "yes")},
            {"factors": dict.fromkeys(names[:31], "yes")},
            {},
        ]
    )
    known = dict.fromkeys(names, True)
    return [
        agrees(pack, Facts(given=known)),
        agrees(pack, Facts(given=known | {"f299": False})),
        agrees(pack, Facts(given=dict.fromkeys(names[:30], True))),
        agrees(pack, Facts(presumed=known)),
    ]


# Conditions


def raw_only_missing() -> str:
    """A rule that asks only that something is missing: it matches the library's own state too, for ever."""
    fired({"r": {"$nex": {"absent": 1}}}, {"a": 1})
    return "ended"


def safe_no_condition() -> list[int]:
    """A rule without conditions, and one with nothing but an exception."""
    pack = pack_of([{}])
    rule = pack.positions["p0000"].model_copy(
        update={"id": "p1", "unless": pack_of([{"pain_type": "chronic"}]).positions["p0000"].when}
    )
    return agrees(pack.with_rule(rule), Facts())


def raw_either_or() -> list[str]:
    """A rule with two alternatives that both hold."""
    return fired({"r": {"$or": [{"a": 1}, {"b": 1}]}}, {"a": 1, "b": 1})


def safe_alternatives() -> list[int]:
    """A rule for two conditions, both of which are there."""
    conditions = frozenset({"back_pain", "fibromyalgia"})
    pack = pack_of([{"condition": sorted(conditions)}])
    return agrees(pack, Facts(conditions=conditions, named_conditions=conditions))


def raw_types() -> dict[str, bool]:
    """Which comparisons of different types come out."""
    pairs: dict[str, tuple[dict[str, Any], Any]] = {
        "'9' >= 65": ({"$gte": {"a": 65}}, "9"),
        "True == 1": ({"a": 1}, True),
        "0 == False": ({"a": False}, 0),
        "'true' == True": ({"a": True}, "true"),
        "['x'] == 'x'": ({"a": "x"}, ["x"]),
        "[] all != 'x'": ({"$iall": {"a": {"$neq": {"a": "x"}}}}, []),
    }
    return {
        name: "r" in fired({"r": asked, "s": {"b": 1}}, {"a": value, "b": 1})
        for name, (asked, value) in pairs.items()
    }


def raw_absent() -> bool:
    """Whether something that is missing counts as different from a value."""
    return fired({"r": {"$neq": {"a": "x"}}, "s": {"b": 1}}, {"b": 1}) == ["r", "s"]


def safe_values() -> list[list[Any]]:
    """What stands in a fact: names and values that our engine hands over, of all kinds of condition."""
    from painrules.engine.durable import DurableEngine, _Ruleset

    seen: list[dict[str, Any]] = []
    compiled = _Ruleset._compile  # noqa: SLF001 - what is handed over is what this is about

    def watched(ruleset: _Ruleset) -> Any:
        found = compiled(ruleset)
        asserted = found.assert_fact

        def assert_fact(fact: dict[str, Any]) -> Any:
            seen.append(fact)
            return asserted(fact)

        found.assert_fact = assert_fact
        return found

    whens: list[dict[str, Any]] = [
        {"pain_type": ["chronic", "cancer"]},
        {"condition": ["back_pain", "fibromyalgia"]},
        {"age_years": {"min": 65}},
        {"factors": {"pregnancy": "no"}},
        {"tried": {"exercise": ["helped"]}},
    ]
    facts = Facts(
        pain_type="chronic",
        conditions=frozenset({"back_pain"}),
        spans={"age_years": (9.0, 9.0)},
        given={"pregnancy": False},
    )
    with patch.object(_Ruleset, "_compile", watched):
        DurableEngine(pack_of(whens)).match(facts)
    kept = [{name: fact[name] for name in fact if name not in {"sid", "id"}} for fact in seen]
    return [sorted(fact.items()) for fact in kept[:1]]


def raw_events() -> list[str]:
    """Two rules that an event matches: the first one to fire takes it away."""
    return fired({"r": {"a": 1}, "s": {"$gte": {"a": 1}}}, {"a": 1}, post=True)


def raw_facts() -> list[str]:
    """The same with a fact."""
    return fired({"r": {"a": 1}, "s": {"$gte": {"a": 1}}}, {"a": 1})


# Actions


def raw_default_argument() -> list[Any]:
    """An action that takes its number as a default argument: it is given a callback, and the rest never runs."""
    host, found = quiet_host(), []
    rules = {
        f"r{number}": {
            "all": [{"m": {"a": 1}}],
            "run": lambda _closure, number=number: found.append(isinstance(number, int)),
        }
        for number in range(3)
    }
    host.set_rulesets({"test": rules})
    host.assert_fact("test", {"a": 1})
    return found


def raw_swallowed() -> list[Any]:
    """An action that exits, beside one that does not: what happens, and what the state says."""
    host, found = quiet_host(), []

    def leave(_closure: object) -> None:
        raise SystemExit("leaving")

    rules = {
        "r": {"all": [{"m": {"a": 1}}], "run": leave},
        "s": {"all": [{"m": {"a": 1}}], "run": lambda _closure: found.append("s")},
    }
    host.set_rulesets({"test": rules})
    state = host.assert_fact("test", {"a": 1})
    return [found, "leaving" in state["exception"]]


def safe_swallowed() -> list[Any]:
    """The same in our engine: the first question fails loudly, the next is answered."""
    from painrules.engine import durable

    noting = durable._noting  # noqa: SLF001 - there is no other way to make an action fail
    failures = iter(["leaving"])

    def failing(number: int, noted: set[int]) -> Callable[[object], None]:
        note = noting(number, noted)

        def fail_once(closure: object) -> None:
            for reason in failures:
                raise SystemExit(reason)
            note(closure)

        return fail_once

    with patch.object(durable, "_noting", failing):
        engine = durable.DurableEngine(pack_of([{"pain_type": "chronic"}]))
    try:
        engine.match(Facts())
    except EngineError as error:
        return [error.engine, "leaving" in error.reason, counts(engine.match(Facts()))]
    return ["no error"]


def raw_not_handled() -> str:
    """A fact that no rule listens to."""
    return error_of(lambda: fired({"r": {"a": 1}}, {"a": 2}))


def raw_aborted() -> list[str]:
    """An action that asserts a fact which no rule listens to: what stands after that line is never done."""
    host, found = quiet_host(), []

    def act(closure: Any) -> None:
        found.append("before")
        closure.assert_fact({"nobody": 1})
        found.append("after")

    host.set_rulesets({"test": {"r": {"all": [{"m": {"a": 1}}], "run": act}}})
    host.assert_fact("test", {"a": 1})
    return found


# The clock


def raw_clock_jumps() -> list[str]:
    """Three rules, and a clock that jumps by a minute while the first acts: the others are dropped, silently."""
    from durable import engine

    ticks = iter(range(0, 6000, 60))
    engine._unix_now = lambda: next(ticks)  # noqa: SLF001
    return fired({name: {"a": 1} for name in "rst"}, {"a": 1})


def safe_clock_jumps() -> list[Any]:
    """The same in our engine: it asks once more; and if that does not help, it says so."""
    from painrules.engine.durable import DurableEngine

    pack = pack_of({"severity": {"min": number}} for number in range(5))
    facts = Facts(spans={"severity": (5.0, 5.0)})
    engine_ = DurableEngine(pack)
    from durable import engine

    still = engine._unix_now  # noqa: SLF001
    ticks = iter([0, 60])
    engine._unix_now = lambda: next(ticks, 60)  # noqa: SLF001
    once = counts(engine_.match(facts))
    ticks = iter(range(0, 60000, 60))
    broken = error_of(lambda: engine_.match(facts))
    engine._unix_now = still  # noqa: SLF001
    return [once, broken.splitlines()[0], counts(engine_.match(facts))]


def raw_deprecated_clock() -> str:
    """Whether an action runs where warnings are errors."""
    import warnings

    warnings.simplefilter("error")
    return error_of(lambda: fired({"r": {"a": 1}}, {"a": 1}))


def safe_deprecated_clock() -> list[int]:
    """The same in our engine."""
    import warnings

    warnings.simplefilter("error")
    return agrees(pack_of([{"pain_type": "chronic"}]), Facts())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(globals()[sys.argv[1]]()))
