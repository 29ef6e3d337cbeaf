"""Writing a pack to files that `load_pack` reads: for tests, and to show a pack made in Python."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from painrules.model.pack import Pack
from painrules.model.rule import Rule
from painrules.packs import SECTIONS

Item = dict[str, Any]
Group = tuple[str, dict[str, Any], list[Item]]
"""A list of a file: its key, what the file says once for all of its rules, its items."""


def write_pack(pack: Pack, folder: Path, *, shuffle: Random | None = None) -> None:
    """Writes a pack to a folder of YAML files.

    Args:
        pack: The pack; what lies beneath a layered one is written too.
        folder: Where to; it must not exist yet.
        shuffle: Decides the order of entries and fields, how they are spread over files, and how they are laid out;
            left out: one file for each list, in order.

    >>> from tempfile import TemporaryDirectory
    >>> from painrules import load_pack
    >>> from painrules.testing import small_vocabulary
    >>> with TemporaryDirectory() as folder:
    ...     write_pack(small_vocabulary(), Path(folder) / "small")
    ...     load_pack(Path(folder) / "small").digest == small_vocabulary().digest
    True
    """
    folder.mkdir(parents=True)
    header = pack.header.model_dump(mode="json", exclude_defaults=True)
    (folder / "pack.yaml").write_text(_written(header, shuffle), encoding="utf-8")
    for number, (key, shared, items) in enumerate(_groups(pack, shuffle)):
        file = folder / f"{number:03}_{key}.yaml"
        if shuffle is not None:
            file = folder / shuffle.choice("abc") / f"{shuffle.randrange(10**9)}_{number}.yml"
            file.parent.mkdir(exist_ok=True)
        file.write_text(_written({**shared, key: items}, shuffle), encoding="utf-8")


def _groups(pack: Pack, shuffle: Random | None) -> Iterator[Group]:
    """Entries in groups that may stand in one file: rules of one file have one scope."""
    for key in SECTIONS:
        entries = list(getattr(pack, key).values())
        if shuffle is not None:
            shuffle.shuffle(entries)
        by_scope: dict[str, Group] = {}
        for entry in entries:
            item = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            shared = {}
            if isinstance(entry, Rule) and "scope" in item:
                shared["scope"] = item.pop("scope")
            part = "" if shuffle is None else str(shuffle.randrange(3))
            by_scope.setdefault(json.dumps([shared, part]), (key, shared, []))[2].append(item)
        yield from by_scope.values()


def _written(value: Item, shuffle: Random | None) -> str:
    """A mapping as strict YAML: one field a line, what is within in flow style or in block style."""
    return "".join(f"{key}:{_block(inner, 1, shuffle)}" for key, inner in _ordered(value, shuffle))


def _ordered(value: Item, shuffle: Random | None) -> list[tuple[str, Any]]:
    fields = list(value.items())
    if shuffle is not None:
        shuffle.shuffle(fields)
    return fields


def _block(value: Any, depth: int, shuffle: Random | None) -> str:  # noqa: ANN401 - plain values
    """A value after its key or its dash, with the line break that ends it."""
    flow = shuffle is not None and shuffle.random() < 0.3  # noqa: PLR2004 - some of them
    if flow or not value or not isinstance(value, dict | list):
        return f" {json.dumps(value, ensure_ascii=False)}\n"
    margin = "  " * depth
    if isinstance(value, list):
        lines = [f"{margin}-{_block(one, depth + 1, shuffle)}" for one in value]
    else:
        fields = _ordered(value, shuffle)
        lines = [f"{margin}{key}:{_block(one, depth + 1, shuffle)}" for key, one in fields]
    return "\n" + "".join(lines)
