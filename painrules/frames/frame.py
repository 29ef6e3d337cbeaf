"""`explore_frame`: a frame of any library in, a frame of the same library out."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import narwhals as nw

from painrules.errors import FrameError, PainrulesError, Problem, UnknownWordError, shown
from painrules.frames.blocks import blocks, finished, threads
from painrules.frames.columns import read_columns
from painrules.frames.kernel import FIELDS, USUAL, Kernel, Layout, OnError, Plan, Source
from painrules.frames.lazy import dask_frame, duckdb_frame, polars_lazy, spark_frame
from painrules.frames.progress import Progress

LAZY = {
    nw.Implementation.POLARS: polars_lazy,
    nw.Implementation.DUCKDB: duckdb_frame,
    nw.Implementation.PYSPARK: spark_frame,
    nw.Implementation.PYSPARK_CONNECT: spark_frame,
}
"""What answers frames that are worked through only when they are asked for."""
WITHOUT_ORDER = {
    "dask",
    nw.Implementation.PYSPARK.value,
    nw.Implementation.PYSPARK_CONNECT.value,
}
"""Kinds of frames whose rows have no numbers."""


class Choice(NamedTuple):
    """What is wanted of a frame, as users say it."""

    options: tuple[str, ...]
    columns: Mapping[str, str | None] | None = None
    keep: Iterable[str] | None = None
    fields: Iterable[str] | str | None = None
    layout: Layout = "long"
    on_error: OnError = "raise"
    separator: str = ";"


def explore_frame(
    source: Source,
    frame: Any,  # noqa: ANN401 - of any library
    choice: Choice,
    *,
    progress: bool | None = None,
) -> Any:  # noqa: ANN401 - a frame of the same kind
    """What the rules say of each row of a frame; see `painrules.explore_frame`."""
    plan, wrapped = planned(source, frame, choice)
    if not isinstance(wrapped, nw.DataFrame | nw.LazyFrame):
        return dask_frame(source, plan, wrapped)
    if isinstance(wrapped, nw.LazyFrame):
        answer = LAZY.get(wrapped.implementation)
        if answer is None:
            raise PainrulesError(
                f"a frame of {wrapped.implementation.value} cannot be explored where it is\n"
                "    hint: collect it first, or turn it into one of DuckDB, Polars, Dask or PySpark"
            )
        return answer(source, plan, wrapped)
    return _eager(source, plan, wrapped, progress=progress)


def planned(
    source: Source,
    frame: Any,  # noqa: ANN401 - of any library
    choice: Choice,
) -> tuple[Plan, Any]:
    """What is to be done, and the frame as Narwhals has it; one of Dask as it is."""
    for word, known, what in (
        (choice.layout, ("long", "wide"), "layout"),
        (choice.on_error, ("raise", "collect"), "on_error"),
    ):
        if word not in known:
            raise UnknownWordError(word, what, known)
    wrapped = _wrapped(frame)
    if isinstance(wrapped, nw.DataFrame | nw.LazyFrame):
        names, kind = wrapped.collect_schema().names(), wrapped.implementation.value
    else:
        names, kind = list(wrapped.columns), "dask"
    found = read_columns(names, source.pack, choice.columns, choice.keep)
    ordered = kind not in WITHOUT_ORDER
    if not ordered and not found.kept:
        raise PainrulesError(
            f"rows of a {kind} frame have no numbers, and no column is left to tell them apart\n"
            "    hint: add a column with the name of each row, or name one in keep=[...]"
        )
    plan = Plan(
        found,
        choice.options,
        _fields(choice.fields, choice.layout),
        choice.layout,
        choice.on_error,
        choice.separator,
        row=ordered and "row" not in found.kept,
    )
    _check_names(plan)
    return plan, wrapped


def _check_names(plan: Plan) -> None:
    """No column that is carried over may be called as one of the answer.

    Raises:
        FrameError: If one is; it names all of them.
    """
    ours = {"mode", "problem", "about"}
    if plan.layout == "long":
        ours |= {"option", *plan.fields}
    elif len(plan.fields) == 1:
        ours |= set(plan.options)
    hint = "rename it, or name others in keep=[...]"
    what = "the answer has a column of that name, too"
    problems = [Problem(name, what, hint) for name in plan.columns.kept if name in ours]
    if problems:
        raise FrameError(problems)


def _wrapped(frame: Any) -> Any:  # noqa: ANN401 - of any library
    frame = nw.to_native(frame, pass_through=True)
    if nw.dependencies.is_dask_dataframe(frame):
        return frame
    try:
        found = nw.from_native(frame)
        found.collect_schema()
    except nw.exceptions.DuplicateError:
        what = "several have the same name"
        raise FrameError([Problem("columns", what, "give each a name of its own")]) from None
    except TypeError:
        kinds = "pandas, Polars, PyArrow, DuckDB, Dask or PySpark"
        raise PainrulesError(
            f"{shown(frame)} is not a dataframe\n    hint: give one of {kinds}"
        ) from None
    return found


def _fields(fields: Iterable[str] | str | None, layout: Layout) -> tuple[str, ...]:
    if fields is None:
        return USUAL[layout]
    wanted = (fields,) if isinstance(fields, str) else tuple(dict.fromkeys(fields))
    for name in wanted:
        if name not in FIELDS:
            raise UnknownWordError(name, "field", FIELDS)
    return wanted


def _eager(
    source: Source,
    plan: Plan,
    frame: nw.DataFrame[Any],
    *,
    progress: bool | None,
) -> Any:  # noqa: ANN401 - of the same kind
    kind = frame.implementation.value
    direct = kind in {"pandas", "polars", "pyarrow"}
    inner = frame if direct else nw.from_native(frame.to_arrow(), eager_only=True)
    inner_kind = kind if direct else "pyarrow"
    kernel = Kernel(source, plan, threads())
    made = []
    done = 0
    with Progress(len(frame), shown=progress) as bar:
        for part, output in blocks(kernel, [inner]):
            made.append(finished(part, output, plan.columns.kept, inner_kind))
            done += len(part)
            bar.reached(done)
    whole = made[0] if len(made) == 1 else _joined(made, inner_kind)
    if not direct:
        whole = nw.from_arrow(whole, backend=frame.implementation).to_native()
    return whole


def _joined(made: list[Any], kind: str) -> Any:  # noqa: ANN401 - a frame of that library
    """One frame out of several; the rows of pandas are numbered anew."""
    whole = nw.concat([nw.from_native(one, eager_only=True) for one in made]).to_native()
    return whole.reset_index(drop=True) if kind == "pandas" else whole
