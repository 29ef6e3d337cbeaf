"""The default engine: sets of rules as integers, inference layer by layer, and memories that may fill up."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painrules import Exploration, Explorer
from painrules.engine import (
    BitmapEngine,
    Inferred,
    Suggested,
    columns,
    inference_needs,
    make_engine,
    strata,
)
from painrules.engine.base import left_open, settle, with_taken
from painrules.engine.masks import bits, mask_of, read, written
from painrules.errors import UnknownWordError
from painrules.model.facts import Facts, FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Caution, Inference, Position, Rule
from painrules.resolve import Lens, LensIndex, PackIndex
from painrules.testing import ReferenceEngine, profiles, situations, small_vocabulary

SMALL = small_vocabulary()


def inference(name: str, suggests: dict[str, Any], **more: Any) -> Inference:  # noqa: ANN401 - fields of a rule
    """An inference of one source."""
    plain = {"id": name, "source": "alpha", "because": "The source says so.", "suggests": suggests}
    return Inference.model_validate({**plain, **more})


def position(name: str, option: str, **more: Any) -> Position:  # noqa: ANN401 - fields of a rule
    """A position of one source that supports an option."""
    plain = {"source": "alpha", "stance": "supports", "because": "The source says so."}
    return Position.model_validate({"id": name, "option": option, **plain, **more})


def yes(factor: str) -> dict[str, Any]:
    """A factor that is there."""
    return {"factors": {factor: True}}


# Sets of rules as integers


@given(st.sets(st.integers(0, 3000), max_size=60))
def test_a_set_of_rules_is_an_integer_and_back(numbers: set[int]) -> None:
    """Few and many numbers go different ways; both hold just these numbers, lowest first."""
    mask = mask_of(numbers)

    assert mask == sum(1 << number for number in numbers)
    assert [*bits(mask)] == sorted(numbers)
    assert mask_of(iter(numbers)) == mask_of([*numbers, *numbers]) == mask
    assert read(written(mask)) == mask


@pytest.mark.parametrize(
    "several", [range(15), range(16), range(17), range(1, 18), [0, *range(8, 24)]]
)
def test_the_smallest_number_and_the_length_at_which_the_way_changes(
    several: Iterable[int],
) -> None:
    """Rule 0 is a rule like any other."""
    assert [*bits(mask_of([*several]))] == [*several]


# Memories


@settings(max_examples=25)
@given(situation=situations(), others=st.lists(profiles(), min_size=2, max_size=3))
def test_a_memory_that_is_full_forgets_and_nothing_changes(
    situation: tuple[Pack, Profile], others: list[Profile]
) -> None:
    """What is remembered has a bound, and is only ever a quicker way to the same."""
    pack, profile = situation
    slow, builder = ReferenceEngine(pack), FactsBuilder(pack)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "REMEMBERED", 1)
        engine = BitmapEngine(pack)
        for one in (profile, *others, profile):
            facts = builder.build(one)
            for mechanism, said in ((None, False), ("neuropathic", True), ("nociplastic", False)):
                about = facts.with_mechanism(mechanism, given=said)
                assert engine.match(about) == slow.match(about)
                mine, yours = engine.infer(about), slow.infer(about)
                assert [*map(set, mine)] == [*map(set, yours)]


def test_spans_of_numbers_are_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Factors that a number defines leave it within a span, of which there are as many as there are answers."""
    monkeypatch.setattr(columns, "REMEMBERED", 1)
    pack = SMALL.with_rule(
        position("adults", "exercise", when={"age_years": {"min": 18}}),
        position("older", "walking", when={"age_years": {"min": 40}}),
    )
    engine, builder = BitmapEngine(pack), FactsBuilder(pack)
    told = [{"child": True}, {"older_adult": True}, {"child": False}] * 2

    found = [engine.match(builder.build(Profile(factors=factors))) for factors in told]
    assert [(one.certain, one.possible) for one in found] == [(0, 0), (3, 3), (1, 3)] * 2


def test_more_lenses_and_decisions_than_are_remembered() -> None:
    """A server that is asked for years takes no more room for it, and answers as on the first day."""
    pack = SMALL.with_rule(position("one", "exercise"))
    dates, index = LensIndex(pack), PackIndex(pack)
    many = [Lens(sources=frozenset({"alpha", f"other_{number}"})) for number in range(200)]
    many += [Lens(sources=frozenset({f"other_{number}"})) for number in range(200)]
    first = [dates.masks(lens).allowed & 1 for lens in many]

    assert first == [1] * 200 + [0] * 200
    assert [dates.masks(lens).allowed & 1 for lens in many] == first
    for number in range(50_000):
        index.remember(("exercise", None, number), number)
        assert index.memory["exercise", None, number] == number
    assert 64 <= len(index.memory) < 5000


