"""What the cases of a pack exercise: which rules, which conditions within rules, which statuses."""

from collections.abc import Iterable, Sequence

from painrules.check.subject import PackLike, Subject, Unreadable, subject_of
from painrules.engine import Asked, bits, consult
from painrules.errors import PainrulesError, RulePackError
from painrules.explain import told
from painrules.explore import Explorer
from painrules.model.base import Frozen
from painrules.model.conditions import Clause
from painrules.model.facts import Facts, FactsBuilder, truth
from painrules.model.pack import RULE_TABLES, Pack
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Position, Rule
from painrules.packs import profile_of
from painrules.resolve import EVERYTHING, LensIndex
from painrules.vocab import Stance, Status, Truth

STATUS_OF = {
    Stance.SUPPORTS: Status.SUPPORTED,
    Stance.OPPOSES: Status.NOT_SUPPORTED,
    Stance.NO_RECOMMENDATION: Status.NO_RECOMMENDATION,
}
"""The status that a stance asks for."""


class Share(Frozen):
    """How much of something the cases exercise."""

    what: str
    """What: rules, conditions or statuses."""
    total: int
    """How many there are."""
    missing: tuple[str, ...] = ()
    """Those that no case exercises."""

    @property
    def reached(self) -> int:
        """How many are exercised."""
        return self.total - len(self.missing)

    @property
    def percent(self) -> float:
        """How many in a hundred; of nothing, all."""
        return 100.0 if not self.total else 100 * self.reached / self.total

    def __str__(self) -> str:
        """In one line."""
        return f"{self.what}: {self.reached} of {self.total} ({int(self.percent)} %)"


class CaseCoverage(Frozen):
    """What the cases of a pack exercise."""

    pack: str
    """The pack."""
    cases: int
    """How many cases it has."""
    rules: Share
    """Rules that are in force in a case."""
    conditions: Share
    """Conditions that let a rule in with each of their values and alone keep it out; exceptions that silence it."""
    statuses: Share
    """Options with a status that a rule of that stance asks for, as they come out of a case."""

    def __str__(self) -> str:
        """What is exercised, then what is missing."""
        shares = (self.rules, self.conditions, self.statuses)
        lines = [
            f"{self.cases} cases of pack '{self.pack}' exercise",
            *(f"  {one}" for one in shares),
        ]
        for one in shares:
            lines += [f"missing of {one.what}: {name}" for name in one.missing]
        return "\n".join(lines)


def coverage(pack: PackLike | None = None, *, on: Pack | None = None) -> CaseCoverage:
    """What the cases of a pack exercise; of a layered pack only its own rules are counted.

    Args:
        pack: The pack or its folder; left out: the core pack.
        on: The pack on which a folder is layered.

    Raises:
        RulePackError: If the folder cannot be loaded.

    >>> print(coverage("examples/packs/first_pack").rules)
    rules: 2 of 2 (100 %)
    """
    subject = subject_of(pack, on)
    if isinstance(subject, Unreadable):
        raise RulePackError(subject.problems, f"rule pack '{subject.label}'")
    return coverage_of(subject)


def coverage_of(subject: Subject) -> CaseCoverage:
    """What the cases of a pack exercise."""
    pack = subject.pack
    cases = _Cases(pack)
    own = [rule for rule in pack.rules if subject.is_own(RULE_TABLES[rule.rule_kind], rule.id)]
    statuses = _wanted_statuses(pack, own)
    conditions = [(rule, point) for rule in own for point in cases.points(rule)]
    return CaseCoverage(
        pack=pack.id,
        cases=len(pack.cases),
        rules=Share(
            what="rules",
            total=len(own),
            missing=tuple(rule.id for rule in own if rule.id not in cases.in_force),
        ),
        conditions=Share(
            what="conditions",
            total=len(conditions),
            missing=tuple(f"{rule.id}: {words}" for rule, (words, met) in conditions if not met),
        ),
        statuses=Share(
            what="statuses",
            total=len(statuses),
            missing=tuple(
                f"{option}: {status.value}"
                for option, status in statuses
                if (option, status) not in cases.statuses
            ),
        ),
    )


