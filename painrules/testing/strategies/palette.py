"""The words of a pack as strategies, made once for each vocabulary: making strategies is what takes time."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st

from painrules.model.facts import OTHER
from painrules.model.pack import Pack
from painrules.testing.learning import NUMBERS_TRIED
from painrules.vocab import Mechanism, Outcome, PainType

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]
Strategy = st.SearchStrategy[Any]

RANGES: Mapping[str, tuple[tuple[float | None, float | None], ...]] = {
    "age_years": ((None, 17), (65, None), (18, 64), (None, 15), (12, 17)),
    "duration_months": ((3, None), (None, 1.5), (1.5, 12)),
    "severity": ((7, None), (None, 3), (4, 6.5)),
}
"""What rules ask of numbers: the least and the greatest that will do."""

LEADING = ("pain_type", "mechanism", "condition")
"""What rules mostly ask about; it decides their level."""

BOOL = st.booleans()
PERCENT = st.integers(0, 99)


class Palette(NamedTuple):
    """What rules may ask, and what profiles may say, in the words of one pack."""

    asked: Mapping[str, Strategy]
    """For each attribute what a condition may ask of it."""
    told: Mapping[str, Strategy]
    """For each field of a profile what may be known."""
    options: Strategy
    sources: Strategy
    suggestions: Strategy


def palette(pack: Pack) -> Palette:
    """The palette of a pack."""
    plain = tuple(name for name, entry in pack.factors.items() if entry.band is None)
    tables = (pack.conditions, pack.factors, pack.red_flag_signs, pack.interventions)
    names = tuple(tuple(table) for table in (*tables, pack.categories, pack.sources, pack.goals))
    return _made(plain, *names)


@cache
def _made(  # noqa: PLR0913, PLR0917 - the tables of a pack
    plain: tuple[str, ...],
    conditions: tuple[str, ...],
    factors: tuple[str, ...],
    signs: tuple[str, ...],
    options: tuple[str, ...],
    categories: tuple[str, ...],
    sources: tuple[str, ...],
    goals: tuple[str, ...],
) -> Palette:
    tried = (*options, *categories)
    outcomes = st.sampled_from(list(Outcome))
    asked: dict[str, Strategy] = {
        "pain_type": _any_of(PainType),
        "mechanism": _any_of(Mechanism),
        "condition": _any_of(conditions),
        **{name: st.sampled_from(_ranges(name)) for name in RANGES},
        "factors": _mapping(factors, BOOL, least=1, most=2),
        "red_flags": _mapping(signs, BOOL, least=1, most=2),
        "tried": _mapping(tried, _any_of(Outcome), least=1, most=1),
    }
    told: dict[str, Strategy] = {
        "pain_type": st.sampled_from(list(PainType)),
        "mechanisms": st.frozensets(st.sampled_from(list(Mechanism)), min_size=1, max_size=3),
        "conditions": st.frozensets(st.sampled_from((*conditions, OTHER)), min_size=1, max_size=2),
        **{name: st.sampled_from(numbers) for name, numbers in NUMBERS_TRIED.items()},
        "factors": _mapping(factors, BOOL, least=1, most=3),
        "tried": _mapping(tried, outcomes, least=1, most=2),
        "goals": st.frozensets(st.sampled_from(goals), min_size=1, max_size=2)
        if goals
        else st.nothing(),
        "red_flags": _mapping(signs, BOOL, least=1, most=1),
    }
    suggested: list[dict[str, Any]] = [{"pain_type": word} for word in PainType]
    suggested += [{"mechanism": word} for word in Mechanism] * 2
    suggested += [{"factors": {name: value}} for name in plain for value in (True, False)]
    return Palette(
        _possible(asked),
        _possible(told),
        st.sampled_from(options) if options else st.nothing(),
        st.sampled_from(sources) if sources else st.nothing(),
        st.sampled_from(suggested),
    )


def _possible(found: dict[str, Strategy]) -> dict[str, Strategy]:
    return {name: values for name, values in found.items() if not values.is_empty}


def _any_of(words: Iterable[str]) -> Strategy:
    known = list(words)
    if not known:
        return st.nothing()
    return st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)


def _mapping(names: Collection[str], values: Strategy, *, least: int, most: int) -> Strategy:
    if not names:
        return st.nothing()
    return st.dictionaries(st.sampled_from(list(names)), values, min_size=least, max_size=most)


def _ranges(attribute: str) -> list[dict[str, float]]:
    return [
        {key: value for key, value in (("min", low), ("max", high)) if value is not None}
        for low, high in RANGES[attribute]
    ]


@cache
def combinations_of(names: tuple[str, ...], least: int, most: int) -> Strategy:
    """Which attributes stand together: none, one or two, mostly those that decide a rule's level."""
    lead = [name for name in names if name in LEADING]
    found: list[tuple[str, ...]] = [()] * 8
    found += [(name,) for name in lead for _ in range(8)] + [(name,) for name in names]
    found += [(one, two) for place, one in enumerate(names) for two in names[place + 1 :]]
    return st.sampled_from([some for some in found if least <= len(some) <= most])
