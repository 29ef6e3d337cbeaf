"""What is inferred from what: the inferences of a pack that count on its day, by what they suggest."""

from collections.abc import Hashable, Iterable

from painrules.check.space.axes import Key
from painrules.engine import strata
from painrules.model.conditions import Clause
from painrules.model.pack import Pack
from painrules.model.rule import Inference


class Origins:
    """The inferences of one pack that count on its day."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._rules: dict[Key, dict[str, list[Inference]]] = {}
        for layer in strata(pack):
            for rule in layer:
                attribute, name, value = rule.suggests.fact
                key = Key(attribute, name)
                self._rules.setdefault(key, {}).setdefault(value, []).append(rule)
        self._fingerprints: dict[Key, Hashable] = {}
        self._ranks: dict[Key, int] = {}

    @property
    def suggested(self) -> Iterable[Key]:
        """The axes on which anything is suggested."""
        return self._rules

    def words(self, key: Key) -> Iterable[str]:
        """The words that are suggested on an axis."""
        return self._rules.get(key, {})

    def rules(self, key: Key, word: str) -> list[Inference]:
        """The inferences that suggest a word."""
        return self._rules.get(key, {}).get(word, [])

    def fingerprint(self, key: Key) -> Hashable:
        """From what an axis follows, all the way down: equal in two packs if the same follows from the same."""
        found = self._fingerprints.get(key)
        if found is None:
            found = frozenset(
                (
                    word,
                    frozenset(
                        (self._asked(clause), self._below(clause)) for clause in rule.conditions
                    ),
                    frozenset(map(self._asked, rule.exceptions)),
                )
                for word, rules in self._rules.get(key, {}).items()
                for rule in rules
            )
            self._fingerprints[key] = found
        return found

    def _below(self, clause: Clause) -> Hashable:
        return self.fingerprint(Key(clause.attribute, clause.name))

    def _asked(self, clause: Clause) -> Hashable:
        """What a clause asks, whatever its words mean in other packs."""
        if clause.attribute == "condition":
            tree = self._pack.condition_tree
            return frozenset(name for value in clause.values for name in tree.downwards(value))
        factor = self._pack.factors.get(clause.name) if clause.attribute == "factors" else None
        return (clause, factor.band if factor is not None else None)

    def rank(self, key: Key) -> int:
        """How many inferences may lead to an axis, one after the other."""
        found = self._ranks.get(key)
        if found is None:
            below = (
                self.rank(Key(clause.attribute, clause.name))
                for rules in self._rules.get(key, {}).values()
                for rule in rules
                for clause in rule.conditions
            )
            found = self._ranks[key] = 1 + max(below, default=-1)
        return found
