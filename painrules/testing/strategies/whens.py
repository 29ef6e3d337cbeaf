"""Strategies for conditions and scopes, as rules have them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from painrules.model.conditions import Scope, When
from painrules.model.pack import Pack
from painrules.testing.vocabulary import small_vocabulary
from painrules.vocab import Mechanism, Outcome, PainType

LIMITS: Mapping[str, Sequence[tuple[float | None, float | None]]] = {
    "age_years": ((None, 17), (65, None), (18, 64), (None, 15), (12, 17)),
    "duration_months": ((3, None), (None, 1.5), (1.5, 12)),
    "severity": ((7, None), (None, 3), (4, 6.5)),
}
"""What rules ask of numbers: the least and the greatest that will do."""


def _ranges(attribute: str) -> st.SearchStrategy[dict[str, float]]:
    return st.sampled_from(
        [
            {key: value for key, value in (("min", low), ("max", high)) if value is not None}
            for low, high in LIMITS[attribute]
        ]
    )


def _any_of(words: Collection[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=2, unique=True)


def _mapping(
    names: Collection[str], values: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(names)), values, min_size=1, max_size=2)


def _values(pack: Pack) -> dict[str, Callable[[], st.SearchStrategy[Any]]]:
    """What each attribute may be asked for, for those attributes that a pack has words for."""
    found: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "pain_type": lambda: _any_of(PainType),
        "mechanism": lambda: _any_of(Mechanism),
        "age_years": lambda: _ranges("age_years"),
        "severity": lambda: _ranges("severity"),
        "duration_months": lambda: _ranges("duration_months"),
    }
    if pack.conditions:
        found["condition"] = lambda: _any_of(pack.conditions)
    if pack.factors:
        found["factors"] = lambda: _mapping(pack.factors, st.booleans())
    if pack.red_flag_signs:
        found["red_flags"] = lambda: _mapping(pack.red_flag_signs, st.booleans())
    tried = {*pack.interventions, *pack.categories}
    if tried:
        found["tried"] = lambda: _mapping(tried, _any_of(Outcome))
    return found


@st.composite
def whens(
    draw: st.DrawFn,
    pack: Pack | None = None,
    *,
    without: Collection[str] = ("red_flags",),
    least: int = 0,
    most: int = 2,
) -> When:
    """Conditions on a profile.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
        without: Attributes that they do not name.
        least: How many attributes they name at least.
        most: How many attributes they name at most.
    """
    values = _values(pack or small_vocabulary())
    usable = [name for name in values if name not in without]
    names = draw(st.lists(st.sampled_from(usable), min_size=least, max_size=most, unique=True))
    return When.model_validate({name: draw(values[name]()) for name in names})


@st.composite
def scopes(
    draw: st.DrawFn, pack: Pack | None = None, *, without: Collection[str] = ("red_flags",)
) -> Scope | None:
    """What a file says of all of its rules: mostly nothing; the arguments are those of `whens`."""
    if draw(st.integers(0, 4)) < 4:  # noqa: PLR2004 - one in five
        return None
    one = whens(pack, without=without, most=1)
    return Scope(when=draw(one), unless=draw(one))
