"""The law about mixed pain."""

from painrules.explore import Explorer
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.laws.trial import Trial, explored, listed


def law_02(explorer: Explorer, profile: Profile, lens: Lens = EVERYTHING) -> None:
    """L2: the list for a mixed set is the union over its mechanisms, each of which is resolved alone.

    Of a profile with fewer than two mechanisms it says nothing.

    Raises:
        LawError: If it does not hold.
    """
    if len(profile.mechanisms) < 2:  # noqa: PLR2004 - a mixed set has two at least
        return
    trial = Trial("L2 the list for a mixed set is the union", explorer, profile, lens)
    alone = {
        mechanism.value: profile.with_(mechanisms=frozenset({mechanism}))
        for mechanism in sorted(profile.mechanisms)
    }
    union: set[str] = set()
    for one in alone.values():
        union |= listed(explored(explorer, one, lens))
    trial.equal("the list", sorted(listed(explored(explorer, profile, lens))), sorted(union))
    mixed = explorer.resolve(profile, lens)
    each = {name: explorer.resolve(one, lens) for name, one in alone.items()}
    for option in mixed.options:
        expected = tuple(each[name].outcome(option).by_mechanism[0] for name in alone)
        if mixed.outcome(option).by_mechanism != expected:
            trial.equal(f"{option} by mechanism", mixed.outcome(option).by_mechanism, expected)
    spoken = {option for found in each.values() for option in found.options}
    trial.equal("what is spoken of", sorted(mixed.options), sorted(spoken))
