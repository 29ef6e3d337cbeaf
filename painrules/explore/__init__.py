"""The facade: arguments in, an `Exploration` out.

`words` and `arguments` turn what users write into a profile and a lens; `explorer` asks the engine and the resolver;
`exploration` is what users hold, with `views`, `order` and `ask` behind it.
"""

from painrules.explore.exploration import Exploration
from painrules.explore.explorer import Explorer, explore

__all__ = ["Exploration", "Explorer", "explore"]
