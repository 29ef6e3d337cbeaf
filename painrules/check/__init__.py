"""Checks of a pack beyond loading it: do its cases come out as they say?"""

from painrules.check.cases import CaseFailure, failures, run_cases

__all__ = ["CaseFailure", "failures", "run_cases"]
