"""Asking an engine about a profile: inference first, then once for each mechanism."""

from typing import NamedTuple

from painrules.engine.base import Engine, Inferred, RuleSets
from painrules.model.facts import Facts, FactsBuilder
from painrules.model.profile import Profile


class Asked(NamedTuple):
    """What an engine was asked, for one mechanism, and what it found."""

    mechanism: str | None
    """The mechanism; None: unknown."""
    facts: Facts
    """The facts that it was asked about."""
    sets: RuleSets
    """What it found."""


class Consultation(NamedTuple):
    """All that an engine says of a profile."""

    inferred: Inferred
    """What was suggested where the profile left something open."""
    asked: tuple[Asked, ...]
    """One answer for each mechanism, in a fixed order; one with None where none is known or inferred."""


def consult(engine: Engine, builder: FactsBuilder, profile: Profile) -> Consultation:
    """Asks an engine about a profile.

    Raises:
        ValueError: If the profile contradicts itself in terms of the pack.
    """
    facts = builder.build(profile)
    mechanisms = sorted(mechanism.value for mechanism in profile.mechanisms)
    given = bool(mechanisms)
    inferred = engine.infer(facts.with_mechanism(None, given=given))
    pain_type = None
    factors: dict[str, bool] = {}
    for item in inferred.taken:
        if item.attribute == "pain_type":
            pain_type = item.value
        elif item.attribute == "mechanism":
            mechanisms.append(item.value)
        else:
            factors[item.name] = item.value == "yes"
    if pain_type is not None or factors:
        facts = facts.assume(pain_type=pain_type, factors=factors)
    asked = []
    each: list[str | None] = [*mechanisms] or [None]
    for mechanism in each:
        about = facts.with_mechanism(mechanism, given=given)
        asked.append(Asked(mechanism, about, engine.match(about)))
    return Consultation(inferred, tuple(asked))
