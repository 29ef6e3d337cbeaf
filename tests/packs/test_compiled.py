"""The compiled form of the core pack: the same as what is read from YAML, and never trusted."""

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_json

import painrules
from painrules import Exploration, Explorer, Pack, Profile, core_pack
from painrules.engine import BitmapEngine
from painrules.explore import explorer, ready
from painrules.explore.words import NAMED
from painrules.model.lazy import LazyTable
from painrules.packs import compiled, core, fingerprint, load
from painrules.packs.sections import SECTIONS
from painrules.resolve import EVERYTHING, LensIndex, PackIndex
from painrules.testing import grid
from painrules.testing.grid import sample

SMALL = Path(__file__).parents[1] / "conformance" / "pack"
FILES = ("ready", "more", "records")
SCIATICA = Profile(
    pain_type="chronic",
    conditions=["sciatica"],
    age_years=40,
    factors={"kidney_disease": True},
    tried={"exercise": "not_enough"},
)


def forget() -> None:
    """As in a process that starts anew."""
    core.shared.clear()
    for made in (core.core_from_yaml, fingerprint.fingerprint, ready.anew, ready.engine_anew):
        made.cache_clear()


class Start:
    """A small pack that stands in for the core, with a place for its compiled form."""

    def __init__(self, folder: Path) -> None:
        self.rules = folder / "core"
        self.place = folder / "_compiled"
        self.read = 0
        """How often the rules were read from YAML."""

    def __call__(self) -> Exploration:
        """What a process that starts anew says of sciatica."""
        forget()
        return Explorer().explore(SCIATICA)

    def file(self, name: str) -> Path:
        """One of the compiled files."""
        return self.place / f"{name}.json"


@pytest.fixture(name="start")
def _start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    start = Start(tmp_path)
    shutil.copytree(SMALL, start.rules)
    load_folder = load.load_folder

    def counted(folder: Traversable, label: str) -> Pack:
        start.read += 1
        return load_folder(folder, label)

    monkeypatch.setattr(load, "load_folder", counted)
    for module in (core, fingerprint):
        monkeypatch.setattr(module, "core_folder", lambda: start.rules)
    for module in (compiled, ready):
        monkeypatch.setattr(module, "compiled_folder", lambda: start.place)
    before = list(core.shared)
    yield start
    forget()
    core.shared[:] = before


# The same


def test_every_record_is_the_same_whether_compiled_or_read() -> None:
    """Readers of a compiled pack must not be told anything else than its rules say."""
    made = compiled.parts_of(
        compiled.written_parts(core.record_parts(core.core_from_yaml()), "here"), "here"
    )
    assert made is not None
    pack = core.pack_from(made, lambda: pytest.fail("a record was refused"))

    read = core.core_from_yaml()
    assert isinstance(pack.positions, LazyTable)
    for name in SECTIONS:
        mine, yours = getattr(pack, name), getattr(read, name)
        assert list(mine) == list(yours)
        for key in yours:
            assert mine[key] == yours[key], (name, key)
            assert mine[key].model_fields_set == yours[key].model_fields_set, (name, key)
    assert pack == read
    assert pack.rules == read.rules
    assert pack.model_dump_json() == read.model_dump_json()
    del pack.__dict__["digest"]
    assert pack.digest == read.digest


def restored() -> ready.Compiled:
    """The core pack made ready from its compiled form, all of it in memory."""
    pack = core.core_from_yaml()
    made = ready.Compiled(BitmapEngine(pack), ready.Ready.of(pack))
    files = {
        name: compiled.parts_of(compiled.written_parts(parts, "here"), "here")
        for name, parts in (
            ("ready", ready.ready_parts(pack, made)),
            ("more", ready.more_parts(pack, made)),
        )
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ready, "read_compiled", files.get)
        patch.setattr(ready, "anew", lambda: pytest.fail("a part was refused"))
        found = ready.core_compiled()
        found.engine.rest()
        _ = found.ready.resolver.spoken_of, found.ready.dates.known
        for kind in NAMED:
            found.ready.book.book(kind)
    return found


def test_everything_made_ready_is_the_same_whether_compiled_or_made() -> None:
    """A mask that differs by one bit is a rule that speaks, or keeps silent, for no reason."""
    pack = core.core_from_yaml()
    found = restored()
    engine, index, dates = BitmapEngine(pack), PackIndex(pack), LensIndex(pack)

    assert found.engine.plain() == engine.plain()
    assert found.engine.rest() == engine.rest()
    builder, resolver, lenses, book, places = found.ready
    assert resolver.options == index.options
    assert resolver.kinds == index.kinds
    assert resolver.words == index.words
    assert resolver.sources == index.sources
    for name in index.options:
        assert resolver.option(name) == index.option(name), name
    assert lenses.everything == dates.everything
    assert lenses.known == dates.known
    made = ready.Ready.of(pack)
    assert places == made.places
    assert builder.bands == made.builder.bands
    assert builder.definitions.category == made.builder.definitions.category
    for mine, yours in zip(builder.definitions[:2], made.builder.definitions[:2], strict=True):
        assert mine.parents == yours.parents
    for kind in (*NAMED, "jurisdictions"):
        assert sorted(book.names(kind)) == sorted(made.book.names(kind))
    for kind in NAMED:
        mine_book, yours_book = book.book(kind), made.book.book(kind)
        assert {word: set(names) for word, names in mine_book.items()} == yours_book


