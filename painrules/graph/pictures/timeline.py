"""How positions moved over the years: who spoke for or against an option, from when until when."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from painrules.errors import PainrulesError
from painrules.given import MOST_DRAWN, whole_number
from painrules.graph.answer import label_of, whom
from painrules.graph.base import Attributes, EdgeKind, Graph
from painrules.graph.build import asked_graph
from painrules.graph.find import OPTION, find
from painrules.graph.pictures.canvas import GREY, MARGIN, RULE, SMALL, Canvas, number
from painrules.graph.pictures.chips import legend
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import cut, short, width
from painrules.graph.pictures.status import STATUS_LOOKS
from painrules.model.base import distinct
from painrules.vocab import Status

STATUSES = {
    EdgeKind.SUPPORTS.value: Status.SUPPORTED,
    EdgeKind.OPPOSES.value: Status.NOT_SUPPORTED,
    EdgeKind.NO_RECOMMENDATION.value: Status.NO_RECOMMENDATION,
}
WORDS = {
    Status.SUPPORTED: "for it",
    Status.NOT_SUPPORTED: "against it",
    Status.NO_RECOMMENDATION: "no recommendation",
}
SIDE, ROW, BAR = 300, 34, 18


class Spell(NamedTuple):
    """What a source says, for whom, and how long it stands."""

    since: dt.date
    cited: str
    whom: str
    status: Status
    until: dt.date | None
    because: str


def timeline(option: str, *, graph: Graph | None = None, most: int = 40) -> Figure:
    """A picture of how positions on an option moved over the years.

    Each bar is what one source says of it, for one group of people or for several: from when it counts until it ended,
    or until the day of the pack. A bar that ends shows a position that was replaced or withdrawn.

    Args:
        option: An intervention, by id, label or synonym.
        graph: The graph of a whole pack; left out, that of the core pack.
        most: How many positions are drawn, the most recent of them; the others are counted.

    >>> timeline("opioids").title
    'Opioids (class): positions over the years'

    Raises:
        UnknownWordError: If there is no such intervention; it names the nearest.
        PainrulesError: If the graph does not know its date, as that of a pack does.
    """
    most = whole_number("most", most, 0, MOST_DRAWN)
    graph = asked_graph(graph)
    node = find(graph, option, OPTION)
    if "date" not in graph.graph:
        msg = "this graph has no date: use the graph of a pack"
        raise PainrulesError(msg)
    today = dt.date.fromisoformat(f"{graph.graph['date']}-01-01"[:10])
    spells = _spells(graph, node)
    shown = spells[max(0, len(spells) - most) :]
    title = f"{label_of(graph, node)}: positions over the years"
    canvas = Canvas()
    more = f"; {len(spells) - len(shown)} earlier ones are left out" if len(spells) > most else ""
    y = canvas.title(title, f"Each bar is what one source says, from when it counts{more}")
    y = legend(canvas, y, [status for status in WORDS if status in {one.status for one in shown}])
    if not shown:
        canvas.text(MARGIN, y + 16, "No source in this pack takes a position on it.")
        y += 36
    else:
        y = _draw(canvas, shown, today, y)
    return canvas.figure(canvas.foot(y + 12, graph.graph), title, _alt(title, spells))


def _spells(graph: Graph, node: str) -> list[Spell]:
    """The positions on an option, the earliest first; what one source says for several groups of people together."""
    found = {
        key: held
        for _, _, key, held in graph.in_edges(node, keys=True, data=True)
        if held["kind"] in STATUSES
    }
    together: dict[tuple[str, ...], list[Attributes]] = {}
    for held in found.values():
        key = (held["since"], held["sources"], held["kind"], held.get("until", ""))
        together.setdefault(key, []).append(held)
    return [_spell(together[key]) for key in sorted(together)]


def _spell(held: list[Attributes]) -> Spell:
    one = held[0]
    until = one.get("until")
    groups = distinct(whom(str(it["population"])) for it in held)
    count = f"{len(groups)} groups: " if len(groups) > 1 else ""
    return Spell(
        since=dt.date.fromisoformat(one["since"]),
        cited=one["cited"],
        whom=count + "; ".join(groups),
        status=STATUSES[one["kind"]],
        until=dt.date.fromisoformat(until) if until else None,
        because=" ".join(distinct(it["because"] for it in held)),
    )


def _draw(canvas: Canvas, spells: list[Spell], today: dt.date, y: float) -> float:
    first = min(spell.since for spell in spells).year
    last = max(today.year, *(spell.since.year for spell in spells)) + 1
    left, right = MARGIN + SIDE, canvas.width - MARGIN
    scale = (right - left) / max(last - first, 1)

    def at(day: dt.date) -> float:
        return left + (day.year - first + (day.timetuple().tm_yday - 1) / 366) * scale

    bottom = y + 22 + len(spells) * ROW
    for year in _years(first, last, scale):
        x = number(left + (year - first) * scale)
        canvas.path(f"M{x} {number(y + 18)}V{number(bottom)}", stroke="#dddddd")
        canvas.text(float(x), y + 12, str(year), size=SMALL, fill=GREY, anchor="middle")
    y += 26
    for spell in spells:
        end = min(at(spell.until), right) if spell.until else at(today)
        _bar(canvas, spell, (at(spell.since), end, right), y)
        y += ROW
    canvas.path(
        f"M{number(at(today))} {number(y - len(spells) * ROW - 6)}V{number(y)}",
        stroke=RULE,
        dash="3 3",
    )
    return y


def _years(first: int, last: int, scale: float) -> Iterable[int]:
    """The years that are written: as many as fit without touching."""
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if one * scale >= 42)  # noqa: PLR2004
    return (year for year in range(first, last + 1) if year % step == 0)


def _bar(canvas: Canvas, spell: Spell, span: tuple[float, float, float], y: float) -> None:
    start, end, right = span
    look = STATUS_LOOKS[spell.status]
    hover = f"{spell.cited}, {spell.whom}: {spell.because}"
    canvas.text(
        MARGIN, y + 11, short(spell.cited, SIDE - 16, SMALL + 1), size=SMALL + 1, hover=hover
    )
    canvas.text(MARGIN, y + 24, cut(spell.whom, SIDE - 16, SMALL - 1), size=SMALL - 1, fill=GREY)
    wide = max(end - start, 6)
    canvas.rect(
        start, y, wide, BAR, fill=look.fill, stroke=look.edge, dash=look.dash, line=1.5, hover=hover
    )
    if spell.until:
        canvas.rect(start + wide - 3, y - 2, 3, BAR + 4, fill=look.edge)
    text = f"{look.sign} {WORDS[spell.status]}{', ended' if spell.until else ''}"
    if width(text, SMALL) + 12 <= wide:
        canvas.text(start + 6, y + 13, text, size=SMALL)
    elif start + wide + 6 + width(text, SMALL) <= right:
        canvas.text(start + wide + 6, y + 13, text, size=SMALL)
    else:
        canvas.text(start - 6, y + 13, text, size=SMALL, anchor="end")


def _alt(title: str, spells: list[Spell]) -> str:
    told = "; ".join(
        f"{spell.since.year}{f' to {spell.until.year}' if spell.until else ' on'}, {spell.cited}: "
        f"{WORDS[spell.status]} ({spell.whom})"
        for spell in spells
    )
    return f"{title}. {told or 'No source in this pack takes a position on it'}."
