"""Changes to a profile: what would have to be otherwise for a condition to hold, or not to hold."""

from math import ceil, floor, inf
from typing import Any

from painrules.explain.told import label_of
from painrules.model.base import Frozen
from painrules.model.conditions import NUMBERS, Clause
from painrules.model.facts import OTHER
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.vocab import Outcome


class Change(Frozen):
    """One fact of a profile that would have to be otherwise."""

    attribute: str
    """The field of `Profile` that changes."""
    name: str = ""
    """The factor or option within that field, if it is a mapping."""
    value: str | bool | int | float
    """What it would have to be."""
    told: str
    """The change in words."""

    def applied(self, profile: Profile) -> Profile:
        """The profile with this change.

        Raises:
            ProfileError: If the changed profile is impossible.
        """
        if self.attribute == "mechanisms":
            return profile.with_(mechanisms=frozenset({self.value}))
        if self.attribute == "conditions":
            kept = profile.conditions - {OTHER}
            return profile.with_(conditions=kept | {str(self.value)})
        if self.attribute in {"factors", "tried"}:
            known = dict(getattr(profile, self.attribute))
            known[self.name] = self.value
            return profile.with_(**{self.attribute: known})
        return profile.with_(**{self.attribute: self.value})


def to_hold(clause: Clause, profile: Profile, pack: Pack) -> Change | None:
    """The change after which a condition holds; None if there is none to name."""
    kind = clause.attribute
    if kind == "pain_type":
        return plain_change("pain_type", clause.values[0], pack, "the pain type were")
    if kind == "mechanism":
        return plain_change("mechanisms", clause.values[0], pack, "the mechanism were")
    if kind == "condition":
        return plain_change("conditions", clause.values[0], pack, "the condition were")
    if kind == "factors":
        return factor_change(clause.name, present=clause.values == ("yes",), pack=pack)
    if kind == "tried":
        return tried_change(clause.name, clause.values[0], pack)
    if kind in NUMBERS:
        return _number(clause, profile, inside=True)
    return None


def not_to_hold(clause: Clause, profile: Profile, pack: Pack) -> Change | None:
    """The change after which an exception does not hold; None if there is none to name."""
    if clause.attribute == "factors":
        return factor_change(clause.name, present=clause.values != ("yes",), pack=pack)
    if clause.attribute in NUMBERS:
        return _number(clause, profile, inside=False)
    if clause.attribute == "tried":
        others = [outcome.value for outcome in Outcome if outcome.value not in clause.values]
        return tried_change(clause.name, others[0], pack) if others else None
    return None


def plain_change(attribute: str, value: str, pack: Pack, words: str) -> Change:
    """That a field were a word."""
    return Change(attribute=attribute, value=value, told=f"if {words} {label_of(value, pack)}")


def factor_change(name: str, *, present: bool, pack: Pack) -> Change:
    """That a factor were present, or absent."""
    verb = "were present" if present else "were absent"
    told = f"if '{label_of(name, pack)}' {verb}"
    return Change(attribute="factors", name=name, value=present, told=told)


def tried_change(name: str, outcome: str, pack: Pack) -> Change:
    """That something had been tried."""
    words = {
        "helped": "helped",
        "not_enough": "not helped enough",
        "not_tolerated": "not been tolerated",
    }
    told = f"if '{label_of(name, pack)}' had been tried and had {words[outcome]}"
    return Change(attribute="tried", name=name, value=outcome, told=told)


def _number(clause: Clause, profile: Profile, *, inside: bool) -> Change | None:
    known: Any = getattr(profile, clause.attribute)
    low, high = clause.low, clause.high
    top = {"age_years": 130, "duration_months": 1560, "severity": 10}[clause.attribute]
    if inside:
        least = 0 if low == -inf else ceil(low)
        most = top if high == inf else floor(high)
        wanted = least if known is None else min(max(known, least), most)
        if low == -inf and known is None:
            wanted = most
    elif high != inf and high + 1 <= top:
        wanted = floor(high) + 1
    elif low != -inf and low >= 1:
        wanted = ceil(low) - 1
    else:
        return None
    name = clause.attribute.replace("_", " ")
    return Change(attribute=clause.attribute, value=wanted, told=f"if {name} were {wanted:g}")
