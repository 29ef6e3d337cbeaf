"""How positions decide about one option: pure functions over bitmaps.

SPEC of the decision, in short. Per option and mechanism, over the positions that count and that none narrower
replaces, the most specific level that speaks decides. What opposes a class speaks of its members; support for a class
gives a member no status, but at its level it weighs against what opposes that class or a broader one.
"""

from collections.abc import Iterable
from typing import NamedTuple

from painrules.engine.base import bits
from painrules.model.rule import Position, Rule
from painrules.resolve.index import LEVELS, OptionRules
from painrules.vocab import LINE_ORDER, Agreement, Level, Line, Status

Rules = tuple[Rule, ...]


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


def not_replaced(option: OptionRules, active: int, by: int | None = None) -> int:
    """The positions about an option that no narrower one of their source replaces.

    Args:
        option: What the pack says of the option.
        active: The positions in question.
        by: The positions that may replace others; left out: the same.
    """
    heard = active & option.speaking
    by = active if by is None else by
    gone = 0
    for broad, narrower in option.replaced:
        if heard & broad and by & narrower:
            gone |= broad
    return heard & ~gone


def decide(option: OptionRules, heard: int) -> tuple[Status, int, int]:
    """Status, rank of the deciding level, and the positions that decide.

    The rank is -1 where nothing speaks, and that of the most specific class support where only such support does.
    """
    outranking: list[int] = []
    first_example = -1
    for rank in range(len(LEVELS)):
        opposes = heard & option.opposes[rank]
        for against in outranking:
            opposes &= ~against
        supports = heard & option.supports[rank]
        silent = heard & option.silent[rank]
        examples = heard & option.examples[rank]
        weighs = bool(examples and opposes and _weighing(option, examples, opposes))
        if opposes:
            both = supports or weighs
            status = Status.CONTESTED if both else Status.NOT_SUPPORTED
            return status, rank, supports | opposes | silent
        if supports:
            return Status.SUPPORTED, rank, supports | silent
        if silent:
            return Status.NO_RECOMMENDATION, rank, silent
        if examples:
            first_example = rank if first_example < 0 else first_example
            outranking += [
                support.weighs_against
                for support in option.class_supports
                if support.bit & examples
            ]
    return Status.NOT_MENTIONED, first_example, 0


def _weighing(option: OptionRules, examples: int, opposes: int) -> int:
    """The class supports that weigh against what opposes, at one level."""
    found = 0
    for bit, against, silenced_by in option.class_supports:
        if bit & examples and opposes & against and not opposes & silenced_by:
            found |= bit
    return found


def agreement_of(option: OptionRules, heard: int, status: Status, rules: Rules) -> Agreement:
    """Whether the sources that take a side agree, at all levels."""
    if status is Status.NOT_MENTIONED:
        return Agreement.NONE
    for_it = against = 0
    for rank in range(len(LEVELS)):
        opposes = heard & option.opposes[rank]
        against |= opposes
        for_it |= heard & option.supports[rank]
        examples = heard & option.examples[rank]
        if examples and opposes:
            for_it |= _weighing(option, examples, opposes)
    if for_it and against:
        return Agreement.MIXED
    sides = for_it or against
    if not sides:
        return Agreement.NONE
    if len({rules[number].source for number in bits(sides)}) == 1:
        return Agreement.SINGLE_SOURCE
    return Agreement.CONSENSUS_FOR if for_it else Agreement.CONSENSUS_AGAINST


def line_of(option: OptionRules, heard: int, rank: int, rules: Rules) -> Line | None:
    """The most cautious line that a support at the deciding level states."""
    return most_cautious(
        rule.line
        for rule in (rules[number] for number in bits(heard & option.supports[rank]))
        if isinstance(rule, Position)
    )


def most_cautious(lines: Iterable[Line]) -> Line | None:
    """The last of the lines in their order; `unspecified` only where none states one."""
    found: Line | None = None
    for line in lines:
        if (
            found is None
            or found is Line.UNSPECIFIED
            or (line is not Line.UNSPECIFIED and LINE_ORDER[line] > LINE_ORDER[found])
        ):
            found = line
    return found


def decision(option: OptionRules, active: int, rules: Rules) -> Decision:
    """All that the positions in force come to for one option and one mechanism."""
    heard = not_replaced(option, active)
    status, rank, counted = decide(option, heard)
    level = LEVELS[rank] if rank >= 0 else None
    line = None
    if status in {Status.SUPPORTED, Status.CONTESTED}:
        line = line_of(option, heard, rank, rules)
    agreement = agreement_of(option, heard, status, rules)
    return Decision(status, level, line, agreement, counted, heard)


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
    status, rank, _ = decide(option, not_replaced(option, certain))
    undecided = not_replaced(option, possible & ~certain, by=certain)
    if status is Status.NOT_MENTIONED:
        return Settled(not undecided, undecided)
    at_least_as_specific = 0
    same = 0
    for level in range(rank + 1):
        for masks in (option.supports, option.opposes, option.silent, option.examples):
            at_least_as_specific |= masks[level]
        same |= _same_stance(option, status, level)
    undecided &= at_least_as_specific
    if status is Status.CONTESTED:
        return Settled(not undecided, undecided)
    return Settled(not undecided & ~same, undecided)


def _same_stance(option: OptionRules, status: Status, rank: int) -> int:
    if status is Status.SUPPORTED:
        return option.supports[rank]
    return option.opposes[rank] if status is Status.NOT_SUPPORTED else option.silent[rank]
