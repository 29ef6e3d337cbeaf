"""What the resolver knows of a pack before any profile comes: who speaks of which option, and how.

All of it is bitmaps over the numbers of rules, so that deciding is a handful of *and* and *or*.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from painrules.model.conditions import Clause
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position, RedFlag, Step
from painrules.vocab import Level, Line, Safety, Stance

LEVELS = tuple(Level)
"""From the most specific to the most general."""


class ClassSupport(NamedTuple):
    """Support for a class, as it concerns one member."""

    bit: int
    weighs_against: int
    """Positions that oppose that class or a broader one."""
    silenced_by: int
    """Positions that oppose the member by name, or a class between."""


class AtLevel(NamedTuple):
    """What is said of an option at one level."""

    rank: int
    """The place of the level in `LEVELS`."""
    supports: int
    """For the option itself, or for a class with all its members."""
    opposes: int
    """Against the option itself or a class it belongs to."""
    silent: int
    """`no_recommendation` on the option itself."""
    examples: int
    """For a class that the option is an example of."""
    speaking: int
    """All of these together."""


class OptionRules(NamedTuple):
    """Everything that the pack says of one option, as bitmaps."""

    levels: tuple[AtLevel, ...]
    """The levels at which anything is said, the most specific first."""
    speaking: int
    """All positions about it."""
    supports: int
    """Those that support it by itself, at any level."""
    examples: int
    """Those that support a class of it, at any level."""
    class_supports: tuple[ClassSupport, ...]
    """How support for classes weighs."""
    replaced: tuple[tuple[int, int], ...]
    """A broader position, and the narrower ones of its source that replace it for this option."""
    replaceable: int
    """The broader positions of `replaced` together."""
    cautions: int
    """Cautions on the option or a class it belongs to."""
    steps: int
    """Steps of the option or a class it belongs to."""


class PackIndex:
    """A pack as the resolver needs it."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.rules = pack.rules
        self.options = tuple(pack.interventions)
        self._tree = pack.intervention_tree
        self._about: dict[str, list[int]] = {}
        self.positions = self.cautions = self.steps = self.red_flags = 0
        for number, rule in enumerate(self.rules):
            bit = 1 << number
            if isinstance(rule, Position):
                self.positions |= bit
            elif isinstance(rule, Caution):
                self.cautions |= bit
            elif isinstance(rule, Step):
                self.steps |= bit
            elif isinstance(rule, RedFlag):
                self.red_flags |= bit
                continue
            else:
                continue
            self._about.setdefault(rule.option, []).append(number)
        self._narrower = _replacements(self.rules, self._about, self._tree, pack.condition_tree)
        self._known: dict[str, OptionRules] = {}

    def option(self, name: str) -> OptionRules:
        """What the pack says of one option."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._collect(name)
        return found

    @cached_property
    def spoken_of(self) -> tuple[tuple[str, int], ...]:
        """Each option with the positions about it, by id."""
        return tuple((name, self.option(name).speaking) for name in self.options)

    @cached_property
    def line_masks(self) -> tuple[tuple[Line, int], ...]:
        """The positions that state each line, the most cautious line first, `unspecified` last."""
        found = dict.fromkeys(Line, 0)
        for number, rule in enumerate(self.rules):
            if isinstance(rule, Position):
                found[rule.line] |= 1 << number
        stated = [line for line in reversed(Line) if line is not Line.UNSPECIFIED]
        return tuple((line, found[line]) for line in (*stated, Line.UNSPECIFIED))

    @cached_property
    def safety_masks(self) -> tuple[tuple[Safety, int], ...]:
        """The cautions of each severity, the worst first."""
        found = dict.fromkeys(reversed(Safety), 0)
        for number, rule in enumerate(self.rules):
            if isinstance(rule, Caution):
                found[Safety(rule.severity.value)] |= 1 << number
        return tuple(found.items())

    def _collect(self, name: str) -> OptionRules:
        supports, opposes, silent, examples = ([0, 0, 0, 0] for _ in range(4))
        cautions = steps = 0
        opposing: dict[str, int] = {}
        for above in self._tree.upwards(name):
            for number in self._about.get(above, ()):
                rule, bit = self.rules[number], 1 << number
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
            AtLevel(rank, *said, speaking=_join(said))
            for rank, said in enumerate(zip(supports, opposes, silent, examples, strict=True))
            if any(said)
        )
        speaking = _join(level.speaking for level in levels)
        replaced = self._replaced(name, speaking)
        return OptionRules(
            levels,
            speaking,
            _join(supports),
            _join(examples),
            self._class_supports(name, examples, opposing),
            replaced,
            _join(broad for broad, _ in replaced),
            cautions,
            steps,
        )

    def _class_supports(
        self, name: str, examples: Iterable[int], opposing: dict[str, int]
    ) -> tuple[ClassSupport, ...]:
        found = []
        union = _join(examples)
        upwards = self._tree.upwards(name)
        for above in sorted(upwards - {name}):
            for number in self._about.get(above, ()):
                bit = 1 << number
                if not union & bit:
                    continue
                broader = self._tree.upwards(above)
                between = upwards & self._tree.descendants(above)
                against = _join(opposing.get(group, 0) for group in broader)
                silenced = _join(opposing.get(group, 0) for group in between)
                found.append(ClassSupport(bit, against, silenced))
        return tuple(sorted(found))

    def _replaced(self, name: str, speaking: int) -> tuple[tuple[int, int], ...]:
        upwards = self._tree.upwards(name)
        found = []
        for above in upwards:
            for number in self._about.get(above, ()):
                narrower = 0
                for other in self._narrower.get(number, ()):
                    rule = self.rules[other]
                    assert isinstance(rule, Position)  # noqa: S101 - only positions replace
                    own_only = rule.stance is Stance.NO_RECOMMENDATION
                    if rule.option == name or (rule.option in upwards and not own_only):
                        narrower |= 1 << other
                if narrower and speaking >> number & 1:
                    found.append((1 << number, narrower))
        return tuple(sorted(found))


def _join(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _replacements(
    rules: tuple[object, ...],
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
    found: dict[int, list[int]] = {}
    for (source, option), numbers in by_source.items():
        for above in tree.upwards(option):
            for broad in by_source.get((source, above), ()):
                for narrow in numbers:
                    if broad != narrow and follows.narrower(rules[narrow], rules[broad]):
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
