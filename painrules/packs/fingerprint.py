"""The fingerprint of the core pack: a hash of every byte that its compiled form is made from.

These are the files of the pack, and the modules of the library that read and compile them. It is worked out anew in
each process, from the content and not from dates and sizes, since that takes a few milliseconds only.
"""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from painrules.packs.locate import core_folder

CODE = ("engine", "explore", "model", "packs", "resolve", "vocab.py")
"""The parts of the library that make the compiled form, or give it its meaning."""


@cache
def fingerprint() -> str | None:
    """The fingerprint of the core pack; None if a file of it cannot be read."""
    library = files("painrules")
    try:
        return digest_of([core_folder(), *(library / part for part in CODE)])
    except OSError:
        return None


def digest_of(places: list[Traversable]) -> str:
    """SHA-256 of all files in some places, with their names.

    Raises:
        OSError: If one of them cannot be read.
    """
    found = hashlib.sha256()
    for number, place in enumerate(places):
        for name, data in _files_at(place, str(number)):
            found.update(f"{name}\n{len(data)}\n".encode("utf-8", "surrogateescape"))
            found.update(data)
    return found.hexdigest()


def _files_at(place: Traversable, label: str) -> Iterator[tuple[str, bytes]]:
    if not place.is_dir():
        yield label, place.read_bytes()
    elif isinstance(place, Path):
        yield from _on_disk(str(place), label)
    else:
        yield from _in_archive(place, label)


def _counts(name: str) -> bool:
    return not name.startswith((".", "__pycache__")) and not name.endswith(".pyc")


def _on_disk(folder: str, label: str) -> Iterator[tuple[str, bytes]]:
    """The files of a folder on disk: many, so no object is made for each of them."""
    with os.scandir(folder) as found:
        items = sorted((item.name, item) for item in found if _counts(item.name))
    for name, item in items:
        if item.is_dir(follow_symlinks=False):
            yield from _on_disk(item.path, f"{label}/{name}")
        elif item.is_file(follow_symlinks=False):
            with open(item.path, "rb", buffering=0) as stream:  # noqa: PTH123 - see above
                yield f"{label}/{name}", stream.read()
        else:
            yield f"{label}/{name}", b"not a file"


def _in_archive(place: Traversable, label: str) -> Iterator[tuple[str, bytes]]:
    """The files of a folder that may lie in an archive."""
    for item in sorted(place.iterdir(), key=lambda item: item.name):
        if not _counts(item.name):
            continue
        if item.is_dir():
            yield from _in_archive(item, f"{label}/{item.name}")
        else:
            yield f"{label}/{item.name}", item.read_bytes()
