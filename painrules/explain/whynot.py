"""Why an option is not supported: what is missing of the rule that comes closest, and what would bring it.

A change is named only after it was tried out: with all of it the status becomes what is claimed, with part of it not.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

from painrules.errors import PainrulesError
from painrules.explain.change import Change, not_to_hold, to_hold
from painrules.explain.told import population, told
from painrules.explain.why import TRUTH_WORDS, Premise
from painrules.model.base import Frozen
from painrules.model.conditions import Clause
from painrules.model.facts import Facts, truth
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Position, Rule
from painrules.resolve import Resolution
from painrules.vocab import Safety, Stance, Status, Truth

MOST_TRIED = 40
"""How many rules, the closest first, are tried out at most."""
MOST_CHANGES = 10
"""The largest changes that are tried out: of each all parts are, and there are twice as many with each more."""

Resolver = Callable[[Profile], Resolution]


class WhyNot(Frozen):
    """Why an option is not supported, and what would have to be otherwise."""

    option: str
    """The intervention."""
    label: str
    """Its name."""
    status: Status
    """Its status."""
    reasons: tuple[str, ...]
    """What stands against it, or that nothing speaks of it."""
    closest: str | None = None
    """The supporting rule that comes closest: fewest conditions missing, then id."""
    population: str | None = None
    """Of whom that rule speaks."""
    cited: str | None = None
    """Its source."""
    missing: tuple[Premise, ...] = ()
    """Which of its conditions failed."""
    change: tuple[Change, ...] = ()
    """The smallest change of the profile that was found to bring the status below; empty if none of ten facts does."""
    brought_by: str | None = None
    """The rule that the change brings into force."""
    becomes: Status | None = None
    """The status after that change."""

    def __str__(self) -> str:
        """The explanation as text."""
        lines = [f"{self.label}: {self.status.value.replace('_', ' ')}"]
        lines += [f"  {reason}" for reason in self.reasons]
        if self.closest:
            lines.append(f"  the closest rule for it is {self.closest}: {self.population}")
            lines.append(f"    {self.cited}")
            lines += [f"    missing: {one.condition} ({one.truth})" for one in self.missing]
        if self.change:
            told = ", and ".join(change.told for change in self.change)
            lines.append(f"  it would be {self.becomes!s} {told} ({self.brought_by})")
        return "\n".join(lines)


def why_not(resolution: Resolution, name: str, profile: Profile, resolve: Resolver) -> WhyNot:
    """Explains why an option is not supported.

    Args:
        resolution: The resolution of the profile.
        name: The intervention.
        profile: The profile.
        resolve: Resolves another profile under the same lens.
    """
    pack = resolution.index.pack
    outcome = resolution.outcome(name)
    found = WhyNot(
        option=name,
        label=pack.interventions[name].label,
        status=outcome.status,
        reasons=tuple(_reasons(resolution, name, pack)),
    )
    if outcome.supported:
        return found
    candidates = sorted(_candidates(resolution, name, profile, pack), key=lambda one: one[:2])
    if not candidates:
        return found
    update = _about(candidates[0][2], candidates[0][4], pack)
    for candidate in sorted(candidates[:MOST_TRIED], key=_plausible):
        change, supports = _smallest(candidate[3], name, profile, resolve)
        if change:
            # Part of what the candidate asks for may bring another rule into force.
            brought_by = candidate[1] if candidate[1] in supports else supports[0]
            update |= {"change": change, "brought_by": brought_by, "becomes": Status.SUPPORTED}
            break
    return found.model_copy(update=update)


Candidate = tuple[int, str, Position, tuple[Change, ...], tuple[Premise, ...]]


def _plausible(candidate: Candidate) -> tuple[int, bool, str]:
    """Few changes first; another pain type or mechanism, which is another kind of pain, last among as many."""
    count, rule, _, changes, _ = candidate
    kind = any(change.attribute in {"pain_type", "mechanisms"} for change in changes)
    return (count, kind, rule)


def _about(rule: Position, missing: tuple[Premise, ...], pack: Pack) -> dict[str, object]:
    return {
        "closest": rule.id,
        "population": population(rule, pack),
        "cited": pack.sources[rule.source].cited,
        "missing": missing,
    }


def _reasons(resolution: Resolution, name: str, pack: Pack) -> Iterator[str]:
    outcome = resolution.outcome(name)
    if outcome.supported:
        yield (
            "it is supported"
            if resolution.is_supported(name)
            else "it is supported, but contraindicated"
        )
    elif outcome.status is Status.NOT_MENTIONED:
        yield "no position in force speaks of it, which is not the same as speaking against it"
    for rule in resolution.positions(name):
        if rule.stance is not Stance.SUPPORTS:
            verb = (
                "speaks against it" if rule.stance.value == "opposes" else "makes no recommendation"
            )
            yield f"{pack.sources[rule.source].cited} {verb}: {rule.because}"
    if resolution.safety(name) is Safety.CONTRAINDICATED:
        for caution in resolution.cautions(name):
            if caution.severity.value == "contraindicated":
                yield f"contraindicated: {caution.because}"


def _candidates(
    resolution: Resolution, name: str, profile: Profile, pack: Pack
) -> Iterator[Candidate]:
    option = resolution.index.option(name)
    through = resolution.masks.allowed & resolution.masks.dated
    for rule in pack.positions.values():
        bit = 1 << pack.rule_numbers[rule.id]
        if not option.supports & bit & through:
            continue
        best = min((_failed(rule, ask.facts) for ask in resolution.asked), key=len)
        if not best:
            continue
        changes = tuple(
            not_to_hold(clause, profile, pack) if barred else to_hold(clause, profile, pack)
            for clause, _, barred in best
        )
        named = tuple(change for change in changes if change is not None)
        missing = tuple(_premise(*one, pack) for one in best)
        usable = named if len(named) == len(changes) <= MOST_CHANGES else ()
        yield len(best), rule.id, rule, usable, missing


Failure = tuple[Clause, Truth, bool]


def _failed(rule: Rule, facts: Facts) -> list[Failure]:
    """The conditions that do not hold and the exceptions that do."""
    failed = []
    for clause in rule.conditions:
        found = truth(clause, facts)
        if found < Truth.PRESUMED:
            failed.append((clause, found, False))
    for clause in rule.exceptions:
        found = truth(clause, facts)
        if found >= Truth.PRESUMED:
            failed.append((clause, found, True))
    return failed


def _premise(clause: Clause, found: Truth, barred: bool, pack: Pack) -> Premise:  # noqa: FBT001 - part of a tuple
    words = told(clause, pack)
    return Premise(condition=f"not: {words}" if barred else words, truth=TRUTH_WORDS[found])


def _smallest(
    changes: tuple[Change, ...], name: str, profile: Profile, resolve: Resolver
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """The smallest part of a change that brings support, and the rules that do; empty if even all of it does not."""
    for size in range(1, len(changes) + 1):
        for part in combinations(changes, size):
            supports = _supports(part, name, profile, resolve)
            if supports:
                return part, supports
    return (), ()


def _supports(
    changes: tuple[Change, ...], name: str, profile: Profile, resolve: Resolver
) -> tuple[str, ...]:
    """The rules by which an option is supported in a changed profile; none if it is not."""
    try:
        for change in changes:
            profile = change.applied(profile)
        found = resolve(profile)
    except (PainrulesError, ValueError):
        return ()
    if found.outcome(name).status is not Status.SUPPORTED:
        return ()
    return tuple(rule.id for rule in found.positions(name) if rule.stance is Stance.SUPPORTS)
