"""Texts and numbers as Python itself has them, whatever class they come in.

What a caller gives may be of a class of anybody's making, whose comparisons lie or break off. So it is taken by its
value, before anything is asked of it. Whole numbers and floating-point numbers of numpy are numbers too.
"""

from collections.abc import Mapping
from itertools import islice
from numbers import Integral, Rational, Real
from operator import index
from typing import Any

_PLAIN = frozenset({str, int, float, bool, type(None)})


def exact(value: Any) -> Any:  # noqa: ANN401 - whatever it is
    """A text or number by its value; anything else as it is.

    >>> class Loud(str):
    ...     def __eq__(self, other):
    ...         raise RuntimeError
    ...
    ...     __hash__ = str.__hash__
    >>> exact(Loud("chronic")) == "chronic"
    True
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, int):
        return int.__index__(value)
    if issubclass(kind, float):
        return float.__float__(value)
    if issubclass(kind, Integral):
        return index(value)
    if issubclass(kind, Real) and not issubclass(kind, Rational):
        return float(value)
    return value


def first_of(given: Mapping[Any, Any], most: int) -> list[tuple[Any, Any]]:
    """The first entries of a mapping, by their values; an endless mapping ends there.

    >>> first_of({"a": 1, "b": 2, "c": 3}, 2)
    [('a', 1), ('b', 2)]
    """
    return [(exact(key), exact(value)) for key, value in islice(given.items(), most)]
