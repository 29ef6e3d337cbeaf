"""Who notices a mutant: the examples of the rule, a case, or a law."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from painrules.check.cases import failures
from painrules.check.mutants import Mutant
from painrules.check.prove.gaps import cells, uncovered
from painrules.check.prove.run import QUESTIONS, proved
from painrules.check.subject import Subject
from painrules.engine import Asked, BitmapEngine, consult
from painrules.errors import PainrulesError
from painrules.explore import Explorer
from painrules.model.case import Case, Expectation
from painrules.model.facts import Facts, FactsBuilder, truth
from painrules.model.pack import RULE_TABLES, Pack
from painrules.model.rule import ExampleProfile, Inference, RedFlag, Rule
from painrules.packs import profile_of
from painrules.resolve import EVERYTHING
from painrules.vocab import Truth

Who = Literal["examples", "cases", "laws"]

NOTICING = (
    *("dead_rule", "never_seen", "subsumed_rule", "redundant_rule", "contradiction"),
    *("unreachable_status", "never_listed", "law_10", "law_11"),
)
"""The findings that count as noticing."""
OF_OPTIONS = ("listed", "not_listed", "status", "line", "agreement", "safety", "cautions")
"""What a case expects of options."""


class _Tried(NamedTuple):
    """A case, and what the engine says of its profile."""

    case: Case
    asked: tuple[Asked, ...]


class Witnesses:
    """The examples, cases and laws of a pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._engine = BitmapEngine(pack)
        self._builder = FactsBuilder(pack)
        self._cases = list(self._tried_out())
        self._families: dict[str, Pack] = {}
        self._supported: dict[str, dict[int, frozenset[str]]] = {}
        covers = pack.header.covers
        self._cells = list(cells(covers)) if covers is not None else []
        explorer = Explorer(pack)
        self._everywhere = [
            frozenset(explorer.resolve(cell, EVERYTHING).supported) for cell in self._cells
        ]

    def _tried_out(self) -> Iterator[_Tried]:
        for case in self._pack.cases.values():
            asked = self._asked(case.profile)
            if asked:
                yield _Tried(case, asked)

    def _asked(self, example: ExampleProfile) -> tuple[Asked, ...]:
        try:
            profile = profile_of(example, self._pack)
            return consult(self._engine, self._builder, profile).asked
        except (PainrulesError, ValueError):
            return ()

    def noticing(self, mutant: Mutant) -> Who | None:
        """Who is the first to notice a mutant; None: nobody does.

        What a case says of questions to be asked is not looked at.
        """
        if self._by_examples(mutant):
            return "examples"
        if self._by_cases(mutant):
            return "cases"
        return "laws" if self._by_laws(mutant) else None

    def _by_examples(self, mutant: Mutant) -> bool:
        examples = mutant.rule.examples
        return any(not self._fires(mutant.changed, one) for one in examples.fires) or any(
            self._fires(mutant.changed, one) for one in examples.spares
        )

    def _fires(self, rule: Rule, example: ExampleProfile) -> bool:
        return any(in_force(rule, ask.facts) for ask in self._asked(example))

    def _by_cases(self, mutant: Mutant) -> bool:
        told_apart = _concludes(mutant.rule) != _concludes(mutant.changed)
        affected = [
            one for one in self._cases if _affects(mutant, one.asked, told_apart=told_apart)
        ]
        affected = [one for one in affected if self._looks(mutant, one.case)]
        if not affected:
            return False
        explorer = Explorer(self._with(mutant))
        return any(failures(self._part(mutant, one.case), explorer) for one in affected)

    def _looks(self, mutant: Mutant, case: Case) -> bool:
        return self._part(mutant, case).expect != Expectation()

    def _part(self, mutant: Mutant, case: Case) -> Case:
        """What a case expects of what a mutant can change."""
        kept: dict[str, object] = {}
        if isinstance(mutant.rule, Inference):
            kept = {name: getattr(case.expect, name) for name in Expectation.model_fields}
            kept.pop("asks")
        elif isinstance(mutant.rule, RedFlag):
            kept = {"mode": case.expect.mode}
        else:
            family = self._pack.intervention_tree.downwards(_option(mutant.rule))
            for name in OF_OPTIONS:
                said = getattr(case.expect, name)
                if isinstance(said, tuple):
                    kept[name] = tuple(one for one in said if one in family)
                else:
                    kept[name] = {one: value for one, value in said.items() if one in family}
        return case.model_copy(update={"expect": Expectation.model_validate(kept)})

    def _with(self, mutant: Mutant) -> Pack:
        """The pack with a mutant in it; only what bears on its option, if it is about one."""
        return self._family(mutant.rule).with_rule(mutant.changed)

    def _family(self, rule: Rule) -> Pack:
        if isinstance(rule, Inference | RedFlag):
            return self._pack
        option = _option(rule)
        found = self._families.get(option)
        if found is None:
            tree = self._pack.intervention_tree
            below = tree.downwards(option)
            near = below | {above for one in below for above in tree.ancestors(one)}
            far = (one.id for one in self._pack.rules if getattr(one, "option", option) not in near)
            found = self._families[option] = self._pack.without_rule(*far)
        return found

    def _by_laws(self, mutant: Mutant) -> bool:
        changed = self._with(mutant)
        found = _findings(changed, mutant.rule)
        if found and found - _findings(self._family(mutant.rule), mutant.rule):
            return True
        return self._leaves_gap(mutant, changed)

    def _leaves_gap(self, mutant: Mutant, changed: Pack) -> bool:
        """Whether something that the pack covers has nothing supported any more."""
        covers = self._pack.header.covers
        if covers is None or not self._cells:
            return False
        before, after = Explorer(self._family(mutant.rule)), Explorer(changed)
        for cell, everywhere in zip(self._cells, self._everywhere, strict=True):
            old = frozenset(before.resolve(cell, EVERYTHING).supported)
            new = frozenset(after.resolve(cell, EVERYTHING).supported)
            if old - new:
                left = (everywhere - old) | new
                if uncovered(self._pack, covers, cell, left) != uncovered(
                    self._pack, covers, cell, everywhere
                ):
                    return True
        return False


def _findings(pack: Pack, rule: Rule) -> frozenset[str]:
    """What proofs find about one rule."""
    subject = Subject(pack, dict.fromkeys([(RULE_TABLES[rule.rule_kind], rule.id)]))
    questions = [one for one in QUESTIONS if set(one.kinds) & set(NOTICING)]
    found, _ = proved(subject, questions=questions)
    return frozenset(one.finding for one in found if one.finding in NOTICING)


def _option(rule: Rule) -> str:
    return str(getattr(rule, "option", ""))


def _concludes(rule: Rule) -> dict[str, object]:
    """All of a rule but its conditions."""
    return rule.model_dump(exclude={"when", "unless", "scope", "examples"})


def _affects(mutant: Mutant, asked: Sequence[Asked], *, told_apart: bool) -> bool:
    for ask in asked:
        before, after = in_force(mutant.rule, ask.facts), in_force(mutant.changed, ask.facts)
        if before is not after or (told_apart and after):
            return True
    return False


def in_force(rule: Rule, facts: Facts) -> bool:
    """Whether a rule is in force for facts."""
    least = Truth.YES if rule.lenient else Truth.PRESUMED
    return all(truth(one, facts) >= Truth.PRESUMED for one in rule.conditions) and not any(
        truth(one, facts) >= least for one in rule.exceptions
    )
