"""What the library does to its surroundings, as Python reports it: no network, no process, no file but its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).parents[1] / "packs" / "base"
LIBRARY = Path(__file__).parents[2]
QUIZ = Path(__file__).parent / "quiz.json"

WATCHED = """
import json, os, sys
from painrules import Explorer, Result, explore, load_pack
from painrules.graph import build_graph, network
from painrules.graph.writers import FORMATS
from painrules.page import to_page
from painrules.teach import Quiz, files_of
explore("chronic", condition="sciatica").to_html()  # what is loaded on demand is loaded
build_graph(load_pack(sys.argv[1])); FORMATS["json"]
seen = []
def hook(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pickle.",
                         "urllib.", "ftplib.", "smtplib.")):
        seen.append([event, ""])
    elif event == "open" and isinstance(args[0], str):
        writes = isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        seen.append(["write" if writes else "read", args[0]])
sys.addaudithook(hook)
pack = load_pack(sys.argv[1])
result = Explorer(pack).explore("chronic", present=list(pack.factors)[:1])
result.to_html(page=True), result.to_markdown(), str(result), result.trace().to_json()
Result.from_json(result.to_json())
graph = build_graph(pack)
for write in FORMATS.values():
    write(graph)
network(graph).svg
to_page(pack)
quiz = Quiz.from_json(open(sys.argv[2]).read())
for form in ("moodle", "qti", "md", "html", "csv", "notebook", "blackboard"):
    files_of(quiz, form)
explore("acute").to_json()
print(json.dumps(seen))
"""


@pytest.fixture(scope="module", name="seen")
def _seen() -> list[list[str]]:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-B", "-c", WATCHED, str(BASE), str(QUIZ)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_no_network_no_process_no_pickle(seen: list[list[str]]) -> None:
    """Python reports each socket, process and pickle to whoever listens."""
    assert [one for one in seen if one[0] not in {"read", "write"}] == []


def test_no_file_is_written(seen: list[list[str]]) -> None:
    """To explore, and to make every format, needs no file."""
    assert [path for kind, path in seen if kind == "write"] == []


def test_no_file_is_read_but_the_pack_and_the_library(seen: list[list[str]]) -> None:
    """Files of a pack are opened by their bare names, within the folder of the pack."""
    places = (
        str(BASE),
        str(QUIZ),
        str(LIBRARY / "painrules"),
        str(LIBRARY / "rules"),
        sys.prefix,
        sys.base_prefix,
    )
    names = {path.name for path in BASE.rglob("*")}
    read = [path for kind, path in seen if kind == "read"]

    assert len(read) > 3
    assert [path for path in read if not path.startswith(places) and path not in names] == []
