"""What options come to, for blocks of rows: each distinct answer has a number, and the resolver gives it."""

import threading
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from painrules.engine.query import Asked
from painrules.model.pack import Pack
from painrules.resolve import PackIndex, Resolution
from painrules.resolve.decide import settled
from painrules.resolve.lens import LensMasks


class Said(NamedTuple):
    """What positions come to for one option."""

    spoken: bool
    """Whether one in force speaks of it, or of a class of it."""
    supported: bool
    status: str
    level: str | None
    line: str | None
    agreement: str
    definite: bool | None
    positions: str | None


class Warned(NamedTuple):
    """What cautions come to for one option."""

    safety: str
    cautions: str | None
    ask_about: str | None


class Answered(NamedTuple):
    """What a block of rows comes to: numbers of `Said`, `Warned` and modes."""

    said: npt.NDArray[np.int32]
    """A row for each option, a column for each row of the block."""
    warned: npt.NDArray[np.int32]
    mode: npt.NDArray[np.int8]
    """0 explore, 1 ask first, 2 evaluate first; 3 where that hides that too little is known."""


MODES = ("explore", "ask_first", "evaluate_first", "evaluate_first")


class Wanted(NamedTuple):
    """What is asked of each option, so that nothing else is worked out."""

    definite: bool
    positions: bool
    safety: bool
    cautions: bool
    ask_about: bool


class Book:
    """Distinct answers, each with a number."""

    def __init__(self) -> None:
        self.entries: list[tuple[object, ...]] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._lock = threading.Lock()

    def number(self, entry: tuple[object, ...]) -> int:
        """The number of an answer."""
        found = self._numbers.get(entry)
        if found is None:
            with self._lock:
                found = self._numbers.get(entry)
                if found is None:
                    found = len(self.entries)
                    self.entries.append(entry)
                    self._numbers[entry] = found
        return found


class Rules:
    """A pack and a lens, ready to be asked about rows.

    Args:
        pack: The pack.
        index: What the resolver knows of it.
        masks: What the lens lets through.
        bands: The factors that are defined by a number.
    """

    def __init__(
        self, pack: Pack, index: PackIndex, masks: LensMasks, bands: dict[str, str]
    ) -> None:
        self.pack = pack
        self.index = index
        self.masks = masks
        self._bands = bands
        self.active = masks.allowed & masks.dated & index.kinds.positions
        self._heard: dict[str, dict[tuple[tuple[str | None, int], ...], Said]] = {}
        self.said = Book()
        self.warned = Book()

    def forget(self) -> None:
        """Lets go of what was found out for sets of rules; the answers keep their numbers."""
        self._heard.clear()

    def resolution(self, asked: tuple[Asked, ...]) -> Resolution:
        """What sets of rules come to."""
        return Resolution(self.index, asked, self.masks, self._bands)

    def say(self, resolution: Resolution, name: str, wanted: Wanted) -> int:
        """What positions come to for an option; found out once for each distinct set that speaks of it."""
        heard = resolution.heard(name)
        known = self._heard.setdefault(name, {})
        found = known.get(heard)
        if found is None:
            found = known[heard] = self._say(resolution, name, wanted)
        if wanted.definite:
            found = found._replace(definite=self._definite(resolution, name))
        return self.said.number(found)

    def _say(self, resolution: Resolution, name: str, wanted: Wanted) -> Said:
        one = resolution.outcome(name)
        positions = None
        if wanted.positions:
            positions = " ".join(rule.id for rule in resolution.positions(name))
        return Said(
            any(heard for _, heard in resolution.heard(name)),
            one.supported,
            one.status.value,
            None if one.level is None else str(one.level),
            None if one.line is None else one.line.value,
            one.agreement.value,
            None,
            positions,
        )

    def _definite(self, resolution: Resolution, name: str) -> bool:
        """Whether the status is definite, without the names of what it depends on."""
        option = self.index.option(name)
        return all(
            settled(
                option, ask.sets.certain & self.active, ask.sets.possible & self.active
            ).definite
            for ask in resolution.asked
        )

    def warn(self, resolution: Resolution, name: str, wanted: Wanted) -> int:
        """What cautions come to for an option."""
        cautions = ask_about = None
        if wanted.cautions:
            cautions = " ".join(rule.id for rule in resolution.cautions(name))
        if wanted.ask_about:
            ask_about = " ".join(rule.id for rule in resolution.pending(name))
        return self.warned.number(Warned(resolution.safety(name).value, cautions, ask_about))
