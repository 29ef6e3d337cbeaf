"""Lenses: which sources speak, and on which day."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from painrules.model.dates import first_day
from painrules.model.pack import Pack
from painrules.model.rule import Position, Rule, Step
from painrules.vocab import StepKind


@dataclass(frozen=True, slots=True)
class Lens:
    """A restriction of the positions, and of clinical and administrative steps; never of warnings."""

    sources: frozenset[str] | None = None
    """Only these sources; None: all."""
    jurisdictions: frozenset[str] | None = None
    """Only sources of these jurisdictions; None: all."""
    as_of: dt.date | None = None
    """What counted on this day; None: on the day of the pack."""


EVERYTHING = Lens()


class Window(NamedTuple):
    """The days on which a rule counts: from the first up to, not including, the last."""

    start: dt.date
    end: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether the rule counts on a day."""
        return self.start <= day < self.end


def window_of(rule: Rule, pack: Pack) -> Window:
    """When a rule counts: from its own date, else its source's year; a source that ends, ends its positions."""
    source = pack.sources.get(rule.source)
    start = rule.starts or (dt.date(source.year, 1, 1) if source else dt.date.min)
    end = rule.ends
    if source is not None and source.valid_to and isinstance(rule, Position):
        end = min(end, first_day(source.valid_to))
    return Window(start, end)


class LensMasks(NamedTuple):
    """What a lens lets through, as bitmaps."""

    allowed: int
    """Positions and steps of the sources that speak."""
    dated: int
    """Positions and steps that count on the day."""
    standing: int
    """Cautions, red flags and safeguards that count on the pack's own day."""


class LensIndex:
    """Turns lenses into bitmaps, and remembers a bounded number of them."""

    REMEMBERED = 64

    def __init__(self, pack: Pack) -> None:
        self._rules = pack.rules
        self._sources = pack.sources
        self._windows = [window_of(rule, pack) for rule in pack.rules]
        self._today = first_day(pack.header.date)
        self._standing = self._counting(self._today)
        self._memory: dict[Lens, LensMasks] = {}

    def window(self, number: int) -> Window:
        """When a rule counts."""
        return self._windows[number]

    def masks(self, lens: Lens) -> LensMasks:
        """What a lens lets through."""
        found = self._memory.get(lens)
        if found is None:
            day = self._today if lens.as_of is None else lens.as_of
            found = LensMasks(self._allowed(lens), self._counting(day), self._standing)
            if len(self._memory) >= self.REMEMBERED:
                self._memory.clear()
            self._memory[lens] = found
        return found

    def _counting(self, day: dt.date) -> int:
        return sum(1 << number for number, window in enumerate(self._windows) if window.holds(day))

    def _allowed(self, lens: Lens) -> int:
        found = 0
        for number, rule in enumerate(self._rules):
            if isinstance(rule, Position) or (
                isinstance(rule, Step) and rule.kind is not StepKind.SAFEGUARD
            ):
                if lens.sources is not None and rule.source not in lens.sources:
                    continue
                if (
                    lens.jurisdictions is not None
                    and self._sources[rule.source].jurisdiction not in lens.jurisdictions
                ):
                    continue
            found |= 1 << number
        return found
