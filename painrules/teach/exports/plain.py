"""Formats of plain text: Canvas by way of text2qti, Blackboard, R/exams, and tables."""

import csv
import io
import re
from collections.abc import Iterator

from painrules.errors import printable
from painrules.teach.exports.base import (
    LETTERS,
    Files,
    archive,
    general,
    html,
    html_stem,
    key_in_words,
    parts,
    text_file,
)
from painrules.teach.item import Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm

_SPECIAL = re.compile(r"[^\w\s.,;?!()/]|_|\.(?=\.)|(?<=\.)\.", re.UNICODE)
_LEADING = re.compile(r"^(\d+|[a-z])[.)]", re.IGNORECASE)


def entities(text: str) -> str:
    """A text on one line in which nothing means anything to Markdown: every sign is written as its number."""
    one_line = " ".join(text.split())
    found = _SPECIAL.sub(
        lambda match: match[0] if ord(match[0]) > 127 else f"&#{ord(match[0])};",  # noqa: PLR2004 - beyond ASCII
        one_line,
    )
    return _LEADING.sub(_numbered, found)


def _numbered(match: re.Match[str]) -> str:
    """The sign after a leading number or letter as its number, so that no list begins."""
    text = match[0]
    return f"{text[:-1]}&#{ord(text[-1])};"


# Canvas


def canvas(quiz: Quiz) -> Files:
    """The source of text2qti, which makes a QTI package for Canvas of it: questions with answers to choose."""
    lines = [
        f"Quiz title: {entities(quiz.record.title)}",
        f"Quiz description: {entities(f'{quiz.notice} {quiz.signature}')}",
        "",
    ]
    for place, item in enumerate(quiz, start=1):
        lines += [f"Title: {item.id}", "Points: 1", *_canvas_question(place, item, quiz), ""]
    return text_file(".txt", "\n".join(lines))


def _canvas_question(place: int, item: Item, quiz: Quiz) -> Iterator[str]:
    first, *rest = [entities(text) for _, text in parts(item)]
    indent = " " * (len(str(place)) + 3)
    yield f"{place}.  {first}"
    for text in rest:
        yield ""
        yield f"{indent}{text}"
    notice = general(item, quiz)[-1]
    yield f"... {entities(notice)}"
    for letter, answer in zip(LETTERS, item.answers, strict=False):
        if item.form is ItemForm.MULTIPLE:
            mark = "[*] " if answer.right else "[ ] "
        else:
            mark = f"*{letter}) " if answer.right else f"{letter}) "
        yield f"{mark}{entities(answer.text)}"
        yield f"... {entities(answer.feedback)}"


# Blackboard

BLACKBOARD = {
    ItemForm.SINGLE: "MC",
    ItemForm.MULTIPLE: "MA",
    ItemForm.TRUE_FALSE: "TF",
    ItemForm.MATCH: "MAT",
    ItemForm.ORDER: "ORD",
}


def blackboard(quiz: Quiz) -> Files:
    """Tab-separated files as Blackboard uploads them, one for each type, in an archive.

    This way of uploading knows no feedback; a file `key.txt` beside them has it.
    """
    files: dict[str, bytes] = {}
    for form, word in BLACKBOARD.items():
        rows = [_blackboard_row(item, word) for item in quiz if item.form is form]
        if rows:
            files[f"{word}.txt"] = ("\n".join(rows) + "\n").encode("ascii")
    return {".zip": archive({**files, "key.txt": _key_of(quiz).encode()})}


def _ascii(text: str) -> str:
    """A text on one line of plain ASCII: everything else is an entity, and so is the point after a leading number."""
    found = _LEADING.sub(_numbered, " ".join(text.split()))
    return found.encode("ascii", "xmlcharrefreplace").decode()


def _blackboard_row(item: Item, word: str) -> str:
    cells = [word, _ascii(html_stem(item))]
    if item.form is ItemForm.TRUE_FALSE:
        cells.append("true" if item.keys == ("yes",) else "false")
    elif item.form is ItemForm.MATCH:
        cells += [_ascii(html(text)) for pair in item.pairs for text in (pair.left, pair.right)]
    elif item.form is ItemForm.ORDER:
        cells += [_ascii(html(step.text)) for step in item.steps]
    else:
        for answer in item.answers:
            cells += [_ascii(html(answer.text)), "correct" if answer.right else "incorrect"]
    return "\t".join(cells)


