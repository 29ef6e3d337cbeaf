"""Finding points: is there a profile in a box, and outside of others? By splitting boxes, within a budget."""

from collections.abc import Iterator, Sequence

from painrules.check.space.boxes import Box, apart, meet, within, without
from painrules.check.space.encode import Either, Encoder
from painrules.check.space.space import Space


class OverBudgetError(Exception):
    """More splits would be needed than are allowed."""


class Budget:
    """How often boxes may still be split for one question."""

    def __init__(self, splits: int) -> None:
        self.left = splits

    def spend(self) -> None:
        """One split.

        Raises:
            OverBudgetError: If none is left.
        """
        if self.left <= 0:
            raise OverBudgetError
        self.left -= 1


class Finder:
    """Finds points of a space, with the rules of its packs."""

    def __init__(self, space: Space, encoders: Sequence[Encoder]) -> None:
        self.space = space
        self.encoders = encoders
        self._origins: dict[tuple[int, int], list[Either]] = {}

    def origin(self, number: int, place: int) -> list[Either]:
        """When a profile that states nothing on an axis is in a state, in all packs of the space."""
        found = self._origins.get((number, place))
        if found is None:
            state = self.space.axes[number].states[place]
            encoders = self.encoders[: len(state.follows)]
            found = [line for encoder in encoders for line in encoder.origin(number, state)]
            if state.missing_in is not None:
                found += self.encoders[state.missing_in].missing(number, state)
            self._origins[number, place] = found
        return found

    def following(self, number: int) -> list[int]:
        """The states of an axis that follow from others."""
        states = self.space.axes[number].states
        return [place for place, state in enumerate(states) if state.follows]

    def _rank(self, number: int) -> int:
        """Axes of a higher rank are looked at first: what they follow from narrows the others down."""
        key = self.space.axes[number].key
        return max(origin.rank(key) for origin in self.space.origins)

    def point(self, box: Box, budget: Budget) -> Box | None:
        """A part of a box of which each axis can be stated, or follows from what the others state; None: nowhere."""
        return next(self._reached(box, (), frozenset(), budget), None)

    def _reached(
        self, box: Box, lines: tuple[Either, ...], settled: frozenset[int], budget: Budget
    ) -> Iterator[Box]:
        budget.spend()
        if lines:
            first = min(lines, key=len)
            rest = tuple(line for line in lines if line is not first)
            if any(within(box, one) for one in first):
                yield from self._reached(box, rest, settled, budget)
                return
            for one in first:
                both = meet(box, one)
                if both is not None:
                    yield from self._reached(both, rest, settled, budget)
            return
        open_axes = [
            axis
            for axis, mask in box.items()
            if axis not in settled
            and mask & ~self.space.free[axis]
            and mask != self.space.full[axis]
        ]
        if not open_axes:
            yield box
            return
        axis = max(open_axes, key=self._rank)
        mask = box[axis]
        settled |= {axis}
        stated = mask & self.space.free[axis]
        if stated:
            yield from self._reached({**box, axis: stated}, (), settled, budget)
        following = mask & ~self.space.free[axis]
        while following:
            low = following & -following
            following ^= low
            origin = tuple(self.origin(axis, low.bit_length() - 1))
            yield from self._reached({**box, axis: low}, origin, settled, budget)

    def outside(self, box: Box, others: Sequence[Box], budget: Budget) -> Box | None:
        """A point of a box that lies in none of the others; None: there is none."""
        waiting = [(box, list(others))]
        while waiting:
            budget.spend()
            part, left = waiting.pop()
            met = [other for other in left if not apart(part, other)]
            if not met:
                point = self.point(part, budget)
                if point is not None:
                    return point
                continue
            if any(within(part, other) for other in met):
                continue
            cut = min(met, key=len)
            rest = [other for other in met if other is not cut]
            waiting += [(piece, rest) for piece in without(part, cut, self.space.full)]
        return None
