"""What is worked out once, whoever asks: threads, and processes that are forked while threads ask.

Properties need no lock. Up to Python 3.11 `functools.cached_property` holds one for all objects of a class while it
works a property out, and a process that is forked meanwhile would wait for it for ever. Here two threads may work the
same thing out at once; the one that ends first is kept, and both get that.
"""

import os
import threading
from functools import cached_property as _locked
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    cached_property = _locked
else:

    class cached_property(_locked):  # noqa: N801 - named as what it stands for
        """A property that is worked out when it is first asked for, and kept."""

        def __get__(self, instance: Any, owner: type | None = None) -> Any:  # noqa: ANN401 - of any class
            """What was kept, or what comes out."""
            if instance is None:
                return self
            kept = instance.__dict__
            try:
                return kept[self.attrname]
            except KeyError:
                return kept.setdefault(self.attrname, self.func(instance))


class GuardedLock:
    """A lock that is open in a process that was just forked: whoever held it is not there.

    >>> with GuardedLock():
    ...     print("alone")
    alone
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        """Waits until nobody else is there."""
        self._lock.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets the next one in."""
        if self._lock.locked():  # in a process that was forked from within, it is open already
            self._lock.release()


__all__ = ["GuardedLock", "cached_property"]
