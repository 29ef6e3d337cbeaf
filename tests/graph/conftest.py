"""Graphs to look at: of the core pack, of a small pack, and of one whose every text means something to some format."""

from typing import Any

import networkx as nx
import pytest

from painrules.graph import Graph, build_graph, core_graph
from painrules.model.pack import Pack

NASTY = (
    "He said \"no\" & 'yes'",
    "a:b::c; d, e|f/g",
    "Größe, Übung, ß, é, ñ",
    "עברית العربية and left to right",
    "👩‍⚕️ 🦴 care 🏃",
    "<b>bold</b> &amp; <script>alert(1)</script>",
    "1. list `code` #quot; [x](y) {z} end --> %% no",
    "back\\slash \\N \\n \\",
    "$$x^2$$ ]]> -- *a* _b_ ~c~ https://x.example/?a=b&c=d",
    "end",
)
"""Texts that mean something to XML, DOT, Mermaid, JSON or RDF, or to what shows them."""


def _entry(name: str, label: str, **more: object) -> dict[str, Any]:
    return {"id": name, "label": label, "summary": label, "sources": ["alpha"], **more}


def hostile_pack() -> Pack:
    """A pack whose labels and sentences are all hostile."""
    options = {
        f"option_{place}": _entry(
            f"option_{place}",
            label,
            category="care",
            domains=["biological"],
            synonyms=[label[::-1]],
            is_a=["option_0"] if place == 1 else [],
        )
        for place, label in enumerate(NASTY)
    }
    positions = {
        f"rule_{place}": {
            "id": f"rule_{place}",
            "option": f"option_{place}",
            "when": {"condition": ["ache", "other_ache"]} if place % 2 else {},
            "stance": "supports" if place % 3 else "opposes",
            "because": label,
            "source": "alpha",
        }
        for place, label in enumerate(NASTY)
    }
    pairs = list(zip(sorted(options), sorted(options)[1:], strict=False))
    relations = {
        f"{one}__complements__{other}": {
            "from": one,
            "kind": "complements",
            "to": other,
            "note": NASTY[place],
            "sources": ["alpha"],
        }
        for place, (one, other) in enumerate(pairs)
    }
    source = {"id": "alpha", "title": NASTY[0], "issuer": NASTY[2], "jurisdiction": NASTY[3]}
    return Pack.model_validate(
        {
            "header": {
                "id": "hostile",
                "title": NASTY[0],
                "version": "1.0.0",
                "date": "2026-01-01",
                "notice": " ".join(NASTY),
                "categories": ["care"],
            },
            "sources": {"alpha": {**source, "year": 2005, "kind": "guideline"}},
            "categories": {"care": _entry("care", NASTY[5])},
            "interventions": options,
            "conditions": {
                "ache": _entry("ache", NASTY[6]),
                "other_ache": _entry("other_ache", NASTY[7]),
            },
            "positions": positions,
            "relations": relations,
        }
    )


@pytest.fixture(scope="session")
def core() -> Graph:
    return core_graph()


@pytest.fixture
def hostile() -> Graph:
    """Hostile labels and texts, and hostile ids too: no pack may have such ids, but a graph made by hand may."""
    graph = build_graph(hostile_pack())
    names = {
        f"intervention:option_{place}": f"intervention:{label}" for place, label in enumerate(NASTY)
    }
    found: Graph = nx.relabel_nodes(graph, names)
    found.nodes["condition:ache"]["label"] = "two\nlines \\n and\ta tab ]]> --> <!-- %%"
    for *_, held in found.edges(data=True):
        if "note" in held:
            held["note"] += "\nand more"
    return found


@pytest.fixture
def nasty() -> tuple[str, ...]:
    return NASTY


@pytest.fixture
def pack_of_nasty() -> Pack:
    return hostile_pack()
