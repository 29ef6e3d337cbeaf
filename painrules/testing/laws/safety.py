"""Laws about warnings."""

from painrules.explore import Explorer
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Rule
from painrules.resolve import EVERYTHING, Lens, Resolution
from painrules.testing.laws.trial import Trial, explored, listed
from painrules.vocab import Safety, Severity


def law_05(
    explorer: Explorer,
    profile: Profile,
    lens: Lens = EVERYTHING,
    *,
    extra: Rule | None = None,
    more: Explorer | None = None,
) -> None:
    """L5: a caution in force is never lost: not by a lens, a goal, a red flag, nor by another rule but inference.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        lens: A lens that must not lose any.
        extra: A rule that the pack does not have.
        more: An explorer of the same pack with that rule; left out: it is made.

    Raises:
        LawError: If one is lost.
    """
    trial = Trial("L5 a caution in force is never lost", explorer, profile, lens)
    before = explorer.resolve(profile, EVERYTHING)
    pack = explorer.pack
    flags = {**dict.fromkeys(pack.red_flag_signs, True), **profile.red_flags}
    busy = profile.with_(goals=frozenset(pack.goals), red_flags=flags)
    _none_is_lost(trial, before, explorer.resolve(profile, lens), "by the lens")
    _none_is_lost(trial, before, explorer.resolve(busy, lens), "by goals and red flags")
    if extra is not None and not isinstance(extra, Inference):
        wider = more or Explorer(pack.with_rule(extra))
        _none_is_lost(trial, before, wider.resolve(profile, lens), f"by the rule {extra.id}")


def _none_is_lost(trial: Trial, before: Resolution, after: Resolution, how: str) -> None:
    for name in before.index.options:
        if before.safety(name) is Safety.CLEAR:
            continue
        old, new = ({rule.id for rule in found.cautions(name)} for found in (before, after))
        if not old <= new:
            trial.fail(f"{name} loses {sorted(old - new)} {how}")


def law_09(explorer: Explorer, profile: Profile, lens: Lens = EVERYTHING) -> None:
    """L9: what is contraindicated is never listed, nor deferred, nor promised with one more condition.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L9 what is contraindicated is never listed", explorer, profile, lens)
    resolution = explorer.resolve(profile, lens)
    for name in sorted(listed(explored(explorer, profile, lens))):
        for rule in resolution.cautions(name):
            if rule.severity is Severity.CONTRAINDICATED:
                trial.fail(f"{name} is listed in spite of {rule.id}")
