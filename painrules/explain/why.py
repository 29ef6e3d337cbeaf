"""Why an option has the status that it has."""

from painrules.explain.told import population, told
from painrules.model.base import Frozen
from painrules.model.facts import truth
from painrules.model.pack import Pack
from painrules.model.rule import Position
from painrules.resolve import Resolution
from painrules.vocab import Level, Role, Stance, Status, Truth

TRUTH_WORDS = {
    Truth.YES: "known",
    Truth.PRESUMED: "inferred",
    Truth.OPEN: "not known",
    Truth.NO: "not so",
}

LEVEL_WORDS = {
    "condition": "said of the condition",
    "mechanism": "said of the mechanism in general",
    "pain_type": "said of the pain type in general",
    "general": "said in general",
    "varies": "said at different levels",
}

STANCE_WORDS = {
    Stance.SUPPORTS: "for",
    Stance.OPPOSES: "against",
    Stance.NO_RECOMMENDATION: "makes no recommendation",
}


class Premise(Frozen):
    """One condition of a rule, and what the profile makes of it."""

    condition: str
    """The condition in words."""
    truth: str
    """``known``, ``inferred``, ``not known`` or ``not so``."""


class Argument(Frozen):
    """One position, and why it is in force."""

    rule: str
    """The rule."""
    stance: Stance
    """The direction."""
    line: str
    """The line that it states."""
    population: str
    """Of whom it speaks."""
    premises: tuple[Premise, ...]
    """What it asks for, and what the profile makes of it."""
    because: str
    """What the source says."""
    cited: str
    """The source."""
    role: Role | None = None
    """Why it is shown without deciding; None: it decides."""


class Why(Frozen):
    """Why an option has its status."""

    option: str
    """The intervention."""
    label: str
    """Its name."""
    status: Status
    """The status."""
    level: Level | str | None
    """The deciding level."""
    agreement: str
    """Whether the sources agree."""
    decided_by: tuple[Argument, ...]
    """The positions that decide."""
    also_said: tuple[Argument, ...]
    """What else is in force."""
    cautions: tuple[str, ...]
    """Cautions in force, in words."""
    after: tuple[str, ...]
    """What it comes after, in words."""
    depends_on: tuple[str, ...]
    """What could still change the status."""
    members: tuple[str, ...] = ()
    """Where nothing is said of the option itself: what is said of its members, in words."""

    def __str__(self) -> str:
        """The explanation as text."""
        head = f"{self.label}: {self.status.value.replace('_', ' ')}"
        if self.level:
            head += f", {LEVEL_WORDS[str(self.level)]}"
        if self.agreement == "mixed":
            head += "; sources disagree"
        lines = [head]
        for title, arguments in (("decided by", self.decided_by), ("also said", self.also_said)):
            lines += [f"  {title}:"] if arguments else []
            for one in arguments:
                lines += _told_argument(one)
        lines += [f"  caution: {text}" for text in self.cautions]
        lines += [f"  comes after: {text}" for text in self.after]
        if self.members:
            lines.append(f"  said of its members: {'; '.join(self.members)}")
        if self.depends_on:
            lines.append(f"  could change with: {', '.join(self.depends_on)}")
        return "\n".join(lines)


def _told_argument(one: Argument) -> list[str]:
    line = "" if one.line == "unspecified" else f", {one.line} line"
    role = f" [{one.role.value}]" if one.role else ""
    lines = [f"    {STANCE_WORDS[one.stance]}{line}: {one.cited} ({one.rule}){role}"]
    lines.append(f"      {one.because}")
    said = "; ".join(f"{premise.condition} ({premise.truth})" for premise in one.premises)
    lines.append(f"      holds because: {said or 'it speaks of anyone'}")
    return lines


def why(resolution: Resolution, name: str) -> Why:
    """Explains the status of an option: each position with its premises and source."""
    pack = resolution.index.pack
    outcome = resolution.outcome(name)
    certainty = resolution.certainty(name)
    also = resolution.also_said(name)
    return Why(
        option=name,
        label=pack.interventions[name].label,
        status=outcome.status,
        level=outcome.level,
        agreement=outcome.agreement.value,
        decided_by=tuple(_argument(rule, resolution, pack) for rule in resolution.positions(name)),
        also_said=tuple(_argument(rule, resolution, pack, role) for rule, role in also),
        cautions=tuple(
            f"{rule.severity.value} ({population(rule, pack)}): {rule.because}"
            for rule in resolution.cautions(name)
        ),
        after=tuple(rule.because for rule in resolution.after(name)),
        depends_on=certainty.depends_on,
        members=_members(resolution, name) if outcome.status is Status.NOT_MENTIONED else (),
    )


def _members(resolution: Resolution, name: str) -> tuple[str, ...]:
    """What is said of the members of a class of which nothing is said itself."""
    pack = resolution.index.pack
    statuses = {
        pack.interventions[member].label: resolution.outcome(member).status
        for member in pack.intervention_tree.descendants(name)
    }
    return tuple(
        f"{label} ({status.value.replace('_', ' ')})"
        for label, status in sorted(statuses.items())
        if status is not Status.NOT_MENTIONED
    )


def _argument(
    rule: Position, resolution: Resolution, pack: Pack, role: Role | None = None
) -> Argument:
    bit = 1 << pack.rule_numbers[rule.id]
    facts = next(ask.facts for ask in resolution.asked if ask.sets.in_force & bit)
    premises = tuple(
        Premise(condition=told(clause, pack), truth=TRUTH_WORDS[truth(clause, facts)])
        for clause in rule.conditions
    )
    return Argument(
        rule=rule.id,
        stance=rule.stance,
        line=rule.line.value,
        population=population(rule, pack),
        premises=premises,
        because=rule.because,
        cited=pack.sources[rule.source].cited,
        role=role,
    )
