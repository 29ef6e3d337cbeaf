"""Frames that are worked through only when they are asked for, block by block, where they are."""

from collections.abc import Iterable, Iterator
from typing import Any

import narwhals as nw

from painrules.errors import MissingExtraError, PainrulesError
from painrules.frames.blocks import ROWS, blocks, finished, threads
from painrules.frames.columns import Columns
from painrules.frames.kernel import Kernel, Output, PerThread, Plan, Source
from painrules.frames.progress import Progress

Lazy = nw.LazyFrame[Any]


def _needed(plan: Plan) -> list[str]:
    """The columns that are looked at or carried over."""
    used = (use.column for use in plan.columns.uses)
    return list(dict.fromkeys((*used, *plan.columns.kept)))


def polars_lazy(
    source: Source,
    plan: Plan,
    frame: Lazy,
    *,
    bar: Progress | None = None,
    raised: list[PainrulesError] | None = None,
) -> Any:  # noqa: ANN401 - a lazy frame of Polars
    """A lazy frame of Polars: streamed through, only for the columns that are asked for.

    Args:
        source: What an explorer hands over.
        plan: What is wanted.
        frame: The frame.
        bar: What is told how far it has come.
        raised: Gets our own errors, which Polars wraps in errors of its own.
    """
    import polars as pl  # noqa: PLC0415 - it is there, for the frame is one of its own
    from polars.io.plugins import register_io_source  # noqa: PLC0415 - see above

    native = frame.to_native().select(_needed(plan))
    empty = nw.from_native(pl.DataFrame(schema=native.collect_schema()), eager_only=True)
    kept = plan.columns.kept
    shape = finished(empty, Kernel(source, plan).work(empty, 0), kept, "polars")

    def read(
        wanted: list[str] | None,
        predicate: Any,  # noqa: ANN401 - an expression
        most: int | None,
        _size: int | None,
    ) -> Iterator[Any]:
        names = list(shape.columns) if wanted is None else wanted
        asked = set(names)
        if predicate is not None:
            asked |= set(predicate.meta.root_names())
        narrow = narrowed(plan, asked)
        kernel = Kernel(source, narrow, threads())
        batches = native.select(_needed(narrow)).collect_batches(chunk_size=ROWS)
        done = 0
        for part, output in _noted(blocks(kernel, map(nw.from_native, batches)), raised):
            done += len(part)
            if bar is not None:
                bar.reached(done)
            found = finished(part, output, narrow.columns.kept, "polars")
            if predicate is not None:
                found = found.filter(predicate)
            found = found.select(names)
            if most is not None:
                found = found.head(most)
                most -= len(found)
            yield found
            if most == 0:
                return

    return register_io_source(read, schema=shape.schema)


def _noted(
    answers: Iterator[tuple[nw.DataFrame[Any], Output]], raised: list[PainrulesError] | None
) -> Iterator[tuple[nw.DataFrame[Any], Output]]:
    try:
        yield from answers
    except PainrulesError as error:
        if raised is not None:
            raised.append(error)
        raise


def narrowed(plan: Plan, names: set[str]) -> Plan:
    """What is left to do if only some columns of the answer are asked for."""
    kept = tuple(name for name in plan.columns.kept if name in names)
    columns = Columns(plan.columns.uses, kept)
    if plan.layout == "long":
        return plan._replace(
            columns=columns, fields=tuple(name for name in plan.fields if name in names)
        )
    if len(plan.fields) > 1:
        options = tuple(
            option
            for option in plan.options
            if any(f"{option}.{field}" in names for field in plan.fields)
        )
    else:
        options = tuple(option for option in plan.options if option in names)
    return plan._replace(columns=columns, options=options)


