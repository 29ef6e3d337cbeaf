"""The resolution of one exploration: sets of rules in, statuses out. No texts, no side effects."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from painrules.cached import cached_property
from painrules.engine.masks import bits, mask_of
from painrules.engine.query import Asked
from painrules.model.clauses import Clause
from painrules.model.facts import Facts, truth
from painrules.resolve.decide import SUPPORTED, Decision, decision, most_cautious, settled
from painrules.resolve.index import OptionRules, PackIndex
from painrules.resolve.lens import LensMasks
from painrules.vocab import (
    ROLE_ORDER,
    URGENCY_ORDER,
    Agreement,
    Level,
    Line,
    Role,
    Safety,
    Status,
    Truth,
)

if TYPE_CHECKING:
    from painrules.model.rule import Caution, Position, RedFlag, Step

T = TypeVar("T")
Open = tuple[frozenset[str], frozenset[str]]
"""What a rule leaves unknown, and what of it is inferred."""


class Outcome(NamedTuple):
    """What an exploration says of one option."""

    status: Status
    level: Level | str | None
    """The deciding level, or ``varies``."""
    line: Line | None
    agreement: Agreement
    supported: bool
    """Whether it is supported for any of the mechanisms."""
    by_mechanism: tuple[tuple[str, Decision], ...]
    counted: int
    """The positions that decide, for any of the mechanisms."""


class Certainty(NamedTuple):
    """Whether a status is definite, and on what it depends if not."""

    definite: bool
    depends_on: tuple[str, ...]
    presumed: tuple[str, ...]
    """Those of them that are inferred rather than unknown."""


class Resolution:
    """Everything that follows from the sets of rules that an engine found; worked out when asked for."""

    def __init__(
        self,
        index: PackIndex,
        asked: tuple[Asked, ...],
        masks: LensMasks,
        bands: dict[str, str],
    ) -> None:
        self.index = index
        self.asked = asked
        self.masks = masks
        self._bands = bands
        self._through = masks.allowed & index.kinds.positions
        active = self._active = self._through & masks.dated
        self._decisive = [(ask.mechanism, ask.sets.in_force & active) for ask in asked]
        self._outcomes: dict[str, Outcome] = {}
        self._certainties: dict[str, Certainty] = {}
        self._open: dict[tuple[str | None, int], Open] = {}

    @property
    def heard_positions(self) -> int:
        """The positions that the lens lets through and that are of the date, as bits."""
        return self._active

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options that a counting position in force speaks of, or whose class one supports; by id."""
        in_force = self._in_force & self._active
        return tuple(name for name, speaking in self.index.spoken_of if speaking & in_force)

    @cached_property
    def _in_force(self) -> int:
        return _joined(ask.sets.in_force for ask in self.asked)

    @cached_property
    def _possible(self) -> int:
        return _joined(ask.sets.possible for ask in self.asked)

    def outcome(self, name: str) -> Outcome:
        """Status, level, line and agreement of one option."""
        found = self._outcomes.get(name)
        if found is None:
            found = self._outcomes[name] = self._work_out(name)
        return found

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """The outcomes of all options, by id."""
        if len(self._decisive) > 1:
            return {name: self.outcome(name) for name in self.options}
        # What was decided before is looked up here, not one call after another: most of what a result takes is this.
        [(mechanism, active)] = self._decisive
        remembered, decide = self.index.memory.get, self._decide
        found = {
            name: remembered((name, mechanism, said)) or decide(name, mechanism, said)
            for name, speaking in self.index.spoken_of
            if (said := speaking & active)
        }
        self._outcomes.update(found)
        return found

    def _work_out(self, name: str) -> Outcome:
        """An outcome follows from the mechanisms and what is said of the option, so it is remembered by these."""
        index, decisive = self.index, self._decisive
        option = index.option(name)
        if len(decisive) > 1:
            each = [(str(kind), decision(option, active, index)) for kind, active in decisive]
            return _in_common([one for _, one in each], tuple(each))
        mechanism, active = decisive[0]
        said = active & option.speaking
        return index.memory.get((name, mechanism, said)) or self._decide(name, mechanism, said)

    def _decide(self, name: str, mechanism: str | None, said: int) -> Outcome:
        """What is said of an option, for one mechanism or none, decided and remembered."""
        index = self.index
        one = decision(index.option(name), said, index)
        status, level, line, agreement, counted, _ = one
        each = () if mechanism is None else ((mechanism, one),)
        found = Outcome(status, level, line, agreement, status is SUPPORTED, each, counted)
        index.remember((name, mechanism, said), found)
        return found

    def heard(self, name: str) -> tuple[tuple[str | None, int], ...]:
        """What decides about an option: equal for two resolutions whose outcomes for it are equal."""
        speaking = self.index.option(name).speaking & self._active
        return tuple((ask.mechanism, ask.sets.in_force & speaking) for ask in self.asked)

    def certainty(self, name: str) -> Certainty:
        """Whether the status of an option is definite, for each mechanism; on what it depends if not."""
        found = self._certainties.get(name)
        if found is None:
            option = self.index.option(name)
            unknown: set[str] = set()
            presumed: set[str] = set()
            definite = True
            for ask in self.asked:
                verdict = settled(
                    option,
                    ask.sets.certain & self._active,
                    ask.sets.possible & self._active,
                )
                if not verdict.definite:
                    definite = False
                    self._add_open(verdict.depends_on, ask.facts, unknown, presumed)
            found = Certainty(definite, tuple(sorted(unknown)), tuple(sorted(presumed)))
            self._certainties[name] = found
        return found

    def definite(self, name: str) -> bool:
        """Whether the status of an option is definite; quicker than `certainty`, which says on what it depends."""
        known = self._certainties.get(name)
        if known is not None:
            return known.definite
        option, active = self.index.option(name), self._active
        return all(
            settled(option, ask.sets.certain & active, ask.sets.possible & active).definite
            for ask in self.asked
        )

    def _add_open(self, mask: int, facts: Facts, unknown: set[str], presumed: set[str]) -> None:
        for number in bits(mask):
            found = self._open.get((facts.mechanism, number))
            if found is None:
                found = self._open[facts.mechanism, number] = self._open_in(number, facts)
            unknown |= found[0]
            presumed |= found[1]

    def _open_in(self, number: int, facts: Facts) -> Open:
        """What a rule leaves open; one rule speaks of many options."""
        rule = self.index.rule(number)
        unknown: set[str] = set()
        presumed: set[str] = set()
        for clause in rule.conditions + rule.exceptions:
            found = truth(clause, facts)
            if found in {Truth.OPEN, Truth.PRESUMED}:
                name = self.asked_about(clause)
                unknown.add(name)
                if found is Truth.PRESUMED or _is_inferred(clause, facts):
                    presumed.add(name)
        return frozenset(unknown), frozenset(presumed)

    def asked_about(self, clause: Clause) -> str:
        """The name of what a clause depends on; a factor defined by a number depends on that number."""
        return self._bands.get(clause.name, clause.asked)

    def safety(self, name: str) -> Safety:
        """The worst caution in force."""
        mask = self.index.warnings[name] & self._warned
        if not mask:
            return Safety.CLEAR
        return next(word for word, rules in self.index.words.safety if mask & rules)

    @cached_property
    def _warned(self) -> int:
        return self.masks.standing & self._in_force

    def cautions(self, name: str) -> "tuple[Caution, ...]":
        """The cautions in force on an option or a class it belongs to, by id."""
        mask = self.index.option(name).cautions & self._warned
        return self.index.cautions_in(mask) if mask else ()

    def pending(self, name: str) -> "tuple[Caution, ...]":
        """The cautions that could come into force."""
        mask = self.index.option(name).cautions & self.masks.standing
        return self.index.cautions_in(mask & self._possible & ~self._in_force)

    def after(self, name: str) -> "tuple[Step, ...]":
        """The steps in force whose requirement is not known to hold, united over the mechanisms."""
        mask = self.index.option(name).steps & self.masks.allowed
        found: dict[str, Step] = {}
        for ask in self.asked:
            for rule in self.index.steps_in(self._counting_steps(mask & ask.sets.in_force)):
                clauses = rule.requires.clauses()
                if any(truth(clause, ask.facts) is not Truth.YES for clause in clauses):
                    found[rule.id] = rule
        return tuple(found[key] for key in sorted(found))

    def _counting_steps(self, mask: int) -> int:
        """Those of some steps that count: safeguards on the pack's own day, the others on that of the lens."""
        safeguards = self.index.kinds.safeguards
        return mask & (self.masks.standing & safeguards | self.masks.dated & ~safeguards)

    @cached_property
    def red_flags(self) -> "tuple[RedFlag, ...]":
        """The red flags in force, the most urgent first."""
        found = self.index.red_flags_in(self.masks.standing & self._in_force)
        return tuple(sorted(found, key=lambda rule: (URGENCY_ORDER[rule.urgency.value], rule.id)))

    def is_supported(self, name: str) -> bool:
        """Whether an option would be listed: supported for some mechanism, and not contraindicated."""
        return self.outcome(name).supported and self.safety(name) is not Safety.CONTRAINDICATED

    @cached_property
    def supported(self) -> tuple[str, ...]:
        """The options that would be listed, by id."""
        in_force, option = self._in_force & self._active, self.index.option
        return tuple(
            name
            for name in self.options
            if option(name).supports & in_force and self.is_supported(name)
        )

    def positions(self, name: str) -> "tuple[Position, ...]":
        """The positions that decide, by id."""
        return self.index.positions_in(self.outcome(name).counted)

    def also_said(self, name: str) -> "tuple[tuple[Position, Role], ...]":
        """What else is in force, each with the first role that fits, by id."""
        option = self.index.option(name)
        counted = self.outcome(name).counted
        found: dict[int, Role] = {}
        for ask in self.asked:
            spoken = ask.sets.in_force & self._through & option.speaking
            heard = decision(option, ask.sets.in_force & self._active, self.index).heard
            for number in bits(spoken & ~counted):
                role = self._role(option, 1 << number, heard)
                known = found.get(number)
                if known is None or ROLE_ORDER[role] < ROLE_ORDER[known]:
                    found[number] = role
        rules = self.index.positions_in(mask_of(found))
        return tuple(
            (rule, found[number]) for rule, number in zip(rules, sorted(found), strict=True)
        )

    def _role(self, option: OptionRules, bit: int, heard: int) -> Role:
        if not self.masks.dated & bit:
            return Role.HISTORY
        if not heard & bit:
            return Role.REPLACED
        if option.examples & bit:
            return Role.EXAMPLE
        return Role.BROADER


