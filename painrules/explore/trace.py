"""The trace of an exploration, for those who have to find out why something came out as it did."""

import sys
from typing import TYPE_CHECKING, Any

from painrules import __version__
from painrules.engine import Asked, Consultation, bits
from painrules.given import indented
from painrules.model.base import Frozen, FrozenDict, FrozenMap
from painrules.model.result import SCHEMA_VERSION, LensView, PackRef

if TYPE_CHECKING:
    from painrules.explore.exploration import Exploration


class SuggestedTrace(Frozen):
    """A fact that inference suggested."""

    attribute: str
    """`pain_type`, `mechanism`, or the id of a factor."""
    value: str
    """What it is."""
    taken: bool
    """Whether it was taken; not so where suggestions contradict each other."""
    rules: tuple[str, ...]
    """The rules that suggest it."""


class AskedTrace(Frozen):
    """What the engine was asked once, for one mechanism, and the rules that it found, by id and in order."""

    mechanism: str | None
    """The mechanism; None: unknown."""
    certain: tuple[str, ...]
    """Rules whose conditions are all known to hold."""
    in_force: tuple[str, ...]
    """Those, and the ones that hold by inference or until told otherwise: statuses come from these."""
    possible: tuple[str, ...]
    """Those, and the ones that could still come into force."""
    heard: tuple[str, ...]
    """The positions in force that count: the lens lets them through, and they are of the date."""


class Trace(Frozen):
    """Everything between a profile and its result. It holds the profile, so it is as private as that is.

    >>> import painrules
    >>> trace = painrules.explore("chronic", "neuropathic").trace()
    >>> trace.engine, [one.mechanism for one in trace.asked]
    ('bitmap', ['neuropathic'])
    """

    painrules: str
    """The version of the library."""
    python: str
    """The version of Python."""
    schema_version: str
    """The version of the form of results."""
    pack: PackRef
    """The pack."""
    engine: str
    """The engine that found the rules."""
    profile: FrozenMap[str, Any] = FrozenDict()
    """What was known, as `Profile.to_dict` has it."""
    lens: LensView
    """The restriction under which it was explored."""
    mode: str
    """What the result is for."""
    suggested: tuple[SuggestedTrace, ...] = ()
    """What inference suggested."""
    asked: tuple[AskedTrace, ...]
    """What the engine was asked, in order."""

    def to_json(self, *, indent: int | None = 2) -> str:
        """The trace as JSON."""
        return self.model_dump_json(indent=indented(indent))


def trace_of(result: "Exploration", found: Consultation, heard: int, engine: str) -> Trace:
    """The trace of an exploration.

    Args:
        result: The exploration.
        found: What the engine said.
        heard: The positions that count, as bits.
        engine: The name of the engine.
    """
    pack = result.pack
    names = tuple(rule.id for rule in pack.rules)
    inferred = found.inferred
    return Trace(
        painrules=__version__,
        python=sys.version.split()[0],
        schema_version=SCHEMA_VERSION,
        pack=PackRef(id=pack.id, version=pack.version, digest=pack.digest),
        engine=engine,
        profile=result.profile.to_dict(),
        lens=result.lens,
        mode=result.mode.value,
        suggested=tuple(
            SuggestedTrace(
                attribute=item.name or item.attribute,
                value=item.value,
                taken=taken,
                rules=item.rules,
            )
            for items, taken in ((inferred.taken, True), (inferred.refused, False))
            for item in items
        ),
        asked=tuple(_asked(ask, names, heard) for ask in found.asked),
    )


def _asked(ask: Asked, names: tuple[str, ...], heard: int) -> AskedTrace:
    def ids(mask: int) -> tuple[str, ...]:
        return tuple(names[number] for number in bits(mask))

    certain, in_force, possible = ask.sets
    return AskedTrace(
        mechanism=ask.mechanism,
        certain=ids(certain),
        in_force=ids(in_force),
        possible=ids(possible),
        heard=ids(in_force & heard),
    )
