"""All that can be proved of a pack, or found in it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from painrules.check.findings import Finding
from painrules.check.prove.dead import dead_rules
from painrules.check.prove.doubled import needless_rules
from painrules.check.prove.gaps import gaps
from painrules.check.prove.ground import Ground
from painrules.check.prove.laws import laws
from painrules.check.prove.opposed import contradictions
from painrules.check.prove.seen import never_seen
from painrules.check.prove.statuses import never_listed, unreachable_statuses
from painrules.check.prove.verdict import Verdict
from painrules.check.report import Proof
from painrules.check.space import SPLITS, Asker, Solver
from painrules.check.subject import Subject

Progress = Callable[[str, int, int], None]
"""Told what is being asked, how many sorts of questions are done, and how many there are."""


class Question(NamedTuple):
    """One sort of question."""

    words: str
    ask: Callable[[Ground], Iterator[Verdict]]
    kinds: tuple[str, ...]
    """The findings that it may have."""


QUESTIONS = (
    Question("is each rule ever in force", dead_rules, ("dead_rule",)),
    Question("is each rule ever seen in its own right", never_seen, ("never_seen",)),
    Question("does each rule add something", needless_rules, ("subsumed_rule", "redundant_rule")),
    Question(
        "does no source contradict itself",
        contradictions,
        ("contradiction", "contradiction_of_two"),
    ),
    Question("does each stance ever decide", unreachable_statuses, ("unreachable_status",)),
    Question("is each supported option ever listed", never_listed, ("never_listed",)),
    Question("is there something everywhere that is covered", gaps, ("gap",)),
    Question("do laws 10 to 12 hold", laws, ("law_10", "law_11", "law_12")),
)
"""What is asked, in order: the first two say which rules the others need not look at."""


def proved(
    subject: Subject,
    *,
    questions: Sequence[Question] = QUESTIONS,
    splits: int = SPLITS,
    solver: Solver = "auto",
    progress: Progress | None = None,
) -> tuple[list[Finding], tuple[Proof, ...]]:
    """What is found in a pack, and what was asked; the arguments are those of `prove_pack`."""
    ground = Ground(subject, Asker(subject.pack, splits=splits, solver=solver))
    findings: list[Finding] = []
    proofs: list[Proof] = []
    for done, question in enumerate(questions):
        if progress is not None:
            progress(question.words, done, len(questions))
        verdicts = list(question.ask(ground))
        proofs += [_counted(kind, verdicts) for kind in question.kinds]
        new = [one.finding for one in verdicts if one.finding is not None]
        ground.told |= {one.subject for one in new if one.finding in {"dead_rule", "never_seen"}}
        findings += new
    if progress is not None:
        progress("done", len(questions), len(questions))
    return findings, tuple(proofs)


def _counted(kind: str, verdicts: Sequence[Verdict]) -> Proof:
    asked = [one for one in verdicts if one.about == kind]
    hits = sum(1 for one in asked if one.finding is not None)
    undecided = tuple(one.subject for one in asked if not one.decided)
    return Proof(
        about=kind,
        asked=len(asked),
        proved=len(asked) - hits - len(undecided),
        found=hits,
        undecided=undecided,
    )
