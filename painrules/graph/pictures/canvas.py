"""A canvas: shapes and texts in, one SVG out. The same shapes give the same bytes."""

from collections.abc import Iterable, Mapping
from html import escape

from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.measure import width, wrap
from painrules.graph.writers.flat import clean

FONT = "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif"
INK, GREY, PALE, RULE = "#1a1a1a", "#555555", "#f5f5f5", "#bbbbbb"
MARGIN = 20
SMALL, BODY, HEAD, TITLE = 11, 13, 15, 20
"""Sizes of text in pixels: at a width of 960 all can still be read when the picture is shown at 800."""

DIGEST_SHOWN = 16


def number(value: float) -> str:
    """A number as it stands in a file: at most one digit after the point."""
    return f"{round(value, 1):g}"


class Canvas:
    """Collects shapes and texts."""

    def __init__(self, width: float = 960) -> None:
        self.width = width
        self.parts: list[str] = []

    def add(self, tag: str, text: str = "", hover: str = "", **attributes: object) -> None:
        """Adds an element; a hover text is what is shown when one points at it."""
        told = "".join(
            f' {name.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
            for name, value in attributes.items()
            if value is not None
        )
        inner = (f"<title>{escape(clean(hover))}</title>" if hover else "") + escape(clean(text))
        self.parts.append(f"<{tag}{told}>{inner}</{tag}>" if inner else f"<{tag}{told}/>")

    def rect(  # noqa: PLR0913 - what a box is made of
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        fill: str = "none",
        stroke: str | None = None,
        dash: str | None = None,
        line: float = 1,
        round_: float = 0,
        hover: str = "",
    ) -> None:
        """A box."""
        self.add(
            "rect", hover=hover, x=x, y=y, width=w, height=h, rx=round_ or None, fill=fill,
            stroke=stroke, stroke_width=line if stroke else None, stroke_dasharray=dash,
        )  # fmt: skip

    def text(  # noqa: PLR0913 - what a text is made of
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        fill: str = INK,
        bold: bool = False,
        anchor: str | None = None,
        hover: str = "",
    ) -> None:
        """A line of text, its baseline at `y`."""
        self.add(
            "text", text, hover, x=x, y=y, font_size=size, fill=fill if fill != INK else None,
            font_weight="bold" if bold else None, text_anchor=anchor,
        )  # fmt: skip

    def lines(
        self, x: float, y: float, lines: Iterable[str], size: float = BODY, **how: object
    ) -> float:
        """Several lines; returns where the next one would stand."""
        for line in lines:
            self.text(x, y, line, size=size, **how)  # type: ignore[arg-type]
            y += size * 1.3
        return y

    def path(
        self,
        d: str,
        stroke: str = GREY,
        line: float = 1,
        dash: str | None = None,
        marker: str | None = None,
    ) -> None:
        """A line along a path."""
        self.add(
            "path", d=d, fill="none", stroke=stroke, stroke_width=line, stroke_dasharray=dash,
            marker_end=f"url(#{marker})" if marker else None,
        )  # fmt: skip

    def title(self, title: str, subtitle: str = "") -> float:
        """The title and what stands under it; returns where the picture begins."""
        room = self.width - 2 * MARGIN
        y = self.lines(MARGIN, 34, wrap(title, room, TITLE, bold=True), TITLE, bold=True)
        if subtitle:
            y = self.lines(MARGIN, y - 4, wrap(subtitle, room, BODY), BODY, fill=GREY)
        return y + 4

    def foot(self, y: float, about: Mapping[str, object]) -> float:
        """The notice and the pack; returns the height of the picture."""
        self.path(f"M{MARGIN} {number(y)}H{number(self.width - MARGIN)}", stroke=RULE)
        room = self.width - 2 * MARGIN
        y = self.lines(
            MARGIN, y + 18, wrap(str(about.get("notice", "")), room, SMALL), SMALL, fill=GREY
        )
        digest = str(about.get("digest", ""))[:DIGEST_SHOWN]
        text = f"Pack {about.get('pack', '')} {about.get('version', '')}, digest {digest}. Names carry no rank."
        self.text(MARGIN, y + 2, text, size=SMALL, fill=GREY)
        return y + 14

    def figure(self, height: float, title: str, alt: str) -> Figure:
        """The picture."""
        box = f"0 0 {number(self.width)} {number(height)}"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(clean(title))}" '
            f'width="{number(self.width)}" height="{number(height)}" viewBox="{box}" '
            f'font-family="{FONT}" fill="{INK}">'
        )
        parts = (
            head,
            f"<title>{escape(clean(title))}</title>",
            f"<desc>{escape(clean(alt))}</desc>",
            f'<rect width="{number(self.width)}" height="{number(height)}" fill="#ffffff"/>',
            *self.parts,
            "</svg>\n",
        )
        return Figure("\n".join(parts), alt, title, round(self.width), round(height))


def _written(value: object) -> str:
    return number(value) if isinstance(value, int | float) else clean(str(value))


__all__ = ["Canvas", "number", "width"]
