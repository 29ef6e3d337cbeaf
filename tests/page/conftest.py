"""Pages to look at, and a real browser to look with."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

import painrules
from painrules import Pack, load_pack
from painrules.page import to_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
CONFORMANCE = HERE.parent / "conformance" / "pack"
NASTY = (
    "</script><script>window.broken = 1</script>",
    "<img src=x onerror=window.broken=1>",
    "\"><svg onload='window.broken=1'>",
    "<!--<script>",
    "</title></style><iframe src=javascript:window.broken=1>",
    "javascript:window.broken=1",
    "{{constructor.constructor('window.broken=1')()}}",
    "${window.broken=1}`",
    "\\u003cscript\\u003e \\ \\\\",
    "__proto__",
    "עברית العربية 慢性疼痛 👩🏽\u200d⚕️ ß",
)


def missing(what: str) -> NoReturn:
    """Skips where somebody has not installed it; fails where it was promised."""
    if os.environ.get("PAINRULES_INTEROP"):
        pytest.fail(f"{what} is missing: make interop should have installed it")
    pytest.skip(f"{what} is not installed; make interop installs it")


def hostile_pack() -> Pack:
    """A pack whose texts try to become markup, script or something in between."""
    pack = load_pack(CONFORMANCE)
    plain = pack.model_dump(mode="json", by_alias=True)
    number = 0
    for table, fields in {
        "interventions": ("label", "summary", "how_it_may_help"),
        "conditions": ("label", "summary"),
        "factors": ("label", "question"),
        "positions": ("because",),
        "cautions": ("because",),
        "sources": ("title",),
        "categories": ("label",),
    }.items():
        for entry in plain[table].values():
            for field in fields:
                entry[field] = NASTY[number % len(NASTY)]
                number += 1
            if "synonyms" in entry:
                entry["synonyms"] = [NASTY[number % len(NASTY)]]
    plain["header"]["title"] = NASTY[0]
    plain["header"]["notice"] = NASTY[1]
    return Pack.model_validate(plain)


@pytest.fixture(scope="session", name="pages")
def _pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "core": to_page(),
        "conformance": to_page(load_pack(CONFORMANCE)),
        "hostile": to_page(hostile_pack()),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="session", name="browser")
def _browser() -> "Iterator[Browser]":
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is wanted
    except ImportError:
        missing("playwright")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


Opener = Callable[..., "Page"]


@pytest.fixture(name="open_page")
def _open_page(browser: "Browser", pages: dict[str, Path]) -> Iterator[Opener]:
    """Opens a page; at the end nothing was requested, and nothing went wrong in it."""
    told: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(name: str = "core", fragment: str = "", **options: object) -> "Page":
        context = browser.new_context(
            **cast("Any", {"viewport": {"width": 1200, "height": 900}, **options})
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(pages[name].as_uri() + fragment)
        page.wait_for_selector(".pr-output > *")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert told == []
    assert {url.split("#")[0] for url in asked} <= {path.as_uri() for path in pages.values()}


@pytest.fixture(scope="session", name="core")
def _core() -> painrules.Explorer:
    return painrules.Explorer()
