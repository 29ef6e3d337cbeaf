"""Sets of rules as integers, bit *n* for rule *n*: in and out of them, and in and out of plain text."""

from collections.abc import Iterable, Iterator

FEW = 16
"""From so many numbers on, a set is read and filled as a text or in place: bit by bit would take time squared."""


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    if mask.bit_count() < FEW:
        while mask:
            low = mask & -mask
            yield low.bit_length() - 1
            mask ^= low
        return
    text = bin(mask)
    last = len(text) - 1
    place = text.rfind("1")
    while place > 0:
        yield last - place
        place = text.rfind("1", 0, place)


def mask_of(numbers: Iterable[int]) -> int:
    """The set that holds just these numbers.

    >>> mask_of([1, 2, 4]) == 0b10110
    True
    """
    found = numbers if isinstance(numbers, list) else list(numbers)
    if len(found) < FEW:
        mask = 0
        for number in found:
            mask |= 1 << number
        return mask
    array = bytearray(max(found) // 8 + 1)
    for number in found:
        array[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(array, "little")


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
