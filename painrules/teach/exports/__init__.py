"""Exporters: a set of questions in, files that other programs read out.

| format | carries |
| --- | --- |
| `moodle` | Moodle XML: everything |
| `gift` | Moodle and others: all but ordering |
| `qti` | QTI 2.1 package: everything |
| `anki` | a deck of cards: everything; needs the extra `anki` |
| `canvas` | the source of text2qti: answers to choose |
| `blackboard` | tab-separated files: everything, without feedback |
| `jupyterquiz` | answers to choose |
| `rexams` | R/exams: answers to choose |
| `md`, `html` | worksheets with a key of their own: everything |
| `notebook` | nbgrader: everything |
| `csv`, `json` | everything, as data |

To add one: a function from a `Quiz` to files, and a line in `FORMATS`.
"""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Literal

from painrules.errors import UnknownWordError
from painrules.files import save_all
from painrules.given import file_name, instance
from painrules.teach.exports import anki as cards
from painrules.teach.exports import jupyter, moodle, plain, qti, sheets
from painrules.teach.exports.base import CHOICES, EVERY, Exporter, Files, text_file
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm

FormatName = Literal[
    "moodle",
    "gift",
    "qti",
    "anki",
    "canvas",
    "blackboard",
    "jupyterquiz",
    "rexams",
    "md",
    "html",
    "notebook",
    "csv",
    "json",
]

_NOT_ORDER = tuple(form for form in EVERY if form is not ItemForm.ORDER)


def _json(quiz: Quiz) -> Files:
    return text_file(".json", quiz.to_json() + "\n")


FORMATS: dict[str, Exporter] = {
    one.name: one
    for one in (
        Exporter("moodle", "Moodle XML", ".xml", EVERY, moodle.moodle),
        Exporter("gift", "GIFT", ".gift", _NOT_ORDER, moodle.gift),
        Exporter("qti", "QTI 2.1 package", ".zip", EVERY, qti.qti),
        Exporter("anki", "Anki deck", ".apkg", EVERY, cards.anki),
        Exporter("canvas", "text2qti source for Canvas", ".txt", CHOICES, plain.canvas),
        Exporter("blackboard", "Blackboard upload files", ".zip", EVERY, plain.blackboard),
        Exporter("jupyterquiz", "jupyterquiz JSON", ".json", CHOICES, jupyter.jupyterquiz),
        Exporter("rexams", "R/exams exercises", ".zip", CHOICES, plain.rexams),
        Exporter("md", "worksheet and key in Markdown", ".md", EVERY, sheets.markdown),
        Exporter("html", "worksheet and key as pages", ".html", EVERY, sheets.page),
        Exporter("notebook", "notebook for nbgrader", ".ipynb", EVERY, jupyter.notebook),
        Exporter("csv", "table", ".csv", EVERY, plain.table),
        Exporter("json", "everything as data", ".json", EVERY, _json),
    )
}
"""What writes each format."""


def files_of(quiz: Quiz, form: FormatName | str = "moodle", *, day: dt.date | None = None) -> Files:
    """The files of a set in one format, by what is put after the name that a user gives.

    Args:
        quiz: The questions.
        form: The format.
        day: For Anki: the day on which the cards say that they were last changed.

    Raises:
        UnknownWordError: If there is no such format.
        TeachError: If the format cannot carry a question of the set.
        MissingExtraError: If the format needs something that is not installed.
    """
    quiz = instance("quiz", quiz, Quiz, "painrules.teach.quiz(...) draws one")
    if form not in tuple(FORMATS):
        raise UnknownWordError(form, "format of questions", FORMATS)
    exporter = FORMATS[form]
    if form == "anki" and day is not None:
        exporter = Exporter(
            exporter.name, exporter.title, exporter.ending, EVERY, partial(cards.anki, day=day)
        )
    return exporter.files(quiz)


def export(
    quiz: Quiz,
    path: str | Path,
    form: FormatName | str = "moodle",
    *,
    day: dt.date | None = None,
) -> tuple[Path, ...]:
    """Writes a set of questions for another program.

    Args:
        quiz: The questions.
        path: The file; existing files are replaced, and never left half written. A worksheet has its key beside it:
            ``quiz.md`` and ``quiz.key.md``.
        form: The format.
        day: For Anki: the day on which the cards say that they were last changed; a later one makes Anki take them in
            place of those that it has.

    Returns:
        The files that were written.

    Raises:
        UnknownWordError: If there is no such format.
        TeachError: If the format cannot carry a question of the set; nothing is written then.
        MissingExtraError: If the format needs something that is not installed.
    """
    files = files_of(quiz, form, day=day)
    target = file_name("path", path)
    first = next(iter(files))
    found = {
        target if ending == first else target.with_name(target.stem + ending): data
        for ending, data in files.items()
    }
    save_all(found)
    return tuple(found)


__all__ = ["FORMATS", "Exporter", "FormatName", "export", "files_of"]
