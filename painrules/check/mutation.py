"""Mutants: one thing changed in one rule. One that no example, case or law notices shows what is not tested."""

from collections.abc import Callable, Iterator, Sequence

from painrules.check.mutants import Mutant, mutants
from painrules.check.noticing import Witnesses
from painrules.check.subject import PackLike, Subject, Unreadable, subject_of
from painrules.errors import RulePackError
from painrules.given import plain_text, several, whole_number
from painrules.model.base import Frozen
from painrules.model.pack import RULE_TABLES, Pack

MOST_MUTANTS = 1_000_000
"""How many mutants can be asked for."""

Progress = Callable[[str, int, int], None]


class Survivor(Frozen):
    """A mutant that nothing notices."""

    rule: str
    """The rule."""
    what: str
    """What was changed."""
    where: str = ""
    """File, line and column of the rule."""

    def __str__(self) -> str:
        """In one line."""
        return (
            f"{self.where}: " * bool(self.where)
            + f"rule '{self.rule}': nothing notices it: {self.what}"
        )


class Mutation(Frozen):
    """What came of changing one thing in one rule at a time."""

    pack: str
    """The pack."""
    tried: int
    """How many mutants were tried."""
    of: int
    """How many there are."""
    noticed: dict[str, int]
    """How many were noticed by examples, by cases, by laws."""
    survivors: tuple[Survivor, ...] = ()
    """Those that nothing notices."""

    def __str__(self) -> str:
        """The survivors, then what it comes to."""
        counts = ", ".join(f"{number} by {who}" for who, number in self.noticed.items())
        lines = [str(one) for one in self.survivors]
        share = f"{self.tried} of {self.of}" if self.tried < self.of else str(self.tried)
        lines.append(
            f"{share} mutants of pack '{self.pack}': {counts}; {len(self.survivors)} not noticed"
        )
        return "\n".join(lines)


def mutate(
    pack: PackLike | None = None,
    *,
    on: Pack | None = None,
    rules: Sequence[str] = (),
    most: int | None = None,
    progress: Progress | None = None,
) -> Mutation:
    """Changes one thing in one rule at a time, and looks who notices: an example, a case, or a law.

    Args:
        pack: The pack or its folder; left out: the core pack.
        on: The pack on which a folder is layered.
        rules: The rules that are changed; left out: all of the pack itself.
        most: How many mutants are tried, evenly spread; left out: all.
        progress: Told how far it is.

    Raises:
        RulePackError: If the folder cannot be loaded.
        ArgumentError: If an argument is of another kind.

    >>> mutate("examples/packs/first_pack").of > 0
    True
    """
    if most is not None:
        most = whole_number("most", most, 1, MOST_MUTANTS)
    names = tuple(plain_text("rules", rule) for rule in several("rules", rules))
    subject = subject_of(pack, on)
    if isinstance(subject, Unreadable):
        raise RulePackError(subject.problems, f"rule pack '{subject.label}'")
    return mutation_of(subject, rules=names, most=most, progress=progress)


def mutation_of(
    subject: Subject,
    *,
    rules: Sequence[str] = (),
    most: int | None = None,
    progress: Progress | None = None,
) -> Mutation:
    """What came of changing one thing in one rule at a time."""
    every = list(_mutants(subject, rules))
    chosen = every if most is None else every[:: max(1, -(-len(every) // most))]
    witnesses = Witnesses(subject.pack)
    noticed = dict.fromkeys(("examples", "cases", "laws"), 0)
    survivors: list[Survivor] = []
    for done, mutant in enumerate(chosen):
        if progress is not None:
            progress(mutant.rule.id, done, len(chosen))
        who = witnesses.noticing(mutant)
        if who is None:
            table = RULE_TABLES[mutant.rule.rule_kind]
            where = subject.where(table, mutant.rule.id)
            survivors.append(Survivor(rule=mutant.rule.id, what=mutant.what, where=where))
        else:
            noticed[who] += 1
    return Mutation(
        pack=subject.pack.id,
        tried=len(chosen),
        of=len(every),
        noticed=noticed,
        survivors=tuple(survivors),
    )


def _mutants(subject: Subject, rules: Sequence[str]) -> Iterator[Mutant]:
    for rule in subject.pack.rules:
        own = subject.is_own(RULE_TABLES[rule.rule_kind], rule.id)
        if own and (not rules or rule.id in rules):
            yield from mutants(rule, subject.pack)


__all__ = ["Mutation", "Survivor", "mutate", "mutation_of"]
