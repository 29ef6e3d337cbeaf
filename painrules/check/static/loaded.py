"""Problems that loading has, as findings."""

import re
from collections.abc import Iterable

from painrules.check.findings import Finding, found
from painrules.errors import Problem
from painrules.model.pack import Pack
from painrules.packs.gather import Located, Place
from painrules.packs.references import Tables, check_references
from painrules.packs.sections import SECTIONS
from painrules.packs.text import Document

_KINDS = (
    (re.compile(r" is not a known "), "unknown_id"),
    (re.compile(r"round in a circle"), "circle"),
    (re.compile(r"' is missing$|needs a valid_to$|is missing$"), "missing_field"),
    (re.compile(r"in force in example|: example \d+: "), "failed_example"),
    (re.compile(r"it never counts$"), "dead_dates"),
)
"""How a problem is told from others: by its words."""

_NAMED = re.compile(r"^(?:rule|\w+(?: \w+)*) '([^']+)'")


def as_findings(problems: Iterable[Problem], label: str) -> list[Finding]:
    """Problems of loading as findings.

    >>> problem = Problem("draft/a.yaml:3:5", "rule 'r1', source: 'nice' is not a known source")
    >>> print(as_findings([problem], "draft")[0])
    draft/a.yaml:3:5: error: rule 'r1', source: 'nice' is not a known source [unknown_id]
        hint: correct it, or add what it names
    """
    return [
        found(
            kind_of(problem),
            _subject(problem, label),
            problem.what,
            where=problem.where,
            hint=problem.hint,
        )
        for problem in problems
    ]


def kind_of(problem: Problem) -> str:
    """Which kind of finding a problem of loading is."""
    return next((kind for words, kind in _KINDS if words.search(problem.what)), "cannot_load")


def _subject(problem: Problem, label: str) -> str:
    named = _NAMED.match(problem.what)
    return named[1] if named else label


def unresolved(pack: Pack) -> list[Finding]:
    """What loading would have found in a pack that was made in Python: ids that nothing has, circles, wrong dates."""
    nowhere = Place("", Document(), ())
    tables = {section: getattr(pack, section) for section in SECTIONS}
    records = [
        Located(section, record, nowhere)
        for section in SECTIONS
        for record in tables[section].values()
    ]
    problems = check_references(records, Tables(tables), pack.header, nowhere)
    told = dict.fromkeys(problem._replace(where="") for problem in problems)
    return as_findings(told, pack.id)
