"""Reading the files of a pack: bounded, in a fixed order, nothing outside the folder.

A folder on disk may change while it is read, by accident or on purpose. So each folder is opened once, and what lies in
it is opened by its name within it: nothing that is put in the place of a folder or file later leads elsewhere.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from painrules.errors import Problem, printable
from painrules.files import open_regular
from painrules.packs.text import MAX_BYTES

MAX_FILES = 2_000
"""The most files that a pack may have."""
MAX_TOTAL = 32_000_000
"""The most bytes that the files of a pack may have together."""
MAX_LEVELS = 12
"""How deep folders may stand in each other."""
MAX_ENTRIES = 100_000
"""The most entries of one folder that are looked at, whatever they are."""
ENDINGS = (".yaml", ".yml")


class RawFile(NamedTuple):
    """A file as it was read."""

    name: str
    """Its name from the folder of the pack on, with slashes."""
    data: bytes


Read = Callable[[], bytes]


def read_folder(folder: Traversable, label: str) -> tuple[list[RawFile], list[Problem]]:
    """The YAML files of a folder, in the order of their names, and what was wrong with reading them."""
    found: list[RawFile] = []
    problems: list[Problem] = []
    total = 0
    for name, read in _files_of(folder, label, problems):
        if len(found) >= MAX_FILES:
            problems.append(Problem(label, f"the pack has more than {MAX_FILES:,} files"))
            break
        try:
            data = read()
        except OSError as error:
            problems.append(_unreadable(name, error))
            continue
        total += len(data)
        if total > MAX_TOTAL:
            what = f"the files of the pack have more than {MAX_TOTAL:,} bytes together"
            problems.append(Problem(label, what, "split the pack"))
            break
        found.append(RawFile(name, data))
    return found, problems


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, f"cannot be read: {error.strerror or error}")


OPENS_WITHIN = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether this system opens files by their name within an open folder."""


def _files_of(
    folder: Traversable, label: str, problems: list[Problem]
) -> Iterator[tuple[str, Read]]:
    """The files of a folder, each with what reads it."""
    if not (isinstance(folder, Path) and OPENS_WITHIN and sys.platform != "emscripten"):
        yield from _walk(folder, label, problems, 0)
        return
    try:
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        problems.append(_unreadable(label, error))
        return
    try:
        yield from _within(number, label, problems, 0)
    finally:
        os.close(number)


def _within(
    number: int, label: str, problems: list[Problem], level: int
) -> Iterator[tuple[str, Read]]:
    """The files of an open folder on disk."""
    try:
        with os.scandir(number) as entries:
            items = sorted(islice(entries, MAX_ENTRIES + 1), key=lambda item: item.name)
    except OSError as error:
        problems.append(_unreadable(label, error))
        return
    if len(items) > MAX_ENTRIES:
        problems.append(Problem(label, f"the folder has more than {MAX_ENTRIES:,} entries"))
        return
    for item in (one for one in items if not one.name.startswith(".")):
        name = f"{label}/{printable(item.name)}"
        try:
            if item.is_symlink():
                if item.name.endswith(ENDINGS) or _leads_to_folder(item):
                    problems.append(_link(name))
            elif item.is_dir(follow_symlinks=False):
                yield from _inner(item.name, number, name, problems, level)
            elif item.name.endswith(ENDINGS) and item.is_file(follow_symlinks=False):
                yield name, _reader(item.name, number)
            elif item.name.endswith(ENDINGS):
                problems.append(Problem(name, "is not a file"))
        except OSError as error:
            problems.append(_unreadable(name, error))


def _inner(
    entry: str, number: int, name: str, problems: list[Problem], level: int
) -> Iterator[tuple[str, Read]]:
    """The files of a folder within an open one."""
    if level >= MAX_LEVELS:
        problems.append(_too_deep(name))
        return
    inner = os.open(entry, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=number)
    try:
        yield from _within(inner, name, problems, level + 1)
    finally:
        os.close(inner)


def _leads_to_folder(item: "os.DirEntry[str]") -> bool:
    with suppress(OSError):
        return item.is_dir()
    return False


def _reader(name: str, folder: int) -> Read:
    def read() -> bytes:
        number = open_regular(name, within=folder, follow=False)
        with os.fdopen(number, "rb") as stream:
            return stream.read(MAX_BYTES + 1)

    return read


def _link(name: str) -> Problem:
    return Problem(name, "links are not followed", "put the file itself into the pack")


def _too_deep(name: str) -> Problem:
    return Problem(name, f"folders are nested more than {MAX_LEVELS} deep")


def _walk(
    folder: Traversable, label: str, problems: list[Problem], level: int
) -> Iterator[tuple[str, Read]]:
    """The files of a folder that may lie in an archive, or on a system that cannot open files within a folder."""
    try:
        items = sorted(folder.iterdir(), key=lambda item: item.name)
    except OSError as error:
        problems.append(_unreadable(label, error))
        return
    for item in items:
        name = f"{label}/{printable(item.name)}"
        if item.name.startswith("."):
            continue
        if isinstance(item, Path) and item.is_symlink():
            if item.name.endswith(ENDINGS) or item.is_dir():
                problems.append(_link(name))
        elif item.is_dir():
            if level >= MAX_LEVELS:
                problems.append(_too_deep(name))
                continue
            yield from _walk(item, name, problems, level + 1)
        elif item.name.endswith(ENDINGS):
            if item.is_file():
                yield name, _reader_of(item)
            else:
                problems.append(Problem(name, "is not a file"))


def _reader_of(item: Traversable) -> Read:
    """What reads the bytes of a file, one more than is allowed at the most."""

    def read() -> bytes:
        with item.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)

    return read
