"""How something goes: it warns for a while, and says since when, until when, and what to use instead.

`docs/explanation/compatibility.md` says what is promised. A name that goes is marked like this:

>>> @deprecated(since="0.2", goes="1.0", instead="explore")
... def look() -> str:
...     return "found"
>>> import warnings
>>> with warnings.catch_warnings(record=True) as told:
...     warnings.simplefilter("always")
...     look()
'found'
>>> print(told[0].message)
look is deprecated since painrules 0.2 and goes in 1.0: use explore
"""

import warnings
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class PainrulesDeprecationWarning(DeprecationWarning):
    """Something that is used here will go; the message says when, and what to use instead.

    Python shows it where a program's own first file is the caller, and in tests. To see it everywhere, run
    ``python -W always::DeprecationWarning``.
    """

    def __init__(self, what: str, *, since: str, goes: str, instead: str) -> None:
        self.what = what
        """What goes: a function, a keyword, a field."""
        self.since = since
        """The release that warned first."""
        self.goes = goes
        """The release in which it is gone."""
        self.instead = instead
        """What to use instead."""
        super().__init__(
            f"{what} is deprecated since painrules {since} and goes in {goes}: use {instead}"
        )


def warn(what: str, *, since: str, goes: str, instead: str, level: int = 2) -> None:
    """Warns whoever called the function that says this.

    Args:
        what: What goes: a keyword, a field, a way of calling.
        since: The release that warned first.
        goes: The release in which it is gone: a major one.
        instead: What to use instead.
        level: How many calls up the warning points; 2 is the caller of the function that calls this.
    """
    warning = PainrulesDeprecationWarning(what, since=since, goes=goes, instead=instead)
    warnings.warn(warning, stacklevel=level + 1)


def deprecated(
    *, since: str, goes: str, instead: str
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Marks a function or method that goes: it works as ever, and warns whoever calls it."""

    def mark(function: Callable[P, T]) -> Callable[P, T]:
        what = function.__qualname__.rpartition("<locals>.")[2]

        @wraps(function)
        def warns(*args: P.args, **kwargs: P.kwargs) -> T:
            warn(what, since=since, goes=goes, instead=instead)
            return function(*args, **kwargs)

        return warns

    return mark
