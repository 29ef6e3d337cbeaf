"""Packs that lie in an archive, or on a system that opens no file by its name within a folder: the same answers."""

import os
import shutil
import zipfile
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from painrules import Pack, RulePackError, load_pack
from painrules.packs import read
from painrules.packs.load import load_folder

HERE = Path(__file__).parent
BASE = HERE / "base"
FEW = ("condition_misspelt", "not_utf8", "key_twice_in_a_rule", "file_that_is_a_list")

Load = Callable[[Path], Pack]


def from_archive(folder: Path) -> Pack:
    """A pack as it is loaded from a ZIP archive."""
    packed = shutil.make_archive(str(folder), "zip", folder.parent, folder.name)
    inside = zipfile.Path(packed, f"{folder.name}/")
    assert isinstance(inside, Traversable)
    return load_folder(inside, folder.name)


def from_folder(folder: Path) -> Pack:
    """A pack as it is loaded where folders cannot be kept open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "OPENS_WITHIN", False)
        return load_pack(folder)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A copy of a pack without a problem, with some files further down and some that are no part of it."""
    folder = tmp_path / "draft"
    shutil.copytree(BASE, folder)
    (folder / "rules").mkdir()
    (folder / "rules.yaml").rename(folder / "rules" / "all.yml")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.yaml").write_text("no: pack", encoding="utf-8")
    (folder / ".hidden.yaml").write_text("no: pack", encoding="utf-8")
    (folder / "README.md").write_text("no: pack", encoding="utf-8")
    return folder


def message_of(load: Load, folder: Path) -> str:
    with pytest.raises(RulePackError) as caught:
        load(folder)
    return str(caught.value)


@pytest.mark.parametrize("load", [from_archive, from_folder])
def test_a_pack_is_the_same_wherever_it_lies(load: Load, folder: Path) -> None:
    """Whoever ships rules with a program does so in an archive."""
    assert load(folder).digest == load_pack(folder).digest == load_pack(BASE).digest


@pytest.mark.parametrize("load", [from_archive, from_folder])
@pytest.mark.parametrize("name", FEW)
def test_what_is_wrong_is_told_in_the_same_words(load: Load, name: str, folder: Path) -> None:
    """With the same places."""
    shutil.copytree(HERE / "malformed" / name, folder, dirs_exist_ok=True)
    expected = (folder / "expected.txt").read_text(encoding="utf-8")

    assert message_of(load, folder) + "\n" == expected


@pytest.mark.parametrize("load", [from_archive, from_folder, load_pack])
def test_depth_and_number_are_bounded(
    load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as are allowed are read, one more is refused."""
    assert load(deep(folder, read.MAX_LEVELS)).digest == load_pack(BASE).digest
    inner = "/".join(["draft", *["deep"] * (read.MAX_LEVELS + 1)])
    assert message_of(load, deep(folder, read.MAX_LEVELS + 1)) == (
        f"rule pack 'draft' has 1 problem\n{inner}: folders are nested more than 12 deep"
    )
    monkeypatch.setattr(read, "MAX_FILES", 3)
    shutil.rmtree(folder / "deep")
    assert load(folder).digest == load_pack(BASE).digest
    (folder / "more.yaml").touch()
    assert message_of(load, folder) == (
        "rule pack 'draft' has 1 problem\ndraft: the pack has more than 3 files"
    )


def deep(folder: Path, levels: int) -> Path:
    """A pack with so many folders in each other, and nothing but an empty file in the last."""
    inner = folder.joinpath(*["deep"] * levels)
    inner.mkdir(parents=True, exist_ok=True)
    for file in folder.rglob("empty.txt"):
        file.unlink()
    (inner / "empty.txt").touch()
    return folder


def test_links_and_what_is_no_file_are_told_there_too(folder: Path) -> None:
    """A pack must not read what lies outside of it, nor wait for what never ends."""
    (folder / "file.yaml").symlink_to(BASE / "rules.yaml")
    (folder / "inner").symlink_to(BASE)
    (folder / "other").symlink_to(BASE / "rules.yaml")
    os.mkfifo(folder / "pipe.yaml")
    os.mkfifo(folder / "pipe")
    hint = "    hint: put the file itself into the pack"

    assert message_of(from_folder, folder).split("\n") == [
        "rule pack 'draft' has 3 problems",
        "draft/file.yaml: links are not followed",
        hint,
        "draft/inner: links are not followed",
        hint,
        "draft/pipe.yaml: is not a file",
    ]


@pytest.mark.parametrize("load", [from_folder, load_pack])
def test_a_folder_that_cannot_be_read_is_told(
    load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says of it, in one line."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    monkeypatch.setattr(os, "scandir", refuse)

    assert message_of(load, folder) == (
        "rule pack 'draft' has 1 problem\ndraft: cannot be read: Permission denied"
    )


def test_a_folder_with_too_many_entries_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever they are: somebody named a folder that is no pack."""
    monkeypatch.setattr(read, "MAX_ENTRIES", len(list(folder.iterdir())))
    assert load_pack(folder).id == "draft"
    (folder / "one more").touch()

    assert message_of(load_pack, folder) == (
        "rule pack 'draft' has 1 problem\ndraft: the folder has more than 6 entries"
    )


def refusing(opens: Callable[..., object]) -> Callable[..., object]:
    """A way to open files that refuses one of them."""

    def refuse(name: object, *rest: object, **more: object) -> object:
        if str(name).endswith("words.yaml"):
            raise PermissionError(13, "Permission denied")
        return opens(name, *rest, **more)

    return refuse


@pytest.mark.parametrize("load", [from_folder, load_pack])
def test_a_file_that_cannot_be_read_hides_no_other(
    load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that can be read is looked at, but nothing is said to be unknown that may stand in what cannot."""
    (folder / "zzz.yaml").write_text("recipes: []\n", encoding="utf-8")
    for owner in (os, Path):
        monkeypatch.setattr(owner, "open", refusing(owner.open))
    found = message_of(load, folder).split("\n")

    assert found[0] == "rule pack 'draft' has 2 problems"
    assert found[1] == "draft/words.yaml: cannot be read: Permission denied"
    assert found[2] == "draft/zzz.yaml:1:1: 'recipes' is not a list that a pack can have"
