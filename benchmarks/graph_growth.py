"""How long it takes to build the graph of a pack, and how that grows: ``python benchmarks/graph_growth.py``.

Packs are made larger and larger, up to 100,000 edges. What counts is the ratio: the time for 1,000 edges should stay
the same, and below 50 ms. Questions are asked of each graph too. Times are those of the processor, so that other work
on the machine does not count. The exit status is 1 if it grows out of line. With ``--write`` the figures are written
into the page `docs/reference/graph.md` too.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from painrules import core_pack
from painrules.graph import Graph, alternatives, build_graph, pathway, why_connected
from painrules.graph.build import shared_graph
from painrules.graph.writers import FORMATS
from painrules.model.pack import Pack

EDGES = (1_000, 3_000, 10_000, 30_000, 100_000)
PER_OPTION = 16
"""Positions on each option; besides, each has a step, a relation, a category, a domain and a source."""

LIMIT_MS = 50
"""Milliseconds for 1,000 edges."""

LIMIT_GROWTH = 3
"""How much longer 1,000 edges may take in the largest graph than in the smallest."""


def pack_of(edges: int) -> Pack:
    """A pack whose graph has about so many edges."""
    count = max(edges // (PER_OPTION + 7), 4)
    names = [f"option_{place}" for place in range(count)]
    told = {"because": "It says so.", "source": "alpha"}
    entry = {"sources": ["alpha"]}
    conditions = {f"ache_{place}": f"Ache {place}" for place in range(max(count // 4, 2))}
    aches = list(conditions)
    return Pack.model_validate(
        {
            "header": {"id": "large", "title": "Large", "version": "1.0.0", "date": "2026-01-01"},
            "sources": {
                "alpha": {
                    "id": "alpha",
                    "title": "A",
                    "issuer": "A",
                    "jurisdiction": "UK",
                    "year": 2005,
                }
                | {"kind": "guideline"}
            },
            "categories": {"care": {"id": "care", "label": "Care", **entry}},
            "conditions": {
                name: {"id": name, "label": label, **entry} for name, label in conditions.items()
            },
            "interventions": {
                name: {"id": name, "label": name, "category": "care", "domains": ["biological"]}
                | {"summary": name, **entry}
                for name in names
            },
            "positions": {
                f"rule_{place}_{number}": {
                    "id": f"rule_{place}_{number}",
                    "option": name,
                    "stance": "opposes" if number % 5 == 0 else "supports",
                    "when": {"condition": aches[(place + number) % len(aches)]},
                    **told,
                }
                for place, name in enumerate(names)
                for number in range(PER_OPTION)
            },
            "steps": {
                f"step_{place}": {
                    "id": f"step_{place}",
                    "option": name,
                    "kind": "clinical",
                    "requires": {"tried": {names[place - 1]: ["not_enough"]}},
                    **told,
                }
                for place, name in enumerate(names)
                if place % 8
            },
            "relations": {
                f"{name}__complements__{other}": {
                    "from": name,
                    "kind": "complements",
                    "to": other,
                    **entry,
                }
                for name, other in pairwise(names)
            },
        }
    )


def seconds(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, the collector of garbage kept out of it."""
    found = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
        gc.enable()
    return min(found)


def questions(graph: Graph, first: str, last: str, condition: str) -> float:
    """The median time of three questions, in milliseconds."""
    asks: tuple[Callable[[], object], ...] = (
        lambda: alternatives(first, graph=graph),
        lambda: pathway(last, graph=graph),
        lambda: why_connected(first, condition, graph=graph),
    )
    return statistics.median(seconds(ask, 5) for ask in asks) * 1000


def rows() -> Iterator[tuple[str, int, float, float]]:
    """Name, edges, milliseconds for 1,000 edges, milliseconds for a question."""
    for edges in EDGES:
        pack = pack_of(edges)
        _ = pack.digest, pack.rules
        taken = seconds(lambda pack=pack: build_graph(pack), 3 if edges < EDGES[-1] else 2)  # type: ignore[misc]
        graph = shared_graph(pack)
        count = graph.number_of_edges()
        last = f"option_{len(pack.interventions) - 1}"
        yield "made", count, taken / count * 1e6, questions(graph, "option_1", last, "ache_0")
    core = core_pack()
    _ = core.digest
    taken = seconds(lambda: build_graph(core), 3)
    graph = shared_graph(core)
    count = graph.number_of_edges()
    asked = questions(graph, "opioids", "radiofrequency_ablation", "fibromyalgia")
    yield "core", count, taken / count * 1e6, asked


PAGE = Path(__file__).parent.parent / "docs/reference/graph.md"
BEGIN, END = "<!-- growth: begin -->\n", "<!-- growth: end -->"


def written(found: list[tuple[str, int, float, float]]) -> Iterator[str]:
    """The figures as tables of a page."""
    yield "| pack | edges | ms for 1,000 edges | ms for a question |"
    yield "| --- | ---: | ---: | ---: |"
    for name, edges, each, asked in found:
        yield f"| {name} | {edges:,} | {each:.1f} | {asked:.2f} |"
    graph = shared_graph(core_pack())
    yield ""
    yield "| format, the core pack | s |"
    yield "| --- | ---: |"
    for name, write in FORMATS.items():
        yield f"| {name} | {seconds(lambda write=write: write(graph), 2):.1f} |"  # type: ignore[misc]


def main() -> int:
    """Measures, prints, and says whether it grew out of line."""
    sys.stdout.write("pack     edges   ms per 1,000 edges   ratio   ms per question\n")
    found = []
    for name, edges, each, asked in rows():
        found.append((name, edges, each, asked))
        ratio = each / found[0][2]
        sys.stdout.write(f"{name:5}{edges:9,}{each:21.1f}{ratio:8.2f}{asked:18.2f}\n")
        sys.stdout.flush()
    each = [row[2] for row in found]
    grown = max(each[1:-1]) / each[0]
    sys.stdout.write(
        f"largest ratio {grown:.2f}, largest time for 1,000 edges {max(each):.1f} ms\n"
    )
    if "--write" in sys.argv[1:]:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        text = "\n".join((before + BEGIN, *written(found), "", END + after))
        PAGE.write_text(text, encoding="utf-8")
    return int(grown > LIMIT_GROWTH or max(each) > LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
