"""What a rule may ask of a profile: conditions that are data, never code.

`When` is what an author writes. It falls apart into *clauses* (`painrules.model.clauses`), one thing each, that the
engines work on.
"""

from math import inf
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from painrules.model.base import Frozen, FrozenDict, FrozenMap, Identifier, Words, YesNo
from painrules.model.clauses import NUMBERS, SHORT_NAMES, Clause, level_of
from painrules.vocab import Mechanism, Outcome, PainType

__all__ = [
    "ANYTHING",
    "NUMBERS",
    "SHORT_NAMES",
    "Band",
    "Clause",
    "Range",
    "Scope",
    "When",
    "YesNo",
    "level_of",
]


class Range(Frozen):
    """Numbers from `min` to `max`, both inclusive."""

    min: Annotated[float, Field(strict=True, ge=0, le=2000, allow_inf_nan=False)] | None = None
    """The least number that will do; left out: any."""
    max: Annotated[float, Field(strict=True, ge=0, le=2000, allow_inf_nan=False)] | None = None
    """The greatest number that will do; left out: any."""

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.min is None and self.max is None:
            msg = "needs a min, a max or both"
            raise ValueError(msg)
        if self.min is not None and self.max is not None and self.min > self.max:
            msg = "its min is greater than its max"
            raise ValueError(msg)
        return self


class When(Frozen):
    """Conditions on a profile. In `when` all of them must hold; in `unless` each one silences the rule.

    >>> When(pain_type="chronic", factors={"pregnancy": "no"}).clauses()[0]
    Clause(attribute='pain_type', name='', values=('chronic',), low=-inf, high=inf)
    """

    pain_type: Words[PainType] = ()
    """One pain type or several; any of them will do."""
    mechanism: Words[Mechanism] = ()
    """One mechanism or several; any of them will do."""
    condition: Words[Identifier] = ()
    """One condition or several; any of them, or a descendant of it, will do."""
    age_years: Range | None = None
    """Age in completed years."""
    duration_months: Range | None = None
    """How long the pain has lasted, in months."""
    severity: Range | None = None
    """Pain intensity, 0 to 10."""
    factors: FrozenMap[Identifier, YesNo] = FrozenDict()
    """Factors that must be known: ``{pregnancy: yes}``."""
    red_flags: FrozenMap[Identifier, YesNo] = FrozenDict()
    """Red flags that must be known; in rules of the kind red_flag only."""
    tried: FrozenMap[Identifier, Words[Outcome]] = FrozenDict()
    """Options or categories that were tried, each with the outcomes that will do."""

    def clauses(self) -> tuple[Clause, ...]:
        """The conditions one by one, in a fixed order."""
        found = [
            Clause(name, "", tuple(word.value for word in words))
            for name, words in (("pain_type", self.pain_type), ("mechanism", self.mechanism))
            if words
        ]
        if self.condition:
            found.append(Clause("condition", "", self.condition))
        for name in NUMBERS:
            span: Range | None = getattr(self, name)
            if span is not None:
                low = -inf if span.min is None else span.min
                high = inf if span.max is None else span.max
                found.append(Clause(name, "", (), low, high))
        found += [
            Clause(kind, name, ("yes" if value else "no",))
            for kind, facts in (("factors", self.factors), ("red_flags", self.red_flags))
            for name, value in facts.items()
        ]
        found += [
            Clause("tried", name, tuple(sorted(outcomes))) for name, outcomes in self.tried.items()
        ]
        return tuple(found)


ANYTHING = When()
"""No conditions at all."""


class Scope(Frozen):
    """Conditions that hold for every rule of a file: both `when` must hold, any `unless` silences."""

    when: When = ANYTHING
    """Conditions added to the `when` of each rule."""
    unless: When = ANYTHING
    """Exceptions added to the `unless` of each rule."""


class Band(Frozen):
    """A definition by number: the factor holds for numbers from `min` up to, not including, `below`."""

    attribute: Literal["age_years", "duration_months", "severity"]
    """The number that decides."""
    min: Annotated[float, Field(strict=True, ge=0)] = 0
    """The least number in the band."""
    below: Annotated[float, Field(strict=True, gt=0)] | None = None
    """The first number beyond the band; left out: no upper end."""

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.below is not None and self.min >= self.below:
            msg = "nothing lies between its min and its below"
            raise ValueError(msg)
        return self
