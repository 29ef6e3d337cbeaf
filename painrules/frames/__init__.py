"""Many profiles at once: dataframes of any library in, dataframes of the same library out.

`columns` says which column tells what, `cells` and `rows` read them, each distinct cell once; `groups` are the states
that occur; `diagram` and `tables` walk rows to the sets of rules in force, `each` explores distinct profiles one by
one; `answers` asks the resolver what these come to. `kernel` puts it together for one block, `blocks`, `frame` and
`lazy` for frames, `files` for files. An extra: ``painrules[frames]``.
"""

from painrules.errors import MissingExtraError

try:
    from painrules.frames.columns import wanted_options
    from painrules.frames.files import Written, explore_file
    from painrules.frames.frame import Choice, explore_frame
    from painrules.frames.kernel import FIELDS, Layout, OnError, Source
    from painrules.frames.one import frame_of_options
except ModuleNotFoundError as error:
    if error.name not in {"narwhals", "numpy"}:
        raise
    msg = f"this needs {error.name}; install it with: pip install 'painrules[frames]'"
    raise MissingExtraError(msg) from None

__all__ = [
    "FIELDS",
    "Choice",
    "Layout",
    "OnError",
    "Source",
    "Written",
    "explore_file",
    "explore_frame",
    "frame_of_options",
    "wanted_options",
]
