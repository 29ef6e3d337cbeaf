"""The treatment map of a result: options by category and domain, each with sign, colour and words."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import networkx as nx

from painrules.graph.answer import within
from painrules.graph.asked import Explored
from painrules.graph.base import Attributes, Graph, NodeKind, node_id, several
from painrules.graph.pictures.canvas import BODY, GREY, HEAD, MARGIN, PALE, SMALL, Canvas
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import cut, width, wrap
from painrules.graph.pictures.status import STATUS_LOOKS
from painrules.graph.result import graph_of_result
from painrules.render.words import AGREEMENT_WORDS, LINE_WORDS, MODE_WORDS, SAFETY_SIGNS
from painrules.vocab import Agreement, Domain, Level, Line, Mode, Safety, Status

SHOWN = (Status.SUPPORTED, Status.VARIES, Status.CONTESTED, Status.NOT_SUPPORTED)
"""The statuses that are drawn, in this order."""

LEVELS = [level.value for level in Level]
COLUMNS, GAP, CHIP, SIDE = 3, 8, 42, 118


class Group(NamedTuple):
    """The options of one category and domain."""

    category: str
    domain: str
    shown: list[Attributes]
    more: int


def treatment_map(result: Explored | Graph, *, most: int = 6) -> Figure:
    """A picture of what a result finds, by category and biopsychosocial domain.

    Each option has a sign, a colour, a border and words for its status, and the line and care that sources state.
    Listed options come first, then those on which sources disagree or that they speak against.

    Args:
        result: What `painrules.explore` returned, or its graph.
        most: How many listed options of a category and domain are drawn, and of others half as many; what is left
            out is counted.

    >>> import painrules
    >>> print(treatment_map(painrules.explore(condition="fibromyalgia")).title)
    Fibromyalgia: what sources say
    """
    graph = result if isinstance(result, nx.MultiDiGraph) else graph_of_result(result)
    about = graph.graph
    title = f"{subject_of(graph)}: what sources say"
    canvas = Canvas()
    y = canvas.title(title, _subtitle(Mode(about["mode"])))
    y = _warnings(canvas, y, several(str(about.get("red_flags", ""))))
    if about["mode"] != Mode.EXPLORE:
        groups: list[Group] = []
        y += GAP
    else:
        y = legend(canvas, y, SHOWN)
        groups = list(_groups(graph, most))
    y = _draw(canvas, graph, groups, y)
    return canvas.figure(canvas.foot(y + GAP, about), title, _alt(graph, title, groups))


def subject_of(graph: Graph) -> str:
    """What a result is about, as it may begin a title."""
    first, *others = several(str(graph.graph.get("about", ""))) or ("Nothing is known yet",)
    return ", ".join((first, *map(within, others)))


def _subtitle(mode: Mode) -> str:
    if mode is Mode.EXPLORE:
        return "What sources support, and what they disagree on or speak against, by category and domain"
    return MODE_WORDS[mode]


def _warnings(canvas: Canvas, y: float, flags: Iterable[str]) -> float:
    room = canvas.width - 2 * MARGIN - 24
    lines = [line for text in flags for line in wrap(f"Red flag: {text}", room, BODY)]
    if not lines:
        return y
    height = len(lines) * BODY * 1.3 + 16
    canvas.rect(MARGIN, y, room + 24, height, fill="#fbe3d6", stroke="#b34700", line=2.5)
    canvas.lines(MARGIN + 12, y + 22, lines)
    return y + height + GAP


def legend(canvas: Canvas, y: float, statuses: Iterable[Status]) -> float:
    """A row that says what each sign means; returns where the next thing may stand."""
    x: float = MARGIN
    for status in statuses:
        look = STATUS_LOOKS[status]
        text = f"{look.sign} {look.word}"
        room = width(text, SMALL) + 16
        canvas.rect(
            x, y, room, 20, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5, round_=4
        )
        canvas.text(x + 8, y + 14, text, size=SMALL)
        x += room + GAP
    return y + 32


def _groups(graph: Graph, most: int) -> Iterator[Group]:
    """The options by category, in the order of the result, and by primary domain."""
    found: dict[tuple[str, str], list[Attributes]] = {}
    options = [held for _, held in graph.nodes(data=True) if _drawn(held)]
    for held in sorted(options, key=_order):
        found.setdefault((held["category"], several(held["domains"])[0]), []).append(held)
    places: dict[str, int] = {}
    for held in sorted(options, key=lambda one: one["place"]):
        places.setdefault(held["category"], len(places))
    domains = [domain.value for domain in Domain]
    for key in sorted(found, key=lambda one: (places[one[0]], domains.index(one[1]))):
        listed = [held for held in found[key] if held["listed"]][:most]
        others = [held for held in found[key] if not held["listed"]][: most // 2]
        yield Group(*key, [*listed, *others], len(found[key]) - len(listed) - len(others))


def _drawn(held: Attributes) -> bool:
    return "status" in held and (held["listed"] or held["status"] in SHOWN[2:])


def _order(held: Attributes) -> tuple[bool, int, int, int]:
    """Listed options as the result orders them, then the others, the most specific first; no order of merit."""
    if held["listed"]:
        return (False, 0, 0, held["place"])
    level = LEVELS.index(held["level"]) if held.get("level") in LEVELS else len(LEVELS)
    return (True, SHOWN.index(Status(held["status"])), level, held["place"])


def _draw(canvas: Canvas, graph: Graph, groups: list[Group], y: float) -> float:
    last = ""
    for group in groups:
        if group.category != last:
            last = group.category
            label = graph.nodes[node_id(NodeKind.CATEGORY, last)]["label"]
            canvas.rect(MARGIN, y, canvas.width - 2 * MARGIN, 24, fill=PALE)
            canvas.text(MARGIN + 8, y + 17, label, size=HEAD - 1, bold=True)
            y += 24 + GAP
        y = _draw_group(canvas, group, y) + GAP
    return y


def _draw_group(canvas: Canvas, group: Group, y: float) -> float:
    canvas.text(MARGIN + 8, y + 18, group.domain, size=SMALL + 1, fill=GREY)
    if group.more:
        canvas.text(MARGIN + 8, y + 34, f"and {group.more} more", size=SMALL, fill=GREY)
    room = (canvas.width - 2 * MARGIN - SIDE - GAP * (COLUMNS - 1)) / COLUMNS
    for start in range(0, len(group.shown), COLUMNS):
        row = group.shown[start : start + COLUMNS]
        labels = [wrap(held["label"], room - 36, BODY, lines=2) for held in row]
        height = CHIP + (max(map(len, labels)) - 1) * BODY * 1.25
        for place, (held, label) in enumerate(zip(row, labels, strict=True)):
            x = MARGIN + SIDE + place * (room + GAP)
            _chip(canvas, held, label, (x, y, room, height))
        y += height + GAP
    return y - GAP


def _chip(
    canvas: Canvas, held: Attributes, label: list[str], box: tuple[float, float, float, float]
) -> None:
    """One option: its sign and name, and what is said of it."""
    x, y, room, height = box
    look = STATUS_LOOKS[Status(held["status"])]
    hover = f"{held['label']}: {said(held)}. {held.get('summary', '')}"
    canvas.rect(*box, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5, hover=hover)
    canvas.rect(x, y, 5, height, fill=look.edge)
    canvas.text(x + 12, y + 18, look.sign)
    canvas.lines(x + 28, y + 18, label, size=BODY)
    told = cut(said(held), room - 40, SMALL)
    canvas.text(x + 28, y + height - 8, told, size=SMALL, fill="#333333")


def said(held: Attributes) -> str:
    """The status of an option in words: line or status, whether sources disagree, the care it needs."""
    line = Line(held.get("line", Line.UNSPECIFIED))
    status = Status(held["status"])
    told = [STATUS_LOOKS[status].word]
    if line is not Line.UNSPECIFIED:
        told = [*(told if status is not Status.SUPPORTED else ()), LINE_WORDS[line]]
    if held["agreement"] == Agreement.MIXED and status is not Status.CONTESTED:
        told.append(AGREEMENT_WORDS[Agreement.MIXED])
    if held["safety"] != Safety.CLEAR:
        told.append(SAFETY_SIGNS[Safety(held["safety"])])
    return ", ".join(told)


def _alt(graph: Graph, title: str, groups: list[Group]) -> str:
    parts = [f"{title}. {MODE_WORDS[Mode(graph.graph['mode'])]}."]
    parts += [f"Red flag: {text}" for text in several(str(graph.graph.get("red_flags", "")))]
    for group in groups:
        label = graph.nodes[node_id(NodeKind.CATEGORY, group.category)]["label"]
        told = "; ".join(f"{held['label']}: {said(held)}" for held in group.shown)
        more = f"; and {group.more} more" if group.more else ""
        parts.append(f"{label}, {group.domain}: {told}{more}.")
    return " ".join(parts)
