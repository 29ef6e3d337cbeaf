"""All laws on anyone's pack, without Hypothesis: on points of its grid, or on profiles of one's own."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from painrules.engine import Engine
from painrules.explore import Explorer
from painrules.explore.arguments import EngineName
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.grid import sample
from painrules.testing.laws.certainty import law_03
from painrules.testing.laws.covered import law_10, law_11, law_12, law_14
from painrules.testing.laws.explanations import law_20, law_20_conditions, law_20_what_if
from painrules.testing.laws.independence import (
    law_04,
    law_07,
    law_08,
    law_21,
    law_22,
    not_counting,
)
from painrules.testing.laws.mechanisms import law_02
from painrules.testing.laws.proved import law_15, law_16, law_18
from painrules.testing.laws.safety import law_05, law_09
from painrules.testing.laws.sameness import law_01, law_06, law_24
from painrules.testing.laws.texts import law_13, law_17, law_17_pack, law_23
from painrules.testing.laws.trial import LawError
from painrules.testing.learning import learnable
from painrules.testing.reference import ReferenceEngine

Check = Callable[[], None]

REFINED = 40
"""How many refinements of a profile are tried at most."""
WHAT_IF = 3
"""How many times it is asked what would change a status: that is a search."""
EXPLAINED = 10
"""How many options of a profile are explained at most."""


def check_laws(
    pack: Pack,
    profiles: Iterable[Profile] | None = None,
    *,
    most: int = 50,
    engine: EngineName | Engine = "bitmap",
) -> None:
    """Tries the laws that hold for every pack, and those for what it says it covers.

    Args:
        pack: The pack.
        profiles: What is tried; left out: points of the pack's grid, evenly spread.
        most: How many points of the grid are tried.
        engine: The engine, by name, or one made for this pack.

    Raises:
        LawError: If any does not hold; it tells the first failure of each.

    >>> from painrules import load_pack
    >>> check_laws(load_pack("examples/packs/first_pack"), most=5)
    """
    broken: dict[str, str] = {}
    for name, tries in trials(pack, profiles, most=most, engine=engine).items():
        try:
            for tried in tries:
                tried()
        except LawError as error:
            broken[name] = str(error)
    if broken:
        raise LawError("\n".join([f"{len(broken)} laws do not hold", *broken.values()]))


def trials(
    pack: Pack,
    profiles: Iterable[Profile] | None = None,
    *,
    most: int = 50,
    engine: EngineName | Engine = "bitmap",
) -> dict[str, list[Check]]:
    """What `check_laws` does, law by law: each is kept if no function of its list raises a `LawError`.

    Args:
        pack: The pack.
        profiles: What is tried; left out: points of the pack's grid, evenly spread.
        most: How many points of the grid are tried.
        engine: The engine, by name, or one made for this pack.

    >>> from painrules import load_pack
    >>> "law_15" in trials(load_pack("examples/packs/first_pack"), most=1)
    True
    """
    explorer = Explorer(pack, engine)
    points = sample(pack, most) if profiles is None else list(profiles)
    found: dict[str, list[Check]] = {}
    for name, check in _checks(explorer, points):
        found.setdefault(name, []).append(check)
    return dict(sorted(found.items()))


def _checks(explorer: Explorer, points: list[Profile]) -> Iterator[tuple[str, Check]]:
    for law in (law_12, law_13, law_14, law_15, law_16, law_17_pack, law_18, law_23):
        yield law.__name__, lambda law=law: law(explorer)  # type: ignore[misc]
    for profile in points[:1]:
        yield "law_01", lambda profile=profile: law_01(explorer, profile)  # type: ignore[misc]
    others = _Others(explorer)
    for profile in points:
        yield from _on_profile(explorer, profile, others)


class _Others:
    """Explorers of the same pack with something left out, each made once."""

    def __init__(self, explorer: Explorer) -> None:
        pack = explorer.pack
        self.engine = ReferenceEngine(pack)
        self.without_flags = Explorer(pack.without_rule(*pack.red_flags))
        self.without_history = Explorer(pack.without_rule(*not_counting(explorer)))
        self.step = next(iter(pack.steps), None)
        self.without_step = Explorer(pack.without_rule(self.step)) if self.step else None
        places = sorted({source.jurisdiction for source in pack.sources.values()})
        self.asked_what_if = WHAT_IF
        self.lens = Lens(jurisdictions=frozenset(places[:1]))


def _on_profile(
    explorer: Explorer, profile: Profile, others: _Others
) -> Iterator[tuple[str, Check]]:
    pack, lens = explorer.pack, others.lens
    yield "law_02", lambda: law_02(explorer, profile)
    for refined in islice(learnable(profile, pack), 0, None, 1 + _count(profile, pack) // REFINED):
        yield "law_03", lambda refined=refined: law_03(explorer, profile, refined)  # type: ignore[misc]
    if others.step is not None:
        step, bare = others.step, others.without_step
        yield "law_04", lambda: law_04(explorer, profile, step, without=bare)
    yield "law_05", lambda: law_05(explorer, profile, lens)
    yield "law_06", lambda: law_06(explorer, profile, lens)
    yield "law_07", lambda: law_07(explorer, profile, without=others.without_flags)
    yield "law_08", lambda: law_08(explorer, profile, pack.goals)
    yield "law_09", lambda: law_09(explorer, profile)
    yield "law_10", lambda: law_10(explorer, profile)
    yield "law_11", lambda: law_11(explorer, profile)
    yield "law_17", lambda: law_17(explorer, profile)
    yield "law_20", lambda: law_20_conditions(explorer, profile)
    for option in islice(explorer.resolve(profile, EVERYTHING).options, EXPLAINED):
        yield "law_20", lambda option=option: law_20(explorer, profile, option)  # type: ignore[misc]
    for option in islice(explorer.resolve(profile, EVERYTHING).options, others.asked_what_if):
        others.asked_what_if -= 1
        yield "law_20", lambda option=option: law_20_what_if(explorer, profile, option)  # type: ignore[misc]
    yield "law_21", lambda: law_21(explorer, profile, lens)
    yield "law_22", lambda: law_22(explorer, profile, without=others.without_history)
    yield "law_24", lambda: law_24(explorer, profile, others.engine)


def _count(profile: Profile, pack: Pack) -> int:
    return sum(1 for _ in learnable(profile, pack))
