"""What tests of hostile packs share."""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

SECONDS = 60
"""More than any of these takes, and less than anybody waits."""


@pytest.fixture(name="bounded")
def _bounded() -> Iterator[None]:
    """No pack may keep its reader waiting: the test is broken off and fails."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        message = f"not done after {SECONDS} seconds"
        raise TimeoutError(message)

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
