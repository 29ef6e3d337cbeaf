"""A check that cannot fail is worse than none: each law is broken once, and says so."""

from itertools import count
from typing import Any

import pytest

from painrules import Exploration, Explorer, Profile
from painrules.engine import BitmapEngine, Inferred, RuleSets
from painrules.explain import Change
from painrules.explore.order import Order
from painrules.explore.views import Viewer
from painrules.graph import build_graph
from painrules.model.facts import Facts
from painrules.model.pack import Coverage, Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Step
from painrules.resolve import Lens, LensIndex, Resolution
from painrules.resolve.lens import LensMasks
from painrules.resolve.resolution import Certainty
from painrules.testing import LawError, ReferenceEngine, check_laws, laws, small_vocabulary
from painrules.testing.laws import sameness

CHRONIC = Profile(pain_type="chronic")
FEVERISH = CHRONIC.with_(red_flags={"fever": True})
PREGNANT = CHRONIC.with_(factors={"pregnancy": True})
MIXED = Profile(mechanisms=["neuropathic", "nociplastic"])


def rule(model: type[Any], name: str, /, **fields: Any) -> Any:  # noqa: ANN401 - any of five kinds
    """A rule in as few words as possible."""
    common = {"id": name, "because": "The source says so.", "source": "alpha"}
    return model.model_validate({**common, **fields})


PACK = small_vocabulary().with_rule(
    rule(Position, "p1", option="exercise", stance="supports", when={"pain_type": "chronic"}),
    rule(Position, "p2", option="exercise", stance="opposes", when={"condition": "back_pain"}),
    rule(Position, "p3", option="walking", stance="supports", when={"mechanism": "neuropathic"}),
    rule(
        Position,
        "p4",
        option="walking",
        stance="opposes",
        status="superseded",
        valid_to="2020",
    ),
    rule(
        Position,
        "p5",
        option="opioids",
        stance="supports",
        line="first",
        when={"pain_type": "chronic"},
    ),
    rule(
        Caution,
        "c1",
        option="exercise",
        severity="contraindicated",
        when={"factors": {"pregnancy": "yes"}},
    ),
    rule(Step, "s1", option="exercise", kind="clinical", requires={"tried": {"walking": "helped"}}),
    rule(RedFlag, "f1", urgency="urgent", when={"red_flags": {"fever": "yes"}}),
)

ALPHA = 1 << PACK.rule_numbers["p1"]
"""The bit of a position of the source that a lens may leave out."""

COVERING = PACK.model_copy(
    update={
        "header": PACK.header.model_copy(
            update={
                "covers": Coverage.model_validate(
                    {
                        "pain_types": ["acute", "chronic"],
                        "mechanisms": ["neuropathic", "nociplastic"],
                        "domains": ["biological", "social"],
                        "opioids": "opioids",
                        "end_of_life": "distress",
                    }
                )
            }
        )
    }
)


class Forgetful(BitmapEngine):
    """An engine that loses all but red flags as soon as it sees one."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack)
        self._flags = sum(1 << pack.rule_numbers[name] for name in pack.red_flags)

    def match(self, facts: Facts) -> RuleSets:
        """Fewer rules than there are."""
        found = super().match(facts)
        if not facts.given.get("fever"):
            return found
        return RuleSets(*(bits & self._flags for bits in found))

    def infer(self, facts: Facts) -> Inferred:
        """What it should be."""
        return super().infer(facts)


def breaks(law: Any, *arguments: Any, **more: Any) -> str:  # noqa: ANN401 - a law and what it is tried on
    """The message with which a law fails."""
    with pytest.raises(LawError) as caught:
        law(*arguments, **more)
    return str(caught.value).splitlines()[1].strip()


def test_each_law_holds_as_long_as_nothing_is_broken() -> None:
    """What follows breaks one thing at a time, so before that nothing may be broken."""
    explorer = Explorer(PACK)
    for profile in (CHRONIC, FEVERISH, PREGNANT, MIXED):
        laws.law_02(explorer, profile)
        laws.law_03(explorer, profile, profile.with_(conditions={"back_pain"}))
        laws.law_05(explorer, profile)
        laws.law_07(explorer, profile)
        laws.law_22(explorer, profile)
        laws.law_24(explorer, profile, ReferenceEngine(PACK))


def test_l1_fails_where_a_rule_is_lost_between_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a glob that forgets a folder would do."""
    monkeypatch.setattr(sameness, "rewritten", lambda pack, _: pack.without_rule("p1"))
    assert breaks(laws.law_01, Explorer(PACK), CHRONIC).startswith("the digest differs")


