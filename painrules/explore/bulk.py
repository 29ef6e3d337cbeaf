"""Many profiles at once: an iterator, or a frame whose rows are profiles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from painrules.errors import ENOUGH, Problem, ProfileError, UnknownWordError, shown
from painrules.exact import exact, first_of
from painrules.given import MOST_WORDS
from painrules.model.profile import Profile

if TYPE_CHECKING:
    from painrules.explore.exploration import Exploration

OnError = Literal["raise", "collect"]
"""What becomes of profiles that cannot be explored."""
FACTS = frozenset(
    {"pain_type", "mechanism", "condition", "age", "duration_months", "severity"}
    | {"present", "absent", "tried", "goals"}
)
"""The facts of a profile, as `explore` calls them."""


def each(
    profiles: Iterable[Profile | Mapping[str, Any]],
    explore: Callable[..., "Exploration"],
    on_error: OnError,
) -> "Iterator[Exploration | ProfileError]":
    """Explores profiles one by one, as they are asked for."""
    how: object = exact(on_error)
    if type(how) is not str or how not in get_args(OnError):
        raise UnknownWordError(on_error, "on_error", ("raise", "collect"))
    every = _iterated(profiles)
    if every is None:
        what = f"{shown(profiles)} is no list of profiles"
        raise ProfileError([Problem("profiles", what, "for one profile there is explore()")])
    return _each(every, explore, on_error)


def _iterated(profiles: Any) -> Iterator[Any] | None:  # noqa: ANN401 - whatever is given
    """What gives one profile after the other; None if that is not what it does."""
    if isinstance(profiles, Profile | Mapping | str | bytes | bytearray):
        return None
    try:
        every: Iterator[Any] = iter(profiles)
    except Exception:  # noqa: BLE001 - anybody's code
        return None
    return every


def _each(
    profiles: Iterator[Profile | Mapping[str, Any]],
    explore: Callable[..., "Exploration"],
    on_error: OnError,
) -> "Iterator[Exploration | ProfileError]":
    for number, profile in enumerate(profiles):
        try:
            yield _one(profile, explore)
        except ProfileError as error:
            named = ProfileError(error.problems, f"profile {number}", more=error.more)
            if on_error == "raise":
                raise named from None
            yield named


def _one(profile: object, explore: Callable[..., "Exploration"]) -> "Exploration":
    if isinstance(profile, Profile):
        return explore(profile)
    if not isinstance(profile, Mapping):
        what = f"{shown(profile)} is neither a Profile nor a mapping"
        hint = "such as {'pain_type': 'chronic', 'age': 72}"
        raise ProfileError([Problem("profile", what, hint)])
    try:
        facts = dict(first_of(profile, MOST_WORDS))
    except Exception as error:  # noqa: BLE001 - a mapping of anybody's making
        what = f"{shown(profile)} cannot be read: {type(error).__name__}"
        raise ProfileError([Problem("profile", what, "give a dict of plain values")]) from None
    unknown = [name for name in facts if name not in FACTS][:ENOUGH]
    if unknown:
        names = ", ".join(sorted(FACTS))
        raise ProfileError(
            [
                Problem(shown(name), "is no fact of a profile", f"there are {names}")
                for name in unknown
            ]
        )
    return explore(**facts)
