"""What differs between the entries of two packs: added, removed, changed field by field."""

from collections.abc import Iterator
from typing import Any, Literal

from painrules.model.base import Frozen
from painrules.model.pack import Pack
from painrules.packs.sections import SECTIONS

What = Literal["added", "removed", "changed"]


class FieldChange(Frozen):
    """A field that differs."""

    field: str
    """Its name."""
    before: Any = None
    """What it held."""
    after: Any = None
    """What it holds."""

    def __str__(self) -> str:
        """In one line."""
        return f"{self.field}: {_short(self.before)} -> {_short(self.after)}"


class EntryChange(Frozen):
    """An entry or rule that differs."""

    what: What
    """Whether it is added, removed or changed."""
    table: str
    """Its list."""
    id: str
    """Its id."""
    fields: tuple[FieldChange, ...] = ()
    """What differs in it, if it was changed."""

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule."""
        return SECTIONS[self.table].is_rule


def entry_changes(old: Pack, new: Pack) -> Iterator[EntryChange]:
    """Every entry and rule that differs, list by list."""
    for table in SECTIONS:
        before, after = getattr(old, table), getattr(new, table)
        for name in sorted({*before, *after}):
            if name not in before:
                yield EntryChange(what="added", table=table, id=name)
            elif name not in after:
                yield EntryChange(what="removed", table=table, id=name)
            elif before[name] != after[name]:
                fields = tuple(field_changes(before[name], after[name]))
                yield EntryChange(what="changed", table=table, id=name, fields=fields)


def field_changes(before: Frozen, after: Frozen) -> Iterator[FieldChange]:
    """Every field that differs between two records."""
    old, new = (one.model_dump(mode="json", by_alias=True) for one in (before, after))
    for field in {**old, **new}:
        if old.get(field) != new.get(field):
            yield FieldChange(
                field=field, before=_plain(old.get(field)), after=_plain(new.get(field))
            )


def _plain(value: Any) -> Any:  # noqa: ANN401 - plain values
    """A value without what is left open in it."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner not in (None, [], {})}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _short(value: object) -> str:
    text = "nothing" if value is None or value == {} else str(value)
    return text if len(text) <= 100 else f"{text[:99]}…"  # noqa: PLR2004 - one line
