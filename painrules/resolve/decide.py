"""How positions decide about one option: pure functions over bitmaps.

SPEC of the decision, in short. Per option and mechanism, over the positions that count and that none narrower
replaces, the most specific level that speaks decides. What opposes a class speaks of its members; support for a class
gives a member no status, but at its level it weighs against what opposes that class or a broader one.
"""

from collections.abc import Iterable
from typing import NamedTuple

from painrules.resolve.index import LEVELS, AtLevel, OptionRules, PackIndex
from painrules.vocab import LINE_ORDER, Agreement, Level, Line, Status

# Names of their own: to look up a member of an enumeration takes as long as to decide at a level.
SUPPORTED, NOT_SUPPORTED, CONTESTED, NO_RECOMMENDATION, NOT_MENTIONED = (
    Status.SUPPORTED,
    Status.NOT_SUPPORTED,
    Status.CONTESTED,
    Status.NO_RECOMMENDATION,
    Status.NOT_MENTIONED,
)
NONE, MIXED, SINGLE_SOURCE, CONSENSUS_FOR, CONSENSUS_AGAINST = (
    Agreement.NONE,
    Agreement.MIXED,
    Agreement.SINGLE_SOURCE,
    Agreement.CONSENSUS_FOR,
    Agreement.CONSENSUS_AGAINST,
)


class Decision(NamedTuple):
    """What the positions in force come to, for one option and one mechanism."""

    status: Status
    level: Level | None
    line: Line | None
    agreement: Agreement
    counted: int
    """The positions that decide."""
    heard: int
    """The positions that count and that none narrower replaces."""


UNSPOKEN = Decision(NOT_MENTIONED, None, None, NONE, 0, 0)
"""What an option comes to that nobody speaks of."""


def not_replaced(option: OptionRules, active: int, by: int | None = None) -> int:
    """The positions about an option that no narrower one of their source replaces.

    Args:
        option: What the pack says of the option.
        active: The positions in question.
        by: The positions that may replace others; left out: the same.
    """
    heard = active & option.speaking
    if not heard & option.replaceable:
        return heard
    by = active if by is None else by
    gone = 0
    for broad, narrower in option.replaced:
        if heard & broad and by & narrower:
            gone |= broad
    return heard & ~gone


class Decided(NamedTuple):
    """The level that decides, and how."""

    status: Status
    rank: int
    """The place of the level; that of the most specific class support where only such support speaks; else -1."""
    counted: int
    """The positions that decide."""
    supporting: int
    """Those of them that support."""


def decide(option: OptionRules, heard: int) -> Decided:
    """The most specific level that speaks decides; support for a class outranks only what it could weigh against."""
    outranked = 0
    first_example = -1
    for rank, supports, opposes, silent, examples, speaking in option.levels:
        if not heard & speaking:
            continue
        against = heard & opposes & ~outranked
        for_it = heard & supports
        unsure = heard & silent
        example = heard & examples
        if against:
            both = for_it or (example and _weighing(option, example, against))
            return Decided(
                CONTESTED if both else NOT_SUPPORTED, rank, for_it | against | unsure, for_it
            )
        if for_it:
            return Decided(SUPPORTED, rank, for_it | unsure, for_it)
        if unsure:
            return Decided(NO_RECOMMENDATION, rank, unsure, 0)
        if example:
            first_example = rank if first_example < 0 else first_example
            for support in option.class_supports:
                if support.supports & example:
                    outranked |= support.weighs_against
    return Decided(NOT_MENTIONED, first_example, 0, 0)


def _weighing(option: OptionRules, examples: int, opposes: int) -> int:
    """The class supports that weigh against what opposes, at one level."""
    found = 0
    for supports, against, silenced_by in option.class_supports:
        if supports & examples and opposes & against and not opposes & silenced_by:
            found |= supports & examples
    return found


def agreement_of(option: OptionRules, heard: int, index: PackIndex) -> Agreement:
    """Whether the sources that take a side agree, at all levels."""
    for_it = against = 0
    for _, supports, opposes, _, examples, _ in option.levels:
        opposing = heard & opposes
        for_it |= heard & supports
        if opposing:
            against |= opposing
            if heard & examples:
                for_it |= _weighing(option, heard & examples, opposing)
    if for_it and against:
        return MIXED
    sides = for_it or against
    if not sides:
        return NONE
    lowest = (sides & -sides).bit_length() - 1
    if not sides & ~index.alongside[lowest]:
        return SINGLE_SOURCE
    return CONSENSUS_FOR if for_it else CONSENSUS_AGAINST


def line_of(supporting: int, index: PackIndex) -> Line:
    """The most cautious line that supports state; `unspecified` only where none states one."""
    return next(line for line, mask in index.words.lines if supporting & mask)


def most_cautious(lines: Iterable[Line]) -> Line | None:
    """The last of lines in their order; `unspecified` only where there is no other."""
    found = set(lines)
    stated = found - {Line.UNSPECIFIED}
    return max(stated or found, key=lambda line: LINE_ORDER[line.value], default=None)


def decision(option: OptionRules, active: int, index: PackIndex) -> Decision:
    """All that the positions in force come to for one option and one mechanism."""
    heard = not_replaced(option, active)
    if not heard:
        return UNSPOKEN
    status, rank, counted, supporting = decide(option, heard)
    level = LEVELS[rank]  # whoever is heard speaks at some level
    if status is NOT_MENTIONED:
        return Decision(status, level, None, NONE, counted, heard)
    line = line_of(supporting, index) if supporting else None
    return Decision(status, level, line, agreement_of(option, heard, index), counted, heard)


class Settled(NamedTuple):
    """Whether a status is definite, and the open positions that it depends on if not."""

    definite: bool
    depends_on: int


def settled(option: OptionRules, certain: int, possible: int) -> Settled:
    """Whether what is still unknown could change a status.

    Args:
        option: What the pack says of the option.
        certain: The certain positions that count.
        possible: The possible positions that count.
    """
    undecided = not_replaced(option, possible & ~certain, by=certain)
    if not undecided:
        return Settled(definite=True, depends_on=0)
    status, rank, _, _ = decide(option, not_replaced(option, certain))
    if status is NOT_MENTIONED:
        return Settled(definite=False, depends_on=undecided)
    at_least_as_specific = same = 0
    for level in option.levels:
        if level.rank <= rank:
            at_least_as_specific |= level.speaking
            same |= _same_stance(level, status)
    undecided &= at_least_as_specific
    return Settled(not undecided & ~same, undecided)


def _same_stance(level: AtLevel, status: Status) -> int:
    """The positions at a level that could only confirm a status; none can where it is contested."""
    if status is SUPPORTED:
        return level.supports
    if status is NOT_SUPPORTED:
        return level.opposes
    return level.silent if status is NO_RECOMMENDATION else 0
