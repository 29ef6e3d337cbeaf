"""Loading a pack: read, check each item, check them against each other, try the examples out, freeze."""

import os
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from painrules.errors import ENOUGH, Problem, RulePackError, printable
from painrules.given import A_PACK, folder_name, instance
from painrules.log import note
from painrules.model.base import FrozenDict
from painrules.model.dates import first_day
from painrules.model.pack import Pack, PackHeader
from painrules.packs.core import core_pack
from painrules.packs.examples import check_examples
from painrules.packs.gather import Gathered, Located, Place, gather
from painrules.packs.locate import CORE
from painrules.packs.read import read_folder
from painrules.packs.references import Tables, check_references
from painrules.packs.sections import SECTIONS
from painrules.packs.weight import check_weight

LONGEST_PATH = 4_096
"""How much of the name of a folder is shown."""


def load_pack(path: str | os.PathLike[str], *, on: Pack | None = None) -> Pack:
    """Loads and checks a rule pack.

    Args:
        path: A folder with a `pack.yaml` and other YAML files.
        on: The pack on which it is layered; left out, `extends: core` in its `pack.yaml` layers it on the core pack.

    Returns:
        The pack, frozen; if it is layered, with all that lies beneath.

    Raises:
        RulePackError: If anything is wrong; `error.problems` has the problems, with file, line and column.
        ArgumentError: If an argument is of another kind.

    >>> load_pack("no/such/folder")
    Traceback (most recent call last):
    painrules.errors.RulePackError: rule pack 'folder' has 1 problem
    no/such/folder: there is no such folder
        hint: name the folder that holds pack.yaml
    """
    return _taken(read_pack(path, on=on))


class Reading(NamedTuple):
    """What was read of a pack: the pack if nothing is wrong, where its own records stand, and what is wrong."""

    label: str
    """The name of its folder."""
    pack: Pack | None
    """The pack; None: it cannot be loaded."""
    records: tuple[Located, ...]
    """Its own records, without those of the pack beneath, each with its place."""
    header: Place | None
    """Where its header stands."""
    problems: tuple[Problem, ...]
    """What is wrong, in order."""
    more: bool = False
    """Whether there is more wrong than was looked for."""


def read_pack(
    path: str | os.PathLike[str], *, on: Pack | None = None, examples: bool = True
) -> Reading:
    """Reads and checks a rule pack, as `load_pack` does, and says where everything stands.

    Args:
        path: The folder.
        on: The pack on which it is layered.
        examples: Whether examples are tried out.

    >>> read_pack("no/such/folder").problems[0].what
    'there is no such folder'
    """
    folder = folder_name("path", path)
    if on is not None:
        on = instance("on", on, Pack, A_PACK)
    label = printable(folder.name or _name_of_working_folder() or "pack")
    if not _is_folder(folder):
        hint = "name the folder that holds pack.yaml"
        problem = Problem(printable(str(folder))[:LONGEST_PATH], "there is no such folder", hint)
        return Reading(label, None, (), None, (problem,))
    return read_files(folder, label, on, examples=examples)


def _name_of_working_folder() -> str:
    try:
        return Path.cwd().name
    except OSError:  # it is gone
        return ""


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # longer than any name, or one that no folder can have
        return False


def read_files(
    folder: Traversable, label: str, on: Pack | None = None, *, examples: bool = True
) -> Reading:
    """Reads a pack from a folder that may lie in an archive; see `read_pack`."""
    files, problems = read_folder(folder, label)
    gathered = gather(files, label, unread=bool(problems))
    gathered.problems += problems
    pack = _assemble(gathered, on, examples=examples)
    return Reading(
        label,
        None if gathered.problems else pack,
        tuple(gathered.records),
        gathered.header_place,
        tuple(_in_order(gathered.problems)[:ENOUGH]),
        gathered.is_full(),
    )


def load_folder(folder: Traversable, label: str) -> Pack:
    """Loads a pack from a folder that may lie in an archive; see `load_pack`."""
    return _taken(read_files(folder, label))


