"""Draws the rooms of the house, from the layers that `make layers` checks: `python docs/_tools/architecture.py`.

The picture is written to `docs/_static/architecture.svg`; a test compares the two.
"""

import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "_static" / "architecture.svg"
WIDTH, HEIGHT, GAP, LEFT = 760, 44, 14, 24
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
BLUE, GREEN, YELLOW, GREY = "#e8eef7", "#e3f1e6", "#fdf0d5", "#eef0f2"
ROOMS = {
    "cli": (BLUE, "the command"),
    "pytest_plugin": (BLUE, "tests of packs"),
    "testing": (BLUE, "strategies, laws, a reference engine"),
    "teach": (BLUE, "quizzes and cases"),
    "frames": (GREEN, "frames of profiles in, frames of answers out"),
    "check": (BLUE, "cases, findings, proofs, differences"),
    "explore": (GREEN, "arguments in, Exploration out: the facade"),
    "graph": (GREEN, "nodes, edges, questions, pictures"),
    "page": (GREEN, "the explorer in a browser"),
    "render": (GREEN, "a Result in; text, Markdown or HTML out"),
    "explain": (GREEN, "why, why not, a smallest change"),
    "resolve": (YELLOW, "sets of rules in, statuses out: pure"),
    "packs": (YELLOW, "YAML in, a checked and frozen Pack out"),
    "engine": (YELLOW, "facts in, sets of rules out"),
    "model": (GREY, "frozen records: profile, knowledge, rule, pack, facts, result"),
    "vocab": (GREY, "closed vocabularies"),
    "log": (GREY, "messages, if asked"),
    "deprecation": (GREY, "what goes"),
    "files": (GREY, "writing files"),
    "given": (GREY, "arguments: of the kind that is wanted, or an error"),
    "cached": (GREY, "worked out once"),
    "exact": (GREY, "values, not objects"),
    "errors": (GREY, "what is raised"),
    "imports": (GREY, "names on demand"),
}
"""Blue for kinds of users, green for what users see, yellow for what decides, grey for what all stand on."""


def layers() -> list[list[str]]:
    """Rooms from top to bottom; those on one floor do not know each other."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    found = next(one for one in contracts if one["type"] == "layers")
    return [[room.strip() for room in floor.split("|")] for floor in found["layers"]]


def picture() -> str:
    """The picture as SVG."""
    floors = layers()
    height = LEFT + len(floors) * (HEIGHT + GAP) + 20
    rooms = ", ".join(" and ".join(floor) for floor in floors)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"',
        f' height="{height}" role="img" font-family="{FONT}">',
        f"<title>The rooms of painrules, from top to bottom: {escape(rooms)}. Imports point downwards only.</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" orient="auto">',
        '<path d="M0,0 L8,4 L0,8 z" fill="#55595e"/></marker></defs>',
    ]
    for number, floor in enumerate(floors):
        y = LEFT + number * (HEIGHT + GAP)
        room_width = (WIDTH - 2 * LEFT - GAP * (len(floor) - 1)) / len(floor)
        for place, room in enumerate(floor):
            x = LEFT + place * (room_width + GAP)
            parts += _room(room, x, y, room_width)
        if number + 1 < len(floors):
            parts.append(
                f'<path d="M{WIDTH / 2:g},{y + HEIGHT} V{y + HEIGHT + GAP - 1}" stroke="#55595e" '
                'stroke-width="1.5" fill="none" marker-end="url(#tip)"/>'
            )
    parts.append(
        f'<text x="{LEFT}" y="{height - 12}" font-size="12" fill="#3a3f44">Imports point downwards only; rooms on one '
        "floor do not know each other.</text>"
    )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _room(room: str, x: float, y: float, width: float) -> list[str]:
    fill, told = ROOMS.get(room, (GREY, ""))
    begun = max(100, 26 + 9 * len(room))
    return [
        f'<rect x="{x:g}" y="{y}" width="{width:g}" height="{HEIGHT}" rx="6" fill="{fill}" stroke="#8a9097"/>',
        f'<text x="{x + 14:g}" y="{y + 27}" font-size="15" font-weight="700" fill="#1a1c1e">{room}</text>',
        f'<text x="{x + begun:g}" y="{y + 27}" font-size="12.5" fill="#1a1c1e">{escape(told)}</text>',
    ]


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
