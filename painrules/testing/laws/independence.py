"""Laws about what changes one thing and nothing else: steps, red flags, goals, lenses, history."""

from collections.abc import Iterable
from typing import Any

from painrules.explore import Exploration, Explorer
from painrules.model.dates import first_day
from painrules.model.facts import truth
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.resolve import EVERYTHING, Lens, LensIndex
from painrules.testing.laws.trial import Trial, explored, plain
from painrules.vocab import LINE_ORDER, Line, Mode, Role, StepKind, Truth

BESIDES = ("sources", "labels")
"""What follows from other fields: the sources that an option cites, the names of what is mentioned."""


def law_04(
    explorer: Explorer,
    profile: Profile,
    step: str,
    lens: Lens = EVERYTHING,
    *,
    without: Explorer | None = None,
) -> None:
    """L4: a step changes `after` and nothing else; meeting what it requires shortens `after`.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        step: One of its steps, by id.
        lens: Who speaks.
        without: An explorer of the same pack without that step; left out: it is made.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L4 a step changes 'after' and nothing else", explorer, profile, lens)
    bare = without or Explorer(explorer.pack.without_rule(step))
    one, other = explored(explorer, profile, lens), explored(bare, profile, lens)
    trial.equal(
        "what is not 'after'", plain(other, "after", *BESIDES), plain(one, "after", *BESIDES)
    )
    rule = explorer.pack.steps[step]
    for name in sorted(explorer.pack.intervention_tree.downwards(rule.option)):
        ids = {found.id for found in one[name].after}
        trial.equal(f"{name}, what else it comes after", _ids(other[name].after), ids - {step})
        wanted = _is_due(explorer, profile, step, lens)
        trial.equal(f"{name} comes after {step}", wanted, step in ids)


def _ids(found: Iterable[Any]) -> set[str]:
    return {one.id for one in found}


def _is_due(explorer: Explorer, profile: Profile, step: str, lens: Lens) -> bool:
    """Whether a step counts, is in force, and what it requires is not known to hold."""
    pack = explorer.pack
    rule, bit = pack.steps[step], 1 << pack.rule_numbers[step]
    source = pack.sources[rule.source]
    safeguard = rule.kind is StepKind.SAFEGUARD
    day = first_day(pack.header.date) if safeguard or lens.as_of is None else lens.as_of
    starts = first_day(rule.valid_from or str(source.year))
    if not starts <= day < rule.ends:
        return False
    if not safeguard and (
        (lens.sources is not None and source.id not in lens.sources)
        or (lens.jurisdictions is not None and source.jurisdiction not in lens.jurisdictions)
    ):
        return False
    return any(
        ask.sets.in_force & bit
        and any(truth(clause, ask.facts) is not Truth.YES for clause in rule.requires.clauses())
        for ask in explorer.resolve(profile, lens).asked
    )


def law_07(
    explorer: Explorer,
    profile: Profile,
    lens: Lens = EVERYTHING,
    *,
    without: Explorer | None = None,
) -> None:
    """L7: a red flag changes `mode`, `listed`, `deferred` and nothing else; removing it restores.

    Args:
        explorer: An explorer of the pack.
        profile: The profile, with red flags or without.
        lens: Who speaks.
        without: An explorer of the same pack without rules of the kind red_flag; left out: it is made.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L7 a red flag changes mode, listed and deferred only", explorer, profile, lens)
    bare = without or Explorer(explorer.pack.without_rule(*explorer.pack.red_flags))
    flagged = explored(explorer, profile, lens)
    for what, clear in (
        ("without the rules", explored(bare, profile, lens)),
        ("without the flags", explored(explorer, profile.with_(red_flags={}), lens)),
    ):
        if clear.mode is Mode.EVALUATE_FIRST:
            continue  # a rule of that kind may look at other facts alone
        changed = ("mode", "listed", "deferred", "red_flags", "profile", "labels")
        trial.equal(f"the rest, {what},", plain(clear, *changed), plain(flagged, *changed))
        trial.require(not clear.deferred, f"{what}, something is deferred: {clear.deferred}")
        _deferred_is_what_was_listed(trial, flagged, clear)


