"""The page: one HTML file with pack, program and style in it, and nothing from anywhere else."""

import datetime as dt
import gzip
import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from painrules.errors import ArgumentError, Problem, shown
from painrules.files import save
from painrules.given import A_PACK, file_name, instance, plain_text, several
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.packs import core_pack
from painrules.page.data import page_data

TAB = """html,body{margin:0}body{background:#fff}@media (prefers-color-scheme:dark){body{background:#14171a}}"""

HEADING = "What sources say of options for pain"
"""What a page is called, whichever pack it holds."""


@cache
def static(name: str) -> str:
    """A part of the page that is built from the folder `front`."""
    return (files("painrules.page") / "static" / name).read_text(encoding="utf-8").strip()


def embedded(value: object) -> str:
    """Plain values as JSON that can stand within a script element: no text can end it, or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def compressed(value: object) -> str:
    """Plain values as JSON, compressed, in letters and digits: a quarter of the size."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _allowed(content: str) -> str:
    """How a policy names an inline script or style that may be used."""
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def to_page(
    pack: Pack | None = None, profile: Profile | None = None, lens: Mapping[str, Any] | None = None
) -> str:
    """The explorer of a pack as one HTML file: it needs no network, and sends nothing anywhere.

    Args:
        pack: The pack; left out, the core pack.
        profile: What the page begins with; left out, nothing is known.
        lens: The lens that it begins with: `sources`, `jurisdictions`, `as_of` (a day).

    >>> import painrules
    >>> page = to_page(profile=painrules.Profile(conditions=["fibromyalgia"]))
    >>> page.startswith("<!doctype html>")
    True
    """
    pack = core_pack() if pack is None else instance("pack", pack, Pack, A_PACK)
    if profile is not None:
        profile = instance("profile", profile, Profile, "painrules.Profile(...) makes one")
    begun = _lens(lens)
    style = TAB + static("style.css")
    program = static("page.js")
    policy = (
        f"default-src 'none'; script-src {_allowed(program)}; style-src {_allowed(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    known = {} if profile is None else profile.to_dict()
    start = embedded({"profile": known, "lens": begun} if known or begun else None)
    title, heading = escape(pack.header.title), escape(HEADING)
    return (
        f'<!doctype html>\n<html lang="{escape(pack.header.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{heading}: {title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n"
        f'<main id="painrules"><h1>{heading}</h1><p>{escape(pack.notice)}</p>'
        "<noscript><p>This page works its answers out by itself, so it needs scripts to be allowed. "
        "It loads nothing and sends nothing.</p></noscript></main>\n"
        f'<script type="text/plain" id="painrules-data">{compressed(page_data(pack))}</script>\n'
        f'<script type="application/json" id="painrules-start">{start}</script>\n'
        f'<script type="module">{program}</script>\n</body>\n</html>\n'
    )


def _lens(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """The lens in the words of the page: who speaks as lists, and the day as a text."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ArgumentError(
            Problem("lens", f"{shown(given)} is no mapping", "such as {'as_of': '2026'}")
        )
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name == "as_of" and isinstance(value, str | dt.date):
            found[name] = plain_text(name, str(value))
        elif name in ("sources", "jurisdictions"):
            found[name] = [plain_text(name, word) for word in several(name, value)]
        else:
            hint = "it takes sources, jurisdictions and as_of, a day"
            raise ArgumentError(Problem("lens", f"{shown(name)} cannot be {shown(value)}", hint))
    return found


def write_page(
    path: str | Path,
    pack: Pack | None = None,
    profile: Profile | None = None,
    lens: Mapping[str, Any] | None = None,
) -> Path:
    """Writes the page to a file: whole, or not at all.

    Raises:
        OSError: If the file cannot be written.
        ArgumentError: If an argument is of another kind.
    """
    return save(file_name("path", path), to_page(pack, profile, lens))
