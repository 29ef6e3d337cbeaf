"""Our questions, read by programs that nobody here wrote: as many of them, with the same keys, weights and feedback.

`make interop` installs these programs and runs this; there a missing one is a failure, elsewhere the tests are skipped.
"""

import datetime as dt
import html
import importlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from painrules.teach import FORMATS, Item, Quiz, export, files_of
from painrules.teach.exports.base import key_in_words
from painrules.teach.exports.moodle import weight
from painrules.vocab import ItemForm

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
NODE = HERE / "node"


def needed(there: object, what: str) -> None:
    """Skips where a program is missing; fails where it was promised."""
    if there:
        return
    if os.environ.get("PAINRULES_INTEROP"):
        pytest.fail(f"{what} is missing: make interop should have installed it")
    pytest.skip(f"{what} is not installed; make interop installs it")


def module(name: str) -> Any:  # noqa: ANN401 - a client without types
    """A client, if it is installed."""
    needed(importlib.util.find_spec(name.partition(".")[0]), name)
    return importlib.import_module(name)


def ran(*command: str | Path, cwd: Path | None = None) -> str:
    """What a program prints."""
    done = subprocess.run(  # noqa: S603 - programs named in this file, on files written here
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(params=["hostile", "core"])
def quiz(request: pytest.FixtureRequest, hostile_quiz: Quiz, core_quiz: Quiz) -> Quiz:
    """Hostile texts, and real ones."""
    return hostile_quiz if request.param == "hostile" else core_quiz


def fitting(quiz: Quiz, form: str, *but: ItemForm) -> Quiz:
    """The questions of a set that a format can carry."""
    kept = tuple(item for item in quiz if item.form in FORMATS[form].forms and item.form not in but)
    return Quiz(quiz.record.model_copy(update={"items": kept}))


def seen(markup: str) -> str:
    """What a reader sees of HTML, without spaces: programs break lines where they like."""
    return squeezed(html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def stem_of(item: Item) -> str:
    return squeezed(f"{item.story} {item.known} {item.question}")


# GIFT


def subanswer(pair: dict[str, str]) -> str:
    """The right side of a pair, which gift-pegjs leaves with its own marks for escaped signs."""
    return squeezed(re.sub(r"&&(\d+);", lambda found: chr(int(found[1])), pair["subanswer"]))


def test_gift_pegjs_reads_gift(quiz: Quiz, tmp_path: Path) -> None:
    """A parser made from a grammar of its own: titles, stems, answers, weights, feedback."""
    needed(shutil.which("node") and (NODE / "node_modules").is_dir(), "node with its modules")
    some = fitting(quiz, "gift")
    (path,) = export(some, tmp_path / "quiz.gift", "gift")
    found = json.loads(ran("node", NODE / "gift.mjs", path))
    questions = [one for one in found if one["type"] != "Category"]

    assert len(questions) == len(some)
    for one, item in zip(questions, some, strict=True):
        assert one["stem"]["format"] == "html"
        assert seen(one["stem"]["text"]) == stem_of(item)
        if item.form is ItemForm.MATCH:
            pairs = [(seen(p["subquestion"]["text"]), subanswer(p)) for p in one["matchPairs"]]
            assert pairs == [(squeezed(p.left), squeezed(p.right)) for p in item.pairs]
        elif item.form is ItemForm.TRUE_FALSE:
            yes, no = item.answers
            assert one["isTrue"] is yes.right
            # Moodle's order is what is said to a wrong answer, then to a right one; the names are those of places.
            wrong, right = (no, yes) if yes.right else (yes, no)
            assert seen(one["trueFeedback"]["text"]) == squeezed(wrong.feedback)
            assert seen(one["falseFeedback"]["text"]) == squeezed(right.feedback)
        else:
            assert [seen(c["text"]["text"]) for c in one["choices"]] == [
                squeezed(a.text) for a in item.answers
            ]
            assert [seen(c["feedback"]["text"]) for c in one["choices"]] == [
                squeezed(a.feedback) for a in item.answers
            ]
            if item.form is ItemForm.MULTIPLE:
                weights = [float(c["weight"]) for c in one["choices"]]
                assert weights == [float(weight(item, a)) for a in item.answers]
            else:
                assert [c["isCorrect"] for c in one["choices"]] == [a.right for a in item.answers]


# Anki


def test_anki_imports_new_notes_then_nothing_new_then_what_was_edited(
    quiz: Quiz, tmp_path: Path
) -> None:
    """Anki's own library: a second import adds nothing, an edited question replaces its note."""
    collection = module("anki.collection")
    module("genanki")
    held = collection.Collection(str(tmp_path / "collection.anki2"))

    def imported(some: Quiz, day: dt.date | None = None) -> tuple[int, int, int]:
        export(some, tmp_path / "deck.apkg", "anki", day=day)
        request = collection.ImportAnkiPackageRequest(
            package_path=str(tmp_path / "deck.apkg"),
            options=collection.ImportAnkiPackageOptions(),
        )
        log = held.import_anki_package(request).log
        return len(log.new), len(log.updated), held.card_count()

    count = len(quiz)
    assert imported(quiz) == (count, 0, count)
    assert imported(quiz) == (0, 0, count)
    for note_id in held.find_notes(""):
        note = held.get_note(note_id)
        item = next(one for one in quiz if one.id == note["Id"])
        assert stem_of(item) in seen(note["Front"].replace("<!-- -->", ""))
        assert squeezed(key_in_words(item)) in seen(note["Back"])
        card = note.cards()[0]
        assert stem_of(item) in seen(card.question().replace("<!-- -->", ""))
        assert squeezed(key_in_words(item)) in seen(card.answer())
    edited = quiz[0].model_copy(update={"question": "Edited?"})
    again = Quiz(quiz.record.model_copy(update={"items": (edited, *quiz.items[1:])}))
    new, updated, cards = imported(again, dt.date(2026, 6, 1))
    assert (new, cards) == (0, count)
    assert updated >= 1
    assert sum("Edited?" in held.get_note(one)["Front"] for one in held.find_notes("")) == 1
    held.close()


# Canvas


def test_text2qti_makes_a_package_of_the_source_for_canvas(quiz: Quiz, tmp_path: Path) -> None:
    """Read back from the QTI that it writes: stems, answers, the right ones, feedback for each."""
    module("text2qti")
    some = fitting(quiz, "canvas")
    export(some, tmp_path / "quiz.txt", "canvas")
    ran(Path(sys.executable).parent / "text2qti", "quiz.txt", cwd=tmp_path)
    with zipfile.ZipFile(tmp_path / "quiz.zip") as held:
        name = next(
            one for one in held.namelist() if re.search(r"/text2qti_assessment_\w+\.xml$", one)
        )
        root = ET.fromstring(held.read(name))  # noqa: S314 - made from our file
    space = "{" + root.tag.partition("}")[0].strip("{") + "}"
    found = list(root.iter(f"{space}item"))

    assert len(found) == len(some)
    for element, item in zip(found, some, strict=True):
        text = element.findtext(f"{space}presentation/{space}material/{space}mattext") or ""
        assert seen(text) == stem_of(item)
        labels = {
            label.get("ident"): seen("".join(label.itertext()))
            for label in element.iter(f"{space}response_label")
        }
        assert list(labels.values()) == [squeezed(one.text) for one in item.answers]
        right = [
            one.text
            for condition in element.iter(f"{space}respcondition")
            if condition.find(f"{space}setvar") is not None
            for one in condition.iter(f"{space}varequal")
            if not _within_not(condition, one, space)
        ]
        assert {labels[name] for name in right} == {
            squeezed(a.text) for a in item.answers if a.right
        }
        said = {seen("".join(one.itertext())) for one in element.iter(f"{space}itemfeedback")}
        assert {squeezed(answer.feedback) for answer in item.answers} <= said


def _within_not(condition: ET.Element, one: ET.Element, space: str) -> bool:
    return any(one in list(barred.iter()) for barred in condition.iter(f"{space}not"))


# Blackboard


def test_qti_package_maker_reads_the_files_for_blackboard(quiz: Quiz) -> None:
    """Its reader of upload files knows all types but true and false, which is looked at directly."""
    reader = module("qti_package_maker.engines.bbq_text_upload.read_package")
    files = files_of(quiz, "blackboard")[".zip"]
    with zipfile.ZipFile(io.BytesIO(files)) as held:
        names = [name for name in held.namelist() if name != "key.txt"]
        texts = {name: held.read(name).decode("ascii") for name in names}
    rows = [row.split("\t") for row in texts.get("TF.txt", "").splitlines()]
    truths = [item for item in quiz if item.form is ItemForm.TRUE_FALSE]
    assert [row[2] for row in rows] == ["true" if i.keys == ("yes",) else "false" for i in truths]
    for word, form in (
        ("MC", ItemForm.SINGLE),
        ("MA", ItemForm.MULTIPLE),
        ("MAT", ItemForm.MATCH),
        ("ORD", ItemForm.ORDER),
    ):
        wanted = [item for item in quiz if item.form is form]
        lines = texts.get(f"{word}.txt", "").splitlines()
        assert len(lines) == len(wanted)
        for row, item in zip(lines, wanted, strict=True):
            one = reader.make_item_cls_from_line(row)
            assert seen(one.question_text) == stem_of(item)
            if form is ItemForm.SINGLE:
                assert seen(one.answer_text) == squeezed(
                    next(a.text for a in item.answers if a.right)
                )
            elif form is ItemForm.MULTIPLE:
                right = [squeezed(a.text) for a in item.answers if a.right]
                assert [seen(text) for text in one.answers_list] == right
            elif form is ItemForm.MATCH:
                assert [seen(text) for text in one.prompts_list] == [
                    squeezed(p.left) for p in item.pairs
                ]
                assert [seen(text) for text in one.choices_list] == [
                    squeezed(p.right) for p in item.pairs
                ]
            else:
                assert [seen(text) for text in one.ordered_answers_list] == [
                    squeezed(s.text) for s in item.steps
                ]


# QTI


def test_a_qti_player_scores_every_item(quiz: Quiz, tmp_path: Path) -> None:
    """Citolab's converter takes the package to QTI 3, and its player in a browser scores right and wrong answers."""
    converter = module("qti_convert")
    needed(shutil.which("node") and (NODE / "node_modules" / "puppeteer").is_dir(), "puppeteer")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    needed(browser, "Chromium")
    (path,) = export(quiz, tmp_path / "quiz.zip", "qti")
    files = converter.upgrade_package(str(path), str(tmp_path / "three.zip")).files
    asked = []
    for item in quiz:
        xml = files[f"items/{item.id}.xml"]
        head = xml.partition("</qti-correct-response>")[0]
        values = re.findall(r"<qti-value>([^<]*)</qti-value>", head)
        single = item.form in {ItemForm.SINGLE, ItemForm.TRUE_FALSE}
        right: object = values[0] if single else values
        wrong: object = _wrong(item, values)
        asked.append({"id": item.id, "xml": xml, "right": right, "wrong": wrong})
    (tmp_path / "items.json").write_text(json.dumps(asked), encoding="utf-8")
    told = json.loads(ran("node", NODE / "qti.mjs", tmp_path / "items.json", str(browser)))

    assert told["errors"] == []
    for found, item in zip(told["found"], quiz, strict=True):
        best = sum(a.right for a in item.answers) if item.form is ItemForm.MULTIPLE else 1
        assert found["right"]["score"] == best, item.id
        assert found["wrong"]["score"] == 0, item.id
        assert found["right"]["said"] == "said"
        if item.answers:
            named = found["right"]["feedback"]
            places = [int(name[1:]) - 1 for name in ([named] if isinstance(named, str) else named)]
            assert [item.answers[place].right for place in places] == [True] * len(places)
        texts = [one.text for one in (*item.answers, *item.steps)]
        texts += [text for pair in item.pairs for text in (pair.left, pair.right)]
        assert sorted(map(squeezed, found["choices"])) == sorted(map(squeezed, texts))
        for text in (item.story, item.known, item.question):
            assert squeezed(text) in squeezed(found["body"])


def _wrong(item: Item, values: list[str]) -> object:
    """A wrong answer of the same form."""
    if item.form is ItemForm.ORDER:
        return values[::-1]
    if item.form is ItemForm.MATCH:
        lefts, rights = zip(*(value.split() for value in values), strict=True)
        return [
            f"{left} {right}" for left, right in zip(lefts, [*rights[1:], rights[0]], strict=True)
        ]
    wrong = [f"a{place}" for place, one in enumerate(item.answers, start=1) if not one.right]
    return [wrong[0]] if item.form is ItemForm.MULTIPLE else wrong[0]


# Jupyter


def test_jupyterquiz_shows_the_questions(
    quiz: Quiz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own function takes the file and hands every question and answer on to the browser."""
    shown = module("jupyterquiz.dynamic.display")
    some = fitting(quiz, "jupyterquiz")
    (path,) = export(some, tmp_path / "quiz.json", "jupyterquiz")
    displayed: list[str] = []
    monkeypatch.setattr(shown, "display", lambda one: displayed.append(str(one.data)))
    shown.display_quiz(str(path))
    told = "".join(displayed)

    for item in some:
        for answer in item.answers:
            words = re.findall(r"[a-z]{4,}", answer.feedback)
            assert all(word in told for word in words)


def test_nbgrader_takes_the_solutions_out_and_knows_every_cell(quiz: Quiz) -> None:
    """What `generate_assignment` does to a notebook, step by step; then nbgrader's own schema."""
    preprocessors = module("nbgrader.preprocessors")
    forms = module("nbgrader.nbgraderformat")
    text = files_of(quiz, "notebook")[".ipynb"].decode()
    notebooks = module("nbformat")
    book = notebooks.reads(text, as_version=4)
    for step in (preprocessors.ClearSolutions(), preprocessors.ClearHiddenTests()):
        book, _ = step.preprocess(book, {})
    told = notebooks.writes(book)
    again = forms.reads(told, as_version=4)

    assert sum(cell.metadata.nbgrader.grade for cell in again.cells) == len(quiz)
    assert told.count("raise NotImplementedError") == len(quiz)
    for item in quiz:
        for answer in item.answers:
            if answer.right and len(answer.feedback) > 60:
                assert answer.feedback[:60] not in told
