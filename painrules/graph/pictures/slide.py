"""The shape of a slide: the options of a result in three columns, as many of each category as there is room for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, combinations, groupby, islice, pairwise, zip_longest
from typing import NamedTuple

from painrules.graph.base import Attributes, Graph, NodeKind, node_id
from painrules.graph.pictures.canvas import BODY, GREY, MARGIN, PALE, SMALL, Canvas
from painrules.graph.pictures.chips import Group, chip
from painrules.graph.pictures.measure import cut, width, wrap

COLUMNS, APART = 3, 12
HEAD, BETWEEN, CHIP, GAP = 23, 6, 33, 3
LINE = BODY * 1.25
"""How high a further line of a label is."""

ROOM = (960 - 2 * MARGIN - APART * (COLUMNS - 1)) / COLUMNS
"""How wide a column is."""


MOST_SPLIT = 40
"""The most cards of which every way to put them into columns is tried."""


class Card(NamedTuple):
    """The options of one category that are drawn, with its name, and how many are not."""

    label: str
    groups: list[Group]
    height: float


def filled(graph: Graph, groups: list[Group], room: float) -> tuple[list[Group], list[list[Card]]]:
    """As many options as fit: of each category in turn, its domains in turn, some of those that are not listed too."""
    queues = {
        category: list(_in_turn(list(mine)))
        for category, mine in groupby(groups, key=lambda group: group.category)
    }
    cards = [card.height for card in _cards(graph, _chosen(groups, set()))]
    chosen: set[str] = set()
    added = _added(groups)
    for name in chain.from_iterable(zip_longest(*queues.values())):
        if name:
            higher = list(cards)
            for place, height in added[name]:
                higher[place] += height
            if fits(higher, room):
                chosen.add(name)
                cards = higher
    best = _chosen(groups, chosen)
    return best, split(_cards(graph, best))


def _added(groups: list[Group]) -> dict[str, list[tuple[int, float]]]:
    """By how much each option makes cards higher: the places of the cards, and the heights."""
    found: dict[str, list[tuple[int, float]]] = {}
    cards = groupby(groups, key=lambda group: group.category)
    for place, (_, together) in enumerate(cards):
        for group in together:
            for held in group.shown:
                found.setdefault(held["entry"], []).append((place, _height(held) + GAP))
    return found


def fits(heights: Iterable[float], room: float) -> bool:
    """Whether cards of some heights, one after the other, fit into the columns.

    >>> fits([20, 20, 20, 20], 40), fits([20, 20, 20, 20, 20, 20, 20], 40)
    (True, False)
    """
    columns, used = 1, 0.0
    for height in heights:
        used += height
        if used > room:
            columns, used = columns + 1, height
        if columns > COLUMNS or used > room:
            return False
    return True


def _in_turn(groups: list[Group]) -> Iterator[str]:
    """The options of one category: of each domain the first, then one that is not listed, and so on."""
    listed = [[held for held in group.shown if held["listed"]] for group in groups]
    others = [[held for held in group.shown if not held["listed"]] for group in groups]
    rows = (chain.from_iterable(zip_longest(*part)) for part in (listed, others))
    first, second = ([held["entry"] for held in row if held] for row in rows)
    lead = len(groups)
    yield from first[:lead]
    waiting = iter(second)
    for place, name in enumerate(first[lead:]):
        if place % 2 == 0:
            yield from islice(waiting, 1)
        yield name
    yield from waiting


def _chosen(groups: list[Group], names: set[str]) -> list[Group]:
    """The groups with only these options shown, the others counted."""
    found = []
    for group in groups:
        shown = [held for held in group.shown if held["entry"] in names]
        found.append(group._replace(shown=shown, more=group.more + len(group.shown) - len(shown)))
    return found


def _cards(graph: Graph, groups: list[Group]) -> list[Card]:
    """A card for each category, as high as what stands in it."""
    found = []
    for category, together in groupby(groups, key=lambda group: group.category):
        mine = list(together)
        label = str(graph.nodes[node_id(NodeKind.CATEGORY, category)]["label"])
        heights = (_height(held) + GAP for group in mine for held in group.shown)
        found.append(Card(label, mine, HEAD + sum(heights) + BETWEEN))
    return found


def split(found: list[Card]) -> list[list[Card]]:
    """The cards in columns one after the other, the highest column as low as can be."""
    best = [found]
    ways: Iterable[Sequence[int]] = [_thirds(found)]
    if len(found) <= MOST_SPLIT:
        ways = combinations(range(1, len(found)), min(COLUMNS, len(found)) - 1) if found else ()
    for cuts in ways:
        parts = [found[start:end] for start, end in pairwise((0, *cuts, len(found)))]
        if highest(parts) < highest(best):
            best = parts
    return best


def _thirds(found: list[Card]) -> list[int]:
    """Where so many cards are cut that to try every way would take too long: into parts of about one height."""
    ends = list(accumulate(card.height for card in found))
    return (
        [bisect_left(ends, part * ends[-1] / COLUMNS) + 1 for part in range(1, COLUMNS)]
        if ends
        else []
    )


def highest(columns: list[list[Card]]) -> float:
    """How much room the highest column takes."""
    return max((sum(card.height for card in column) for column in columns), default=0)


def draw(canvas: Canvas, columns: list[list[Card]], top: float) -> float:
    """Draws the columns; returns where the next thing may stand."""
    for place, column in enumerate(columns):
        y = top
        for card in column:
            y = _card(canvas, card, MARGIN + place * (ROOM + APART), y)
    return top + highest(columns)


def _card(canvas: Canvas, card: Card, x: float, y: float) -> float:
    more = sum(group.more for group in card.groups)
    told = f"{more} more" if more else ""
    canvas.rect(x, y, ROOM, HEAD - 4, fill=PALE)
    room = ROOM - 18 - width(told, SMALL)
    canvas.text(x + 6, y + 14, cut(card.label, room, BODY, bold=True), bold=True)
    if told:
        canvas.text(x + ROOM - 4, y + 14, told, size=SMALL, fill=GREY, anchor="end")
    y += HEAD
    for group in card.groups:
        for held in group.shown:
            height = _height(held)
            chip(canvas, held, _label(held), (x, y, ROOM, height), beside=group.domain)
            y += height + GAP
    return y + BETWEEN


def _label(held: Attributes) -> list[str]:
    return wrap(held["label"], ROOM - 36, BODY, lines=2)


def _height(held: Attributes) -> float:
    return CHIP + (len(_label(held)) - 1) * LINE
