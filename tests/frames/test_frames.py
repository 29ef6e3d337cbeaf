"""Frames of profiles: which column says what, what is wrong with rows, what comes out."""

import io
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import painrules
from painrules import Explorer, FrameError, PainrulesError, ProfileError, load_pack
from painrules.frames import FIELDS
from painrules.frames.progress import Progress

PACK = Path(__file__).parent.parent / "conformance" / "pack"
COHORT: dict[str, list[Any]] = {
    "who": ["a", "b", "c"],
    "pain_type": ["chronic", "Chronic pain", None],
    "condition": ["sciatica", None, "fibromyalgia"],
    "age": [70, None, 30],
    "asthma": ["no", None, "yes"],
}


@pytest.fixture(scope="module", name="explorer")
def _explorer() -> Explorer:
    return Explorer(load_pack(PACK))


def parts_of(frame: pd.DataFrame, npartitions: int) -> Any:  # noqa: ANN401 - a frame of Dask
    """A frame in parts."""
    return dd.from_pandas(frame, npartitions=npartitions)  # type: ignore[no-untyped-call]


def wide(found: pd.DataFrame, *names: str) -> list[list[object]]:
    """Some columns of a frame of pandas."""
    return [list(row) for row in found[list(names)].astype(object).to_numpy().tolist()]


def test_a_frame_in_is_a_frame_of_the_same_kind_out(explorer: Explorer) -> None:
    """Nobody wants to learn another library for it."""
    table = pa.table(COHORT)
    for frame in (
        pd.DataFrame(COHORT),
        pl.DataFrame(COHORT),
        pl.DataFrame(COHORT).lazy(),
        table,
        duckdb.connect().from_arrow(table),
        parts_of(pd.DataFrame(COHORT), npartitions=2),
        nw.from_native(pl.DataFrame(COHORT)).to_native(),
    ):
        assert type(explorer.explore_frame(frame)) is type(frame)


def test_columns_say_what_their_names_say_or_what_a_mapping_says(explorer: Explorer) -> None:
    """Other people's columns are called otherwise; a factor has a column of its own."""
    renamed = {"who": "who", "pain_type": "kind", "condition": "icd", "age": "AGE IN YEARS"}
    frame = pd.DataFrame(COHORT).rename(columns=renamed)

    found = explorer.explore_frame(
        frame,
        columns={"pain_type": "kind", "condition": "icd", "age": "AGE IN YEARS"},
        layout="wide",
        options=["exercise", "gabapentinoids"],
    )

    assert wide(found, "row", "who", "gabapentinoids") == [
        [0, "a", "not_supported"],
        [1, "b", "not_mentioned"],
        [2, "c", "not_mentioned"],
    ]
    assert list(found.columns) == ["row", "who", "mode", "exercise", "gabapentinoids", "about"]


def test_a_column_may_be_left_out_and_others_carried_over(explorer: Explorer) -> None:
    """None says that a column says nothing; it can still come along."""
    found = explorer.explore_frame(
        pl.DataFrame(COHORT), columns={"condition": None}, keep=["condition", "who"], layout="wide"
    )

    assert found.columns[:4] == ["row", "condition", "who", "mode"]
    assert found["gabapentinoids"].to_list() == ["not_mentioned"] * 3


def test_every_wrong_column_is_named(explorer: Explorer) -> None:
    """A misspelt column would otherwise be a fact that silently nobody knows."""
    frame = pd.DataFrame({"pain_typ": ["acute"], "age": [3]})
    with pytest.raises(FrameError) as slip:
        explorer.explore_frame(frame)
    with pytest.raises(FrameError) as mapped:
        explorer.explore_frame(frame, columns={"agee": "age", "condition": "agge"}, keep=["ag"])
    with pytest.raises(FrameError) as none:
        explorer.explore_frame(pd.DataFrame({"colour": ["red"]}))

    assert str(slip.value) == (
        "the frame has 1 problem\n"
        "columns: nothing is known of column 'pain_typ'\n"
        "    hint: did you mean 'pain_type'? if not, name it in keep=[...]"
    )
    assert str(mapped.value) == (
        "the frame has 3 problems\n"
        "columns: 'agee' is nothing that a column says\n"
        "    hint: did you mean 'age'?\n"
        "columns: the frame has no column 'agge'\n"
        "    hint: did you mean 'age'?\n"
        "keep: the frame has no column 'ag'\n"
        "    hint: did you mean 'age'?"
    )
    assert "none of them says anything of a profile" in str(none.value)
    for frame, told in (
        (pd.DataFrame([[1, 2]], columns=["age", "age"]), "columns: several have the same name"),
        (
            pd.DataFrame({"age": [1], "mode": [2]}),
            "mode: the answer has a column of that name, too",
        ),
    ):
        with pytest.raises(FrameError, match=told):
            explorer.explore_frame(frame)


