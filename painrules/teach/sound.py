"""What may be asked: options whose standing nothing that is still unknown could change, and on which sources agree."""

from painrules.explore import Exploration
from painrules.explore.option import OptionView
from painrules.model.conditions import Clause
from painrules.model.rule import Position
from painrules.resolve import Resolution
from painrules.vocab import Agreement, Level, Line, Safety, SourceKind, Stance, Status

AGREED = {Agreement.CONSENSUS_FOR, Agreement.CONSENSUS_AGAINST, Agreement.SINGLE_SOURCE}
LEVELS = tuple(Level)
LATER = (Line.SECOND, Line.THIRD, Line.LATER)
RANK = {Line.FIRST: 0, Line.SECOND: 1, Line.THIRD: 2, Line.LATER: 3}
"""Lines that follow one another; an addition and a rescue stand beside them."""


def settled(view: OptionView) -> bool:
    """Whether the status is definite, nobody disagrees, and no mechanism differs."""
    return view.definite and view.agreement in AGREED


def cited(view: OptionView, result: Exploration) -> tuple[Position, ...]:
    """The deciding positions that name the option itself and come from more than an overview, as rules."""
    pack = result.pack
    stance = Stance.SUPPORTS if view.status is Status.SUPPORTED else Stance.OPPOSES
    rules = (pack.positions[one.id] for one in view.positions)
    return tuple(
        rule
        for rule in rules
        if rule.option == view.id
        and rule.stance is stance
        and pack.sources[rule.source].kind is not SourceKind.OVERVIEW
    )


def is_for(view: OptionView, result: Exploration) -> bool:
    """Whether sources speak for it, it is settled, and nothing known is strongly against it."""
    return (
        view.status is Status.SUPPORTED
        and settled(view)
        and view.safety not in {Safety.AVOID, Safety.CONTRAINDICATED}
        and bool(cited(view, result))
    )


def is_against(view: OptionView, result: Exploration) -> bool:
    """Whether sources speak against it, and it is settled."""
    return view.status is Status.NOT_SUPPORTED and settled(view) and bool(cited(view, result))


def line_settled(view: OptionView, result: Exploration) -> bool:
    """Whether nothing that is still unknown could bring another line."""
    if not isinstance(view.level, Level) or view.line is None:
        return False
    resolution = result.resolution
    deciding = LEVELS.index(view.level)
    return all(
        rule.line is view.line or LEVELS.index(rule.level) > deciding
        for rule in open_rules(resolution, view.id)
        if rule.stance is Stance.SUPPORTS
    )


def open_rules(resolution: Resolution, option: str) -> tuple[Position, ...]:
    """The positions on an option that could still come into force, or that hold by inference only."""
    index, masks = resolution.index, resolution.masks
    speaking = index.option(option).speaking & masks.allowed & masks.dated
    found = 0
    for ask in resolution.asked:
        found |= ask.sets.possible & ~ask.sets.certain & speaking
    return index.positions_in(found)


def asking_rule(result: Exploration, attribute: str) -> Position | None:
    """A position that could still come into force, and that asks for an attribute; the first by id."""
    resolution = result.resolution

    def asks(clause: Clause) -> bool:
        return resolution.asked_about(clause) == attribute

    index, masks = resolution.index, resolution.masks
    found = 0
    for ask in resolution.asked:
        found |= ask.sets.possible & ~ask.sets.certain
    for rule in index.positions_in(found & masks.allowed & masks.dated):
        if any(map(asks, (*rule.conditions, *rule.exceptions))):
            return rule
    return None
