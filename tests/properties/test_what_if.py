"""What if: the smallest changes to what is unknown or changeable, held to the truth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painrules import Explorer, Pack, Profile, UnknownWordError
from painrules.model.rule import Position
from painrules.testing import learnable, situations, small_vocabulary
from painrules.testing.laws import law_20_what_if
from painrules.vocab import FactorKind

Situation = tuple[Pack, Profile]


@given(situation=situations(), data=st.data())
def test_the_changes_that_are_named_do_and_fewer_do_not(
    situation: Situation, data: st.DataObject
) -> None:
    """Law L20, on drawn packs and profiles."""
    pack, profile = situation
    option = data.draw(st.sampled_from(sorted(pack.interventions)))
    law_20_what_if(Explorer(pack), profile, option)


@given(situation=situations(), data=st.data())
def test_where_it_says_that_one_change_does_not_do_none_does(
    situation: Situation, data: st.DataObject
) -> None:
    """It is proved that there is no smaller set: so nothing that could be learnt may change the status by itself."""
    pack, profile = situation
    option = data.draw(st.sampled_from(sorted(pack.interventions)))
    explorer = Explorer(pack)
    answer = explorer.explore(profile).what_if(option)
    assert answer.searched >= 1
    if not any(len(one.changes) == 1 for one in answer.alternatives):
        for learnt in learnable(profile, pack):
            several = len(learnt.mechanisms) > 1 or len(learnt.conditions - profile.conditions) > 1
            if not several:
                assert explorer.explore(learnt)[option].status is answer.status, learnt


def supporting(**factors: str) -> Pack:
    """A pack in which walking is supported where some factors are as they are said to be."""
    rule = Position(
        id="p1",
        option="walking",
        stance="supports",
        source="alpha",
        because="It says so.",
        when={"factors": factors},
    )
    return small_vocabulary().with_rule(rule)


def with_factor(pack: Pack, name: str, **fields: object) -> Pack:
    """A pack in which a factor has other fields."""
    factor = pack.factors[name].model_copy(update=fields)
    return pack.model_copy(update={"factors": {**pack.factors, name: factor}})


def test_several_changes_are_named_together_where_one_does_not_do() -> None:
    """The smallest set, and no larger one."""
    result = Explorer(supporting(works="yes", distress="no")).explore("chronic")
    answer = result.what_if("walking")

    assert [str(one) for one in answer.alternatives] == [
        "supported if 'Distress' were absent, and if 'Works' were present"
    ]
    assert answer.searched == 2


def test_what_nobody_can_change_is_never_suggested_as_a_change() -> None:
    """Age, pregnancy and history stay as they are; finding out an unknown is no change."""
    pack = with_factor(
        supporting(pregnancy="no"), "pregnancy", changeable=True, kind=FactorKind.LIFE_STAGE
    )
    known = Explorer(pack).explore("chronic", present="pregnancy").what_if("walking")
    unknown = Explorer(pack).explore("chronic").what_if("walking")

    assert known.alternatives == ()
    assert [one.told for one in unknown.alternatives[0].changes] == ["if 'Pregnancy' were absent"]


def test_what_the_vocabulary_marks_as_changeable_may_change() -> None:
    """Work can be found; that is what the mark is for."""
    fixed = supporting(works="yes")
    changeable = with_factor(fixed, "works", changeable=True)

    assert Explorer(fixed).explore("chronic", absent="works").what_if("walking").alternatives == ()
    answer = Explorer(changeable).explore("chronic", absent="works").what_if("walking")
    assert str(answer) == (
        "Walking: not mentioned\n  it would be supported if 'Works' were present"
    )


def test_a_status_that_is_wanted_is_the_only_one_that_is_named() -> None:
    """And a word that is no status is told as such."""
    result = Explorer(supporting(works="yes")).explore("chronic")

    assert result.what_if("walking", becomes="not_supported").alternatives == ()
    assert len(result.what_if("walking", becomes="supported").alternatives) == 1
    with pytest.raises(UnknownWordError):
        result.what_if("walking", becomes="suported")  # type: ignore[arg-type]
