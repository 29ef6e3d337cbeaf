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
        (
            ["--of", "opioids", "--view", "heat", "-o", "a.svg"],
            "painrules: --view heat shows the whole pack: leave --of out\n",
        ),
        (
            ["-c", "fibromyalgia", "--view", "steps", "-o", "a.svg"],
            "painrules: --view looks at the pack, facts make a result: leave one of them out\n",
        ),
        (
            ["-c", "fibromyalgia", "--depth", "2", "-o", "a.svg"],
            "painrules: --depth says how far to go from --of NAME: leave it out here\n",
        ),
        (
            ["--kind", "supports"],
            "painrules: --kind is for what surrounds --of NAME, or the picture of the network: leave it out here\n",
        ),
        (
            ["--of", "cbt", "--most", "2", "-o", "a.svg"],
            "painrules: --most is for the picture of a result: leave it out here\n",
        ),
        (
            ["--of", "cbt", "--format", "png", "-o", "a.svg"],
            "painrules: a.svg ends like svg, but --format says png: leave one of them out\n",
        ),
        (
            ["--of", "cbt", "-o", "no/such/folder/a.svg"],
            "painrules: no/such/folder/a.svg: No such file or directory\n",
        ),
    ],
    ids=[
        "typo",
        "ending",
        "of and facts",
        "view of a text",
        "view of nothing",
        "png to the screen",
        "view of the pack and a name",
        "view and facts",
        "depth and facts",
        "kind and the whole pack",
        "most without a result",
        "format and ending",
        "no such folder",
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], message: str, screen: Told
) -> None:
    """With exit status 2, and nothing written."""
    status, out, err = told(*screen, *words)
    assert (status, out, err) == (2, "", message)


def test_a_format_can_be_named_where_the_ending_says_none(screen: Told, tmp_path: Path) -> None:
    """A device, or a file whose name another program chose."""
    status, _, _ = told(*screen, "--of", "cbt", "--format", "png", "-o", str(tmp_path / "picture"))
    assert status == 0
    assert (tmp_path / "picture").read_bytes().startswith(b"\x89PNG")


def test_a_result_can_be_drawn_as_a_whole_page(screen: Told, tmp_path: Path) -> None:
    """More than fits on a slide."""
    for words, name in (((), "slide"), (("--most", "9"), "page")):
        told(*screen, "-c", "fibromyalgia", *words, "-o", str(tmp_path / f"{name}.svg"))
    slide, page = ((tmp_path / f"{name}.svg").read_text("utf-8") for name in ("slide", "page"))
    assert 'height="540"' in slide
    assert 'height="540"' not in page


def test_no_file_of_a_failed_command_is_left(screen: Told, tmp_path: Path) -> None:
    """Nor one half written."""
    told(*screen, "--of", "fibromyalgai", "-o", str(tmp_path / "a.svg"))
    assert not list(tmp_path.iterdir())
