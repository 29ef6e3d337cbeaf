"""The widget where people meet it: in JupyterLab, in marimo, and on a page that was made from a notebook."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.page.conftest import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.interop, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SHOWN = ".painrules-explorer .pr-output > *"
SECOND = 1_000
CELLS = (
    "import painrules\nwidget = painrules.Explorer().widget()\nwidget",
    "print('KNOWN', widget.profile.to_dict(), widget.result.mode.value)",
    "widget.profile = painrules.Profile(pain_type='cancer', age_years=70)",
)
MARIMO = """
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import painrules

    explorer = mo.ui.anywidget(painrules.Explorer().widget())
    button = mo.ui.run_button(label="Set it")
    mo.vstack([button, explorer])
    return (button, explorer, mo, painrules)


@app.cell
def _(explorer, mo):
    mo.md(f"KNOWN {explorer.widget.profile.to_dict()} {explorer.widget.result.mode.value}")


@app.cell
def _(button, explorer, painrules):
    if button.value:
        explorer.widget.profile = painrules.Profile(pain_type="cancer", age_years=70)
"""


def write_notebook(path: Path, *cells: str) -> Path:
    plain = {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{place}",
                "metadata": {},
                "source": text,
                "execution_count": None,
                "outputs": [],
            }
            for place, text in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def environment(folder: Path) -> dict[str, str]:
    """Ours, with its settings in a folder of their own, and talking to nobody else."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    homes = {
        name: str(folder)
        for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    }
    return {**kept, **homes, "PYTHONPATH": str(ROOT)}


def needs(*modules: str) -> None:
    for module in modules:
        if find_spec(module) is None:
            missing(module)


@contextmanager
def serving(folder: Path, port: int, *command: str) -> Iterator[str]:
    """A server of this machine, for as long as it is wanted."""
    log = folder / "server.log"
    with log.open("w", encoding="utf-8") as written:
        server = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", *command],
            cwd=folder,
            env=environment(folder),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            for _ in range(90):
                try:
                    direct.open(address, timeout=5).close()
                    break
                except OSError:
                    assert server.poll() is None, log.read_text(encoding="utf-8")
                    time.sleep(1)
            else:
                pytest.fail(log.read_text(encoding="utf-8"))
            yield address
        finally:
            server.terminate()
            server.wait(timeout=60)


@pytest.fixture(name="port")
def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(name="page")
def _page(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(90 * SECOND)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", ["True", "False"], ids=["with its state", "without"])
def test_a_notebook_made_into_a_page_shows_the_explorer(
    page: "Page", tmp_path: Path, state: str
) -> None:
    """Plain nbconvert takes the widget where its state was kept, which needs a network: the page stands beside it."""
    needs("nbconvert")
    begun = CELLS[0].replace("widget()", "widget(painrules.Profile(conditions=['fibromyalgia']))")
    write_notebook(tmp_path / "shown.ipynb", begun)
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "nbconvert", "--execute", "--to", "html"),
            f"--ExecutePreprocessor.store_widget_state={state}",
            "shown.ipynb",
        ],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    page.context.set_offline(True)
    page.goto((tmp_path / "shown.html").as_uri())
    assert page.locator(".painrules-frame").is_visible()
    frame = page.frame_locator(".painrules-frame")
    frame.locator(".pr-option").first.wait_for()
    assert "condition fibromyalgia" in frame.locator(".pr-about").first.inner_text()
    frame.get_by_label("acute", exact=True).click()
    assert "acute" in frame.locator(".pr-about").first.inner_text()
    assert frame.get_by_role("button", name="Copy the address").count() == 0


def test_in_jupyterlab_it_is_bound_both_ways(page: "Page", tmp_path: Path, port: int) -> None:
    needs("jupyterlab")
    write_notebook(tmp_path / "live.ipynb", *CELLS)
    options = ("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}")
    with serving(tmp_path, port, "jupyterlab", *options, "--IdentityProvider.token=") as address:
        page.goto(f"{address}/lab/tree/live.ipynb")
        cells = page.locator(".jp-CodeCell")
        cells.first.locator(".cm-content").click()
        page.locator('.jp-NotebookPanel [data-status="idle"]').first.wait_for()
        for _ in CELLS:
            page.keyboard.press("Shift+Enter")
        page.locator(SHOWN).first.wait_for()
        page.wait_for_function(
            "document.querySelector('.painrules-explorer input[value=cancer]').checked"
        )
        assert page.locator(".painrules-frame").count() == 1
        assert not page.locator(".painrules-frame").is_visible()

        page.locator(".painrules-explorer input[value=acute]").click()
        cells.nth(1).locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        told = "KNOWN {'pain_type': 'acute', 'age_years': 70} explore"
        cells.nth(1).get_by_text(told).wait_for()


def test_in_marimo_it_is_bound_both_ways(page: "Page", tmp_path: Path, port: int) -> None:
    needs("marimo")
    (tmp_path / "live.py").write_text(MARIMO, encoding="utf-8")
    options = ("--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port))
    with serving(tmp_path, port, "marimo", "run", "live.py", *options) as address:
        page.goto(address)
        page.locator(SHOWN).first.wait_for()
        page.locator(".painrules-explorer input[value=acute]").click()
        page.get_by_text("KNOWN {'pain_type': 'acute'} explore").wait_for()
        page.get_by_text("Set it").click()
        page.locator(".painrules-explorer input[value=cancer]:checked").wait_for()
