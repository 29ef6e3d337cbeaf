"""The laws that hold for every pack, tried on drawn packs, profiles and lenses."""

from hypothesis import given, note
from hypothesis import strategies as st

from painrules import Explorer, Mechanism
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Caution, RedFlag, Rule, Step
from painrules.resolve import Lens
from painrules.testing import (
    ReferenceEngine,
    debates,
    lenses,
    refinements,
    rules,
    situations,
    small_vocabulary,
)
from painrules.testing.laws import (
    law_01,
    law_02,
    law_03,
    law_04,
    law_05,
    law_06,
    law_07,
    law_08,
    law_09,
    law_13,
    law_17,
    law_20,
    law_20_conditions,
    law_21,
    law_22,
    law_23,
    law_24,
)

Situation = tuple[Pack, Profile]

SIGNS = sorted(small_vocabulary().red_flag_signs)
OPTIONS = sorted(small_vocabulary().interventions)
GOALS = sorted(small_vocabulary().goals)

anyone = situations() | debates()
"""A pack and a profile: of everything something, or many sources on few options."""

mixed = st.frozensets(st.sampled_from(list(Mechanism)), min_size=2)


@given(situation=situations(), seed=st.integers(0, 999))
def test_l1_order_and_layout_of_files_do_not_matter(situation: Situation, seed: int) -> None:
    """Authors sort, split and rename files freely; no rule wins because it stands first."""
    pack, profile = situation
    law_01(Explorer(pack), profile, seed=seed)


@given(situation=anyone, mechanisms=mixed, lens=lenses())
def test_l2_the_list_for_mixed_pain_is_the_union_over_its_mechanisms(
    situation: Situation, mechanisms: frozenset[Mechanism], lens: Lens
) -> None:
    """Mixed pain is normal: naming a second mechanism adds what stands for it, and hides nothing."""
    pack, profile = situation
    law_02(Explorer(pack), profile.with_(mechanisms=mechanisms), lens)


@given(situation=anyone, data=st.data(), lens=lenses())
def test_l3_a_definite_status_survives_whatever_is_learnt(
    situation: Situation, data: st.DataObject, lens: Lens
) -> None:
    """A reader who is told that something is settled must not find it otherwise after one more answer."""
    pack, profile = situation
    refined = data.draw(refinements(profile, pack))
    law_03(Explorer(pack), profile, refined, lens)


@given(situation=anyone, data=st.data())
def test_l3_one_answer_changes_only_what_was_said_to_depend_on_it(
    situation: Situation, data: st.DataObject
) -> None:
    """`depends_on` is what the next question is chosen by, so it never leaves out what matters."""
    pack, profile = situation
    refined = data.draw(refinements(profile, pack, most=1))
    law_03(Explorer(pack), profile, refined)


@given(situation=situations(), step=rules(kind="step"), lens=lenses())
def test_l4_a_step_changes_what_comes_before_and_nothing_else(
    situation: Situation, step: Step, lens: Lens
) -> None:
    """What a payer asks, or a check that comes first, never makes an option look worse than its sources do."""
    pack, profile = situation
    law_04(Explorer(pack.with_rule(step)), profile, step.id, lens, without=Explorer(pack))


@given(situation=situations(), extra=rules(besides="inference"), lens=lenses())
def test_l5_a_caution_in_force_is_never_lost(situation: Situation, extra: Rule, lens: Lens) -> None:
    """Whatever else a pack learns, and however it is looked at, it keeps warning where it warned before."""
    pack, profile = situation
    law_05(Explorer(pack), profile, lens, extra=extra)


@given(situation=situations(), lens=lenses())
def test_l6_results_are_deterministic_and_survive_json(situation: Situation, lens: Lens) -> None:
    """Results are stored, compared and taught from: the same question has the same bytes as answer."""
    pack, profile = situation
    law_06(Explorer(pack), profile, lens)


