"""Our side of the engine on durable_rules, with a library in its place that does as it should, or fails when told to.

So its way to cut rules, ask and put together is tried without a C compiler, and failures that are hard to bring about.
"""

import gc
import importlib.util
import logging
import os
import pickle
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from painrules.engine import BitmapEngine, durable, make_engine
from painrules.engine.durable import DurableEngine
from painrules.errors import EngineError
from painrules.model.facts import Facts, FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Position
from painrules.testing import situations, small_vocabulary

RULE = Position.model_validate({
    "id": "one", "source": "alpha", "option": "exercise", "stance": "supports", "because": "So.",
    "when": {"pain_type": "chronic"}, "unless": {"factors": {"works": True}},
})  # fmt: skip
SUGGESTION = Inference.model_validate({
    "id": "two", "source": "alpha", "because": "So.", "suggests": {"factors": {"distress": True}},
    "when": {"pain_type": "chronic"},
})  # fmt: skip
PACK = small_vocabulary().with_rule(RULE, SUGGESTION)
CHRONIC = Facts(pain_type="chronic", pain_type_given=True)

Ended = Callable[[BaseException | None, object], None]


def holds(test: Mapping[str, Any], fact: Mapping[str, int]) -> bool:
    """Whether a fact meets what a rule asks for."""
    [(sign, about)] = test.items()
    if sign == "$and":
        return all(holds(one, fact) for one in about)
    if sign not in {"$gte", "$lte"}:
        return bool(fact[sign] == about)
    [(name, bound)] = about.items()
    return bool(fact[name] >= bound if sign == "$gte" else fact[name] <= bound)


class Library:
    """What the engine uses of the library: rulesets, facts that are asserted, actions that run."""

    def __init__(self) -> None:
        self.made: list[Ruleset] = []
        self.deleted: list[int] = []
        self.refuses = ""
        """What is said when the next rulesets are made; empty: they are."""
        self.ends: list[Callable[[Ended], None]] = []
        """How the next questions end, instead of well."""

    def __call__(self) -> durable._Library:
        """What is used of it."""
        return durable._Library(self.ruleset, object(), self.deleted.append)  # noqa: SLF001

    def ruleset(self, _name: str, _host: object, rules: Mapping[str, Any]) -> "Ruleset":
        """A ruleset of so many rules that it can hold them."""
        if self.refuses:
            raise ValueError(self.refuses)
        assert len(rules) <= durable.MOST_RULES
        self.made.append(Ruleset(self, len(self.made), rules))
        return self.made[-1]


class Ruleset:
    """Rules that are compared with one fact at a time."""

    def __init__(self, library: Library, handle: int, rules: Mapping[str, Any]) -> None:
        self._library, self._handle, self._rules = library, handle, rules
        self._facts: dict[int, Mapping[str, Any]] = {}
        self._ended: set[str] = set()

    def assert_fact(self, fact: Mapping[str, Any]) -> int:
        """Takes a fact, of a session that is new."""
        assert fact["sid"] not in self._ended
        self._facts[len(self._facts)] = fact
        return len(self._facts) - 1

    def do_actions(self, offset: int, ended: Ended) -> None:
        """Runs the actions of the rules that hold."""
        if self._library.ends:
            self._library.ends.pop(0)(ended)
            return
        for rule in self._rules.values():
            if holds(rule["all"][0]["m"], self._facts[offset]):
                rule["run"](None)
        ended(None, {"sid": self._facts[offset]["sid"]})

    def delete_state(self, session: str) -> None:
        """Forgets a session."""
        self._ended.add(session)


def stand_in(patch: pytest.MonkeyPatch) -> Library:
    """A library in place of the real one, which never hears of its handles: they wait in a queue of their own."""
    library = Library()
    patch.setattr(durable, "_library", library)
    patch.setattr(durable, "_unused", deque())
    return library


@pytest.fixture(name="library")
def _library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return stand_in(monkeypatch)


@settings(max_examples=40)
@given(situation=situations())
def test_it_finds_what_the_default_engine_finds_however_finely_rules_are_cut(
    situation: tuple[Pack, Profile],
) -> None:
    """The library takes few rules, few conditions and few comparisons at once: ours may be any number."""
    pack, profile = situation
    facts = FactsBuilder(pack).build(profile)
    plain = BitmapEngine(pack)
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        for rules, clauses, comparisons in ((50, 200, 30), (3, 2, 1)):
            patch.setattr(durable, "MOST_RULES", rules)
            patch.setattr(durable, "MOST_CLAUSES", clauses)
            patch.setattr(durable, "MOST_COMPARISONS", comparisons)
            engine = DurableEngine(pack)
            for mechanism in (None, *profile.mechanisms):
                about = facts.with_mechanism(mechanism, given=mechanism is not None)
                assert engine.match(about) == plain.match(about)
                assert engine.infer(about) == plain.infer(about)


