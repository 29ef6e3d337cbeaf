"""Drawing lots: the same seed gives the same lots, on every machine and with every version of Python."""

import random
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Draw:
    """A source of lots with a seed of its own; never the shared one, never the clock.

    Only `random()` is used, because Python promises that its sequence stays the same.

    >>> Draw(7, "quiz").pick("abcdef") == Draw(7, "quiz").pick("abcdef")
    True
    """

    def __init__(self, *seed: object) -> None:
        self._random = random.Random(":".join(map(str, seed)))  # noqa: S311 - lots for teaching, no secrets

    def below(self, count: int) -> int:
        """A whole number from 0 up to, not including, a count."""
        return min(int(self._random.random() * count), count - 1)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both inclusive."""
        return low + self.below(high - low + 1)

    def chance(self, share: float) -> bool:
        """Yes in that share of cases."""
        return self._random.random() < share

    def pick(self, among: Sequence[T]) -> T:
        """One of several."""
        return among[self.below(len(among))]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The items in another order."""
        found = list(items)
        for place in range(len(found) - 1, 0, -1):
            other = self.below(place + 1)
            found[place], found[other] = found[other], found[place]
        return found

    def some(self, items: Iterable[T], count: int) -> list[T]:
        """A number of the items, each at most once, in a drawn order; all of them if there are fewer."""
        return self.shuffled(items)[:count]


class Deck(Generic[T]):
    """Lots without replacement: everything comes once before anything comes again."""

    def __init__(self, draw: Draw, items: Iterable[T]) -> None:
        self._draw = draw
        self._items = list(items)
        self._left: list[T] = []

    def next(self) -> T:
        """The next one."""
        if not self._left:
            self._left = self._draw.shuffled(self._items)
        return self._left.pop()