def _deferred_is_what_was_listed(trial: Trial, flagged: Exploration, clear: Exploration) -> None:
    if flagged.mode is Mode.EVALUATE_FIRST:
        trial.require(flagged.red_flags, "the mode is evaluate_first without a red flag")
        trial.equal("what is listed beside a red flag", flagged.listed, ())
        trial.equal("what is deferred", flagged.deferred, clear.listed)
    else:
        trial.require(not flagged.red_flags, "a red flag is in force, and the mode ignores it")
        trial.equal("the mode", flagged.mode, clear.mode)
        trial.equal("what is listed", flagged.listed, clear.listed)


def law_08(
    explorer: Explorer, profile: Profile, goals: Iterable[str], lens: Lens = EVERYTHING
) -> None:
    """L8: goals change order only: within a category, what serves a stated goal comes first, then line, then label.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        goals: Goals of the pack.
        lens: Who speaks.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L8 goals change order only", explorer, profile, lens)
    aimless = explored(explorer, profile.with_(goals=frozenset()), lens)
    aiming = explored(explorer, profile.with_(goals=frozenset(goals)), lens)
    ordered = ("order", "listed", "deferred", "disagreements")
    one, other = (
        plain(result, *ordered, "profile", "serves", "labels") for result in (aimless, aiming)
    )
    trial.equal("the rest", one, other)
    for name in ordered[1:]:
        trial.equal(name, _sorted(getattr(aimless, name)), _sorted(getattr(aiming, name)))
    rank = {name: place for place, name in enumerate(explorer.pack.category_order)}
    for result in (aimless, aiming):
        keys = [
            (
                rank[view.category],
                not view.serves,
                LINE_ORDER[(view.line or Line.UNSPECIFIED).value],
                view.label.casefold(),
            )
            for view in result.options
        ]
        trial.equal("the order of options", keys, sorted(keys))


def _sorted(found: Iterable[object]) -> list[object]:
    return sorted(found, key=repr)


def law_21(
    explorer: Explorer, profile: Profile, lens: Lens, *, names: Iterable[str] | None = None
) -> None:
    """L21: with a lens on sources or jurisdictions, `positions` and `also_said` are a subset of those without.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        lens: Who speaks.
        names: The interventions that are looked at; left out: all.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L21 a lens adds nothing to what is said", explorer, profile, lens)
    through = explorer.resolve(profile, lens)
    without = explorer.resolve(profile, Lens(as_of=lens.as_of))
    for name in explorer.pack.interventions if names is None else names:
        some, every = (
            {rule.id for rule in found.positions(name)}
            | {rule.id for rule, _ in found.also_said(name)}
            for found in (through, without)
        )
        if not some <= every:
            trial.fail(f"only with the lens, {name} has {sorted(some - every)}")


def law_22(
    explorer: Explorer,
    profile: Profile,
    lens: Lens = EVERYTHING,
    *,
    without: Explorer | None = None,
) -> None:
    """L22: dropping the positions that do not count at the date changes nothing but history.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        lens: Who speaks, and on which day.
        without: An explorer of the same pack without those positions; left out: it is made.

    Raises:
        LawError: If it does not hold.
    """
    trial = Trial("L22 what does not count changes nothing", explorer, profile, lens)
    bare = without or Explorer(explorer.pack.without_rule(*not_counting(explorer, lens)))
    one, other = explored(explorer, profile, lens), explored(bare, profile, lens)
    trial.equal("the rest", _without_history(other), _without_history(one))


def not_counting(explorer: Explorer, lens: Lens = EVERYTHING) -> tuple[str, ...]:
    """The positions of a pack that do not count on the day of a lens, by id."""
    dated = LensIndex(explorer.pack).masks(lens).dated
    return tuple(
        rule.id
        for number, rule in enumerate(explorer.pack.rules)
        if isinstance(rule, Position) and not dated >> number & 1
    )


def _without_history(result: Exploration) -> dict[str, Any]:
    found = plain(result, *BESIDES)
    for view in found["options"].values():
        view["also_said"] = [one for one in view["also_said"] if one["role"] != Role.HISTORY.value]
    return found
