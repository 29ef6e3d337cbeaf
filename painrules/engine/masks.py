"""Sets of rules as integers, bit *n* for rule *n*: in and out of them, and in and out of plain text."""

from collections.abc import Iterable, Iterator


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(numbers: Iterable[int]) -> int:
    """The set that holds just these numbers.

    >>> mask_of([1, 2, 4]) == 0b10110
    True
    """
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def written(mask: int) -> str:
    """A set as text: long integers are read fast in hexadecimal only.

    >>> written(0b10110)
    '16'
    """
    return f"{mask:x}"


def read(text: str) -> int:
    """A set that was written as text.

    >>> read("16") == 0b10110
    True
    """
    return int(text, 16)
