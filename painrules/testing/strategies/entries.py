"""Strategies for entries of a vocabulary: sources, interventions, conditions, factors."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from painrules.model.dates import first_day
from painrules.model.knowledge import Condition, Factor, Intervention
from painrules.model.source import Source
from painrules.testing.strategies.palette import PERCENT, Draw
from painrules.testing.vocabulary import DATE
from painrules.vocab import Domain, RuleStatus, SourceKind

PLACES = ("UK", "US", "EU", "international")
DATES = ("2008", "2015-06", "2020-02-29", "2025-12-31", "2026", "2026-01-02", "2031")
"""Days before, on and after the day of the small vocabulary."""

DAYS = st.sampled_from(DATES)
_ENDED = st.sampled_from([word.value for word in RuleStatus if word is not RuleStatus.CURRENT])
_PLACES = st.sampled_from(PLACES)
_YEARS = st.sampled_from((2005, 2015, 2020, 2025, 2005, 2015, 2026, 2005, 2027))
_SOURCE_KINDS = st.sampled_from(list(SourceKind))


def identifiers() -> st.SearchStrategy[str]:
    """Names as data has them."""
    return st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def titles(name: str) -> dict[str, str]:
    """The label and summary of an entry."""
    label = name.replace("_", " ").strip().capitalize()
    return {"label": label, "summary": f"{label}."}


def draw_ending(draw: Draw[Any], date: str) -> dict[str, str]:
    """How long something counts: its `valid_to`, if it has one, and the `status` that agrees with it on a day."""
    if draw(PERCENT) < 85:  # noqa: PLR2004 - most things last
        return {}
    end = draw(DAYS)
    if first_day(end) > first_day(date):
        return {"valid_to": end}
    return {"valid_to": end, "status": draw(_ENDED)}


@st.composite
def sources(
    draw: st.DrawFn, *, ids: st.SearchStrategy[str] | None = None, date: str = DATE
) -> Source:
    """Sources, some of which have ended by a date, and some of which come after it.

    Args:
        draw: Given by Hypothesis.
        ids: Their names; left out: any.
        date: The day of the pack, with which their status agrees.
    """
    return draw_source(draw, draw(identifiers() if ids is None else ids), date)


def draw_source(draw: Draw[Any], name: str, date: str) -> Source:
    """A source of that name, drawn."""
    return Source.model_validate(
        {
            "id": name,
            "title": name.capitalize(),
            "issuer": name.capitalize(),
            "jurisdiction": draw(_PLACES),
            "year": draw(_YEARS),
            "kind": draw(_SOURCE_KINDS),
            **draw_ending(draw, date),
        }
    )


@st.composite
def interventions(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[str] | None = None,
    categories: Sequence[str] = ("care",),
    classes: Sequence[str] = (),
    cited: Sequence[str] = ("alpha",),
) -> Intervention:
    """Interventions.

    Args:
        draw: Given by Hypothesis.
        ids: Their names; left out: any.
        categories: The categories that they may stand in.
        classes: The interventions that they may belong to; of several, two at most are drawn.
        cited: The sources that speak of them.
    """
    name = draw(identifiers() if ids is None else ids)
    domains = st.lists(st.sampled_from(list(Domain)), min_size=1, max_size=2, unique=True)
    return Intervention.model_validate(
        {
            "id": name,
            **titles(name),
            "category": draw(st.sampled_from(list(categories))),
            "domains": draw(domains),
            "is_a": draw_classes(draw, classes),
            "sources": list(cited),
        }
    )


@st.composite
def conditions(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[str] | None = None,
    classes: Sequence[str] = (),
    cited: Sequence[str] = ("alpha",),
) -> Condition:
    """Conditions; the arguments are those of `interventions`."""
    name = draw(identifiers().filter(lambda word: word != "other") if ids is None else ids)
    return Condition.model_validate(
        {"id": name, **titles(name), "is_a": draw_classes(draw, classes), "sources": list(cited)}
    )


@st.composite
def factors(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[str] | None = None,
    cited: Sequence[str] = ("alpha",),
) -> Factor:
    """Factors, some of them defined by a number; the arguments are those of `interventions`."""
    name = draw(identifiers() if ids is None else ids)
    return Factor.model_validate(
        {
            "id": name,
            **titles(name),
            "domain": draw(st.sampled_from(list(Domain))),
            "band": draw(st.none() | bands()),
            "sources": list(cited),
        }
    )


@st.composite
def bands(draw: st.DrawFn) -> Mapping[str, Any]:
    """Definitions by number."""
    limits = {"age_years": (12, 18, 65), "severity": (4, 7), "duration_months": (1.5, 3)}
    attribute = draw(st.sampled_from(sorted(limits)))
    low = draw(st.sampled_from((0, *limits[attribute])))
    above = [limit for limit in limits[attribute] if limit > low]
    if low and not draw(st.booleans()):
        return {"attribute": attribute, "min": low}
    return {"attribute": attribute, "min": low, "below": draw(st.sampled_from(above or [low + 1]))}


def draw_classes(draw: Draw[Any], classes: Sequence[str]) -> tuple[str, ...]:
    """None, one or two of the classes that something may belong to."""
    if not classes:
        return ()
    return tuple(draw(st.lists(st.sampled_from(tuple(classes)), max_size=2, unique=True)))
