"""The smallest profile that still shows something: facts are left out as long as it does."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any, NamedTuple

from painrules.errors import PainrulesError
from painrules.model.profile import Profile

FEW = 8
"""Of so many facts every part is tried, the smallest first; of more, one after the other is left out."""


class Fact(NamedTuple):
    """One fact of a profile."""

    field: str
    name: str
    value: Any


def facts_of(profile: Profile) -> list[Fact]:
    """The facts of a profile, one by one."""
    found: list[Fact] = []
    for field, value in profile.to_dict().items():
        if isinstance(value, dict):
            found += [Fact(field, name, inner) for name, inner in value.items()]
        elif isinstance(value, list):
            found += [Fact(field, word, word) for word in value]
        else:
            found.append(Fact(field, "", value))
    return found


def profile_with(facts: Iterable[Fact]) -> Profile:
    """The profile that states some facts.

    >>> profile_with(facts_of(Profile(pain_type="acute", factors={"works": True}))).to_dict()
    {'pain_type': 'acute', 'factors': {'works': True}}
    """
    fields: dict[str, Any] = {}
    for field, name, value in facts:
        if not name:
            fields[field] = value
        elif field in {"mechanisms", "conditions", "goals"}:
            fields.setdefault(field, set()).add(value)
        else:
            fields.setdefault(field, {})[name] = value
    return Profile(**fields)


def smallest(profile: Profile, holds: Callable[[Profile], bool]) -> Profile | None:
    """A smallest part of a profile of which something holds; None: it does not hold of the whole either."""

    def shows(some: Iterable[Fact]) -> bool:
        try:
            return holds(profile_with(some))
        except (PainrulesError, ValueError):  # a part may contradict itself in terms of the pack
            return False

    facts = facts_of(profile)
    if not shows(facts):
        return None
    if len(facts) > FEW:
        for fact in facts:
            fewer = [one for one in facts if one != fact]
            if shows(fewer):
                facts = fewer
    if len(facts) <= FEW:
        parts = (part for size in range(len(facts)) for part in combinations(facts, size))
        facts = next((list(part) for part in parts if shows(part)), facts)
    return profile_with(facts)
