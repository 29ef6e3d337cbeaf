"""Statuses that no profile reaches: what rules say and never decides, and options that are never listed."""

from collections.abc import Iterator, Mapping

from painrules.check.deciding import deciding
from painrules.check.findings import Finding, found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.check.space import Answer, Box
from painrules.engine import bits
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.resolve import Decision
from painrules.vocab import Safety, Stance, Status

REACHED = {
    Stance.SUPPORTS: "supported or contested",
    Stance.OPPOSES: "not supported or contested",
    Stance.NO_RECOMMENDATION: "no recommendation",
}


def unreachable_statuses(ground: Ground) -> Iterator[Verdict]:
    """Asks of each option, and each stance that rules take on it, whether that stance ever decides."""
    groups: dict[tuple[str, Stance], list[int]] = {}
    counting = ground.counting
    for number, rule in enumerate(ground.rules):
        if isinstance(rule, Position) and counting >> number & 1:
            groups.setdefault((rule.option, rule.stance), []).append(number)
    for (option, stance), numbers in groups.items():
        alive = [n for n in numbers if ground.boxes[n] is not None and not _never_heard(ground, n)]
        if alive and any(map(ground.is_own, alive)):
            yield _stance(ground, option, stance, alive)


def _never_heard(ground: Ground, number: int) -> bool:
    """Whether it has been found already that a rule is dead or never seen."""
    return ground.rules[number].id in ground.told


def _stance(ground: Ground, option: str, stance: Stance, numbers: list[int]) -> Verdict:
    subject = f"{option}, {stance.value}"
    if any(_decides(ground, number, option) for number in numbers):
        return Verdict("unreachable_status", subject)
    decided = True
    for number in numbers:

        def wanted(decision: Decision, bit: int = 1 << number) -> bool:
            return bool(decision.counted & bit)

        answer = _search(ground, option, number, wanted)
        if answer.point is not None:
            return Verdict("unreachable_status", subject)
        decided &= answer.decided
    finding = _finding(ground, option, stance, numbers) if decided else None
    return Verdict("unreachable_status", subject, finding, decided)


def _decides(ground: Ground, number: int, option: str) -> bool:
    """Whether a rule decides in the profile that first comes to mind."""
    profile = ground.shown(number)
    if profile is None:
        return False
    return bool(ground.resolved(profile).outcome(option).counted >> number & 1)


def _search(
    ground: Ground, option: str, number: int, wanted: object, forbidding: int = 0
) -> Answer:
    assert callable(wanted)  # noqa: S101 - a function of a decision
    judge = deciding(ground.index, option, wanted, forbidding)
    return ground.asker.search(ground.boxes[number], _rules(ground, option, forbidding), judge)


def _rules(ground: Ground, option: str, besides: int = 0) -> Mapping[int, Box]:
    """The boxes of the positions that speak of an option and count."""
    speaking = ground.index.option(option).speaking & ground.counting | besides
    boxes = {number: ground.boxes[number] for number in bits(speaking)}
    return {number: box for number, box in boxes.items() if box is not None}


def _finding(ground: Ground, option: str, stance: Stance, numbers: list[int]) -> Finding:
    ids = tuple(ground.rules[number].id for number in numbers)
    rule = ground.rules[numbers[0]]
    what = (
        f"'{option}' is never {REACHED[stance]} by what is said of it: "
        f"{', '.join(ids)} never decide{'' if ids[1:] else 's'}, because others are always more specific"
    )
    profile = ground.shown(numbers[0])
    example = None
    if profile is not None:
        shows = f"'{ids[0]}' is in force, and does not decide"
        example = ground.example(profile, shows, lambda one: ground.in_force(one, numbers[0]))
    where = ground.where(rule)
    return found("unreachable_status", option, what, where=where, beside=ids, example=example)


def never_listed(ground: Ground) -> Iterator[Verdict]:
    """Asks of each option that can be contraindicated whether it is ever supported without being so."""
    worst = dict(ground.index.words.safety)[Safety.CONTRAINDICATED]
    standing = sum(1 << n for n, window in enumerate(ground.windows) if window.holds(ground.today))
    for name in ground.index.options:
        option = ground.index.option(name)
        forbidding = option.cautions & worst & standing
        supporting = option.supports & ground.counting
        if forbidding and supporting and any(map(ground.is_own, bits(forbidding | supporting))):
            yield _listed(ground, name, supporting, forbidding)


def _listed(ground: Ground, name: str, supporting: int, forbidding: int) -> Verdict:
    for number in bits(supporting):
        profile = ground.shown(number)
        if profile is not None and ground.resolved(profile).is_supported(name):
            return Verdict("never_listed", name)

    def wanted(decision: Decision) -> bool:
        return decision.status is Status.SUPPORTED

    answers = [_search(ground, name, number, wanted, forbidding) for number in bits(supporting)]
    if any(answer.point is not None for answer in answers):
        return Verdict("never_listed", name)
    if not all(answer.decided for answer in answers):
        return Verdict("never_listed", name, decided=False)
    for number in bits(supporting):
        answer = _search(ground, name, number, wanted)
        if answer.point is not None:
            return Verdict("never_listed", name, _barred(ground, name, forbidding, answer))
    return Verdict("never_listed", name)


def _barred(ground: Ground, name: str, forbidding: int, answer: Answer) -> Finding:
    ids = ground.ids(forbidding)
    what = (
        f"'{name}' is supported for some profiles, and contraindicated for all of them: "
        f"it is never listed ({', '.join(ids)})"
    )

    def holds(profile: Profile) -> bool:
        resolution = ground.resolved(profile)
        return resolution.outcome(name).supported and not resolution.is_supported(name)

    example = ground.example(answer, f"'{name}' is supported, and contraindicated", holds)
    where = ground.where(ground.rules[next(bits(forbidding))])
    return found("never_listed", name, what, where=where, beside=ids, example=example)
