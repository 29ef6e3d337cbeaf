"""The order of options: category, stated goals, line, name. A name ranks nothing."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from painrules.resolve import Outcome
from painrules.vocab import LINE_ORDER, Line, RelationKind

if TYPE_CHECKING:
    from painrules.model.pack import Pack


def goals_served(pack: "Pack") -> dict[str, frozenset[str]]:
    """The goals that each intervention serves, by what relations say of it or of a class it belongs to."""
    direct: dict[str, set[str]] = {}
    for relation in pack.relations.values():
        if relation.kind is RelationKind.SERVES:
            direct.setdefault(relation.from_, set()).add(relation.to)
    tree = pack.intervention_tree
    return {
        name: frozenset(goal for above in tree.upwards(name) for goal in direct.get(above, ()))
        for name in pack.interventions
    }


def places(pack: "Pack") -> dict[str, tuple[int, str]]:
    """The place of each intervention's category, and its label as it is sorted."""
    rank = {name: place for place, name in enumerate(pack.category_order)}
    return {
        name: (rank[entry.category], entry.label.casefold())
        for name, entry in pack.interventions.items()
    }


class Order:
    """The order of all options of a pack, apart from what a profile changes in it."""

    def __init__(self, known: Mapping[str, tuple[int, str]]) -> None:
        step = self._step = len(known) or 1
        names = sorted(known, key=lambda name: (*known[name], name))
        self._base = {
            name: known[name][0] * WIDTH * step + place for place, name in enumerate(names)
        }
        self._lines = {line: rank * step for line, rank in LINES.items()}

    def sorted(
        self,
        outcomes: Mapping[str, Outcome],
        goals: frozenset[str],
        served: Callable[[], Mapping[str, frozenset[str]]],
    ) -> tuple[str, ...]:
        """Options by category, whether they serve a goal, line, and name."""
        base, lines = self._base, self._lines
        keys = [(base[name] + lines[outcome.line], name) for name, outcome in outcomes.items()]
        if goals:
            later = len(LINES) * self._step
            found = served()
            keys = [(key if found[name] & goals else key + later, name) for key, name in keys]
        keys.sort()
        return tuple([name for _, name in keys])


LINES: dict[Line | None, int] = {
    None: LINE_ORDER[Line.UNSPECIFIED],
    **{line: LINE_ORDER[line] for line in Line},
}
"""The rank of each line; where none is stated, it is unspecified."""
WIDTH = 2 * len(LINES)
"""The places between two categories: each line, with a goal served and without."""