def _is_inferred(clause: Clause, facts: Facts) -> bool:
    """Whether the attribute of an open clause has an inferred value."""
    if clause.attribute == "pain_type":
        return facts.pain_type is not None and not facts.pain_type_given
    if clause.attribute == "mechanism":
        return facts.mechanism is not None and not facts.mechanism_given
    return clause.attribute == "factors" and clause.name in facts.presumed


def _joined(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _in_common(each: list[Decision], by_mechanism: tuple[tuple[str, Decision], ...]) -> Outcome:
    """What several mechanisms have in common, `not_mentioned` aside; else ``varies``."""
    spoken = [one for one in each if one.status is not Status.NOT_MENTIONED]
    statuses = {one.status for one in spoken}
    levels = {one.level for one in spoken or each}
    agreements = {one.agreement for one in spoken}
    supporting = [one for one in spoken if one.status is Status.SUPPORTED]
    lines = [one.line for one in supporting or spoken if one.line is not None]
    counted = _joined(one.counted for one in each)
    return Outcome(
        _only(statuses, Status.NOT_MENTIONED, Status.VARIES),
        _only_level(levels),
        most_cautious(lines),
        _only(agreements, Agreement.NONE, Agreement.VARIES),
        bool(supporting),
        by_mechanism,
        counted,
    )


def _only(found: set[T], none: T, several: T) -> T:
    """The one thing that was found, or the words for none and for several."""
    if not found:
        return none
    return next(iter(found)) if len(found) == 1 else several


def _only_level(found: set[Level | None]) -> Level | str | None:
    return next(iter(found)) if len(found) == 1 else "varies"
