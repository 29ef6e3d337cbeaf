"""Laws for packs that say in `pack.yaml` what they cover."""

from collections.abc import Iterator
from itertools import combinations

from painrules.explore import Explorer
from painrules.model.pack import Coverage, Pack
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.resolve import EVERYTHING, Resolution
from painrules.testing.laws.trial import Trial
from painrules.vocab import Line, PainType

NO_COVERAGE = Coverage()


def coverage(pack: Pack) -> Coverage:
    """What a pack says that it covers; nothing, if it says nothing."""
    return pack.header.covers or NO_COVERAGE


def opioids(pack: Pack) -> tuple[str, ...]:
    """The opioids of a pack: the classes that it names, and their members."""
    named = coverage(pack).opioids
    found = {name for group in named for name in pack.intervention_tree.downwards(group)}
    return tuple(sorted(found))


def law_10(explorer: Explorer, profile: Profile) -> None:
    """L10: the line of opioids and their members is never `first` in chronic pain, given or inferred.

    Raises:
        LawError: If it is.
    """
    found = explorer.resolve(profile, EVERYTHING)
    if found.asked[0].facts.pain_type != PainType.CHRONIC.value:
        return
    trial = Trial("L10 opioids are never first in chronic pain", explorer, profile)
    for name in opioids(explorer.pack):
        outcome = found.outcome(name)
        lines = {outcome.line, *(one.line for _, one in outcome.by_mechanism)}
        if Line.FIRST in lines:
            ids = [rule.id for rule in found.positions(name)]
            trial.fail(f"{name} is a first line, by {ids}")


def law_11(explorer: Explorer, profile: Profile) -> None:
    """L11: in cancer pain and at the end of life no position on opioids that names chronic pain is in force.

    A position that names cancer pain too speaks of it, and may.

    Raises:
        LawError: If one is.
    """
    covers = coverage(explorer.pack)
    cancer = profile.pain_type is PainType.CANCER
    dying = any(profile.factors.get(name) for name in covers.end_of_life)
    if not (cancer or dying):
        return
    found = explorer.resolve(profile, EVERYTHING)
    trial = Trial("L11 what is said of chronic pain spares the dying", explorer, profile)
    for number, rule in on_chronic_pain(explorer.pack):
        if any(ask.sets.in_force >> number & 1 for ask in found.asked):
            trial.fail(f"{rule.id} on {rule.option} is in force")


def on_chronic_pain(pack: Pack) -> Iterator[tuple[int, Position]]:
    """The positions on opioids that name chronic pain and not cancer pain, with their numbers."""
    named = set(opioids(pack))
    for number, rule in enumerate(pack.rules):
        if isinstance(rule, Position) and rule.option in named:
            values = [c.values for c in rule.conditions if c.attribute == "pain_type"]
            if any("chronic" in some and "cancer" not in some for some in values):
                yield number, rule


def law_12(explorer: Explorer) -> None:
    """L12: each pair of mechanisms differs in status or line of some option, and each pair of pain types too.

    So it is for profiles in which nothing else is known, and for each pain type or mechanism beside them.

    Raises:
        LawError: If a pair does not.
    """
    trial = Trial("L12 mechanisms and pain types differ", explorer)
    covers = coverage(explorer.pack)
    cells = {
        (kind, mechanism): _told(explorer, kind, mechanism)
        for kind in (None, *covers.pain_types)
        for mechanism in (None, *covers.mechanisms)
    }
    for one, other in combinations(cells, 2):
        unlike = [{mine, yours} for mine, yours in zip(one, other, strict=True) if mine != yours]
        if len(unlike) == 1 and None not in unlike[0]:
            trial.require(cells[one] != cells[other], f"{one} and {other} have the same options")


def _told(explorer: Explorer, kind: object, mechanism: object) -> frozenset[tuple[object, ...]]:
    """Status and line of each option."""
    found = resolved(explorer, kind, mechanism)
    outcomes = ((name, found.outcome(name)) for name in found.options)
    return frozenset((name, outcome.status, outcome.line) for name, outcome in outcomes)


def resolved(explorer: Explorer, kind: object, mechanism: object) -> Resolution:
    """The resolution of a profile in which nothing but pain type and mechanism is known."""
    mechanisms = frozenset() if mechanism is None else frozenset({mechanism})
    return explorer.resolve(Profile(pain_type=kind, mechanisms=mechanisms), EVERYTHING)


def law_14(explorer: Explorer) -> None:
    """L14: every pain type with every mechanism has supported options of each domain, or the pack says why not.

    Raises:
        LawError: If some has not.
    """
    trial = Trial("L14 every pain type with every mechanism has supported options", explorer)
    missing = [
        f"{kind.value}, {mechanism.value}: {', '.join(domains)}"
        for kind in coverage(explorer.pack).pain_types
        for mechanism in coverage(explorer.pack).mechanisms
        if (domains := _missing(explorer, kind, mechanism))
    ]
    trial.require(not missing, f"no supported option, and no waiver, for {'; '.join(missing)}")


def _missing(explorer: Explorer, kind: str, mechanism: str) -> list[str]:
    pack, covers = explorer.pack, coverage(explorer.pack)
    found = resolved(explorer, kind, mechanism)
    there = {
        domain
        for name in found.options
        if found.is_supported(name)
        for domain in pack.interventions[name].domains
    }
    waived = {
        domain
        for waiver in covers.waivers
        if waiver.pain_type in {None, kind} and waiver.mechanism in {None, mechanism}
        for domain in ((waiver.domain,) if waiver.domain else covers.domains)
    }
    return [domain.value for domain in covers.domains if domain not in there | waived]
