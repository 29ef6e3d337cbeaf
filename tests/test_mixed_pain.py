"""What an option comes to for several mechanisms at once: the parts that the conformance table does not touch."""

from pathlib import Path

from painrules import Explorer, OptionView, Profile, load_pack
from painrules.model.rule import Position
from painrules.resolve import EVERYTHING

PACK = load_pack(Path(__file__).parent / "conformance" / "pack")


def said(stance: str, mechanism: str, line: str | None = None) -> Position:
    """One more position, on exercise, of a mechanism only."""
    return Position.model_validate({
        "id": f"more_{mechanism}", "source": "beta", "option": "exercise", "stance": stance,
        "when": {"mechanism": mechanism}, "because": "The source says so.", "verified": "page",
        **({"line": line} if line else {}),
    })  # fmt: skip


def exercise(*more: Position) -> OptionView:
    """Exercise in chronic pain, nociceptive and neuropathic, with more positions."""
    pack = PACK
    for rule in more:
        pack = pack.with_rule(rule)
    return Explorer(pack=pack).explore("chronic", mechanism=("nociceptive", "neuropathic"))[
        "exercise"
    ]


def test_different_levels_vary_and_the_most_cautious_line_stands() -> None:
    """Adjunct for one mechanism and first for the other is adjunct, and nobody is told that one level decides."""
    view = exercise(said("supports", "nociceptive", "adjunct"))

    assert {name: str(one.level) for name, one in view.by_mechanism.items()} == {
        "neuropathic": "pain_type",
        "nociceptive": "mechanism",
    }
    assert str(view.level) == "varies"
    assert view.line is not None
    assert (view.status.value, view.line.value) == ("supported", "adjunct")


def test_a_line_that_is_not_stated_gives_way_to_one_that_is() -> None:
    """A source that says nothing of the line does not hide the line that another states."""
    view = exercise(said("supports", "nociceptive"))

    assert view.line is not None
    assert (str(view.level), view.line.value) == ("varies", "first")


def test_agreement_that_holds_for_one_mechanism_only_varies() -> None:
    """Sources that agree on one kind of pain and not on the other are not said to agree."""
    view = exercise(said("opposes", "neuropathic"))

    assert {one.agreement.value for one in view.by_mechanism.values()} == {
        "consensus_for",
        "mixed",
    }
    assert view.agreement.value == "varies"


def test_a_mechanism_that_nobody_speaks_of_does_not_count() -> None:
    """The level is that of the mechanism of which something is said; where nothing is said there is no agreement."""
    result = Explorer(pack=PACK).explore("acute", mechanism=("nociceptive", "neuropathic"))

    assert str(result["nerve_block"].level) == "mechanism"
    assert result["nsaids"].agreement.value == "single_source"
    silent = Explorer(pack=PACK).explore("acute", mechanism=("nociceptive", "nociplastic"))
    assert silent["gabapentinoids"].agreement.value == "none"
    assert silent["gabapentinoids"].level is None


def test_all_outcomes_at_once_are_those_of_each() -> None:
    """A table of many people asks for all options, a page for one after another."""
    profile = Profile(pain_type="chronic", mechanisms=["nociceptive", "nociplastic"])
    explorer = Explorer(pack=PACK)
    one_by_one, at_once = (explorer.resolve(profile, EVERYTHING) for _ in range(2))

    assert {*at_once.options} == {"exercise", "nerve_block", "opioids", "weak_opioids"}
    assert at_once.outcomes == {name: one_by_one.outcome(name) for name in at_once.options}
