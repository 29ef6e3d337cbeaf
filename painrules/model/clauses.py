"""Clauses: conditions one by one, as engines work on them; plain values, without the records that authors write."""

from math import inf
from typing import NamedTuple

from painrules.vocab import Level

NUMBERS = ("age_years", "duration_months", "severity")
"""The attributes of a profile that are numbers."""

SHORT_NAMES = {"age_years": "age", "duration_months": "duration", "factors": "", "red_flags": ""}
"""How `depends_on` and questions name an attribute, where it is not the attribute's own name."""


class Clause(NamedTuple):
    """One condition on one attribute.

    For `pain_type`, `mechanism` and `condition` any of `values` will do; a number lies between `low` and `high`
    (both inclusive); a factor or red flag called `name` has the value ``yes`` or ``no`` in `values`; the option or
    category called `name` was tried with one of the outcomes in `values`.
    """

    attribute: str
    name: str = ""
    values: tuple[str, ...] = ()
    low: float = -inf
    high: float = inf

    @property
    def asked(self) -> str:
        """The name by which a result speaks of what this clause depends on."""
        if self.attribute == "tried":
            return f"tried.{self.name}"
        return self.name or SHORT_NAMES.get(self.attribute, self.attribute)


def level_of(clauses: tuple[Clause, ...]) -> Level:
    """The most specific thing that conditions name; factors, ages and the like do not change it."""
    named = {clause.attribute for clause in clauses}
    for level in (Level.CONDITION, Level.MECHANISM, Level.PAIN_TYPE):
        if level.value in named:
            return level
    return Level.GENERAL
