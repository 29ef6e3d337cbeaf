"""From a resolution to what readers see: views with texts, sources and names."""

from collections.abc import Iterable

from painrules.cached import cached_property
from painrules.engine import Suggested
from painrules.explain import label_of, population, told, told_value
from painrules.explore.order import goals_served
from painrules.model.base import distinct
from painrules.model.conditions import Clause
from painrules.model.facts import truth
from painrules.model.pack import Pack
from painrules.model.result import (
    CautionView,
    DisagreementView,
    InferredView,
    MechanismView,
    PositionView,
    RedFlagView,
    RelatedView,
    SourceView,
    StepView,
)
from painrules.model.rule import Caution, Position, RedFlag, Rule, Step
from painrules.resolve import Decision, LensIndex, Resolution
from painrules.vocab import SYMMETRIC, Level, Role, Stance, Truth


class Shared:
    """What the views of all explorations with one pack have in common; worked out once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.warnings: dict[str, CautionView] = {}
        """Warnings that were told before, by rule: they read the same in every exploration."""

    @cached_property
    def served(self) -> dict[str, frozenset[str]]:
        """The goals that each intervention serves."""
        return goals_served(self._pack)

    @cached_property
    def relations(self) -> dict[str, tuple[RelatedView, ...]]:
        """What each intervention relates to."""
        return relations_of(self._pack)


class Viewer:
    """Makes views of one resolution."""

    def __init__(
        self,
        resolution: Resolution,
        dates: LensIndex,
        goals: frozenset[str],
        shared: "Shared",
    ) -> None:
        self.resolution = resolution
        """What the views are of."""
        self.pack = resolution.index.pack
        """The pack that its rules come from."""
        self._dates = dates
        self._goals = goals
        self._shared = shared

    def about(self, positions: Iterable[Position]) -> str:
        """Whom the deciding statements are about, by their level; who takes no side counts where nobody does."""
        subjects: set[str] = set()
        deciding = tuple(positions)
        sides = tuple(rule for rule in deciding if rule.stance is not Stance.NO_RECOMMENDATION)
        for rule in sides or deciding:
            if rule.level is Level.GENERAL:
                limits = "; ".join(told(clause, self.pack) for clause in rule.conditions)
                subjects.add(f"any pain ({limits})" if limits else "any pain")
            for clause in rule.conditions:
                if clause.attribute == rule.level.value:
                    subjects |= {told_value(name, self.pack) for name in self._matched(clause)}
        return ", ".join(sorted(subjects))

    def _matched(self, clause: Clause) -> set[str]:
        """The values of a clause that the profile has, given or inferred."""
        found: set[str] = set()
        for ask in self.resolution.asked:
            facts = ask.facts
            known = {facts.pain_type, facts.mechanism, *(facts.conditions or ())}
            found |= {value for value in clause.values if value in known}
        return found

    def serves(self, name: str) -> tuple[str, ...]:
        """The stated goals that an option serves."""
        return tuple(sorted(self._goals & self._shared.served[name])) if self._goals else ()

    def related(self, name: str) -> tuple[RelatedView, ...]:
        """Other entries that an option relates to."""
        return self._shared.relations.get(name, ())

    def sources(self, names: Iterable[str]) -> tuple[SourceView, ...]:
        """Sources, each once, by id."""
        found = (self.pack.sources[name] for name in sorted(set(names)))
        return tuple(
            SourceView(
                id=source.id,
                title=source.title,
                issuer=source.issuer,
                jurisdiction=source.jurisdiction,
                year=source.year,
                status=source.status,
            )
            for source in found
        )

    def cited(self, rule: Rule) -> str:
        """Issuer, year and jurisdiction of a rule's source."""
        return self.pack.sources[rule.source].cited

    def position(self, rule: Position, role: Role | None = None) -> PositionView:
        """What one source says."""
        window = self._dates.window(self.pack.rule_numbers[rule.id])
        ends = rule.valid_to or self.pack.sources[rule.source].valid_to
        return PositionView(
            id=rule.id,
            option=rule.option,
            stance=rule.stance,
            line=rule.line,
            level=rule.level,
            population=population(rule, self.pack),
            strength=rule.strength,
            certainty=rule.certainty,
            because=rule.because,
            source=rule.source,
            cited=self.cited(rule),
            locator=rule.locator,
            verified=rule.verified,
            status=rule.status,
            valid_from=rule.valid_from or str(window.start.year),
            valid_to=ends,
            role=role,
        )

    def caution(self, rule: Caution, *, pending: bool = False) -> CautionView:
        """A warning that holds, or could hold."""
        if pending:
            asked = {self.resolution.asked_about(clause) for clause in self._open(rule)}
            return self._caution(rule, tuple(sorted(asked)))
        found = self._shared.warnings.get(rule.id)
        if found is None:
            found = self._shared.warnings[rule.id] = self._caution(rule, ())
        return found

    def _caution(self, rule: Caution, asks: tuple[str, ...]) -> CautionView:
        return CautionView(
            id=rule.id,
            option=rule.option,
            severity=rule.severity,
            population=population(rule, self.pack),
            because=rule.because,
            asks=asks,
            source=rule.source,
            cited=self.cited(rule),
            locator=rule.locator,
            verified=rule.verified,
        )

    def _open(self, rule: Rule) -> list[Clause]:
        facts = self.resolution.asked[0].facts
        clauses = rule.conditions + rule.exceptions
        return [
            clause for clause in clauses if truth(clause, facts) in {Truth.OPEN, Truth.PRESUMED}
        ]

    def step(self, rule: Step) -> StepView:
        """What an option comes after."""
        return StepView(
            id=rule.id,
            option=rule.option,
            kind=rule.kind,
            requires="; ".join(told(clause, self.pack) for clause in rule.requires.clauses()),
            steps_from=rule.steps_from,
            safeguard=rule.safeguard,
            because=rule.because,
            source=rule.source,
            cited=self.cited(rule),
            locator=rule.locator,
            verified=rule.verified,
        )

    def red_flag(self, rule: RedFlag) -> RedFlagView:
        """A red flag in force."""
        signs = distinct(clause.name for clause in rule.conditions if clause.name)
        return RedFlagView(
            id=rule.id,
            signs=signs,
            urgency=rule.urgency,
            because=rule.because,
            source=rule.source,
            cited=self.cited(rule),
        )

    def inferred(self, found: Suggested, *, taken: bool) -> InferredView:
        """A fact that was inferred."""
        first = self.pack.inferences[found.rules[0]]
        return InferredView(
            attribute=found.name or found.attribute,
            value=found.value,
            taken=taken,
            rules=found.rules,
            because=first.because,
            cited=self.cited(first),
        )

    def disagreement(self, name: str) -> DisagreementView:
        """Who speaks for and against an option, at all levels; what no longer counts left out."""
        sides: dict[Stance, set[str]] = {Stance.SUPPORTS: set(), Stance.OPPOSES: set()}
        also = (rule for rule, role in self.resolution.also_said(name) if role in COUNTED_ROLES)
        for rule in (*self.resolution.positions(name), *also):
            if rule.stance in sides:
                sides[rule.stance].add(self.cited(rule))
        return DisagreementView(
            option=name,
            label=label_of(name, self.pack),
            supports=tuple(sorted(sides[Stance.SUPPORTS])),
            opposes=tuple(sorted(sides[Stance.OPPOSES])),
        )


def mechanism_view(one: Decision) -> MechanismView:
    """What an option comes to for one mechanism."""
    return MechanismView(status=one.status, level=one.level, line=one.line, agreement=one.agreement)


COUNTED_ROLES = {Role.BROADER, Role.EXAMPLE}


def relations_of(pack: Pack) -> dict[str, tuple[RelatedView, ...]]:
    """The relations of each intervention; symmetric ones from both ends."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for relation in pack.relations.values():
        note = relation.note or ""
        found.setdefault(relation.from_, set()).add((relation.kind.value, relation.to, note))
        if relation.kind in SYMMETRIC:
            found.setdefault(relation.to, set()).add((relation.kind.value, relation.from_, note))
    return {
        name: tuple(
            RelatedView.model_validate({"kind": kind, "id": other, "note": note or None})
            for kind, other, note in sorted(items)
        )
        for name, items in found.items()
        if name in pack.interventions
    }
