"""The heat map: how much sources support, category by category, for each pain type and mechanism."""

from collections import Counter
from typing import NamedTuple

from painrules.given import A_PACK, instance
from painrules.graph.asked import resolved
from painrules.graph.build import about
from painrules.graph.pictures.canvas import BODY, GREY, MARGIN, SMALL, Canvas
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import width, wrap
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.packs import core_pack
from painrules.vocab import Mechanism, PainType, Status

SIDE, HEAD, CELL = 176, 64, 44
SHADES = ("#ffffff", "#e3eef7", "#c2dbef", "#94c0e3", "#5c9fd0", "#2f7ab5", "#12568c")
"""From none to the most, one hue: in grey print it runs from white to dark too."""

DARK = 4
"""From this shade on the number is written in white."""


HYPHENATED = {
    Mechanism.NOCICEPTIVE: ("noci-", "ceptive"),
    Mechanism.NEUROPATHIC: ("neuro-", "pathic"),
    Mechanism.NOCIPLASTIC: ("noci-", "plastic"),
}
"""Mechanisms as they fit above a cell."""


class Cell(NamedTuple):
    """What sources come to in one category, for one pain type and mechanism."""

    supported: int
    contested: int


def heat_map(pack: Pack | None = None) -> Figure:
    """A picture of how many options sources support, by category, for each pain type and mechanism.

    A number counts names that sources use, so it says how finely they divide a field, not how good it is.

    Args:
        pack: The pack; left out, the core pack.

    >>> heat_map().title
    'How many options sources support'
    """
    pack = core_pack() if pack is None else instance("pack", pack, Pack, A_PACK)
    pairs = [(pain, mechanism) for pain in PainType for mechanism in Mechanism]
    cells = {pair: _counted(pack, *pair) for pair in pairs}
    title = "How many options sources support"
    canvas = Canvas()
    y = canvas.title(
        title,
        "By category, pain type and mechanism; with ⇄ how many more are contested. Counts rank nothing.",
    )
    room = (canvas.width - 2 * MARGIN - SIDE) / len(pairs)
    _heads(canvas, y, room)
    y += HEAD
    most = max((cell.supported for found in cells.values() for cell in found.values()), default=0)
    for category in pack.category_order:
        label = wrap(pack.categories[category].label, SIDE - 16, BODY, lines=2)
        canvas.lines(MARGIN, y + 27 - (len(label) - 1) * 9, label, BODY)
        for place, pair in enumerate(pairs):
            x = MARGIN + SIDE + place * room
            _cell(canvas, cells[pair].get(category, Cell(0, 0)), most, (x, y, room))
        y += CELL
    y = _scale(canvas, most, y + 18)
    return canvas.figure(canvas.foot(y + 14, about(pack)), title, _alt(pack, title, cells))


def _counted(pack: Pack, pain: PainType, mechanism: Mechanism) -> dict[str, Cell]:
    """The counts of each category for a pain type and a mechanism."""
    found = resolved(pack, Profile(pain_type=pain, mechanisms={mechanism}))
    supported: Counter[str] = Counter()
    contested: Counter[str] = Counter()
    for name in found.options:
        category = pack.interventions[name].category
        if found.is_supported(name):
            supported[category] += 1
        elif found.outcome(name).status is Status.CONTESTED:
            contested[category] += 1
    return {name: Cell(supported[name], contested[name]) for name in {*supported, *contested}}


def _heads(canvas: Canvas, y: float, room: float) -> None:
    for group, pain in enumerate(PainType):
        x = MARGIN + SIDE + group * len(Mechanism) * room
        wide = room * len(Mechanism)
        canvas.rect(x + 1, y, wide - 2, 24, fill="#eeeeee")
        canvas.text(x + wide / 2, y + 17, f"{pain.value} pain", bold=True, anchor="middle")
        for place, mechanism in enumerate(Mechanism):
            middle = x + place * room + room / 2
            for line, part in enumerate(HYPHENATED[mechanism]):
                low = y + 40 + line * SMALL * 1.2
                canvas.text(middle, low, part, size=SMALL, fill=GREY, anchor="middle")


def _cell(canvas: Canvas, cell: Cell, most: int, box: tuple[float, float, float]) -> None:
    x, y, room = box
    shade = _shade(cell.supported, most)
    ink = "#ffffff" if shade >= DARK else "#1a1a1a"
    canvas.rect(x, y, room, CELL, fill=SHADES[shade], stroke="#ffffff", line=2)
    canvas.rect(x + 1, y + 1, room - 2, CELL - 2, stroke="#cccccc" if shade == 0 else None)
    low = 27 if not cell.contested else 20
    text = str(cell.supported) if cell.supported or cell.contested else "-"
    canvas.text(x + room / 2, y + low, text, size=BODY + 1, fill=ink, bold=True, anchor="middle")
    if cell.contested:
        canvas.text(
            x + room / 2, y + 36, f"⇄ {cell.contested}", size=SMALL, fill=ink, anchor="middle"
        )


def _shade(count: int, most: int) -> int:
    if not count:
        return 0
    return 1 + min(len(SHADES) - 2, (count - 1) * (len(SHADES) - 1) // max(most, 1))


def _scale(canvas: Canvas, most: int, y: float) -> float:
    canvas.text(MARGIN, y + 12, "Supported options:", size=SMALL, fill=GREY)
    x: float = MARGIN + SIDE
    for place, shade in enumerate(SHADES):
        counts = [count for count in range(most + 1) if _shade(count, most) == place]
        if not counts:
            continue
        text = f"{counts[0]} to {counts[-1]}" if len(counts) > 1 else str(counts[0])
        canvas.rect(x, y, 16, 16, fill=shade, stroke="#888888")
        canvas.text(x + 22, y + 12, text, size=SMALL, fill=GREY)
        x += 34 + width(text, SMALL)
    return y + 24


def _alt(pack: Pack, title: str, cells: dict[tuple[PainType, Mechanism], dict[str, Cell]]) -> str:
    parts = [f"{title}, by category, pain type and mechanism."]
    for (pain, mechanism), found in cells.items():
        told = ", ".join(
            f"{pack.categories[name].label} {found[name].supported}"
            + (f" and {found[name].contested} contested" if found[name].contested else "")
            for name in pack.category_order
            if name in found
        )
        parts.append(f"{pain.value.capitalize()} {mechanism.value} pain: {told or 'none'}.")
    return " ".join(parts)
