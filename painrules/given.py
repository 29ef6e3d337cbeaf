"""What callers give: of the kind that is wanted, or an error that says which argument, what is wrong, and the fix."""

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

from painrules.errors import UNSAFE, ArgumentError, Problem, shown
from painrules.exact import exact

T = TypeVar("T")

MOST_WORDS = 1_000
"""How many words an argument may hold."""
MOST_DRAWN = 1_000
"""How many things a picture may show."""
WIDTHS = (20, 10_000)
"""The least and the greatest width of text, in characters."""
MOST_SPACES = 100
"""By how many spaces JSON is indented, at most."""
A_PACK = "painrules.load_pack(...) and painrules.core_pack() give one"
"""Where a pack comes from."""


def instance(name: str, value: object, kind: type[T], hint: str) -> T:
    """A value, if it is of a class.

    Args:
        name: The argument.
        value: What was given.
        kind: The class that is wanted.
        hint: Where such a thing comes from.

    Raises:
        ArgumentError: If it is something else.

    >>> instance("n", 3, int, "")
    3
    >>> instance("pack", "core", Path, "load_pack(...) gives one")
    Traceback (most recent call last):
        ...
    painrules.errors.ArgumentError: pack: 'core' is not of the kind Path
        hint: load_pack(...) gives one
    """
    if isinstance(value, kind) and issubclass(type(value), kind):
        return value
    raise ArgumentError(Problem(name, f"{shown(value)} is not of the kind {kind.__name__}", hint))


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """A whole number within bounds, both inclusive.

    Raises:
        ArgumentError: If it is something else.

    >>> whole_number("n", 3, 0, 10)
    3
    >>> whole_number("n", -1, 0, 10_000)
    Traceback (most recent call last):
        ...
    painrules.errors.ArgumentError: n: -1 is not a whole number from 0 to 10,000
    """
    number = exact(value)
    if type(number) is int and low <= number <= high:
        return number
    what = f"{shown(value)} is not a whole number from {low:,} to {high:,}"
    raise ArgumentError(Problem(name, what))


def indented(value: object) -> int | None:
    """By how many spaces JSON is indented; None: it stands on one line.

    Raises:
        ArgumentError: If it is no number of spaces.
    """
    return None if value is None else whole_number("indent", value, 0, MOST_SPACES)


def several(name: str, value: object) -> tuple[object, ...]:
    """What was given by itself or as several; a word is one, and nothing is none.

    Raises:
        ArgumentError: If it is neither, or there are more than `MOST_WORDS`.

    >>> (
    ...     several("about", "chronic"),
    ...     several("about", ["chronic", "neuropathic"]),
    ...     several("about", None),
    ... )
    (('chronic',), ('chronic', 'neuropathic'), ())
    """
    if value is None:
        return ()
    word = exact(value)
    if type(word) is str:
        return (word,)
    neither = ArgumentError(Problem(name, f"{shown(value)} is neither a word nor several"))
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        raise neither
    try:
        found = tuple(map(exact, islice(value, MOST_WORDS + 1)))
    except Exception:  # noqa: BLE001 - what is given may be of anybody's making
        raise neither from None
    if len(found) > MOST_WORDS:
        raise ArgumentError(Problem(name, f"holds more than {MOST_WORDS:,} words"))
    return found


def plain_text(name: str, value: object) -> str:
    """A text that can stand in a file and on a screen.

    Raises:
        ArgumentError: If it is none, or holds control characters.

    >>> plain_text("title", "Pain, first year")
    'Pain, first year'
    """
    text = exact(value)
    if type(text) is not str:
        raise ArgumentError(Problem(name, f"{shown(value)} is not a text"))
    if UNSAFE.search(text):
        what = f"{shown(text)} holds control characters"
        raise ArgumentError(Problem(name, what, "remove them"))
    return text


def folder_name(name: str, value: object) -> Path:
    """The path of a folder, or of a file, that may be there or not.

    Raises:
        ArgumentError: If it is neither a text nor a path.
    """
    with suppress(Exception):  # whatever it is, it is no path
        value = os.fspath(value)  # type: ignore[call-overload]  # looked at below
    text = exact(value)
    if type(text) is str:
        return Path(text)
    what = f"{shown(value)} is not the name of a file or folder"
    raise ArgumentError(Problem(name, what, "give a text or a pathlib.Path"))


def file_name(name: str, value: object) -> Path:
    """The path of a file that is to be written.

    Raises:
        ArgumentError: If no file can have that name.

    >>> file_name("path", "quiz.xml").suffix
    '.xml'
    """
    path = folder_name(name, value)
    try:
        sound = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        sound = False
    if not sound:
        raise ArgumentError(Problem(name, f"no file can be called {shown(str(path))}"))
    return path
