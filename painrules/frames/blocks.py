"""Frames as blocks of rows, and answers as blocks of frames."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

import narwhals as nw

from painrules.frames.kernel import Kernel, Output
from painrules.frames.libraries import make

ROWS = 262_144
"""How many rows make a block."""


def threads() -> int:
    """How many processors there are for us."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


LONG_ROWS = 65_536
"""How many make one where each row has many answers."""


def blocks(
    kernel: Kernel, frames: Iterable[nw.DataFrame[Any]]
) -> Iterator[tuple[nw.DataFrame[Any], Output]]:
    """Each block with its answers."""
    first, size = 0, LONG_ROWS if kernel.is_long else ROWS
    for frame in frames:
        for start in range(0, max(len(frame), 1), size):
            part = frame if len(frame) <= size else frame[start : start + size]
            yield part, kernel.work(part, first)
            first += len(part)


def finished(part: nw.DataFrame[Any], output: Output, kept: tuple[str, ...], kind: str) -> Any:  # noqa: ANN401 - of that kind
    """A block of answers with the columns that are carried over, as a frame of a library."""
    made = nw.from_native(make(kind, output.columns), eager_only=True)
    if not kept:
        return made.to_native()
    carried = part.select(*kept)
    if output.rows is not None:
        carried = carried[output.rows]
    if kind == "pandas":
        native = carried.to_native().reset_index(drop=True)
        carried = nw.from_native(native, eager_only=True)
    columns = [name for name in made.columns if name not in kept]
    first = [name for name in columns if name == "row"]
    rest = [name for name in columns if name != "row"]
    whole = made.with_columns(*(carried[name] for name in kept))
    return whole.select(*first, *kept, *rest).to_native()
