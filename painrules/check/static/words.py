"""Texts that hold what no text may hold."""

from collections.abc import Iterator

from painrules.check.findings import Finding, found
from painrules.check.subject import Subject
from painrules.check.wording import forbidden, texts
from painrules.packs.sections import SECTIONS


def wordings(subject: Subject) -> Iterator[Finding]:
    """A finding for each text of the pack itself that holds a dose, a schedule or a brand, or addresses a patient."""
    for table, name, steps, text in texts(subject.pack):
        if table != "header" and not subject.is_own(table, name):
            continue
        for what, words in forbidden(text):
            part = ".".join(step for step in steps if isinstance(step, str))
            if table == "header":
                whose, where = f"the pack, {part}", subject.in_header(*steps)
            else:
                whose = f"{SECTIONS[table].noun} '{name}', {part}"
                where = subject.where(table, name, *steps)
            yield found("wording", name, f"{whose}: holds {what}: {words!r}", where=where)
