"""Files for other programs: complete, the same each time, and never half written."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import nbformat
import pytest

from painrules import UnknownWordError
from painrules.cli import quizzes
from painrules.teach import FORMATS, Item, Quiz, TeachError, export, files_of
from painrules.teach.exports import FormatName
from painrules.teach.exports.base import key_in_words
from painrules.teach.exports.moodle import WEIGHTS
from painrules.vocab import ItemForm

MOODLE_WEIGHTS = {
    *("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30"),
    *("25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"),
}
"""The fractions that Moodle takes."""
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"

Sets = Callable[[str], Quiz]


@pytest.fixture(params=["hostile", "core"])
def quiz(request: pytest.FixtureRequest, hostile_quiz: Quiz, core_quiz: Quiz) -> Quiz:
    """Hostile texts, and real ones."""
    return hostile_quiz if request.param == "hostile" else core_quiz


def fitting(quiz: Quiz, form: str) -> Quiz:
    """The questions of a set that a format can carry."""
    kept = tuple(item for item in quiz if item.form in FORMATS[form].forms)
    return Quiz(quiz.record.model_copy(update={"items": kept}))


def text_of(quiz: Quiz, form: str, place: int = 0) -> str:
    return list(files_of(fitting(quiz, form), form).values())[place].decode("utf-8-sig")


def unzipped(quiz: Quiz, form: str) -> dict[str, bytes]:
    data = next(iter(files_of(fitting(quiz, form), form).values()))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def plain(markup: str) -> str:
    """What a reader sees of HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def line(text: str) -> str:
    return " ".join(text.split())


