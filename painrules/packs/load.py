"""Loading a pack: read, check each item, check them against each other, try the examples out, freeze."""

import os
import threading
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from painrules.errors import Problem, RulePackError
from painrules.model.base import FrozenDict
from painrules.model.pack import Pack
from painrules.packs.examples import check_examples
from painrules.packs.gather import Gathered, gather
from painrules.packs.locate import CORE, core_folder
from painrules.packs.read import read_folder
from painrules.packs.references import check_references
from painrules.packs.sections import SECTIONS

MAX_SHOWN = 200
"""The most problems that one error lists."""


def load_pack(path: str | os.PathLike[str], *, on: Pack | None = None) -> Pack:
    """Loads and checks a rule pack.

    Args:
        path: A folder with a `pack.yaml` and other YAML files.
        on: The pack on which it is layered; left out, `extends: core` in its `pack.yaml` layers it on the core pack.

    Returns:
        The pack, frozen; if it is layered, with all that lies beneath.

    Raises:
        RulePackError: If anything is wrong; `error.problems` has every problem, with file, line and column.

    >>> load_pack("no/such/folder")
    Traceback (most recent call last):
    painrules.errors.RulePackError: rule pack 'folder' has 1 problem
    no/such/folder: there is no such folder
        hint: name the folder that holds pack.yaml
    """
    folder = Path(path)
    label = folder.name or folder.resolve().name or "pack"
    if not folder.is_dir():
        hint = "name the folder that holds pack.yaml"
        problem = Problem(str(path), "there is no such folder", hint)
        raise RulePackError([problem], f"rule pack '{label}'")
    return load_folder(folder, label, on)


def load_folder(folder: Traversable, label: str, on: Pack | None = None) -> Pack:
    """Loads a pack from a folder that may lie in an archive; see `load_pack`."""
    files, problems = read_folder(folder, label)
    gathered = gather(files, label)
    gathered.problems += problems
    pack = _assemble(gathered, on)
    if gathered.problems or pack is None:
        raise RulePackError(_in_order(gathered.problems), f"rule pack '{label}'")
    return pack


def _assemble(gathered: Gathered, on: Pack | None) -> Pack | None:
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
    tables: dict[str, dict[str, Any]] = {
        section: dict(getattr(on, section)) if on is not None else {} for section in SECTIONS
    }
    _fill(tables, gathered, on)
    gathered.problems += check_references(gathered.records, tables, header, place)
    if gathered.problems:
        return None
    if on is not None and not header.categories:
        header = header.model_copy(update={"categories": on.header.categories})
    fields: dict[str, Any] = {"header": header}
    for name, table in tables.items():
        fields[name] = FrozenDict(dict(sorted(table.items())))
    pack = Pack.model_construct(**fields)
    gathered.problems += check_examples(gathered.records, pack)
    return pack


def _fill(tables: dict[str, dict[str, Any]], gathered: Gathered, on: Pack | None) -> None:
    """Puts records into tables; an id that is taken is a problem."""
    rules = {rule.id: "the pack beneath" for rule in on.rules} if on is not None else {}
    for item in sorted(gathered.records, key=lambda item: item.place.order):
        table, name = tables[item.section], item.record.id
        first = rules.get(name) if SECTIONS[item.section].is_rule else None
        if first is None and name in table:
            first = (
                "elsewhere"
                if on is None or name not in getattr(on, item.section)
                else "the pack beneath"
            )
        if first is not None:
            hint = "ids are unique and never reused; choose another"
            gathered.problems.append(
                item.problem(("id",), f"this id is taken already in {first}", hint)
            )
            continue
        table[name] = item.record
        if SECTIONS[item.section].is_rule:
            rules[name] = item.place.of()
    for name in sorted(set(tables["factors"]) & set(tables["red_flag_signs"])):
        for item in gathered.records:
            if item.section in {"factors", "red_flag_signs"} and item.record.id == name:
                what = "a factor and a red flag have the same id"
                gathered.problems.append(item.problem(("id",), what, "rename one of them"))


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By file, line and column; each once; a very long list is cut, and says so."""

    def place(problem: Problem) -> tuple[str, int, int, str]:
        file, _, rest = problem.where.partition(".yaml:")
        line, _, column = rest.partition(":")
        known = line.isdigit() and column.isdigit()
        return (file, int(line) if known else 0, int(column) if known else 0, problem.what)

    ordered = sorted(dict.fromkeys(problems), key=place)
    if len(ordered) > MAX_SHOWN:
        more = len(ordered) - MAX_SHOWN
        ordered = [*ordered[:MAX_SHOWN], Problem("", f"and {more} more problems")]
    return ordered


_lock = threading.Lock()
_core: list[Pack] = []


def core_pack() -> Pack:
    """The pack that ships, loaded when first asked for, once.

    >>> core_pack().id
    'core'
    """
    if not _core:
        with _lock:
            if not _core:
                _core.append(load_folder(core_folder(), CORE))
    return _core[0]
