"""What may be asked: options whose standing nothing that is still unknown could change, and on which sources agree."""

from painrules.cached import cached_property
from painrules.explore import Exploration
from painrules.explore.option import OptionView
from painrules.model.rule import Position, Step
from painrules.resolve import Resolution
from painrules.vocab import Agreement, Level, Line, Safety, SourceKind, Stance, Status

AGREED = {Agreement.CONSENSUS_FOR, Agreement.CONSENSUS_AGAINST, Agreement.SINGLE_SOURCE}
LEVELS = tuple(Level)
LATER = (Line.SECOND, Line.THIRD, Line.LATER)
RANK = {Line.FIRST: 0, Line.SECOND: 1, Line.THIRD: 2, Line.LATER: 3}
"""Lines that follow one another; an addition and a rescue stand beside them."""


Chain = tuple[tuple[str, Step], ...]
"""Options, each with the step that puts it where it is."""


def settled(view: OptionView) -> bool:
    """Whether the status is definite, nobody disagrees, and no mechanism differs."""
    return view.agreement in AGREED and view.definite


def cited(view: OptionView, result: Exploration) -> tuple[Position, ...]:
    """The deciding positions that name the option itself and come from more than an overview, as rules."""
    pack = result.pack
    stance = Stance.SUPPORTS if view.status is Status.SUPPORTED else Stance.OPPOSES
    return tuple(
        rule
        for rule in result.resolution.positions(view.id)
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


class Sound:
    """What may be asked of one exploration, each worked out once: many stories share it."""

    def __init__(self, result: Exploration) -> None:
        self.result = result
        """The exploration."""

    @cached_property
    def asking(self) -> dict[str, Position]:
        """What is asked for, each with a position that asks for it and could still come into force."""
        return asking_rules(self.result)

    @cached_property
    def good(self) -> tuple[OptionView, ...]:
        """The options that sources speak for."""
        return tuple(view for view in self.result.options if is_for(view, self.result))

    @cached_property
    def bad(self) -> tuple[OptionView, ...]:
        """The options that sources speak against."""
        return tuple(view for view in self.result.options if is_against(view, self.result))

    @cached_property
    def spoken(self) -> tuple[OptionView, ...]:
        """Both, in the order of options."""
        known = {view.id for view in (*self.good, *self.bad)}
        return tuple(view for view in self.result.options if view.id in known)

    @cached_property
    def steady(self) -> frozenset[str]:
        """Those that sources speak for and whose line is settled too."""
        return frozenset(view.id for view in self.good if line_settled(view, self.result))

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources that say anything of pain like this, whatever the option."""
        resolution = self.result.resolution
        found = 0
        for ask in resolution.asked:
            found |= ask.sets.in_force
        return frozenset(rule.source for rule in resolution.index.positions_in(found))

    @cached_property
    def first_categories(self) -> frozenset[str]:
        """The categories in which some position, in force or still possible, puts an option first."""
        return first_categories(self.result)

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """Chains of three options in which steps put each directly before the next."""
        return tuple(chains_of(self.result))


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


def asking_rules(result: Exploration) -> dict[str, Position]:
    """What positions ask for that could still come into force, each with the plainest and most specific of them."""
    resolution = result.resolution
    index, masks = resolution.index, resolution.masks
    possible = 0
    for ask in resolution.asked:
        possible |= ask.sets.possible & ~ask.sets.certain
    found: dict[str, tuple[int, int, str, Position]] = {}
    for rule in index.positions_in(possible & masks.allowed & masks.dated):
        for clause in (*rule.conditions, *rule.exceptions):
            asked = resolution.asked_about(clause)
            plainly = clause not in rule.conditions
            besides = len(rule.conditions) + len(rule.exceptions)
            rank = (LEVELS.index(rule.level), plainly * 9 + besides, rule.id, rule)
            if asked not in found or rank[:3] < found[asked][:3]:
                found[asked] = rank
    return {asked: rank[3] for asked, rank in found.items()}


def first_categories(result: Exploration) -> frozenset[str]:
    """The categories in which some position, in force or still possible, puts an option first."""
    pack, resolution = result.pack, result.resolution
    index, masks = resolution.index, resolution.masks
    possible = 0
    for ask in resolution.asked:
        possible |= ask.sets.possible
    found = set()
    for rule in index.positions_in(possible & masks.allowed & masks.dated):
        if rule.line is Line.FIRST:
            names = {rule.option}
            if rule.members:
                names |= pack.intervention_tree.descendants(rule.option)
            found |= {pack.interventions[name].category for name in names}
    return frozenset(found)


def chains_of(result: Exploration) -> list[Chain]:
    """Chains of three options in which steps put each directly before the next, and nothing says otherwise."""
    pack = result.pack
    before: dict[str, dict[str, Step]] = {}
    stepping = {rule.option for rule in pack.steps.values() if rule.steps_from}
    for name in stepping.intersection(result.resolution.options):
        for rule in result.resolution.after(name):
            if rule.steps_from and rule.option == name:
                before.setdefault(name, {})[rule.steps_from] = rule
    chains: list[Chain] = []
    for last, earlier in sorted(before.items()):
        for middle, rule in sorted(earlier.items()):
            for first, other in sorted(before.get(middle, {}).items()):
                kin = pack.intervention_tree.belongs
                names = (first, middle, last)
                apart = not any(kin(a, b) for a in names for b in names if a != b)
                if (
                    apart
                    and last not in before.get(first, {})
                    and first not in before.get(last, {})
                ):
                    chains.append(((first, other), (middle, other), (last, rule)))
    return chains
