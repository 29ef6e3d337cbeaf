"""One block of rows in, its answers out: what every kind of frame is worked through with."""

import threading
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

import narwhals as nw
import numpy as np
import numpy.typing as npt

from painrules.engine import Engine
from painrules.engine.bitmap import BitmapEngine
from painrules.engine.columns import entries_of
from painrules.errors import ENOUGH, FrameError, Problem, ProfileError, shown
from painrules.frames.answers import MODES, Answered, Rules, Said, Wanted, Warned
from painrules.frames.cells import cell_of
from painrules.frames.columns import Columns
from painrules.frames.distinct import combined
from painrules.frames.each import Each
from painrules.frames.libraries import Coded, Made, small, words_of
from painrules.frames.rows import Block, Read, Rows
from painrules.frames.tables import Tables
from painrules.frames.wrong import Arguments
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.result import SCHEMA_VERSION
from painrules.resolve import PackIndex
from painrules.resolve.lens import LensMasks
from painrules.vocab import Agreement, Level, Line, Safety, Status

Layout = Literal["long", "wide"]
"""One row for each profile and option, or one row for each profile."""
OnError = Literal["raise", "collect"]
"""What becomes of rows that are no profiles."""

FEW = 64
"""So few distinct profiles are explored one by one."""
SAMPLE = 4_096
"""So many rows tell whether it pays to look for rows that are alike."""
MOSTLY = 0.9
"""If more of the rows than that are distinct, it does not pay to look for those that are alike."""

LEVELS = (*(level.value for level in Level), "varies")
CLOSED: dict[str, tuple[str, ...]] = {
    "status": tuple(one.value for one in Status),
    "level": LEVELS,
    "line": tuple(one.value for one in Line),
    "agreement": tuple(one.value for one in Agreement),
    "safety": tuple(one.value for one in Safety),
}
FIELDS = (
    "category",
    "label",
    "status",
    "level",
    "line",
    "agreement",
    "definite",
    "safety",
    "listed",
    "deferred",
    "positions",
    "cautions",
    "ask_about",
)
"""What can be said of an option in a frame."""
USUAL: dict[str, tuple[str, ...]] = {
    "long": ("status", "level", "line", "agreement", "definite", "safety", "listed"),
    "wide": ("status",),
}
"""What is said if nothing else is wanted."""


class Source(NamedTuple):
    """What an explorer hands over: its pack, its engine, and a lens."""

    pack: Pack
    engine: Engine
    builder: FactsBuilder
    known: PackIndex
    masks: LensMasks
    bands: dict[str, str]
    read: Read
    check: Callable[..., object]
    """Explores arguments; raises what is wrong with them."""
    again: "Callable[[], Source]"
    """Makes the same once more, in another process."""

    def __reduce__(self) -> tuple[object, ...]:
        """Other processes make it themselves."""
        return (_again, (self.again,))


def _again(make: Callable[[], Source]) -> Source:
    return make()


class Plan(NamedTuple):
    """What is wanted of a frame."""

    columns: Columns
    options: tuple[str, ...]
    fields: tuple[str, ...]
    layout: Layout
    on_error: OnError
    separator: str
    row: bool
    """Whether the number of the row is told."""


class Output(NamedTuple):
    """The answers to a block."""

    rows: npt.NDArray[np.intp] | None
    """For each row of the answer the row of the block; None: one for each, in order."""
    columns: dict[str, Made]
    """Our columns."""


