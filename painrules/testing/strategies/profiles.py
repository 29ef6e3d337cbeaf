"""Strategies for profiles, for what may be learnt about them, and for lenses."""

from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

from painrules.model.dates import first_day
from painrules.model.facts import OTHER, FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.resolve import Lens
from painrules.testing.learning import NUMBERS_TRIED, fits, learnable
from painrules.testing.strategies.entries import DATES
from painrules.testing.vocabulary import small_vocabulary
from painrules.vocab import Mechanism, Outcome, PainType


def _some(words: Collection[str], most: int) -> st.SearchStrategy[frozenset[str]]:
    if not words:
        return st.just(frozenset())
    return st.frozensets(st.sampled_from(sorted(words)), max_size=most)


def _facts(
    names: Collection[str], values: st.SearchStrategy[Any], most: int
) -> st.SearchStrategy[dict[str, Any]]:
    if not names:
        return st.just({})
    return st.dictionaries(st.sampled_from(sorted(names)), values, max_size=most)


@st.composite
def profiles(draw: st.DrawFn, pack: Pack | None = None, **fixed: Any) -> Profile:  # noqa: ANN401 - fields of `Profile`
    """Profiles, each field of which may be unknown.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
        fixed: Fields of the profile that are not drawn.
    """
    pack = pack or small_vocabulary()
    outcomes = st.sampled_from(list(Outcome))
    fields: dict[str, st.SearchStrategy[Any]] = {
        "pain_type": st.none() | st.sampled_from(list(PainType)),
        "mechanisms": st.frozensets(st.sampled_from(list(Mechanism)), max_size=3),
        "conditions": _some({*pack.conditions, OTHER}, 2),
        "factors": _facts(pack.factors, st.booleans(), 3),
        "tried": _facts({*pack.interventions, *pack.categories}, outcomes, 2),
        "goals": _some(pack.goals, 1),
        "red_flags": _facts(pack.red_flag_signs, st.booleans(), 1),
    }
    for name, numbers in NUMBERS_TRIED.items():
        fields[name] = st.none() | st.sampled_from(numbers)
    found = {name: draw(values) for name, values in fields.items() if name not in fixed}
    profile = Profile(**{**found, **fixed})
    if fits(profile, FactsBuilder(pack)):
        return profile
    # Numbers decide where factors that numbers define say otherwise.
    kept = {name: value for name, value in profile.factors.items() if not pack.factors[name].band}
    return profile.with_(factors=kept)


@st.composite
def refinements(draw: st.DrawFn, profile: Profile, pack: Pack, *, most: int = 3) -> Profile:
    """The profile with something learnt: unknown things known, conditions made more precise.

    Args:
        draw: Given by Hypothesis.
        profile: The profile.
        pack: Whose words are used.
        most: How many things are learnt at the most.
    """
    for _ in range(draw(st.integers(1, most))):
        known = list(learnable(profile, pack))
        if not known:
            break
        profile = draw(st.sampled_from(known))
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
    places = {source.jurisdiction for source in pack.sources.values()}
    return Lens(
        sources=draw(st.none() | _some(pack.sources, len(pack.sources))),
        jurisdictions=draw(st.none() | _some(places, 2)),
        as_of=draw(st.none() | st.sampled_from([first_day(day) for day in DATES]))
        if dated
        else None,
    )
