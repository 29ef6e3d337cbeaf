"""The laws on the core pack, at every point of its grid: pain type, set of mechanisms, condition or factor."""

from collections import OrderedDict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painrules import Exploration, Explorer, Mode, PainType, Profile, core_pack
from painrules.resolve import EVERYTHING, Lens, PackIndex, Resolution, decide, resolution
from painrules.resolve.decide import Decision
from painrules.resolve.index import OptionRules
from painrules.testing import ReferenceEngine, check_laws, grid, profiles, refinements
from painrules.testing.grid import PAIN_TYPES, sample
from painrules.testing.laws import (
    LawError,
    law_01,
    law_02,
    law_03,
    law_05,
    law_09,
    law_10,
    law_11,
    law_12,
    law_14,
    law_17_pack,
    law_24,
)

UK = Lens(jurisdictions=frozenset({"UK"}))


class Remembering(Explorer):
    """An explorer that remembers its last answers: one condition with every set of mechanisms."""

    REMEMBERED = 24

    def __init__(self) -> None:
        super().__init__(core_pack())
        self._last: OrderedDict[tuple[object, ...], Exploration] = OrderedDict()

    def explore(self, profile: Profile, **lens: object) -> Exploration:  # type: ignore[override]
        """What was answered before, or the answer."""
        key = (profile, *(str(value) for value in lens.values() if value is not None))
        found = self._last.get(key)
        if found is None:
            found = self._last[key] = super().explore(profile, **lens)  # type: ignore[arg-type]
            if len(self._last) > self.REMEMBERED:
                self._last.popitem(last=False)
        return found

    def resolve(self, profile: Profile, lens: Lens) -> Resolution:
        """The resolution behind an answer."""
        if lens == EVERYTHING:
            return self.explore(profile)._resolution  # noqa: SLF001 - worked out once for all laws
        return super().resolve(profile, lens)


@pytest.fixture(scope="module", name="explorer")
def _explorer() -> Iterator[Remembering]:
    """An explorer for which what was decided once, by the same positions about the same option, is known."""
    decided: dict[tuple[int, int], tuple[Decision, OptionRules]] = {}

    def remembered(option: OptionRules, active: int, index: PackIndex) -> Decision:
        key = (id(option), active & option.speaking)
        found = decided.get(key)
        if found is None:
            # The option is kept too, or another one might come to stand in its place in memory.
            found = decided[key] = (decide.decision(option, active, index), option)
        return found[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolution, "decision", remembered)
        yield Remembering()


def keeps_l5(explorer: Explorer, profile: Profile) -> None:
    """A lens, goals and red flags together lose no caution."""
    law_05(explorer, profile, UK)


def keeps_l7(explorer: Explorer, profile: Profile) -> None:
    """Red flags bring rules of their own into force, stop the list, and touch no other rule."""
    flagged = profile.with_(red_flags=dict.fromkeys(explorer.pack.red_flag_signs, True))
    result = explorer.explore(flagged)
    if result.mode is not Mode.EVALUATE_FIRST or result.listed:
        raise LawError(f"L7 in spite of red flags the mode is {result.mode}: {profile.to_dict()}")
    clear, stopped = (explorer.resolve(one, EVERYTHING) for one in (profile, flagged))
    for one, other in zip(clear.asked, stopped.asked, strict=True):
        for mine, yours in zip(one.sets, other.sets, strict=True):
            if (mine ^ yours) & ~clear.index.kinds.red_flags:
                raise LawError(f"L7 red flags touch other rules: {profile.to_dict()}")


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAIN_TYPES, ids=str)
def test_every_point_of_the_grid_keeps_the_laws(
    kind: PainType | None, explorer: Remembering
) -> None:
    """L2, L5, L7, L9, L10 and L11 for all that a reader of the core pack can ask with a few words."""
    broken: dict[str, str] = {}
    for profile in grid(explorer.pack, [kind]):
        for law in (law_02, keeps_l5, keeps_l7, law_09, law_10, law_11):
            try:
                law(explorer, profile)
            except LawError as error:
                broken.setdefault(law.__name__, str(error))

    assert not broken, "\n".join(broken.values())


def test_each_pair_of_mechanisms_and_of_pain_types_differs(explorer: Remembering) -> None:
    """L12: if two mechanisms had the same options, telling them apart would teach nothing."""
    law_12(explorer)


def test_every_pain_type_and_mechanism_has_options_of_every_domain(explorer: Remembering) -> None:
    """L14: the biopsychosocial model is not a pharmacy; where nothing is said, the pack says why."""
    law_14(explorer)


def test_every_entry_has_a_source_and_every_source_is_used(explorer: Remembering) -> None:
    """L17: no source, no line; and no source that only looks impressive."""
    law_17_pack(explorer)


def test_the_core_pack_written_in_another_order_is_the_same_pack(explorer: Remembering) -> None:
    """L1: its authors move rules between files without a thought."""
    law_01(explorer, Profile(pain_type="chronic", mechanisms=["neuropathic"]), seed=1)


@pytest.mark.slow
def test_the_reference_engine_agrees_on_the_core_pack(explorer: Remembering) -> None:
    """L24: what random packs do not show, thousands of real rules might."""
    engine = ReferenceEngine(explorer.pack)
    for profile in sample(explorer.pack, 150):
        law_24(explorer, profile, engine)


@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.data())
def test_what_is_definite_in_the_core_pack_survives_what_is_learnt(data: st.DataObject) -> None:
    """L3: the law that readers rely on most, on the rules that they read."""
    explorer = Explorer(core_pack())
    profile = data.draw(profiles(core_pack()))
    law_03(explorer, profile, data.draw(refinements(profile, core_pack())))


@pytest.mark.slow
def test_the_suite_for_anyones_pack_passes_on_the_core_pack() -> None:
    """What we ask of the packs of others, we ask of our own."""
    check_laws(core_pack(), most=3)
