"""A table whose entries are made when they are first looked at."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from painrules.model.base import FrozenDict

V = TypeVar("V")


class LazyTable(Mapping[str, V]):
    """A frozen mapping that knows its keys, and makes each value the first time that somebody wants it.

    >>> table = LazyTable(["a", "b"], str.upper)
    >>> table["b"], len(table), table == {"a": "A", "b": "B"}
    ('B', 2, True)
    """

    __slots__ = ("_keys", "_made", "_make")

    def __init__(self, keys: list[str], make: Callable[[str], V]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        """The value, made if it has not been."""
        made = self._made
        if key not in made:
            if key not in self._keys:
                raise KeyError(key)
            made.setdefault(key, self._make(key))  # of two threads, one wins
        return made[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key; nothing is made."""
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        """The keys, in their order; nothing is made."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._keys)

    def __hash__(self) -> int:
        """As that of a frozen mapping with the same entries."""
        return hash(self.whole())

    def __repr__(self) -> str:
        """As that of the mapping."""
        return repr(dict(self))

    def __reduce__(self) -> tuple[object, ...]:
        """Copied and pickled as the mapping that it stands for."""
        return (FrozenDict, (dict(self),))

    def whole(self) -> FrozenDict[str, V]:
        """All entries, made."""
        return FrozenDict(self)