def test_l2_fails_where_mixed_pain_hides_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a resolver that takes the first mechanism only would do."""
    monkeypatch.setattr(Resolution, "is_supported", lambda self, _: len(self.asked) == 1)
    assert breaks(laws.law_02, Explorer(PACK), MIXED).startswith("the list differs")


def test_l3_fails_where_everything_is_called_definite(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a resolver that ignores open rules would do."""
    monkeypatch.setattr(
        Resolution, "certainty", lambda *_: Certainty(definite=True, depends_on=(), presumed=())
    )
    message = breaks(laws.law_03, Explorer(PACK), CHRONIC, CHRONIC.with_(conditions={"back_pain"}))
    assert message.startswith("exercise was supported, definitely, and became not_supported")


def test_l3_fails_where_something_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a resolver that names the wrong attribute would do."""
    monkeypatch.setattr(
        Resolution,
        "certainty",
        lambda *_: Certainty(definite=False, depends_on=("age",), presumed=()),
    )
    message = breaks(laws.law_03, Explorer(PACK), CHRONIC, CHRONIC.with_(conditions={"back_pain"}))
    assert "although it depended on ('age',) only" in message


def test_l4_fails_where_a_step_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a resolver that takes every requirement as met would do."""
    monkeypatch.setattr(Resolution, "after", lambda *_: ())
    assert breaks(laws.law_04, Explorer(PACK), CHRONIC, "s1").startswith("exercise comes after s1")


def test_l5_and_l7_fail_where_a_red_flag_silences_rules() -> None:
    """As an engine that stops at the first red flag would do."""
    explorer = Explorer(PACK, engine=Forgetful(PACK))
    lost = "exercise loses ['c1'] by goals and red flags"
    assert breaks(laws.law_05, explorer, PREGNANT) == lost
    assert breaks(laws.law_07, explorer, FEVERISH).startswith("the rest, without the rules")
    assert breaks(laws.law_24, explorer, FEVERISH, ReferenceEngine(PACK)).startswith(
        "for None, one engine alone has as certain: ['p1', 'p4', 'p5', 's1']"
    )


def test_l5_fails_where_a_lens_silences_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a lens that is applied to all rules alike would do."""
    cautions = Resolution.cautions
    monkeypatch.setattr(
        Resolution,
        "cautions",
        lambda self, name: cautions(self, name) if self.masks.allowed & ALPHA else (),
    )
    lens = Lens(sources=frozenset({"beta"}))
    message = breaks(laws.law_05, Explorer(PACK), PREGNANT, lens)
    assert message == "exercise loses ['c1'] by the lens"


def test_l6_fails_where_something_counts_its_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a time stamp in a result would do."""
    calls = count()
    to_json = Exploration.to_json
    monkeypatch.setattr(Exploration, "to_json", lambda self: to_json(self) + " " * next(calls))
    assert breaks(laws.law_06, Explorer(PACK), CHRONIC) == "asked twice, it differs"


def test_l8_fails_where_goals_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an order by name alone would do."""
    monkeypatch.setattr(Order, "sorted", lambda *args: tuple(sorted(args[1])))
    message = breaks(laws.law_08, Explorer(PACK), CHRONIC, ["sleep"])
    assert message.startswith("the order of options differs")


def test_l9_fails_where_warnings_do_not_reach_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a list made from statuses alone would do."""
    monkeypatch.setattr(Resolution, "is_supported", lambda self, name: self.outcome(name).supported)
    assert breaks(laws.law_09, Explorer(PACK), PREGNANT) == "exercise is listed in spite of c1"


def test_l10_to_l14_fail_where_a_pack_does_not_do_what_it_says() -> None:
    """As a pack with one rule too many, or many too few, would do."""
    explorer = Explorer(COVERING)
    dying = CHRONIC.with_(factors={"distress": True})
    assert breaks(laws.law_10, explorer, CHRONIC) == "opioids is a first line, by ['p5']"
    assert breaks(laws.law_11, explorer, dying) == "p5 on opioids is in force"
    assert breaks(laws.law_12, Explorer(COVERING.without_rule("p1", "p5"))).endswith(
        "have the same options"
    )
    assert breaks(laws.law_14, explorer) == (
        "no supported option, and no waiver, for acute, nociplastic: biological, social; "
        "chronic, nociplastic: social"
    )


def test_l13_fails_where_intensity_decides_the_pain_type() -> None:
    """Strong pain is not another kind of pain; a detour over a factor does not make it one."""
    chain = (
        rule(
            Inference,
            "i1",
            when={"factors": {"severe_pain": "yes"}},
            suggests={"factors": {"distress": "yes"}},
        ),
        rule(
            Inference,
            "i2",
            when={"factors": {"distress": "yes"}},
            suggests={"pain_type": "chronic"},
        ),
    )
    message = breaks(laws.law_13, Explorer(PACK.with_rule(*chain)))
    assert message == "inference leads severity -> pain_type"


