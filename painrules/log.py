"""Messages for those who look for a reason, under the logger `painrules`: quiet unless they are asked for.

Nobody can have asked for messages in a program that has not loaded `logging`, so it is not loaded for them. No message
ever holds what a profile says.
"""

import sys
from typing import Any

_ready: list[Any] = []


def note(part: str, message: str, *values: object) -> None:
    """A message of the level DEBUG.

    Args:
        part: The part of the library that says it: `packs`, `engine`.
        message: The message, with `%s` for each value.
        values: What is put into it.
    """
    logging: Any = sys.modules.get("logging")
    if logging is None or not hasattr(logging, "NullHandler"):  # not loaded, or about to be
        return
    if not _ready:
        _ready.append(logging)
        logging.getLogger("painrules").addHandler(logging.NullHandler())
    logger = logging.getLogger(f"painrules.{part}")
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug(message, *values)
