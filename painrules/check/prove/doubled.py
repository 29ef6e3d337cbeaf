"""Rules that others of their source make needless: they are in force only where these say the same."""

from collections.abc import Hashable, Iterator

from painrules.check.findings import Finding, found
from painrules.check.prove.ground import Ground
from painrules.check.prove.verdict import Verdict
from painrules.check.said import says


def needless_rules(ground: Ground) -> Iterator[Verdict]:
    """Asks of each rule whether one other of its source, or several together, are in force wherever it is."""
    groups: dict[Hashable, list[int]] = {}
    for number, rule in enumerate(ground.rules):
        if ground.boxes[number] is not None:
            groups.setdefault(says(rule), []).append(number)
    for numbers in groups.values():
        if len(numbers) > 1:
            for number in numbers:
                if ground.is_own(number):
                    yield from _needless(ground, number, [n for n in numbers if n != number])


def _needless(ground: Ground, number: int, others: list[int]) -> Iterator[Verdict]:
    box, window, rule = ground.boxes[number], ground.windows[number], ground.rules[number]
    covering = [
        other
        for other in others
        if ground.windows[other].start <= window.start and window.end <= ground.windows[other].end
    ]
    boxes = {other: ground.boxes[other] or {} for other in covering}
    single, decided = [], True
    for other in covering:
        answer = ground.asker.outside(box, [boxes[other]])
        decided &= answer.decided
        if answer.none and not (other > number and _covers(ground, number, other)):
            single.append(other)
    finding = _finding(ground, "subsumed_rule", number, single[:1]) if single else None
    yield Verdict("subsumed_rule", rule.id, finding, decided=decided or bool(single))
    if not single and len(covering) > 1:
        answer = ground.asker.outside(box, list(boxes.values()))
        together = answer.none and not any(_covers(ground, number, other) for other in covering)
        finding = _finding(ground, "redundant_rule", number, covering) if together else None
        yield Verdict("redundant_rule", rule.id, finding, decided=answer.decided)


def _covers(ground: Ground, number: int, other: int) -> bool:
    """Whether a rule in turn is in force wherever, and whenever, another is: of such a pair only one is told."""
    mine, yours = ground.windows[number], ground.windows[other]
    box = ground.boxes[number]
    if box is None or not (mine.start <= yours.start and yours.end <= mine.end):
        return False
    return ground.asker.outside(ground.boxes[other], [box]).none


def _finding(ground: Ground, kind: str, number: int, others: list[int]) -> Finding:
    rule = ground.rules[number]
    ids = tuple(ground.rules[other].id for other in others)
    named = (
        f"'{ids[0]}' of the same source says"
        if len(ids) == 1
        else f"others of the same source ({', '.join(ids)}) say"
    )
    what = f"rule '{rule.id}' adds nothing: wherever it is in force, {named} the same"
    shown = others if len(others) == 1 else []
    answer = ground.asker.point(ground.met(number, *shown))
    shows = f"'{rule.id}' is in force" + (
        f", and '{ids[0]}' too" if shown else ", and one of the others too"
    )
    example = ground.example(
        answer,
        shows,
        lambda profile: (
            ground.in_force(profile, number, *shown)
            and (bool(shown) or any(ground.in_force(profile, number, other) for other in others))
        ),
        ground.common_day(number, *shown),
    )
    return found(kind, rule.id, what, where=ground.where(rule), beside=ids, example=example)
