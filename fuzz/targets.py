"""What is done with an input, and what has to hold then; whatever does not hold is an `AssertionError`."""

import csv
import io
import json
import os
import sys
import tempfile
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree as ET

from fuzz.guard import ROOT, Target
from fuzz.memory import folder_of
from painrules import Explorer, Pack, PainrulesError, Profile, Result, core_pack
from painrules.cli.commands import run
from painrules.errors import UNSAFE, RulePackError
from painrules.graph import build_graph
from painrules.graph.pictures import heat_map, network
from painrules.graph.writers import FORMATS as GRAPHS
from painrules.packs.load import load_folder
from painrules.packs.text import StrictYamlError, parse
from painrules.page import to_page
from painrules.render.html import to_html
from painrules.render.markdown import to_markdown
from painrules.render.text import to_text
from painrules.teach import FORMATS as QUIZZES
from painrules.teach import Quiz, TeachError, files_of

BASE = {
    path.name: path.read_bytes()
    for path in sorted((ROOT / "tests" / "packs" / "base").glob("*.yaml"))
}
LONGEST_MESSAGE = 200_000
csv.field_size_limit(100_000_000)
FORMULA = ("=", "+", "-", "@")


class Tags(HTMLParser):
    """The tags of a page that run or load something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what runs or loads."""
        if tag in {
            "script",
            "iframe",
            "img",
            "svg",
            "a",
            "link",
            "object",
            "embed",
            "form",
            "base",
        }:
            self.found.append(tag)
        self.found += [
            name for name, _ in attrs if name.startswith("on") or name in {"href", "src"}
        ]


def told(error: PainrulesError) -> None:
    """A message can be shown, and read."""
    assert not UNSAFE.search(str(error)), f"unsafe text in a message: {str(error)!r}"
    assert len(str(error)) < LONGEST_MESSAGE, "a message without end"


# Packs


def placed(error: StrictYamlError) -> None:
    """It names a line and a column."""
    assert min(error.mark) >= 1, error.mark


def yaml(data: bytes) -> None:
    """Strict YAML is read, or refused with a place."""
    try:
        document = parse(data)
    except StrictYamlError as error:
        placed(error)
        return
    json.dumps(document.value)


def loaded(data: bytes) -> Pack:
    """The pack that an input describes."""
    try:
        return load_folder(folder_of(data, BASE), "fuzzed")
    except RulePackError as error:
        told(error)
        raise


def pack(data: bytes) -> None:
    """A pack is refused, or loaded; then profiles can be explored with it."""
    found = loaded(data)
    again = loaded(data)
    assert found.digest == again.digest
    explorer = Explorer(found)
    for profile in profiles_of(found):
        try:
            result = explorer.explore(profile)
        except PainrulesError as error:
            told(error)
            continue
        for asked in result.trace().asked:
            assert set(asked.certain) <= set(asked.in_force) <= set(asked.possible)
        record = result.record
        assert Result.from_json(result.to_json()) == record
        assert not UNSAFE.search(to_text(record))
        for name in [view.id for view in result][:2]:
            str(result.why(name))
            str(result.why_not(name))


def profiles_of(known: Pack) -> list[Profile]:
    """Nothing, something, and very much of what a pack knows."""
    return [
        Profile(),
        Profile(
            pain_type="chronic",
            mechanisms=["neuropathic", "nociplastic"],
            conditions=list(known.conditions)[:1],
        ),
        Profile(
            age_years=70,
            duration_months=5,
            severity=7,
            conditions=list(known.conditions)[1:3],
            factors=dict.fromkeys(list(known.factors)[:20], True),
            red_flags=dict.fromkeys(list(known.red_flag_signs)[:3], True),
            goals=list(known.goals)[:5],
            tried=dict.fromkeys(list(known.interventions)[:5], "not_enough"),
        ),
    ]


def exports(data: bytes) -> None:
    """What can be loaded can be written, and what is written can be read."""
    found = loaded(data)
    graph = build_graph(found)
    for name, write in GRAPHS.items():
        text = write(graph)
        if name in {"json", "cytoscape", "jsonld"}:
            json.loads(text)
        elif name in {"graphml", "gexf"}:
            ET.fromstring(text)  # noqa: S314 - what we wrote
    for figure in (network(graph), heat_map(found)):
        ET.fromstring(figure.svg)  # noqa: S314 - what we wrote
    page = to_page(found)
    assert Tags(page).found.count("script") == 3, "markup in a page"
    result = Explorer(found).explore(profiles_of(found)[1])
    ET.fromstring(Figure(result))  # noqa: S314 - what we wrote
    shown(result.record)


def Figure(result: Any) -> str:  # noqa: N802, ANN401 - a picture
    """The picture of a result."""
    from painrules.graph import treatment_map  # noqa: PLC0415 - only here

    svg: str = treatment_map(result).svg
    return svg


# Profiles


@cache
def core() -> Explorer:
    """The explorer of the core pack."""
    return Explorer(core_pack())


