"""The yardstick: a list of plain Python functions, one for each rule, all of them called for each profile.

This is what anybody would write first, and about as fast as it gets without an index: each rule is an expression of its
own, compiled by Python. It finds the rules in force and nothing else: not what is certain or possible, no status and no
text.
"""

from collections.abc import Callable
from math import inf
from typing import Any

from painrules.model.clauses import Clause
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Rule

Known = dict[str, Any]
"""What is known of a profile: attributes and factors by name; what is not known is None."""

NUMBERS = ("age_years", "duration_months", "severity")


def condition(clause: Clause) -> str:
    """A clause as an expression on ``p``; it holds if it is known or presumed to hold."""
    if clause.attribute in NUMBERS:
        value = f"p[{clause.attribute!r}]"
        bounds = [f"{value} >= {clause.low}"] if clause.low > -inf else []
        bounds += [f"{value} <= {clause.high}"] if clause.high < inf else []
        return " and ".join([f"{value} is not None", *bounds])
    if clause.attribute == "condition":
        return f"not p['conditions'].isdisjoint({clause.values!r})"
    if clause.attribute in {"pain_type", "mechanism"}:
        return f"p[{clause.attribute!r}] in {clause.values!r}"
    return f"p[{clause.name!r}] is {clause.values == ('yes',)}"


def expression(rule: Rule) -> str:
    """A rule as an expression on ``p``."""
    parts = [condition(clause) for clause in rule.conditions]
    parts += [f"not ({condition(clause)})" for clause in rule.exceptions]
    return " and ".join(parts) or "True"


class Naive:
    """All rules as functions."""

    def __init__(self, pack: Pack) -> None:
        def made(rule: Rule) -> Callable[[Known], bool]:
            found: Callable[[Known], bool] = eval(f"lambda p: {expression(rule)}")  # noqa: S307 - made here
            return found

        self._factors = dict.fromkeys(pack.factors)
        self._inferences = [
            (made(rule), rule.suggests.mechanism.value)
            for rule in pack.rules
            if isinstance(rule, Inference) and rule.suggests.mechanism
        ]
        self._rules = [
            (number, made(rule))
            for number, rule in enumerate(pack.rules)
            if not isinstance(rule, Inference)
        ]

    def known(self, profile: Profile) -> Known:
        """What is known of a profile."""
        return {
            **self._factors,
            **profile.factors,
            "pain_type": profile.pain_type and profile.pain_type.value,
            "mechanism": next((one.value for one in profile.mechanisms), None),
            "conditions": profile.conditions,
            **{name: getattr(profile, name) for name in NUMBERS},
        }

    def matched(self, known: Known) -> list[int]:
        """The numbers of the rules in force, for one mechanism."""
        suggested = {value for holds, value in self._inferences if holds(known)}
        if known["mechanism"] is None and len(suggested) == 1:
            known = {**known, "mechanism": suggested.pop()}
        return [number for number, holds in self._rules if holds(known)]
