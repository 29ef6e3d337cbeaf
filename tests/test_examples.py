"""The notebook runs from top to bottom, and the packs beside it load."""

from pathlib import Path
from typing import Any

import jupytext
import pytest
from nbclient import NotebookClient

from painrules import Explorer, core_pack, load_pack
from painrules.check import failures

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.py"))
PACKS = sorted(path.parent for path in (ROOT / "examples" / "packs").glob("*/pack.yaml"))


def printed(notebook: Any) -> str:  # noqa: ANN401 - a notebook node
    """Everything that the cells of a notebook print."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") for output in outputs)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom_and_shows_the_notice(
    path: Path, tmp_path: Path
) -> None:
    """Whoever opens it in a lesson meets no error, and reads first that it is no advice."""
    notebook = jupytext.read(path)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})

    done = client.execute()

    text = printed(done)
    assert text.startswith(core_pack().notice)
    assert "Error" not in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_begins_with_what_its_reader_will_be_able_to_do(path: Path) -> None:
    """A teacher decides in the first cell whether it fits the lesson."""
    first = jupytext.read(path).cells[0]

    assert first.cell_type == "markdown"
    assert "you will be able to" in first.source


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_an_example_pack_loads_and_its_own_cases_come_out(path: Path) -> None:
    """What people copy has to work."""
    explorer = Explorer(load_pack(path))
    own = [case for name, case in explorer.pack.cases.items() if name not in core_pack().cases]

    assert [failures(case, explorer) for case in own] == [()] * len(own)
