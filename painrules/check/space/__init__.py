"""The profile space, and questions about all of it.

`axes`, `cuts` and `tries` cut it into states, `origins` says what follows from what, `space` puts it together; `encode`
is what rules ask in its terms; `boxes`, `finder`, `search` and `sat` find points; `ask` is the way in, `locate` the way
back from a profile.
"""

from painrules.check.space.ask import SPLITS, Answer, Asker, Solver
from painrules.check.space.boxes import Box

__all__ = ["SPLITS", "Answer", "Asker", "Box", "Solver"]
