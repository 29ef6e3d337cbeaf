"""Anki: a deck of cards. The same question keeps its identity, so that a second import updates instead of adding.

Anki takes a card in place of the one that it has only if the new one says that it was changed later. Nothing here reads
the clock: cards state a day that is given, so a later day makes Anki take them.
"""

import datetime as dt
import hashlib
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from painrules.errors import MissingExtraError
from painrules.teach.exports.base import (
    LETTERS,
    Files,
    archive,
    general,
    html,
    html_stem,
    key_in_words,
    right_sides,
    step_names,
)
from painrules.teach.item import Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm

STYLE = (
    ".card{font-family:system-ui,sans-serif;font-size:18px;line-height:1.4;text-align:left;max-width:42em;margin:auto}"
    ".pr-known{font-style:italic}.pr-question{font-weight:700}.pr-notice{font-size:.8em}"
)
FIELDS = ("Front", "Back", "Id")


def anki(quiz: Quiz, day: dt.date | None = None) -> Files:
    """An .apkg file with a card for each question.

    Args:
        quiz: The questions.
        day: The day on which the cards say that they were last changed; left out, the first day of 2026.

    Raises:
        MissingExtraError: If genanki is not installed.
    """
    try:
        import genanki  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        msg = "Anki decks need genanki\n    hint: install it with: pip install 'painrules[anki]'"
        raise MissingExtraError(msg) from None
    stated = day or dt.date(2026, 1, 1)
    seconds = dt.datetime(stated.year, stated.month, stated.day, tzinfo=dt.UTC).timestamp()
    model = genanki.Model(
        _number("painrules card"),
        "painrules question",
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": "Question",
                "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
            }
        ],
        css=STYLE,
    )
    deck = genanki.Deck(
        _number("deck", quiz.record.title), quiz.record.title, description=quiz.notice
    )
    for item in quiz:
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[_front(item), _back(item, quiz), item.id],
                guid=f"painrules-{item.id}",
                tags=["painrules", f"bloom::{item.bloom.value}", f"kind::{item.kind.value}"],
            )
        )
    return {".apkg": _packed(genanki.Package(deck), seconds)}


def _packed(package: Any, seconds: float) -> bytes:  # noqa: ANN401 - genanki has no types
    """The package with every date taken from the cards, so that the same cards give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        package.write_to_file(str(path), timestamp=seconds)
        with zipfile.ZipFile(path) as held:
            return archive({name: held.read(name) for name in sorted(held.namelist())})


def _number(*words: str) -> int:
    """A number that stands for words, as Anki wants it: positive, of 31 bits."""
    digest = hashlib.sha256(":".join(words).encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1 | 1 << 30


def _safe(text: str) -> str:
    """Text in which braces and formulas mean nothing to Anki."""
    return (
        text.replace("{{", "{<!-- -->{").replace("\\(", "\\<!-- -->(").replace("\\[", "\\<!-- -->[")
    )


def _front(item: Item) -> str:
    if item.form is ItemForm.MATCH:
        lefts = "".join(f"<li>{html(pair.left)}</li>" for pair in item.pairs)
        rights = "".join(f"<li>{html(text)}</li>" for text in right_sides(item))
        return _safe(f'{html_stem(item)}<ol>{lefts}</ol><ol type="a">{rights}</ol>')
    texts = [one.text for one in item.answers] or step_names(item)
    listed = "".join(f"<li>{html(text)}</li>" for text in texts)
    return _safe(f'{html_stem(item)}<ol type="a">{listed}</ol>')


def _back(item: Item, quiz: Quiz) -> str:
    told = [f"<p><b>{html(key_in_words(item))}</b></p>"]
    for letter, answer in zip(LETTERS, item.answers, strict=False):
        mark = "✓" if answer.right else "✗"
        told.append(f"<p>{letter}. {mark} {html(answer.feedback)}</p>")
    *rest, notice = general(item, quiz)
    if not item.answers:
        told += [f"<p>{html(text)}</p>" for text in rest]
    told.append(f'<p class="pr-notice">{html(notice)}</p>')
    return _safe("".join(told))
