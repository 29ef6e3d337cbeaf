"""What the resolver decides about an option while it is known only of some rules whether they are in force."""

from collections.abc import Callable
from typing import NamedTuple

from painrules.check.space.search import Judge
from painrules.resolve import Decision, PackIndex
from painrules.resolve.decide import Decided, decide, decision, not_replaced
from painrules.resolve.index import LEVELS, OptionRules
from painrules.vocab import Status


class Partial(NamedTuple):
    """What is decided so far."""

    decided: Decided
    """The decision, if no more rules were in force."""
    matter: int
    """The rules not decided yet that could still change it."""
    relevant: int
    """The rules, decided or not, that what comes out can still depend on."""


class Decider:
    """The resolver's decision about one option, of which it knows what the pack says."""

    def __init__(self, option: OptionRules) -> None:
        self.option = option
        self._upto = [0] * len(LEVELS)
        self._narrower: dict[int, int] = dict(self.option.replaced)
        levels = {level.rank: level for level in self.option.levels}
        speaking = 0
        for rank in range(len(LEVELS)):
            speaking |= levels[rank].speaking if rank in levels else 0
            self._upto[rank] = speaking
        self._levels = levels

    def partial(self, in_force: int, open_: int) -> Partial:
        """What rules in force come to, while others are open."""
        found = decide(self.option, not_replaced(self.option, in_force))
        if found.status is Status.NOT_MENTIONED:
            return Partial(found, open_, -1)
        matter = open_ & self._upto[found.rank]
        relevant = self._upto[found.rank] if self._stands(found.rank, in_force, open_) else -1
        return Partial(found, matter, relevant)

    def _stands(self, rank: int, in_force: int, open_: int) -> bool:
        """Whether a level that decides will go on to speak, whatever comes into force: less specific ones are mute."""
        level = self._levels[rank]
        sure = in_force & (level.supports | level.silent | level.opposes)
        for broad, narrower in self.option.replaced:
            if sure & broad and (open_ | in_force) & narrower:
                sure &= ~broad
        if sure & (level.supports | level.silent):
            return True
        for support in self.option.class_supports:
            if support.supports & (open_ | in_force):
                sure &= ~support.weighs_against
        return bool(sure)


def deciding(
    index: PackIndex, name: str, wanted: Callable[[Decision], bool], forbidding: int = 0
) -> Judge:
    """A judge that says yes where the resolver decides as wanted.

    Args:
        index: What the resolver knows of the pack.
        name: The option.
        wanted: What the decision has to be; it must not look at agreement or at what is said at other levels.
        forbidding: Rules of which none may be in force.
    """
    decider = Decider(index.option(name))

    def judge(in_force: int, open_: int) -> tuple[bool, int]:
        if in_force & forbidding:
            return False, 0
        matter = decider.partial(in_force, open_).matter | open_ & forbidding
        if matter:
            return False, matter
        return wanted(decision(decider.option, in_force, index)), 0

    return judge
