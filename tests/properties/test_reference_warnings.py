"""What the resolver says besides statuses, against a slow one: warnings, steps, red flags, lists, what is presumed.

As with statuses, whoever changes the meaning changes it here too, in words that can be read aloud.
"""

import datetime as dt

from hypothesis import given, settings

from painrules import Explorer
from painrules.model.dates import first_day
from painrules.model.facts import truth
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Caution, Position, Rule, Step
from painrules.resolve import Lens, Resolution
from painrules.testing import debates, lenses, situations
from painrules.testing.reference import is_in_force, is_possible
from painrules.vocab import Truth

SEVERITIES = ("clear", "monitor", "caution", "avoid", "contraindicated")
URGENCIES = ("emergency", "urgent", "soon")


FEWER = settings(max_examples=max(15, settings().max_examples // 4))
"""Each example is looked at in many ways."""


class Slow:
    """Goes through all rules of a pack, one by one."""

    def __init__(self, pack: Pack, lens: Lens, resolution: Resolution) -> None:
        self.pack, self.lens, self.asked = pack, lens, resolution.asked
        self.today = first_day(pack.header.date)

    def stands(self, rule: Rule, day: dt.date | None = None) -> bool:
        """Whether a rule counts on a day; left out: the day of the pack."""
        source = self.pack.sources[rule.source]
        start = first_day(rule.valid_from or str(source.year))
        ends = [rule.valid_to, source.valid_to if isinstance(rule, Position) else None]
        last = min((first_day(end) for end in ends if end), default=dt.date.max)
        return start <= (day or self.today) < last

    def heard(self, rule: Step | Position) -> bool:
        """Whether a lens lets a rule through, on its day: no lens hides what keeps people safe."""
        if isinstance(rule, Step) and rule.kind.value == "safeguard":
            return self.stands(rule)
        source = self.pack.sources[rule.source]
        spoken = self.lens.sources is None or source.id in self.lens.sources
        near = self.lens.jurisdictions is None or source.jurisdiction in self.lens.jurisdictions
        return spoken and near and self.stands(rule, self.lens.as_of)

    def about(self, rule: Caution | Step, option: str) -> bool:
        """Whether a rule is about an option, or a class it belongs to."""
        return option == rule.option or rule.option in self.pack.intervention_tree.ancestors(option)

    def warned(self, rule: Rule) -> bool:
        """Whether a warning is in force: for one of several mechanisms is enough."""
        return self.stands(rule) and any(is_in_force(rule, ask.facts) for ask in self.asked)

    def cautions(self, option: str) -> list[Caution]:
        """The cautions in force."""
        every = self.pack.cautions.values()
        return [rule for rule in every if self.about(rule, option) and self.warned(rule)]

    def pending(self, option: str) -> list[str]:
        """The cautions of which it is not known whether they are in force."""
        return [
            rule.id
            for rule in self.pack.cautions.values()
            if self.about(rule, option) and self.stands(rule) and not self.warned(rule)
            and any(is_possible(rule, ask.facts) for ask in self.asked)
        ]  # fmt: skip

    def after(self, option: str) -> list[str]:
        """The steps in force of which something is not known to be done."""
        return [
            rule.id
            for rule in self.pack.steps.values()
            if self.about(rule, option) and self.heard(rule) and any(
                is_in_force(rule, ask.facts)
                and {truth(clause, ask.facts) for clause in rule.requires.clauses()} != {Truth.YES}
                for ask in self.asked
            )
        ]  # fmt: skip

    def red_flags(self) -> list[str]:
        """The red flags in force, the most urgent first."""
        found = [rule for rule in self.pack.red_flags.values() if self.warned(rule)]
        found.sort(key=lambda rule: (URGENCIES.index(rule.urgency.value), rule.id))
        return [rule.id for rule in found]


@FEWER
@given(situation=situations() | debates(), lens=lenses())
def test_warnings_steps_and_red_flags_are_those_of_a_slow_resolver(
    situation: tuple[Pack, Profile], lens: Lens
) -> None:
    """A warning that is missing harms; so each rule is looked at alone, in the plainest way there is."""
    pack, profile = situation
    resolution = Explorer(pack).resolve(profile, lens)
    slow = Slow(pack, lens, resolution)

    assert [rule.id for rule in resolution.red_flags] == slow.red_flags()
    for name in pack.interventions:
        cautions = slow.cautions(name)
        assert [rule.id for rule in resolution.cautions(name)] == [rule.id for rule in cautions]
        assert [rule.id for rule in resolution.pending(name)] == slow.pending(name)
        assert [rule.id for rule in resolution.after(name)] == slow.after(name)
        worst = max((SEVERITIES.index(rule.severity.value) for rule in cautions), default=0)
        assert resolution.safety(name).value == SEVERITIES[worst]


@FEWER
@given(situation=situations() | debates(), lens=lenses())
def test_the_list_holds_what_is_supported_and_nothing_that_is_ruled_out(
    situation: tuple[Pack, Profile], lens: Lens
) -> None:
    """For one mechanism is enough; what is contraindicated is left out whatever speaks for it."""
    pack, profile = situation
    resolution = Explorer(pack).resolve(profile, lens)
    one_by_one = {name: resolution.outcome(name) for name in pack.interventions}
    listed, spoken_of = [], []
    for name, outcome in one_by_one.items():
        each = [one.status.value for _, one in outcome.by_mechanism] or [outcome.status.value]
        assert outcome.supported is ("supported" in each)
        safe = resolution.safety(name).value != "contraindicated"
        assert resolution.is_supported(name) is (outcome.supported and safe)
        if outcome.supported and safe:
            listed.append(name)
        if outcome.counted or any(role != "history" for _, role in resolution.also_said(name)):
            spoken_of.append(name)

    assert [*resolution.supported] == listed
    assert [*resolution.options] == [*resolution.outcomes] == spoken_of
    assert resolution.outcomes == {name: one_by_one[name] for name in spoken_of}


@FEWER
@given(situation=situations() | debates(), lens=lenses())
def test_what_is_presumed_is_named_and_each_way_to_ask_says_the_same(
    situation: tuple[Pack, Profile], lens: Lens
) -> None:
    """What was only inferred can be asked about, like what is unknown, and is told apart from it."""
    pack, profile = situation
    explorer = Explorer(pack)
    resolution, quick = explorer.resolve(profile, lens), explorer.resolve(profile, lens)
    for name in pack.interventions:
        certainty = resolution.certainty(name)
        assert quick.definite(name) is certainty.definite is resolution.definite(name)
        assert certainty.definite is not bool(certainty.depends_on)
        assert {*certainty.presumed} <= {*certainty.depends_on}
        assert [*certainty.depends_on] == sorted(certainty.depends_on)
        for mechanism, rules in resolution.heard(name):
            [ask] = [one for one in resolution.asked if one.mechanism == mechanism]
            assert rules == sum(
                1 << number
                for number, rule in enumerate(pack.rules)
                if isinstance(rule, Position)
                and resolution.index.option(name).speaking >> number & 1
                and Slow(pack, lens, resolution).heard(rule)
                and is_in_force(rule, ask.facts)
            )
