"""What is checked: a pack, which of it is its own, and where that stands."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from painrules.errors import Problem
from painrules.model.pack import Coverage, Pack
from painrules.packs import read_pack
from painrules.packs.gather import Located, Place
from painrules.packs.load import read_files
from painrules.packs.locate import CORE, core_folder

NO_COVERAGE = Coverage()

PackLike = Pack | str | os.PathLike[str]
"""A pack, or the folder of one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A pack that is checked."""

    pack: Pack
    located: Mapping[tuple[str, str], Located | None] | None = None
    """Its own records by list and id; None for a pack that was made in Python: all is its own, and stands nowhere."""
    header: Place | None = None

    @property
    def covers(self) -> Coverage:
        """What the pack itself says that it covers, or has of the core pack; nothing, if only another pack says it."""
        header = self.pack.header
        says = self.header is None or header.extends is not None
        if not says and self.header is not None:
            said = self.header.document.value
            says = isinstance(said, dict) and "covers" in said
        return (header.covers if says else None) or NO_COVERAGE

    def is_own(self, table: str, name: str) -> bool:
        """Whether an entry is of the pack itself, not of one beneath it."""
        return self.located is None or (table, name) in self.located

    def where(self, table: str, name: str, *steps: str | int) -> str:
        """File, line and column of a part of an entry; empty if it stands nowhere."""
        item = None if self.located is None else self.located.get((table, name))
        if item is None:
            return ""
        if steps and steps[0] in item.shared:
            return Place(item.place.file, item.place.document, ()).of(*steps)
        return item.place.of(*steps)

    def in_header(self, *steps: str | int) -> str:
        """File, line and column of a part of `pack.yaml`."""
        return "" if self.header is None else self.header.of(*steps)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder that cannot be loaded as a pack."""

    label: str
    problems: tuple[Problem, ...]
    more: bool = False
    """Whether there is more wrong than was looked for."""


def subject_of(pack: PackLike | None, on: Pack | None = None) -> Subject | Unreadable:
    """What is to be checked, read if it is a folder.

    Args:
        pack: The pack or its folder; None: the core pack, from its files.
        on: The pack on which a folder is layered.
    """
    if isinstance(pack, Pack):
        return Subject(pack)
    reading = read_files(core_folder(), CORE) if pack is None else read_pack(pack, on=on)
    if reading.pack is None:
        return Unreadable(reading.label, reading.problems, reading.more)
    located = {(item.section, item.record.id): item for item in reading.records}
    return Subject(reading.pack, located, reading.header)