def test_columns_of_many_types_are_understood(explorer: Explorer) -> None:
    """Categories, dictionaries, whole numbers with gaps, decimals, columns in which nothing stands."""
    kinds = ["acute", None]
    for frame in (
        pd.DataFrame({"pain_type": pd.Categorical(kinds), 0: [1, 2]}, index=["x", "x"]),
        pd.DataFrame({"pain_type": kinds, "age": pd.array([1, None], dtype="Int64")}),
        pd.DataFrame({"pain_type": kinds, "asthma": pd.array([None, True], dtype="boolean")}),
        pd.DataFrame({"pain_type": kinds, "age": [30, ""]}),
        pl.DataFrame({"pain_type": pl.Series(kinds, dtype=pl.Categorical), "age": [None, None]}),
        pl.DataFrame({"pain_type": kinds, "severity": [Decimal("3.5"), None]}),
        pl.DataFrame({"pain_type": kinds, "present": [["asthma", None], []]}),
        pa.table({"pain_type": pa.array(kinds).dictionary_encode(), "age": pa.nulls(2)}),
        pa.concat_tables(
            [pa.table({"pain_type": pa.array([kind], pa.large_string())}) for kind in kinds]
        ),
    ):
        found = explorer.explore_frame(frame, layout="wide", options="nsaids", keep=())
        assert nw.from_native(found)["nsaids"].to_list() == ["supported", "not_mentioned"]


BAD = {
    "who": ["a", "b", "c", "d", "e", "f"],
    "pain_type": ["chronic", "cronic", None, "acute", "acute", "acute"],
    "age": [70.0, None, 400.0, 3.5, 20.0, 12.0],
    "asthma": ["no", None, "yes", "perhaps", "yes", None],
    "absent": [None, None, None, None, "asthma", None],
    "tried": [None, "exercise=helped;exercise=not_enough", None, None, None, "exercise"],
}
REASONS = [
    None,
    (
        "tried: 'exercise=helped;exercise=not_enough' does not say what came of what; "
        "pain_type: 'cronic' is not a known pain type"
    ),
    "age: 400.0 is not between 0 and 130",
    "asthma: 'perhaps' says neither yes nor no; age: 3.5 is not a whole number",
    "absent: 'asthma' is said to be present and absent",
    "tried: 'exercise' does not say what came of what",
]


@pytest.mark.parametrize(
    "kind", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "pyarrow"]
)
def test_bad_rows_say_what_is_wrong_with_them_and_the_rest_goes_through(
    kind: Any,  # noqa: ANN401 - of any library
    explorer: Explorer,
) -> None:
    """One bad row among a million stops nothing, and is found again."""
    found = explorer.explore_frame(kind(BAD), on_error="collect", layout="wide")
    table = nw.from_native(found, eager_only=True)

    told = [one if isinstance(one, str) else None for one in table["problem"].to_list()]
    assert told == REASONS
    assert table["exercise"].is_null().to_list() == [False, *[True] * 5]


def test_a_bad_row_is_an_error_with_its_number_and_every_reason(explorer: Explorer) -> None:
    """The message is the one that `explore` has, with the row before it."""
    with pytest.raises(FrameError) as caught:
        explorer.explore_frame(pl.DataFrame(BAD).head(3))

    assert str(caught.value) == (
        "the frame has 3 problems\n"
        "row 1: tried: 'exercise=helped;exercise=not_enough' does not say what came of what\n"
        "    hint: write option=outcome, several with ';' between\n"
        "row 1: pain_type: 'cronic' is not a known pain type\n"
        "    hint: did you mean 'chronic'?\n"
        "row 2: age: 400.0 is not between 0 and 130"
    )
    assert isinstance(caught.value, ProfileError)


