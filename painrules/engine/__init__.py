"""Engines find rules: facts in, sets of rules out.

`base` is the protocol, `bitmap` the default. An engine is chosen by name.
"""

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
from painrules.model.pack import Pack

__all__ = [
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

ENGINES: dict[str, type[BitmapEngine]] = {"bitmap": BitmapEngine}


def make_engine(name: str, pack: Pack) -> Engine:
    """The engine of that name, compiled for a pack.

    Raises:
        UnknownWordError: If there is no engine of that name.
    """
    if name not in ENGINES:
        raise UnknownWordError(name, "engine", ENGINES)
    return ENGINES[name](pack)
