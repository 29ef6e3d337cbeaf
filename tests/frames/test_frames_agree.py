"""The frame path is a third way to the same answer: it is held to `explore`, on each kind of frame."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from painrules import Exploration, Explorer, Profile, load_pack
from painrules.frames import kernel as kernels
from painrules.frames import tables
from painrules.model.pack import Pack
from painrules.testing import ReferenceEngine, lenses, packs, profiles
from painrules.testing.grid import sample

FIELDS = (
    *("category", "label", "status", "level", "line", "agreement", "definite", "safety"),
    *("listed", "deferred", "positions", "cautions", "ask_about"),
)

CONFORMANCE = Path(__file__).parent.parent / "conformance"

Row = dict[str, Any]


def cells(profile: Profile, *, lists: bool) -> Row:
    """A profile as the cells of a row; factors as lists, or each as a column of its own."""
    row: Row = {
        "pain_type": None if profile.pain_type is None else profile.pain_type.value,
        "mechanism": "; ".join(sorted(one.value for one in profile.mechanisms)) or None,
        "condition": "; ".join(sorted(profile.conditions)) or None,
        "age": profile.age_years,
        "duration_months": _float(profile.duration_months),
        "severity": _float(profile.severity),
        "tried": "; ".join(f"{name}={one.value}" for name, one in profile.tried.items()) or None,
        "goals": "; ".join(sorted(profile.goals)) or None,
    }
    facts = {**profile.factors, **profile.red_flags}
    if lists:
        row["present"] = [name for name, there in facts.items() if there] or None
        row["absent"] = [name for name, there in facts.items() if not there] or None
        return row
    return row | facts


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def told(result: Exploration) -> list[tuple[object, ...]]:
    """What an exploration says of its options, as a frame has it."""
    return [
        (
            result.mode.value,
            view.id,
            view.category,
            view.label,
            view.status.value,
            None if view.level is None else str(view.level),
            None if view.line is None else view.line.value,
            view.agreement.value,
            view.definite,
            view.safety.value,
            view.id in result.listed,
            view.id in result.deferred,
            " ".join(one.id for one in view.positions),
            " ".join(one.id for one in view.cautions),
            " ".join(one.id for one in view.ask_about),
        )
        for view in result.options
    ]


def expected(explorer: Explorer, drawn: Sequence[Profile], **lens: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 - as explore
    """What `explore` says, row by row, options in the order of a frame."""
    order = {
        name: place
        for place, name in enumerate(
            sorted(
                explorer.pack.interventions,
                key=lambda name: (
                    explorer.pack.category_order.index(explorer.pack.interventions[name].category),
                    explorer.pack.interventions[name].label.casefold(),
                    name,
                ),
            )
        )
    }
    found: list[tuple[object, ...]] = []
    for number, profile in enumerate(drawn):
        rows = told(explorer.explore(profile, **lens))
        found += [(number, *row) for row in sorted(rows, key=lambda row: order[str(row[1])])]
    return found


def rows_of(frame: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 - of any library
    """The rows of an answer."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        frame = frame.to_arrow_table()
    if isinstance(frame, pa.Table):
        names = frame.column_names
        columns = [frame.column(name).to_pylist() for name in names]
    elif isinstance(frame, pl.DataFrame):
        names = frame.columns
        columns = [frame[name].to_list() for name in names]
    else:
        names = list(frame.columns)
        columns = [
            [None if cell is None or cell != cell else cell for cell in frame[name].tolist()]  # noqa: PLR0124 - what is not a number
            for name in names
        ]
    wanted = [names.index(name) for name in ("row", "mode", "option", *FIELDS)]
    return list(zip(*(columns[place] for place in wanted), strict=True))


