"""Frames of PySpark: run by `make test-spark`, which installs it; it needs Java."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from painrules import Explorer, PainrulesError, load_pack
from painrules.frames import FIELDS

PACK = Path(__file__).parent.parent / "conformance" / "pack"
pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not os.environ.get("PAINRULES_SPARK"), reason="run by `make test-spark`"),
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark", "ignore::ResourceWarning"),
]
COHORT: dict[str, list[Any]] = {
    "who": ["a", "b", "c"],
    "pain_type": ["chronic", "Chronic pain", None],
    "condition": ["sciatica", None, "fibromyalgia"],
    "age": [70, None, 30],
    "asthma": ["no", None, "yes"],
    "mechanism": [["nociceptive"], None, ["nociplastic", "nociceptive"]],
}
SCHEMA = "who string, pain_type string, condition string, age int, asthma string, mechanism array<string>"


@pytest.fixture(scope="module", name="spark")
def _spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - not there elsewhere

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    yield session
    session.stop()


def plain(rows: Iterable[Sequence[object]]) -> list[tuple[object, ...]]:
    """Rows in an order of their own, with nothing where nothing is."""
    found = [tuple(None if one != one else one for one in row) for row in rows]  # noqa: PLR0124 - what is not a number
    return sorted(found, key=lambda row: [str(one) for one in row])


def test_spark_says_the_same_and_collects_nothing(spark: Any) -> None:  # noqa: ANN401 - a session
    """Rows are answered where they are; the plan alone is made on the driver."""
    explorer = Explorer(load_pack(PACK))
    frame = spark.createDataFrame(list(zip(*COHORT.values(), strict=True)), schema=SCHEMA)
    found = explorer.explore_frame(frame, fields=FIELDS)
    whole = explorer.explore_frame(pd.DataFrame(COHORT), fields=FIELDS).drop(columns="row")

    assert "MapInArrow" in found._jdf.queryExecution().toString()  # noqa: SLF001 - how to see the plan
    assert list(found.columns) == list(whole.columns)
    assert plain(found.collect()) == plain(whole.astype(object).to_numpy().tolist())
    with pytest.raises(PainrulesError, match="no column is left to tell them apart"):
        explorer.explore_frame(frame, keep=())


def test_bad_rows_of_spark_go_through_too(spark: Any) -> None:  # noqa: ANN401 - a session
    """One bad row fails no job, if that is wanted."""
    frame = spark.createDataFrame(
        [("a", "chronic"), ("b", "cronic")], schema="who string, pain_type string"
    )
    found = Explorer(load_pack(PACK)).explore_frame(
        frame, on_error="collect", layout="wide", options="exercise"
    )

    assert [tuple(row)[:4] for row in found.orderBy("who").collect()] == [
        ("a", "explore", "supported", None),
        ("b", None, None, "pain_type: 'cronic' is not a known pain type"),
    ]
