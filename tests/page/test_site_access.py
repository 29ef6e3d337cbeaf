"""The pages of the site, as a checker for accessibility sees them, in light and dark."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.test_site import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.interop, pytest.mark.slow]

PAGES = (
    "index",
    "tutorials/first-steps",
    "tutorials/first-lesson",
    "tutorials/first-pack",
    "notebooks/lecture",
    "how-to/make-a-quiz",
    "reference/api",
    "reference/command-line",
    "reference/rule-format",
    "reference/interventions",
    "reference/interventions/gabapentinoids",
    "reference/conditions/sciatica",
    "reference/sources/nice_ng59",
    "explanation/architecture",
)


@pytest.fixture(scope="module", name="html")
def _html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder / "html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_site(browser: "Browser", html: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    asked: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    context = browser.new_context(**asked)
    page = context.new_page()
    told = []
    for name in PAGES:
        page.goto((html / f"{name}.html").as_uri())
        found = axe.Axe().run(page)
        told += [f"{name}: {one['id']}" for one in found.response["violations"]]
    context.close()
    assert told == []