def frame_of(kind: str, rows: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - of any library
    """A frame with these rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    if kind == "pandas":
        return pd.DataFrame(columns)
    table = pa.table(columns)
    if kind == "pyarrow":
        return table
    if kind == "duckdb":
        return duckdb.connect().from_arrow(table)
    found = pl.DataFrame(columns)
    return found.lazy() if kind == "polars lazy" else found


KINDS = ("pandas", "polars", "polars lazy", "pyarrow", "duckdb")


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[Pack, list[Profile]]:
    """A pack, and some profiles of it."""
    pack = draw(packs())
    return pack, draw(st.lists(profiles(pack), min_size=1, max_size=6))


WAYS = ("each", "tables")


def forced(patch: pytest.MonkeyPatch, way: str) -> None:
    """Makes frames take one of the two ways, in small steps."""
    patch.setattr(kernels, "FEW", 0 if way == "tables" else 1000)
    patch.setattr(tables, "ROWS", 4)


@given(drawn=cohorts(), lists=st.booleans())
def test_a_frame_says_what_explore_says(drawn: tuple[Pack, list[Profile]], *, lists: bool) -> None:
    """Any pack, any profiles, any library, either way: the same options, statuses, lines, warnings, in one order."""
    pack, cohort = drawn
    explorer = Explorer(pack)
    rows = [cells(profile, lists=lists) for profile in cohort]
    wanted = expected(explorer, cohort)
    with pytest.MonkeyPatch.context() as patch:
        for way in WAYS:
            forced(patch, way)
            for kind in KINDS:
                found = explorer.explore_frame(frame_of(kind, rows), fields=FIELDS)
                assert rows_of(found) == wanted, (way, kind)


@given(data=st.data())
def test_lens_and_engine_are_kept(data: st.DataObject) -> None:
    """A frame is explored under the lens that was asked for, and by the engine that was chosen."""
    pack = data.draw(packs())
    cohort = data.draw(st.lists(profiles(pack), min_size=1, max_size=4))
    drawn = data.draw(lenses(pack))
    lens: Any = {
        "sources": drawn.sources,
        "jurisdictions": drawn.jurisdictions,
        "as_of": drawn.as_of,
    }
    rows = [cells(profile, lists=False) for profile in cohort]
    reference = Explorer(pack, engine=ReferenceEngine(pack))
    wanted = expected(reference, cohort, **lens)
    with pytest.MonkeyPatch.context() as patch:
        for way in WAYS:
            forced(patch, way)
            for explorer in (Explorer(pack), reference):
                found = explorer.explore_frame(frame_of("polars", rows), fields=FIELDS, **lens)
                assert rows_of(found) == wanted


@pytest.mark.parametrize("way", WAYS)
def test_each_row_of_the_conformance_table_comes_out(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What small profiles must come to, by this way too."""
    explorer = Explorer(load_pack(CONFORMANCE / "pack"))
    table = yaml.safe_load((CONFORMANCE / "table.yaml").read_text(encoding="utf-8"))
    forced(monkeypatch, way)
    for row in table:
        facts = {name: row["profile"].get(name) for name in ("sources", "jurisdictions", "as_of")}
        profile = {"age": None}  # a frame says something of somebody, if only that it is not known
        profile |= {name: value for name, value in row["profile"].items() if name not in facts}
        found = explorer.explore_frame(
            frame_of("pandas", [profile]),
            layout="wide",
            fields=["status", "level", "line"],
            **facts,
        )
        for name, (status, level, line, *_) in row["options"].items():
            said = [found[f"{name}.{field}"][0] for field in ("status", "level", "line")]
            assert [None if one != one else one for one in said] == [status, level, line]  # noqa: PLR0124 - what is not a number


@pytest.mark.slow
def test_the_core_pack_says_the_same_on_its_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of every corner of the core pack."""
    explorer = Explorer()
    cohort = sample(explorer.pack, 60)
    frame = frame_of("polars", [cells(profile, lists=True) for profile in cohort])
    wanted = expected(explorer, cohort)
    for few in (0, 1000):
        monkeypatch.setattr(kernels, "FEW", few)
        assert rows_of(explorer.explore_frame(frame, fields=FIELDS)) == wanted
