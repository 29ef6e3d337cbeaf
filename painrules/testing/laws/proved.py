"""Laws about a pack as a whole, which are proved, not tried."""

from painrules.check.accepted import sorted_out
from painrules.check.findings import Finding
from painrules.check.prove.run import QUESTIONS, proved
from painrules.check.subject import Subject
from painrules.explore import Explorer
from painrules.model.rule import Position
from painrules.testing.laws.trial import Trial

SEEN = ("dead_rule", "never_seen")
"""What breaks law 15."""
SAID = ("subsumed_rule", "contradiction")
"""What breaks law 16."""


def law_15(explorer: Explorer) -> None:
    """L15: every rule is in force for some profile on some day, and seen there in its own right.

    What the pack accepts with a reason does not count; nor does what cannot be decided without a SAT solver.

    Raises:
        LawError: If one is not.
    """
    trial = Trial("L15 every rule speaks for somebody", explorer)
    _require(trial, _found(explorer, SEEN))


def law_16(explorer: Explorer) -> None:
    """L16: no source says the same thing twice in its positions, nor two opposite things of the same people.

    What the pack accepts with a reason does not count; nor does what cannot be decided without a SAT solver.

    Raises:
        LawError: If one does.
    """
    trial = Trial("L16 no source says the same twice, or contradicts itself", explorer)
    rules = explorer.pack.positions
    found = [one for one in _found(explorer, SAID) if isinstance(rules.get(one.subject), Position)]
    _require(trial, found)


def law_18(explorer: Explorer) -> None:
    """L18: every position, caution, step and relation is an edge of the graph, and every such edge is one of them.

    Raises:
        LawError: If one is not.
    """
    from painrules.graph import build_graph  # noqa: PLC0415 - networkx is loaded when it is needed
    from painrules.graph.checks import check_rules  # noqa: PLC0415 - the same

    trial = Trial("L18 the graph says what the rules say", explorer)
    problems = list(check_rules(build_graph(explorer.pack), explorer.pack))
    trial.require(not problems, "\n    ".join(map(str, problems)))


def _found(explorer: Explorer, kinds: tuple[str, ...]) -> list[Finding]:
    subject = Subject(explorer.pack)
    questions = [one for one in QUESTIONS if set(one.kinds) & {*kinds, "never_seen"}]
    findings, _ = proved(subject, questions=questions)
    left, _ = sorted_out(findings, subject, ())
    return [one for one in left if one.finding in kinds]


def _require(trial: Trial, found: list[Finding]) -> None:
    trial.require(not found, "\n    ".join(map(str, found)))
