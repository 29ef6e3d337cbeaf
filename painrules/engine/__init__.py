"""Engines find rules: facts in, sets of rules out.

`base` is the protocol, `bitmap` the default, `durable` the other one, an extra. An engine is chosen by name.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from painrules.engine.base import (
    Engine,
    Inferred,
    RuleSets,
    Suggested,
    bits,
    inference_needs,
    strata,
)
from painrules.engine.bitmap import BitmapEngine
from painrules.engine.query import Asked, Consultation, consult
from painrules.errors import UnknownWordError

if TYPE_CHECKING:
    from painrules.model.pack import Pack

__all__ = [
    "ENGINES",
    "Asked",
    "BitmapEngine",
    "Consultation",
    "Engine",
    "Inferred",
    "RuleSets",
    "Suggested",
    "bits",
    "consult",
    "inference_needs",
    "make_engine",
    "strata",
]


def _durable(pack: "Pack") -> Engine:
    from painrules.engine.durable import DurableEngine  # noqa: PLC0415 - only when it is chosen

    return DurableEngine(pack)


ENGINES: "dict[str, Callable[[Pack], Engine]]" = {"bitmap": BitmapEngine, "durable": _durable}
"""What makes an engine for a pack, by the engine's name."""


def make_engine(name: str, pack: "Pack") -> Engine:
    """The engine of that name, compiled for a pack.

    Raises:
        UnknownWordError: If there is no engine of that name.
        MissingExtraError: If what it needs is not installed.
    """
    if name not in ENGINES:
        raise UnknownWordError(name, "engine", ENGINES)
    return ENGINES[name](pack)
