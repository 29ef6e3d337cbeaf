"""One exploration as a frame: a row for each option."""

from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

from painrules.frames.answers import MODES
from painrules.frames.kernel import CLOSED, about
from painrules.frames.libraries import Coded, Made, installed, make, small, words_of
from painrules.model.pack import Pack
from painrules.vocab import Mode


class Explored(Protocol):
    """What is needed of an exploration."""

    @property
    def pack(self) -> Pack:
        """The pack."""
        ...

    @property
    def mode(self) -> Mode:
        """What the result is for."""
        ...

    @property
    def listed(self) -> tuple[str, ...]:
        """Options that are listed."""
        ...

    @property
    def deferred(self) -> tuple[str, ...]:
        """Options that are deferred."""
        ...

    @property
    def options(self) -> Iterable[Any]:
        """The options, in order."""
        ...


def frame_of_options(result: Explored, kind: str | None) -> Any:  # noqa: ANN401 - a frame of that library
    """The options of an exploration, one row for each.

    Raises:
        MissingExtraError: If the library is not there.
    """
    library = installed(kind)
    views = list(result.options)
    listed, deferred = set(result.listed), set(result.deferred)
    columns: dict[str, Made] = {
        "mode": Coded(np.full(len(views), MODES.index(result.mode.value), dtype=np.int8), MODES[:3])
    }
    for name in ("option", "category", "label"):
        values = [view.id if name == "option" else getattr(view, name) for view in views]
        words, places = words_of(values)
        columns[name] = Coded(np.array(places, dtype=small(len(words))), words)
    for name in ("status", "level", "line", "agreement"):
        columns[name] = _closed(name, [getattr(view, name) for view in views])
    columns["definite"] = np.array([view.definite for view in views], dtype=bool)
    columns["safety"] = _closed("safety", [view.safety for view in views])
    columns["listed"] = np.array([view.id in listed for view in views], dtype=bool)
    columns["deferred"] = np.array([view.id in deferred for view in views], dtype=bool)
    for name in ("positions", "cautions", "ask_about"):
        words, places = words_of(
            [" ".join(one.id for one in getattr(view, name)) for view in views]
        )
        columns[name] = Coded(np.array(places, dtype=np.int32), words, closed=False)
    columns["about"] = Coded(np.zeros(len(views), dtype=np.int8), (about(result.pack),))
    return make(library, columns)


def _closed(name: str, values: list[Any]) -> Coded:
    words = CLOSED[name]
    places = [-1 if value is None else words.index(str(value)) for value in values]
    return Coded(np.array(places, dtype=np.int8), words)
