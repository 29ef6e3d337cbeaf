"""What is made ready of a pack, stored as plain data and taken back: the same for every drawn pack, not one alone."""

from typing import Any

from hypothesis import given, settings
from pydantic_core import from_json, to_json

from painrules.engine import BitmapEngine, consult
from painrules.engine.bitmap import Rest
from painrules.engine.masks import written
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens, LensIndex, PackIndex, Resolution, WhenAndWhose
from painrules.resolve.index import OptionRules
from painrules.testing import debates, lenses, situations

FEWER = settings(max_examples=max(15, settings().max_examples // 4))
"""Each example is looked at in many ways."""


def stored(plain: object) -> Any:  # noqa: ANN401 - plain data
    """Plain data, as JSON and back."""
    return from_json(to_json(plain))


def engine_of(pack: Pack) -> BitmapEngine:
    """The default engine, from plain data; what only some profiles need comes in its turn."""
    made = BitmapEngine(pack)
    rest = stored([one.plain() for one in made.rest()])
    return BitmapEngine.restored(stored(made.plain()), lambda: list(map(Rest.restored, rest)))


def index_of(pack: Pack) -> PackIndex:
    """What the resolver needs, from plain data."""
    made = PackIndex(pack)
    options = stored({name: made.option(name).plain() for name in made.options})
    return PackIndex.restored(
        stored(made.plain()),
        made.options,
        lambda name: OptionRules.restored(options[name]),
        lambda: pack,
    )


def dates_of(pack: Pack) -> LensIndex:
    """Who speaks and when, from plain data."""
    made = LensIndex(pack)
    known = stored(made.known.plain())
    return LensIndex.restored(
        stored([written(mask) for mask in made.everything]), lambda: WhenAndWhose.restored(known)
    )


@FEWER
@given(situation=situations() | debates())
def test_what_is_stored_comes_back_whole(situation: tuple[Pack, Profile]) -> None:
    """A mask that differs by one bit is a rule that speaks, or keeps silent, for no reason."""
    pack, _ = situation
    made, index, dates = BitmapEngine(pack), PackIndex(pack), LensIndex(pack)
    again, found, lens = engine_of(pack), index_of(pack), dates_of(pack)

    assert again.plain() == made.plain()
    assert again.rest() == made.rest()
    assert found.plain() == index.plain()
    assert (found.kinds, found.words, found.options) == (index.kinds, index.words, index.options)
    assert [*found.sources] == [*index.sources]
    assert found.pack is pack
    assert found.rules == pack.rules
    assert [found.rule(number) for number in range(len(pack.rules))] == [*pack.rules]
    assert found.spoken_of == index.spoken_of
    for name in pack.interventions:
        assert found.option(name) == index.option(name)
    assert (lens.everything, lens.known) == (dates.everything, dates.known)
    assert [*map(lens.window, range(len(pack.rules)))] == [
        *map(dates.window, range(len(pack.rules)))
    ]


@FEWER
@given(situation=situations() | debates(), lens=lenses())
def test_what_is_stored_says_the_same_of_a_profile(
    situation: tuple[Pack, Profile], lens: Lens
) -> None:
    """A reader must not be told anything else because the pack was made ready on another day."""
    pack, profile = situation
    builder = FactsBuilder(pack)
    told = []
    for engine, index, dates in (
        (BitmapEngine(pack), PackIndex(pack), LensIndex(pack)),
        (engine_of(pack), index_of(pack), dates_of(pack)),
    ):
        found = consult(engine, builder, profile)
        for through in (EVERYTHING, lens):
            resolution = Resolution(index, found.asked, dates.masks(through), {})
            told.append([
                resolution.outcomes,
                [resolution.certainty(name) for name in pack.interventions],
                [resolution.also_said(name) for name in pack.interventions],
                [resolution.cautions(name) for name in pack.interventions],
                [resolution.pending(name) for name in pack.interventions],
                [resolution.safety(name) for name in pack.interventions],
                [resolution.after(name) for name in pack.interventions],
                resolution.red_flags,
                found.inferred,
            ])  # fmt: skip
    assert told[:2] == told[2:]
