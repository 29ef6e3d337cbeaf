"""Reading the files of a pack: bounded, in a fixed order, nothing outside the folder."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from painrules.errors import Problem, printable
from painrules.packs.text import MAX_BYTES

MAX_FILES = 2_000
"""The most files that a pack may have."""
MAX_TOTAL = 32_000_000
"""The most bytes that the files of a pack may have together."""
MAX_LEVELS = 12
"""How deep folders may stand in each other."""
ENDINGS = (".yaml", ".yml")


class RawFile(NamedTuple):
    """A file as it was read."""

    name: str
    """Its name from the folder of the pack on, with slashes."""
    data: bytes


def read_folder(folder: Traversable, label: str) -> tuple[list[RawFile], list[Problem]]:
    """The YAML files of a folder, in the order of their names, and what was wrong with reading them."""
    found: list[RawFile] = []
    problems: list[Problem] = []
    total = 0
    for name, item in _walk(folder, label, problems, 0):
        if len(found) >= MAX_FILES:
            problems.append(Problem(label, f"the pack has more than {MAX_FILES:,} files"))
            break
        try:
            data = _read(item)
        except OSError as error:
            problems.append(Problem(name, f"cannot be read: {error.strerror or error}"))
            continue
        total += len(data)
        if total > MAX_TOTAL:
            what = f"the files of the pack have more than {MAX_TOTAL:,} bytes together"
            problems.append(Problem(label, what, "split the pack"))
            break
        found.append(RawFile(name, data))
    return found, problems


def _read(item: Traversable) -> bytes:
    """The bytes of a file, one more than is allowed at the most."""
    with item.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _walk(
    folder: Traversable, label: str, problems: list[Problem], level: int
) -> Iterator[tuple[str, Traversable]]:
    try:
        items = sorted(folder.iterdir(), key=lambda item: item.name)
    except OSError as error:
        problems.append(Problem(label, f"cannot be read: {error.strerror or error}"))
        return
    for item in items:
        name = f"{label}/{printable(item.name)}"
        if item.name.startswith("."):
            continue
        if isinstance(item, Path) and item.is_symlink():
            if item.name.endswith(ENDINGS) or item.is_dir():
                hint = "put the file itself into the pack"
                problems.append(Problem(name, "links are not followed", hint))
            continue
        if item.is_dir():
            if level >= MAX_LEVELS:
                problems.append(Problem(name, f"folders are nested more than {MAX_LEVELS} deep"))
                continue
            yield from _walk(item, name, problems, level + 1)
        elif item.name.endswith(ENDINGS):
            if item.is_file():
                yield name, item
            else:
                problems.append(Problem(name, "is not a file"))
