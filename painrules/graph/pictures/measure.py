"""How much room text takes, without a font at hand: by the widths of DejaVu Sans and Verdana, which are wide fonts."""

from bisect import bisect_right
from collections import deque
from unicodedata import combining, east_asian_width

WIDTHS = (
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
)  # fmt: skip
"""Widths of the characters from space to tilde, in hundredths of the size of the font."""

OTHER, WIDE, BOLD = 72, 115, 1.12
ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in the unit of the size.

    >>> width("mm", 10)
    19.4
    """
    found = sum(map(_hundredths, text)) * size / 100
    return round(found * BOLD if bold else found, 2)


def _hundredths(char: str) -> int:
    code = ord(char)
    if 32 <= code < 127:  # noqa: PLR2004 - from space to tilde
        return WIDTHS[code - 32]
    if combining(char) or 0x200B <= code <= 0x200F or 0xFE00 <= code <= 0xFE0F:  # noqa: PLR2004 - no width
        return 0
    return WIDE if east_asian_width(char) in "WF" else OTHER


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """A text that fits, with an ellipsis where something had to go.

    >>> cut("multidisciplinary", 60, 10)
    'multidisci…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    longest = bisect_right(
        range(len(text)), room, lo=1, key=lambda n: width(text[:n] + ELLIPSIS, size, bold=bold)
    )
    return text[: longest - 1].rstrip() + ELLIPSIS


def wrap(text: str, room: float, size: float, *, lines: int = 99, bold: bool = False) -> list[str]:
    """A text in lines that fit; what does not fit into the last one ends in an ellipsis.

    >>> wrap("Cognitive behavioural therapy", 90, 10)
    ['Cognitive', 'behavioural', 'therapy']
    """
    found: list[str] = []
    words = deque(text.split())
    while words:
        line = words.popleft()
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.popleft()}"
        if len(found) + 1 == lines and words:
            found.append(cut(" ".join((line, *words)), room, size, bold=bold))
            break
        found.append(cut(line, room, size, bold=bold))
    return found


def short(cited: str, room: float = 9999, size: float = 10) -> str:
    """A source as it is cited, shortened: without who else signed and where it holds, and the year never cut off.

    >>> short("EULAR (Macfarlane et al.) 2016 (Europe)")
    'EULAR 2016'
    """
    issuer, _, rest = cited.partition(" (")
    words = (issuer if not rest else f"{issuer} {rest}").split()
    year = next((word for word in reversed(words) if word.isdigit()), "")
    name = issuer.removesuffix(year).strip()
    return f"{cut(name, room - width(f' {year}', size), size)} {year}".strip()
