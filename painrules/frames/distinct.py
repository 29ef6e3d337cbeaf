"""Which rows of several columns of numbers are alike."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]
"""A number for each row."""
DENSE = 1 << 22
"""So many different numbers are counted off in a table; more are sorted."""


def combined(parts: list[Numbers]) -> tuple[list[tuple[int, ...]], Numbers, Numbers]:
    """The distinct rows of several columns of numbers.

    Args:
        parts: The columns; numbers from -1 on.

    Returns:
        The distinct rows, for each the first place where it stands, and for each row the number of its own.
    """
    whole, size = parts[0] + 1, int(np.max(parts[0], initial=0)) + 2
    for part in parts[1:]:
        more = int(np.max(part, initial=0)) + 2
        if size * more > DENSE:
            whole, size = _renumbered(whole, size)
        whole = whole * more + (part + 1)
        size *= more
    whole, size = _renumbered(whole, size)
    first = np.empty(size, dtype=np.intp)
    first[whole[::-1]] = np.arange(len(whole) - 1, -1, -1, dtype=np.intp)
    keys = list(zip(*(part[first].tolist() for part in parts), strict=True))
    return keys, first, whole


def _renumbered(numbers: Numbers, size: int) -> tuple[Numbers, int]:
    """The same rows told apart by the smallest numbers that will do."""
    if size > 8 * DENSE:
        distinct, back = np.unique(numbers, return_inverse=True)
        return back.astype(np.intp).reshape(-1), len(distinct)
    occurs = np.zeros(size, dtype=bool)
    occurs[numbers] = True
    places = np.cumsum(occurs, dtype=np.intp) - 1
    return places[numbers], int(occurs.sum())
