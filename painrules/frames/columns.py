"""Which column of a frame says what of a profile: by its name, or by a mapping."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from painrules.errors import FrameError, Problem, near_miss, shown
from painrules.given import plain_text, several
from painrules.model.pack import Pack

NUMBERS = ("age", "duration_months", "severity")
"""What a number stands for, as `explore` calls it."""
WORDS = ("pain_type", "mechanism", "condition", "present", "absent", "goals")
"""What one word, or several, stand for."""
ARGUMENTS = (*WORDS, *NUMBERS, "tried")
"""All of them; besides, a column may be about one factor, one red flag, or one thing that was tried."""
ALSO = {"mechanisms": "mechanism", "conditions": "condition", "age_years": "age"}
"""The names of the fields of a profile, where `explore` has others."""
TRIED = "tried."
"""What the name of a column begins with that says what came of one option or category."""
ALIKE = 0.84
"""How much the name of a column has to be like that of an argument to be taken for a slip."""


class Use(NamedTuple):
    """What one column says."""

    column: str
    """The name of the column."""
    role: str
    """An argument of `explore`, or `fact`, or `outcome`."""
    name: str = ""
    """The factor, red flag, option or category that it is about."""


class Columns(NamedTuple):
    """How the columns of a frame are used."""

    uses: tuple[Use, ...]
    """Those that say something of the profile."""
    kept: tuple[str, ...]
    """Those that are carried over."""


def read_columns(
    names: Sequence[str],
    pack: Pack,
    mapping: Mapping[str, str | None] | None,
    keep: Iterable[str] | None,
) -> Columns:
    """How the columns of a frame are used.

    Args:
        names: The names of its columns.
        pack: The pack whose factors and red flags columns may be called after.
        mapping: What a column says, to the name of the column; None: no column says that.
        keep: The columns that are carried over; left out, all that say nothing of the profile.

    Raises:
        FrameError: If a column is not there, or nobody knows what it says.
    """
    asked = {} if mapping is None else dict(mapping)
    problems: list[Problem] = []
    uses: dict[str, Use] = {}
    for word, column in asked.items():
        found = _meant(word, pack)
        if found is None:
            near = near_miss(word, _known(pack))
            hint = f"did you mean '{near}'?" if near else f"there are {', '.join(ARGUMENTS)}"
            problems.append(
                Problem("columns", f"{shown(word)} is nothing that a column says", hint)
            )
        elif column is not None and column not in names:
            problems.append(Problem("columns", *_missing(column, names)))
        elif found in uses:
            problems.append(Problem("columns", f"{shown(word)} is mapped twice"))
        else:
            uses[found] = Use(column or "", *_parts(found))
    mapped = {use.column for use in uses.values()}
    for name in names:
        found = _meant(name, pack)
        if found is not None and found not in uses and name not in mapped:
            uses[found] = Use(name, *_parts(found))
    kept = _kept(names, [use.column for use in uses.values()], keep, problems)
    used = tuple(use for use in uses.values() if use.column)
    if not used and not problems:
        hint = f"name columns {', '.join(ARGUMENTS)}, or after factors; or map them: columns={{'age': 'AGE'}}"
        problems.append(Problem("columns", "none of them says anything of a profile", hint))
    if problems:
        raise FrameError(problems)
    return Columns(used, kept)


def _kept(
    names: Sequence[str], used: list[str], keep: Iterable[str] | None, problems: list[Problem]
) -> tuple[str, ...]:
    if keep is None:
        rest = [name for name in names if name not in used]
        for name in rest:
            near = get_close_matches(_plain(str(name)), [*ARGUMENTS, *ALSO], n=1, cutoff=ALIKE)
            if near:
                hint = f"did you mean '{near[0]}'? if not, name it in keep=[...]"
                problems.append(
                    Problem("columns", f"nothing is known of column {shown(name)}", hint)
                )
        return tuple(rest)
    if isinstance(keep, str):
        keep = (keep,)
    kept = tuple(dict.fromkeys(keep))
    problems += [Problem("keep", *_missing(name, names)) for name in kept if name not in names]
    return kept


def _missing(column: object, names: Sequence[str]) -> tuple[str, str]:
    near = near_miss(column, names)
    return (
        f"the frame has no column {shown(column)}",
        f"did you mean '{near}'?" if near else "",
    )


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _known(pack: Pack) -> list[str]:
    return [*ARGUMENTS, *pack.factors, *pack.red_flag_signs]


def _meant(name: object, pack: Pack) -> str | None:
    """What a name says, in one spelling: an argument, the id of a factor or red flag, or `tried.` with an option."""
    if not isinstance(name, str):
        return None
    word = _plain(name)
    word = ALSO.get(word, word)
    if word in ARGUMENTS or word in pack.factors or word in pack.red_flag_signs:
        return word
    what = word.removeprefix(TRIED)
    if what != word and (what in pack.interventions or what in pack.categories):
        return word
    return None


def _parts(found: str) -> tuple[str, str]:
    if found in ARGUMENTS:
        return (found, "")
    if found.startswith(TRIED):
        return ("outcome", found.removeprefix(TRIED))
    return ("fact", found)


def wanted_options(
    options: Iterable[str] | str | None, pack: Pack, find: Callable[[str], str]
) -> tuple[str, ...]:
    """The options that are wanted as they are named, or all, in the order of categories and labels.

    Args:
        options: Ids, labels or synonyms.
        pack: The pack.
        find: What finds an option by its word.
    """
    if options is not None:
        named = several("options", options)
        return tuple(dict.fromkeys(find(plain_text("options", name)) for name in named))
    rank = {name: place for place, name in enumerate(pack.category_order)}

    def place(name: str) -> tuple[int, str, str]:
        entry = pack.interventions[name]
        return (rank[entry.category], entry.label.casefold(), name)

    return tuple(sorted(pack.interventions, key=place))
