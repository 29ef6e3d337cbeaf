"""Explanations: why an option has its status, why it is not supported, and what would have to be otherwise."""

from painrules.explain.absent import absent
from painrules.explain.change import Change
from painrules.explain.told import label_of, lowered, population, told, told_value
from painrules.explain.whatif import Alternative, WhatIf, what_if
from painrules.explain.why import Argument, Premise, Why, why
from painrules.explain.whynot import WhyNot, why_not

__all__ = [
    "Alternative",
    "Argument",
    "Change",
    "Premise",
    "WhatIf",
    "Why",
    "WhyNot",
    "absent",
    "label_of",
    "lowered",
    "population",
    "told",
    "told_value",
    "what_if",
    "why",
    "why_not",
]
