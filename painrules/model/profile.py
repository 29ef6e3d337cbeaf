"""The profile: one pain problem, as far as it is known."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from painrules.errors import ENOUGH, Problem, ProfileError, near_miss, printable, shown
from painrules.exact import exact, first_of
from painrules.given import MOST_WORDS
from painrules.model.base import Frozen, FrozenDict, FrozenMap, Identifier, YesNo
from painrules.model.wording import told
from painrules.vocab import Mechanism, Outcome, PainType

_LARGEST = 1e9


def _guarded(read: Callable[[Any], object]) -> Callable[[object], object]:
    """Makes whatever goes wrong while a value is read an error of the field: objects may be of anybody's making."""

    def reading(value: object) -> object:
        try:
            return read(value)
        except ValueError:
            raise
        except Exception as error:  # noqa: BLE001 - anybody's code
            msg = f"{shown(value)} cannot be read: {type(error).__name__}"
            raise ValueError(msg) from None

    return reading


def _too_many() -> ValueError:
    return ValueError(f"must have at most {MOST_WORDS:,} words")


@_guarded
def _as_set(value: object) -> object:
    value = exact(value)
    if isinstance(value, str):
        return frozenset((value,))
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes | bytearray):
        found = list(map(exact, islice(value, MOST_WORDS + 1)))
        if len(found) > MOST_WORDS:
            raise _too_many()
        return found
    return value


@_guarded
def _as_map(value: object) -> object:
    if not isinstance(value, Mapping):
        return exact(value)
    found = first_of(value, MOST_WORDS + 1)
    if len(found) > MOST_WORDS:
        raise _too_many()
    return dict(found)


_exact = _guarded(exact)


def _word_of(values: type[StrEnum]) -> BeforeValidator:
    """Lets no value reach an enumeration that is no text: it would ask it for its repr."""
    *most, last = map(repr, map(str, values))
    expected = f"{', '.join(most)} or {last}"

    @_guarded
    def word(value: object) -> object:
        value = exact(value)
        if value is None or type(value) is str:
            return value
        raise PydanticCustomError("enum", "Input should be {expected}", {"expected": expected})

    return BeforeValidator(word)


@_guarded
def _as_fields(value: object) -> object:
    """The fields of a mapping of anybody's making."""
    if not isinstance(value, Mapping):
        return value
    return {
        key if type(key) is str else shown(key): one for key, one in first_of(value, MOST_WORDS)
    }


@_guarded
def _number(value: Any) -> object:  # noqa: ANN401 - whatever it is
    value = exact(value)
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

    pain_type: Annotated[PainType | None, _word_of(PainType)] = None
    """The type of pain; never rewritten from the duration."""
    mechanisms: Annotated[
        frozenset[Annotated[Mechanism, _word_of(Mechanism)]], BeforeValidator(_as_set)
    ] = frozenset()
    """The mechanisms at work; empty means unknown. Once given, the others are known not to be there."""
    conditions: Annotated[frozenset[Identifier], BeforeValidator(_as_set)] = frozenset()
    """Conditions that describe this one pain problem; ``other`` stands for one that the pack does not know."""
    age_years: Annotated[
        Annotated[int, Field(strict=True, ge=0, le=130)] | None, BeforeValidator(_exact)
    ] = None
    """Age in completed years, 0 to 130."""
    duration_months: Months | None = None
    """How long the pain has lasted, in months, 0 to 1560."""
    severity: Intensity | None = None
    """Pain intensity from 0 (none) to 10 (worst imaginable)."""
    factors: Annotated[FrozenMap[Identifier, YesNo], BeforeValidator(_as_map)] = FrozenDict()
    """Factors known to be there (true) or known not to be there (false); not named means unknown."""
    tried: Annotated[
        FrozenMap[Identifier, Annotated[Outcome, _word_of(Outcome)]], BeforeValidator(_as_map)
    ] = FrozenDict()
    """What was tried, an option or a category, and what came of it."""
    goals: Annotated[frozenset[Identifier], BeforeValidator(_as_set)] = frozenset()
    """What matters to the person; it changes order, never a status."""
    red_flags: Annotated[FrozenMap[Identifier, YesNo], BeforeValidator(_as_map)] = FrozenDict()
    """Red flags known to be there (true) or known not to be there (false)."""

    def __init__(self, /, **data: Any) -> None:  # noqa: ANN401 - pydantic checks each value
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise _refused(error) from None

    @classmethod
    def model_validate(cls, obj: Any, **how: Any) -> Self:  # noqa: ANN401 - whatever it is
        """A profile of a mapping of its fields, checked.

        Raises:
            ProfileError: If it is none; it lists all problems.
        """
        try:
            return super().model_validate(_as_fields(obj), **how)
        except ValidationError as error:
            raise _refused(error) from None
        except ValueError as error:
            raise ProfileError([Problem("profile", str(error))]) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **how: Any) -> Self:  # noqa: ANN401 - as pydantic has it
        """A profile of JSON, checked.

        Raises:
            ProfileError: If it is none; it lists all problems.
        """
        try:
            return super().model_validate_json(json_data, **how)
        except ValidationError as error:
            raise _refused(error) from None

    if not TYPE_CHECKING:  # pydantic's own plugin knows no other signature

        @classmethod
        def model_construct(cls, _fields_set: object = None, /, **values: Any) -> Self:  # noqa: ANN401 - pydantic checks each value
            """As any other profile: there is none that was not checked."""
            return cls(**values)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002 - all is frozen
        """This profile with some fields changed, checked anew."""
        return type(self)(**{**self._known(), **(update or {})})

    def _known(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.model_fields_set}

    def with_(self, **changes: Any) -> "Profile":  # noqa: ANN401 - pydantic checks each value
        """This profile with some fields changed, checked anew.

        >>> Profile(pain_type="acute").with_(severity=4).severity
        4
        """
        return Profile(**{**self._known(), **changes})

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


def _refused(error: ValidationError) -> ProfileError:
    found = problems_of(error)
    return ProfileError(found[:ENOUGH], more=len(found) > ENOUGH)


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
