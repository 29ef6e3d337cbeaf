"""The command that draws and exports the graph."""

import json
from pathlib import Path

import pytest

from painrules import core_pack
from painrules.cli.commands import run
from painrules.graph import neighbourhood
from painrules.graph.writers import to_mermaid


def told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of `painrules graph`."""
    monkeypatch.setattr("sys.argv", ["painrules", "graph", *words])
    status = run()
    found = capsys.readouterr()
    return status, found.out, found.err


Told = tuple[pytest.MonkeyPatch, pytest.CaptureFixture[str]]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    return monkeypatch, capsys


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["--of", "fibromyalgia"], "Fibromyalgia: what sources say of it by name"),
        (["--of", "cbt"], "Cognitive behavioural therapy: what it relates to"),
        (
            ["--of", "activity_pacing", "--depth", "2", "--kind", "complements"],
            "Activity pacing: what it relates to",
        ),
        (["--of", "scs", "--view", "steps"], "Before spinal cord stimulation implant"),
        (["--of", "opioids", "--view", "years"], "Opioids (class): positions over the years"),
        (["--view", "heat"], "How many options sources support"),
        (["-c", "fibromyalgia"], "Fibromyalgia: what sources say"),
        ([], "How interventions relate"),
        (["--kind", "interacts_with"], "How interventions relate"),
    ],
    ids=lambda one: " ".join(one) or "the pack" if isinstance(one, list) else "",
)
def test_pictures_are_drawn_of_what_is_asked(
    words: list[str], title: str, screen: Told, tmp_path: Path
) -> None:
    """The file has the picture; what is printed is its alt text."""
    status, out, err = told(*screen, *words, "-o", str(tmp_path / "a.svg"))
    assert (status, err) == (0, "")
    assert f"<title>{title}</title>" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert out.startswith(title.split(":", maxsplit=1)[0])


def test_without_a_file_text_goes_to_standard_output(screen: Told) -> None:
    """So that it can be piped."""
    status, out, _ = told(*screen, "--of", "cbt", "--format", "mermaid")
    assert (status, out) == (0, to_mermaid(neighbourhood("cbt")))


def test_the_whole_pack_is_exported_as_json_unless_told_otherwise(screen: Told) -> None:
    """The plainest question gets the plainest answer."""
    status, out, _ = told(*screen)
    found = json.loads(out)
    assert (status, found["graph"]["digest"]) == (0, core_pack().digest)


def test_facts_make_the_graph_of_a_result(screen: Told, tmp_path: Path) -> None:
    """Status and line stand on the nodes."""
    status, _, _ = told(*screen, "-c", "fibromyalgia", "-o", str(tmp_path / "a.json"))
    nodes = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["nodes"]
    assert status == 0
    assert {one["id"]: one.get("status") for one in nodes}["intervention:exercise"] == "supported"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--of", "fibromyalgai"],
            "painrules: 'fibromyalgai' is not a known node of the graph; did you mean 'fibromyalgia'?\n",
        ),
        (
            ["--of", "cbt", "-o", "a.svgg"],
            "painrules: '.svgg' is not a known ending of a graph file; did you mean '.svg'?\n",
        ),
        (
            ["--of", "cbt", "-c", "fibromyalgia"],
            "painrules: --of and facts of a profile cannot be combined: --of looks at the pack, facts make a result\n",
        ),
        (
            ["--of", "cbt", "--view", "steps"],
            "painrules: --view draws pictures: write to a file that ends in .svg, or add --format svg (not json)\n",
        ),
        (["--view", "steps", "-o", "a.svg"], "painrules: --view steps needs --of NAME\n"),
        (["--format", "png"], "painrules: a PNG needs a file: add -o picture.png\n"),
    ],
    ids=[
        "typo",
        "ending",
        "of and facts",
        "view of a text",
        "view of nothing",
        "png to the screen",
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], message: str, screen: Told
) -> None:
    """With exit status 2, and nothing written."""
    status, out, err = told(*screen, *words)
    assert (status, out, err) == (2, "", message)
