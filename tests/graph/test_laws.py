"""Law L18: every position, caution, step and relation has an edge with its id as key, and every such edge its rule."""

import pytest
from hypothesis import HealthCheck, given, settings

from painrules import core_pack
from painrules.graph import build_graph, node_id
from painrules.graph.base import ENTRY_KEY
from painrules.graph.checks import check_rules
from painrules.model.pack import Pack
from painrules.testing import packs

few = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same examples on every run, and not too many: each one builds graphs."""

KEYED = ("positions", "cautions", "steps", "relations")


def keys_of(pack: Pack) -> set[str]:
    """The keys of all edges that come from rules and relations."""
    keys = {key for *_, key in build_graph(pack).edges(keys=True)}
    return {key for key in keys if not key.startswith(ENTRY_KEY)}


@few
@given(pack=packs())
def test_every_rule_and_relation_has_an_edge_and_every_edge_its_rule(pack: Pack) -> None:
    """Whoever looks at the graph sees all that the pack says, and can look up whatever the graph says."""
    keys = keys_of(pack)
    said = {name for table in KEYED for name in getattr(pack, table)}
    assert said <= keys
    assert keys <= {rule.id for rule in pack.rules} | set(pack.relations)
    assert not list(check_rules(build_graph(pack), pack))


@pytest.mark.parametrize("table", KEYED)
def test_the_core_pack_is_in_its_graph_table_by_table(table: str) -> None:
    """The pack that ships keeps the law too, inferences and red flags besides."""
    pack = core_pack()
    assert not set(getattr(pack, table)) - keys_of(pack)
    assert not (set(pack.inferences) | set(pack.red_flags)) - keys_of(pack)


@few
@given(pack=packs())
def test_a_position_hangs_on_what_it_is_about(pack: Pack) -> None:
    """Several conditions make several edges, all with the rule's key; without any it hangs on its source."""
    graph = build_graph(pack)
    for rule in pack.positions.values():
        option = node_id("intervention", rule.option)
        starts = {start for start, _, key in graph.in_edges(option, keys=True) if key == rule.id}
        named = {c.attribute: c.values for c in rule.conditions if c.attribute == rule.level.value}
        if named:
            (level, _), *_ = named.items()
            values = [v for c in rule.conditions if c.attribute == level for v in c.values]
            assert starts == {node_id(level, value) for value in values}
        elif not rule.conditions:
            assert starts == {node_id("source", rule.source)}
        assert starts


@few
@given(pack=packs())
def test_every_attribute_is_a_plain_value(pack: Pack) -> None:
    """Formats that know only texts, numbers, yes and no lose nothing."""
    graph = build_graph(pack)
    held = [held for _, held in graph.nodes(data=True)]
    held += [held for *_, held in graph.edges(data=True)] + [graph.graph]
    assert {type(value) for one in held for value in one.values()} <= {str, int, float, bool}


@few
@given(pack=packs())
def test_every_edge_has_a_kind_a_label_sources_and_a_rule(pack: Pack) -> None:
    """Nothing is said without who says so."""
    for *_, held in build_graph(pack).edges(data=True):
        assert held["kind"]
        assert held["label"]
        assert held["sources"]
        assert held["rule"]


@few
@given(pack=packs())
def test_the_same_pack_makes_the_same_graph(pack: Pack) -> None:
    """Order of nodes and edges included, so that files can be compared byte for byte."""
    one, other = build_graph(pack), build_graph(pack)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
