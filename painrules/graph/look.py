"""How each kind of node looks: a shape and a sign besides the colour, so that grey print and any eyes can tell them.

The colours are tints of the set of Okabe and Ito, which people with any kind of colour vision can tell apart.
"""

from typing import NamedTuple

from painrules.graph.base import EdgeKind, NodeKind


class Look(NamedTuple):
    """How a node looks."""

    fill: str
    """The colour inside: light enough for black text."""
    edge: str
    """The colour of its border."""
    shape: str
    """Its shape, as Graphviz calls it."""


LOOKS = {
    NodeKind.INTERVENTION: Look("#dcebf7", "#0072b2", "box"),
    NodeKind.CONDITION: Look("#fbe9c6", "#9c6a00", "ellipse"),
    NodeKind.PAIN_TYPE: Look("#fbe9c6", "#9c6a00", "hexagon"),
    NodeKind.MECHANISM: Look("#fbe9c6", "#9c6a00", "octagon"),
    NodeKind.FACTOR: Look("#f4e1ed", "#a04a7d", "note"),
    NodeKind.POPULATION: Look("#f4e1ed", "#a04a7d", "tab"),
    NodeKind.RED_FLAG: Look("#fbdccb", "#b34700", "doubleoctagon"),
    NodeKind.CATEGORY: Look("#eeeeee", "#555555", "folder"),
    NodeKind.DOMAIN: Look("#eeeeee", "#555555", "component"),
    NodeKind.GOAL: Look("#d4efe6", "#00775a", "house"),
    NodeKind.SAFEGUARD: Look("#d4efe6", "#00775a", "diamond"),
    NodeKind.ASSESSMENT: Look("#d4efe6", "#00775a", "parallelogram"),
    NodeKind.PROFESSION: Look("#e1f1fb", "#2a7fb0", "oval"),
    NodeKind.SPECIALTY: Look("#e1f1fb", "#2a7fb0", "egg"),
    NodeKind.SETTING: Look("#e1f1fb", "#2a7fb0", "box3d"),
}
OTHER_LOOK = Look("#ffffff", "#555555", "plain")
"""How texts and sources look."""


def look_of(kind: object) -> Look:
    """How a kind of node looks."""
    return LOOKS.get(kind, OTHER_LOOK) if isinstance(kind, str) else OTHER_LOOK  # type: ignore[call-overload]


class Stroke(NamedTuple):
    """How an edge looks."""

    colour: str
    """Its colour."""
    style: str
    """``solid``, ``dashed``, ``dotted`` or ``bold``, as Graphviz calls it."""
    width: float = 1.2
    """Its width in points."""


STROKES = {
    EdgeKind.SUPPORTS: Stroke("#0072b2", "solid"),
    EdgeKind.OPPOSES: Stroke("#b34700", "dashed"),
    EdgeKind.NO_RECOMMENDATION: Stroke("#777777", "dotted"),
    EdgeKind.CAUTION: Stroke("#b34700", "dotted", 1.6),
    EdgeKind.COMES_BEFORE: Stroke("#222222", "solid", 1.8),
    EdgeKind.SUGGESTS: Stroke("#9c6a00", "solid"),
    EdgeKind.COMPLEMENTS: Stroke("#00775a", "solid", 1.6),
    EdgeKind.ALTERNATIVE_TO: Stroke("#0072b2", "dashed", 1.6),
    EdgeKind.INTERACTS_WITH: Stroke("#b34700", "dotted", 2.0),
    EdgeKind.ENABLES: Stroke("#00775a", "dashed", 1.6),
    EdgeKind.SPARES: Stroke("#a04a7d", "dotted", 2.0),
    EdgeKind.IS_A: Stroke("#999999", "solid"),
}
OTHER_STROKE = Stroke("#777777", "solid")


def stroke_of(kind: object) -> Stroke:
    """How a kind of edge looks."""
    return STROKES.get(kind, OTHER_STROKE) if isinstance(kind, str) else OTHER_STROKE  # type: ignore[call-overload]
