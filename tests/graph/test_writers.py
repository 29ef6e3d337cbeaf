"""Writers: what a graph holds is in the file, whatever its texts mean to the format."""

import io
import json
import os
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
import rdflib

from painrules import MissingExtraError, PainrulesError, UnknownWordError
from painrules.graph import Graph, build_graph, neighbourhood, write
from painrules.graph.base import joined, several
from painrules.graph.writers import ENDINGS, FORMATS, to_dot, to_gexf, to_graphml, to_mermaid
from painrules.graph.writers.dot import _name
from painrules.graph.writers.rdf import triples
from painrules.testing import small_vocabulary

Reader = Callable[[str], Any]


def from_graphml(text: str) -> Any:  # noqa: ANN401 - networkx has no type for what it reads
    return nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)


def from_gexf(text: str) -> Any:  # noqa: ANN401 - see above
    return nx.read_gexf(io.BytesIO(text.encode()))


def from_node_link(text: str) -> Any:  # noqa: ANN401 - see above
    return nx.node_link_graph(json.loads(text), edges="edges")


def from_cytoscape(text: str) -> Any:  # noqa: ANN401 - see above
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    told = json.loads(text)
    found.graph.update(told["data"])
    for one in told["elements"]["nodes"]:
        found.add_node(one["data"].pop("id"), **one["data"])
    for one in told["elements"]["edges"]:
        held = one["data"]
        held.pop("id")
        ends = held.pop("source"), held.pop("target")
        found.add_edge(*ends, key=held.pop("key"), **held)
    return found


READERS: dict[str, Reader] = {
    "graphml": from_graphml,
    "gexf": from_gexf,
    "json": from_node_link,
    "cytoscape": from_cytoscape,
}
"""Formats that can hold all of a graph, and what reads them back."""