def _taken(reading: Reading) -> Pack:
    if reading.pack is None:
        note("packs", "pack in '%s' refused: %s problems", reading.label, len(reading.problems))
        raise RulePackError(reading.problems, f"rule pack '{reading.label}'", more=reading.more)
    pack = reading.pack
    note(
        "packs",
        "pack '%s' %s read from '%s': %s rules",
        pack.id,
        pack.version,
        reading.label,
        len(pack.rules),
    )
    return pack


def _assemble(gathered: Gathered, on: Pack | None, *, examples: bool) -> Pack | None:
    header, place = gathered.header, gathered.header_place
    if header is None or place is None:
        return None
    if on is None and header.extends is not None:
        if header.extends != CORE:
            hint = "write 'extends: core', or load it with load_pack(path, on=...)"
            what = f"the pack, extends: '{header.extends}' is not a pack that is known by name"
            gathered.problems.append(Problem(place.of("extends"), what, hint))
            return None
        on = core_pack()
    if on is not None and first_day(header.date) < first_day(on.header.date):
        what = f"the pack, date: {header.date} is before that of the pack beneath, whose newer rules would not count"
        hint = f"write {on.header.date}, or a later day"
        gathered.problems.append(Problem(place.of("date"), what, hint))
    tables: dict[str, dict[str, Any]] = {
        section: dict(getattr(on, section)) if on is not None else {} for section in SECTIONS
    }
    _fill(tables, gathered)
    if not gathered.unread and not gathered.is_full():
        known = Tables(tables, frozenset(gathered.broken))
        found = check_references(gathered.records, known, header, place)
        gathered.problems += islice(_distinct(found), ENOUGH)
    if gathered.problems:
        return None
    if on is not None:
        header = _inherited(header, on.header)
    fields: dict[str, Any] = {"header": header}
    for name, table in tables.items():
        fields[name] = FrozenDict(dict(sorted(table.items())))
    pack = Pack.model_construct(**fields)
    gathered.problems += check_weight(pack, place)
    if examples and not gathered.problems:
        gathered.problems += islice(check_examples(gathered.records, pack), ENOUGH)
    return pack


INHERITED = ("notice", "reviewed_by", "categories", "covers")
"""What a layered pack has of the pack beneath, unless it says otherwise."""


def _inherited(header: PackHeader, beneath: PackHeader) -> PackHeader:
    """The header of a layered pack: the notice and the like stay those of the pack beneath."""
    silent = [name for name in INHERITED if name not in header.model_fields_set]
    return header.model_copy(update={name: getattr(beneath, name) for name in silent})


def _fill(tables: dict[str, dict[str, Any]], gathered: Gathered) -> None:
    """Puts records into tables; an id that is taken is a problem."""
    taken = {
        (_ids_of(section), name): "the pack beneath"
        for section, table in tables.items()
        for name in table
    }
    for item in sorted(gathered.records, key=lambda item: item.place.order):
        if gathered.is_full():
            break
        key = (_ids_of(item.section), item.record.id)
        if key in taken:
            hint = "ids are unique and never reused; choose another"
            what = f"this id is taken already, in {taken[key]}"
            gathered.problems.append(item.problem(("id",), what, hint))
            continue
        tables[item.section][item.record.id] = item.record
        taken[key] = item.place.of()
    both = set(tables["factors"]) & set(tables["red_flag_signs"])
    for item in gathered.records if both else ():
        if gathered.is_full():
            break
        if item.section in {"factors", "red_flag_signs"} and item.record.id in both:
            what = "a factor and a red flag have the same id"
            gathered.problems.append(item.problem(("id",), what, "rename one of them"))


def _distinct(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Each problem once, as soon as it is found."""
    seen: set[Problem] = set()
    for problem in problems:
        if problem not in seen:
            seen.add(problem)
            yield problem


def _ids_of(section: str) -> str:
    """Within which ids are unique: all rules together, else one list."""
    return "rules" if SECTIONS[section].is_rule else section


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By file, line and column; each once."""

    def place(problem: Problem) -> tuple[str, int, int, str]:
        file, *numbers = problem.where.rsplit(":", 2)
        if len(numbers) == 2 and all(number.isdecimal() for number in numbers):  # noqa: PLR2004 - line and column
            return (file, int(numbers[0]), int(numbers[1]), problem.what)
        return (problem.where, 0, 0, problem.what)

    return sorted(dict.fromkeys(problems), key=place)
