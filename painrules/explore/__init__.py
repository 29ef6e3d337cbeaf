"""The facade: arguments in, an `Exploration` out.

`shared` is `explore` itself; `words` and `arguments` turn what users write into a profile and a lens; `explorer` asks
the engine and the resolver, made `ready` for a pack; `exploration` is what users hold, `option` one option of it, with
`views`, `order` and `ask` behind it; `comparison` puts two of them side by side; `many` and `bulk` are for many
profiles at once.
"""

from typing import TYPE_CHECKING

from painrules.explore.shared import explore
from painrules.imports import listed, on_demand

if TYPE_CHECKING:
    from painrules.explore.comparison import Comparison, compare
    from painrules.explore.exploration import Exploration
    from painrules.explore.explorer import Explorer
    from painrules.explore.many import explore_frame, explore_many
    from painrules.explore.option import OptionView
else:
    __getattr__ = on_demand(
        __name__,
        globals(),
        {
            "Comparison": "painrules.explore.comparison",
            "Exploration": "painrules.explore.exploration",
            "Explorer": "painrules.explore.explorer",
            "OptionView": "painrules.explore.option",
            "compare": "painrules.explore.comparison",
            "explore_frame": "painrules.explore.many",
            "explore_many": "painrules.explore.many",
        },
    )

__all__ = [
    "Comparison",
    "Exploration",
    "Explorer",
    "OptionView",
    "compare",
    "explore",
    "explore_frame",
    "explore_many",
]

__dir__ = listed(globals(), __all__)
