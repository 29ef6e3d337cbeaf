"""The pack that ships: from its compiled form if there is one that fits, else from its YAML."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from painrules.cached import GuardedLock
from painrules.log import note
from painrules.packs.compiled import BROKEN, Parts, read_compiled, write_compiled
from painrules.packs.locate import CORE, core_folder

if TYPE_CHECKING:
    from painrules.model.base import Frozen
    from painrules.model.pack import Pack

RECORDS = "records"
"""The name of the compiled file with the records of the pack."""

_lock = GuardedLock()
shared: "list[Pack]" = []
"""The one core pack of the process, once it is loaded."""


def core_pack() -> "Pack":
    """The pack that ships, loaded when first asked for, once.

    >>> core_pack().id
    'core'
    """
    if not shared:
        with _lock:
            if not shared:
                shared.append(_loaded())
    return shared[0]


def _loaded() -> "Pack":
    parts = read_compiled(RECORDS)
    if parts is not None:
        try:
            return pack_from(parts, core_from_yaml)
        except BROKEN as error:
            note("packs", "compiled form '%s' put aside: %s", RECORDS, type(error).__name__)
    pack = core_from_yaml()
    write_compiled(RECORDS, lambda: record_parts(pack))
    return pack


@cache
def core_from_yaml() -> "Pack":
    """The pack that ships, read from its YAML and checked, whatever there is in compiled form."""
    from painrules.packs.load import load_folder  # noqa: PLC0415 - not where it is compiled

    return load_folder(core_folder(), CORE)


def record_parts(pack: "Pack") -> dict[str, Any]:
    """A pack as plain data: its header, its digest, the ids of each table, and a text for each record."""
    from painrules.packs.sections import SECTIONS  # noqa: PLC0415 - not before records are wanted

    tables = {name: getattr(pack, name) for name in SECTIONS}
    return {
        "header": _text(pack.header),
        "digest": pack.digest,
        "ids": {name: list(table) for name, table in tables.items()},
        **{name: list(map(_text, table.values())) for name, table in tables.items()},
    }


def _text(record: "Frozen") -> str:
    return record.model_dump_json(by_alias=True, exclude_unset=True)


def pack_from(parts: Parts, otherwise: "Callable[[], Pack]") -> "Pack":
    """A pack from plain data: each record is made, and checked, when it is first looked at.

    Args:
        parts: What `record_parts` gave.
        otherwise: Where to get the pack if a record turns out not to be one.
    """
    from painrules.model.lazy import LazyTable  # noqa: PLC0415 - not before records are wanted
    from painrules.model.pack import Pack, PackHeader  # noqa: PLC0415 - the same
    from painrules.packs.sections import SECTIONS  # noqa: PLC0415 - the same

    def table_of(name: str, ids: list[str]) -> LazyTable[Any]:
        model = SECTIONS[name].model
        texts = cache(lambda: dict(zip(ids, parts[name], strict=True)))

        def make(key: str) -> "Frozen":
            try:
                return model.model_validate(from_json(texts()[key]))
            except BROKEN:
                record: Frozen = getattr(otherwise(), name)[key]
                return record

        return LazyTable(ids, make)

    ids = parts["ids"]
    header = PackHeader.model_validate(from_json(parts["header"]))
    fields: dict[str, Any] = {name: table_of(name, ids[name]) for name in SECTIONS}
    pack = Pack.model_construct(header=header, **fields)
    pack.__dict__["digest"] = str(parts["digest"])
    return pack
