"""Strategies for entries of a vocabulary: sources, interventions, conditions, factors."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from painrules.model.dates import first_day
from painrules.model.knowledge import Condition, Factor, Intervention
from painrules.model.source import Source
from painrules.testing.vocabulary import DATE
from painrules.vocab import Domain, RuleStatus, SourceKind

PLACES = ("UK", "US", "EU", "international")
DATES = ("2008", "2015-06", "2020-02-29", "2025-12-31", "2026", "2026-01-02", "2031")
"""Days before, on and after the day of the small vocabulary."""

ENDED = tuple(status.value for status in RuleStatus if status is not RuleStatus.CURRENT)


def identifiers() -> st.SearchStrategy[str]:
    """Names as data has them."""
    return st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def titles(name: str) -> dict[str, str]:
    """The label and summary of an entry."""
    label = name.replace("_", " ").capitalize()
    return {"label": label, "summary": f"{label}."}


@st.composite
def endings(draw: st.DrawFn, *, date: str = DATE) -> dict[str, str]:
    """How long something counts: its `valid_to`, if it has one, and the `status` that agrees with it on a day."""
    if not draw(st.integers(0, 2).map(lambda number: number == 2)):  # noqa: PLR2004 - a third of them
        return {}
    end = draw(st.sampled_from(DATES))
    if first_day(end) > first_day(date):
        return {"valid_to": end}
    return {"valid_to": end, "status": draw(st.sampled_from(ENDED))}


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
    name = draw(ids or identifiers())
    return Source.model_validate(
        {
            "id": name,
            "title": name.capitalize(),
            "issuer": name.capitalize(),
            "jurisdiction": draw(st.sampled_from(PLACES)),
            "year": draw(st.sampled_from((2005, 2015, 2025, 2026, 2027))),
            "kind": draw(st.sampled_from(list(SourceKind))),
            **draw(endings(date=date)),
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
    name = draw(ids or identifiers())
    domains = st.lists(st.sampled_from(list(Domain)), min_size=1, max_size=2, unique=True)
    return Intervention.model_validate(
        {
            "id": name,
            **titles(name),
            "category": draw(st.sampled_from(list(categories))),
            "domains": draw(domains),
            "is_a": draw(parents(classes)),
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
    name = draw(ids or identifiers().filter(lambda word: word != "other"))
    return Condition.model_validate(
        {"id": name, **titles(name), "is_a": draw(parents(classes)), "sources": list(cited)}
    )


@st.composite
def factors(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[str] | None = None,
    cited: Sequence[str] = ("alpha",),
) -> Factor:
    """Factors, some of them defined by a number; the arguments are those of `interventions`."""
    name = draw(ids or identifiers())
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


def parents(classes: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """None, one or two of the classes that something may belong to."""
    if not classes:
        return st.just([])
    return st.lists(st.sampled_from(list(classes)), max_size=2, unique=True)
