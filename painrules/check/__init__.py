"""Checks of a pack: do its cases come out, is it sound?

`check_pack` looks at a pack, `prove_pack` asks questions of the whole profile space. `KINDS` has all that may be found.
"""

from painrules.check.cases import CaseFailure, failures, run_cases
from painrules.check.examine import check_pack, examine, prove_pack
from painrules.check.findings import KINDS, Counterexample, Finding, Kind
from painrules.check.prove.run import proved
from painrules.check.report import Accepted, Proof, Report
from painrules.check.subject import subject_of

__all__ = [
    "KINDS",
    "Accepted",
    "CaseFailure",
    "Counterexample",
    "Finding",
    "Kind",
    "Proof",
    "Report",
    "check_pack",
    "examine",
    "failures",
    "prove_pack",
    "proved",
    "run_cases",
    "subject_of",
]
