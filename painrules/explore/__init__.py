"""The facade: arguments in, an `Exploration` out.

`words` and `arguments` turn what users write into a profile and a lens; `explorer` asks the engine and the resolver;
`exploration` is what users hold, `option` one option of it, with `views`, `order` and `ask` behind it; `compare` puts
two of them side by side.
"""

from painrules.explore.compare import Comparison, compare
from painrules.explore.exploration import Exploration
from painrules.explore.explorer import Explorer, explore
from painrules.explore.option import OptionView

__all__ = ["Comparison", "Exploration", "Explorer", "OptionView", "compare", "explore"]
