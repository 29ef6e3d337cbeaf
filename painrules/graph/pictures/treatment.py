"""The treatment map of a result: options by category and domain, each with sign, colour and words."""

from collections.abc import Iterable, Iterator

from painrules.errors import PainrulesError, shown
from painrules.graph.answer import within
from painrules.graph.asked import Explored
from painrules.graph.base import Attributes, Graph, NodeKind, checked, node_id, several
from painrules.graph.pictures import slide
from painrules.graph.pictures.canvas import BODY, GREY, HEAD, MARGIN, PALE, SMALL, Canvas
from painrules.graph.pictures.chips import GAP, Group, chip, legend, said
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import wrap
from painrules.graph.result import graph_of_result
from painrules.render.words import MODE_WORDS
from painrules.vocab import Domain, Level, Mode, Status

SHOWN = (Status.SUPPORTED, Status.VARIES, Status.CONTESTED, Status.NOT_SUPPORTED)
"""The statuses that are drawn, in this order."""

LEVELS = [level.value for level in Level]
COLUMNS, CHIP, SIDE = 3, 42, 118
COUNTED = "by category and domain; what has no room is counted"
ASKED = 8
"""How many questions are told where too little is known."""


SLIDE = 540
"""How high a picture may be that fits on a slide: 16 to 9 at the width of a canvas."""


def treatment_map(result: Explored | Graph, *, most: int | None = None) -> Figure:
    """A picture of what a result finds, by category and biopsychosocial domain.

    Each option has a sign, a colour, a border and words for its status, and the line and care that sources state.
    Listed options come first, then those on which sources disagree or that they speak against.

    Args:
        result: What `painrules.explore` returned, or its graph.
        most: Left out, the picture has the shape of a slide, and draws of each category and domain as many options as
            there is room for. Else it is a page, as long as need be, with so many listed options of a category and
            domain, and of others half as many. What is left out is counted.

    >>> import painrules
    >>> print(treatment_map(painrules.explore(condition="fibromyalgia")).title)
    Fibromyalgia: what sources say
    """
    graph = _graph(result)
    if most is not None and (type(most) is not int or most < 1):
        msg = f"most is {shown(most)}, but must be a whole number of at least 1"
        raise PainrulesError(msg)
    about = graph.graph
    title = f"{subject_of(graph)}: what sources say"
    canvas = Canvas()
    y = canvas.title(title, _subtitle(Mode(about["mode"]), short=most is None))
    y = _warnings(canvas, y, several(str(about.get("red_flags", ""))))
    groups: list[Group] = []
    if about["mode"] == Mode.ASK_FIRST:
        y = _questions(canvas, y + GAP, _asked(graph))
    elif about["mode"] != Mode.EXPLORE:
        y += GAP
    elif most is not None:
        groups = list(_groups(graph, most, most // 2))
        y = _draw(canvas, graph, groups, legend(canvas, y, SHOWN))
    else:
        groups, y = _slide(canvas, graph, legend(canvas, y, SHOWN, COUNTED))
    return canvas.figure(canvas.foot(y + GAP, about), title, _alt(graph, title, groups))


def _graph(result: object) -> Graph:
    """The graph of a result."""
    if isinstance(result, Explored):
        return graph_of_result(result)
    graph = checked(result, "what is drawn")
    if "mode" not in graph.graph:
        msg = "this is no graph of a result: use result.graph(), or draw the network of a pack"
        raise PainrulesError(msg)
    return graph


def _slide(canvas: Canvas, graph: Graph, y: float) -> tuple[list[Group], float]:
    """Draws as many options of each group as fit on a slide; the foot stands at its lower edge."""
    low = SLIDE - Canvas().foot(0, graph.graph) - GAP
    every = list(_groups(graph, len(graph), len(graph)))
    groups, columns = slide.filled(graph, every, low - y)
    return groups, max(slide.draw(canvas, columns, y), low)


def _asked(graph: Graph) -> list[str]:
    """The first questions of a result, and how many more there are."""
    questions = several(str(graph.graph.get("questions", "")))
    more = len(questions) - ASKED
    return [*questions[:ASKED], *([f"and {more} more"] if more > 0 else [])]


def _questions(canvas: Canvas, y: float, questions: Iterable[str]) -> float:
    """What to ask first, as a list."""
    room = canvas.width - 2 * MARGIN - 40
    for place, question in enumerate(questions, start=1):
        if place <= ASKED:
            canvas.text(MARGIN + 22, y + BODY, f"{place}.", anchor="end")
        y = canvas.lines(MARGIN + 32, y + BODY, wrap(question, room, BODY)) - BODY + 6
    return y


def subject_of(graph: Graph) -> str:
    """What a result is about, as it may begin a title."""
    first, *others = several(str(graph.graph.get("about", ""))) or ("Nothing is known yet",)
    return ", ".join((first, *map(within, others)))


def _subtitle(mode: Mode, *, short: bool) -> str:
    if mode is Mode.EXPLORE:
        if short:
            return ""
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


def _groups(graph: Graph, most: int, fewer: int) -> Iterator[Group]:
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
        others = [held for held in found[key] if not held["listed"]][:fewer]
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
            chip(canvas, held, label, (x, y, room, height))
        y += height + GAP
    return y - GAP


def _alt(graph: Graph, title: str, groups: list[Group]) -> str:
    parts = [f"{title}. {MODE_WORDS[Mode(graph.graph['mode'])]}."]
    parts += [f"Red flag: {text}" for text in several(str(graph.graph.get("red_flags", "")))]
    if graph.graph["mode"] == Mode.ASK_FIRST:
        parts.append(f"To ask: {' '.join(_asked(graph))}")
    for group in groups:
        label = graph.nodes[node_id(NodeKind.CATEGORY, group.category)]["label"]
        told = "; ".join(f"{held['label']}: {said(held)}" for held in group.shown)
        more = f"; and {group.more} more" if group.more else ""
        parts.append(f"{label}, {group.domain}: {told}{more}.")
    return " ".join(parts)
