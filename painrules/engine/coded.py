"""Rules for engines that know nothing of this domain: conditions as numbers, rules as conjunctions of comparisons.

What facts make of a condition is a number: 0 no, 1 open, 2 presumed, 3 yes. So a rule is certain, in force or possible
if each of a few numbers is at least, or at most, what it has to be; nothing else is left to find out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from painrules.model.clauses import Clause
from painrules.model.facts import Facts, truth
from painrules.model.rule import Rule
from painrules.vocab import Truth

SetName = Literal["certain", "in_force", "possible"]
"""The three sets that an engine finds."""

LEAST: dict[SetName, Truth] = {
    "certain": Truth.YES,
    "in_force": Truth.PRESUMED,
    "possible": Truth.OPEN,
}
"""What a condition must come to at least."""

MOST: dict[SetName, Truth] = {
    "certain": Truth.NO,
    "in_force": Truth.OPEN,
    "possible": Truth.PRESUMED,
}
"""What an exception may come to at most; where what is only inferred never silences, it counts as open."""


class Comparison(NamedTuple):
    """One number, compared with a bound."""

    clause: Clause
    """The condition that the number stands for."""
    at_least: bool
    """Whether the number must be the bound or more; else it must be the bound or less."""
    bound: int
    """The bound, itself allowed."""


class Conjunction(NamedTuple):
    """Comparisons that must all come out, and the rules of which they decide."""

    comparisons: tuple[Comparison, ...]
    """The comparisons, each once, in a fixed order."""
    rules: int
    """The rules that have just these conditions and exceptions, as bits."""


class Part(NamedTuple):
    """A piece of a conjunction, small enough for an engine that has limits."""

    whole: int
    """The number of the conjunction."""
    comparisons: tuple[Comparison, ...]
    """Some of its comparisons."""


def compared(rule: Rule, name: SetName) -> tuple[Comparison, ...]:
    """What has to come out for a rule to be in a set.

    Args:
        rule: The rule.
        name: The set.
    """
    most = MOST[name]
    if name == "in_force" and rule.lenient:
        most = Truth.PRESUMED
    found = {
        Comparison(clause, at_least=True, bound=int(LEAST[name])) for clause in rule.conditions
    }
    found |= {Comparison(clause, at_least=False, bound=int(most)) for clause in rule.exceptions}
    return tuple(sorted(found))


def conjunctions(rules: Iterable[tuple[int, Rule]], name: SetName) -> list[Conjunction]:
    """The conjunctions that decide which rules are in a set; rules that ask for the same share one.

    Args:
        rules: Rules with their numbers.
        name: The set.
    """
    found: dict[tuple[Comparison, ...], int] = {}
    for number, rule in rules:
        asked = compared(rule, name)
        found[asked] = found.get(asked, 0) | 1 << number
    return [Conjunction(asked, found[asked]) for asked in sorted(found)]


def shards(
    wholes: Iterable[Conjunction], *, parts: int, clauses: int, comparisons: int
) -> Iterator[list[Part]]:
    """Conjunctions cut into parts, and the parts into groups that keep within limits.

    Args:
        wholes: The conjunctions.
        parts: How many parts a group has at most.
        clauses: How many different conditions a group names at most.
        comparisons: How many comparisons a part has at most.
    """
    group: list[Part] = []
    named: set[Clause] = set()
    for number, whole in enumerate(wholes):
        for start in range(0, len(whole.comparisons) or 1, comparisons):
            part = Part(number, whole.comparisons[start : start + comparisons])
            more = {one.clause for one in part.comparisons}
            if group and (len(group) == parts or len(named | more) > clauses):
                yield group
                group, named = [], set()
            group.append(part)
            named |= more
    if group:
        yield group


class Cut:
    """The conjunctions that decide on a set, cut into groups of numbered parts, and put together again.

    Args:
        rules: Rules with their numbers.
        name: The set.
        limits: Those of `shards`.
    """

    def __init__(self, rules: Iterable[tuple[int, Rule]], name: SetName, **limits: int) -> None:
        wholes = conjunctions(rules, name)
        self._rules = [whole.rules for whole in wholes]
        self._whole: list[int] = []
        self.groups: list[list[tuple[int, Part]]] = []
        """The groups, each part with its number."""
        for group in shards(wholes, **limits):
            self.groups.append(list(enumerate(group, len(self._whole))))
            self._whole += [part.whole for part in group]
        self._parts = Counter(self._whole)

    def rules(self, fired: Iterable[int]) -> int:
        """The rules, as bits, all parts of which have fired.

        Args:
            fired: The numbers of the parts that have, each once.
        """
        found = 0
        for whole, parts in Counter(self._whole[number] for number in fired).items():
            if parts == self._parts[whole]:
                found |= self._rules[whole]
        return found


def named(rules: Iterable[Rule]) -> list[Clause]:
    """The conditions and exceptions that rules name, each once, in a fixed order."""
    return sorted({clause for rule in rules for clause in rule.conditions + rule.exceptions})


def codes(clauses: Sequence[Clause], facts: Facts) -> list[int]:
    """What facts make of conditions, as numbers.

    >>> codes([Clause("pain_type", values=("chronic",))], Facts())
    [1]
    """
    return [int(truth(clause, facts)) for clause in clauses]
