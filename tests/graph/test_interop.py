"""Our files, read by programs that nobody here wrote: the same nodes, edges, labels and attributes come out.

`make interop` installs these programs and runs this; there a missing one is a failure, elsewhere the tests are skipped.
"""

import html
import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
import rdflib

from painrules.graph import Graph, build_graph, neighbourhood, write
from painrules.graph.writers.dot import _name
from painrules.graph.writers.flat import clean
from painrules.graph.writers.rdf import triples
from painrules.model.pack import Pack

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
NODE = HERE / "node"
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"


def needed(there: object, what: str) -> None:
    """Skips where a program is missing; fails where it was promised."""
    if there:
        return
    if os.environ.get("PAINRULES_INTEROP"):
        pytest.fail(f"{what} is missing: make interop should have installed it")
    pytest.skip(f"{what} is not installed; make interop installs it")


def ran(*command: str | Path, cwd: Path | None = None) -> str:
    """What a program prints."""
    done = subprocess.run(  # noqa: S603 - programs named in this file, on files written here
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def with_controls(graph: Graph) -> Graph:
    """The hostile graph, with characters in it that no file can hold."""
    graph.nodes["condition:other_ache"]["label"] = (
        "a bell \x07, a null \x00 and\r\nhalf \ud83d an emoji"
    )
    return graph


@pytest.fixture(params=["hostile", "core"])
def graph(request: pytest.FixtureRequest, hostile: Graph) -> Graph:
    """The hostile graph, and part of the core pack."""
    return with_controls(hostile) if request.param == "hostile" else neighbourhood("cbt")


@pytest.fixture(params=["hostile", "core"])
def whole(request: pytest.FixtureRequest, hostile: Graph, core: Graph) -> Graph:
    """The hostile graph, and all of the core pack, for what reads thousands of edges at once."""
    return with_controls(hostile) if request.param == "hostile" else core


def facts(held: dict[str, Any]) -> tuple[object, ...]:
    """Label and one attribute: what every reader has to find."""
    return clean(str(held.get("label"))), held.get("kind"), held.get("sources", "") or ""


def nodes_of(graph: Graph) -> dict[str, tuple[object, ...]]:
    return {node: facts(held) for node, held in graph.nodes(data=True)}


def edges_of(graph: Graph) -> Counter[tuple[object, ...]]:
    edges = graph.edges(keys=True, data=True)
    return Counter((start, end, key, *facts(held)) for start, end, key, held in edges)


def test_igraph_reads_graphml(whole: Graph, tmp_path: Path) -> None:
    """A library in C, known to analysts in R and Python.

    igraph leaves an ampersand in a name as the code that libxml2 hands it; no name in a pack can hold one.
    """
    needed(importlib.util.find_spec("igraph"), "igraph")
    igraph = importlib.import_module("igraph")
    found = igraph.Graph.Read_GraphML(str(write(whole, tmp_path / "graph.graphml")))
    assert found.is_directed()
    names = [html.unescape(name) for name in found.vs["id"]]
    held = [facts(one.attributes()) for one in found.vs]
    assert dict(zip(names, held, strict=True)) == nodes_of(whole)
    edges = Counter(
        (names[one.source], names[one.target], one["key"], *facts(one.attributes()))
        for one in found.es
    )
    assert edges == edges_of(whole)


@pytest.mark.parametrize(
    ("form", "ending"), [("graphml", "graphml"), ("gexf", "gexf"), ("cytoscape", "cyjs")]
)
def test_graphology_and_cytoscape_read_their_formats(
    form: str, ending: str, graph: Graph, tmp_path: Path
) -> None:
    """What draws graphs in web pages: graphology reads GraphML and GEXF, Cytoscape.js its own JSON."""
    needed(shutil.which("node") and (NODE / "node_modules").is_dir(), "node with its modules")
    path = write(graph, tmp_path / f"graph.{ending}")
    found = json.loads(ran("node", NODE / "read.mjs", form, path))
    assert {one["id"]: facts(one) for one in found["nodes"]} == nodes_of(graph)
    edges = Counter(
        (one["source"], one["target"], one.get("key") or one.get("networkx_key"), *facts(one))
        for one in found["edges"]
    )
    assert edges == edges_of(graph)


def words(text: str) -> str:
    """A label on one line, as drawings break lines where they like."""
    return " ".join(text.split())


def test_graphviz_reads_dot(graph: Graph, tmp_path: Path) -> None:
    """Names, labels, and the rule of each edge, as Graphviz itself tells them."""
    needed(shutil.which("dot"), "Graphviz")
    path = write(graph, tmp_path / "graph.dot")
    found = json.loads(ran("dot", "-Tjson", path))
    names = [one["name"].replace('\\"', '"') for one in found["objects"]]
    assert names == [_name(node)[1:-1].replace('\\"', '"') for node in graph]
    assert [one["kind"] for one in found["objects"]] == [
        held["kind"] for _, held in graph.nodes(data=True)
    ]
    edges = Counter(
        (names[one["tail"]], names[one["head"]], html.unescape(one["rule"]))
        for one in found["edges"]
    )
    ours = {node: _name(node)[1:-1].replace('\\"', '"') for node in graph}
    assert edges == Counter(
        (ours[start], ours[end], held["rule"]) for start, end, held in graph.edges(data=True)
    )


def test_graphviz_draws_dot_with_every_label_as_it_is(graph: Graph, tmp_path: Path) -> None:
    """`dot -Tsvg`: what people see is what the pack says, quotes, backslashes and entities included."""
    needed(shutil.which("dot"), "Graphviz")
    root = ET.fromstring(ran("dot", "-Tsvg", write(graph, tmp_path / "graph.dot")))  # noqa: S314 - drawn from our file
    drawn: dict[str, list[str]] = {"node": [], "edge": []}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") in drawn:
            text = " ".join("".join(one.itertext()) for one in group.iter(f"{SVG}text"))
            drawn[str(group.get("class"))].append(words(text))
    squeezed = Counter(re.sub(r"\s+", "", label) for label in drawn["node"])
    labels = (clean(str(held["label"])) for _, held in graph.nodes(data=True))
    assert squeezed == Counter(re.sub(r"\s+", "", label) for label in labels)
    assert Counter(drawn["edge"]) == Counter(held["label"] for *_, held in graph.edges(data=True))


def test_mermaid_draws_its_file_in_a_browser(graph: Graph, tmp_path: Path) -> None:
    """mermaid-cli in Chromium: as many boxes and lines, each with its label and kind."""
    mmdc = NODE / "node_modules" / ".bin" / "mmdc"
    needed(shutil.which("node") and mmdc.exists(), "mermaid-cli")
    browser = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    needed(browser, "Chromium")
    settings = tmp_path / "puppeteer.json"
    settings.write_text(
        json.dumps({"executablePath": browser, "args": ["--no-sandbox"]}), encoding="utf-8"
    )
    path, out = write(graph, tmp_path / "graph.mmd"), tmp_path / "graph.svg"
    ran(mmdc, "--quiet", "-p", settings, "-i", path, "-o", out, cwd=NODE)
    root = ET.fromstring(out.read_text(encoding="utf-8"))  # noqa: S314 - drawn from our file
    boxes = [one for one in root.iter(f"{SVG}g") if str(one.get("class", "")).startswith("node ")]
    found = Counter(
        (words("".join(one.itertext())), str(one.get("class")).split()[-1]) for one in boxes
    )
    assert found == Counter(
        (words(clean(held["label"])), held["kind"]) for _, held in graph.nodes(data=True)
    )
    labels = [one for one in root.iter(f"{SVG}g") if one.get("class") == "edgeLabel"]
    assert Counter(words("".join(one.itertext())) for one in labels) == Counter(
        held["label"] for *_, held in graph.edges(data=True)
    )


def test_rapper_reads_turtle_triple_for_triple(graph: Graph, tmp_path: Path) -> None:
    """A parser in C that shares no code with the library that wrote it."""
    needed(shutil.which("rapper"), "rapper")
    path = write(graph, tmp_path / "graph.ttl")
    text = ran("rapper", "--quiet", "-i", "turtle", "-o", "ntriples", path)
    assert set(rdflib.Graph().parse(data=text, format="nt")) == set(triples(graph))


def test_jsonld_is_read_triple_for_triple(graph: Graph, tmp_path: Path) -> None:
    """By the library that the authors of JSON-LD maintain."""
    needed(shutil.which("node") and (NODE / "node_modules").is_dir(), "node with its modules")
    path = write(graph, tmp_path / "graph.jsonld")
    found = json.loads(ran("node", NODE / "read.mjs", "jsonld", path))
    assert set(rdflib.Graph().parse(data=found, format="nt")) == set(triples(graph))


def test_networkx_reads_the_whole_core_pack(core: Graph, tmp_path: Path) -> None:
    """Not only parts of it: every node and edge."""
    found = nx.read_graphml(write(core, tmp_path / "core.graphml"), force_multigraph=True)
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(core), core.number_of_edges())


