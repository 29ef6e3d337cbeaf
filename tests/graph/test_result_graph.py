"""The part of the graph that a result speaks about."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import painrules
from painrules import Explorer
from painrules.graph import complements, neighbourhood
from painrules.graph.base import several
from painrules.model.pack import Pack
from painrules.testing import packs, profiles

few = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same examples on every run, and not too many: each one builds graphs."""


def test_options_have_what_the_result_says_of_them() -> None:
    """One can colour a node by status without going back to the result."""
    result = painrules.explore(condition="fibromyalgia")
    held = result.graph().nodes["intervention:exercise"]
    view = result["exercise"]
    assert held["status"] == view.status
    assert held["line"] == view.line
    assert held["listed"] is ("exercise" in result.listed)
    assert list(result.options)[held["place"]].id == "exercise"


def test_edges_say_what_their_rule_does_in_the_result() -> None:
    """What decides, what is history, what only asks a question: each edge says it."""
    graph = painrules.explore(condition="fibromyalgia").graph()
    held = graph.edges["condition:fibromyalgia", "intervention:exercise", "eular16_exercise"]
    assert held["role"] == "decides"
    assert {one["role"] for *_, one in graph.edges(data=True) if "role" in one} >= {
        "decides",
        "ask about",
    }


def test_what_a_rule_says_of_other_conditions_stays_out() -> None:
    """A rule on four conditions shows the one that the profile names."""
    graph = painrules.explore(condition="fibromyalgia").graph()
    assert "condition:fibromyalgia" in graph
    assert "condition:osteoarthritis_knee" not in graph


def test_what_was_stated_is_marked() -> None:
    """The picture can tell what the person said from what rules brought in."""
    graph = painrules.explore("chronic", present=["chronic_kidney_disease"]).graph()
    stated = {node for node, held in graph.nodes(data=True) if held.get("stated")}
    assert {"pain_type:chronic", "factor:chronic_kidney_disease"} <= stated


@few
@given(data=st.data(), pack=packs())
def test_every_rule_that_a_result_names_has_its_edge(data: st.DataObject, pack: Pack) -> None:
    """Nothing that the result says is missing from its graph, and nothing stands there without its ends."""
    result = Explorer(pack).explore(data.draw(profiles(pack)))
    graph = result.graph()
    keys = {key for *_, key in graph.edges(keys=True)}
    for view in result.options:
        said = {one.id for one in (*view.positions, *view.also_said)}
        assert said | {one.id for one in (*view.cautions, *view.ask_about)} <= keys
        assert {one.id for one in view.after} <= keys
        assert graph.nodes[f"intervention:{view.id}"]["status"] == view.status
    assert all("kind" in held for _, held in graph.nodes(data=True))


def test_result_graph_is_ones_own() -> None:
    """It can be changed without changing what others see."""
    graph = painrules.explore("acute").graph()
    graph.nodes["pain_type:acute"]["label"] = "mine"
    assert painrules.explore("acute").graph().nodes["pain_type:acute"]["label"] != "mine"


def test_a_neighbourhood_is_ones_own_too() -> None:
    """The shared graph of the core pack is behind it, and must not change with it."""
    part = neighbourhood("cbt")
    part.nodes["intervention:cbt"]["label"] = "mine"
    for *_, held in part.edges(data=True):
        held["sources"] = ""
    assert neighbourhood("cbt").nodes["intervention:cbt"]["label"] != "mine"
    assert all(held["sources"] for *_, held in neighbourhood("cbt").edges(data=True))


def test_a_graph_says_what_the_result_asks_first() -> None:
    """Too little is known, or a red flag: the graph says so, and is a graph all the same."""
    unknown, flagged = (
        painrules.explore(),
        painrules.explore("chronic", present=["rf_cauda_equina"]),
    )
    assert unknown.graph().graph["mode"] == "ask_first"
    assert several(unknown.graph().graph["questions"])[0] == unknown.next_questions[0].question
    graph = flagged.graph()
    assert graph.graph["mode"] == "evaluate_first"
    assert "cauda equina" in graph.graph["red_flags"]
    shown = {held["entry"] for _, held in graph.nodes(data=True) if held.get("listed")}
    assert shown == set(flagged.deferred)


def test_a_result_graph_answers_questions_of_its_own() -> None:
    """What holds in the result alone can be asked of it."""
    graph = painrules.explore(condition="fibromyalgia").graph()
    assert complements("exercise", graph=graph)