def test_numbers_that_are_none_are_not_taken_for_numbers(explorer: Explorer) -> None:
    """Not a number is missing where a library means that by it, else it is wrong."""
    nan = float("nan")
    assert (
        explorer.explore_frame(pd.DataFrame({"age": [nan, 3.0]}), layout="wide")["mode"]
        .notna()
        .all()
    )
    with pytest.raises(FrameError, match="row 0: age: nan is not between 0 and 130"):
        explorer.explore_frame(pl.DataFrame({"age": [nan, 3.0]}))
    with pytest.raises(FrameError, match="row 1: severity: 'bad' is not a number"):
        explorer.explore_frame(pl.DataFrame({"severity": ["7.5", "bad"]}))


def test_cells_hold_words_lists_and_mappings(explorer: Explorer) -> None:
    """Several words in a cell: in a list, or with a separator; what was tried: in a mapping, or written out."""
    wanted = ["supported", "supported"]
    for frame, more in (
        (pl.DataFrame({"mechanism": [["nociceptive", "nociplastic"], ["nociceptive"]]}), ";"),
        (
            pd.DataFrame({"mechanism": ["nociceptive | nociplastic", ("nociceptive",)]}),
            "|",
        ),
        (pa.table({"mechanism": [["nociceptive", "nociplastic"], ["nociceptive"]]}), ";"),
        (pl.DataFrame({"mechanism": ["nociceptive;", "Nociceptive "]}), ";"),
    ):
        found = explorer.explore_frame(frame, layout="wide", fields="listed", separator=more)
        assert nw.from_native(found)["nerve_block"].to_list() == [
            word == "supported" for word in wanted
        ]
    for tried in ({"tried": [{"exercise": "not_enough"}]}, {"tried.exercise": ["not_enough"]}):
        assert len(explorer.explore_frame(pd.DataFrame({"pain_type": ["acute"]} | tried))) > 0


def test_an_empty_frame_has_all_columns(explorer: Explorer) -> None:
    """A cohort of nobody is no error."""
    full = explorer.explore_frame(pl.DataFrame(COHORT))
    none = explorer.explore_frame(pl.DataFrame(COHORT).head(0))

    assert none.schema == full.schema
    assert len(none) == 0


def test_a_lazy_frame_works_out_what_is_asked_for(explorer: Explorer) -> None:
    """Selecting, filtering and counting go through to the answers."""
    lazy = explorer.explore_frame(pl.DataFrame(COHORT).lazy(), fields=FIELDS)
    eager = explorer.explore_frame(pl.DataFrame(COHORT), fields=FIELDS)

    assert lazy.collect().equals(eager)
    assert lazy.select("who", "status").collect().equals(eager.select("who", "status"))
    assert (
        lazy.filter(pl.col("line") == "first")
        .select("option")
        .collect()
        .equals(eager.filter(pl.col("line") == "first").select("option"))
    )
    assert lazy.head(2).collect().equals(eager.head(2))
    assert lazy.select(pl.len()).collect().item() == len(eager)


def test_a_relation_can_be_asked_twice(explorer: Explorer) -> None:
    """A stream that runs dry would answer with nothing the second time."""
    relation = explorer.explore_frame(duckdb.connect().from_arrow(pa.table(COHORT)))
    counted = [relation.aggregate("count(*)").fetchall() for _ in range(2)]

    assert counted[0] == counted[1] == [(len(explorer.explore_frame(pa.table(COHORT))),)]