def nodes_of(graph: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - see above
    return {node: dict(held) for node, held in graph.nodes(data=True)}


def edges_of(graph: Any) -> Counter[tuple[object, ...]]:  # noqa: ANN401 - see above
    """The edges with all that they hold; an attribute in which a format repeats id or key is left out."""
    return Counter(
        (start, end, key, *sorted((k, v) for k, v in held.items() if k not in {"key", "id"}))
        for start, end, key, held in graph.edges(keys=True, data=True)
    )


@pytest.mark.parametrize("form", READERS)
def test_formats_that_can_hold_everything_lose_nothing(form: str, hostile: Graph) -> None:
    """Nodes, edges, keys and every attribute come back, of the hostile graph too."""
    again = READERS[form](FORMATS[form](hostile))
    assert {node: _known(held) for node, held in nodes_of(again).items()} == nodes_of(hostile)
    assert edges_of(again) == edges_of(hostile)


def _known(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name != "id"}


@pytest.mark.parametrize("form", ["graphml", "json", "cytoscape"])
def test_what_a_graph_is_about_comes_back(form: str, hostile: Graph) -> None:
    """Notice, pack and digest cannot be separated from the graph."""
    again = READERS[form](FORMATS[form](hostile)).graph
    assert {name: again[name] for name in hostile.graph} == hostile.graph


@pytest.mark.parametrize("form", FORMATS)
def test_every_file_has_the_notice_in_it(form: str) -> None:
    """Whatever the format, the reader is told that it is for education."""
    pack = small_vocabulary()
    text = FORMATS[form](build_graph(pack)).replace("\\n", " ")
    assert "For education only, never medical advice." in text


def test_the_same_graph_makes_the_same_bytes_whatever_the_hash_seed() -> None:
    """Files can be compared, and a change in them means a change in the pack."""
    code = (
        "import sys; from painrules.graph import neighbourhood; from painrules.graph.writers import FORMATS; "
        "graph = neighbourhood('cbt'); text = chr(10).join(write(graph) for write in FORMATS.values()); "
        "sys.stdout.buffer.write(text.encode())"
    )
    found = [
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] != b""


def test_lists_and_what_is_not_there_are_flattened() -> None:
    """GraphML and GEXF refuse lists, dicts and None: a graph that somebody added to is written all the same."""
    graph = build_graph(small_vocabulary())
    graph.nodes["intervention:exercise"].update(tags=["a", "b"], nothing=None, more={"x": 1})
    for form in ("graphml", "gexf"):
        held = READERS[form](FORMATS[form](graph)).nodes["intervention:exercise"]
        assert (held["tags"], held["more"]) == ("a; b", "x: 1")
        assert "nothing" not in held


@pytest.mark.parametrize("form", FORMATS)
def test_what_no_file_can_hold_is_replaced(form: str) -> None:
    """A control character or half a surrogate must not make a file that nobody can open."""
    graph = build_graph(small_vocabulary())
    graph.nodes["intervention:exercise"]["label"] = "a\x00b\ud800c\x0b"
    text = FORMATS[form](graph)
    text.encode()
    assert "\x00" not in text


def test_keys_that_repeat_do_not_become_ids_that_repeat() -> None:
    """Gephi, Cytoscape and graphology refuse or merge edges with one id: a rule on two conditions would lose one."""
    graph = neighbourhood("exercise")
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(keys) > len(set(keys))
    told = json.loads(FORMATS["cytoscape"](graph))["elements"]["edges"]
    assert len({one["data"]["id"] for one in told}) == len(keys)
    root = ET.fromstring(to_gexf(graph))  # noqa: S314 - we wrote it ourselves
    ids = [one.get("id") for one in root.iter() if one.tag.endswith("}edge")]
    assert len(set(ids)) == len(ids) == len(keys)
    assert "<edge id=" not in to_graphml(graph)


def test_gexf_has_the_date_of_the_pack_and_not_of_today() -> None:
    """No clock: the same pack, the same bytes, whenever it is written."""
    text = to_gexf(build_graph(small_vocabulary()))
    assert '<meta lastmodifieddate="2026-01-01">' in text
    assert "<creator>painrules</creator>" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a:b", '"a:b"'),
        ('say "x"', '"say \\"x\\""'),
        ("back\\", '"back%5C"'),
        ("50%", '"50%25"'),
        ("two\nlines", '"two%0Alines"'),
    ],
)
def test_names_in_dot_are_quoted_so_that_nothing_ends_them(text: str, written: str) -> None:
    """A colon would be a port, a backslash before the quote would swallow it."""
    assert _name(text) == written


def test_labels_in_dot_mean_themselves(hostile: Graph) -> None:
    r"""``\N`` would be replaced by the name of the node, ``&amp;`` by an ampersand."""
    text = to_dot(hostile)
    assert "back\\\\slash \\\\N" in text
    assert "&amp;amp;" in text


def test_labels_in_mermaid_hold_nothing_that_it_reads(
    hostile: Graph, nasty: tuple[str, ...]
) -> None:
    """Codes instead of quotes and markup; numbers instead of ids."""
    lines = [line for line in to_mermaid(hostile).splitlines() if line.startswith("  n")]
    labels = [line.partition('["')[2].rpartition('"]')[0] for line in lines if '["' in line]
    assert len(labels) == len(hostile)
    assert not [label for label in labels if any(char in label for char in '"<>`{}[]|')]
    assert len(nasty) <= len(labels)


