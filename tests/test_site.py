"""The built site: no warning, no dead link, every public name in it, and a page for every entry of the pack."""

import importlib
import os
import pkgutil
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from filelock import FileLock
from sphinx.util.inventory import InventoryFile

import painrules

ROOT = Path(__file__).parents[1]
INNER = {"cli", "explain", "explore", "frames", "model", "packs", "render", "resolve"}
"""Subpackages that are not public; whatever else has an `__all__` is."""
PUBLIC = sorted(
    f"painrules.{one.name}"
    for one in pkgutil.iter_modules(painrules.__path__)
    if one.ispkg and one.name not in INNER
)


class Links(HTMLParser):
    """What a page points to, and what in it can be pointed to."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.targets: set[str] = set()
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            elif name in {"href", "src"} and value and tag != "base":
                self.targets.add(value)


@pytest.fixture(scope="session", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once, though the tests run in several processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            build(folder)
    log = (folder / "log").read_text(encoding="utf-8")
    assert not log, log
    return folder / "html"


def build(folder: Path) -> None:
    """Makes the site, and a log that is empty if nothing was wrong."""
    command = [sys.executable, "-m", "sphinx", "-E", "-n", "-W", "-q", "-b", "html"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "-d", str(folder / "state"), "docs", str(folder / "html")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    log = f"{done.returncode}\n{done.stderr}" if done.returncode else ""
    (folder / "log").write_text(log, encoding="utf-8")


def dead(site: Path) -> Iterator[str]:
    """Links within the site that lead nowhere."""
    pages = {
        page: Links(page.read_text(encoding="utf-8"))
        for page in site.rglob("*.html")
        if page.name != "explorer.html"
    }
    for page, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            meant = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            place = unquote(parts.fragment)
            if not meant.is_file():
                yield f"{page.relative_to(site)}: {target}"
            elif place and meant in pages and place not in pages[meant].places:
                yield f"{page.relative_to(site)}: {target}, which has no such place"


@pytest.mark.slow
def test_no_link_within_the_site_is_dead(site: Path) -> None:
    """Sphinx looks at what it resolves itself; pages made from the pack and raw HTML it takes as they are."""
    assert sorted(dead(site)) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["interventions", "conditions", "sources"])
def test_every_entry_has_a_page_that_the_lists_and_the_search_know(site: Path, kind: str) -> None:
    names = set(getattr(painrules.core_pack(), kind))
    assert {page.stem for page in (site / "reference" / kind).iterdir()} == names
    listed = Links((site / "reference" / f"{kind}.html").read_text(encoding="utf-8")).targets
    assert {f"../reference/{kind}/{name}.html" for name in names} <= listed
    known = (site / "searchindex.js").read_text(encoding="utf-8")
    assert [name for name in names if f'"reference/{kind}/{name}"' not in known] == []


@pytest.mark.slow
def test_every_rule_stands_on_the_page_of_its_source(site: Path) -> None:
    pack = painrules.core_pack()
    places = {
        name: Links((site / f"reference/sources/{name}.html").read_text(encoding="utf-8")).places
        for name in pack.sources
    }
    assert [rule.id for rule in pack.rules if rule.id not in places[rule.source]] == []


@pytest.mark.slow
def test_the_first_page_leads_on_and_shows_the_explorer(site: Path) -> None:
    """In two clicks: how to call it, how to teach with it, how to write a rule, what a source said of an option."""
    text = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<iframe[^>]+src="explorer\.html#[^"]+"[^>]+loading="lazy"[^>]+title="', text)
    assert (site / "explorer.html").stat().st_size > 100_000
    main = Links(text.partition("<article")[2]).targets
    wanted = {
        "tutorials/first-steps.html",
        "how-to/make-a-page.html",
        "tutorials/first-pack.html",
        "reference/names.html",
        "reference/sources.html",
    }
    assert wanted <= main


@pytest.mark.slow
@pytest.mark.parametrize("module", ["painrules", *PUBLIC])
def test_every_public_name_can_be_looked_up(site: Path, module: str) -> None:
    """What a public module lists is in the reference, under that name."""
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    known = {
        name for kind, names in inventory.data.items() if kind.startswith("py:") for name in names
    }
    public = importlib.import_module(module).__all__
    assert [name for name in public if f"{module}.{name}" not in known] == []


def test_the_picture_of_the_rooms_is_that_of_the_layers() -> None:
    """After a change of layers: `python docs/_tools/architecture.py`."""
    drawn = runpy.run_path(str(ROOT / "docs" / "_tools" / "architecture.py"))["picture"]()
    assert (ROOT / "docs" / "_static" / "architecture.svg").read_text(encoding="utf-8") == drawn