def test_dask_says_the_same_and_works_out_nothing_beforehand(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is answered where it is; nothing is collected before it is asked for."""
    frame = parts_of(pd.DataFrame(COHORT), npartitions=2)

    def refuse(*_args: object, **_kwargs: object) -> None:
        pytest.fail("it was computed")

    with monkeypatch.context() as patch:
        patch.setattr("dask.base.compute", refuse)
        found = explorer.explore_frame(frame, fields=FIELDS)
    whole = explorer.explore_frame(pd.DataFrame(COHORT), fields=FIELDS).drop(columns="row")

    computed = found.compute(scheduler="threads").reset_index(drop=True)
    pd.testing.assert_frame_equal(computed.astype(object), whole.astype(object))
    with pytest.raises(PainrulesError, match="no column is left to tell them apart"):
        explorer.explore_frame(frame, keep=())


def test_what_goes_to_other_processes_comes_back_the_same(explorer: Explorer) -> None:
    """Workers get the work by pickle."""
    found = explorer.explore_frame(parts_of(pd.DataFrame(COHORT), npartitions=1))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own

    pd.testing.assert_frame_equal(found.compute(), again.compute())


def test_a_lens_is_kept(explorer: Explorer) -> None:
    """As with `explore`: what counted on a day, for whom it counts."""
    frame = pd.DataFrame({"pain_type": ["chronic"], "mechanism": ["neuropathic"]})
    found = explorer.explore_frame(frame, layout="wide", options="opioids", as_of=2018)
    now = explorer.explore_frame(frame, layout="wide", options="opioids")

    assert (found["opioids"][0], now["opioids"][0]) == ("supported", "contested")


def test_wide_frames_have_a_column_for_each_option_and_field(explorer: Explorer) -> None:
    """One field: the option's name; several: with the field behind it."""
    frame = pd.DataFrame({"pain_type": ["acute"], "asthma": [True]})
    found = explorer.explore_frame(
        frame, layout="wide", options=["nsaids"], fields=["status", "safety", "cautions", "listed"]
    )

    assert wide(found, "nsaids.status", "nsaids.safety", "nsaids.cautions", "nsaids.listed") == [
        ["supported", "contraindicated", "c2", False]
    ]


def test_other_things_are_refused_with_the_words_to_use(explorer: Explorer) -> None:
    """Each wrong argument says what it could have been."""
    frame = pd.DataFrame(COHORT)
    for wrong, told in (
        ({"layout": "broad"}, "'broad' is not a known layout"),
        ({"on_error": "ignore"}, "'ignore' is not a known on_error"),
        ({"fields": ["stauts"]}, "'stauts' is not a known field; did you mean 'status'?"),
        (
            {"options": ["exercisse"]},
            "'exercisse' is not a known intervention; did you mean 'exercise'?",
        ),
    ):
        with pytest.raises(PainrulesError) as caught:
            explorer.explore_frame(frame, **wrong)
        assert str(caught.value) == told
    with pytest.raises(PainrulesError, match="is not a dataframe"):
        explorer.explore_frame(COHORT)


def test_each_row_says_what_it_is_and_where_it_comes_from(explorer: Explorer) -> None:
    """Notice, pack and version go along, whatever becomes of the frame."""
    (said,) = set(explorer.explore_frame(pd.DataFrame(COHORT))["about"])
    pack = explorer.pack

    assert said == (
        f"{pack.notice.split('.')[0]}. painrules {pack.id} {pack.version} {pack.digest[:16]}, schema 1"
    )


def test_one_exploration_is_a_frame_too(explorer: Explorer) -> None:
    """With the columns that a frame of many has."""
    result = explorer.explore("chronic", condition="sciatica", age=70, absent=["asthma"])
    one = result.to_frame("pandas")
    many = explorer.explore_frame(
        pd.DataFrame(COHORT).head(1), fields=FIELDS, keep=(), options=[view.id for view in result]
    )

    pd.testing.assert_frame_equal(
        one.astype(object), many[list(one.columns)].astype(object).reset_index(drop=True)
    )
    with pytest.raises(painrules.MissingExtraError, match="this needs 'excel'"):
        result.to_frame("excel")  # type: ignore[arg-type]


def test_a_bar_is_drawn_only_on_a_terminal_and_for_long_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Logs stay free of it."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("painrules.frames.progress.PATIENCE", 0.0)
    with Progress(10) as silent:
        silent.reached(5)
    assert stream.getvalue() == ""
    for total in (10, None):
        with Progress(total, shown=True) as bar:
            bar.reached(5)
    assert " 50%  5 of 10 rows" in stream.getvalue()