def test_l15_fails_where_a_rule_speaks_for_nobody() -> None:
    """As one that is silenced by what it asks for."""
    dead = rule(
        Position,
        "p9",
        option="exercise",
        stance="supports",
        when={"factors": {"works": "yes"}},
        unless={"factors": {"works": "yes"}},
    )
    message = breaks(laws.law_15, Explorer(PACK.with_rule(dead)))
    assert message.startswith("error: rule 'p9' is in force for no profile")


def test_l16_fails_where_a_source_contradicts_itself() -> None:
    """As two people who write up one guideline would do."""
    both = [
        rule(Position, name, option="nerve_block", stance=stance, when={"factors": {factor: "yes"}})
        for name, stance, factor in (("p8", "supports", "works"), ("p9", "opposes", "distress"))
    ]
    message = breaks(laws.law_16, Explorer(small_vocabulary().with_rule(*both)))
    assert message.startswith(
        "error: rule 'p8' supports 'nerve_block', and 'p9' of the same source"
    )


def test_l18_fails_where_the_graph_forgets_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a graph that was built before a rule was added would do."""
    monkeypatch.setattr("painrules.graph.build_graph", lambda _: build_graph(small_vocabulary()))
    assert "stands in positions, but has no edge in the graph" in breaks(
        laws.law_18, Explorer(PACK)
    )


def test_l17_fails_where_a_source_is_only_listed() -> None:
    """As a bibliography that nobody reads from would do."""
    assert breaks(laws.law_17_pack, Explorer(PACK)) == "not used: delta, gamma"


def test_l17_fails_where_a_view_forgets_its_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a view that copies texts only would do."""
    monkeypatch.setattr(Viewer, "sources", lambda *_: ())
    assert breaks(laws.law_17, Explorer(PACK), CHRONIC).startswith("the sources of exercise")


def test_l20_fails_where_a_change_is_longer_than_need_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an explanation that lists all that failed would do."""
    why_not = Exploration.why_not
    extra = Change(attribute="severity", value=3, told="if severity were 3")

    def longer(self: Exploration, option: str) -> object:
        answer = why_not(self, option)
        return answer.model_copy(update={"change": (*answer.change, extra)})

    monkeypatch.setattr(Exploration, "why_not", longer)
    message = breaks(laws.law_20, Explorer(PACK), CHRONIC, "walking")
    assert message == "walking: if the mechanism were neuropathic would do alone"


def test_l21_fails_where_a_lens_shows_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a lens that searches elsewhere would do."""
    monkeypatch.setattr(
        Resolution,
        "positions",
        lambda self, _: () if self.masks.allowed & ALPHA else self.index.rules,
    )
    message = breaks(laws.law_21, Explorer(PACK), CHRONIC, Lens(sources=frozenset()))
    assert message.startswith("only with the lens, ")


def test_l22_fails_where_what_has_ended_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a resolver that never looks at dates would do."""
    explorer, bare = Explorer(PACK), Explorer(PACK.without_rule("p4"))
    masks = LensIndex.masks

    def undated(self: LensIndex, lens: Lens) -> LensMasks:
        return masks(self, lens)._replace(dated=-1)

    monkeypatch.setattr(LensIndex, "masks", undated)
    neuropathic = Profile(mechanisms=["neuropathic"])
    assert breaks(laws.law_22, explorer, neuropathic, without=bare).startswith("the rest differs")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Helps at 50 mg.", "a dose: '50 mg'"),
        ("Helps if taken twice a day.", "a schedule: 'twice a day'"),
        ("Lyrica helps.", "a brand: 'Lyrica'"),
        ("You should try it.", "an address: 'You should'"),
    ],
)
def test_l23_fails_where_a_text_becomes_a_prescription(text: str, what: str) -> None:
    """Doses, schedules, brands and orders belong to clinicians and labels."""
    pack = PACK.with_rule(rule(Position, "p9", option="exercise", stance="supports", because=text))
    with pytest.raises(LawError) as caught:
        laws.law_23(Explorer(pack))
    assert f"positions p9, because: {what} in {text!r}" in str(caught.value)


def test_the_suite_reports_each_broken_law_once() -> None:
    """Whoever writes a pack sees all that is wrong with it, and the first example of each."""
    hurried = rule(Position, "p9", option="exercise", stance="supports", because="Twice daily.")
    with pytest.raises(LawError) as caught:
        check_laws(PACK.with_rule(hurried), [CHRONIC])
    assert str(caught.value).splitlines()[0] == "3 laws do not hold"
    assert [line for line in str(caught.value).splitlines() if line.startswith("L")] == [
        "L16 no source says the same twice, or contradicts itself: does not hold",
        "L17 every entry has a source, every source is used: does not hold",
        "L23 no text holds a dose, a schedule, a brand, or an address: does not hold",
    ]
