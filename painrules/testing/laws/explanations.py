"""The law about explanations: what they name is what would happen."""

from collections.abc import Iterable
from itertools import combinations

from painrules.errors import PainrulesError
from painrules.explain import Change
from painrules.explore import Explorer
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.laws.trial import Trial, explored, listed
from painrules.vocab import Status


def law_20(explorer: Explorer, profile: Profile, option: str, lens: Lens = EVERYTHING) -> None:
    """L20: make the change that `why_not` names, and the status becomes what it claims; part of it does not do.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        option: An intervention.
        lens: Who speaks.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L20 the change that is named brings what is claimed", explorer, profile, lens)
    result = explored(explorer, profile, lens)
    answer = result.why_not(option)
    trial.equal(f"the status of {option}", result[option].status, answer.status)
    trial.equal(
        f"{option}: a change and what it brings",
        bool(answer.change),
        answer.becomes is not None and answer.brought_by is not None,
    )
    if answer.becomes is None:
        return
    trial.require(answer.status is not answer.becomes, f"{option}: the change brings nothing new")
    for size in range(1, len(answer.change) + 1):
        for part in combinations(answer.change, size):
            status = _status_with(explorer, profile, part, option, lens)
            told = ", and ".join(change.told for change in part)
            if size == len(answer.change):
                trial.equal(f"{option} {told}", status, answer.becomes)
            else:
                trial.require(status is not answer.becomes, f"{option}: {told} would do alone")


def _status_with(
    explorer: Explorer, profile: Profile, changes: Iterable[Change], option: str, lens: Lens
) -> Status | None:
    """The status of an option in a changed profile; None if that profile contradicts itself."""
    try:
        for change in changes:
            profile = change.applied(profile)
        return explored(explorer, profile, lens)[option].status
    except PainrulesError:
        return None


def law_20_conditions(explorer: Explorer, profile: Profile, lens: Lens = EVERYTHING) -> None:
    """L20, for `in_conditions`: with the condition that it names, and all else as it is, the option is listed.

    Raises:
        LawError: If it is not.
    """
    trial = Trial("L20 the condition that is named brings the option", explorer, profile, lens)
    result = explored(explorer, profile, lens)
    for option, conditions in result.in_conditions.items():
        trial.require(option not in listed(result), f"{option} is listed already")
        for condition in conditions:
            more = profile.with_(conditions=profile.conditions - {"other"} | {condition})
            found = explored(explorer, more, lens)
            trial.require(option in listed(found), f"{option} is not listed with {condition}")
