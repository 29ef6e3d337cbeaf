"""Figures: a picture as SVG, with the text that stands for it where it cannot be seen."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path

from painrules.errors import MissingExtraError, UnknownWordError
from painrules.files import save
from painrules.graph.writers.flat import clean

NEEDED = "a PNG needs resvg-py: install it with: pip install 'painrules[viz]'"


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A picture as SVG, with alt text. In a notebook it shows itself."""

    svg: str
    """The picture: one SVG that stands alone, with the notice and the pack in its foot."""
    alt: str
    """What the picture shows, in words, for people who do not see it."""
    title: str
    """Its title."""
    width: int
    """Its width in pixels, at its own size."""
    height: int
    """Its height in pixels, at its own size."""

    def save(self, path: str | Path) -> Path:
        """Writes the picture to a file: ``.svg``, or ``.png`` with the extra `viz`.

        Raises:
            UnknownWordError: If the file name has another ending.
            MissingExtraError: If a PNG is wanted and what draws it is not installed.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending == ".svg":
            return save(target, self.svg)
        if ending == ".png":
            return save(target, self.png())
        raise UnknownWordError(ending or target.name, "ending of a picture", (".svg", ".png"))

    def png(self, width: int | None = None) -> bytes:
        """The picture as PNG.

        Args:
            width: Its width in pixels; left out, twice its own size, sharp on slides.

        Raises:
            MissingExtraError: If what draws it is not installed.
        """
        try:
            import resvg_py  # noqa: PLC0415 - an extra, loaded when asked for
        except ImportError:
            raise MissingExtraError(NEEDED) from None
        found = resvg_py.svg_to_bytes(svg_string=self.svg, width=width or 2 * self.width)
        return bytes(found)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        """The picture with its alt text: notebooks show a bare SVG as an image without words."""
        data = b64encode(self.svg.encode()).decode("ascii")
        source = f"data:image/svg+xml;base64,{data}"
        return f'<img src="{source}" alt="{escape(clean(self.alt))}" width="{self.width}" style="max-width:100%">'

    def __str__(self) -> str:
        """The alt text."""
        return self.alt

    def __repr__(self) -> str:
        """Short: a picture is large."""
        return f"<Figure {self.title!r}, {self.width} x {self.height}>"
