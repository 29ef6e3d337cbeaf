"""Strategies for profiles, for what may be learnt about them, and for lenses."""

from typing import Any

from hypothesis import strategies as st

from painrules.model.conditions import NUMBERS, When
from painrules.model.dates import first_day
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.resolve import Lens
from painrules.testing.learning import fits, what_is_open
from painrules.testing.strategies.entries import DATES
from painrules.testing.strategies.palette import BOOL, PERCENT, Draw, palette
from painrules.testing.vocabulary import small_vocabulary

KNOWN = {
    "pain_type": 60,
    "mechanisms": 50,
    "conditions": 40,
    "tried": 25,
    "goals": 15,
    "red_flags": 15,
}
"""How often, in percent, a field is known; others: a third of the time."""

_DAYS = st.sampled_from([first_day(day) for day in DATES])


@st.composite
def profiles(draw: st.DrawFn, /, pack: Pack | None = None, **fixed: Any) -> Profile:  # noqa: ANN401 - fields of `Profile`
    """Profiles, each field of which may be unknown; where a pack has rules, some of them are often met.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
        fixed: Fields of the profile that are not drawn.
    """
    pack = pack or small_vocabulary()
    found: dict[str, Any] = {}
    for name, values in palette(pack).told.items():
        if name not in fixed and draw(PERCENT) >= 100 - KNOWN.get(name, 33):
            found[name] = draw(values)
    if pack.positions and draw(PERCENT) >= 25:  # noqa: PLR2004 - mostly
        met = draw(st.lists(st.sampled_from(list(pack.positions.values())), min_size=1, max_size=3))
        for rule in (*met, draw(st.sampled_from(pack.rules))):
            for when in (rule.when, *((rule.scope.when,) if rule.scope else ())):
                meet(when, found)
    profile = Profile(**{**found, **fixed})
    if fits(profile, FactsBuilder(pack)):
        return profile
    # Numbers decide where factors that numbers define say otherwise.
    kept = {name: value for name, value in profile.factors.items() if not pack.factors[name].band}
    return profile.with_(factors=kept)


def meet(when: When, found: dict[str, Any]) -> None:
    """Fills in what conditions ask for."""
    if when.pain_type:
        found["pain_type"] = when.pain_type[0]
    if when.mechanism:
        found["mechanisms"] = found.get("mechanisms", frozenset()) | {when.mechanism[0]}
    if when.condition:
        found["conditions"] = found.get("conditions", frozenset()) | {when.condition[0]}
    for name in NUMBERS:
        span = getattr(when, name)
        if span is not None:
            number = span.max if span.min is None else span.min
            found[name] = int(number) if name == "age_years" else number
    for name in ("factors", "red_flags"):
        found[name] = {**found.get(name, {}), **getattr(when, name)}
    outcomes = {name: several[0] for name, several in when.tried.items()}
    found["tried"] = {**found.get("tried", {}), **outcomes}


@st.composite
def refinements(draw: st.DrawFn, profile: Profile, pack: Pack, *, most: int = 3) -> Profile:
    """The profile with something learnt: unknown things known, conditions made more precise.

    Args:
        draw: Given by Hypothesis.
        profile: The profile.
        pack: Whose words are used.
        most: How many things are learnt at the most.
    """
    builder = FactsBuilder(pack)
    for _ in range(draw(st.integers(1, most))):
        changes = list(what_is_open(profile, pack))
        if changes:
            changed = profile.with_(**draw(st.sampled_from(changes)))
            profile = changed if fits(changed, builder) else profile
    return profile


@st.composite
def lenses(draw: st.DrawFn, pack: Pack | None = None, *, dated: bool = True) -> Lens:
    """Lenses: sources, jurisdictions and a day, each of which may be left out.

    Args:
        draw: Given by Hypothesis.
        pack: Whose sources are used; left out: `small_vocabulary`.
        dated: Whether they may name a day.
    """
    pack = pack or small_vocabulary()
    places = sorted({source.jurisdiction for source in pack.sources.values()})
    return Lens(
        sources=_maybe(draw, st.frozensets(st.sampled_from(list(pack.sources)))),
        jurisdictions=_maybe(draw, st.frozensets(st.sampled_from(places), max_size=2)),
        as_of=_maybe(draw, _DAYS) if dated else None,
    )


def _maybe(draw: Draw[Any], values: st.SearchStrategy[Any]) -> Any:  # noqa: ANN401 - a value or None
    return draw(values) if draw(BOOL) and draw(BOOL) else None
