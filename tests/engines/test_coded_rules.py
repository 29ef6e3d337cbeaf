"""Conditions as numbers, rules as conjunctions of comparisons: what engines without this domain work on."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from painrules.engine.coded import Comparison, SetName, codes, compared, conjunctions, shards
from painrules.model.conditions import Clause
from painrules.model.facts import Facts
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position, Rule
from painrules.testing import packs

CHRONIC = Clause("pain_type", values=("chronic",))


def position(number: int = 0, **more: Any) -> Position:  # noqa: ANN401 - fields of a rule
    """A position that is as plain as can be."""
    plain = {"option": "exercise", "stance": "supports", "because": "So.", "source": "alpha"}
    return Position.model_validate({"id": f"p{number}", **plain, **more})


def asked(rule: Rule) -> list[list[tuple[str, bool, int]]]:
    """What has to come out for each of the three sets, by attribute."""
    names: tuple[SetName, ...] = ("certain", "in_force", "possible")
    return [
        [(one.clause.attribute, one.at_least, one.bound) for one in compared(rule, name)]
        for name in names
    ]


def test_each_set_is_a_conjunction_of_comparisons() -> None:
    """The table of the three sets, as bounds: 0 no, 1 open, 2 presumed, 3 yes."""
    rule = position(when={"pain_type": "chronic"}, unless={"factors": {"pregnancy": "yes"}})

    assert asked(rule) == [
        [("factors", False, 0), ("pain_type", True, 3)],
        [("factors", False, 1), ("pain_type", True, 2)],
        [("factors", False, 2), ("pain_type", True, 1)],
    ]


def test_what_is_only_inferred_never_silences_a_warning() -> None:
    """For a caution, an exception may be presumed, and the caution is in force all the same."""
    rule = Caution.model_validate(
        {
            "id": "c",
            "option": "exercise",
            "severity": "avoid",
            "because": "So.",
            "source": "alpha",
            "unless": {"factors": {"pregnancy": "yes"}},
        }
    )

    assert asked(rule) == [[("factors", False, most)] for most in (0, 2, 2)]


def test_what_facts_make_of_conditions_is_a_number() -> None:
    """No, open, presumed and yes, in this order: so that bounds mean something."""
    known = [
        Facts(pain_type="acute", pain_type_given=True),
        Facts(),
        Facts(pain_type="chronic"),
        Facts(pain_type="chronic", pain_type_given=True),
    ]

    assert [codes([CHRONIC], facts) for facts in known] == [[0], [1], [2], [3]]


def test_rules_that_ask_for_the_same_share_a_conjunction() -> None:
    """Thousands of rules come down to some hundreds of conjunctions, and no limit on alike ones is met."""
    same = {"when": {"pain_type": "chronic"}}
    rules = list(enumerate([position(0, **same), position(1), position(2, **same)]))

    assert [(len(one.comparisons), one.rules) for one in conjunctions(rules, "certain")] == [
        (0, 0b010),
        (1, 0b101),
    ]


@given(
    pack=packs(), parts=st.integers(1, 4), clauses=st.integers(2, 5), comparisons=st.integers(1, 2)
)
def test_groups_keep_within_their_limits_and_lose_nothing(
    pack: Pack, parts: int, clauses: int, comparisons: int
) -> None:
    """Every comparison of every rule stands in exactly one part of it."""
    wholes = conjunctions(enumerate(pack.rules), "in_force")
    found: dict[int, list[Comparison]] = {number: [] for number in range(len(wholes))}
    for group in shards(wholes, parts=parts, clauses=clauses, comparisons=comparisons):
        assert 0 < len(group) <= parts
        assert len({one.clause for part in group for one in part.comparisons}) <= clauses
        for part in group:
            assert len(part.comparisons) <= comparisons
            found[part.whole] += part.comparisons

    assert {number: tuple(several) for number, several in found.items()} == {
        number: whole.comparisons for number, whole in enumerate(wholes)
    }


def test_a_rule_without_conditions_has_one_part() -> None:
    """It always holds, so something has to be there that can fire."""
    rules = conjunctions([(0, position())], "certain")

    assert [len(group) for group in shards(rules, parts=9, clauses=9, comparisons=9)] == [1]


def test_no_rules_make_no_groups() -> None:
    """A pack without inferences is nothing to ask about."""
    assert list(shards([], parts=9, clauses=9, comparisons=9)) == []
