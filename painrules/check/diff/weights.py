"""How rules about an option weigh against each other in one pack: in words that another pack shares."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from painrules.engine import bits
from painrules.model.pack import Pack
from painrules.resolve.index import OptionRules

Ids = AbstractSet[str]


class Weight(NamedTuple):
    """How one rule about an option weighs."""

    says: Ids
    """At which level it speaks, and what it says there."""
    against: Ids = frozenset()
    """What it weighs against, if it is support for a class."""
    silenced_by: Ids = frozenset()
    """What takes that weight from it."""

    def among(self, known: Ids) -> "Weight":
        """How it weighs against some rules only."""
        return Weight(self.says, self.against & known, self.silenced_by & known)


class Weights(NamedTuple):
    """How the rules about an option weigh, by their ids."""

    rules: Mapping[str, Weight]
    replaced: AbstractSet[tuple[str, str]]
    """Broader positions, each with a narrower one of its source."""

    def otherwise(self, other: "Weights") -> list[tuple[str, ...]]:
        """What weighs otherwise in another pack: a rule, or a broader one with a narrower one.

        Rules that only one of the packs has are left out: wherever they are in force, they differ anyway.
        """
        both = self.rules.keys() & other.rules.keys()
        found: list[tuple[str, ...]] = [
            (name,)
            for name in sorted(both)
            if self.rules[name].among(both) != other.rules[name].among(both)
        ]
        return found + sorted(
            pair for pair in self.replaced ^ other.replaced if both.issuperset(pair)
        )


def weights(pack: Pack, option: OptionRules) -> Weights:
    """How the rules about an option weigh."""

    def ids(mask: int) -> set[str]:
        return {pack.rules[number].id for number in bits(mask)}

    rules: dict[str, Weight] = {}
    for level in option.levels:
        parts = zip(("for", "against", "silent", "example"), level[1:5], strict=True)
        for part, mask in parts:
            for name in ids(mask):
                says = rules[name].says if name in rules else set[str]()
                rules[name] = Weight(says | {f"{part} {level.rank}"})
    for one in option.class_supports:
        for name in ids(one.supports):
            rules[name] = rules[name]._replace(
                against=ids(one.weighs_against), silenced_by=ids(one.silenced_by)
            )
    return Weights(
        rules,
        {
            (broad, narrow)
            for one, other in option.replaced
            for broad in ids(one)
            for narrow in ids(other)
        },
    )