@given(
    situation=situations(),
    lens=lenses(),
    flag=rules(kind="red_flag"),
    signs=st.dictionaries(st.sampled_from(SIGNS), st.booleans(), min_size=1),
)
def test_l7_a_red_flag_changes_mode_and_lists_and_nothing_else(
    situation: Situation, lens: Lens, flag: RedFlag, signs: dict[str, bool]
) -> None:
    """When a red flag has been cleared up, everything is as it would have been without it."""
    pack, profile = situation
    law_07(Explorer(pack.with_rule(flag)), profile.with_(red_flags=signs), lens)


@given(
    situation=situations(),
    goals=st.frozensets(st.sampled_from(GOALS), min_size=1),
    lens=lenses(),
)
def test_l8_goals_change_order_only(
    situation: Situation, goals: frozenset[str], lens: Lens
) -> None:
    """What matters to a person decides what is read first, not what sources say."""
    pack, profile = situation
    law_08(Explorer(pack), profile, goals, lens)


@given(situation=situations(), warning=rules(kind="caution"), lens=lenses())
def test_l9_what_is_contraindicated_is_never_listed(
    situation: Situation, warning: Caution, lens: Lens
) -> None:
    """A list is where readers look first, so nothing that a source rules out stands in it."""
    pack, profile = situation
    law_09(Explorer(pack.with_rule(warning)), profile, lens)


@given(situation=situations(), lens=lenses())
def test_l17_every_line_of_output_has_a_source(situation: Situation, lens: Lens) -> None:
    """A statement that nobody made is worse than none."""
    pack, profile = situation
    law_17(Explorer(pack), profile, lens, names=pack.interventions)


@given(situation=anyone, option=st.sampled_from(OPTIONS), lens=lenses())
def test_l20_the_change_that_why_not_names_brings_what_it_claims(
    situation: Situation, option: str, lens: Lens
) -> None:
    """An explanation is tried out before it is given; and it names nothing that is not needed."""
    pack, profile = situation
    explorer = Explorer(pack)
    note(str(explorer.explore(profile).why_not(option)))
    law_20(explorer, profile, option, lens)


@given(situation=anyone, lens=lenses())
def test_l20_the_condition_that_is_named_brings_the_option(
    situation: Situation, lens: Lens
) -> None:
    """`in_conditions` teaches what a bare profile leaves out, so it has to be right."""
    pack, profile = situation
    law_20_conditions(Explorer(pack), profile, lens)


@given(situation=situations(), lens=lenses())
def test_l21_a_lens_adds_nothing_to_what_is_said(situation: Situation, lens: Lens) -> None:
    """Looking at one country shows a part of what is said, never something that nobody else saw."""
    pack, profile = situation
    law_21(Explorer(pack), profile, lens)


@given(situation=situations(), lens=lenses())
def test_l22_what_no_longer_counts_is_history_and_nothing_else(
    situation: Situation, lens: Lens
) -> None:
    """Superseded statements stay visible for teaching without deciding anything."""
    pack, profile = situation
    law_22(Explorer(pack), profile, lens)


@given(situation=situations())
def test_l24_the_bitmap_engine_finds_what_the_reference_engine_finds(
    situation: Situation,
) -> None:
    """The fast engine is hard to read, so it is compared with one that goes clause by clause."""
    pack, profile = situation
    law_24(Explorer(pack), profile, ReferenceEngine(pack))


@given(situation=situations(), lens=lenses())
def test_an_exploration_is_the_same_with_the_reference_engine(
    situation: Situation, lens: Lens
) -> None:
    """Engines can be swapped: nothing above them knows which one it was."""
    pack, profile = situation
    slow = Explorer(pack, engine=ReferenceEngine(pack))
    one, other = (explorer.resolve(profile, lens) for explorer in (Explorer(pack), slow))

    assert one.options == other.options
    for name in pack.interventions:
        assert one.outcome(name) == other.outcome(name)
        assert one.certainty(name) == other.certainty(name)
        assert one.cautions(name) == other.cautions(name)
        assert one.after(name) == other.after(name)


@given(situation=situations())
def test_l13_and_l23_hold_for_what_is_drawn(situation: Situation) -> None:
    """Drawn packs are packs that an author could have written."""
    explorer = Explorer(situation[0])
    law_13(explorer)
    law_23(explorer)
