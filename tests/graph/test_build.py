"""The graph of a pack: what becomes a node, what becomes an edge, what each of them holds."""

import subprocess
import sys
from typing import TypeVar

import networkx as nx
import pytest

from painrules import core_pack
from painrules.graph import Graph, NodeKind, build_graph, core_graph
from painrules.graph.base import SYMMETRIC_KINDS
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.testing import small_vocabulary

R = TypeVar("R", bound=Rule)


def rule_of(model: type[R], /, **fields: object) -> R:
    """A rule called r."""
    told = {"id": "r", "because": "It says so.", "source": "alpha"}
    return model.model_validate({**told, **fields})


def edges(pack: Pack, key: str) -> list[tuple[str, str]]:
    """The ends of the edges with a key."""
    return [
        (start, end) for start, end, found in build_graph(pack).edges(keys=True) if found == key
    ]


def test_nodes_of_one_id_in_two_vocabularies_stay_apart(core: Graph) -> None:
    """Palliative care is an intervention and a fact about a person; merged, the graph would say nonsense."""
    assert core.nodes["intervention:palliative_care"]["kind"] == "intervention"
    assert core.nodes["factor:palliative_care"]["kind"] == "factor"


def test_every_kind_of_node_that_a_pack_can_hold_is_there(core: Graph) -> None:
    """What the pack ships can be looked at."""
    found = {held["kind"] for _, held in core.nodes(data=True)}
    assert found >= {kind.value for kind in NodeKind} - {"position"}


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            rule_of(Position, option="exercise", stance="supports"),
            [("source:alpha", "intervention:exercise")],
        ),
        (
            rule_of(
                Position,
                option="exercise",
                stance="supports",
                when={"condition": ["sciatica", "fibromyalgia"], "pain_type": "chronic"},
            ),
            [
                ("condition:sciatica", "intervention:exercise"),
                ("condition:fibromyalgia", "intervention:exercise"),
            ],
        ),
        (
            rule_of(
                Caution,
                option="opioids",
                severity="avoid",
                when={"factors": {"kidney_disease": "yes"}, "pain_type": "chronic"},
            ),
            [("factor:kidney_disease", "intervention:opioids")],
        ),
        (
            rule_of(Caution, option="opioids", severity="avoid", when={"age_years": {"min": 65}}),
            [("population:age_65_or_more", "intervention:opioids")],
        ),
        (
            rule_of(
                Step,
                option="nerve_block",
                kind="safeguard",
                safeguard="test_block",
                requires={"tried": {"exercise": "not_enough"}},
            ),
            [
                ("safeguard:test_block", "intervention:nerve_block"),
                ("intervention:exercise", "intervention:nerve_block"),
            ],
        ),
        (
            rule_of(
                Step,
                option="opioids",
                kind="clinical",
                requires={"tried": {"movement": "not_enough"}},
            ),
            [("category:movement", "intervention:opioids")],
        ),
        (
            rule_of(
                Inference, when={"condition": "sciatica"}, suggests={"mechanism": "neuropathic"}
            ),
            [("condition:sciatica", "mechanism:neuropathic")],
        ),
        (
            rule_of(RedFlag, urgency="soon", when={"red_flags": {"fever": "yes"}}),
            [("source:alpha", "red_flag:fever")],
        ),
    ],
    ids=(
        "position anywhere",
        "position on conditions",
        "caution on a fact",
        "caution on an age",
        "step after a check and care",
        "step after a category",
        "inference",
        "red flag",
    ),
)
def test_a_rule_hangs_on_what_it_is_about(rule: Rule, found: list[tuple[str, str]]) -> None:
    """One rule, one table: where its edges start and where they end."""
    assert set(edges(small_vocabulary().with_rule(rule), "r")) == set(found)


def test_what_no_longer_counts_is_there_but_marked() -> None:
    """History stays in the graph for those who look for it; questions look at what counts."""
    past = rule_of(
        Position,
        option="exercise",
        stance="supports",
        status="superseded",
        valid_to="2020",
    )
    held = build_graph(small_vocabulary().with_rule(past)).edges[
        "source:alpha", "intervention:exercise", "r"
    ]
    assert (held["current"], held["until"], held["standing"]) == (False, "2020-01-01", "superseded")


def test_what_holds_both_ways_stands_both_ways_under_one_key(core: Graph) -> None:
    """A walk along arrows finds a complement from either side."""
    for start, end, key, held in core.edges(keys=True, data=True):
        if held["kind"] in SYMMETRIC_KINDS:
            assert core.has_edge(end, start, key)


def test_a_rule_on_something_unknown_still_makes_a_node_with_a_name() -> None:
    """A pack made by hand, unchecked, must not break who reads the graph."""
    rule = rule_of(Position, option="unheard_of", stance="supports")
    graph = build_graph(small_vocabulary().with_rule(rule))
    assert graph.nodes["intervention:unheard_of"] == {
        "kind": "intervention",
        "entry": "unheard_of",
        "label": "unheard of",
    }


def test_the_notice_and_the_pack_stay_with_the_graph(core: Graph) -> None:
    """Whoever receives a graph can see that it is for education, and which pack it came from."""
    pack = core_pack()
    assert core.graph["notice"] == pack.notice
    assert (core.graph["pack"], core.graph["digest"]) == (pack.id, pack.digest)


def test_the_shared_graph_cannot_be_changed_by_one_who_asks() -> None:
    """Questions share one graph of the core pack; a graph of one's own is free to change."""
    with pytest.raises(nx.NetworkXError):
        core_graph().add_node("mine")
    build_graph(small_vocabulary()).add_node("mine")


def test_networkx_is_not_loaded_until_the_graph_is_asked_for() -> None:
    """`import painrules`, and exploring with it, stays light."""
    code = (
        "import sys, painrules; painrules.explore('acute'); assert 'networkx' not in sys.modules; "
        "painrules.explore('acute').graph(); assert 'networkx' in sys.modules; "
        "assert not {'rdflib', 'resvg_py', 'matplotlib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)  # noqa: S603 - our own code
