"""Texts that mean something to some format, and a small pack that is full of them."""

from typing import Any

import pytest

from painrules import Pack
from painrules.model.result import PackRef
from painrules.teach import Answer, Item, Pair, Quiz, QuizRecord, Step, quiz

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


@pytest.fixture(scope="session")
def hostile_quiz() -> Quiz:
    """A set of every form of question, whose every text is hostile."""

    def answers(place: int, right: set[int]) -> tuple[Answer, ...]:
        return tuple(
            Answer(
                id=f"a{n}",
                text=f"{NASTY[(place + n) % len(NASTY)]} {n}",
                right=n in right,
                feedback=NASTY[(place + n + 3) % len(NASTY)],
            )
            for n in range(4)
        )

    items = []
    for place, text in enumerate(NASTY):
        common: dict[str, Any] = {
            "story": text,
            "known": NASTY[(place + 1) % len(NASTY)],
            "bloom": "apply",
            "objective": text,
        }
        items += [
            Item(
                id=f"first_line-{place}",
                question=f"{NASTY[(place + 2) % len(NASTY)]} first_line",
                kind="first_line",
                form="single",
                answers=answers(place, {place % 4}),
                **common,
            ),
            Item(
                id=f"categories-{place}",
                question=f"{NASTY[(place + 2) % len(NASTY)]} categories",
                kind="categories",
                form="multiple",
                answers=answers(place, set(range(1 + place % 3))),
                **common,
            ),
            Item(
                id=f"true_false-{place}",
                question=f"{NASTY[(place + 2) % len(NASTY)]} true_false",
                kind="true_false",
                form="true_false",
                answers=(
                    Answer(id="yes", text="True", right=place % 2 == 0, feedback=text),
                    Answer(id="no", text="False", right=place % 2 == 1, feedback=NASTY[0]),
                ),
                **common,
            ),
            Item(
                id=f"match-{place}",
                question=f"{NASTY[(place + 2) % len(NASTY)]} match",
                kind="match",
                form="match",
                pairs=tuple(
                    Pair(
                        id=f"p{n}",
                        left=f"{NASTY[(place + n) % len(NASTY)]} {n}",
                        right_id=f"r{n}",
                        right=f"{n} {NASTY[(place - n) % len(NASTY)]}",
                        feedback=text,
                    )
                    for n in range(3)
                ),
                **common,
            ),
            Item(
                id=f"order-{place}",
                question=f"{NASTY[(place + 2) % len(NASTY)]} order",
                kind="order",
                form="order",
                steps=tuple(
                    Step(id=f"s{n}", text=f"{NASTY[(place + n) % len(NASTY)]} {n}", feedback=text)
                    for n in range(3)
                ),
                **common,
            ),
        ]
    return Quiz(
        QuizRecord(
            title="Hostile / <b>quiz</b> & ~more",
            notice=" ".join(" ".join(NASTY).split()),
            pack=PackRef(id="hostile", version="1.0.0", digest="0" * 64),
            language="en",
            seed="0",
            items=tuple(items),
        )
    )


@pytest.fixture(scope="session")
def core_quiz() -> Quiz:
    """Questions about the core pack, of every kind."""
    return quiz(24, seed="export")
