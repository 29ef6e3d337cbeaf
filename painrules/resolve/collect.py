"""Collecting what a pack says of each option, for the resolver's index."""

from collections.abc import Iterable

from painrules.model.clauses import Clause
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position, Rule, Step
from painrules.resolve.index import LEVELS, AtLevel, ClassSupport, OptionRules, joined
from painrules.vocab import Stance


class Collector:
    """Collects what a pack says of an option, by itself and by the classes it belongs to."""

    def __init__(self, pack: Pack) -> None:
        self._rules = pack.rules
        self._tree = pack.intervention_tree
        self._about: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            if isinstance(rule, Position | Caution | Step):
                self._about.setdefault(rule.option, []).append(number)
        self._narrower = _replacements(self._rules, self._about, self._tree, pack.condition_tree)

    def option(self, name: str) -> OptionRules:
        """What is said of one option."""
        supports, opposes, silent, examples = ([0, 0, 0, 0] for _ in range(4))
        cautions = steps = 0
        opposing: dict[str, int] = {}
        for above in self._tree.upwards(name):
            for number in self._about.get(above, ()):
                rule, bit = self._rules[number], 1 << number
                if isinstance(rule, Caution):
                    cautions |= bit
                elif isinstance(rule, Step):
                    steps |= bit
                elif isinstance(rule, Position):
                    rank = LEVELS.index(rule.level)
                    if rule.stance is Stance.OPPOSES:
                        opposes[rank] |= bit
                        opposing[above] = opposing.get(above, 0) | bit
                    elif rule.stance is Stance.NO_RECOMMENDATION:
                        silent[rank] |= bit if above == name else 0
                    else:
                        own = above == name or rule.members
                        (supports if own else examples)[rank] |= bit
        levels = tuple(
            AtLevel.of(rank, said)
            for rank, said in enumerate(zip(supports, opposes, silent, examples, strict=True))
            if any(said)
        )
        speaking = joined(level.speaking for level in levels)
        weighing = self._class_supports(name, examples, opposing)
        return OptionRules.of(levels, weighing, self._replaced(name, speaking), cautions, steps)

    def _class_supports(
        self, name: str, examples: Iterable[int], opposing: dict[str, int]
    ) -> tuple[ClassSupport, ...]:
        found: dict[tuple[int, int], int] = {}
        union = joined(examples)
        upwards = self._tree.upwards(name)
        for above in sorted(upwards - {name}):
            for number in self._about.get(above, ()):
                bit = 1 << number
                if not union & bit:
                    continue
                broader = self._tree.upwards(above)
                between = upwards & self._tree.descendants(above)
                against = joined(opposing.get(group, 0) for group in broader)
                silenced = joined(opposing.get(group, 0) for group in between)
                found[against, silenced] = found.get((against, silenced), 0) | bit
        return tuple(sorted(ClassSupport(bits, *how) for how, bits in found.items()))

    def _replaced(self, name: str, speaking: int) -> tuple[tuple[int, int], ...]:
        upwards = self._tree.upwards(name)
        found = []
        for above in upwards:
            for number in self._about.get(above, ()):
                narrower = 0
                for other in self._narrower.get(number, ()):
                    rule = self._rules[other]
                    assert isinstance(rule, Position)  # noqa: S101 - only positions replace
                    own_only = rule.stance is Stance.NO_RECOMMENDATION
                    if rule.option == name or (rule.option in upwards and not own_only):
                        narrower |= 1 << other
                if narrower and speaking >> number & 1:
                    found.append((1 << number, narrower))
        return tuple(sorted(found))


def _replacements(
    rules: tuple[Rule, ...],
    about: dict[str, list[int]],
    tree: Hierarchy,
    conditions: Hierarchy,
) -> dict[int, list[int]]:
    """For each position, the narrower ones of its source: known from the rules alone."""
    by_source: dict[tuple[str, str], list[int]] = {}
    for option, numbers in about.items():
        for number in numbers:
            rule = rules[number]
            if isinstance(rule, Position):
                by_source.setdefault((rule.source, option), []).append(number)
    follows = Follows(tree, conditions)
    asked = {
        number: frozenset((clause.attribute, clause.name) for clause in rules[number].conditions)
        for numbers in by_source.values()
        for number in numbers
    }
    found: dict[int, list[int]] = {}
    for (source, option), numbers in by_source.items():
        for above in tree.upwards(option):
            for broad in by_source.get((source, above), ()):
                for narrow in numbers:
                    if broad == narrow or not asked[broad] <= asked[narrow]:
                        continue
                    if follows.narrower(rules[narrow], rules[broad]):
                        found.setdefault(broad, []).append(narrow)
    return found


class Follows:
    """Whether one position's conditions follow from another's: by the rules alone, attribute by attribute."""

    def __init__(self, interventions: Hierarchy, conditions: Hierarchy) -> None:
        self._interventions = interventions
        self._conditions = conditions

    def narrower(self, narrow: object, broad: object) -> bool:
        """Whether one position is narrower than another of the same source."""
        if not isinstance(narrow, Position) or not isinstance(broad, Position):
            return False
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
        if (wanted.attribute, wanted.name) != (stated.attribute, stated.name):
            return False
        if wanted.attribute == "condition":
            return all(
                any(self._conditions.belongs(value, to) for to in wanted.values)
                for value in stated.values
            )
        return (
            set(stated.values) <= set(wanted.values)
            and wanted.low <= stated.low
            and stated.high <= wanted.high
        )