class _Stream:
    """A relation of DuckDB with its answers, as a stream of Arrow: each time it is asked for, it starts anew."""

    def __init__(self, source: Source, plan: Plan, relation: Any) -> None:  # noqa: ANN401 - a relation
        self._source = source
        self._plan = plan
        names = _needed(plan)
        self._relation = relation.select(*(_quoted(name) for name in names))
        empty = nw.from_native(self._relation.limit(0).to_arrow_table(), eager_only=True)
        self.schema = self._finished(empty, Kernel(source, plan).work(empty, 0)).schema

    def _finished(self, part: nw.DataFrame[Any], output: Output) -> Any:  # noqa: ANN401 - a table of Arrow
        return _plain(finished(part, output, self._plan.columns.kept, "pyarrow"))

    def _answers(self, batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow as pa  # noqa: PLC0415 - checked below

        kernel = Kernel(self._source, self._plan, threads())
        tables = (pa.Table.from_batches([batch]) for batch in batches)
        frames = (nw.from_native(table, eager_only=True) for table in tables)
        for part, output in blocks(kernel, frames):
            yield from self._finished(part, output).to_batches()

    def __arrow_c_schema__(self) -> object:
        """The columns, without reading a row."""
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The answers, from the beginning."""
        import pyarrow as pa  # noqa: PLC0415 - checked below

        answers = self._answers(self._relation.to_arrow_reader(ROWS))
        reader = pa.RecordBatchReader.from_batches(self.schema, answers)
        return reader.__arrow_c_stream__(requested_schema)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(table: Any) -> Any:  # noqa: ANN401 - a table of Arrow
    """A table whose categories are texts: what other programs take for a type of their own."""
    import pyarrow as pa  # noqa: PLC0415 - checked where it is needed

    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(place).cast(pa.string())
            table = table.set_column(place, field.name, column)
    return table


def duckdb_frame(source: Source, plan: Plan, frame: Lazy) -> Any:  # noqa: ANN401 - a relation
    """A relation of DuckDB, in a connection of its own; nothing runs before it is asked for."""
    import duckdb  # noqa: PLC0415 - it is there, for the frame is one of its own

    try:
        import pyarrow as pa  # noqa: F401, PLC0415 - how DuckDB hands over blocks of rows
    except ModuleNotFoundError:
        msg = "relations of DuckDB need PyArrow; install it with: pip install pyarrow"
        raise MissingExtraError(msg) from None
    return duckdb.connect().from_arrow(_Stream(source, plan, frame.to_native()))


class _Partition:
    """What is done to each part of a frame of Dask, by whichever worker has it."""

    def __init__(self, source: Source, plan: Plan) -> None:
        self._source = source
        self._plan = plan
        self._kernel = PerThread(lambda: Kernel(source, plan))

    def __reduce__(self) -> tuple[object, ...]:
        """Workers make kernels of their own."""
        return (_Partition, (self._source, self._plan))

    def __dask_tokenize__(self) -> object:
        """What tells this work from another: the rules, the lens, and what is wanted."""
        return ("painrules", self._source.pack.digest, repr(self._source.masks), repr(self._plan))

    def __call__(self, part: Any) -> Any:  # noqa: ANN401 - frames of pandas
        """The answers to one part."""
        import pandas as pd  # noqa: PLC0415 - Dask is made of it

        frame = nw.from_native(part, eager_only=True)
        kept = self._plan.columns.kept
        found = [
            finished(one, output, kept, "pandas") for one, output in blocks(self._kernel(), [frame])
        ]
        return found[0] if len(found) == 1 else pd.concat(found, ignore_index=True)


def dask_frame(source: Source, plan: Plan, frame: Any) -> Any:  # noqa: ANN401 - frames of Dask
    """A frame of Dask: each part is answered where it is."""
    native = frame[_needed(plan)]
    work = _Partition(source, plan)
    return native.map_partitions(work, meta=work(native._meta), enforce_metadata=False)  # noqa: SLF001 - how Dask tells an empty part


def spark_frame(source: Source, plan: Plan, frame: Lazy) -> Any:  # noqa: ANN401 - a frame of PySpark
    """A frame of PySpark: each part is answered where it is, nothing comes to the driver."""
    import pyarrow as pa  # noqa: PLC0415 - PySpark needs it for this
    from pyspark.sql import types  # noqa: PLC0415 - it is there, for the frame is one of its own

    native = frame.to_native().select(*(f"`{name}`" for name in _needed(plan)))
    kept = plan.columns.kept
    empty = pa.table({use: pa.array([], pa.string()) for use in _needed(plan)})
    first = nw.from_native(empty, eager_only=True)
    shape = _plain(finished(first, Kernel(source, plan).work(first, 0), kept, "pyarrow"))
    of_spark = {field.name: field for field in native.schema.fields}
    kinds = {pa.string(): types.StringType(), pa.bool_(): types.BooleanType()}
    schema = types.StructType(
        [
            of_spark[field.name]
            if field.name in kept
            else types.StructField(field.name, kinds[field.type])
            for field in shape.schema
        ]
    )

    def answered(batches: Iterable[Any]) -> Iterator[Any]:
        kernel = Kernel(source, plan)
        frames = (nw.from_native(pa.Table.from_batches([one]), eager_only=True) for one in batches)
        for part, output in blocks(kernel, frames):
            yield from _plain(finished(part, output, kept, "pyarrow")).to_batches()

    return native.mapInArrow(answered, schema)
