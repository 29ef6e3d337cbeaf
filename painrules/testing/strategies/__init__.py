"""Hypothesis strategies: valid packs, rules, profiles and lenses, which shrink towards nothing at all.

Without a pack they draw over `small_vocabulary`, so that packs, rules and profiles drawn apart fit each other.
"""

from painrules.testing.strategies.debates import debates
from painrules.testing.strategies.entries import conditions, factors, interventions, sources
from painrules.testing.strategies.packs import packs, situations, vocabularies
from painrules.testing.strategies.profiles import lenses, profiles, refinements
from painrules.testing.strategies.rules import rules
from painrules.testing.strategies.whens import scopes, whens

__all__ = [
    "conditions",
    "debates",
    "factors",
    "interventions",
    "lenses",
    "packs",
    "profiles",
    "refinements",
    "rules",
    "scopes",
    "situations",
    "sources",
    "vocabularies",
    "whens",
]
