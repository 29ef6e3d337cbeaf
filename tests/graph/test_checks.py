"""Checks of the graph: each is shown to go red."""

import pytest

from painrules import core_pack
from painrules.cli.commands import cli
from painrules.graph import build_graph, check_graph, check_pack_graph
from painrules.graph.checks import check_rules
from painrules.model.knowledge import Relation
from painrules.model.pack import Pack
from painrules.model.rule import Position, Step
from painrules.testing import small_vocabulary


def supported(option: str) -> Position:
    """A position for an option."""
    told = {"id": "r", "stance": "supports", "because": "It says so.", "source": "alpha"}
    return Position.model_validate({**told, "option": option})


def after(name: str, option: str, first: str, source: str = "alpha") -> Step:
    """A step: an option comes after another was tried."""
    told = {
        "id": name,
        "option": option,
        "kind": "clinical",
        "because": "It says so.",
        "source": source,
    }
    return Step.model_validate({**told, "requires": {"tried": {first: "not_enough"}}})


def told(pack: Pack) -> list[str]:
    """All problems but the ones that a pack without rules has."""
    return [
        str(problem)
        for problem in check_pack_graph(pack)
        if "no rule and no relation" not in str(problem)
    ]


def related(pack: Pack, *relations: dict[str, object]) -> Pack:
    """The pack with these relations too."""
    found = [Relation.model_validate(one) for one in relations]
    return pack.model_copy(
        update={"relations": {**pack.relations, **{one.id: one for one in found}}}
    )


def test_the_core_pack_has_no_problem() -> None:
    """What ships is whole."""
    assert check_pack_graph(core_pack()) == ()


def test_steps_of_one_source_that_go_round_in_a_circle_are_found() -> None:
    """A source cannot want each of two things before the other."""
    steps = after("a", "exercise", "opioids"), after("b", "opioids", "exercise")
    assert told(small_vocabulary().with_rule(*steps)) == [
        "exercise: the steps of 'alpha' goes round in a circle: exercise -> opioids -> exercise"
    ]


def test_two_sources_may_order_things_differently() -> None:
    """Sources that disagree are shown side by side; that is no mistake of the pack."""
    steps = after("a", "exercise", "opioids"), after("b", "opioids", "exercise", source="beta")
    assert told(small_vocabulary().with_rule(*steps)) == []


def test_a_relation_without_a_source_is_found() -> None:
    """No source, no relation."""
    pack = related(small_vocabulary(), {"from": "exercise", "kind": "complements", "to": "opioids"})
    assert told(pack)[0] == (
        "exercise__complements__opioids: the edge 'exercise__complements__opioids' from intervention:exercise "
        "to intervention:opioids has no source\n    hint: name the source that says so"
    )


def test_what_holds_both_ways_is_said_once() -> None:
    """Said in both directions it would be counted twice."""
    pack = related(
        small_vocabulary(),
        {"from": "exercise", "kind": "complements", "to": "opioids", "sources": ["alpha"]},
        {"from": "opioids", "kind": "complements", "to": "exercise", "sources": ["alpha"]},
    )
    assert told(pack) == [
        (
            "opioids__complements__exercise: says the same as 'exercise__complements__opioids', the other way round"
            "\n    hint: say it once: it holds both ways"
        )
    ]


def test_an_intervention_of_which_nothing_is_said_is_found() -> None:
    """What no rule and no relation names is a promise that the pack does not keep."""
    pack = small_vocabulary()
    found = {problem.where for problem in check_pack_graph(pack)}
    assert found == {"nerve_block", "opioids", "weak_opioids"} | {"analgesics", "tramadol"} & found
    spoken = pack.with_rule(supported("nerve_block"))
    assert "nerve_block" not in {problem.where for problem in check_pack_graph(spoken)}


def test_one_way_alone_of_what_holds_both_ways_is_found() -> None:
    """A graph that somebody changed is checked too."""
    pack = related(
        small_vocabulary(),
        {"from": "exercise", "kind": "complements", "to": "opioids", "sources": ["alpha"]},
    )
    graph = build_graph(pack)
    key = "exercise__complements__opioids"
    graph.remove_edge("intervention:opioids", "intervention:exercise", key)
    assert (
        f"{key}: holds both ways, but stands only from intervention:exercise to intervention:opioids"
        in [str(problem) for problem in check_graph(graph)]
    )


def test_an_edge_without_its_rule_and_a_rule_without_its_edge_are_found() -> None:
    """Law L18, broken on purpose."""
    pack = small_vocabulary().with_rule(supported("exercise"))
    graph = build_graph(pack)
    assert [problem.where for problem in check_rules(graph, pack.without_rule("r"))] == [
        "source:alpha -> intervention:exercise"
    ]
    graph.remove_edge("source:alpha", "intervention:exercise", "r")
    assert [problem.where for problem in check_rules(graph, pack)] == ["r"]


def test_the_command_that_checks_packs_checks_the_graph_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Authors need one command only."""
    cli.main(["check"], standalone_mode=False)
    assert "has no problems" in capsys.readouterr().out
