"""Questions that a learner may ask of the graph; each answers in a sentence with sources."""

from painrules.graph.queries.combine import combination
from painrules.graph.queries.conditions import shared
from painrules.graph.queries.path import why_connected
from painrules.graph.queries.people import addressed_by, delivered_by, who_delivers
from painrules.graph.queries.relatives import alternatives, complements, neighbourhood
from painrules.graph.queries.steps import pathway, prerequisites, steps_up

__all__ = [
    "addressed_by",
    "alternatives",
    "combination",
    "complements",
    "delivered_by",
    "neighbourhood",
    "pathway",
    "prerequisites",
    "shared",
    "steps_up",
    "who_delivers",
    "why_connected",
]