def _wanted_statuses(pack: Pack, own: Iterable[Rule]) -> list[tuple[str, Status]]:
    """Each option with each status that a rule which counts asks for."""
    dated = LensIndex(pack).masks(EVERYTHING).dated
    found = {
        (rule.option, STATUS_OF[rule.stance])
        for rule in own
        if isinstance(rule, Position) and dated >> pack.rule_numbers[rule.id] & 1
    }
    return sorted(found)


class _Cases:
    """The profiles of all cases, and what comes of them."""

    def __init__(self, pack: Pack) -> None:
        explorer, builder = Explorer(pack), FactsBuilder(pack)
        self._pack = pack
        self._facts: list[Facts] = []
        self._memory: list[dict[Clause, Truth]] = []
        self.in_force: set[str] = set()
        self.statuses: set[tuple[str, Status]] = set()
        for case in pack.cases.values():
            try:
                profile = profile_of(case.profile, pack)
                found = consult(explorer.engine, builder, profile)
            except (PainrulesError, ValueError):  # told as a failing case
                continue
            for one in found.inferred.taken + found.inferred.refused:
                self.in_force |= set(one.rules)
            self._take(found.asked)
            self._add_statuses(explorer, profile)

    def _take(self, asked: Sequence[Asked]) -> None:
        for ask in asked:
            self._facts.append(ask.facts)
            self._memory.append({})
            self.in_force |= {self._pack.rules[number].id for number in bits(ask.sets.in_force)}

    def _add_statuses(self, explorer: Explorer, profile: Profile) -> None:
        resolution = explorer.resolve(profile, EVERYTHING)
        for name in resolution.options:
            outcome = resolution.outcome(name)
            self.statuses.add((name, outcome.status))
            self.statuses |= {(name, one.status) for _, one in outcome.by_mechanism}

    def _truth(self, at: int, clause: Clause) -> Truth:
        memory = self._memory[at]
        if clause not in memory:
            memory[clause] = truth(clause, self._facts[at])
        return memory[clause]

    def points(self, rule: Rule) -> list[tuple[str, bool]]:
        """What has to be seen of the conditions of a rule, and whether it is."""
        wanted, barring = rule.conditions, rule.exceptions
        held: set[Clause] = set()
        kept_out: set[Clause] = set()
        for at in range(len(self._facts)):
            failing = [one for one in wanted if self._truth(at, one) < Truth.PRESUMED]
            if len(failing) > 1:
                continue
            silencing = [one for one in barring if self._silences(at, one, rule)]
            if not failing and not silencing:
                held |= {
                    part
                    for one in wanted
                    for part in _parts(one)
                    if self._truth(at, part) >= Truth.PRESUMED
                }
            if len(failing) + len(silencing) == 1:
                kept_out |= {*failing, *silencing}
        found = []
        for clause in wanted:
            words = told(clause, self._pack)
            missing = [told(part, self._pack) for part in _parts(clause) if part not in held]
            met = not missing and clause in kept_out
            said = (
                f"never lets it in: {'; '.join(missing)}"
                if missing
                else f"never alone keeps it out: {words}"
            )
            found.append((said, met))
        found += [
            (f"never alone silences it: {told(clause, self._pack)}", clause in kept_out)
            for clause in barring
        ]
        return found

    def _silences(self, at: int, clause: Clause, rule: Rule) -> bool:
        least = Truth.YES if rule.lenient or isinstance(rule, Inference) else Truth.PRESUMED
        return self._truth(at, clause) >= least


def _parts(clause: Clause) -> list[Clause]:
    """A list of values, value by value."""
    if len(clause.values) <= 1:
        return [clause]
    return [clause._replace(values=(value,)) for value in clause.values]
