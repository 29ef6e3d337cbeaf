"""`explore_many`: an iterator in, an iterator out."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

import painrules
from painrules import Exploration, Profile, ProfileError


def test_explorations_come_in_order_and_only_as_far_as_they_are_asked_for() -> None:
    """An endless iterator is fine: nothing is kept, nothing runs ahead."""
    taken = []

    def endless() -> Iterator[dict[str, Any]]:
        for age in itertools.count():
            taken.append(age)
            yield {"age": age}

    found = list(itertools.islice(painrules.explore_many(endless()), 3))

    assert [one.profile.age_years for one in found if isinstance(one, Exploration)] == [0, 1, 2]
    assert taken == [0, 1, 2]


def test_each_says_what_explore_says() -> None:
    """Profiles and mappings, one lens for all."""
    profile = Profile(pain_type="chronic", mechanisms=["neuropathic"])
    profiles: list[Any] = [profile, {"pain_type": "chronic", "mechanism": "neuropathic"}]
    (first, second) = painrules.explore_many(profiles, as_of=2018)

    assert first == second == painrules.explore("chronic", "neuropathic", as_of=2018)


def test_an_error_names_the_profile_and_what_came_before_it_is_there() -> None:
    """The first two are explored, the third is named."""
    profiles: list[dict[str, Any]] = [
        {"age": 1},
        {"age": 2},
        {"age": 300, "pain_type": "cronic"},
        {"age": 4},
    ]
    found = painrules.explore_many(profiles)

    assert [next(found), next(found)] == [painrules.explore(age=1), painrules.explore(age=2)]
    with pytest.raises(ProfileError) as caught:
        next(found)
    assert str(caught.value) == (
        "profile 2 has 2 problems\n"
        "pain_type: 'cronic' is not a known pain type\n"
        "    hint: did you mean 'chronic'?\n"
        "age: 300 is not between 0 and 130"
    )


def test_errors_stand_in_the_place_of_explorations_if_wanted() -> None:
    """So that the rest goes through, and each can be put beside its profile."""
    wrong = {"colour": "red"}
    profiles: list[Any] = [{"age": 1}, wrong, 7, {"age": 2}]
    found = list(painrules.explore_many(profiles, on_error="collect"))

    assert [type(one).__name__ for one in found] == [
        "Exploration",
        "ProfileError",
        "ProfileError",
        "Exploration",
    ]
    assert str(found[1]).startswith("profile 1 has 1 problem\n'colour': is no fact of a profile")
    assert str(found[2]).startswith("profile 2 has 1 problem\nprofile: 7 is neither a Profile")


@pytest.mark.parametrize("one", [{"age": 3}, Profile(age_years=3), "chronic"])
def test_a_single_profile_is_pointed_to_explore(one: Any) -> None:  # noqa: ANN401 - wrong on purpose
    """A mapping is iterable too: its keys would be taken for profiles."""
    with pytest.raises(ProfileError, match="for one profile there is explore"):
        painrules.explore_many(one)
    with pytest.raises(painrules.UnknownWordError):
        painrules.explore_many([], on_error="skip")  # type: ignore[arg-type]
