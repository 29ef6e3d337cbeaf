"""The law about explanations: what they name is what would happen."""

from collections.abc import Iterable
from itertools import combinations

from painrules.errors import PainrulesError
from painrules.explain import Change
from painrules.explore import Exploration, Explorer
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.laws.trial import Trial, explored, listed


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
    whole = _changed(explorer, profile, answer.change, lens)
    if whole is None:
        trial.fail(f"{option}: {_told(answer.change)}, the profile would contradict itself")
        return
    trial.equal(f"{option} {_told(answer.change)}", whole[option].status, answer.becomes)
    deciding = [one.id for one in whole[option].positions]
    trial.require(answer.brought_by in deciding, f"{option}: {answer.brought_by} does not decide")
    for size in range(1, len(answer.change)):
        for part in combinations(answer.change, size):
            found = _changed(explorer, profile, part, lens)
            alone = found is not None and found[option].status is answer.becomes
            trial.require(not alone, f"{option}: {_told(part)} would do alone")


def _told(changes: Iterable[Change]) -> str:
    return ", and ".join(change.told for change in changes)


def _changed(
    explorer: Explorer, profile: Profile, changes: Iterable[Change], lens: Lens
) -> Exploration | None:
    """What is said of a changed profile; None if that profile contradicts itself."""
    try:
        for change in changes:
            profile = change.applied(profile)
        return explored(explorer, profile, lens)
    except PainrulesError:
        return None


def law_20_what_if(
    explorer: Explorer, profile: Profile, option: str, lens: Lens = EVERYTHING
) -> None:
    """L20, for `what_if`: make the changes that it names, and the status becomes what it claims; fewer do not do.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L20 what_if names the smallest changes", explorer, profile, lens)
    result = explored(explorer, profile, lens)
    answer, status = result.what_if(option), result[option].status
    trial.equal(f"the status of {option}", status, answer.status)
    for alternative in answer.alternatives:
        told = _told(alternative.changes)
        found = _changed(explorer, profile, alternative.changes, lens)
        if found is None:
            trial.fail(f"{option}: {told}, the profile would contradict itself")
            return
        trial.equal(f"{option} {told}", found[option].status, alternative.becomes)
        for size in range(1, len(alternative.changes)):
            for part in combinations(alternative.changes, size):
                fewer = _changed(explorer, profile, part, lens)
                same = fewer is None or fewer[option].status is status
                trial.require(same, f"{option}: {_told(part)} would do alone")


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