def _key_of(quiz: Quiz) -> str:
    lines = [quiz.notice, quiz.signature, ""]
    for item in quiz:
        lines += [item.id, item.stem, *(f"- {one.text}: {one.feedback}" for one in item.answers)]
        lines += [*general(item, quiz)[:-1], ""]
    return "\n".join(lines)


# R/exams


def rexams(quiz: Quiz) -> Files:
    """One R Markdown file for each question, in an archive, as the R package exams reads them."""
    files = {f"{item.id}.Rmd": _rmd(item, quiz).encode() for item in quiz}
    names = ", ".join(f'"{name}"' for name in files)
    about = f"# {_one_line(quiz.notice)}\n# {_one_line(quiz.signature)}\n"
    script = f'{about}library(exams)\nexams2html(c({names}), n = 1, converter = "pandoc")\n'
    return {".zip": archive({**files, "exams.R": script.encode()})}


def _one_line(text: str) -> str:
    """A text as it may stand in a comment: what comes after the end of a line would be code."""
    return printable(" ".join(text.split()))


def _rmd(item: Item, quiz: Quiz) -> str:
    solution = "".join("1" if answer.right else "0" for answer in item.answers)
    lines = ["Question", "========", ""]
    for _, text in parts(item):
        lines += [entities(text), ""]
    lines += ["Answerlist", "----------", ""]
    lines += [f"* {entities(answer.text)}" for answer in item.answers]
    lines += ["", "Solution", "========", ""]
    for text in general(item, quiz):
        lines += [entities(text), ""]
    lines += ["Answerlist", "----------", ""]
    lines += [f"* {entities(answer.feedback)}" for answer in item.answers]
    kind = "mchoice" if item.form is ItemForm.MULTIPLE else "schoice"
    lines += ["", "Meta-information", "================"]
    lines += [f"exname: {item.id}", f"extype: {kind}", f"exsolution: {solution}"]
    lines += [f"exshuffle: {'FALSE' if item.form is ItemForm.TRUE_FALSE else 'TRUE'}"]
    lines += [f"exsection: {item.kind.value}/{item.bloom.value}", ""]
    return "\n".join(lines)


# Tables

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a cell a formula in a spreadsheet, if it begins with it."""

COLUMNS = ("id", "kind", "form", "bloom", "objective", "story", "known", "question", "key")


def table(quiz: Quiz) -> Files:
    """A table with a row for each question: answers and feedback in columns of their own.

    Texts are as they are, but one that a spreadsheet would take for a formula has a quote before it.
    """
    most = max(
        (len(item.answers) or len(item.pairs) or len(item.steps) for item in quiz), default=0
    )
    letters = LETTERS[:most]
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = [f"{what}_{letter}" for letter in letters for what in ("answer", "match", "feedback")]
    writer.writerow([*COLUMNS, *heads, "notice"])
    for item in quiz:
        row = [item.id, item.kind.value, item.form.value, item.bloom.value, item.objective]
        row += [item.story, item.known, item.question, _table_key(item)]
        cells = [(one.text, "", one.feedback) for one in (*item.answers, *item.steps)]
        cells += [(pair.left, pair.right, pair.feedback) for pair in item.pairs]
        cells += [("", "", "")] * (most - len(cells))
        row += [*(text for cell in cells for text in cell), f"{quiz.notice} {quiz.signature}"]
        writer.writerow(map(_cell, row))
    return {".csv": b"\xef\xbb\xbf" + stream.getvalue().encode()}


def _cell(text: str) -> str:
    """A text as a cell: a quote stands before what a spreadsheet would work out, so that it shows it instead."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _table_key(item: Item) -> str:
    """Letters of the right answers; for what is matched or ordered the columns themselves are the key."""
    return key_in_words(item) if item.answers else "as in the columns"
