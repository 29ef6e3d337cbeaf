"""The compiled form of the core pack: what was read and worked out once, kept as plain data beside the library.

To read thousands of rules from YAML takes seconds. So what came of it is kept in files of plain JSON, one line for each
part, so that a part costs nothing until it is wanted. `docs/explanation/speed.md` tells why it is done so.

- It is never trusted: a file counts only if it names the fingerprint of the very files that it was made from and the
  SHA-256 of what it holds. Everything else is as if it were not there, and it is made anew.
- It is never code: JSON makes nothing but plain values.
- It lies with the library, never in a folder of the user: who can write there could change the library itself.
- It is written under another name and then renamed. A place that cannot be written to is no error.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic_core import from_json, to_json

from painrules.files import save
from painrules.log import note
from painrules.packs.fingerprint import fingerprint

T = TypeVar("T")

FORMAT = 1
"""The version of the form; the code that reads it is part of the fingerprint besides."""
LARGEST = 256_000_000
"""The most bytes that are read."""
FOLDER = "_compiled"
"""The folder within the library."""
BROKEN = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What it can come to if plain data is not of the form that is expected."""


def compiled_folder() -> Traversable:
    """Where the compiled form lies."""
    return files("painrules") / FOLDER


class Parts(Mapping[str, Any]):
    """The parts of a compiled file, each read when it is asked for."""

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        self._lines = lines

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - plain data
        """One part as plain data, fresh each time."""
        return from_json(self._lines[name], cache_strings="keys")

    def __iter__(self) -> Any:  # noqa: ANN401 - an iterator of names
        """The names of the parts."""
        return iter(self._lines)

    def __len__(self) -> int:
        """How many parts there are."""
        return len(self._lines)


def read_compiled(name: str) -> Parts | None:
    """A compiled file, if it is there, whole, and made from the files that there are now."""
    try:
        with (compiled_folder() / f"{name}.json").open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        note("packs", "compiled form '%s' put aside: %s", name, error.strerror or error)
        return None
    parts = parts_of(data, fingerprint())
    if parts is None:
        why = "it is damaged, or was made from other rules or by another version"
        note("packs", "compiled form '%s' put aside: %s", name, why)
    else:
        note("packs", "compiled form '%s' used: %s bytes, %s parts", name, len(data), len(parts))
    return parts


def parts_of(data: bytes, made_from: str | None) -> Parts | None:
    """The parts of a compiled file, if it is whole and made from what has that fingerprint."""
    head, _, body = data.partition(b"\n")
    try:
        known = from_json(head)
        names = known["parts"]
        counts = (
            made_from is not None
            and len(data) <= LARGEST
            and (known["format"], known["made_from"]) == (FORMAT, made_from)
            and known["body"] == hashlib.sha256(body).hexdigest()
        )
        lines = body.split(b"\n")
        if not counts or len(lines) != len(names):
            return None
        return Parts(dict(zip(names, lines, strict=True)))
    except BROKEN:
        return None


def written_parts(parts: Mapping[str, Any], made_from: str) -> bytes:
    """A compiled file with these parts: the same bytes for the same parts."""
    body = b"\n".join(map(to_json, parts.values()))
    head = {
        "format": FORMAT,
        "made_from": made_from,
        "body": hashlib.sha256(body).hexdigest(),
        "parts": list(parts),
    }
    return to_json(head) + b"\n" + body


def write_compiled(name: str, parts: Callable[[], Mapping[str, Any]]) -> None:
    """Writes a compiled file beside the library, if there is a place for it; else nothing happens.

    Args:
        name: The name of the file.
        parts: What makes its parts; not called where there is no place.
    """
    folder, made_from = compiled_folder(), fingerprint()
    if made_from is None or not isinstance(folder, Path):
        return
    try:
        folder.mkdir(exist_ok=True)
        if os.access(folder, os.W_OK):
            save(folder / f"{name}.json", written_parts(parts(), made_from))
            note("packs", "compiled form '%s' written", name)
        else:
            note("packs", "compiled form '%s' not written: no right to write there", name)
    except OSError as error:
        note("packs", "compiled form '%s' not written: %s", name, error.strerror or error)


def later(get: Callable[[], T], otherwise: Callable[[], T]) -> Callable[[], T]:
    """What gets something from plain data, or from elsewhere if the data is not of the form that is expected."""

    def got() -> T:
        try:
            return get()
        except BROKEN:
            return otherwise()

    return got
