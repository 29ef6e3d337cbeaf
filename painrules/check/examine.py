"""Checking a pack: what looking at it finds, what proofs find, and what of it the pack accepts on purpose."""

from collections.abc import Callable, Iterable
from typing import get_args

from painrules.check.accepted import sorted_out
from painrules.check.findings import PROVED, READING, STATIC, Finding
from painrules.check.prove.run import Progress, proved
from painrules.check.report import Proof, Report
from painrules.check.space import SPLITS, Solver
from painrules.check.static.loaded import as_findings
from painrules.check.static.run import looked_at
from painrules.check.subject import PackLike, Subject, Unreadable, subject_of
from painrules.errors import UnknownWordError
from painrules.given import whole_number
from painrules.model.pack import Pack

Prover = Callable[[Subject], tuple[list[Finding], tuple[Proof, ...]]]
"""Asks questions of the whole profile space of a pack."""

MOST_SPLITS = 1_000_000_000
"""How often boxes may be split."""
LOOKED_FOR = frozenset(READING) | frozenset(STATIC)


def check_pack(
    pack: PackLike | None = None, *, on: Pack | None = None, prove: bool = False
) -> Report:
    """Looks for what can be found without a solver: what cannot be loaded, cases that fail, what is unused, and so on.

    Args:
        pack: The folder of a pack, whose findings have file, line and column; or a pack; left out: the core pack.
        on: The pack on which a folder is layered, as for `load_pack`. Of a layered pack only its own entries are
            looked at.
        prove: Whether questions are asked of the whole profile space too, as `prove_pack` does.

    Returns:
        A report; `report.ok` says whether there is neither an error nor a warning.

    >>> report = check_pack("examples/packs/first_pack")
    >>> report.ok
    True
    >>> print(report.summary)
    rule pack 'first_pack' 0.1.0 has no problems: 2 rules, 2 interventions, 1 cases
    """
    return examine(subject_of(pack, on), prove=proved if prove else None)


def prove_pack(
    pack: PackLike | None = None,
    *,
    on: Pack | None = None,
    splits: int = SPLITS,
    solver: Solver = "auto",
    progress: Progress | None = None,
) -> Report:
    """Asks questions of the whole profile space: every pain type, mechanism, condition and factor, known or unknown.

    Each finding comes with a smallest profile that shows it. For each question the report says for how many rules it is
    proved that there is nothing to find, and for which it was not decided.

    Args:
        pack: The folder of a pack, whose findings have file, line and column; or a pack; left out: the core pack.
        on: The pack on which a folder is layered. Of a layered pack only what concerns its own rules is asked.
        splits: How often boxes are split for one question at most, before a SAT solver is asked, if there is one.
        solver: ``auto``; ``boxes`` never asks a SAT solver, ``sat`` asks nothing else.
        progress: Told how far it is.

    Raises:
        ArgumentError: If an argument is of another kind.
        UnknownWordError: If there is no such solver.

    >>> report = prove_pack("examples/packs/first_pack")
    >>> report.ok, report.decided
    (True, True)
    """
    splits = whole_number("splits", splits, 1, MOST_SPLITS)
    if solver not in get_args(Solver):
        raise UnknownWordError(solver, "solver", get_args(Solver))

    def prove(subject: Subject) -> tuple[list[Finding], tuple[Proof, ...]]:
        return proved(subject, splits=splits, solver=solver, progress=progress)

    return examine(subject_of(pack, on), look=False, prove=prove)


def examine(
    subject: Subject | Unreadable,
    *,
    look: bool = True,
    prove: Prover | None = None,
) -> Report:
    """A report on a pack.

    Args:
        subject: The pack, read.
        look: Whether it is looked at.
        prove: What proves, if anything is to be proved.
    """
    if isinstance(subject, Unreadable):
        findings = as_findings(subject.problems, subject.label)
        return Report(pack=subject.label, findings=tuple(findings))
    found = list(looked_at(subject)) if look else []
    looked_for = LOOKED_FOR if look else frozenset[str]()
    proofs: tuple[Proof, ...] = ()
    if prove is not None and not any(one.finding in READING for one in found):
        more, proofs = prove(subject)
        found = [*found, *_not_told_already(more, found)]
        looked_for |= frozenset(PROVED)
    left, accepted = sorted_out(found, subject, looked_for)
    left.sort(key=_in_order)
    pack = subject.pack
    return Report(
        pack=pack.id,
        version=pack.version,
        digest=pack.digest,
        rules=len(pack.rules),
        interventions=len(pack.interventions),
        cases=len(pack.cases),
        findings=tuple(one for one in left if one.severity != "note"),
        notes=tuple(one for one in left if one.severity == "note"),
        accepted=tuple(accepted),
        proofs=proofs,
    )


def _not_told_already(more: Iterable[Finding], found: Iterable[Finding]) -> list[Finding]:
    """Findings without those of rules that say the same twice, of which that has been said."""
    twins = {
        frozenset({one.subject, *one.beside})
        for one in found
        if one.finding in {"duplicate_rule", "near_duplicate"}
    }
    return [
        one
        for one in more
        if one.finding != "subsumed_rule" or frozenset({one.subject, *one.beside}) not in twins
    ]


def _in_order(finding: Finding) -> tuple[str, int, int, str, str]:
    """By file, line and column."""
    file, *numbers = finding.where.rsplit(":", 2)
    line, column = (int(one) for one in numbers) if len(numbers) == 2 else (0, 0)  # noqa: PLR2004 - line, column
    return (file, line, column, finding.finding, finding.subject)
