"""Pictures of what was measured, as SVG: bars on a logarithmic scale, and lines."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path

WIDTH, LEFT, RIGHT, TOP, ROW = 760, 250, 70, 56, 24
INK, BAR, OURS, GRID = "#222222", "#8fa3b8", "#1b6ca8", "#dddddd"
COLOURS = ("#1b6ca8", "#b8561b", "#3b7d3b", "#7a4fa3", "#8a7a1f")


def _head(title: str, height: int, told: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        "<style>text { font: 13px system-ui, sans-serif }</style>",
        f'<text x="16" y="26" fill="{INK}">{escape(title)}</text>',
    ]


def bars(path: Path, title: str, values: Mapping[str, float], ours: Sequence[str]) -> None:
    """Bars, one for each name, the shortest first.

    Args:
        path: Where the picture goes.
        title: What it shows, with the unit.
        values: The value of each name.
        ours: The names that are painted in another colour.
    """
    rows = sorted(values.items(), key=lambda row: row[1])
    low, high = floor(log10(rows[0][1])), ceil(log10(rows[-1][1]))
    scale = (WIDTH - LEFT - RIGHT) / max(high - low, 1)
    height = TOP + ROW * len(rows) + 34
    told = "; ".join(f"{name}: {value:.3g}" for name, value in rows)
    lines = _head(title, height, told)
    for power in range(low, high + 1):
        x = LEFT + (power - low) * scale
        lines.append(f'<path d="M{x:.0f} {TOP - 8}V{height - 26}" stroke="{GRID}"/>')
        lines.append(
            f'<text x="{x:.0f}" y="{height - 10}" text-anchor="middle" fill="{INK}">{10.0**power:g}</text>'
        )
    for place, (name, value) in enumerate(rows):
        y = TOP + ROW * place
        wide = (log10(value) - low) * scale
        colour = OURS if name in ours else BAR
        lines.append(
            f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end" fill="{INK}">{escape(name)}</text>'
        )
        lines.append(
            f'<rect x="{LEFT}" y="{y + 2}" width="{max(wide, 1):.1f}" height="16" fill="{colour}"/>'
        )
        lines.append(
            f'<text x="{LEFT + wide + 6:.0f}" y="{y + 14}" fill="{INK}">{value:,.3g}</text>'
        )
    path.write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")


def lines(
    path: Path, title: str, below: str, series: Mapping[str, Sequence[tuple[float, float]]]
) -> None:
    """Lines through points, both scales logarithmic.

    Args:
        path: Where the picture goes.
        title: What it shows, with the unit of the vertical scale.
        below: What the horizontal scale is.
        series: The points of each line.
    """
    points = [point for found in series.values() for point in found]
    spans = [
        (floor(log10(min(p[axis] for p in points))), ceil(log10(max(p[axis] for p in points))))
        for axis in (0, 1)
    ]
    height, left = 420, 70
    across = (WIDTH - left - 40) / max(spans[0][1] - spans[0][0], 1)
    up = (height - TOP - 96) / max(spans[1][1] - spans[1][0], 1)

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + (log10(x) - spans[0][0]) * across,
            height - 96 - (log10(y) - spans[1][0]) * up,
        )

    told = "; ".join(
        f"{name}: " + ", ".join(f"{x:g}: {y:.3g}" for x, y in found)
        for name, found in series.items()
    )
    drawn = _head(title, height, told)
    for power in range(spans[0][0], spans[0][1] + 1):
        x, bottom = at(10.0**power, 10.0 ** spans[1][0])
        drawn.append(f'<path d="M{x:.0f} {TOP}V{bottom:.0f}" stroke="{GRID}"/>')
        drawn.append(
            f'<text x="{x:.0f}" y="{bottom + 18:.0f}" text-anchor="middle" fill="{INK}">{10**power:,}</text>'
        )
    for power in range(spans[1][0], spans[1][1] + 1):
        start, y = at(10.0 ** spans[0][0], 10.0**power)
        drawn.append(f'<path d="M{start:.0f} {y:.0f}H{WIDTH - 40}" stroke="{GRID}"/>')
        drawn.append(
            f'<text x="{start - 6:.0f}" y="{y + 4:.0f}" text-anchor="end" fill="{INK}">{10.0**power:g}</text>'
        )
    drawn.append(
        f'<text x="{WIDTH / 2:.0f}" y="{height - 54}" text-anchor="middle" fill="{INK}">{escape(below)}</text>'
    )
    for place, (name, found) in enumerate(series.items()):
        colour = COLOURS[place % len(COLOURS)]
        spots = [at(x, y) for x, y in found]
        drawn.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="2" '
            f'points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in spots)}"/>'
        )
        drawn += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/>' for x, y in spots]
        y = height - 32 + 16 * (place // 3)
        x = 40 + 240 * (place % 3)
        drawn.append(f'<rect x="{x}" y="{y - 9}" width="12" height="10" fill="{colour}"/>')
        drawn.append(f'<text x="{x + 18}" y="{y}" fill="{INK}">{escape(name)}</text>')
    path.write_text("\n".join([*drawn, "</svg>"]) + "\n", encoding="utf-8")
