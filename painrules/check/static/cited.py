"""Entries that cite no source."""

from collections.abc import Iterator, Mapping
from typing import Any

from painrules.check.findings import Finding, found
from painrules.check.subject import Subject
from painrules.model.pack import Pack
from painrules.packs.sections import SECTIONS

SOURCED = (
    *("interventions", "conditions", "factors", "red_flag_signs"),
    *("relations", "misconceptions"),
)
"""The lists whose entries cite sources."""


def uncited(pack: Pack) -> Iterator[tuple[str, str]]:
    """List and id of each entry that cites no source, though others of its list do."""
    for table in SOURCED:
        entries: Mapping[str, Any] = getattr(pack, table)
        bare = [name for name, entry in entries.items() if not entry.sources]
        if len(bare) < len(entries):
            yield from ((table, name) for name in bare)


def citing(subject: Subject) -> Iterator[Finding]:
    """A finding for each entry that cites no source, and a note for each list in which none does."""
    for table, name in uncited(subject.pack):
        if subject.is_own(table, name):
            what = f"{SECTIONS[table].noun} '{name}' cites no source, though others do"
            yield found("no_source", name, what, where=subject.where(table, name))
    for table in SOURCED:
        entries: Mapping[str, Any] = getattr(subject.pack, table)
        if entries and not any(entry.sources for entry in entries.values()):
            yield found(
                "no_sources", table, f"none of the {table.replace('_', ' ')} cites a source"
            )
