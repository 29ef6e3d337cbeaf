"""Many profiles at once: an iterator, or a frame whose rows are profiles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from painrules.errors import Problem, ProfileError, UnknownWordError, shown
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
    if on_error not in get_args(OnError):
        raise UnknownWordError(on_error, "on_error", ("raise", "collect"))
    if isinstance(profiles, Profile | Mapping | str):
        what = f"{shown(profiles)} is no list of profiles"
        raise ProfileError([Problem("profiles", what, "for one profile there is explore()")])
    return _each(profiles, explore, on_error)


def _each(
    profiles: Iterable[Profile | Mapping[str, Any]],
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
    unknown = [name for name in profile if name not in FACTS]
    if unknown:
        names = ", ".join(sorted(FACTS))
        raise ProfileError(
            [
                Problem(shown(name), "is no fact of a profile", f"there are {names}")
                for name in unknown
            ]
        )
    return explore(**profile)
