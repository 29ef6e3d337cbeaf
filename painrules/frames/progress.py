"""A bar on standard error for long work; none where that is no terminal."""

import sys
import time
from types import TracebackType
from typing import Self

PATIENCE = 2.0
"""Seconds before a bar is shown."""
WIDTH = 30


class Progress:
    """How far long work has come.

    Args:
        total: How many rows there are; None if nobody knows.
        shown: Whether a bar is shown; None: if standard error is a terminal.
    """

    def __init__(self, total: int | None, *, shown: bool | None = None) -> None:
        self._total = total
        self._shown = sys.stderr is not None and sys.stderr.isatty() if shown is None else shown
        self._start = time.monotonic()
        self._drawn = False

    def reached(self, rows: int) -> None:
        """Says how many rows are done."""
        if not self._shown or time.monotonic() - self._start < PATIENCE:
            return
        self._drawn = True
        speed = rows / (time.monotonic() - self._start)
        if self._total:
            part = min(rows / self._total, 1.0)
            bar = ("#" * round(WIDTH * part)).ljust(WIDTH, ".")
            text = f"[{bar}] {part:4.0%}  {rows:,} of {self._total:,} rows, {speed:,.0f}/s"
        else:
            text = f"{rows:,} rows, {speed:,.0f}/s"
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        """Starts to count."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leaves an empty line behind."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
