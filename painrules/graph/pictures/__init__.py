"""Pictures: SVG that stands alone, with alt text, the notice and the pack in its foot.

Each picture has signs and words beside its colours, which people with any colour vision can tell apart, and which keep
their differences in grey print.
"""

from painrules.graph.asked import Explored
from painrules.graph.base import Graph, checked
from painrules.graph.pictures.comparison import comparison_view
from painrules.graph.pictures.condition import condition_map
from painrules.graph.pictures.figure import Figure
from painrules.graph.pictures.heat import heat_map
from painrules.graph.pictures.network import network, surroundings
from painrules.graph.pictures.steps import pathway_view
from painrules.graph.pictures.timeline import timeline
from painrules.graph.pictures.treatment import treatment_map

__all__ = [
    "Figure",
    "comparison_view",
    "condition_map",
    "draw",
    "heat_map",
    "network",
    "pathway_view",
    "surroundings",
    "timeline",
    "treatment_map",
]


def draw(what: Graph | Explored) -> Figure:
    """The picture that fits a graph best: of a result its treatment map, of a neighbourhood what stands around its
    centre, of a pack the network of interventions.

    Args:
        what: A graph, or what `painrules.explore` returned.

    >>> import painrules
    >>> draw(painrules.explore(condition="fibromyalgia").graph()).title
    'Fibromyalgia: what sources say'
    """
    if isinstance(what, Explored):
        return treatment_map(what)
    checked(what, "what is drawn")
    if "mode" in what.graph:
        return treatment_map(what)
    if "centre" in what.graph:
        return surroundings(what.graph["centre"], graph=what, depth=what.graph["depth"])
    return network(what)
