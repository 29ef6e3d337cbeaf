"""From files to records: each item is checked on its own, and every problem is located."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from painrules.errors import ENOUGH, Problem, near_miss, printable, shown
from painrules.model.base import Frozen
from painrules.model.conditions import Scope
from painrules.model.pack import PackHeader
from painrules.model.wording import told
from painrules.packs.read import RawFile
from painrules.packs.sections import FILE_KEYS, NESTED, SECTIONS, Section
from painrules.packs.text import MAX_VALUES, Document, Path, StrictYamlError, parse

HEADER_FILE = "pack.yaml"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands."""

    file: str
    document: Document
    path: Path

    def of(self, *steps: str | int, key: bool = False) -> str:
        """File, line and column of a part of the record."""
        path = self.path + steps
        line, column = self.document.key_of(path) if key else self.document.mark_of(path)
        return f"{self.file}:{line}:{column}"

    def at(self, steps: tuple[str | int, ...], word: str = "") -> str:
        """File, line and column of one word of a list, or of one key of a mapping, in a part of the record."""
        value = self.document.value
        for step in self.path + steps:
            inside = isinstance(value, dict) and step in value
            value = value[step] if inside or isinstance(value, list) else None
        if isinstance(value, list) and word in value:
            return self.of(*steps, value.index(word))
        return self.of(*steps, word, key=True) if isinstance(value, dict) else self.of(*steps)

    @property
    def order(self) -> tuple[str, int, int]:
        """By file, line and column."""
        return (self.file, *self.document.mark_of(self.path))


@dataclass(frozen=True, slots=True)
class Located:
    """A record, and where it stands."""

    section: str
    record: Any
    place: Place
    shared: frozenset[str] = frozenset()
    """What its file says for it: `source`, `scope`."""

    @property
    def name(self) -> str:
        """How messages name it: ``rule 'ng193_act'``."""
        return f"{SECTIONS[self.section].noun} '{self.record.id}'"

    def problem(
        self, steps: tuple[str | int, ...], what: str, hint: str = "", *, word: str = ""
    ) -> Problem:
        """A problem in a part of the record, or with one word in that part."""
        part = ".".join(step for step in steps if isinstance(step, str))
        if steps and steps[0] in self.shared:
            whole = Place(self.place.file, self.place.document, ())
            return Problem(whole.at(steps, word), f"{part}: {what}", hint)
        where = f"{self.name}, {part}" if part else self.name
        return Problem(self.place.at(steps, word), f"{where}: {what}", hint)


@dataclass(slots=True)
class Gathered:
    """What the files of a pack hold."""

    header: PackHeader | None = None
    header_place: Place | None = None
    records: list[Located] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    """List and id of items that could not be read: nobody is told that they are unknown."""
    unread: bool = False
    """Whether a file could not be read, so that much may seem to be unknown."""
    problems: list[Problem] = field(default_factory=list)

    def is_full(self) -> bool:
        """Whether there are so many problems that no more are looked for."""
        return len(self.problems) >= ENOUGH


def gather(files: list[RawFile], label: str, *, unread: bool = False) -> Gathered:
    """All records of all files, and every problem that one item alone can have.

    Args:
        files: The files.
        label: The name of the folder.
        unread: Whether there are more, which could not be read.
    """
    found = Gathered(unread=unread)
    values = 0
    for name, data in files:
        if found.is_full():
            break
        try:
            document = parse(data)
        except StrictYamlError as error:
            line, column = error.mark
            found.problems.append(Problem(f"{name}:{line}:{column}", error.what, error.hint))
            found.unread = True
            continue
        values += len(document.marks)
        if values > MAX_VALUES:
            what = f"the files of the pack have more than {MAX_VALUES:,} values together"
            found.problems.append(Problem(label, what, "split the pack"))
            found.unread = True
            break
        if name == f"{label}/{HEADER_FILE}":
            _read_header(name, document, found)
        else:
            _read_file(name, document, found)
    if (
        found.header is None
        and not found.unread
        and not any(
            problem.where.startswith(f"{label}/{HEADER_FILE}") for problem in found.problems
        )
    ):
        hint = "it says id, title, version and date of the pack"
        found.problems.append(Problem(f"{label}/{HEADER_FILE}", "this file is missing", hint))
    return found


def _read_header(name: str, document: Document, found: Gathered) -> None:
    place = Place(name, document, ())
    if not isinstance(document.value, dict):
        found.problems.append(
            Problem(place.of(), "must be a mapping with id, title, version, date")
        )
        return
    found.header_place = place
    try:
        found.header = PackHeader.model_validate(document.value)
    except ValidationError as error:
        found.problems += _problems(error, PackHeader, place, "the pack")


def _read_file(name: str, document: Document, found: Gathered) -> None:
    content = document.value
    place = Place(name, document, ())
    if content is None:
        return
    if not isinstance(content, dict):
        hint = f"such as {', '.join(list(SECTIONS)[:3])}, positions"
        found.problems.append(Problem(place.of(), "must be a mapping of lists", hint))
        return
    shared = _shared(content, place, found)
    for key, items in content.items():
        if found.is_full():
            return
        if key in FILE_KEYS:
            continue
        if key not in SECTIONS:
            near = near_miss(key, [*SECTIONS, *FILE_KEYS])
            hint = f"did you mean '{near}'?" if near else f"the lists are {', '.join(SECTIONS)}"
            what = f"{shown(key)} is not a list that a pack can have"
            found.problems.append(Problem(place.of(key, key=True), what, hint))
        elif items is not None and not isinstance(items, list):
            found.problems.append(Problem(place.of(key), f"{key}: must be a list"))
        else:
            for number, item in enumerate(items or ()):
                inner = Place(name, document, (key, number))
                _read_item(key, item, shared, inner, found)
                if found.is_full():
                    return


