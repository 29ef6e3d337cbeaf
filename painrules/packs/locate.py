"""Where the pack that ships lies: in the wheel beside the library, in a checkout beside it in `rules/`."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

CORE = "core"


def core_folder() -> Traversable:
    """The folder of the core pack."""
    shipped = files("painrules") / "_rules" / CORE
    if shipped.is_dir():
        return shipped
    return Path(__file__).resolve().parents[2] / "rules" / CORE
