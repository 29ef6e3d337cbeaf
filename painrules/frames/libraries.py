"""Columns of our own, written as those of each library: words as categories, so that they take little room."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from painrules.errors import MissingExtraError, shown
from painrules.exact import exact

KINDS = ("pandas", "polars", "pyarrow")
"""The libraries that frames can be made for."""


class Coded(NamedTuple):
    """A column of words: for each row the place of its word, or -1 where there is none."""

    numbers: npt.NDArray[Any]
    words: tuple[str, ...]
    closed: bool = True
    """Whether these are all words that there can be, so that the library may know them as a type."""


Made = Coded | npt.NDArray[Any]
"""A column of words, or of numbers or yes and no."""


def small(count: int) -> npt.DTypeLike:
    """The smallest kind of integer for the places of so many words."""
    for kind in (np.int8, np.int16):
        if count < np.iinfo(kind).max:
            return kind
    return np.int32


def make(kind: str, columns: Mapping[str, Made]) -> Any:  # noqa: ANN401 - a frame of that library
    """A frame of a library."""
    return {"pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow}[kind](columns)


def _pandas(columns: Mapping[str, Made]) -> Any:  # noqa: ANN401 - see make
    import pandas as pd  # noqa: PLC0415 - only where its frames are wanted

    found: dict[str, Any] = {}
    for name, column in columns.items():
        if isinstance(column, Coded):
            if column.closed:
                kind = pd.CategoricalDtype(list(column.words))
                found[name] = pd.Categorical.from_codes(column.numbers, dtype=kind)
            else:
                found[name] = np.array([*column.words, None], dtype=object)[column.numbers]
        else:
            found[name] = column
    return pd.DataFrame(found)


def _polars(columns: Mapping[str, Made]) -> Any:  # noqa: ANN401 - see make
    import polars as pl  # noqa: PLC0415 - only where its frames are wanted

    found = []
    for name, column in columns.items():
        if not isinstance(column, Coded):
            found.append(pl.Series(name, column))
            continue
        numbers = column.numbers
        if column.closed:
            # -1, all bits set, is beyond what an unsigned place can be: it becomes null
            places = pl.Series(name, numbers.astype(f"u{numbers.itemsize}"))
            kept = places.set(places >= len(column.words), None) if (numbers < 0).any() else places
            kind = pl.Enum(column.words)
            # Polars 2 has a way of its own from places to words, where Polars 1 casts
            found.append(kept.cat.to(kind) if hasattr(kept.cat, "to") else kept.cast(kind))
        else:
            words = pl.Series(name, [*column.words, None], dtype=pl.String)
            places = pl.Series(np.where(numbers < 0, len(column.words), numbers).astype(np.uint32))
            found.append(words.gather(places))
    return pl.DataFrame(found)


def _pyarrow(columns: Mapping[str, Made]) -> Any:  # noqa: ANN401 - see make
    import pyarrow as pa  # noqa: PLC0415 - only where its tables are wanted

    found: dict[str, Any] = {}
    for name, column in columns.items():
        if isinstance(column, Coded):
            missing = column.numbers < 0
            places = pa.array(column.numbers, mask=missing if missing.any() else None)
            words = pa.DictionaryArray.from_arrays(places, pa.array(column.words, type=pa.string()))
            found[name] = words if column.closed else words.cast(pa.string())
        else:
            found[name] = pa.array(column)
    return pa.table(found)


def installed(wanted: str | None) -> str:
    """The library that is wanted, or the first that is installed.

    Raises:
        MissingExtraError: If there is none.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - only here

    name = exact(wanted)
    for kind in KINDS:
        if (name is None or (type(name) is str and name == kind)) and find_spec(kind) is not None:
            return kind
    what = "a library for dataframes" if name is None else shown(name)
    names = ", ".join(KINDS)
    msg = f"this needs {what}\n    hint: install one of {names}, such as: pip install 'painrules[frames]' pandas"
    raise MissingExtraError(msg)


def words_of(values: Sequence[str | None]) -> tuple[tuple[str, ...], list[int]]:
    """The distinct words, and for each value the place of its own, or -1."""
    known: dict[str, int] = {}
    places = [-1 if value is None else known.setdefault(value, len(known)) for value in values]
    return tuple(known), places
