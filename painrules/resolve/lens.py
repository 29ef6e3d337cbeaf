"""Lenses: which sources speak, and on which day."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from painrules.cached import cached_property
from painrules.engine.masks import bits, mask_of, read, written
from painrules.model.dates import first_day
from painrules.resolve.index import joined, kinds_of

if TYPE_CHECKING:
    from painrules.model.pack import Pack
    from painrules.model.rule import Rule


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


def window_of(rule: "Rule", pack: "Pack") -> Window:
    """When a rule counts: from its own date, else its source's year; a source that ends, ends its positions."""
    source = pack.sources.get(rule.source)
    start = rule.starts or (dt.date(source.year, 1, 1) if source else dt.date.min)
    end = rule.ends
    if source is not None and source.valid_to and rule.rule_kind == "position":
        end = min(end, first_day(source.valid_to))
    return Window(start, end)


class WhenAndWhose(NamedTuple):
    """When the rules of a pack count, and which sources a lens may silence."""

    today: dt.date
    """The day of the pack."""
    windows: tuple[tuple[Window, int], ...]
    """The rules that count from one day up to another."""
    speaking: Mapping[str, int]
    """The positions, clinical and administrative steps of each source."""
    jurisdictions: Mapping[str, str]
    """The jurisdiction of each source."""

    @classmethod
    def of(cls, pack: "Pack") -> Self:
        """What a pack says of it."""
        windows: dict[Window, list[int]] = {}
        speaking: dict[str, list[int]] = {}
        kinds = kinds_of(pack.rules)
        restricted = kinds.positions | kinds.steps & ~kinds.safeguards
        for number, rule in enumerate(pack.rules):
            windows.setdefault(window_of(rule, pack), []).append(number)
            if restricted >> number & 1:
                speaking.setdefault(rule.source, []).append(number)
        places = {name: source.jurisdiction for name, source in pack.sources.items()}
        return cls(
            first_day(pack.header.date),
            tuple((window, mask_of(numbers)) for window, numbers in windows.items()),
            {source: mask_of(numbers) for source, numbers in speaking.items()},
            places,
        )

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "today": self.today.isoformat(),
            "windows": [[*map(str, window), written(rules)] for window, rules in self.windows],
            "speaking": {name: written(rules) for name, rules in self.speaking.items()},
            "jurisdictions": dict(self.jurisdictions),
        }

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> Self:
        """Back from plain data."""
        day = dt.date.fromisoformat
        return cls(
            day(plain["today"]),
            tuple(
                (Window(day(start), day(end)), read(rules))
                for start, end, rules in plain["windows"]
            ),
            {name: read(rules) for name, rules in plain["speaking"].items()},
            dict(plain["jurisdictions"]),
        )


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

    def __init__(self, pack: "Pack") -> None:
        self._get: Callable[[], WhenAndWhose] = lambda: WhenAndWhose.of(pack)
        every = (1 << len(pack.rules)) - 1
        today = self._counting(self.known.today)
        self.everything = LensMasks(every, today, today)
        """What counts without a lens."""
        self._memory: dict[Lens, LensMasks] = {}

    @classmethod
    def restored(cls, everything: Iterable[str], known: Callable[[], WhenAndWhose]) -> Self:
        """Back from plain data; the rest is got when the first lens comes."""
        self = cls.__new__(cls)
        self._get = known
        self.everything = LensMasks(*map(read, everything))
        self._memory = {}
        return self

    @cached_property
    def known(self) -> WhenAndWhose:
        """When rules count, and whose they are."""
        return self._get()

    def window(self, number: int) -> Window:
        """When a rule counts."""
        return self._windows[number]

    @cached_property
    def _windows(self) -> dict[int, Window]:
        """When each rule counts."""
        return {number: window for window, rules in self.known.windows for number in bits(rules)}

    def masks(self, lens: Lens) -> LensMasks:
        """What a lens lets through."""
        if lens is EVERYTHING:
            return self.everything
        found = self._memory.get(lens)
        if found is None:
            day = self.known.today if lens.as_of is None else lens.as_of
            found = LensMasks(self._allowed(lens), self._counting(day), self.everything.standing)
            if len(self._memory) >= self.REMEMBERED:
                self._memory.clear()
            self._memory[lens] = found
        return found

    def _counting(self, day: dt.date) -> int:
        return joined(rules for window, rules in self.known.windows if window.holds(day))

    def _allowed(self, lens: Lens) -> int:
        found = self.everything.allowed
        for source, rules in self.known.speaking.items():
            spared = lens.sources is None or source in lens.sources
            if lens.jurisdictions is not None:
                spared = spared and self.known.jurisdictions[source] in lens.jurisdictions
            found &= -1 if spared else ~rules
        return found
