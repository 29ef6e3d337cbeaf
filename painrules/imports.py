"""Imports on demand: a package names what it offers, and loads the module behind a name when it is asked for.

So `import painrules` costs next to nothing, and exploring loads no more than it needs. A package keeps the imports
themselves under `TYPE_CHECKING`, where type checkers and readers find them.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from importlib import import_module


def listed(names: Mapping[str, object], offered: Iterable[str]) -> Callable[[], list[str]]:
    """What a package has as its `__dir__`: what is loaded, and what is offered."""
    return lambda: sorted({*names, *offered})


def on_demand(
    package: str, names: MutableMapping[str, object], homes: Mapping[str, str]
) -> Callable[[str], object]:
    """What a package has as its `__getattr__`.

    Args:
        package: The name of the package.
        names: Its `globals()`; what was loaded is kept there.
        homes: The module of each name.
    """

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(homes[name]), name)
        names[name] = found
        return found

    return get