def test_cytoscape_reads_the_whole_core_pack(core: Graph, tmp_path: Path) -> None:
    """Thousands of edges, none of them merged."""
    needed(shutil.which("node") and (NODE / "node_modules").is_dir(), "node with its modules")
    path = write(core, tmp_path / "core.cyjs")
    found = json.loads(ran("node", NODE / "read.mjs", "cytoscape", path))
    assert {one["id"]: facts(one) for one in found["nodes"]} == nodes_of(core)
    assert len(found["edges"]) == core.number_of_edges()


def test_rapper_reads_the_whole_core_pack(core: Graph, tmp_path: Path) -> None:
    """Every triple of it."""
    needed(shutil.which("rapper"), "rapper")
    path = write(core, tmp_path / "core.ttl")
    text = ran("rapper", "--quiet", "-i", "turtle", "-o", "ntriples", path)
    assert len(set(text.splitlines())) == len(triples(core))


def test_graphviz_reads_the_whole_core_pack(core: Graph, tmp_path: Path) -> None:
    """Its own parser takes all of it; drawing all of it would help nobody."""
    needed(shutil.which("dot"), "Graphviz")
    path = write(core, tmp_path / "core.dot")
    assert ran("nop", path).count(" -> ") == core.number_of_edges()


def test_rapper_reads_the_graph_of_a_pack_with_hostile_texts(
    tmp_path: Path, pack_of_nasty: Pack
) -> None:
    """Without hostile ids as well."""
    needed(shutil.which("rapper"), "rapper")
    graph = build_graph(pack_of_nasty)
    text = ran(
        "rapper", "--quiet", "-i", "turtle", "-o", "ntriples", write(graph, tmp_path / "a.ttl")
    )
    assert len(text.splitlines()) == len(triples(graph))
