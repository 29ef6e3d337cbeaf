"""What may still be learnt of a profile: each single thing that it leaves open, and what was learnt between two."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from painrules.model.conditions import NUMBERS, SHORT_NAMES
from painrules.model.facts import OTHER, Facts, FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.vocab import Mechanism, Outcome, PainType

NUMBERS_TRIED: dict[str, tuple[float, ...]] = {
    "age_years": (0, 11, 12, 15, 17, 18, 40, 64, 65, 90),
    "duration_months": (0, 0.5, 1.5, 3, 12, 12.5),
    "severity": (0, 3, 3.5, 4, 6.5, 7, 10),
}
"""Numbers on both sides of the bounds that rules usually name."""

MECHANISM_SETS = tuple(
    frozenset(several) for size in (1, 2, 3) for several in combinations(Mechanism, size)
)
"""Each set of mechanisms that can be given."""


def learnable(profile: Profile, pack: Pack) -> Iterator[Profile]:
    """The profile with one thing more known: each value of each attribute that it leaves open.

    A class of which a member was tried is not among them: to name it then is a correction, not something learnt.

    Args:
        profile: The profile.
        pack: Whose words are used.
    """
    builder = FactsBuilder(pack)
    for changes in what_is_open(profile, pack):
        found = profile.with_(**changes)
        if fits(found, builder):
            yield found


def what_is_open(profile: Profile, pack: Pack) -> Iterator[dict[str, Any]]:
    """The changes of a profile after which one thing more is known; some may contradict what is known of numbers."""
    yield from _open(profile, FactsBuilder(pack).build(profile), pack)


def fits(profile: Profile, builder: FactsBuilder) -> bool:
    """Whether what a profile says of numbers agrees with itself."""
    try:
        builder.build(profile)
    except ValueError:
        return False
    return True


def _open(profile: Profile, facts: Facts, pack: Pack) -> Iterator[dict[str, Any]]:
    if profile.pain_type is None:
        yield from ({"pain_type": kind} for kind in PainType)
    if not profile.mechanisms:
        yield from ({"mechanisms": several} for several in MECHANISM_SETS)
    yield from ({"conditions": names} for names in _conditions(profile, pack))
    for name in NUMBERS:
        if getattr(profile, name) is None:
            yield from ({name: number} for number in NUMBERS_TRIED[name])
    for field, known in (("factors", pack.factors), ("red_flags", pack.red_flag_signs)):
        stated = getattr(profile, field)
        for name in known:
            if name not in facts.given:
                yield from ({field: {**stated, name: value}} for value in (True, False))
    for name in (*pack.interventions, *pack.categories):
        if name not in facts.tried and name not in facts.said:
            yield from ({"tried": {**profile.tried, name: outcome}} for outcome in Outcome)


def _conditions(profile: Profile, pack: Pack) -> Iterator[frozenset[str]]:
    if not profile.conditions:
        yield from (frozenset({name}) for name in (*pack.conditions, OTHER))
        return
    tree = pack.condition_tree
    for name in sorted(profile.conditions):
        for below in sorted(tree.descendants(name) - profile.conditions):
            yield profile.conditions | {below}
            yield profile.conditions - {name} | {below}


def differing(before: Iterable[Facts], after: Iterable[Facts], pack: Pack) -> frozenset[str]:
    """What was learnt, or is inferred otherwise, between two resolutions, by the names that `depends_on` uses.

    Args:
        before: The facts that an engine was asked about, for each mechanism.
        after: The same, for the other profile.
        pack: Whose factors may be defined by numbers.
    """
    old, new = list(before), list(after)
    found: set[str] = set()
    if {(one.mechanism, one.mechanism_given) for one in old} != {
        (one.mechanism, one.mechanism_given) for one in new
    }:
        found.add("mechanism")
    one, other = old[0], new[0]
    if (one.pain_type, one.pain_type_given) != (other.pain_type, other.pain_type_given):
        found.add("pain_type")
    if (one.conditions, one.open_conditions) != (other.conditions, other.open_conditions):
        found.add("condition")
    found |= {f"tried.{name}" for name in _unlike(one.tried, other.tried)}
    found |= {f"tried.{name}" for name in _unlike(one.said, other.said)}
    found |= {SHORT_NAMES.get(name, name) for name in _unlike(one.spans, other.spans)}
    for name in _unlike(one.given, other.given) | _unlike(one.presumed, other.presumed):
        band = pack.factors[name].band if name in pack.factors else None
        found.add(SHORT_NAMES.get(band.attribute, band.attribute) if band else name)
    return frozenset(found)


def _unlike(one: Any, other: Any) -> set[str]:  # noqa: ANN401 - mappings of any values
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}
