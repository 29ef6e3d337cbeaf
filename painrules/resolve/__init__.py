"""The resolver: sets of rules in, statuses out; pure, and told in one page in `docs/explanation/resolver.md`.

`index` is what is known of a pack beforehand, `lens` who speaks and when, `decide` the decision about one option,
`resolution` all that follows from one exploration.
"""

from painrules.resolve.decide import Decision
from painrules.resolve.index import PackIndex
from painrules.resolve.lens import EVERYTHING, Lens, LensIndex, WhenAndWhose
from painrules.resolve.resolution import Certainty, Outcome, Resolution

__all__ = [
    "EVERYTHING",
    "Certainty",
    "Decision",
    "Lens",
    "LensIndex",
    "Outcome",
    "PackIndex",
    "Resolution",
    "WhenAndWhose",
]
