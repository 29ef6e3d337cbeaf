"""One input within its limits: what is no answer and none of our errors, or takes too much, is a finding."""

import hashlib
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from painrules.errors import PainrulesError

SECONDS = 10.0
"""Processor time that the smallest input may take."""
SECONDS_A_BYTE = 1e-4
"""What each byte may add to it."""
MEMORY = 400_000_000
"""By how many bytes the smallest input may make the process grow."""
MEMORY_A_BYTE = 2_000
"""What each byte may add to it."""
PROCESS = 6_000_000_000
"""The most address space of a process."""

Target = Callable[[bytes], None]
ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "fuzz" / "corpus"


class TooSlowError(BaseException):
    """An input took longer than its size allows; not an `Exception`, so that nothing on the way takes it for one."""


class TooLargeError(Exception):
    """An input took more memory than its size allows."""


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Bounds the processor time of what is within."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + SECONDS_A_BYTE * size)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak() -> int:
    """The most memory that the process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def bound_process() -> None:
    """Bounds the memory of the whole process: what wants more gets a `MemoryError`."""
    resource.setrlimit(resource.RLIMIT_AS, (PROCESS, PROCESS))


class Guard:
    """Runs a target, counts, and keeps one input of each kind of finding.

    Args:
        name: The name of the target.
        target: What is done with an input.
        keep: Where inputs of findings are put.
    """

    def __init__(self, name: str, target: Target, keep: Path = CORPUS) -> None:
        self.name = name
        self.target = target
        self.keep = keep
        self.tried = 0
        """How many inputs were tried."""
        self.refused = 0
        """How many of them gave one of our errors."""
        self.found: dict[str, str] = {}
        """Findings by their place, each with its traceback."""

    def run(self, data: bytes) -> str | None:
        """Tries an input; what kind of finding it is, or None."""
        self.tried += 1
        before = peak()
        try:
            with limited(len(data)):
                self.target(data)
            if peak() - before > MEMORY + MEMORY_A_BYTE * len(data):
                grown = f"the process grew by {peak() - before:,} bytes"
                raise TooLargeError(grown)  # noqa: TRY301 - found like any other
        except PainrulesError:
            self.refused += 1
        except (Exception, TooSlowError) as error:  # noqa: BLE001 - whatever it is, it is a finding
            return self._finding(error, data)
        return None

    def _finding(self, error: BaseException, data: bytes) -> str:
        kind = f"{type(error).__name__} at {_place(error)}"
        if kind not in self.found:
            self.found[kind] = "".join(traceback.format_exception(error))
            folder = self.keep / self.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
            sys.stderr.write(f"{self.name}: {kind}\n{self.found[kind][-3000:]}\n")
        return kind


def _place(error: BaseException) -> str:
    """The innermost line of the library, or of the target that looked at what it gave."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        one for one in frames if "/painrules/" in one.filename or "/fuzz/targets" in one.filename
    ]
    last = (ours or frames)[-1]
    return f"{Path(last.filename).name}:{last.name}"
