"""Takes the picture of the explorer that the README shows: `python docs/_tools/screenshot.py`.

It needs Playwright and Chromium, as `make interop` installs them, and writes `docs/_static/explorer.png`.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from painrules.page import write_page

TARGET = Path(__file__).parents[1] / "_static" / "explorer.png"
STATE = "#type=chronic&condition=sciatica&age=45"
WIDTH, HEIGHT = 1040, 700


def take(target: Path) -> None:
    """Draws the page in a browser and keeps what is seen."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = write_page(Path(folder) / "explorer.html")
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(path.as_uri() + STATE)
        page.locator(".pr-option").first.wait_for()
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    take(TARGET)
