"""The resolver against a slow one, written again from the explanation pages: lists, loops, and no bitmaps.

Whoever changes how positions decide changes it here too, in words that can be read aloud.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hypothesis import given, settings

from painrules import Explorer
from painrules.model.conditions import SHORT_NAMES, Clause
from painrules.model.dates import first_day
from painrules.model.facts import Facts, truth
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.resolve import Lens, Resolution
from painrules.testing import debates, lenses, situations
from painrules.testing.reference import is_certain, is_in_force, is_possible
from painrules.vocab import Truth

LEVELS = ("condition", "mechanism", "pain_type", "general")
LINES = ("unspecified", "first", "adjunct", "second", "third", "later", "rescue")


class Said(NamedTuple):
    """What an option comes to for one mechanism."""

    status: str
    level: str | None
    line: str | None
    agreement: str
    decided_by: tuple[str, ...]
    also: tuple[tuple[str, str], ...]
    definite: bool
    depends_on: tuple[str, ...]


class Slow:
    """A resolver that takes its time."""

    def __init__(self, pack: Pack, lens: Lens, option: str) -> None:
        self.pack, self.lens, self.option = pack, lens, option
        self.day = lens.as_of or first_day(pack.header.date)
        self.classes = {option, *pack.intervention_tree.ancestors(option)}

    # Who speaks of the option, when, and how

    def speaks_through(self, rule: Position) -> bool:
        """Whether the lens lets it through, and it says something of the option."""
        source = self.pack.sources[rule.source]
        allowed = (self.lens.sources is None or source.id in self.lens.sources) and (
            self.lens.jurisdictions is None or source.jurisdiction in self.lens.jurisdictions
        )
        return allowed and self.stance(rule) != ""

    def counts(self, rule: Position) -> bool:
        """Whether it counts on the day: a source that has ended ends its positions."""
        source = self.pack.sources[rule.source]
        start = first_day(rule.valid_from or str(source.year))
        ends = [first_day(day) for day in (rule.valid_to, source.valid_to) if day]
        return start <= self.day < min(ends, default=dt.date.max)

    def stance(self, rule: Position) -> str:
        """For, against, silent, or only for a class of which the option is an example."""
        own = rule.option == self.option
        if rule.option not in self.classes:
            return ""
        if rule.stance.value == "opposes":
            return "against"
        if rule.stance.value == "no_recommendation":
            return "silent" if own else ""
        return "for" if own or rule.members else "example"

    # What replaces what

    def follows(self, wanted: Clause, stated: Clause) -> bool:
        """Whether one condition follows from another on the same attribute."""
        if (wanted.attribute, wanted.name) != (stated.attribute, stated.name):
            return False
        if not wanted.low <= stated.low <= stated.high <= wanted.high:
            return False
        tree = self.pack.condition_tree
        above = tree.upwards if wanted.attribute == "condition" else lambda name: {name}
        return all(set(wanted.values) & set(above(value)) for value in stated.values)

    def within(self, one: Position, other: Position) -> bool:
        """Whether all that the other asks for follows, for its option or a member of it."""
        return self.pack.intervention_tree.belongs(one.option, other.option) and all(
            any(self.follows(wanted, stated) for stated in one.conditions)
            for wanted in other.conditions
        )

    def replaces(self, one: Position, other: Position) -> bool:
        """Whether one position takes the place of a broader one of its source, for this option."""
        narrower = self.within(one, other) and not self.within(other, one)
        here = self.option == one.option if one.stance.value == "no_recommendation" else True
        return one.source == other.source and narrower and here and one.option in self.classes

    def heard(self, some: Iterable[Position], by: Sequence[Position]) -> list[Position]:
        """Those of some positions that none of others replaces."""
        return [rule for rule in some if not any(self.replaces(other, rule) for other in by)]

    # What they come to

    def weighs(self, example: Position, against: Sequence[Position]) -> bool:
        """Whether support for a class weighs against what opposes, at one level."""
        broader = {example.option, *self.pack.intervention_tree.ancestors(example.option)}
        between = self.classes - broader
        opposed = {rule.option for rule in against}
        below = {
            name for name in between if self.pack.intervention_tree.belongs(name, example.option)
        }
        return bool(opposed & broader) and not opposed & below

    def decide(self, heard: Sequence[Position]) -> tuple[str, str | None, list[Position]]:
        """Status, level, and the positions that decide."""
        outranked: set[str] = set()
        first_example = None
        for level in LEVELS:
            here = [rule for rule in heard if rule.level.value == level]
            by = {
                stance: [rule for rule in here if self.stance(rule) == stance]
                for stance in ("for", "against", "silent", "example")
            }
            against = [rule for rule in by["against"] if rule.option not in outranked]
            decisive = [*by["for"], *against, *by["silent"]]
            if against:
                both = by["for"] or any(self.weighs(rule, against) for rule in by["example"])
                return "contested" if both else "not_supported", level, decisive
            if by["for"]:
                return "supported", level, decisive
            if by["silent"]:
                return "no_recommendation", level, decisive
            if by["example"]:
                first_example = first_example or level
                for rule in by["example"]:
                    outranked |= {rule.option, *self.pack.intervention_tree.ancestors(rule.option)}
        return "not_mentioned", first_example, []

    def agreement(self, heard: Sequence[Position]) -> str:
        """How many sources take which side, at all levels."""
        sides: dict[str, set[str]] = {"for": set(), "against": set()}
        for rule in heard:
            stance = self.stance(rule)
            opposing = [
                one for one in heard if one.level is rule.level and self.stance(one) == "against"
            ]
            if stance == "example" and self.weighs(rule, opposing):
                stance = "for"
            if stance in sides:
                sides[stance].add(rule.source)
        if all(sides.values()):
            return "mixed"
        sources = sides["for"] | sides["against"]
        if len(sources) < 2:
            return "single_source" if sources else "none"
        return "consensus_for" if sides["for"] else "consensus_against"

    def settled(self, facts: Facts, speaking: Sequence[Position]) -> tuple[bool, tuple[str, ...]]:
        """Whether nothing that is open could change the status, and on what it depends."""
        certain = [rule for rule in speaking if is_certain(rule, facts)]
        status, level, _ = self.decide(self.heard(certain, certain))
        rest = [rule for rule in speaking if is_possible(rule, facts) and rule not in certain]
        undecided = self.heard(rest, certain)
        if status != "not_mentioned":
            near = LEVELS[: LEVELS.index(level or "general") + 1]
            undecided = [rule for rule in undecided if rule.level.value in near]
        same = {"supported": "for", "not_supported": "against", "no_recommendation": "silent"}
        if all(self.stance(rule) == same.get(status, "-") for rule in undecided):
            return True, ()
        names = set()
        for rule in undecided:
            for clause in (*rule.conditions, *rule.exceptions):
                if truth(clause, facts) in {Truth.OPEN, Truth.PRESUMED}:
                    factor = self.pack.factors.get(clause.name)
                    band = factor.band if factor and clause.attribute == "factors" else None
                    number = band.attribute if band else ""
                    names.add(SHORT_NAMES.get(number, number) if band else clause.asked)
        return False, tuple(sorted(names))

    def said(self, facts: Facts) -> Said:
        """All that an option comes to for one mechanism."""
        spoken = [rule for rule in self.pack.positions.values() if self.speaks_through(rule)]
        counting = [rule for rule in spoken if self.counts(rule)]
        active = [rule for rule in counting if is_in_force(rule, facts)]
        heard = self.heard(active, active)
        status, level, decisive = self.decide(heard)
        lines = [rule.line.value for rule in decisive if self.stance(rule) == "for"]
        also = []
        for rule in spoken:
            if is_in_force(rule, facts) and rule not in decisive:
                role = "example" if self.stance(rule) == "example" else "broader"
                role = role if rule in heard else "replaced"
                also.append((rule.id, role if rule in counting else "history"))
        definite, depends_on = self.settled(facts, counting)
        return Said(
            status,
            level,
            max(lines, key=LINES.index, default=None),
            "none" if status == "not_mentioned" else self.agreement(heard),
            tuple(sorted(rule.id for rule in decisive)),
            tuple(sorted(also)),
            definite,
            depends_on,
        )


def found(resolution: Resolution, name: str) -> Said:
    """What the resolver says of an option, in the same form."""
    outcome, certainty = resolution.outcome(name), resolution.certainty(name)
    return Said(
        outcome.status.value,
        None if outcome.level is None else str(outcome.level),
        None if outcome.line is None else outcome.line.value,
        outcome.agreement.value,
        tuple(sorted(rule.id for rule in resolution.positions(name))),
        tuple(sorted((rule.id, role.value) for rule, role in resolution.also_said(name))),
        certainty.definite,
        certainty.depends_on,
    )


def compare(pack: Pack, profile: Profile, lens: Lens) -> None:
    """Both resolvers on each option of a pack."""
    resolution = Explorer(pack).resolve(profile, lens)
    for name in pack.interventions:
        slow = Slow(pack, lens, name)
        if len(resolution.asked) == 1:
            assert found(resolution, name) == slow.said(resolution.asked[0].facts), name
        for ask, (_, decision) in zip(
            resolution.asked, resolution.outcome(name).by_mechanism, strict=False
        ):
            expected = slow.said(ask.facts)
            assert (decision.status, decision.level) == (expected.status, expected.level)
            assert (decision.line, decision.agreement) == (expected.line, expected.agreement)


@given(situation=situations(), lens=lenses())
def test_a_slow_resolver_comes_to_the_same(situation: tuple[Pack, Profile], lens: Lens) -> None:
    """Bitmaps are fast and hard to read; what they say is what the explanation says, for each option."""
    compare(*situation, lens)


@settings(max_examples=3 * settings().max_examples)
@given(situation=debates(), lens=lenses())
def test_a_slow_resolver_comes_to_the_same_where_many_disagree(
    situation: tuple[Pack, Profile], lens: Lens
) -> None:
    """Classes, members, replaced and outranked positions all at once: where a resolver is most likely wrong."""
    compare(*situation, lens)