# Inference


def test_an_inference_counts_on_the_day_of_the_pack_only() -> None:
    """From its own first day, or else the year of its source, up to its last day, which no longer counts."""
    found = strata(
        SMALL.with_rule(
            inference("a_now", yes("distress")),
            inference("b_ended", yes("distress"), valid_to="2026-01-01", status="superseded"),
            inference("c_ends", yes("distress"), valid_to="2026-01-02", status="superseded"),
            inference("d_begins", yes("distress"), valid_from="2026-01-01"),
            inference("e_later", yes("distress"), valid_from="2026-01-02"),
            inference("f_source_of_2022", yes("distress"), source="delta"),
        )
    )

    assert [[rule.id for rule in layer] for layer in found] == [
        ["a_now", "c_ends", "d_begins", "f_source_of_2022"]
    ]


def test_inferences_stand_in_layers_each_above_what_it_asks_for() -> None:
    """What is inferred from something inferred comes after it, however the rules are named."""
    pack = SMALL.with_rule(
        inference("a", {"mechanism": "nociplastic"}, when=yes("distress")),
        inference("b", yes("distress"), when={"pain_type": "chronic", **yes("works")}),
        inference("c", yes("works"), when={"condition": "sciatica"}),
        inference("d", {"pain_type": "chronic"}, when={"duration_months": {"min": 3}}),
        inference("e", yes("pregnancy"), when={"age_years": {"max": 50}}),
    )

    assert [[rule.id for rule in layer] for layer in strata(pack)] == [
        ["c", "d", "e"],
        ["b"],
        ["a"],
    ]
    assert inference_needs(pack.inferences.values()) == {
        "mechanism": {"factors.distress"},
        "factors.distress": {"pain_type", "factors.works"},
        "factors.works": {"condition"},
        "pain_type": {"duration_months"},
        "factors.pregnancy": {"age_years"},
    }
    found = Explorer(pack).explore(condition="sciatica", duration_months=6)
    assert {(one.attribute, one.value): one.rules for one in found.inferred} == {
        ("mechanism", "nociplastic"): ("a",),
        ("distress", "yes"): ("b",),
        ("works", "yes"): ("c",),
        ("pain_type", "chronic"): ("d",),
    }


def test_a_layer_in_which_nothing_fires_does_not_end_inference() -> None:
    """What the layer above asks for may have been said instead."""
    pack = SMALL.with_rule(
        inference("a", yes("works"), when={"condition": "sciatica"}),
        inference("b", yes("distress"), when=yes("works")),
    )
    found = BitmapEngine(pack).infer(Facts(given={"works": True}))

    assert found.taken == (Suggested("factors", "distress", "yes", ("b",)),)


def test_an_engine_that_nobody_knows_is_named_with_those_that_there_are() -> None:
    """A misspelt name is not taken for the default."""
    with pytest.raises(UnknownWordError) as caught:
        make_engine("bitmpa", SMALL)

    assert str(caught.value) == "'bitmpa' is not a known engine; did you mean 'bitmap'?"
    assert isinstance(make_engine("bitmap", SMALL), BitmapEngine)


def test_inferences_that_go_round_in_a_circle_infer_nothing() -> None:
    """Loading refuses such a pack; one that was put together in Python must not hang."""
    pack = SMALL.with_rule(
        inference("a", yes("distress"), when=yes("works")),
        inference("b", yes("works"), when=yes("distress")),
        inference("c", yes("pregnancy")),
    )

    assert strata(pack) == ()
    assert BitmapEngine(pack).infer(Facts()) == Inferred()


def test_what_contradicts_itself_is_refused_whole_and_mechanisms_add_up() -> None:
    """Two sources that suggest different things settle nothing; two mechanisms are mixed pain."""
    found = settle([
        (("pain_type", "", "chronic"), "r2"), (("pain_type", "", "acute"), "r1"),
        (("mechanism", "", "nociplastic"), "r4"), (("mechanism", "", "neuropathic"), "r3"),
        (("factors", "works", "yes"), "r6"), (("factors", "works", "yes"), "r5"),
        (("factors", "distress", "yes"), "r7"), (("factors", "distress", "no"), "r8"),
    ])  # fmt: skip

    assert found.taken == (
        Suggested("factors", "works", "yes", ("r5", "r6")),
        Suggested("mechanism", "", "neuropathic", ("r3",)),
        Suggested("mechanism", "", "nociplastic", ("r4",)),
    )
    assert found.refused == (
        Suggested("factors", "distress", "no", ("r8",)),
        Suggested("factors", "distress", "yes", ("r7",)),
        Suggested("pain_type", "", "acute", ("r1",)),
        Suggested("pain_type", "", "chronic", ("r2",)),
    )


