"""Jupyter: questions to click, as jupyterquiz shows them, and a notebook that nbgrader grades."""

import json
from typing import Any

from painrules.render.markdown import escaped
from painrules.teach.exports.base import (
    LETTERS,
    Files,
    general,
    html,
    html_stem,
    parts,
    right_sides,
    step_names,
    text_file,
)
from painrules.teach.item import Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm


def jupyterquiz(quiz: Quiz) -> Files:
    """The JSON that `jupyterquiz.display_quiz` takes: questions with answers to choose."""
    questions = [
        {
            "question": html_stem(item) + (f"<p>{html(quiz.notice)}</p>" if place == 0 else ""),
            "type": "many_choice" if item.form is ItemForm.MULTIPLE else "multiple_choice",
            "answers": [
                {
                    "answer": html(answer.text),
                    "correct": answer.right,
                    "feedback": html(answer.feedback),
                }
                for answer in item.answers
            ],
        }
        for place, item in enumerate(quiz)
    ]
    return text_file(".json", json.dumps(questions, ensure_ascii=False, indent=2) + "\n")


def notebook(quiz: Quiz) -> Files:
    """A notebook in which each question has a cell for the answer and one that grades it.

    It is the teacher's version: `nbgrader generate_assignment` takes solutions and tests out of the students'.
    """
    cells = [
        _markdown(
            "notice",
            f"# {escaped(quiz.record.title)}\n\n> {escaped(quiz.notice)}\n\n{escaped(quiz.signature)}",
        )
    ]
    for place, item in enumerate(quiz, start=1):
        cells += _cells(place, item, quiz)
    book = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return text_file(".ipynb", json.dumps(book, ensure_ascii=False, indent=1) + "\n")


def _graded(name: str, *, solution: bool = False, points: int | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "schema_version": 3,
        "grade": points is not None,
        "grade_id": name,
        "locked": not solution,
        "solution": solution,
        "task": False,
    }
    return {"nbgrader": found | ({"points": points} if points is not None else {})}


def _markdown(name: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": _graded(name),
        "source": text,
    }


def _code(name: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "execution_count": None,
        "outputs": [],
        "source": text,
    }


def _cells(place: int, item: Item, quiz: Quiz) -> list[dict[str, Any]]:
    name = f"q{place}-{item.id}"[:60]
    lines = [f"## {place}", ""]
    for what, text in parts(item):
        mark = {"known": "*", "question": "**"}.get(what, "")
        lines += [f"{mark}{escaped(text)}{mark}", ""]
    if item.form is ItemForm.MATCH:
        lines += [f"{n}. {escaped(pair.left)}" for n, pair in enumerate(item.pairs, start=1)] + [""]
    listed = right_sides(item) if item.form is ItemForm.MATCH else step_names(item)
    texts = [one.text for one in item.answers] or listed
    lines += [f"- {letter}) {escaped(text)}" for letter, text in zip(LETTERS, texts, strict=False)]
    answer, how = _answer(item, texts)
    variable = f"answer_{place}"
    told = [one.feedback for one in item.answers if one.right] or general(item, quiz)[:-1]
    why = " ".join(told)
    return [
        _markdown(name, "\n".join(lines)),
        _code(
            f"{name}-a",
            f"# {how}\n### BEGIN SOLUTION\n{variable} = {json.dumps(answer)}\n### END SOLUTION",
            _graded(f"{name}-a", solution=True),
        ),
        _code(
            f"{name}-t",
            f"### BEGIN HIDDEN TESTS\n{_check(item, variable, answer, why)}\n### END HIDDEN TESTS",
            _graded(f"{name}-t", points=1),
        ),
    ]


def _answer(item: Item, texts: list[str]) -> tuple[str, str]:
    """The right letters, and how they are to be written."""
    letters = dict(zip(texts, LETTERS, strict=False))
    if item.form is ItemForm.MATCH:
        found = "".join(letters[pair.right] for pair in item.pairs)
        return (
            found,
            f"{len(found)} letters, for 1, 2 and so on, such as {sorted_letters(len(found))}",
        )
    if item.form is ItemForm.ORDER:
        found = "".join(letters[step.text] for step in item.steps)
        return found, f"{len(found)} letters in order, such as {sorted_letters(len(found))}"
    found = "".join(letters[one.text] for one in item.answers if one.right)
    return found, "one or several letters" if item.form is ItemForm.MULTIPLE else "one letter"


def sorted_letters(count: int) -> str:
    """The first letters, as an example that is as good as any."""
    return json.dumps(LETTERS[:count])


def _check(item: Item, variable: str, answer: str, why: str) -> str:
    message = json.dumps(why, ensure_ascii=False)
    if item.form in {ItemForm.MATCH, ItemForm.ORDER}:
        return f'assert "".join({variable}).replace(" ", "").lower() == {json.dumps(answer)}, {message}'
    return f"assert set({variable}.replace(',', '').replace(' ', '').lower()) == set({json.dumps(answer)}), {message}"