def test_rdf_has_concepts_classes_and_statements(hostile: Graph) -> None:
    """SKOS for the vocabulary, a statement for each edge, who says so on each of them."""
    found = triples(hostile)
    concepts = set(found.subjects(rdflib.RDF.type, rdflib.SKOS.Concept))
    statements = set(found.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
    assert len(concepts) == len(hostile)
    assert len(statements) == hostile.number_of_edges()
    labels = {str(label) for label in found.objects(None, rdflib.SKOS.prefLabel)}
    assert labels >= {held["label"] for _, held in hostile.nodes(data=True)}
    assert all((one, rdflib.DCTERMS.source, None) in found for one in statements)
    assert len(set(found.triples((None, rdflib.SKOS.broader, None)))) == 1


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_rdf_is_read_back_by_its_library_triple_for_triple(form: str, hostile: Graph) -> None:
    """Both ways to write it say the same."""
    name = {"jsonld": "json-ld"}.get(form, form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib warns of itself
        again = rdflib.Graph().parse(data=FORMATS[form](hostile), format=name)
    assert set(again) == set(triples(hostile))


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_a_name_says_the_format(ending: str, tmp_path: Path) -> None:
    """One function for every format."""
    graph = build_graph(small_vocabulary())
    path = write(graph, tmp_path / f"graph{ending.upper()}")
    assert path.read_text(encoding="utf-8") == FORMATS[ENDINGS[ending]](graph)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_unknown_ending_is_met_with_the_nearest(tmp_path: Path) -> None:
    """Nothing is written then."""
    with pytest.raises(UnknownWordError) as caught:
        write(build_graph(small_vocabulary()), tmp_path / "graph.graphm")
    assert (
        str(caught.value)
        == "'.graphm' is not a known ending of a graph file; did you mean '.graphml'?"
    )
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never half a file."""
    graph = build_graph(small_vocabulary())
    path = write(graph, tmp_path / "graph.dot")
    before = path.read_text(encoding="utf-8")

    def fail(*_args: object, **_kwargs: object) -> int:
        msg = "no room left"
        raise OSError(msg)

    monkeypatch.setattr(os, "fsync", fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no room left"):
        write(graph, path)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == before
    assert [one.name for one in tmp_path.iterdir()] == ["graph.dot"]


def test_without_rdflib_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extra that is missing is no traceback of somebody else."""
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(MissingExtraError) as caught:
        FORMATS["turtle"](build_graph(small_vocabulary()))
    assert str(caught.value) == (
        "writing RDF needs rdflib: install it with: pip install 'painrules[rdf]'"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_graph_that_somebody_added_to_is_written(form: str) -> None:
    """Nodes and edges without our attributes, names with blanks, kinds of their own."""
    graph = build_graph(small_vocabulary())
    graph.add_edge("my node", "intervention:exercise", key="a key", **{"my note": "x"})
    graph.add_node("other", kind="my kind", label=7)
    text = FORMATS[form](graph)
    assert "intervention" in text
    if form in READERS:
        assert "my node" in READERS[form](text)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_no_graph_of_ours_is_refused(form: str) -> None:
    """A plain graph has no keys to write."""
    with pytest.raises(PainrulesError, match="graph must be a networkx"):
        FORMATS[form](nx.Graph())  # type: ignore[arg-type]


def test_an_empty_graph_is_written_in_every_format(tmp_path: Path) -> None:
    """Nothing is something that can be said in each of them."""
    for ending in ENDINGS:
        assert write(nx.MultiDiGraph(), tmp_path / f"a{ending}").stat().st_size > 0


def test_several_values_can_be_told_apart_again() -> None:
    """A label with a semicolon in it must not look like two."""
    assert several(joined(("ice; snow", "heat"))) == ("ice, snow", "heat")


def test_a_literal_that_looks_like_one_of_our_names_stays_a_text() -> None:
    """In Turtle a name is shortened by its prefix; a text never is."""
    graph = build_graph(small_vocabulary())
    graph.nodes["intervention:exercise"]["note"] = "urn:painrules:terms:supports"
    assert '"urn:painrules:terms:supports"@en' in FORMATS["turtle"](graph)


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_numbers_and_yes_and_no_keep_their_type_in_rdf(form: str) -> None:
    """Who reads it back finds the same values."""
    graph = build_graph(small_vocabulary())
    graph.nodes["intervention:exercise"].update(half=0.5, many=3, so=True, not_so=False)
    name = {"jsonld": "json-ld"}.get(form, form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib warns of itself
        again = rdflib.Graph().parse(data=FORMATS[form](graph), format=name)
    assert set(again) == set(triples(graph))
