"""From columns of any library to numbers: each distinct cell once, with a number for each row."""

import re
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import numpy.typing as npt

Column = nw.Series[Any]
"""A column, whatever library it comes from."""
Numbers = npt.NDArray[np.intp]
"""A number for each row."""

NONE = -1
"""The number of a cell in which nothing stands."""
_PLAIN_NUMBER = re.compile(r"\s*\d{1,9}(\.\d{1,9})?\s*")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
UNSAID = frozenset({"", "unknown"})
"""What a text may say where nothing is known of a factor."""


class Cells(NamedTuple):
    """The distinct cells of a column."""

    numbers: Numbers
    """For each row the place of its cell among `values`, or `NONE`."""
    values: list[Any]
    """The distinct cells, as plain Python values."""


class Amounts(NamedTuple):
    """A column of numbers."""

    values: npt.NDArray[np.float64]
    """The numbers; anything where there is none."""
    missing: npt.NDArray[np.bool_]
    """Where there is none."""


def amounts_of(column: Column) -> Amounts | None:
    """A column of numbers as it is; None if it is another kind of column."""
    kind = column.dtype
    if not kind.is_numeric():
        return None
    missing = column.is_null().to_numpy().astype(bool)
    filled = column.fill_null(0) if missing.any() else column
    return Amounts(filled.cast(nw.Float64).to_numpy().astype(np.float64, copy=False), missing)


def cells_of(column: Column) -> Cells:
    """The distinct cells of a column; what an empty cell is, its library knows."""
    kind = column.dtype
    if kind == nw.Boolean:
        missing = column.is_null().to_numpy().astype(bool)
        filled = column.fill_null(value=False) if missing.any() else column
        return Cells(np.where(missing, NONE, filled.to_numpy().astype(np.intp)), [False, True])
    if isinstance(kind, nw.List | nw.Array | nw.Struct):
        return counted(column.to_list())
    if column.implementation.is_polars():
        return _polars_cells(column.to_native())
    if column.implementation.is_pyarrow():
        return _arrow_cells(column.to_native())
    if column.implementation.is_pandas():
        return _pandas_cells(column.to_native())
    return counted(column.to_list())


def _pandas_cells(native: Any) -> Cells:  # noqa: ANN401 - a column of pandas
    import pandas as pd  # noqa: PLC0415 - it is there, for the column is one of its own

    try:
        numbers, values = pd.factorize(native)
    except TypeError:  # lists cannot be hashed
        return counted(native.tolist())
    return Cells(np.asarray(numbers, dtype=np.intp), [plain(one) for one in values.tolist()])


def _polars_cells(native: Any) -> Cells:  # noqa: ANN401 - a column of Polars
    distinct = native.drop_nulls().unique()
    if len(distinct) > len(native) // 4:
        return counted(native.to_list())
    values = distinct.to_list()
    if not values:
        return Cells(np.full(len(native), NONE, dtype=np.intp), [])
    numbers = native.replace_strict(distinct, range(len(values)), default=NONE)
    return Cells(numbers.fill_null(NONE).to_numpy().astype(np.intp), [plain(v) for v in values])


def _arrow_cells(native: Any) -> Cells:  # noqa: ANN401 - a column of PyArrow
    import pyarrow as pa  # noqa: PLC0415 - it is there, for the column is one of its own

    if isinstance(native, pa.ChunkedArray):
        native = native.combine_chunks()
    if isinstance(native, pa.ChunkedArray):  # nothing in it, or too much for one piece
        return counted(native.to_pylist())
    if not pa.types.is_dictionary(native.type):
        native = native.dictionary_encode()
    numbers = native.indices.fill_null(NONE).to_numpy(zero_copy_only=False)
    return Cells(numbers.astype(np.intp), [plain(one) for one in native.dictionary.to_pylist()])


def counted(cells: Iterable[object]) -> Cells:
    """The distinct ones among any cells, lists and mappings too."""
    known: dict[Hashable, int] = {}
    values: list[Any] = []
    numbers = []
    for cell in cells:
        if is_missing(cell):
            numbers.append(NONE)
            continue
        key = _key(cell)
        number = known.get(key)
        if number is None:
            number = known[key] = len(values)
            values.append(plain(cell))
        numbers.append(number)
    return Cells(np.array(numbers, dtype=np.intp), values)


def _key(cell: object) -> Hashable:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Mapping):
        return ("mapping", tuple((str(key), _key(cell[key])) for key in cell))
    if isinstance(cell, set | frozenset):
        return ("set", frozenset(map(_key, cell)))
    if isinstance(cell, list | tuple | np.ndarray):
        return ("list", tuple(map(_key, cell)))
    try:
        hash(cell)
    except TypeError:
        return ("other", repr(cell))
    return (type(cell).__name__, cell)


def is_missing(cell: object) -> bool:
    """Whether nothing stands in a cell."""
    if cell is None or cell is nw:
        return True
    if type(cell).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(cell, float) and cell != cell  # noqa: PLR0124 - what is not a number


def cell_of(column: Column, place: int) -> Any:  # noqa: ANN401 - whatever stands there
    """One cell as Python has it; None if its library says that nothing stands there."""
    return None if column[place : place + 1].is_null()[0] else plain(column[place])


def plain(cell: object) -> Any:  # noqa: ANN401 - whatever stands there
    """A cell as Python has it, numbers of other libraries among them."""
    if isinstance(cell, np.generic | np.ndarray):
        return cell.tolist()
    if isinstance(cell, Decimal):
        return float(cell)
    return cell


def words_in(cell: object, separator: str) -> object:
    """One word, or several; a text is cut at the separator."""
    if not isinstance(cell, str):
        if isinstance(cell, list | tuple):
            return [word for word in cell if not is_missing(word)]
        return cell
    if separator and separator in cell:
        return [word.strip() for word in cell.split(separator) if word.strip()]
    return cell.strip() or None


def outcomes_in(cell: object, separator: str) -> object:
    """What was tried with what came of it: a mapping, or ``option=outcome`` in a text."""
    if isinstance(cell, Mapping):
        return {key: value for key, value in cell.items() if not is_missing(value)}
    words = words_in(cell, separator)
    if words is None:
        return {}
    parts = words if isinstance(words, list) else [words]
    found: dict[object, object] = {}
    for part in parts:
        if not isinstance(part, str) or "=" not in part:
            return cell
        name, _, outcome = part.partition("=")
        if found.get(name.strip(), outcome.strip()) != outcome.strip():
            return cell
        found[name.strip()] = outcome.strip()
    return found


def amount_in(cell: object) -> object:
    """A number; in a text it may be written out, as files of text have no other way."""
    if isinstance(cell, str):
        if _PLAIN_NUMBER.fullmatch(cell):
            number = float(cell)
            return int(number) if number == int(number) else number
        return cell.strip() or None
    return cell


def yes_or_no(cell: object) -> bool | str | None:
    """Whether a factor is there: yes, no, unknown (None), or a text if the cell says neither."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float) and cell in {0, 1}:
        return bool(cell)
    if isinstance(cell, str):
        word = cell.strip().casefold()
        return None if word in UNSAID else _YES_NO.get(word, cell)
    return repr(cell)
