"""The pages: complete, linked, in step with the files that they show, and naming no machine."""

import re
from enum import Enum
from pathlib import Path

import pytest

import painrules
from painrules import explain, vocab
from painrules.cli.commands import cli
from painrules.model import result
from painrules.model.base import Frozen
from painrules.packs import SECTIONS
from painrules.testing import laws

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    page
    for folder in (ROOT, DOCS, ROOT / "rules", ROOT / "examples")
    for page in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
    if "_build" not in page.parts
)
REGISTRIES = (
    ("py" + "pi", "org"),
    ("py" + "thonhosted", "org"),
    ("ana" + "conda", "org"),
    ("np" + "mjs", "org"),
    ("crates", "io"),
)
"""Hosts, in parts, so that this file names none either."""


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", painrules.__all__)
def test_every_public_name_stands_in_the_reference(name: str) -> None:
    """What can be imported can be looked up."""
    kind = r"auto(?:function|class|exception)"

    assert re.search(rf"^\.\. {kind}:: {name}\b", text_of("reference/api.md"), re.MULTILINE)


RECORDS = {
    name: one
    for module in (result, explain)
    for name, one in vars(module).items()
    if isinstance(one, type) and issubclass(one, Frozen) and one is not Frozen
}


@pytest.mark.parametrize("record", sorted(RECORDS))
def test_every_record_of_a_result_stands_in_the_reference(record: str) -> None:
    """Whoever reads stored results finds every field."""
    shown = re.findall(
        r"\{record-fields\} \S+\.(\w+)$", text_of("reference/results.md"), re.MULTILINE
    )

    assert record in shown


@pytest.mark.parametrize("name", SECTIONS)
def test_every_list_of_a_pack_stands_in_the_rule_format(name: str) -> None:
    """Whoever writes rules finds every kind of entry; some have only the fields that all have."""
    model = SECTIONS[name].model
    shown = re.findall(
        r"\{record-fields\} (\S+)$", text_of("reference/rule-format.md"), re.MULTILINE
    )
    full = f"{model.__module__}.{model.__name__}"

    assert full in shown or not model.__annotations__


@pytest.mark.parametrize(
    "words",
    [
        one
        for one in vars(vocab).values()
        if isinstance(one, type) and issubclass(one, Enum) and one.__module__ == vocab.__name__
        if one is not vocab.Truth
    ],
    ids=lambda one: one.__name__,
)
def test_every_closed_word_is_explained(words: type[Enum]) -> None:
    """A word in a result has a meaning that can be looked up."""
    section = re.search(
        rf"^### {words.__name__}$(.*?)(?=^##|\Z)",
        text_of("reference/vocabulary.md"),
        re.MULTILINE | re.DOTALL,
    )

    assert section
    assert set(re.findall(r"`(\w+)`", section[1])) >= {str(word.value) for word in words}


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_stands_in_the_reference(name: str) -> None:
    """What can be typed can be looked up."""
    assert f"{{command-help}} {name}\n" in text_of("reference/command-line.md")


@pytest.mark.parametrize(
    ("page", "pack"),
    [
        ("tutorials/first-pack.md", "first_pack"),
        ("how-to/load-your-own-pack.md", "on_core"),
        ("how-to/write-your-own-stories.md", "my_stories"),
    ],
)
def test_the_files_that_a_page_shows_are_those_of_the_example(page: str, pack: str) -> None:
    """Whoever types it in has what the page has."""
    shown = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)

    assert shown
    for name, content in shown:
        file = ROOT / "examples" / "packs" / pack / name
        assert content == file.read_text(encoding="utf-8"), name


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_names_no_package_registry(page: Path) -> None:
    """Where packages come from is the reader's own business."""
    text = page.read_text(encoding="utf-8").casefold()

    assert [host for parts in REGISTRIES if (host := ".".join(parts)) in text] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_link_to_a_file_leads_somewhere(page: Path) -> None:
    """Pages are read in the repository too, where nothing checks links."""
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    files = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in files if not (page.parent / link).exists()] == []


def test_a_fragment_of_the_changelog_has_a_known_kind() -> None:
    """A fragment of an unknown kind would be left out of the changelog silently."""
    kinds = {"rules", "added", "changed", "deprecated", "removed", "fixed"}
    names = [page.name for page in (DOCS / "changes").iterdir() if page.name != "README.md"]

    assert [name for name in names if name.split(".")[-2] not in kinds] == []


@pytest.mark.parametrize("name", [name for name in laws.__all__ if name.startswith("law_")])
def test_every_law_is_told(name: str) -> None:
    """Whoever meets the number of a law in a failure can read what it means."""
    number = int(name.split("_")[1])

    assert f"\n| {number} | " in text_of("explanation/laws.md")
