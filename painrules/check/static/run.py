"""All that can be found by looking at a pack."""

from collections.abc import Iterator

from painrules.check.cases import run_cases
from painrules.check.findings import Finding, found
from painrules.check.static.cited import citing
from painrules.check.static.loaded import unresolved
from painrules.check.static.shape import shapes
from painrules.check.static.twins import twins
from painrules.check.static.used import unused
from painrules.check.static.words import wordings
from painrules.check.subject import Subject
from painrules.packs.sections import SECTIONS


def looked_at(subject: Subject) -> Iterator[Finding]:
    """All static findings of a pack, its cases that fail, and what is wrong with its graph."""
    if subject.located is None:
        wrong = unresolved(subject.pack)
        if wrong:
            yield from wrong
            return
    for failure in run_cases(subject.pack):
        if subject.is_own("cases", failure.case):
            where = subject.where("cases", failure.case, "expect")
            yield found("failed_case", failure.case, str(failure), where=where)
    yield from shapes(subject)
    yield from twins(subject)
    idle = list(unused(subject))
    yield from idle
    yield from wordings(subject)
    yield from citing(subject)
    yield from _of_graph(subject, {one.subject for one in idle})


def _of_graph(subject: Subject, told: set[str]) -> Iterator[Finding]:
    """What is wrong with the graph, but for what has been told: what nothing uses, and what cites no source."""
    from painrules.graph import check_pack_graph  # noqa: PLC0415 - networkx is loaded when it is needed

    for problem in check_pack_graph(subject.pack):
        known = problem.what.endswith("has no source") or "goes round in a circle" in problem.what
        name = problem.where
        tables = [table for table in SECTIONS if name in getattr(subject.pack, table)]
        own = not tables or any(subject.is_own(table, name) for table in tables)
        if own and name not in told and not known:
            what = f"the graph: {name}: {problem.what}"
            where = next(filter(None, (subject.where(table, name) for table in tables)), "")
            yield found("graph", name, what, where=where, hint=problem.hint)
