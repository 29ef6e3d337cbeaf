"""The page as a file: everything in it, nothing from elsewhere, and no text that could become something else."""

import gzip
import hashlib
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

import painrules
from painrules import Profile, load_pack
from painrules.cli.commands import cli
from painrules.page import page_data, to_page, write_page

CONFORMANCE = Path(__file__).parents[1] / "conformance" / "pack"
HostilePack = Callable[[], painrules.Pack]


class Parts(HTMLParser):
    """The elements of a page, with what stands in scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": [], "h1": []}
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.append((tag, dict(attrs)))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        """Text within it."""
        if self._within in self.texts:
            self.texts[self._within].append(data)


def parsed(text: str) -> Parts:
    found = Parts()
    found.feed(text)
    found.close()
    return found


def unpacked(text: str) -> object:
    """The pack that stands in a page."""
    return json.loads(gzip.decompress(b64decode(text)))


@pytest.fixture(scope="module", name="core_page")
def _core_page() -> str:
    return to_page()


def test_the_page_loads_nothing_and_allows_only_what_is_in_it(core_page: str) -> None:
    parts = parsed(core_page)
    assert not {"link", "img", "iframe", "object", "base"} & {tag for tag, _ in parts.tags}
    assert not [attrs for _, attrs in parts.tags if {"src", "href", "style"} & attrs.keys()]

    policy = next(a["content"] for t, a in parts.tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for content in (parts.texts["script"][-1], parts.texts["style"][0]):
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_core_page_is_small(core_page: str) -> None:
    assert len(core_page.encode()) < 1_500_000
    assert len(gzip.compress(core_page.encode())) < 500_000


def test_the_same_pack_gives_the_same_bytes(core_page: str) -> None:
    assert to_page() == core_page


def test_the_data_can_be_read_back(core_page: str) -> None:
    data, start = parsed(core_page).texts["script"][:2]
    assert unpacked(data) == json.loads(json.dumps(page_data(painrules.core_pack())))
    assert start == "null"


def test_what_the_page_begins_with_stands_in_it() -> None:
    pack = load_pack(CONFORMANCE)
    text = to_page(pack, Profile(pain_type="chronic"), {"jurisdictions": ["UK"]})
    start = json.loads(parsed(text).texts["script"][1])
    assert start == {"profile": {"pain_type": "chronic"}, "lens": {"jurisdictions": ["UK"]}}


def test_no_text_of_a_pack_becomes_markup() -> None:
    from tests.page.conftest import NASTY, hostile_pack  # noqa: PLC0415

    pack = hostile_pack()
    parts = parsed(to_page(pack))
    assert [tag for tag, _ in parts.tags].count("script") == 3
    assert not {"img", "svg", "iframe"} & {tag for tag, _ in parts.tags}
    assert "".join(parts.texts["title"]) == f"What sources say of options for pain: {NASTY[0]}"
    said = json.dumps(unpacked(parts.texts["script"][0]), ensure_ascii=False)
    assert all(json.dumps(text, ensure_ascii=False) in said for text in NASTY)


def test_the_command_writes_it_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "explorer.html"
    done = CliRunner().invoke(
        cli,
        ["page", "-c", "m79.7", "--jurisdiction", "uk", "-o", str(target)],
        catch_exceptions=False,
    )
    assert done.exit_code == 0
    assert re.search(r"explorer\.html: \d\.\d MB, works offline", done.stderr)
    assert done.stdout == ""
    start = json.loads(parsed(target.read_text(encoding="utf-8")).texts["script"][1])
    assert start == {"profile": {"conditions": ["fibromyalgia"]}, "lens": {"jurisdictions": ["UK"]}}

    with pytest.raises(OSError, match="directory"):
        write_page(tmp_path / "nowhere" / "x.html", load_pack(CONFORMANCE))
    assert sorted(tmp_path.iterdir()) == [target]


def test_the_command_writes_to_standard_output() -> None:
    done = CliRunner().invoke(cli, ["page", "--pack", str(CONFORMANCE)], catch_exceptions=False)
    assert done.stdout == to_page(load_pack(CONFORMANCE))


def test_the_built_parts_are_in_the_package() -> None:
    static = files("painrules.page") / "static"
    for name in ("page.js", "widget.js", "style.css"):
        text = (static / name).read_text(encoding="utf-8")
        assert len(text) > 1_000
        assert "</script" not in text.lower()
        assert "sourceMappingURL" not in text