def test_only_what_is_left_open_is_inferred() -> None:
    """What somebody said is never overruled, whatever sources suggest."""
    given = Facts(
        pain_type="acute", pain_type_given=True, mechanism_given=True, given={"works": False}
    )
    suggested = [
        Suggested("pain_type", "", "chronic", ("r",)),
        Suggested("mechanism", "", "neuropathic", ("r",)),
        Suggested("factors", "works", "yes", ("r",)),
        Suggested("factors", "distress", "no", ("r",)),
    ]

    assert [left_open(one, given) for one in suggested] == [False, False, False, True]
    assert [left_open(one, Facts()) for one in suggested] == [True] * 4
    after = with_taken(given, Inferred(taken=tuple(suggested)))
    assert (after.pain_type, after.mechanism, dict(after.presumed)) == (
        "acute", None, {"distress": False},
    )  # fmt: skip
    assert dict(with_taken(Facts(), Inferred(taken=tuple(suggested))).presumed) == {
        "works": True,
        "distress": False,
    }


def test_a_suggestion_gives_way_and_its_contradiction_is_not_told_where_it_was_said() -> None:
    """Nobody is told of a contradiction about something that they know."""
    rules: list[Rule] = [
        inference("a", {"pain_type": "chronic"}),
        inference("b", {"pain_type": "acute"}),
        inference("c", yes("works")),
        inference("d", yes("distress"), unless=yes("works")),
    ]
    explorer = Explorer(SMALL.with_rule(*rules))
    nothing, said = explorer.explore(), explorer.explore("cancer", absent="works")

    assert {(one.attribute, one.value, one.taken) for one in nothing.inferred} == {
        ("pain_type", "acute", False),
        ("pain_type", "chronic", False),
        ("works", "yes", True),
        ("distress", "yes", True),
    }
    assert {(one.attribute, one.value) for one in said.inferred} == {("distress", "yes")}


def test_what_is_inferred_counts_and_what_hangs_on_it_says_so() -> None:
    """An inferred factor brings what asks for it, and silences what excludes it, but never a warning."""
    rules: list[Rule] = [
        inference("a", yes("works")),
        inference("b", {"factors": {"distress": False}}),
        inference("c", {"pain_type": "chronic"}),
        position("for_workers", "exercise", when=yes("works")),
        position("for_the_calm", "walking", when={"factors": {"distress": False}}),
        position("not_for_workers", "nerve_block", unless=yes("works")),
        position("for_chronic", "opioids", when={"pain_type": "chronic"}),
        position("for_both", "antidepressants", when={"pain_type": "chronic", **yes("works")}),
        Caution.model_validate({
            "id": "warning", "source": "alpha", "option": "nerve_block", "severity": "avoid",
            "because": "The source says so.", "unless": yes("works"),
        }),
    ]  # fmt: skip
    explorer = Explorer(SMALL.with_rule(*rules))
    supposed, told = (
        explorer.explore(),
        explorer.explore("acute", present="distress", absent="works"),
    )

    def said(found: Exploration) -> dict[str, tuple[str, bool, tuple[str, ...]]]:
        names = ("exercise", "walking", "nerve_block", "opioids", "antidepressants")
        views = {name: found[name] for name in names}
        return {n: (v.status.value, v.definite, v.presumed) for n, v in views.items()}

    assert said(supposed) == {
        "exercise": ("supported", False, ("works",)),
        "walking": ("supported", False, ("distress", "works")),
        "nerve_block": ("not_mentioned", False, ("works",)),
        "opioids": ("supported", False, ("pain_type",)),
        "antidepressants": ("supported", False, ("pain_type", "works")),
    }
    assert supposed["nerve_block"].safety.value == "avoid"
    assert said(told) == {
        "exercise": ("not_mentioned", True, ()),
        "walking": ("not_mentioned", True, ()),
        "nerve_block": ("supported", True, ()),
        "opioids": ("not_mentioned", True, ()),
        "antidepressants": ("not_mentioned", True, ()),
    }
