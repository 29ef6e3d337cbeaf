"""Collecting what a pack says of each option, for the resolver's index."""

from collections.abc import Iterable

from painrules.model.pack import Pack
from painrules.model.rule import Caution, Position, Rule, Step
from painrules.resolve.index import LEVELS, AtLevel, ClassSupport, OptionRules, joined
from painrules.resolve.narrower import narrower_ones
from painrules.vocab import Stance


class Collector:
    """Collects what a pack says of an option, by itself and by the classes it belongs to."""

    def __init__(self, pack: Pack) -> None:
        self._tree = pack.intervention_tree
        self._about: dict[str, list[tuple[int, Position | Caution | Step]]] = {}
        for number, rule in enumerate(pack.rules):
            if isinstance(rule, Position | Caution | Step):
                self._about.setdefault(rule.option, []).append((number, rule))
        self._narrower = narrower_ones(pack.rules, self._tree, pack.condition_tree)

    def option(self, name: str) -> OptionRules:
        """What is said of one option."""
        supports, opposes, silent, examples = ([0, 0, 0, 0] for _ in range(4))
        cautions = steps = 0
        opposing: dict[str, int] = {}
        for above in self._tree.upwards(name):
            for number, rule in self._about.get(above, ()):
                bit = 1 << number
                if isinstance(rule, Caution):
                    cautions |= bit
                elif isinstance(rule, Step):
                    steps |= bit
                else:
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
            for number, _ in self._about.get(above, ()):
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
        about = [one for above in upwards for one in self._about.get(above, ())]
        replacing = joined(1 << number for number, rule in about if _replaces(rule, name))
        found = []
        for number, _ in about:
            narrower = self._narrower.get(number, 0) & replacing
            if narrower and speaking >> number & 1:
                found.append((1 << number, narrower))
        return tuple(sorted(found))


def _replaces(rule: Rule, name: str) -> bool:
    """Whether a rule can replace others on an option; no recommendation on a class says nothing of its members."""
    return isinstance(rule, Position) and (
        rule.option == name or rule.stance is not Stance.NO_RECOMMENDATION
    )
