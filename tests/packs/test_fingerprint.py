"""The fingerprint of the core pack: whatever its compiled form is made from, and nothing else, changes it."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from painrules.packs import fingerprint
from painrules.packs.fingerprint import CODE, digest_of

BASE = Path(__file__).parent / "base"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "core"
    shutil.copytree(BASE, folder)
    (folder / "inner").mkdir()
    (folder / "inner" / "more.yaml").write_text("goals: []\n", encoding="utf-8")
    return folder


def archived(folder: Path) -> zipfile.Path:
    """The same folder in an archive."""
    packed = shutil.make_archive(str(folder), "zip", folder.parent, folder.name)
    return zipfile.Path(packed, f"{folder.name}/")


MATTERS: dict[str, Callable[[Path], object]] = {
    "a word": lambda folder: (folder / "inner" / "more.yaml").write_text("goals: [ ]\n"),
    "a name": lambda folder: (folder / "rules.yaml").rename(folder / "rule.yaml"),
    "a file that moves": lambda folder: (folder / "rules.yaml").rename(folder / "inner" / "a.yaml"),
    "a file more": lambda folder: (folder / "empty.yaml").touch(),
    "a file less": lambda folder: (folder / "inner" / "more.yaml").unlink(),
    "the end of one file in the next": lambda folder: (
        (folder / "rules.yaml").write_bytes((BASE / "rules.yaml").read_bytes()[:-1]),
        (folder / "words.yaml").write_bytes(b"\n" + (BASE / "words.yaml").read_bytes()),
    ),
}
SAME: dict[str, Callable[[Path], object]] = {
    "dates": lambda folder: os.utime(folder / "rules.yaml", (10**9, 10**9)),
    "hidden files": lambda folder: (folder / ".rules.yaml.swp").touch(),
    "what Python compiled": lambda folder: (folder / "inner" / "more.pyc").touch(),
    "a folder of what Python compiled": lambda folder: shutil.copytree(
        folder / "inner", folder / "__pycache__"
    ),
}


@pytest.mark.parametrize("what", MATTERS)
def test_whatever_is_read_changes_it(what: str, folder: Path) -> None:
    """Rules that were compiled before a change would be the rules of yesterday."""
    before = digest_of([folder])

    MATTERS[what](folder)

    assert digest_of([folder]) != before


@pytest.mark.parametrize("what", SAME)
def test_what_is_not_read_changes_nothing(what: str, folder: Path) -> None:
    """Else the rules would be compiled anew for no reason."""
    before = digest_of([folder])

    SAME[what](folder)

    assert digest_of([folder]) == digest_of([archived(folder)]) == before


def test_it_is_the_same_in_an_archive(folder: Path) -> None:
    """A program that is shipped as one file has the compiled form with it."""
    assert digest_of([archived(folder)]) == digest_of([folder])


def test_the_order_in_which_files_are_listed_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines list a folder in two orders."""
    before = digest_of([folder])
    listed = os.scandir

    class Backwards:
        def __init__(self, place: str) -> None:
            with listed(place) as found:
                self._items = [*found][::-1]

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self._items)

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(os, "scandir", Backwards)

    assert digest_of([folder]) == before


def test_places_are_told_apart(folder: Path) -> None:
    """A file that goes from the code to the rules is another file."""
    one, other = folder / "inner", folder.parent / "empty"
    other.mkdir()

    assert digest_of([one, other]) != digest_of([other, one])
    assert digest_of([folder / "rules.yaml"]) != digest_of([folder / "words.yaml"])


def test_a_name_that_no_letters_spell_is_a_name(folder: Path) -> None:
    """Else a stray file would break the start of every program."""
    before = digest_of([folder])
    Path(os.fsdecode(bytes(folder) + b"/bad\xff.yaml")).touch()

    assert digest_of([folder]) != before


def test_a_link_is_not_followed(folder: Path) -> None:
    """What it leads to is no part of what ships."""
    (folder / "link.yaml").symlink_to(folder / "rules.yaml")
    before = digest_of([folder])
    (folder / "link.yaml").unlink()
    (folder / "link.yaml").symlink_to(folder / "words.yaml")

    assert digest_of([folder]) == before


def test_what_cannot_be_read_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So nothing is compiled, and nothing that was compiled is believed."""
    monkeypatch.setattr(fingerprint, "core_folder", lambda: tmp_path / "nowhere")
    fingerprint.fingerprint.cache_clear()
    try:
        assert fingerprint.fingerprint() is None
    finally:
        fingerprint.fingerprint.cache_clear()


def test_every_part_that_gives_the_compiled_form_its_meaning_counts(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    """A library that reads the same file otherwise must not believe it."""
    library = tmp_path / "library"
    for part in CODE:
        place = library / part
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.suffix:
            place.write_text("x = 1\n", encoding="utf-8")
        else:
            place.mkdir()
            (place / "one.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "files", lambda name: {"painrules": library}[name])
    monkeypatch.setattr(fingerprint, "core_folder", lambda: folder)
    found = set()
    for changed in [None, folder / "rules.yaml", *library.rglob("*.py")]:
        before = changed.read_bytes() if changed else b""
        if changed:
            changed.write_bytes(before + b"#")
        fingerprint.fingerprint.cache_clear()
        found.add(fingerprint.fingerprint())
        if changed:
            changed.write_bytes(before)
    fingerprint.fingerprint.cache_clear()

    assert len(found - {None}) == 2 + len(CODE)
