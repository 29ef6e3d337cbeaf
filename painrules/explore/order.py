"""The order of options: category, stated goals, line, name. A name ranks nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from painrules.resolve import Resolution
from painrules.vocab import LINE_ORDER, Line, RelationKind

if TYPE_CHECKING:
    from painrules.model.pack import Pack

Key = tuple[int, int, int, str, str]


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


def sorter(
    known: Mapping[str, tuple[int, str]],
    served: Callable[[], Mapping[str, frozenset[str]]],
    goals: Iterable[str],
    resolution: Resolution,
) -> Callable[[str], Key]:
    """The key by which options are sorted."""
    wanted = frozenset(goals)

    def key(name: str) -> Key:
        category, label = known[name]
        line = resolution.outcome(name).line or Line.UNSPECIFIED
        serves = 0 if wanted and served()[name] & wanted else 1
        return (category, serves, LINE_ORDER[line], label, name)

    return key
