"""Hierarchies of classes and members: conditions and interventions both form one."""

from collections.abc import Iterable, Mapping


class Hierarchy:
    """Who belongs to whom, upwards and downwards, over any number of generations.

    >>> tree = Hierarchy({"fibromyalgia": ("chronic_primary_pain",), "chronic_primary_pain": ()})
    >>> sorted(tree.descendants("chronic_primary_pain"))
    ['fibromyalgia']
    """

    __slots__ = ("_above", "_below", "_beside", "parents")

    _below: dict[str, frozenset[str]] | None

    def __init__(self, parents: Mapping[str, Iterable[str]]) -> None:
        self.parents = {child: tuple(above) for child, above in parents.items()}
        """The immediate parents of each entry."""
        self._above: dict[str, frozenset[str]] = {}
        self._below = None
        self._beside: dict[str, frozenset[str]] = {}

    def _climb(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.parents.get(name, ()))
        while waiting:
            above = waiting.pop()
            if above not in found:
                found.add(above)
                waiting.extend(self.parents.get(above, ()))
        return found

    def ancestors(self, name: str) -> frozenset[str]:
        """The classes that an entry belongs to, itself not among them."""
        found = self._above.get(name)
        if found is None:
            found = frozenset(self._climb(name))
            if name in self.parents:
                self._above[name] = found
        return found

    def size(self, most: int) -> int:
        """How often an entry belongs to a class, over all generations; what is beyond a number is not counted.

        Args:
            most: The number. Nothing may go round in a circle.

        >>> Hierarchy({"a": (), "b": ("a",), "c": ("b",)}).size(100)
        3
        """
        total, counted = 0, set[str]()
        for start in self.parents:
            waiting = [start]
            while waiting:  # what is above comes first, so that nothing is climbed twice
                name = waiting[-1]
                parents = self.parents.get(name, ())
                unknown = [one for one in parents if one in self.parents and one not in counted]
                if unknown:
                    waiting += unknown
                    continue
                waiting.pop()
                if name not in counted:
                    counted.add(name)
                    self._above[name] = frozenset(parents).union(*map(self.ancestors, parents))
                    total += len(self._above[name])
                    if total > most:
                        return total
        return total

    def descendants(self, name: str) -> frozenset[str]:
        """The members of a class, itself not among them."""
        if self._below is None:
            below: dict[str, set[str]] = {}
            for member in self.parents:
                for above in self.ancestors(member):
                    below.setdefault(above, set()).add(member)
            self._below = {above: frozenset(members) for above, members in below.items()}
        return self._below.get(name, frozenset())

    def beside(self, name: str) -> frozenset[str]:
        """The members of a class, and all that they belong to."""
        found = self._beside.get(name)
        if found is None:
            found = frozenset[str]().union(*map(self.upwards, self.descendants(name)))
            if name in self.parents:
                self._beside[name] = found
        return found

    def upwards(self, name: str) -> frozenset[str]:
        """An entry and the classes it belongs to."""
        return self.ancestors(name) | {name}

    def downwards(self, name: str) -> frozenset[str]:
        """A class and its members."""
        return self.descendants(name) | {name}

    def belongs(self, name: str, to: str) -> bool:
        """Whether an entry is a class, or a member of it."""
        return name == to or to in self.ancestors(name)


def cycle_in(parents: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """One cycle, smallest name first, or an empty tuple.

    >>> cycle_in({"a": ["b"], "b": ["a"]})
    ('a', 'b')
    """
    done: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        on_path: set[str] = set()
        waiting: list[tuple[str, bool]] = [(start, True)]
        while waiting:
            name, entering = waiting.pop()
            if not entering:
                path.pop()
                on_path.discard(name)
                done.add(name)
                continue
            if name in on_path:
                cycle = path[path.index(name) :]
                least = cycle.index(min(cycle))
                return tuple(cycle[least:] + cycle[:least])
            if name in done:
                continue
            path.append(name)
            on_path.add(name)
            waiting.append((name, False))
            waiting.extend((above, True) for above in sorted(parents.get(name, ())))
    return ()
