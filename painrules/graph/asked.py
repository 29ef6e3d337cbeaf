"""From a profile or a result to the options that it lists."""

from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from painrules.engine import consult, make_engine
from painrules.errors import ArgumentError, Problem, shown
from painrules.graph.same import REMEMBERED, Same
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.result import Result
from painrules.packs import core_pack
from painrules.resolve import EVERYTHING, LensIndex, PackIndex, Resolution


@runtime_checkable
class Explored(Protocol):
    """What `painrules.explore` returns: a record, and the pack that it comes from."""

    @property
    def pack(self) -> Pack:
        """The pack."""
        ...

    @property
    def record(self) -> Result:
        """What was found, as plain data."""
        ...


Asked: TypeAlias = Explored | Profile
"""A result, or a profile that is looked at with the core pack."""


class Listed(NamedTuple):
    """The options of a result that are supported and not contraindicated."""

    options: tuple[str, ...]
    """Their ids, in order."""
    flagged: bool
    """Whether a red flag asks for assessment first."""
    pack: Pack
    """The pack that says so."""


def explored(name: str, given: Explored) -> Explored:
    """What an exploration found, if it is one.

    Raises:
        ArgumentError: If it is something else.
    """
    if isinstance(getattr(given, "record", None), Result):
        return given
    what = f"{shown(given)} is no exploration"
    raise ArgumentError(Problem(name, what, "painrules.explore(...) gives one"))


def listed(asked: Asked) -> Listed:
    """What a result lists, or would list but for a red flag; of a profile, what the core pack supports for it."""
    if isinstance(asked, Profile):
        pack = core_pack()
        found = resolved(pack, asked)
        names = [name for name in found.options if found.is_supported(name)]
        names.sort(key=lambda name: _place(pack, name))
        return Listed(tuple(names), bool(found.red_flags), pack)
    record = explored("result", asked).record
    return Listed(record.listed or record.deferred, bool(record.red_flags), asked.pack)


def _place(pack: Pack, name: str) -> tuple[int, str, str]:
    entry = pack.interventions[name]
    return pack.category_order.index(entry.category), entry.label.casefold(), name


def resolved(pack: Pack, profile: Profile) -> Resolution:
    """What the rules of a pack come to for a profile, without texts."""
    return _resolver(Same(pack)).resolve(profile)


class _Resolver:
    """A pack made ready to be asked."""

    def __init__(self, pack: Pack) -> None:
        self._engine = make_engine("bitmap", pack)
        self._builder = FactsBuilder(pack)
        self._index = PackIndex(pack)
        self._masks = LensIndex(pack).masks(EVERYTHING)

    def resolve(self, profile: Profile) -> Resolution:
        found = consult(self._engine, self._builder, profile)
        return Resolution(self._index, found.asked, self._masks, {})


@lru_cache(maxsize=REMEMBERED)
def _resolver(same: Same) -> _Resolver:
    return _Resolver(same.pack)
