"""Packs that mean harm: huge, deep, endless, leading elsewhere, full of code. All are met in bounded time."""

import os
import shutil
import socket
import tracemalloc
from pathlib import Path

import pytest

from painrules import Explorer, RulePackError, Status, load_pack

BASE = Path(__file__).parents[1] / "packs" / "base"
pytestmark = pytest.mark.usefixtures("bounded")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A copy of a pack without a problem."""
    shutil.copytree(BASE, tmp_path / "draft")
    return tmp_path / "draft"


def message_of(folder: Path) -> str:
    with pytest.raises(RulePackError) as caught:
        load_pack(folder)
    return str(caught.value)


def test_a_file_of_fifty_megabytes_is_refused_unread(folder: Path) -> None:
    """Only as much is read as shows that it is too much."""
    with (folder / "huge.yaml").open("wb") as stream:
        stream.truncate(50_000_000)

    tracemalloc.start()
    found = message_of(folder)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == (
        "rule pack 'draft' has 1 problem\n"
        "draft/huge.yaml:1:1: the file is larger than 4,000,000 bytes\n"
        "    hint: split it"
    )
    assert most < 20_000_000


@pytest.mark.parametrize(
    "text",
    [
        b"goals: " + b"[" * 10_000 + b"]" * 10_000,
        b"goals: " + b"{a: " * 10_000 + b"}" * 10_000,
        b"- " * 10_000 + b"a",
        b"\n".join(b" " * depth + b"a:" for depth in range(2_500)),
    ],
    ids=["lists", "mappings", "dashes", "indents"],
)
def test_nesting_without_end_is_refused(folder: Path, text: bytes) -> None:
    """A reader that calls itself for each level would fall off its stack."""
    (folder / "deep.yaml").write_bytes(text)

    assert "nested more than 20 deep\n    hint: flatten it" in message_of(folder)


@pytest.mark.parametrize(
    "text",
    [
        b"{" * 3_900_000,
        b"?" * 3_900_000,
        b"a: '" + b"x" * 3_900_000 + b"'",
        b"x" * 3_900_000 + b": 1",
        b"a: !" + b"x" * 3_900_000 + b" b",
        b"a: &" + b"x" * 3_900_000 + b" b",
        b"a: " + b"9" * 3_900_000,
        b"goals: [" + b"{}, " * 100_000 + b"]",
        b"goals:\n" + b"- {id: a, label: a}\n" * 20_000,
        b"\n".join(b"k%d: []" % number for number in range(50_000)),
        b"positions:\n- {" + b", ".join(b"k%d: 1" % number for number in range(50_000)) + b"}",
    ],
    ids=[
        "braces",
        "question marks",
        "a long text",
        "a long key",
        "a long tag",
        "a long anchor",
        "a long number",
        "many empty entries",
        "one entry many times",
        "many lists",
        "many fields",
    ],
)
def test_what_is_large_in_any_other_way_is_refused(folder: Path, text: bytes) -> None:
    """The message stays readable whatever the size of what it is about."""
    (folder / "large.yaml").write_bytes(text)

    found = message_of(folder)

    assert found.startswith("rule pack 'draft' has ")
    assert len(found) < 200 * 1_000


def test_thousands_of_files_are_refused(folder: Path) -> None:
    """A folder that is not a pack at all, such as a home folder, is given up early."""
    for number in range(2_100):
        (folder / f"f{number:04}.yaml").touch()

    assert message_of(folder) == (
        "rule pack 'draft' has 1 problem\ndraft: the pack has more than 2,000 files"
    )


def test_files_that_are_too_large_together_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many files, each just small enough, would add up."""
    monkeypatch.setattr("painrules.packs.read.MAX_TOTAL", 10_000)
    for number in range(5):
        (folder / f"f{number}.yaml").write_bytes(b"#" * 4_000)

    assert message_of(folder) == (
        "rule pack 'draft' has 1 problem\n"
        "draft: the files of the pack have more than 10,000 bytes together\n"
        "    hint: split the pack"
    )


def test_values_that_are_too_many_together_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small files can hold very many values, each of which takes memory."""
    monkeypatch.setattr("painrules.packs.gather.MAX_VALUES", 100)

    assert message_of(folder) == (
        "rule pack 'draft' has 1 problem\n"
        "draft: the files of the pack have more than 100 values together\n"
        "    hint: split the pack"
    )


def test_folders_without_end_are_refused(folder: Path) -> None:
    """Folders in folders, as a broken backup leaves them."""
    deep = folder
    for _ in range(40):
        deep = deep / "deep"
    deep.mkdir(parents=True)
    (deep / "more.yaml").write_text("goals: []", encoding="utf-8")

    assert message_of(folder).endswith(": folders are nested more than 12 deep")


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """A pack from elsewhere must not read what lies outside of it, nor go round in circles."""
    (tmp_path / "secret.yaml").write_text("goals: [{id: secret, label: 12}]", encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yaml").write_text("secret: 1", encoding="utf-8")
    (folder / "file.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (folder / "itself.yaml").symlink_to(folder / "itself.yaml")
    (folder / "round").symlink_to(folder)
    (folder / "passwords").symlink_to("/etc/passwd")

    found = message_of(folder)

    hint = "    hint: put the file itself into the pack"
    assert found.split("\n") == [
        "rule pack 'draft' has 5 problems",
        *[
            line
            for name in ("file.yaml", "folder", "gone.yaml", "itself.yaml", "round")
            for line in (f"draft/{name}: links are not followed", hint)
        ],
    ]


def test_a_pack_may_be_reached_through_a_link(folder: Path, tmp_path: Path) -> None:
    """Which folder to load is the user's choice, and a link to it is as good as its name."""
    (tmp_path / "link").symlink_to(folder)

    assert load_pack(tmp_path / "link").digest == load_pack(folder).digest


