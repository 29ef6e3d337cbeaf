"""A third engine, on clingo, which solves logic programs: proof that the protocol is all that an engine needs.

`docs/how-to/write-an-engine.md` explains the protocol with a plainer one.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from clingo import Control, Function, Number
from hypothesis import given, settings
from hypothesis import strategies as st

import painrules
from painrules import Explorer, Pack, Profile
from painrules.engine import Engine, Inferred, RuleSets, strata
from painrules.engine.base import bits, left_open, settle, with_taken
from painrules.model.facts import Facts, truth
from painrules.model.rule import Inference, Rule
from painrules.testing import ReferenceEngine, grid, packs, profiles
from painrules.testing.laws.sameness import law_24

CONFORMANCE = Path(__file__).parent.parent / "conformance" / "pack"

PROGRAM = """
#external code(C, 0..3) : condition(C).
least(C, N) :- code(C, V), N = 0..V.
most(C, N) :- code(C, V), N = V..3.
certain(R) :- rule(R), least(C, 3) : needs(R, C); most(C, 0) : bars(R, C).
in_force(R) :- rule(R), least(C, 2) : needs(R, C); most(C, N) : bars(R, C), leniency(R, N).
possible(R) :- rule(R), least(C, 1) : needs(R, C); most(C, 2) : bars(R, C).
#show certain/1. #show in_force/1. #show possible/1.
"""
"""What the three sets are. A condition has a code: 0 no, 1 open, 2 presumed, 3 yes."""


class Rulebase:
    """Rules as a logic program, grounded once; each question sets the codes anew."""

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        numbered = list(rules)
        self._clauses = sorted(
            {c for _, rule in numbered for c in rule.conditions + rule.exceptions}
        )
        numbers = {clause: number for number, clause in enumerate(self._clauses)}
        lines = [PROGRAM, *(f"condition({number})." for number in numbers.values())]
        for number, rule in numbered:
            lines.append(f"rule({number}). leniency({number}, {2 if rule.lenient else 1}).")
            lines += [f"needs({number}, {numbers[clause]})." for clause in rule.conditions]
            lines += [f"bars({number}, {numbers[clause]})." for clause in rule.exceptions]
        self._control = Control(["--warn=none"])
        self._control.add("base", [], "\n".join(lines))
        self._control.ground([("base", [])])

    def ask(self, facts: Facts) -> RuleSets:
        """The rules that are certain, in force and possible."""
        for number, clause in enumerate(self._clauses):
            found = truth(clause, facts)
            for value in range(4):
                atom = Function("code", [Number(number), Number(value)])
                self._control.assign_external(atom, value == found)
        sets = {"certain": 0, "in_force": 0, "possible": 0}
        with self._control.solve(yield_=True) as models:
            for model in models:
                for atom in model.symbols(shown=True):
                    sets[atom.name] |= 1 << atom.arguments[0].number
        return RuleSets(**sets)


class ClingoEngine:
    """Finds rules by solving a logic program."""

    name = "clingo"

    def __init__(self, pack: Pack) -> None:
        self._lock = Lock()  # a control is for one thread at a time
        self._rules = Rulebase(
            (number, rule)
            for number, rule in enumerate(pack.rules)
            if not isinstance(rule, Inference)
        )
        self._strata = [(layer, Rulebase(enumerate(layer))) for layer in strata(pack)]

    def match(self, facts: Facts) -> RuleSets:
        """The rules that are certain, in force and possible; facts hold at most one mechanism."""
        with self._lock:
            return self._rules.ask(facts)

    def infer(self, facts: Facts) -> Inferred:
        """The facts that inference suggests, with their rules; never what was given."""
        taken, refused = [], []
        for layer, rulebase in self._strata:
            with self._lock:
                fired = rulebase.ask(facts).in_force
            found = settle((layer[n].suggests.fact, layer[n].id) for n in bits(fired))
            taken += [one for one in found.taken if left_open(one, facts)]
            refused += [one for one in found.refused if left_open(one, facts)]
            facts = with_taken(facts, found)
        return Inferred(tuple(taken), tuple(refused))


def test_it_keeps_to_the_protocol() -> None:
    """A name, and two methods: nothing to inherit from, nothing to register."""
    assert isinstance(ClingoEngine(painrules.load_pack(CONFORMANCE)), Engine)


@settings(deadline=None)
@given(data=st.data())
def test_three_engines_find_the_same_in_packs_and_profiles_drawn_at_random(
    data: st.DataObject,
) -> None:
    """Law L24, by engines that have nothing in common but what a condition means."""
    pack = data.draw(packs())
    usual, engine, reference = Explorer(pack), ClingoEngine(pack), ReferenceEngine(pack)
    for profile in data.draw(st.lists(profiles(pack), min_size=1, max_size=4)):
        law_24(usual, profile, engine)
        law_24(usual, profile, reference)


def test_results_are_equal_on_the_grid_of_the_conformance_pack() -> None:
    """A whole result follows from the sets, so `Explorer` takes any engine."""
    pack = painrules.load_pack(CONFORMANCE)
    usual, other = Explorer(pack), Explorer(pack, engine=ClingoEngine(pack))
    points = list(grid(pack))[::7]

    assert len(points) > 80
    assert [one for one in points if usual.explore(one) != other.explore(one)] == []


def test_it_finds_the_same_in_the_core_pack() -> None:
    """Thousands of rules, and inferences that build on each other."""
    pack = painrules.core_pack()
    usual, engine = Explorer(pack), ClingoEngine(pack)
    for profile in (
        Profile(),
        Profile(conditions={"fibromyalgia"}, age_years=81),
        Profile(pain_type="chronic", mechanisms={"nociceptive", "neuropathic"}, severity=7),
    ):
        law_24(usual, profile, engine)


def test_threads_may_share_it() -> None:
    """An engine has to stand being asked from several threads: here a lock sees to it."""
    pack = painrules.load_pack(CONFORMANCE)
    engine = ClingoEngine(pack)
    points = list(grid(pack))[::40]

    def ask(profile: Profile) -> bool:
        return Explorer(pack, engine).explore(profile) == Explorer(pack).explore(profile)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, points))