class Kernel:
    """Works through blocks of rows; not safe to share between threads.

    Args:
        source: What an explorer hands over.
        plan: What is wanted.
        threads: How many threads work on a block.
    """

    def __init__(self, source: Source, plan: Plan, threads: int = 1) -> None:
        self._source = source
        self._plan = plan
        self._threads = threads
        fields = set(plan.fields)
        wanted = Wanted(
            definite="definite" in fields,
            positions="positions" in fields,
            safety=bool(fields & {"safety", "cautions", "ask_about", "listed", "deferred"}),
            cautions="cautions" in fields,
            ask_about="ask_about" in fields,
        )
        pack = source.pack
        self._rules = Rules(pack, source.known, source.masks, source.bands)
        self._rows = Rows(
            pack,
            source.builder,
            source.read,
            entries_of(enumerate(pack.rules)),
            plan.columns.uses,
            plan.separator,
        )
        self._each = Each(
            self._rules, self._rows, plan.options, wanted, source.engine, source.builder
        )
        self._tables = Tables(self._rules, self._rows, plan.options, wanted, threads)
        self._arguments = Arguments(plan.columns.uses, plan.separator)
        self._alike = True
        self._about = about(pack)

    def __reduce__(self) -> tuple[object, ...]:
        """What is found out on the way stays behind; it is found out again."""
        return (Kernel, (self._source, self._plan, 1))

    @property
    def is_long(self) -> bool:
        """Whether a row has many answers."""
        return self._plan.layout == "long"

    def work(self, frame: nw.DataFrame[Any], first: int) -> Output:
        """The answers to a block of rows.

        Args:
            frame: The block.
            first: The number of its first row.

        Raises:
            FrameError: If rows are no profiles, and that is to be an error.
        """
        block = self._rows.read(frame)
        problems = self._problems(frame, block, first)
        answered = self._answer(block)
        if self._plan.layout == "wide":
            return self._wide(answered, block, problems, first)
        return self._long(answered, block, problems, first)

    # Answers

    def _answer(self, block: Block) -> Answered:
        """The answers to a block; rows that are alike are answered once."""
        if not block.size:
            none = np.zeros((len(self._plan.options), 0), dtype=np.int32)
            return Answered(none, none, np.zeros(0, dtype=np.int8))
        if not block.states or not isinstance(self._source.engine, BitmapEngine):
            return self._each.answer(block)
        if not self._alike:
            return self._tables.answer(block)
        groups = list(block.states)
        some = combined([block.states[group][:SAMPLE] for group in groups])[0]
        self._alike = len(some) <= MOSTLY * min(block.size, SAMPLE) or block.size < SAMPLE
        if not self._alike:
            return self._tables.answer(block)
        keys, first, back = combined([block.states[group] for group in groups])
        if len(keys) <= FEW:
            return self._each.answer(block)
        states = {group: block.states[group][first] for group in groups}
        found = self._tables.answer(Block(states, block.bad[first], len(first)))
        return Answered(
            found.said.take(back, axis=1), found.warned.take(back, axis=1), found.mode[back]
        )

    def _problems(self, frame: nw.DataFrame[Any], block: Block, first: int) -> dict[int, str]:
        """What is wrong with rows that are no profiles."""
        found: dict[int, str] = {}
        gathered: list[Problem] = []
        names = [use.column for use in self._plan.columns.uses]
        known: dict[str, str] = {}
        for place in np.flatnonzero(block.bad).tolist():
            row = {name: cell_of(frame[name], place) for name in names}
            key = repr(row)
            if key not in known or self._plan.on_error == "raise":
                problems = self._wrong(row)
                known[key] = "; ".join(f"{one.where}: {one.what}" for one in problems)
                where = self._where(frame, place, first)
                gathered += [one._replace(where=f"{where}: {one.where}") for one in problems]
            found[place] = known[key]
            if self._plan.on_error == "raise" and len(gathered) >= ENOUGH:
                break
        if gathered and self._plan.on_error == "raise":
            raise FrameError(gathered[:ENOUGH], more=len(gathered) >= ENOUGH)
        return found

    def _where(self, frame: nw.DataFrame[Any], place: int, first: int) -> str:
        if self._plan.row:
            return f"row {first + place}"
        kept = self._plan.columns.kept
        return f"row with {kept[0]} {shown(frame[kept[0]][place])}" if kept else f"row {place}"

    def _wrong(self, row: Mapping[str, Any]) -> list[Problem]:
        given, problems = self._arguments.of(row)
        try:
            self._source.check(**given)
        except ProfileError as error:
            problems += error.problems
        return problems or [Problem("the row", "is no profile")]

    # Layouts

    def _wide(
        self, answered: Answered, block: Block, problems: dict[int, str], first: int
    ) -> Output:
        columns = self._first_columns(np.arange(block.size), answered, block, first)
        several = len(self._plan.fields) > 1
        bad = block.bad if block.bad.any() else None
        for place, option in enumerate(self._plan.options):
            said, warned = answered.said[place], answered.warned[place]
            for field in self._plan.fields:
                name = f"{option}.{field}" if several else option
                columns[name] = self._field(field, place, said, warned, answered.mode, bad)
        return Output(None, self._last_columns(columns, problems, np.arange(block.size)))

    def _long(
        self, answered: Answered, block: Block, problems: dict[int, str], first: int
    ) -> Output:
        spoken = self._table("spoken", self._rules.said.entries, Said)
        there = spoken[answered.said] if len(spoken) else np.zeros(answered.said.shape, dtype=bool)
        there[:, block.bad] = False
        if problems:
            there = np.vstack([there, block.bad[None, :]])
        rows, options = np.nonzero(there.T)
        said_of, warned_of = answered.said, answered.warned
        wrong = options == len(self._plan.options)
        bad = wrong if problems else None
        inside = np.where(wrong, 0, options) if problems else options
        said, warned = said_of[inside, rows], warned_of[inside, rows]
        columns = self._first_columns(rows, answered, block, first)
        kind = small(len(self._plan.options))
        numbers = np.where(wrong, -1, options).astype(kind)
        columns["option"] = Coded(numbers, self._plan.options)
        for field in self._plan.fields:
            columns[field] = self._field(field, inside, said, warned, answered.mode[rows], bad)
        return Output(rows, self._last_columns(columns, problems, rows))

    def _first_columns(
        self, rows: npt.NDArray[np.intp], answered: Answered, block: Block, first: int
    ) -> dict[str, Made]:
        columns: dict[str, Made] = {}
        if self._plan.row:
            columns["row"] = rows.astype(np.int64) + first
        modes = np.array([0, 1, 2, 2], dtype=np.int8)[answered.mode]
        if block.bad.any():
            modes[block.bad] = -1
        columns["mode"] = Coded(modes[rows], MODES[:3])
        return columns

    def _last_columns(
        self, columns: dict[str, Made], problems: dict[int, str], rows: npt.NDArray[np.intp]
    ) -> dict[str, Made]:
        if self._plan.on_error == "collect":
            words, places = words_of(list(problems.values()))
            numbers = np.full(int(np.max(rows, initial=-1)) + 1, -1, dtype=np.int32)
            numbers[list(problems)] = places
            columns["problem"] = Coded(numbers[rows], words, closed=False)
        columns["about"] = Coded(np.zeros(len(rows), dtype=np.int8), (self._about,))
        return columns

    def _field(  # noqa: PLR0913, PLR0917 - what a field may depend on
        self,
        field: str,
        place: Any,  # noqa: ANN401 - one option, or one for each row
        said: npt.NDArray[np.int32],
        warned: npt.NDArray[np.int32],
        mode: npt.NDArray[np.int8],
        bad: npt.NDArray[np.bool_] | None,
    ) -> Made:
        """One field of an option for each row."""
        if field in {"category", "label"}:
            known = self._source.pack.interventions
            values = [getattr(known[name], field) for name in self._plan.options]
            words, of_option = words_of(values)
            numbers = np.array(of_option, dtype=small(len(words)))[place]
            return _without(Coded(np.broadcast_to(numbers, said.shape), words), bad)
        if field in {"listed", "deferred"}:
            supported = self._table("supported", self._rules.said.entries, Said)[said]
            safe = self._table("safety", self._rules.warned.entries, Warned)
            barred = CLOSED["safety"].index(Safety.CONTRAINDICATED.value)
            there = supported & (safe[warned] != barred) & (mode == (0 if field == "listed" else 2))
            return _where_good(there, bad)
        kind, entries, numbers = (
            (Warned, self._rules.warned.entries, warned)
            if field in Warned._fields
            else (Said, self._rules.said.entries, said)
        )
        table = self._table(field, entries, kind)[numbers]
        if field == "definite":
            return _where_good(table, bad)
        if field in CLOSED:
            return _without(Coded(table, CLOSED[field]), bad)
        return _without(Coded(table, self._words(field, entries, kind), closed=False), bad)

    def _table(self, field: str, entries: list[Any], kind: Any) -> npt.NDArray[Any]:  # noqa: ANN401 - Said or Warned
        """A field of each distinct answer."""
        values = [entry[kind._fields.index(field)] for entry in entries]
        if field in {"spoken", "supported", "definite"}:
            return np.array(values, dtype=bool)
        words = CLOSED.get(field) or self._words(field, entries, kind)
        places = {word: place for place, word in enumerate(words)}
        return np.array([places.get(value, -1) for value in values], dtype=small(len(words)))

    def _words(self, field: str, entries: list[Any], kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - see _table
        place = kind._fields.index(field)
        return tuple(dict.fromkeys(entry[place] for entry in entries))


def _where_good(
    there: npt.NDArray[np.bool_], bad: npt.NDArray[np.bool_] | None
) -> npt.NDArray[np.bool_]:
    """No for the rows that are no profiles."""
    return there if bad is None else there & ~bad


def _without(column: Coded, bad: npt.NDArray[np.bool_] | None) -> Coded:
    """A column of words with none in the rows that are no profiles."""
    if bad is None:
        return column
    return column._replace(numbers=np.where(bad, -1, column.numbers).astype(column.numbers.dtype))


def about(pack: Pack) -> str:
    """What every row carries, so that it is never separated from where it comes from."""
    first = pack.notice.split(". ")[0].rstrip(".")
    return (
        f"{first}. painrules {pack.id} {pack.version} {pack.digest[:16]}, schema {SCHEMA_VERSION}"
    )


class PerThread:
    """A kernel for each thread that asks, made from what it is told; it crosses process boundaries small."""

    def __init__(self, make: Callable[[], Kernel]) -> None:
        self._make = make
        self._local = threading.local()

    def __call__(self) -> Kernel:
        """The kernel of this thread."""
        found: Kernel | None = getattr(self._local, "kernel", None)
        if found is None:
            found = self._local.kernel = self._make()
        return found
