"""The other way: each distinct profile of a block is explored once, with the engine that was chosen.

For few profiles it is faster than diagrams, which have to be filled first; and it is the only way for other engines.
"""

from collections.abc import Sequence

import numpy as np

from painrules.engine import Engine, consult
from painrules.errors import ProfileError
from painrules.frames.answers import Answered, Rules, Wanted
from painrules.frames.distinct import combined
from painrules.frames.groups import UNKNOWN, Group
from painrules.frames.rows import Block, Rows
from painrules.model.facts import FactsBuilder
from painrules.model.profile import Profile

ROWS = 8_192
"""How many rows are looked at together."""


class Each:
    """Explores each distinct profile of a block once.

    Args:
        rules: The rules and the lens.
        rows: What reads rows.
        options: The options that are asked about.
        wanted: What is asked of each.
        engine: The engine.
        builder: What turns profiles into facts.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - said above
        self,
        rules: Rules,
        rows: Rows,
        options: Sequence[str],
        wanted: Wanted,
        engine: Engine,
        builder: FactsBuilder,
    ) -> None:
        self._rules = rules
        self._rows = rows
        self._options = options
        self._wanted = wanted
        self._engine = engine
        self._builder = builder

    def answer(self, block: Block) -> Answered:
        """What the rows of a block come to."""
        shape = (len(self._options), block.size)
        said = np.zeros(shape, dtype=np.int32)
        warned = np.zeros(shape, dtype=np.int32)
        mode = np.zeros(block.size, dtype=np.int8)
        for start in range(0, block.size, ROWS):
            part = slice(start, start + ROWS)
            groups = list(block.states)
            keys, _, back = combined([block.states[group][part] for group in groups])
            found = [self._explored(dict(zip(groups, key, strict=True))) for key in keys]
            for place, into in enumerate((said, warned)):
                distinct = np.array([one[place] for one in found], dtype=np.int32)
                into[:, part] = distinct.T[:, back]
            mode[part] = np.array([one[2] for one in found], dtype=np.int8)[back]
        return Answered(said, warned, mode)

    def _explored(self, states: dict[Group, int]) -> tuple[list[int], list[int], int]:
        fields: dict[str, object] = {}
        for group, state in states.items():
            for name, value in group.states[state].fields.items():
                before = fields.get(name)
                fields[name] = {**before, **value} if isinstance(before, dict) else value
        profile = Profile(**fields)
        try:
            found = consult(self._engine, self._builder, profile)
        except ValueError:  # pragma: no cover - contradictions were found when rows were read
            raise ProfileError([]) from None
        resolution = self._rules.resolution(found.asked)
        inferred = {item.attribute for item in found.inferred.taken}
        little = not (
            profile.pain_type
            or profile.mechanisms
            or profile.conditions
            or inferred & {"pain_type", "mechanism"}
        )
        mode = int(little) + 2 * bool(resolution.red_flags)
        rules, wanted = self._rules, self._wanted
        said = [rules.say(resolution, name, wanted) for name in self._options]
        if not wanted.safety:
            return said, [UNKNOWN] * len(said), mode
        return said, [rules.warn(resolution, name, wanted) for name in self._options], mode
