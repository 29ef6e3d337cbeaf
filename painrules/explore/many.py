"""`explore_many` and `explore_frame` with the core pack."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from painrules.errors import ProfileError
from painrules.explore.bulk import OnError
from painrules.explore.exploration import Exploration
from painrules.explore.explorer import core_explorer
from painrules.explore.likes import DateLike, Words
from painrules.model.profile import Profile


def explore_many(
    profiles: Iterable[Profile | Mapping[str, Any]],
    *,
    on_error: OnError = "raise",
    sources: Words = None,
    jurisdictions: Words = None,
    as_of: DateLike = None,
) -> Iterator[Exploration | ProfileError]:
    """Explores many pain problems with the core pack, one after the other: for education, never advice.

    Nothing is kept: profiles may come from an endless iterator, and each is explored when its exploration is asked for.

    Args:
        profiles: Profiles, or mappings with the facts of one as `explore` calls them.
        on_error: ``raise`` ends at the first profile that cannot be explored; ``collect`` gives its error in the
            place of its exploration, and goes on.
        sources: Only positions of these sources speak.
        jurisdictions: Only positions of sources of these jurisdictions speak.
        as_of: Only positions that counted on this date speak; a year means its last day.

    Yields:
        The explorations, in the order of the profiles.

    Raises:
        ProfileError: If a profile cannot be explored; it says which, counting from 0.

    >>> profiles = [{"pain_type": "acute"}, {"condition": "sciatica", "age": 40}]
    >>> [len(result.listed) > 0 for result in explore_many(profiles)]
    [True, True]
    >>> [
    ...     type(one).__name__
    ...     for one in explore_many([{"age": 400}, {"age": 40}], on_error="collect")
    ... ]
    ['ProfileError', 'Exploration']
    """
    return core_explorer().explore_many(
        profiles, on_error=on_error, sources=sources, jurisdictions=jurisdictions, as_of=as_of
    )


def explore_frame(  # noqa: PLR0913 - each by name
    frame: Any,  # noqa: ANN401 - of any library
    *,
    columns: Mapping[str, str | None] | None = None,
    keep: Iterable[str] | None = None,
    options: Words = None,
    fields: Words = None,
    layout: Literal["long", "wide"] = "long",
    on_error: OnError = "raise",
    separator: str = ";",
    progress: bool | None = None,
    sources: Words = None,
    jurisdictions: Words = None,
    as_of: DateLike = None,
) -> Any:  # noqa: ANN401 - a frame of the same kind
    """Explores each row of a dataframe with the core pack: for education, never advice.

    The frame may be one of pandas, Polars (lazy too), PyArrow, DuckDB, Dask or PySpark; the answer is one of the same
    kind. What is lazy stays lazy: nothing is worked out before it is asked for, and then where the rows are.

    A column says what its name says: an argument of `explore` (``pain_type``, ``condition``, ``age`` ...), the id of
    a factor or red flag (yes or no), or ``tried.`` with an option (what came of it). An empty cell is unknown. Cells
    hold the words that `explore` understands.

    Args:
        frame: The rows.
        columns: What is said, to the column that says it, where names differ; None for a column that is to be left out.
        keep: Columns that are carried over; left out, all that say nothing of the profile.
        options: Only these options; left out, all of the pack.
        fields: What is said of each option: of ``category``, ``label``, ``status``, ``level``, ``line``,
            ``agreement``, ``definite``, ``safety``, ``listed``, ``deferred``, ``positions``, ``cautions`` and
            ``ask_about``.
        layout: ``long``: a row for each profile and each option that positions in force speak of, as in `options` of
            an exploration; ``wide``: a row for each profile, with a column for each option.
        on_error: ``raise`` ends with an error that lists rows that are no profiles; ``collect`` adds a column
            ``problem`` that says what is wrong with a row, and goes on.
        separator: What stands between several words in one cell; a cell may hold a list, too.
        progress: Whether a bar is shown on standard error; left out, if that is a terminal and it takes long.
        sources: Only positions of these sources speak.
        jurisdictions: Only positions of sources of these jurisdictions speak.
        as_of: Only positions that counted on this date speak; a year means its last day.

    Returns:
        A frame of the same kind: ``row`` (the number of the row, where rows have one), what is carried over, ``mode``,
        the fields, and ``about``, which says what it is and what it comes from.

    Raises:
        FrameError: If the columns do not make profiles, or rows are no profiles.
        MissingExtraError: If the extra `frames` is not installed.

    >>> import pandas
    >>> cohort = pandas.DataFrame(
    ...     {"who": ["a", "b"], "pain_type": "chronic", "condition": ["sciatica", None]}
    ... )
    >>> found = explore_frame(cohort, options=["gabapentinoids", "exercise"], layout="wide")
    >>> found[["who", "gabapentinoids", "exercise"]].values.tolist()
    [['a', 'not_supported', 'supported'], ['b', 'not_mentioned', 'supported']]
    """
    return core_explorer().explore_frame(
        frame,
        columns=columns,
        keep=keep,
        options=options,
        fields=fields,
        layout=layout,
        on_error=on_error,
        separator=separator,
        progress=progress,
        sources=sources,
        jurisdictions=jurisdictions,
        as_of=as_of,
    )
