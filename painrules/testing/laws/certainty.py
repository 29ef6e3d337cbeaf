"""The law about certainty: what is called definite stays, and what may change it is named."""

from painrules.explore import Explorer
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens, Resolution
from painrules.testing.laws.trial import Trial
from painrules.testing.learning import differing

LAW = "L3 a definite status survives every refinement"


def law_03(explorer: Explorer, profile: Profile, refined: Profile, lens: Lens = EVERYTHING) -> None:
    """L3: certain rules are in force, and those in force possible; a definite status survives every refinement.

    A status changes only if something in `depends_on` was learnt, or is inferred otherwise.

    Args:
        explorer: An explorer of the pack.
        profile: A profile.
        refined: The same, with something learnt, as `painrules.testing.learnable` gives it.
        lens: Who speaks.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial(LAW, explorer, profile, lens)
    before, after = explorer.resolve(profile, lens), explorer.resolve(refined, lens)
    for found in (before, after):
        _sets_stand_in_each_other(trial, found)
    otherwise = differing(
        (ask.facts for ask in before.asked), (ask.facts for ask in after.asked), explorer.pack
    )
    for name in sorted({*before.options, *after.options}):
        old, new = before.outcome(name).status, after.outcome(name).status
        certainty = before.certainty(name)
        trial.require(
            certainty.definite is not bool(certainty.depends_on),
            f"{name} is {'' if certainty.definite else 'not '}definite, "
            f"and depends on {certainty.depends_on}",
        )
        if old is new:
            continue
        learnt = f"learnt: {refined.to_dict()}, which makes a difference in {sorted(otherwise)}"
        if certainty.definite:
            trial.fail(f"{name} was {old.value}, definitely, and became {new.value}; {learnt}")
        if not otherwise & set(certainty.depends_on):
            trial.fail(
                f"{name} was {old.value} and became {new.value}, although it depended on "
                f"{certainty.depends_on} only; {learnt}"
            )
    _certain_rules_stay(trial, before, after)


def _sets_stand_in_each_other(trial: Trial, found: Resolution) -> None:
    for ask in found.asked:
        certain, in_force, possible = ask.sets
        trial.require(not certain & ~in_force, "a rule is certain and not in force")
        trial.require(not in_force & ~possible, "a rule is in force and not possible")


def _certain_rules_stay(trial: Trial, before: Resolution, after: Resolution) -> None:
    """For each mechanism that both speak of, or that was learnt, what is certain stays so."""
    for old in before.asked:
        for new in after.asked:
            if old.mechanism == new.mechanism or not old.facts.mechanism_given:
                trial.require(
                    not old.sets.certain & ~new.sets.certain, "a certain rule is so no more"
                )
                trial.require(
                    not new.sets.possible & ~old.sets.possible, "an impossible rule is possible"
                )
