"""What was tried: what is said of a member counts for its classes and categories, where these are not named."""

from collections.abc import Collection, Iterable, Sequence

from painrules.check.space.cuts import clauses_of
from painrules.model.pack import Pack


def named_as_tried(packs: Iterable[Pack]) -> list[str]:
    """The options and categories that rules ask about, by id."""
    found = {
        clause.name
        for pack in packs
        for rule in pack.rules
        for clause in clauses_of(rule)
        if clause.attribute == "tried"
    }
    return sorted(found)


def speaks_for(name: str, pack: Pack) -> frozenset[str]:
    """The classes and categories for which it counts what is said of an option."""
    if name not in pack.interventions:
        return frozenset()
    above = pack.intervention_tree.upwards(name)
    return (above - {name}) | {
        pack.interventions[one].category for one in above if one in pack.interventions
    }


def unnamed_members(named: Collection[str], packs: Sequence[Pack]) -> list[tuple[str, ...]]:
    """Options that no rule asks about, together with those that speak for the same things."""
    groups: dict[tuple[frozenset[str], ...], list[str]] = {}
    for name in sorted(set.intersection(*(set(pack.interventions) for pack in packs))):
        if name not in named:
            for_what = tuple(speaks_for(name, pack) & frozenset(named) for pack in packs)
            if any(for_what):
                groups.setdefault(for_what, []).append(name)
    return [tuple(members) for members in groups.values()]
