"""What was stored by this version or one before is read for ever; what a later one stored is refused with a sentence.

The files in `stored` are never made anew: a new form gets a new number and a file of its own beside the old one.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from painrules import PainrulesError, Result, RulePackError, load_pack
from painrules.graph import build_graph, to_cytoscape, to_node_link
from painrules.page.data import page_data
from painrules.teach import Quiz

HERE = Path(__file__).parent
PACK = HERE.parent / "conformance" / "pack"
QUIZ = HERE / "stored" / "quiz_1.json"


def test_stored_questions_come_back_whole() -> None:
    """A teacher keeps a set for years, and exports it again after an update."""
    text = QUIZ.read_text(encoding="utf-8")

    assert Quiz.from_json(text).to_json() + "\n" == text


def test_questions_of_before_there_was_a_number_come_back_too() -> None:
    """The first sets had none; they are of the first form."""
    plain = json.loads(QUIZ.read_text(encoding="utf-8"))
    assert plain.pop("schema_version") == "1"

    assert Quiz.from_json(json.dumps(plain)) == Quiz.from_json(QUIZ.read_bytes())


@pytest.mark.parametrize(
    ("read", "file", "told"),
    [
        (Result.from_json, HERE / "nothing.json", "a painrules result of schema version 1"),
        (Quiz.from_json, QUIZ, "a set of painrules questions"),
    ],
    ids=["result", "quiz"],
)
def test_what_a_later_version_stored_is_refused(
    read: Callable[[str], object], file: Path, told: str
) -> None:
    """Half understood is worse than not read: a field that is new may turn the meaning of an old one."""
    plain = {**json.loads(file.read_text(encoding="utf-8")), "schema_version": "2", "new": 1}

    with pytest.raises(PainrulesError) as caught:
        read(json.dumps(plain))

    assert str(caught.value) == (
        f"this is not {told}: schema_version: '2' must be '1'; "
        "another version of painrules wrote it: read it with that one, or make it anew"
    )


def test_a_pack_of_a_later_format_is_refused_and_one_of_this_format_is_the_same_pack(
    tmp_path: Path,
) -> None:
    """An author may say the format; left out it is the first."""
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    header = folder / "pack.yaml"
    text = header.read_text(encoding="utf-8")

    header.write_text(f"format: 1\n{text}", encoding="utf-8")
    assert load_pack(folder).digest == load_pack(PACK).digest

    header.write_text(f"format: 2\n{text}", encoding="utf-8")
    with pytest.raises(RulePackError) as caught:
        load_pack(folder)
    assert str(caught.value) == (
        "rule pack 'pack' has 1 problem\n"
        "pack/pack.yaml:1:9: the pack, format: 2 is not a format that this version reads: "
        "it reads 1, so install a later one"
    )


def test_exports_say_which_form_they_have() -> None:
    """A program that reads them knows whether it understands them."""
    pack = load_pack(PACK)
    graph = build_graph(pack)
    node_link = json.loads(to_node_link(graph))

    assert node_link["graph"]["schema_version"] == "1"
    assert json.loads(to_cytoscape(graph))["data"]["schema_version"] == "1"
    assert (page_data(pack)["form"], page_data(pack)["schema"]) == (1, "1")
