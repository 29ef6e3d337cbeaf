"""Malformed packs, each wrong in one way, and the whole message that each must produce.

`base/` is a small pack without a problem. Each folder in `malformed/` holds the files that are laid over it, and the
message. With PAINRULES_REGENERATE=1 the messages are written anew: read the difference before it is kept.
"""

import os
import shutil
from pathlib import Path

import pytest

from painrules import Pack, RulePackError, load_pack

HERE = Path(__file__).parent
BASE = HERE / "base"
MALFORMED = sorted(folder for folder in (HERE / "malformed").iterdir() if folder.is_dir())
REGENERATE = os.environ.get("PAINRULES_REGENERATE") == "1"
FEWEST = 140


def laid_over_base(folder: Path, into: Path) -> Path:
    """The base pack with the files of a folder laid over it."""
    target = into / "draft"
    shutil.copytree(BASE, target)
    shutil.copytree(folder, target, dirs_exist_ok=True)
    (target / "expected.txt").unlink(missing_ok=True)
    return target


def message_of(folder: Path, on: Pack | None = None) -> str:
    """The message with which loading a pack fails."""
    with pytest.raises(RulePackError) as caught:
        load_pack(folder, on=on)
    return str(caught.value)


def test_the_base_of_the_malformed_packs_has_no_problem() -> None:
    """Otherwise the messages below would be about something else."""
    assert load_pack(BASE).id == "draft"


def test_no_malformed_pack_went_astray() -> None:
    """A fixture that is lost would take its check with it, and nobody would see it go."""
    assert len(MALFORMED) >= FEWEST


@pytest.mark.parametrize("folder", MALFORMED, ids=lambda folder: folder.name)
def test_a_malformed_pack_is_told_what_is_wrong_and_where(folder: Path, tmp_path: Path) -> None:
    """An author who is not a programmer mends a pack from the message alone: so all of it is pinned down."""
    found = message_of(laid_over_base(folder, tmp_path)) + "\n"

    expected = folder / "expected.txt"
    if REGENERATE:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", MALFORMED, ids=lambda folder: folder.name)
def test_a_malformed_pack_names_a_place_that_there_is(folder: Path, tmp_path: Path) -> None:
    """Editors jump to file, line and column: a place outside of the file helps nobody."""
    pack = laid_over_base(folder, tmp_path)

    with pytest.raises(RulePackError) as caught:
        load_pack(pack)

    for problem in caught.value.problems:
        file, line, column = problem.where.rsplit(":", 2)
        text = (tmp_path / file).read_bytes().decode("utf-8", "replace")
        lines = [*text.split("\n"), ""]
        assert int(line) <= len(lines), problem
        assert int(column) <= len(lines[int(line) - 1]) + 1, problem


def test_a_pack_without_its_header_file_is_told_which_file_is_missing(tmp_path: Path) -> None:
    """Somebody who points at the wrong folder learns what a pack is."""
    folder = tmp_path / "draft"
    shutil.copytree(BASE, folder)
    (folder / "pack.yaml").unlink()

    assert message_of(folder) == (
        "rule pack 'draft' has 1 problem\n"
        "draft/pack.yaml: this file is missing\n"
        "    hint: it says id, title, version and date of the pack"
    )


def test_a_folder_that_is_not_there_is_told_so() -> None:
    """The path is shown as it was written."""
    assert message_of(Path("no/such/folder")) == (
        "rule pack 'folder' has 1 problem\n"
        "no/such/folder: there is no such folder\n"
        "    hint: name the folder that holds pack.yaml"
    )


def test_too_many_generations_are_told(tmp_path: Path) -> None:
    """Classes of classes of classes cost time and memory; nobody needs more than a few."""
    folder = tmp_path / "draft"
    shutil.copytree(BASE, folder)
    entries = ["conditions:", "  - {id: c00, label: C00}"] + [
        f"  - {{id: c{n:02}, label: C{n:02}, is_a: c{n - 1:02}}}" for n in range(1, 33)
    ]
    (folder / "draft.yaml").write_text("\n".join(entries), encoding="utf-8")

    assert message_of(folder) == (
        "rule pack 'draft' has 1 problem\n"
        "draft/draft.yaml:33:33: condition 'c31', is_a: more than 30 generations stand above it"
    )
