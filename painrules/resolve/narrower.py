"""Which positions of a source are narrower than which of its others: what replaces what, known from the rules alone."""

from collections import defaultdict
from collections.abc import Mapping

from painrules.model.clauses import NUMBERS, Clause
from painrules.model.hierarchy import Hierarchy
from painrules.model.rule import Position, Rule
from painrules.resolve.index import joined


class Follows:
    """Whether one position's conditions follow from another's: by the rules alone, attribute by attribute."""

    def __init__(self, interventions: Hierarchy, conditions: Hierarchy) -> None:
        self._interventions = interventions
        self._conditions = conditions
        self._covered: dict[tuple[str, ...], frozenset[str]] = {}

    def narrower(self, narrow: Position, broad: Position) -> bool:
        """Whether one position is narrower than another of the same source."""
        return self._within(narrow, broad) and not self._within(broad, narrow)

    def _within(self, one: Position, other: Position) -> bool:
        if not self._interventions.belongs(one.option, other.option):
            return False
        return all(
            any(self.follows(wanted, stated) for stated in one.conditions)
            for wanted in other.conditions
        )

    def follows(self, wanted: Clause, stated: Clause) -> bool:
        """Whether a condition follows from another one on the same attribute."""
        return (
            _topic(wanted) == _topic(stated)
            and wanted.low <= stated.low
            and stated.high <= wanted.high
            and self.covered(wanted).issuperset(stated.values)
        )

    def covered(self, wanted: Clause) -> frozenset[str]:
        """The values that fit a clause; with a condition, those that belong to it too."""
        if wanted.attribute != "condition":
            return frozenset(wanted.values)
        found = self._covered.get(wanted.values)
        if found is None:
            below = map(self._conditions.downwards, wanted.values)
            found = self._covered[wanted.values] = frozenset[str]().union(*below)
        return found


def narrower_ones(
    rules: tuple[Rule, ...], interventions: Hierarchy, conditions: Hierarchy
) -> dict[int, int]:
    """For each position the narrower ones of its source, as a bitmap; those without any are left out.

    Comparing positions pair by pair would take minutes where a source says thousands of things of one option. So
    clauses are compared, each once, and the positions that state them are put together as bitmaps.
    """
    positions = {number: rule for number, rule in enumerate(rules) if isinstance(rule, Position)}
    below: defaultdict[tuple[str, str], int] = defaultdict(int)
    stating: defaultdict[tuple[str, str], dict[Clause, int]] = defaultdict(dict)
    for number, rule in positions.items():
        bit = 1 << number
        for above in interventions.upwards(rule.option):
            below[rule.source, above] |= bit
        for clause in rule.conditions:
            who = stating[_topic(clause)]
            who[clause] = who.get(clause, 0) | bit
    implying = _implying(stating, Follows(interventions, conditions))
    within: dict[int, int] = {}
    alike: defaultdict[int, int] = defaultdict(int)
    for number, rule in positions.items():
        found = below[rule.source, rule.option]
        for clause in rule.conditions:
            found &= implying[clause]
        within[number] = found
        alike[found] |= 1 << number  # each says the same as the others
    return {
        number: found & ~alike[found] for number, found in within.items() if found & ~alike[found]
    }


def _implying(
    stating: Mapping[tuple[str, str], Mapping[Clause, int]], follows: Follows
) -> dict[Clause, int]:
    """For each clause the rules that state it, or one from which it follows."""
    found: dict[Clause, int] = {}
    for (attribute, _), who in stating.items():
        found |= _of_spans(who) if attribute in NUMBERS else _of_values(who, follows)
    return found


def _of_spans(who: Mapping[Clause, int]) -> dict[Clause, int]:
    """For each span the rules that state one within it."""
    not_before: dict[float, int] = {}
    not_after: dict[float, int] = {}
    mask = 0
    for clause in sorted(who, key=lambda clause: clause.low, reverse=True):
        mask |= who[clause]
        not_before[clause.low] = mask
    mask = 0
    for clause in sorted(who, key=lambda clause: clause.high):
        mask |= who[clause]
        not_after[clause.high] = mask
    return {clause: not_before[clause.low] & not_after[clause.high] for clause in who}


def _of_values(who: Mapping[Clause, int], follows: Follows) -> dict[Clause, int]:
    """For each clause the rules that state nothing but values which it covers."""
    single = {clause.values[0]: mask for clause, mask in who.items() if len(clause.values) == 1}
    several = {clause: mask for clause, mask in who.items() if len(clause.values) != 1}
    found: dict[Clause, int] = {}
    for wanted in who:
        covered = follows.covered(wanted)
        masks = [single[value] for value in covered & single.keys()]
        masks += [mask for clause, mask in several.items() if covered.issuperset(clause.values)]
        found[wanted] = joined(masks)
    return found


def _topic(clause: Clause) -> tuple[str, str]:
    """What a clause speaks of: none follows from one on another topic."""
    return clause.attribute, clause.name