def test_a_ruleset_that_cannot_be_made_is_an_error_that_says_why(library: Library) -> None:
    """The library has limits that it does not name; whoever meets one is told."""
    library.refuses = "no room for that"

    with pytest.raises(EngineError) as caught:
        DurableEngine(PACK)
    assert (caught.value.engine, caught.value.reason) == ("durable", "no room for that")


def test_actions_that_were_dropped_are_asked_for_once_more_with_a_new_ruleset(
    library: Library,
) -> None:
    """An answer of which a part is missing would look like an answer."""
    engine = DurableEngine(PACK)
    expected, made = engine.match(CHRONIC), len(library.made)
    library.ends = [lambda _ended: None]

    assert engine.match(CHRONIC) == expected == BitmapEngine(PACK).match(CHRONIC)
    assert len(library.made) == made + 1
    library.ends = [lambda ended: ended(None, None), lambda ended: ended(None, None)]
    with pytest.raises(EngineError) as caught:
        engine.match(CHRONIC)
    assert caught.value.reason == "it dropped actions, twice"
    assert engine.match(CHRONIC) == expected


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda ended: ended(ValueError("lost"), None), id="an error is passed on"),
        pytest.param(lambda ended: ended(None, {"exception": "lost"}), id="an action failed"),
    ],
)
def test_a_question_that_fails_is_an_error_and_the_next_one_is_answered(
    library: Library, end: Callable[[Ended], None]
) -> None:
    """What is left of a question that failed is discarded, for it may be broken."""
    engine = DurableEngine(PACK)
    expected, made = engine.match(CHRONIC), len(library.made)
    library.ends = [end]

    with pytest.raises(EngineError) as caught:
        engine.match(CHRONIC)
    assert (caught.value.engine, caught.value.reason) == ("durable", "lost")
    assert engine.match(CHRONIC) == expected
    assert len(library.made) == made + 1


def test_whoever_interrupts_is_not_told_of_an_error_of_the_engine(library: Library) -> None:
    """Ctrl-C is Ctrl-C; but what was interrupted is discarded too."""

    def interrupt(_ended: Ended) -> None:
        raise KeyboardInterrupt

    engine = DurableEngine(PACK)
    made = len(library.made)
    library.ends = [interrupt]

    with pytest.raises(KeyboardInterrupt):
        engine.match(CHRONIC)
    assert engine.match(CHRONIC) == BitmapEngine(PACK).match(CHRONIC)
    assert len(library.made) == made + 1


def test_what_nobody_holds_any_more_is_deleted_by_whoever_comes_next(library: Library) -> None:
    """A server that makes engines for years keeps only those that are in use."""
    engine, other = DurableEngine(PACK), DurableEngine(PACK)
    assert engine.match(CHRONIC) == other.match(CHRONIC)
    mine = len(library.made) // 2
    library.made.clear()
    del engine
    gc.collect()
    assert library.deleted == []

    assert other.infer(CHRONIC) == BitmapEngine(PACK).infer(CHRONIC)
    assert sorted(library.deleted) == list(range(mine))


def test_what_cannot_be_deleted_stops_no_question(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It costs memory, and is told to whoever listens; whoever asks gets the answer."""

    def refuse(_handle: int) -> None:
        raise RuntimeError("Could not delete ruleset")

    engine, other = DurableEngine(PACK), DurableEngine(PACK)
    real = library()
    monkeypatch.setattr(durable, "_library", lambda: real._replace(delete_ruleset=refuse))
    library.made.clear()
    del engine
    gc.collect()

    caplog.set_level(logging.DEBUG, "painrules")
    assert other.infer(CHRONIC) == BitmapEngine(PACK).infer(CHRONIC)
    assert "durable_rules kept a ruleset that is not in use: Could not delete" in caplog.text


@pytest.mark.usefixtures("library")
def test_it_crosses_process_boundaries_as_its_pack() -> None:
    """Rulesets live in one process; another one compiles its own."""
    engine = pickle.loads(pickle.dumps(make_engine("durable", PACK)))  # noqa: S301 - our own

    assert isinstance(engine, DurableEngine)
    assert engine.match(CHRONIC) == BitmapEngine(PACK).match(CHRONIC)


def test_it_can_be_loaded_where_there_are_no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every system has processes that copy themselves."""
    monkeypatch.delattr(os, "register_at_fork", raising=False)
    spec = importlib.util.find_spec("painrules.engine.durable")
    assert spec is not None
    assert spec.loader is not None
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)

    assert again.DurableEngine.name == "durable"
