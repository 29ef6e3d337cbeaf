"""What an engine is: facts in, sets of rules out.

An engine knows nothing of dates, lenses, statuses or texts: the resolver does. So engines can be swapped, and
compared with each other. Sets are integers: bit *n* stands for `pack.rules[n]`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from painrules.engine.masks import bits
from painrules.model.dates import FIRST_DAY, first_day
from painrules.model.facts import Facts
from painrules.model.hierarchy import cycle_in

if TYPE_CHECKING:
    from painrules.model.pack import Pack
    from painrules.model.rule import Inference

__all__ = [
    "Engine",
    "Inferred",
    "RuleSets",
    "Suggested",
    "bits",
    "inference_needs",
    "left_open",
    "settle",
    "strata",
    "with_taken",
]


class RuleSets(NamedTuple):
    """The rules that are certain, in force and possible, as bits of an integer each."""

    certain: int
    """Every condition is known to hold, every exception known not to."""
    in_force: int
    """Every condition holds or is inferred, no exception is known to hold."""
    possible: int
    """What could still come into force."""


class Suggested(NamedTuple):
    """A fact that inference suggests, with the rules that do."""

    attribute: str
    """`pain_type`, `mechanism` or `factors`."""
    name: str
    """The factor, or an empty text."""
    value: str
    """The pain type or mechanism, or ``yes`` or ``no``."""
    rules: tuple[str, ...]
    """The rules that suggest it, by id."""


class Inferred(NamedTuple):
    """What inference makes of facts."""

    taken: tuple[Suggested, ...] = ()
    """Suggestions that are taken as presumed."""
    refused: tuple[Suggested, ...] = ()
    """Suggestions that contradict each other, so that none is taken."""


@runtime_checkable
class Engine(Protocol):
    """Finds rules. `docs/how-to/write-an-engine.md` shows how to write another."""

    name: str
    """The name by which `Explorer(engine=...)` chooses it."""

    def infer(self, facts: Facts) -> Inferred:
        """The facts that rules of the kind inference suggest, with their rules; never what was given."""
        ...

    def match(self, facts: Facts) -> RuleSets:
        """The other rules that are certain, in force and possible; facts hold at most one mechanism."""
        ...


def strata(pack: "Pack") -> "tuple[tuple[Inference, ...], ...]":
    """The inferences that count at the pack's date, in the order in which they build on each other.

    Inferences are not dated by a lens: they are those of the pack's own day, so an engine leaves others out.
    """
    today = first_day(pack.header.date)
    current: list[Inference] = []
    for rule in pack.inferences.values():
        source = pack.sources.get(rule.source)
        starts = rule.starts or (first_day(str(source.year)) if source else FIRST_DAY)
        if starts <= today < rule.ends:
            current.append(rule)
    needs: dict[str, set[str]] = {}
    for rule in current:
        needs.setdefault(_target(rule), set()).update(_needed(rule))
    if cycle_in(needs):
        return ()
    depth: dict[str, int] = {}
    waiting = list(needs)
    while waiting:  # no call for each fact: they may build on each other in thousands
        target = waiting[-1]
        below = [name for name in needs[target] if name in needs]
        unknown = [name for name in below if name not in depth]
        if unknown:
            waiting += unknown
            continue
        depth[target] = 1 + max((depth[name] for name in below), default=-1)
        waiting.pop()
    layers: dict[int, list[Inference]] = {}
    for rule in current:
        layers.setdefault(depth[_target(rule)], []).append(rule)
    return tuple(tuple(layers[rank]) for rank in sorted(layers))


def inference_needs(rules: "Iterable[Inference]") -> dict[str, set[str]]:
    """What each inferred attribute is inferred from; a cycle in it is an error of the pack."""
    needs: dict[str, set[str]] = {}
    for rule in rules:
        needs.setdefault(_target(rule), set()).update(_needed(rule))
    return needs


def _target(rule: "Inference") -> str:
    attribute, name, _ = rule.suggests.fact
    return f"{attribute}.{name}" if name else attribute


def _needed(rule: "Inference") -> set[str]:
    return {
        f"{clause.attribute}.{clause.name}" if clause.name else clause.attribute
        for clause in rule.conditions
    }


def settle(suggestions: Iterable[tuple[tuple[str, str, str], str]]) -> Inferred:
    """Decides between suggestions: mechanisms add up, contradictions are refused whole."""
    by_fact: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (attribute, name, value), rule in suggestions:
        by_fact.setdefault((attribute, name), {}).setdefault(value, []).append(rule)
    taken: list[Suggested] = []
    refused: list[Suggested] = []
    for (attribute, name), values in sorted(by_fact.items()):
        found = [
            Suggested(attribute, name, value, tuple(sorted(rules)))
            for value, rules in sorted(values.items())
        ]
        settled = attribute == "mechanism" or len(found) == 1
        (taken if settled else refused).extend(found)
    return Inferred(tuple(taken), tuple(refused))


def left_open(suggested: Suggested, facts: Facts) -> bool:
    """Whether facts leave open what is suggested, so that it may be inferred."""
    if suggested.attribute == "pain_type":
        return not facts.pain_type_given
    if suggested.attribute == "mechanism":
        return not facts.mechanism_given
    return suggested.name not in facts.given


def with_taken(facts: Facts, found: Inferred) -> Facts:
    """Facts with what was taken, for the inferences that build on it; what was given is left alone."""
    pain_type = facts.pain_type
    factors: dict[str, bool] = {}
    for one in found.taken:
        if one.attribute == "pain_type":
            pain_type = one.value
        elif one.attribute == "factors" and one.name not in facts.given:
            factors[one.name] = one.value == "yes"
    return facts.assume(pain_type=pain_type, factors=factors)