def _shared(content: Mapping[str, Any], place: Place, found: Gathered) -> dict[str, Any]:
    """The source, scope and language that a file states once for all of its rules or texts."""
    shared: dict[str, Any] = {}
    if "source" in content:
        if isinstance(content["source"], str):
            shared["source"] = content["source"]
        else:
            found.problems.append(Problem(place.of("source"), "source: must be the id of a source"))
            shared["source"] = None
    if "language" in content:
        if isinstance(content["language"], str):
            shared["language"] = content["language"]
        else:
            what = "language: must be a language such as en or pt-BR"
            found.problems.append(Problem(place.of("language"), what))
            shared["language"] = None
    if "scope" in content:
        try:
            shared["scope"] = Scope.model_validate(content["scope"])
        except ValidationError as error:
            inner = Place(place.file, place.document, ("scope",))
            found.problems += _problems(error, Scope, inner, "scope")
    return shared


def _read_item(
    key: str, item: object, shared: dict[str, Any], place: Place, found: Gathered
) -> None:
    section = SECTIONS[key]
    if not isinstance(item, dict):
        found.problems.append(Problem(place.of(), f"{section.noun}: must be a mapping"))
        return
    if isinstance(item.get("id"), str):
        found.broken.add((key, item["id"]))
    if section.is_rule and "scope" in item:
        what = f"{_named(section, item)}: 'scope' is said once for a whole file"
        found.problems.append(Problem(place.of("scope", key=True), what))
        return
    mine = {field: shared[field] for field in section.shares if field in shared}
    whole = {**mine, **item}
    try:
        record = section.model.model_validate(whole)
    except ValidationError as error:
        name = _named(section, item)
        lost = [field for field, value in mine.items() if value is None and field not in item]
        found.problems += _problems(error, section.model, place, name, told_already=lost)
        return
    said = frozenset(mine) - frozenset(item)
    located = Located(key, record, place, said)
    found.records.append(located)
    found.broken.discard((key, located.record.id))


def _named(section: Section, item: Mapping[str, Any]) -> str:
    name = item.get("id")
    if name is None and "from" in item:
        name = f"{item.get('from')} {item.get('kind')} {item.get('to')}"
    return f"{section.noun} {shown(name)}" if isinstance(name, str) else section.noun


def _problems(
    error: ValidationError,
    model: type[Frozen],
    place: Place,
    name: str,
    *,
    told_already: Collection[str] = (),
) -> Iterator[Problem]:
    for item in error.errors(include_url=False)[:ENOUGH]:
        steps = tuple(step for step in item["loc"] if step != "[key]")
        kind, part = item["type"], _part(steps)
        where = f"{name}, {part}" if part else name
        if steps and steps[0] in told_already:
            continue
        if kind == "extra_forbidden":
            yield _unknown_field(steps, model, place, name)
        elif kind == "missing":
            yield Problem(place.of(*steps[:-1]), f"{name}: '{steps[-1]}' is missing")
        elif kind in {"enum", "literal_error"}:
            yield _unknown_word(item, steps, place, where)
        else:
            yield Problem(place.of(*steps), f"{where}: {told(item)}", _quotes(item))


def _part(steps: tuple[str | int, ...]) -> str:
    """Which part of an item: names joined by points; long keys are cut."""
    return ".".join(printable(step[:80]) for step in steps if isinstance(step, str))


def _quotes(item: ErrorDetails) -> str:
    """Quotes are what most often makes a text of a number, or a number of a text."""
    given, kind = item["input"], item["type"]
    if kind == "string_type" and isinstance(given, int | float):
        return "put it in quotes"
    number = isinstance(given, str) and given.replace(".", "", 1).isdecimal()
    return "write it without quotes" if number and kind in {"int_type", "float_type"} else ""


def _unknown_field(
    steps: tuple[str | int, ...], model: type[Frozen], place: Place, name: str
) -> Problem:
    inner = model
    for step in steps[:-1]:
        inner = NESTED.get(step, inner) if isinstance(step, str) else inner
    fields = [info.alias or field for field, info in inner.model_fields.items()]
    word = str(steps[-1])
    near = near_miss(word, fields)
    hint = f"did you mean '{near}'?" if near else f"the fields are {', '.join(sorted(fields))}"
    part = _part(steps[:-1])
    where = f"{name}, {part}" if part else name
    return Problem(place.of(*steps, key=True), f"{where}: {shown(word)} is not a field here", hint)


_BY_ID = {
    "agreement": "agreement",
    "line": "line",
    "safety": "safety",
    "status": "status",
    "tried": "outcome",
}
"""Fields that say something of each of several ids, and what that is."""
_ONE = {
    "domains": "domain",
    "mechanisms": "mechanism",
    "pain_types": "pain type",
    "verified": "way of checking",
}
"""What one word of a field is, where the name of the field does not say it."""


def _unknown_word(
    item: ErrorDetails, steps: tuple[str | int, ...], place: Place, where: str
) -> Problem:
    known = re.findall(r"'([^']*)'", str(item.get("ctx", {}).get("expected", "")))
    names = [step for step in steps if isinstance(step, str)]
    noun = _ONE.get(names[-1], names[-1])
    if len(names) > 1 and names[-2] in _BY_ID:
        noun = _BY_ID[names[-2]]
    near = near_miss(item["input"], known)
    hint = f"did you mean '{near}'?" if near else f"the words are {', '.join(known)}"
    what = f"{where}: {shown(item['input'])} is not a known {noun.replace('_', ' ')}"
    return Problem(place.of(*steps), what, hint)
