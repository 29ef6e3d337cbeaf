"""What an explorer needs of a pack, made ready: from the pack itself, or from its compiled form."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from painrules.engine import BitmapEngine
from painrules.engine.bitmap import Rest
from painrules.engine.masks import written
from painrules.explore.order import places
from painrules.explore.words import NAMED, Book, WordBook, book_of
from painrules.log import note
from painrules.model.facts import Definitions, FactsBuilder
from painrules.model.hierarchy import Hierarchy
from painrules.packs.compiled import (
    BROKEN,
    Parts,
    compiled_folder,
    later,
    read_compiled,
    write_compiled,
    written_parts,
)
from painrules.packs.core import RECORDS, core_from_yaml, core_pack, record_parts
from painrules.packs.fingerprint import fingerprint
from painrules.resolve import LensIndex, PackIndex, WhenAndWhose
from painrules.resolve.index import OptionRules

if TYPE_CHECKING:
    from painrules.model.pack import Pack

READY = "ready"
"""The name of the compiled file with what every profile needs."""
MORE = "more"
"""The name of the compiled file with what only some do."""


class Ready(NamedTuple):
    """What an explorer needs of a pack, but for its engine."""

    builder: FactsBuilder
    """What makes facts of profiles."""
    resolver: PackIndex
    """What the resolver needs."""
    dates: LensIndex
    """Who speaks, and when."""
    book: WordBook
    """The words that users may write."""
    places: Mapping[str, tuple[int, str]]
    """Where each intervention stands in the order of options."""

    @classmethod
    def of(cls, pack: "Pack") -> Self:
        """Made from the pack."""
        return cls(
            FactsBuilder(pack), PackIndex(pack), LensIndex(pack), WordBook.of(pack), places(pack)
        )


class Compiled(NamedTuple):
    """A pack made ready, with the default engine."""

    engine: BitmapEngine
    ready: Ready


def core_compiled() -> Compiled:
    """The core pack made ready: from its compiled form if there is one that fits, else from its records."""
    parts = read_compiled(READY)
    if parts is not None:
        try:
            return compiled_from(parts, core_pack)
        except BROKEN as error:
            note("packs", "compiled form '%s' put aside: %s", READY, type(error).__name__)
    pack = core_pack()
    compiled = Compiled(BitmapEngine(pack), Ready.of(pack))
    write_compiled(READY, lambda: ready_parts(pack, compiled))
    write_compiled(MORE, lambda: more_parts(pack, compiled))
    return compiled


def compiled_files(core: "Pack | None" = None) -> dict[str, bytes]:
    """The compiled form, made from the YAML: the content of each file by its name.

    The same rules and the same library give the same bytes; that is how a wheel can be checked.

    Args:
        core: The core pack as it was just read; left out: it is read.

    Raises:
        RulePackError: If the core pack has a problem.
    """
    pack, made_from = core or core_from_yaml(), fingerprint()
    compiled = Compiled(BitmapEngine(pack), Ready.of(pack))
    parts = {
        RECORDS: record_parts(pack),
        READY: ready_parts(pack, compiled),
        MORE: more_parts(pack, compiled),
    }
    return {f"{name}.json": written_parts(parts[name], str(made_from)) for name in parts}


def unfit(core: "Pack | None" = None) -> list[str]:
    """The compiled files, with their folder, that say that they fit and are not what the YAML comes to."""
    found = []
    for name, data in compiled_files(core).items():
        parts = read_compiled(name.removesuffix(".json"))
        if parts is not None and (compiled_folder() / name).read_bytes() != data:
            found.append(str(compiled_folder() / name))
    return found


def ready_parts(pack: "Pack", compiled: Compiled) -> dict[str, Any]:
    """What every profile needs, as plain data."""
    engine, (builder, index, dates, book, _) = compiled
    conditions, interventions, category, bands = builder.definitions
    return {
        "engine": engine.plain(),
        "index": index.plain(),
        "dates": list(map(written, dates.everything)),
        "conditions": conditions.parents,
        "interventions": interventions.parents,
        "category": category,
        "bands": {name: [kind, *map(str, span)] for name, (kind, span) in bands.items()},
        "names": {kind: sorted(book.names(kind)) for kind in (*NAMED, "jurisdictions")},
        "places": places(pack),
    }


def more_parts(pack: "Pack", compiled: Compiled) -> dict[str, Any]:
    """What only some profiles need, as plain data."""
    engine, (_, index, dates, _, _) = compiled
    return {
        "engine": [rest.plain() for rest in engine.rest()],
        "options": {name: index.option(name).plain() for name in index.options},
        "dates": dates.known.plain(),
        "books": {
            kind: {word: sorted(names) for word, names in book_of(pack, kind).items()}
            for kind in NAMED
        },
    }


def compiled_from(parts: Parts, pack: "Callable[[], Pack]") -> Compiled:
    """Back from plain data; parts that only some profiles need are read when one comes.

    Args:
        parts: What `ready_parts` gave.
        pack: What gets the pack, once one of its records is wanted.
    """

    @cache
    def more() -> Parts:
        return read_compiled(MORE) or Parts({})

    @cache
    def options() -> Mapping[str, Any]:
        found: Mapping[str, Any] = more()["options"]
        return found

    def option(name: str) -> OptionRules:
        return later(
            lambda: OptionRules.restored(options()[name]), lambda: anew().resolver.option(name)
        )()

    def book(kind: str) -> Book:
        return later(lambda: _checked_book(more()["books"][kind]), lambda: anew().book.book(kind))()

    rest = later(
        lambda: [Rest.restored(plain) for plain in more()["engine"]], lambda: engine_anew().rest()
    )
    lenses = later(lambda: WhenAndWhose.restored(more()["dates"]), lambda: anew().dates.known)
    bands = {
        name: (kind, (float(low), float(high)))
        for name, (kind, low, high) in parts["bands"].items()
    }
    definitions = Definitions(
        Hierarchy(parts["conditions"]), Hierarchy(parts["interventions"]), parts["category"], bands
    )
    known = {kind: dict.fromkeys(words) for kind, words in parts["names"].items()}
    return Compiled(
        BitmapEngine.restored(parts["engine"], cache(rest)),
        Ready(
            FactsBuilder(definitions),
            PackIndex.restored(parts["index"], definitions.interventions.parents, option, pack),
            LensIndex.restored(parts["dates"], lenses),
            WordBook(known, book),
            {name: (rank, label) for name, (rank, label) in parts["places"].items()},
        ),
    )


def _checked_book(plain: Mapping[str, Any]) -> Book:
    return {str(word): tuple(map(str, names)) for word, names in plain.items()}


@cache
def anew() -> Ready:
    """Made from the YAML, whatever there is in compiled form."""
    return Ready.of(core_from_yaml())


@cache
def engine_anew() -> BitmapEngine:
    """The engine, made in the same way."""
    return BitmapEngine(core_from_yaml())
