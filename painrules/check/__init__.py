"""Checks of a pack: do its cases come out, is it sound, is it the same as another, is it tested?

`check_pack` looks at a pack, `prove_pack` asks questions of the whole profile space, `diff_packs` says what a change
of rules means, `coverage` what the cases exercise, `mutate` what nothing notices. `KINDS` has all that may be found.
"""

from painrules.check.cases import CaseFailure, failures, run_cases
from painrules.check.coverage import CaseCoverage, Share, coverage, coverage_of
from painrules.check.diff.changes import Changes, OptionChange, Region
from painrules.check.diff.packs import PackDiff, diff_packs
from painrules.check.examine import check_pack, examine, prove_pack
from painrules.check.findings import KINDS, Counterexample, Finding, Kind
from painrules.check.mutation import Mutation, Survivor, mutate, mutation_of
from painrules.check.prove.run import proved
from painrules.check.report import Accepted, Proof, Report
from painrules.check.subject import subject_of

__all__ = [
    "KINDS",
    "Accepted",
    "CaseCoverage",
    "CaseFailure",
    "Changes",
    "Counterexample",
    "Finding",
    "Kind",
    "Mutation",
    "OptionChange",
    "PackDiff",
    "Proof",
    "Region",
    "Report",
    "Share",
    "Survivor",
    "check_pack",
    "coverage",
    "coverage_of",
    "diff_packs",
    "examine",
    "failures",
    "mutate",
    "mutation_of",
    "prove_pack",
    "proved",
    "run_cases",
    "subject_of",
]
