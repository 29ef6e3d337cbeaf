"""What callers want of cases and questions, looked at before anything is drawn."""

from painrules.exact import exact
from painrules.explore import Explorer
from painrules.explore.explorer import core_explorer
from painrules.given import instance, plain_text, whole_number

MOST = 10_000
"""How many cases, pairs or questions are drawn at once, at most."""
LARGEST_SEED = 10**18
"""The largest number that is a seed."""


def how_many(given: object) -> int:
    """How many are wanted.

    Raises:
        ArgumentError: If it is no whole number from 0 to `MOST`.
    """
    return whole_number("n", given, 0, MOST)


def seed_of(given: object) -> str:
    """A seed, as it stands in names and records.

    Raises:
        ArgumentError: If it is neither a word nor a number within bounds.
    """
    if isinstance(exact(given), str):
        return plain_text("seed", given)
    return str(whole_number("seed", given, -LARGEST_SEED, LARGEST_SEED))


def explorer_of(given: object) -> Explorer:
    """The explorer that is asked; nothing: that of the core pack.

    Raises:
        ArgumentError: If it is something else.
    """
    if given is None:
        return core_explorer()
    return instance("explorer", given, Explorer, "painrules.Explorer(pack) makes one")
