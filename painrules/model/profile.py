"""The profile: one pain problem, as far as it is known."""

from collections.abc import Iterator, Mapping, Sized
from itertools import islice
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from painrules.errors import ENOUGH, Problem, ProfileError, near_miss, printable
from painrules.model.base import Frozen, FrozenDict, FrozenMap, Identifier, YesNo
from painrules.model.wording import told
from painrules.vocab import Mechanism, Outcome, PainType

MOST_WORDS = 1_000
"""The most words that one field takes: an endless iterator is met with an error, not with patience."""
_LARGEST = 1e9


def _as_set(value: object) -> object:
    if isinstance(value, str):
        return frozenset((value,))
    if isinstance(value, Iterator):
        value = list(islice(value, MOST_WORDS + 1))
    if isinstance(value, Sized) and len(value) > MOST_WORDS:
        msg = f"must have at most {MOST_WORDS:,} words"
        raise ValueError(msg)
    return value


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = "must be a number"
        raise ValueError(msg)  # noqa: TRY004 - pydantic gathers ValueErrors
    if not -_LARGEST < value < _LARGEST:
        msg = "must be a number within bounds"
        raise ValueError(msg)
    return value


def _plain(value: float) -> float:
    """Whole numbers as whole numbers, so that equal profiles have equal bytes."""
    return int(value) if value == int(value) else value


Months = Annotated[
    float,
    Field(ge=0, le=1560, allow_inf_nan=False),
    BeforeValidator(_number),
    AfterValidator(_plain),
]
"""A duration in months, 0 to 1560."""

Intensity = Annotated[
    float,
    Field(ge=0, le=10, allow_inf_nan=False),
    BeforeValidator(_number),
    AfterValidator(_plain),
]
"""Pain intensity from 0 (none) to 10 (worst imaginable)."""


class Profile(Frozen):
    """One pain problem. Every field is optional: what is left out is unknown.

    A profile holds identifiers of a pack; `painrules.explore` also takes labels, synonyms and codes. It describes an
    example for teaching, and never holds who somebody is.

    >>> Profile(pain_type="chronic", mechanisms=["neuropathic"], age_years=72).age_years
    72

    Raises:
        ProfileError: If a field is unknown or a value is impossible; it lists all problems.
    """

    pain_type: PainType | None = None
    """The type of pain; never rewritten from the duration."""
    mechanisms: Annotated[frozenset[Mechanism], BeforeValidator(_as_set)] = frozenset()
    """The mechanisms at work; empty means unknown. Once given, the others are known not to be there."""
    conditions: Annotated[frozenset[Identifier], BeforeValidator(_as_set)] = frozenset()
    """Conditions that describe this one pain problem; ``other`` stands for one that the pack does not know."""
    age_years: Annotated[int, Field(strict=True, ge=0, le=130)] | None = None
    """Age in completed years, 0 to 130."""
    duration_months: Months | None = None
    """How long the pain has lasted, in months, 0 to 1560."""
    severity: Intensity | None = None
    """Pain intensity from 0 (none) to 10 (worst imaginable)."""
    factors: FrozenMap[Identifier, YesNo] = FrozenDict()
    """Factors known to be there (true) or known not to be there (false); not named means unknown."""
    tried: FrozenMap[Identifier, Outcome] = FrozenDict()
    """What was tried, an option or a category, and what came of it."""
    goals: Annotated[frozenset[Identifier], BeforeValidator(_as_set)] = frozenset()
    """What matters to the person; it changes order, never a status."""
    red_flags: FrozenMap[Identifier, YesNo] = FrozenDict()
    """Red flags known to be there (true) or known not to be there (false)."""

    def __init__(self, **data: Any) -> None:  # noqa: ANN401 - pydantic checks each value
        try:
            super().__init__(**data)
        except ValidationError as error:
            found = problems_of(error)
            raise ProfileError(found[:ENOUGH], more=len(found) > ENOUGH) from None

    def with_(self, **changes: Any) -> "Profile":  # noqa: ANN401 - pydantic checks each value
        """This profile with some fields changed, checked anew.

        >>> Profile(pain_type="acute").with_(severity=4).severity
        4
        """
        return Profile(
            **{**{name: getattr(self, name) for name in self.model_fields_set}, **changes}
        )

    def to_dict(self) -> dict[str, Any]:
        """What is known, as plain values in a fixed order; unknown fields are left out.

        >>> Profile(mechanisms={"nociplastic", "neuropathic"}).to_dict()
        {'mechanisms': ['neuropathic', 'nociplastic']}
        """
        plain: dict[str, Any] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if value is None or (isinstance(value, frozenset | Mapping) and not value):
                continue
            if isinstance(value, frozenset):
                plain[name] = sorted(map(str, value))
            elif isinstance(value, Mapping):
                plain[name] = {key: _word(value[key]) for key in sorted(value)}
            else:
                plain[name] = _word(value)
        return plain


def _word(value: Any) -> Any:  # noqa: ANN401 - a plain value in, a plain value out
    return str(value) if isinstance(value, str) else value


def problems_of(error: ValidationError) -> list[Problem]:
    """What pydantic found, in our words, without repeating its addresses."""
    fields = list(Profile.model_fields)
    found = []
    for item in error.errors(include_url=False):
        steps = [part for part in item["loc"] if isinstance(part, str) and part != "[key]"]
        where = ".".join(printable(step[:80]) for step in steps) or "profile"
        if item["type"] == "extra_forbidden":
            near = near_miss(where, fields)
            hint = f"did you mean '{near}'?" if near else f"the fields are {', '.join(fields)}"
            found.append(Problem(where, "is not a field of a profile", hint))
        else:
            found.append(Problem(where, told(item)))
    order = {name: place for place, name in enumerate(fields)}
    return sorted(found, key=lambda one: (order.get(one.where.split(".")[0], len(order)), one))
