"""Texts that mean something to some format, and a small pack that is full of them."""

from typing import Any

import pytest

from painrules import Pack

NASTY = (
    "~=#{}:<>&\"'\\ and %100% with $x^2$",
    "two\nlines, and a\ttab",
    "Größe, Übung, ß, é, ñ",
    "עברית العربية and left to right",
    "👩‍⚕️ 🦴 care 🏃",
    "<b>bold</b> &amp; <script>alert(1)</script> ]]>",
    "1. list `code` #quot; [x](y) *a* _b_ --> {{c1::cloze}}",
    "back\\slash \\n \\\\ \\(x\\) ::title:: // comment",
)
"""Texts that mean something to GIFT, XML, Markdown, TeX, Anki, JSON or CSV."""


def _entry(name: str, label: str, **more: object) -> dict[str, Any]:
    one_line = " ".join(label.split())
    return {"id": name, "label": one_line, "summary": one_line, "sources": ["alpha"], **more}


@pytest.fixture(scope="session")
def nasty() -> tuple[str, ...]:
    return NASTY


@pytest.fixture(scope="session")
def pack_of_nasty() -> Pack:
    """A pack whose labels and sentences are all hostile."""
    options = {
        f"option_{place}": _entry(f"option_{place}", label, category="care", domains=["biological"])
        for place, label in enumerate(NASTY)
    }
    positions = {
        f"rule_{place}": {
            "id": f"rule_{place}",
            "option": f"option_{place}",
            "when": {"condition": ["ache" if place % 2 else "other_ache"]},
            "stance": "supports" if place % 3 else "opposes",
            "because": " ".join(label.split()),
            "source": "alpha",
        }
        for place, label in enumerate(NASTY)
    }
    return Pack.model_validate(
        {
            "header": {
                "id": "hostile",
                "title": "Hostile",
                "version": "1.0.0",
                "date": "2026-01-01",
                "notice": " ".join(" ".join(NASTY).split()),
                "categories": ["care"],
            },
            "sources": {
                "alpha": {
                    "id": "alpha",
                    "title": "Alpha",
                    "issuer": "A & <b>",
                    "jurisdiction": "UK|US",
                    "year": 2005,
                    "kind": "guideline",
                }
            },
            "categories": {"care": _entry("care", NASTY[5])},
            "interventions": options,
            "conditions": {
                "ache": _entry("ache", NASTY[6]),
                "other_ache": _entry("other_ache", NASTY[7]),
            },
            "positions": positions,
        }
    )