@pytest.mark.slow
def test_answers_over_the_core_grid_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts in the end is what comes out."""
    pack = core.core_from_yaml()
    monkeypatch.setattr(explorer, "core_compiled", restored)
    start, read = Explorer(), Explorer(pack)
    for profile in islice(grid(pack), 0, None, 7):  # every other part comes in every place
        mine, yours = (one.resolve(profile, EVERYTHING) for one in (start, read))
        assert mine.asked == yours.asked, profile
    for profile in sample(pack, 300):
        mine, yours = (one.resolve(profile, EVERYTHING) for one in (start, read))
        assert mine.options == yours.options, profile
        for name in mine.options:
            assert mine.outcome(name) == yours.outcome(name), profile
            assert mine.certainty(name) == yours.certainty(name), profile
            assert mine.safety(name) is yours.safety(name), profile


def test_texts_are_the_same_too(start: Start) -> None:
    """From the first byte to the last."""
    first = start()
    again = start()

    assert start.read == 1
    assert first.to_json() == again.to_json()
    assert str(first.why("opioids")) == str(again.why("opioids"))


# Never trusted


def test_it_is_made_once_and_then_used(start: Start) -> None:
    """The second start reads no YAML, and changes no file."""
    start()
    made = {name: start.file(name).read_bytes() for name in FILES}
    assert start.read == 1

    start().to_json()

    assert start.read == 1
    assert {name: start.file(name).read_bytes() for name in FILES} == made
    assert sorted(path.name for path in start.place.iterdir()) == sorted(
        f"{name}.json" for name in FILES
    )


@pytest.mark.parametrize("keep_date", [True, False])
def test_a_rule_that_changes_is_heard_at_once(start: Start, keep_date: bool) -> None:  # noqa: FBT001
    """Not even a change that keeps size and date of the file is missed."""
    assert start()["exercise"].status.value == "supported"
    for file in start.rules.rglob("*.yaml"):
        before = file.stat()
        text = file.read_text(encoding="utf-8")
        for said in ("exercise, stance: supports, line: first,", "exercise, stance: supports,"):
            text = text.replace(said, "exercise, stance: opposes,".ljust(len(said)))
        file.write_text(text, encoding="utf-8")
        if keep_date:
            assert file.stat().st_size == before.st_size
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert start()["exercise"].status.value == "not_supported"
    assert start.read == 2


def sealed(content: dict[str, Any], **head: Any) -> bytes:  # noqa: ANN401 - anything
    """A file whose hashes fit, whatever is in it: what somebody would make who knows how."""
    body = b"\n".join(map(to_json, content.values()))
    known = {
        "format": compiled.FORMAT,
        "made_from": fingerprint.fingerprint(),
        "body": hashlib.sha256(body).hexdigest(),
        "parts": list(content),
    }
    return json.dumps(known | head).encode() + b"\n" + body


def parts_in(data: bytes) -> dict[str, Any]:
    """The parts of a compiled file."""
    head, *lines = data.split(b"\n")
    return dict(zip(json.loads(head)["parts"], map(json.loads, lines), strict=True))


def changed(**parts: object) -> Callable[[bytes], bytes]:
    """A file with other parts, sealed anew; those it does not have stay away."""

    def change(data: bytes) -> bytes:
        known = parts_in(data)
        return sealed(known | {name: parts[name] for name in parts if name in known})

    return change


def emptied(data: bytes) -> bytes:
    """A file in which every part is something else than it was, sealed anew."""
    return sealed({name: ["no"] for name in parts_in(data)})


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda data: data[:-1],
    "cut in the head": lambda data: data[:40],
    "one bit turned": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "not JSON": lambda data: b"\x80\x04\x95" + data,
    "a pickle": lambda _: b"cos\nsystem\n(S'touch /tmp/x'\ntR.",
    "a list": lambda _: b"[]\n[]",
    "a number": lambda _: b"1\n",
    "nested too deep": lambda _: b"[" * 100_000,
    "another format": lambda data: sealed(parts_in(data), format=0),
    "of other rules": lambda data: sealed(parts_in(data), made_from="0" * 64),
    "of no rules": lambda data: sealed(parts_in(data), made_from=None),
    "another hash": lambda data: sealed(parts_in(data), body="0" * 64),
    "no parts": lambda _: sealed({}),
    "a part too many": lambda data: sealed(parts_in(data), parts=["x", *parts_in(data)]),
    "other parts": emptied,
    "an engine that is none": changed(engine=[{"tables": 1}], options={"exercise": [[[9]]]}),
    "masks that are none": changed(index={"kinds": ["x"]}, dates=["x", "y", "z"], books=1),
    "records that are none": changed(positions=["{"] * 12, interventions=["[]"] * 4),
    "sections that are missing": changed(ids={}),
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("name", FILES)
def test_what_is_broken_is_as_if_it_were_not_there(start: Start, name: str, how: str) -> None:
    """Whatever lies there in its place: the answer is that of the rules, and nothing is raised."""
    wanted = start().to_json()
    file = start.file(name)
    file.write_bytes(BROKEN[how](file.read_bytes()))

    assert start().to_json() == wanted


@pytest.mark.parametrize("how", ["empty", "cut short", "one bit turned", "of other rules"])
def test_what_is_broken_is_made_anew(start: Start, how: str) -> None:
    """The third start is fast again."""
    start()
    for name in FILES:
        file = start.file(name)
        file.write_bytes(BROKEN[how](file.read_bytes()))
    start()
    assert start.read == 2

    start()

    assert start.read == 2


def test_it_lies_with_the_library() -> None:
    """Who can write there could change the library itself."""
    place = Path(painrules.__file__).parent / "_compiled"

    assert Path(str(compiled.compiled_folder())) == place


def test_a_place_that_cannot_be_written_to_is_no_error(start: Start) -> None:
    """Where a library is installed for all, users may read only."""
    start.place.write_text("a file is in the way", encoding="utf-8")

    assert start()["exercise"].status.value == "supported"
    assert start.place.read_text(encoding="utf-8") == "a file is in the way"


def test_a_file_that_cannot_be_read_is_no_error(start: Start) -> None:
    """A folder where a file should be is the same to us."""
    wanted = start().to_json()
    for name in FILES:
        start.file(name).unlink()
        start.file(name).mkdir()

    assert start().to_json() == wanted
    assert sorted(path.name for path in start.place.iterdir()) == sorted(
        f"{name}.json" for name in FILES
    )


def test_each_step_is_told_to_those_who_ask(
    start: Start, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why a start was slow, in the words of the system."""
    caplog.set_level(logging.DEBUG, "painrules.packs")

    def told() -> list[str]:
        caplog.clear()
        start()
        return caplog.messages

    missing = [f"compiled form '{name}' put aside: No such file or directory" for name in FILES]
    read = "pack 'conformance' 1.0.0 read from 'core': 18 rules"
    assert told() == [
        missing[0],
        missing[2],
        read,
        "compiled form 'records' written",
        "compiled form 'ready' written",
        "compiled form 'more' written",
    ]
    sizes = {name: start.file(name).stat().st_size for name in FILES}
    counts = {name: len(parts_in(start.file(name).read_bytes())) for name in FILES}
    used = [
        f"compiled form '{name}' used: {sizes[name]} bytes, {counts[name]} parts" for name in FILES
    ]
    assert set(told()) <= {*used}
    file = start.file("records")
    file.write_bytes(sealed(parts_in(file.read_bytes()) | {"header": "{}", "ids": 1}))
    start.file("ready").unlink()
    assert "compiled form 'records' put aside: ValidationError" in told()

    shutil.rmtree(start.place)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert told()[3:] == [
            f"compiled form '{name}' not written: no right to write there"
            for name in ("records", "ready", "more")
        ]
    start.place.rmdir()
    start.place.write_text("in the way", encoding="utf-8")
    assert told()[3:] == [
        f"compiled form '{name}' not written: File exists" for name in ("records", "ready", "more")
    ]


def test_a_pack_with_a_problem_leaves_nothing_behind(start: Start) -> None:
    """An error stays an error at the next start."""
    (start.rules / "pack.yaml").write_text("id: core\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Exception, match="rule pack 'core' has"):
            start()
    assert not start.place.exists()


def test_check_finds_a_form_that_fits_by_its_hashes_only(start: Start) -> None:
    """The one thing that a start does not find: whoever can write there could change the library too."""
    start()
    assert ready.unfit() == []
    file = start.file("ready")
    parts = parts_in(file.read_bytes())
    parts["places"]["exercise"][1] = "zzz"
    file.write_bytes(sealed(parts))

    assert ready.unfit() == [str(file)]


def test_the_same_rules_give_the_same_bytes() -> None:
    """Else a wheel could not be compared with the rules that it was made from."""
    assert ready.compiled_files() == ready.compiled_files()
    assert core_pack().digest == core.core_from_yaml().digest
