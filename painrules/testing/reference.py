"""A slow engine that is easy to check: the meaning of rules, clause by clause, as the explanation pages tell it.

It shares nothing with the other engines but `truth`. Whoever writes an engine compares it with this one.
"""

from collections.abc import Iterator

from painrules.engine import Inferred, RuleSets, Suggested
from painrules.model.conditions import Clause
from painrules.model.dates import first_day
from painrules.model.facts import Facts, truth
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Inference, RedFlag, Rule
from painrules.vocab import Truth

Target = tuple[str, str]
"""What is inferred: `pain_type`, `mechanism`, or `factors` with the factor's name."""


class ReferenceEngine:
    """Finds rules the slow way.

    >>> from painrules import Explorer, core_pack
    >>> pack = core_pack()
    >>> Explorer(pack, engine=ReferenceEngine(pack)).explore("acute").mode.value
    'explore'
    """

    name = "reference"

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._day = first_day(pack.header.date)
        self._inferences: dict[Target, list[Inference]] = {}
        for rule in pack.inferences.values():
            if self._counts(rule):
                self._inferences.setdefault(rule.suggests.fact[:2], []).append(rule)

    def _counts(self, rule: Inference) -> bool:
        starts = rule.valid_from or str(self._pack.sources[rule.source].year)
        begun = first_day(starts) <= self._day
        return begun and (rule.valid_to is None or self._day < first_day(rule.valid_to))

    def match(self, facts: Facts) -> RuleSets:
        """The rules that are certain, in force and possible; facts hold at most one mechanism."""
        certain = in_force = possible = 0
        for number, rule in enumerate(self._pack.rules):
            if not isinstance(rule, Inference):
                certain += is_certain(rule, facts) << number
                in_force += is_in_force(rule, facts) << number
                possible += is_possible(rule, facts) << number
        return RuleSets(certain, in_force, possible)

    def infer(self, facts: Facts) -> Inferred:
        """The facts that rules of the kind inference suggest, with their rules; never what was given."""
        taken: list[Suggested] = []
        refused: list[Suggested] = []
        known = facts
        for target in self._order():
            attribute, name = target
            if _is_given(attribute, name, facts):
                continue
            found = self._suggested(target, known)
            if attribute == "mechanism" or len(found) == 1:
                taken += found
                known = _with(known, found)
            else:
                refused += found
        return Inferred(tuple(sorted(taken)), tuple(sorted(refused)))

    def _order(self) -> Iterator[Target]:
        """What is inferred, each after what it is inferred from."""
        done: set[Target] = set()

        def visit(target: Target) -> Iterator[Target]:
            if target in done or target not in self._inferences:
                return
            done.add(target)
            for rule in self._inferences[target]:
                for clause in rule.conditions:
                    yield from visit((clause.attribute, clause.name))
            yield target

        for target in sorted(self._inferences):
            yield from visit(target)

    def _suggested(self, target: Target, facts: Facts) -> list[Suggested]:
        by_value: dict[str, list[str]] = {}
        for rule in self._inferences[target]:
            # Its exceptions look at given facts only: what is presumed is never a plain yes.
            if is_in_force(rule, facts):
                by_value.setdefault(rule.suggests.fact[2], []).append(rule.id)
        return [
            Suggested(*target, value, tuple(sorted(ids))) for value, ids in sorted(by_value.items())
        ]


def _is_given(attribute: str, name: str, facts: Facts) -> bool:
    if attribute == "factors":
        return name in facts.given
    return facts.pain_type_given if attribute == "pain_type" else facts.mechanism_given


def _with(facts: Facts, found: list[Suggested]) -> Facts:
    factors = {one.name: one.value == "yes" for one in found if one.attribute == "factors"}
    pain_types = [one.value for one in found if one.attribute == "pain_type"]
    return facts.assume(pain_types[0] if pain_types else facts.pain_type, factors)


def _whens(rule: Rule, facts: Facts) -> list[Truth]:
    return [truth(clause, facts) for clause in rule.conditions]


def _unlesses(rule: Rule, facts: Facts) -> list[Truth]:
    return [_barring(clause, rule, facts) for clause in rule.exceptions]


def _barring(clause: Clause, rule: Rule, facts: Facts) -> Truth:
    """What is only inferred never silences a warning, nor an inference: there it counts as open."""
    found = truth(clause, facts)
    lenient = isinstance(rule, Caution | RedFlag | Inference)
    return Truth.OPEN if lenient and found is Truth.PRESUMED else found


def is_certain(rule: Rule, facts: Facts) -> bool:
    """Whether every condition is known to hold, and every exception known not to."""
    whens, unlesses = _whens(rule, facts), _unlesses(rule, facts)
    return {*whens} <= {Truth.YES} and {*unlesses} <= {Truth.NO}


def is_in_force(rule: Rule, facts: Facts) -> bool:
    """Whether every condition holds or is inferred, and no exception is known or inferred to hold."""
    whens, unlesses = _whens(rule, facts), _unlesses(rule, facts)
    return {*whens} <= {Truth.YES, Truth.PRESUMED} and {*unlesses} <= {Truth.NO, Truth.OPEN}


def is_possible(rule: Rule, facts: Facts) -> bool:
    """Whether it could still come into force."""
    return Truth.NO not in _whens(rule, facts) and Truth.YES not in _unlesses(rule, facts)