def test_the_command_and_the_types_know_every_format() -> None:
    """The command names them without loading what writes them, so this holds the lists together."""
    assert list(quizzes.FORMATS) == list(get_args(FormatName)) == list(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_questions_give_the_same_bytes(form: str, core_quiz: Quiz) -> None:
    """Archives and databases carry no time of writing."""
    some = fitting(core_quiz, form)

    assert files_of(some, form) == files_of(Quiz.from_json(some.to_json()), form)


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_format_cannot_carry_is_refused_and_nothing_is_written(
    form: str, core_quiz: Quiz, tmp_path: Path
) -> None:
    """A question that is dropped silently is missed in the exam."""
    barred = [item for item in core_quiz if item.form not in FORMATS[form].forms]
    if not barred:
        assert set(FORMATS[form].forms) == set(ItemForm)
        return
    with pytest.raises(TeachError, match=rf"cannot carry {len(barred)} of 24 questions"):
        export(core_quiz, tmp_path / "quiz", form)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_files_are_written_whole_beside_nothing_else(
    form: str, core_quiz: Quiz, tmp_path: Path
) -> None:
    """No temporary file stays; an existing one is replaced."""
    name = tmp_path / f"quiz{FORMATS[form].ending}"
    name.write_text("old", encoding="utf-8")
    written = export(fitting(core_quiz, form), name, form)

    assert sorted(written) == sorted(tmp_path.iterdir())
    assert all(path.stat().st_size > 100 for path in written)


def test_a_misspelt_format_is_met_with_the_nearest(core_quiz: Quiz) -> None:
    """As everywhere."""
    with pytest.raises(UnknownWordError, match="did you mean 'moodle'"):
        files_of(core_quiz, "modle")


@pytest.mark.parametrize("form", FORMATS)
def test_the_notice_goes_with_every_file(form: str, core_quiz: Quiz) -> None:
    """It can never be separated from what it is about."""
    if form == "anki":
        return  # looked at in the interop tests, where there is a reader
    some = fitting(core_quiz, form)
    files = files_of(some, form)
    told = unzipped(core_quiz, form) if FORMATS[form].ending == ".zip" else files
    words = "For education only, never medical advice"
    if form in {"qti", "blackboard", "rexams"}:
        assert any(words in data.decode() for data in told.values())
    else:
        assert all(words in data.decode("utf-8-sig") for data in told.values())


# Moodle


def moodle_questions(text: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(text) if one.get("type") != "category"]  # noqa: S314 - our own file


def test_moodle_xml_holds_every_question_with_its_key_and_feedback(quiz: Quiz) -> None:
    """Read as Moodle reads it: types, fractions of its list, texts as they were."""
    found = moodle_questions(text_of(quiz, "moodle"))

    assert len(found) == len(quiz)
    for element, item in zip(found, quiz, strict=True):
        told = plain(element.findtext("questiontext/text") or "")
        assert told == line(f"{item.story} {item.known} {item.question}")
        assert element.findtext("idnumber") == item.id
        _same_answers(element, item)


def _same_answers(element: ET.Element, item: Item) -> None:
    answers = element.findall("answer")
    if item.form is ItemForm.MATCH:
        pairs = [
            (plain(one.findtext("text") or ""), one.findtext("answer/text"))
            for one in element.findall("subquestion")
        ]
        assert pairs == [(line(pair.left), pair.right) for pair in item.pairs]
    elif item.form is ItemForm.ORDER:
        ranked = sorted(answers, key=lambda one: float(one.get("fraction", "0")))
        assert [plain(one.findtext("text") or "") for one in ranked] == [
            line(step.text) for step in item.steps
        ]
    else:
        weights = [one.get("fraction", "") for one in answers]
        assert all(weight.lstrip("-") in MOODLE_WEIGHTS for weight in weights)
        assert [float(weight) > 0 for weight in weights] == [one.right for one in item.answers]
        assert sum(float(weight) for weight in weights if float(weight) > 0) == pytest.approx(
            100, abs=0.01
        )
        if item.form is not ItemForm.TRUE_FALSE:
            texts = [plain(one.findtext("text") or "") for one in answers]
            assert texts == [line(one.text) for one in item.answers]
        feedback = [plain(one.findtext("feedback/text") or "") for one in answers]
        assert feedback == [line(one.feedback) for one in item.answers]


def test_weights_are_those_of_moodle() -> None:
    """Any other fraction is refused on import, or silently changed."""
    assert set(WEIGHTS.values()) <= MOODLE_WEIGHTS


# QTI


def test_a_qti_package_lists_every_file_that_it_holds(quiz: Quiz) -> None:
    """A manifest that names a missing file is refused."""
    files = unzipped(quiz, "qti")
    root = ET.fromstring(files["imsmanifest.xml"])  # noqa: S314 - our own file
    named = {one.get("href") for one in root.iter("{http://www.imsglobal.org/xsd/imscp_v1p1}file")}

    assert named == set(files) - {"imsmanifest.xml"}
    test = ET.fromstring(files["test.xml"])  # noqa: S314 - our own file
    assert [one.get("identifier") for one in test.iter(f"{QTI}assessmentItemRef")] == [
        item.id for item in quiz
    ]


def test_a_qti_item_has_its_key_in_whole_numbers_and_feedback_for_each_answer(quiz: Quiz) -> None:
    """Thirds cannot be written down; counts can."""
    files = unzipped(quiz, "qti")
    for item in quiz:
        root = ET.fromstring(files[f"items/{item.id}.xml"])  # noqa: S314 - our own file
        texts = {
            one.get("identifier"): line("".join(one.itertext()))
            for tag in ("simpleChoice", "simpleAssociableChoice")
            for one in root.iter(f"{QTI}{tag}")
        }
        body = root.find(f"{QTI}itemBody")
        assert body is not None
        for text in (item.story, item.known, item.question):
            assert "".join(text.split()) in "".join("".join(body.itertext()).split())
        declared = root.find(f"{QTI}responseDeclaration/{QTI}correctResponse")
        assert declared is not None
        values = [str(one.text) for one in declared]
        if item.form is ItemForm.MATCH:
            pairs = {tuple(texts[name] for name in value.split()) for value in values}
            assert {(squeezed(a), squeezed(b)) for a, b in pairs} == {
                (squeezed(pair.left), squeezed(pair.right)) for pair in item.pairs
            }
        elif item.form is ItemForm.ORDER:
            assert [squeezed(texts[name]) for name in values] == [
                squeezed(one.text) for one in item.steps
            ]
        else:
            right = {squeezed(one.text) for one in item.answers if one.right}
            assert {squeezed(texts[name]) for name in values} == right
            said = [
                squeezed("".join(one.itertext()))
                for one in root.iter(f"{QTI}modalFeedback")
                if one.get("outcomeIdentifier") == "FEEDBACK"
            ]
            assert said == [squeezed(one.feedback) for one in item.answers]
        for entry in root.iter(f"{QTI}mapEntry"):
            assert entry.get("mappedValue") in {"1", "-1"}


def squeezed(text: str) -> str:
    return "".join(text.split())


# The others, as far as no other program is needed


def test_a_table_holds_every_text_as_it_is_but_formulas(quiz: Quiz) -> None:
    """Newlines, quotes and all: a spreadsheet gets what was meant. What it would run has a quote before it."""
    rows = list(csv.DictReader(io.StringIO(text_of(quiz, "csv"), newline="")))
    for row in rows:
        assert not [text for text in row.values() if text.startswith(("=", "+", "-", "@"))]
        for name, text in row.items():
            row[name] = text[1:] if text.startswith(("'=", "'+", "'-", "'@")) else text

    assert len(rows) == len(quiz)
    for row, item in zip(rows, quiz, strict=True):
        assert (row["story"], row["known"], row["question"]) == (
            item.story,
            item.known,
            item.question,
        )
        for letter, answer in zip("abcdef", item.answers, strict=False):
            assert row[f"answer_{letter}"] == answer.text
            assert row[f"feedback_{letter}"] == answer.feedback
        if item.answers:
            assert row["key"] == key_in_words(item)
        for letter, pair in zip("abcdef", item.pairs, strict=False):
            assert (row[f"answer_{letter}"], row[f"match_{letter}"]) == (pair.left, pair.right)


def test_blackboard_files_are_ascii_with_one_type_each(quiz: Quiz) -> None:
    """Anything else is refused, or comes out as question marks."""
    files = unzipped(quiz, "blackboard")
    files.pop("key.txt")
    rows = {name: data.decode("ascii").splitlines() for name, data in files.items()}

    assert sum(map(len, rows.values())) == len(quiz)
    for name, found in rows.items():
        assert {row.split("\t")[0] for row in found} == {name.removesuffix(".txt")}
        if name in {"MC.txt", "MA.txt"}:
            assert all(set(row.split("\t")[3::2]) <= {"correct", "incorrect"} for row in found)


def test_a_worksheet_does_not_hold_its_key(core_quiz: Quiz) -> None:
    """Students get one file, the teacher the other."""
    for form in ("md", "html"):
        sheet, key = (text_of(core_quiz, form, place) for place in (0, 1))
        assert "rule " not in plain(sheet)
        assert "✓" in key
        assert "✓" not in sheet


def test_a_notebook_is_valid_and_its_solutions_pass_its_own_tests(quiz: Quiz) -> None:
    """What nbgrader hands out can be answered, and a wrong answer fails."""
    book: Any = nbformat.reads(text_of(quiz, "notebook"), 4)  # type: ignore[no-untyped-call]  # has no types
    nbformat.validate(book)
    scope: dict[str, object] = {}
    solutions = [c for c in book.cells if c.metadata.nbgrader.solution]
    tests = [c for c in book.cells if c.metadata.nbgrader.grade]

    assert len(solutions) == len(tests) == len(quiz)
    assert len({c.metadata.nbgrader.grade_id for c in book.cells}) == len(book.cells)
    for solution, test in zip(solutions, tests, strict=True):
        exec(solution.source, scope)  # noqa: S102 - our own cells
        exec(test.source, scope)  # noqa: S102 - our own cells
        name = re.search(r"answer_\d+", solution.source)
        assert name
        with pytest.raises(AssertionError):
            exec(test.source, {name[0]: "zz"})  # noqa: S102 - our own cells


def test_jupyterquiz_gets_answers_with_feedback(quiz: Quiz) -> None:
    """Its JSON, as its documentation has it."""
    found = json.loads(text_of(quiz, "jupyterquiz"))
    some = fitting(quiz, "jupyterquiz")

    assert [one["type"] for one in found] == [
        "many_choice" if item.form is ItemForm.MULTIPLE else "multiple_choice" for item in some
    ]
    for one, item in zip(found, some, strict=True):
        assert [answer["correct"] for answer in one["answers"]] == [a.right for a in item.answers]
        assert [plain(answer["answer"]) for answer in one["answers"]] == [
            line(a.text) for a in item.answers
        ]


def test_r_exams_exercises_have_as_many_feedbacks_as_answers(quiz: Quiz) -> None:
    """And a solution of noughts and ones that says which are right."""
    files = unzipped(quiz, "rexams")
    some = fitting(quiz, "rexams")

    assert set(files) == {f"{item.id}.Rmd" for item in some} | {"exams.R"}
    for item in some:
        text = files[f"{item.id}.Rmd"].decode()
        asked, solution = text.split("Solution\n========")
        assert asked.count("\n* ") == len(item.answers)
        assert solution.count("\n* ") == len(item.answers)
        key = "".join("1" if one.right else "0" for one in item.answers)
        assert f"exsolution: {key}\n" in text
        listed = [html.unescape(one) for one in re.findall(r"^\* (.*)$", asked, re.MULTILINE)]
        assert listed == [line(one.text) for one in item.answers]
