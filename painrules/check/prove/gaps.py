"""Gaps: what a pack says it covers, and where nothing is supported."""

from collections.abc import Iterable, Iterator
from itertools import product

from painrules.check.findings import Finding, found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.explain import label_of
from painrules.model.pack import Coverage, Pack, Waiver
from painrules.model.profile import Profile
from painrules.vocab import Mechanism, PainType


def gaps(ground: Ground) -> Iterator[Verdict]:
    """Asks of each cell that the pack covers whether it has a supported option in each domain and category."""
    covers = ground.subject.covers
    for cell in cells(covers):
        bare = uncovered(ground.pack, covers, cell, _supported(ground, cell))
        for kind, name in _wanted(covers):
            finding = _finding(ground, cell, kind, name) if (kind, name) in bare else None
            yield Verdict("gap", "_".join([*_words(cell), name]), finding)


def _supported(ground: Ground, cell: Profile) -> set[str]:
    """What is supported in a cell; for a condition also what is with some pain type or mechanism beside it."""
    if not cell.conditions:
        return set(ground.resolved(cell).supported)
    kinds = (None, *PainType)
    mechanisms = [frozenset[Mechanism](), *(frozenset({one}) for one in Mechanism)]
    return {
        name
        for kind, several in product(kinds, mechanisms)
        for name in ground.resolved(
            Profile(pain_type=kind, mechanisms=several, conditions=cell.conditions)
        ).supported
    }


def cells(covers: Coverage) -> Iterator[Profile]:
    """Each pain type with each mechanism, and each condition; nothing else is known in them."""
    if covers.pain_types or covers.mechanisms:
        for kind, mechanism in product(covers.pain_types or (None,), covers.mechanisms or (None,)):
            mechanisms = frozenset() if mechanism is None else frozenset({mechanism})
            yield Profile(pain_type=kind, mechanisms=mechanisms)
    for condition in covers.conditions:
        yield Profile(conditions={condition})


def _wanted(covers: Coverage) -> list[tuple[str, str]]:
    domains = [("domain", domain.value) for domain in covers.domains]
    return [*domains, *(("category", category) for category in covers.categories)]


def uncovered(
    pack: Pack, covers: Coverage, cell: Profile, supported: Iterable[str]
) -> list[tuple[str, str]]:
    """The domains and categories in which nothing is supported in a cell, and no waiver says why."""
    entries = [pack.interventions[name] for name in supported]
    there = {("domain", domain.value) for entry in entries for domain in entry.domains}
    there |= {("category", entry.category) for entry in entries}
    return [
        one
        for one in _wanted(covers)
        if one not in there and not any(_waives(waiver, cell, *one) for waiver in covers.waivers)
    ]


def _finding(ground: Ground, cell: Profile, kind: str, name: str) -> Finding:
    about = " and ".join(label_of(word, ground.pack).lower() for word in _words(cell))
    what = f"for {about} nothing is supported in the {kind} '{name}', which the pack says it covers"
    shows = f"nothing is supported in the {kind} '{name}'"
    example = ground.example(cell, shows, lambda profile: profile == cell)
    subject = "_".join([*_words(cell), name])
    return found("gap", subject, what, where=ground.subject.in_header("covers"), example=example)


def _words(cell: Profile) -> list[str]:
    kind = [cell.pain_type.value] if cell.pain_type else []
    return [*kind, *(one.value for one in cell.mechanisms), *cell.conditions]


def _waives(waiver: Waiver, cell: Profile, kind: str, name: str) -> bool:
    """Whether a waiver says why nothing is said in a cell."""
    if cell.conditions:
        fits = waiver.condition in cell.conditions
    else:
        mechanism = next(iter(cell.mechanisms), None)
        fits = (
            waiver.condition is None
            and waiver.pain_type in {None, cell.pain_type}
            and waiver.mechanism in {None, mechanism}
        )
    if kind == "domain":
        return fits and waiver.category is None and waiver.domain in {None, name}
    return fits and (waiver.category == name or (waiver.category is None and waiver.domain is None))