def test_what_is_no_file_is_not_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe has no end, and opening one waits for a writer that never comes."""
    os.mkfifo(folder / "pipe.yaml")
    listening = socket.socket(socket.AF_UNIX)
    monkeypatch.chdir(folder)  # the path of a socket must be short
    listening.bind("socket.yaml")
    listening.close()

    assert message_of(folder) == (
        "rule pack 'draft' has 2 problems\n"
        "draft/pipe.yaml: is not a file\n"
        "draft/socket.yaml: is not a file"
    )


def test_what_is_hidden_or_not_yaml_is_left_alone(folder: Path) -> None:
    """Editors, version control and readers keep their own files beside the rules."""
    before = load_pack(folder).digest
    (folder / ".draft.yaml.swp").write_bytes(b"\x00")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.yaml").write_text("no: pack", encoding="utf-8")
    (folder / "README.md").write_text("# Read me", encoding="utf-8")
    (folder / "notes.yaml.txt").write_text("notes", encoding="utf-8")

    assert load_pack(folder).digest == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"bad\x1b[2J.yaml", r"bad\x1b[2J.yaml"),
        (b"bad\nrule pack.yaml", r"bad\nrule pack.yaml"),
        (b"bad\xff.yaml", r"bad\udcff.yaml"),
        ("bad\u202egnp.yaml".encode(), r"bad\u202egnp.yaml"),
        ("süß 痛.yaml".encode(), "süß 痛.yaml"),
    ],
)
def test_the_name_of_a_file_is_shown_harmlessly(folder: Path, name: bytes, told: str) -> None:
    """A name can hold what a terminal obeys, or what cannot be printed at all."""
    Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text("recipes: []", encoding="utf-8")

    first = message_of(folder).split("\n")[1]

    assert first == f"draft/{told}:1:1: 'recipes' is not a list that a pack can have"


def test_the_name_of_a_folder_is_shown_harmlessly(tmp_path: Path) -> None:
    """The name of the pack's folder stands in every line of the message."""
    folder = tmp_path / "a\x1b[2J\nb"
    folder.mkdir()

    assert message_of(folder).split("\n")[:2] == [
        r"rule pack 'a\x1b[2J\nb' has 1 problem",
        r"a\x1b[2J\nb/pack.yaml: this file is missing",
    ]


def test_code_in_a_pack_is_text(folder: Path, tmp_path: Path) -> None:
    """Nothing that stands in a pack is ever run, formatted or looked up."""
    target = tmp_path / "made"
    code = (
        f"__import__('pathlib').Path('{target}').touch()",
        "{0.__class__.__mro__}",
        "{self.pack}",
        "%(secret)s %n",
        "${HOME} $(id) `id`",
        "{{ 7 * 7 }}",
    )
    rules = "\n".join(
        f"  - {{id: rule_{number}, source: alpha, option: exercise, stance: supports,"
        f' when: {{severity: {{min: {number}}}}}, because: "{text}"}}'
        for number, text in enumerate(code)
    )
    (folder / "code.yaml").write_text(f"positions:\n{rules}\n", encoding="utf-8")

    result = Explorer(load_pack(folder)).explore("chronic", severity=9)

    said = result["exercise"].positions + result["exercise"].also_said
    told = {position.because for position in said}
    assert [text for text in code if text not in told] == []
    shown = str(result.why("exercise")) + result.to_json() + result.to_html() + result.to_markdown()
    assert code[1] in shown
    assert not target.exists()


@pytest.mark.parametrize(
    "when",
    [
        "{{age_years: {{min: {low:.2f}, max: {high:.2f}}}}}",
        "{{condition: narrow_{number}}}",
        "{{age_years: {{min: {low:.2f}}}, severity: {{max: {tenth:.4f}}}}}",
    ],
    ids=["spans within spans", "conditions within conditions", "two numbers"],
)
def test_thousands_of_positions_of_one_source_on_one_option_are_weighed(
    when: str, folder: Path
) -> None:
    """Comparing each with each would take minutes: as many pairs as the square of them."""
    many = 5_900
    told = (
        f"  - {{{{id: position_{{number}}, option: exercise, stance: {{stance}}, when: {when}, "
        "because: The guideline says so.}}\n"
    )
    rules = [
        told.format(
            number=number,
            low=number / 100,
            high=120 - number / 100,
            tenth=10 - number / 1000,
            stance="supports" if number % 2 else "opposes",
        )
        for number in range(many)
    ]
    (folder / "many.yaml").write_text(f"source: beta\npositions:\n{''.join(rules)}")
    above = {number: f", is_a: narrow_{number // 2}" if number else "" for number in range(many)}
    words = folder / "words.yaml"
    words.write_text(
        words.read_text().replace(
            "conditions:\n",
            "conditions:\n"
            + "".join(
                f"  - {{id: narrow_{number}, label: Narrow {number}{above[number]}}}\n"
                for number in range(1, many)
            )
            + "  - {id: narrow_0, label: Narrow 0}\n",
        )
    )

    found = Explorer(load_pack(folder)).explore("chronic", age=30, severity=5).why("exercise")

    assert found.status is not Status.NOT_MENTIONED
