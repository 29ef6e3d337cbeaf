"""What could be found out, or changed, about a profile: each single change that could matter to an option.

Unknown facts may be found out. Known ones may change only where the vocabulary says that a person or a team could
change them; never age, pregnancy or history.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, inf, nextafter

from painrules.explain.change import Change, factor_change, plain_change, tried_change
from painrules.model.conditions import NUMBERS, Clause
from painrules.model.facts import OTHER, Facts
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Rule
from painrules.vocab import FactorKind, Mechanism, Outcome, PainType

GREATEST = {"age_years": 130, "duration_months": 1560, "severity": 10}
FIXED = {FactorKind.HISTORY, FactorKind.LIFE_STAGE}
"""Sorts of facts that nobody can change, whatever the vocabulary says."""


def needed_inferences(pack: Pack, rules: Iterable[Rule]) -> tuple[Inference, ...]:
    """The inferences that could bring what rules ask for, directly or through others."""
    wanted = {_about(clause) for rule in rules for clause in rule.conditions + rule.exceptions}
    found: dict[str, Inference] = {}
    more = True
    while more:
        more = False
        for rule in pack.inferences.values():
            if rule.id not in found and rule.suggests.fact[:2] in wanted:
                found[rule.id] = rule
                wanted |= {_about(clause) for clause in rule.conditions + rule.exceptions}
                more = True
    return tuple(found.values())


def _about(clause: Clause) -> tuple[str, str]:
    return clause.attribute, clause.name


def moves(profile: Profile, facts: Facts, pack: Pack, rules: Sequence[Rule]) -> list[list[Change]]:
    """For each thing that rules ask about, what could be found out of it, or changed.

    Args:
        profile: The profile.
        facts: What follows from it, whatever the mechanism.
        pack: The pack.
        rules: The rules that matter, inferences among them.
    """
    clauses = [clause for rule in rules for clause in rule.conditions + rule.exceptions]
    asked = {clause.attribute for clause in clauses}
    found: list[list[Change]] = []
    if "pain_type" in asked and profile.pain_type is None:
        words = [kind.value for kind in PainType]
        found.append(
            [plain_change("pain_type", word, pack, "the pain type were") for word in words]
        )
    if "mechanism" in asked and not profile.mechanisms:
        words = [one.value for one in Mechanism]
        found.append(
            [plain_change("mechanisms", word, pack, "the mechanism were") for word in words]
        )
    found.append(list(_conditions(profile, pack, clauses)))
    found += _numbers(profile, facts, pack, clauses)
    found += _factors(facts, pack, clauses)
    for name in dict.fromkeys(clause.name for clause in clauses if clause.attribute == "tried"):
        if name not in facts.tried and name not in facts.said:
            found.append([tried_change(name, outcome.value, pack) for outcome in Outcome])
    return [several for several in found if several]


def _conditions(profile: Profile, pack: Pack, clauses: Sequence[Clause]) -> Iterator[Change]:
    """Conditions that rules tell apart; where some are given, only more precise ones."""
    tree = pack.condition_tree
    lists = [frozenset(clause.values) for clause in clauses if clause.attribute == "condition"]
    if not lists:
        return
    if profile.conditions:
        names = {below for name in profile.conditions for below in tree.descendants(name)}
        candidates = sorted(names - profile.conditions)
    else:
        candidates = [*pack.conditions, OTHER]
    named = {name for several in lists for name in several}
    seen: set[tuple[bool, ...]] = set()
    for name in sorted(candidates, key=lambda name: (name == OTHER, name not in named, name)):
        upwards = tree.upwards(name)
        mark = tuple(bool(upwards & several) for several in lists)
        if mark not in seen:
            seen.add(mark)
            yield plain_change("conditions", name, pack, "the condition were")


def _numbers(
    profile: Profile, facts: Facts, pack: Pack, clauses: Sequence[Clause]
) -> Iterator[list[Change]]:
    for attribute in NUMBERS:
        if getattr(profile, attribute) is None:
            low, high = facts.spans.get(attribute, (-inf, inf))
            points = [p for p in _points(attribute, pack, clauses) if low <= p <= high]
            name = attribute.replace("_", " ")
            yield [
                Change(attribute=attribute, value=point, told=f"if {name} were {point:g}")
                for point in points
            ]


def _points(attribute: str, pack: Pack, clauses: Sequence[Clause]) -> list[float]:
    """A number for each cell between the bounds that rules name; none if no rule asks."""
    edges = set()
    for clause in clauses:
        if clause.attribute == attribute:
            edges |= {clause.low, nextafter(clause.high, inf)}
        factor = pack.factors.get(clause.name) if clause.attribute == "factors" else None
        if factor is not None and factor.band is not None and factor.band.attribute == attribute:
            edges |= {factor.band.min, inf if factor.band.below is None else factor.band.below}
    if not edges:
        return []
    top = GREATEST[attribute]
    cuts = sorted({0.0, *(edge for edge in edges if 0 <= edge <= top)})
    found: list[float] = []
    for low, above in zip(cuts, [*cuts[1:], nextafter(float(top), inf)], strict=True):
        if ceil(low) < above:
            found.append(ceil(low))
        elif attribute != "age_years":
            found.append((low + above) / 2)
    return found


def _factors(facts: Facts, pack: Pack, clauses: Sequence[Clause]) -> Iterator[list[Change]]:
    for name in sorted({clause.name for clause in clauses if clause.attribute == "factors"}):
        factor = pack.factors.get(name)
        if factor is None or factor.band is not None:
            continue  # what a number defines is found out by the number
        if name not in facts.given:
            yield [factor_change(name, present=present, pack=pack) for present in (True, False)]
        elif factor.changeable and factor.kind not in FIXED:
            yield [factor_change(name, present=not facts.given[name], pack=pack)]