def revived(value: Any) -> Any:  # noqa: ANN401 - whatever an input describes
    """Values that JSON does not have, by tags: ``{"$": "set", "of": [...]}``."""
    if isinstance(value, list):
        return [revived(one) for one in value]
    if not isinstance(value, dict):
        return value
    inner = value.get("of")
    match value.get("$"):
        case "set":
            return (
                {one for one in inner if isinstance(one, str | int | None)}
                if isinstance(inner, list)
                else set()
            )
        case "bytes":
            return str(inner).encode("utf-8", "replace")
        case "big":
            return 10 ** (inner if isinstance(inner, int) and 0 <= inner < 10_000 else 500)
        case "endless":
            return iter(lambda: inner, object())
        case "tuple":
            return tuple(revived(inner)) if isinstance(inner, list) else ()
    return {key: revived(one) for key, one in value.items()}


def profile(data: bytes) -> None:
    """Arguments of `explore`, or fields of a `Profile`, give a result that survives JSON, or an error of ours."""
    try:
        given = revived(json.loads(data))
    except (ValueError, RecursionError):
        return
    if not isinstance(given, dict) or not set(given) <= ARGUMENTS:
        fields = given if isinstance(given, dict) else {"profile": given}
        try:
            made = Profile(**{str(key): value for key, value in fields.items() if key != "self"})
            result = core().explore(made)
        except PainrulesError as error:
            told(error)
            raise
    else:
        try:
            result = core().explore(**given)
        except PainrulesError as error:
            told(error)
            raise
    record = result.record
    assert Result.from_json(result.to_json()) == record
    assert not UNSAFE.search(to_text(record))
    assert not set(result.listed) - {view.id for view in result}


ARGUMENTS = {
    *(
        "pain_type",
        "mechanism",
        "condition",
        "age",
        "duration_months",
        "severity",
        "present",
        "absent",
    ),
    *("tried", "goals", "sources", "jurisdictions", "as_of"),
}


# Stored results and questions


def result(data: bytes) -> None:
    """A stored result is refused, or shown in every format without commands or markup."""
    try:
        found = Result.from_json(data)
    except PainrulesError as error:
        told(error)
        raise
    shown(found)


def shown(found: Result) -> None:
    """Every format of a result is harmless."""
    assert not UNSAFE.search(to_text(found))
    assert not UNSAFE.search(to_text(found, width=40, everything=True))
    to_markdown(found)
    assert Tags(to_html(found, page=True)).found == []
    assert Result.from_json(found.model_dump_json()) == found


def quiz(data: bytes) -> None:
    """Questions are refused, or written in every format so that what reads it finds nothing but texts."""
    try:
        found = Quiz.from_json(data)
    except PainrulesError as error:
        told(error)
        raise
    for form in QUIZZES:
        try:
            files = files_of(found, form)
        except TeachError as error:
            told(error)
            continue
        for ending, content in files.items():
            written_well(form, ending, content)


def written_well(form: str, ending: str, content: bytes) -> None:
    """A file of questions can be read, and holds nothing that its reader would run."""
    if ending in {".zip", ".apkg"}:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            names = held.namelist()
            assert len(set(names)) == len(names), names
            assert not [name for name in names if ".." in name or name.startswith("/")], names
            if form == "rexams":
                script = held.read("exams.R").decode()
                code = [line for line in script.splitlines() if not line.startswith("#")]
                assert len(code) == 2, script
            for name in names:
                if name.endswith(".xml"):
                    ET.fromstring(held.read(name))  # noqa: S314 - what we wrote
        return
    text = content.decode("utf-8-sig")
    if ending == ".xml":
        ET.fromstring(text)  # noqa: S314 - what we wrote
    elif ending in {".json", ".ipynb"}:
        json.loads(text)
    elif ending.endswith(".html"):
        assert Tags(text).found == [], "markup in a page"
    elif ending == ".csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


# The command


def command(data: bytes) -> None:
    """Whatever is typed ends with a status that has a meaning, and no traceback; no file is left half written."""
    arguments = [
        one.decode("utf-8", "surrogateescape").replace("\0", "") for one in data.split(b"\n")
    ][:30]
    if not may_be_run(arguments):
        return
    arguments = [one.replace("PACK", str(ROOT / "tests" / "packs" / "base")) for one in arguments]
    out, err = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(2)
    )
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            with (
                patch.object(sys, "argv", ["painrules", *arguments]),
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                status = run()
        finally:
            os.chdir(before)
        left = [path.name for path in Path(folder).rglob("*") if path.name.endswith(".tmp")]
    err.flush()
    said = err.buffer.getvalue().decode()
    assert status in {0, 1, 2}, status
    assert "Traceback" not in said, said
    assert status != 2 or said.strip(), "refused without a word"
    assert not left, left


SLOW = {"--prove", "--mutate", "--coverage", "diff"}


def may_be_run(arguments: list[str]) -> bool:
    """Whether a command writes nowhere but in its folder, and does not do what takes minutes for good reasons."""
    if any("/" in one or ".." in one or one.startswith("~") for one in arguments):
        return False
    if any(one.startswith("--") and word.startswith(one) for one in arguments for word in SLOW):
        return False
    if "check" in arguments and "PACK" not in arguments:
        return False  # all of the core pack
    numbers = [one for one in arguments if one.isdecimal() and len(one) > 2]
    return not (numbers and "quiz" in arguments) and not SLOW & set(arguments)


TARGETS: dict[str, Target] = {
    one.__name__: one for one in (yaml, pack, exports, profile, result, quiz, command)
}
"""What is tried, by name."""
