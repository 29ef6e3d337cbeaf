"""The arguments of `explore`, checked: a profile and a lens, or one error with every problem."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import islice
from typing import Any, TypeVar, cast

from painrules.errors import ENOUGH, Problem, ProfileError, enumerated, shown
from painrules.exact import exact, first_of
from painrules.explore.likes import (
    DateLike,
    EngineName,
    MechanismLike,
    MechanismsLike,
    OutcomeLike,
    PainTypeLike,
    Words,
)
from painrules.explore.words import WordBook
from painrules.given import MOST_WORDS
from painrules.model.dates import last_day
from painrules.model.facts import OTHER
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens
from painrules.vocab import Mechanism, Outcome, PainType

__all__ = [
    "DateLike",
    "EngineName",
    "MechanismLike",
    "MechanismsLike",
    "OutcomeLike",
    "PainTypeLike",
    "Reader",
    "Words",
    "check_profile",
    "read_lens",
    "read_profile",
]

_PAIN_TYPES = tuple(value.value for value in PainType)
_MECHANISMS = tuple(value.value for value in Mechanism)
_OUTCOMES = tuple(value.value for value in Outcome)

F = TypeVar("F", bound=Callable[..., Any])


def _guarded(nothing: Callable[[], object]) -> Callable[[F], F]:
    """Makes a method tell whatever goes wrong with an argument as a problem: objects may be of anybody's making.

    Args:
        nothing: What makes that which the method gives in that case.
    """

    def guarded(read: F) -> F:
        @wraps(read)
        def reading(self: "Reader", given: object, where: str, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - those of the method
            try:
                return read(self, given, where, *rest, **named)
            except Exception as error:  # noqa: BLE001 - anybody's code
                what = f"{shown(given)} cannot be read: {type(error).__name__}"
                self.problems.append(Problem(where, what, "give plain texts, numbers and lists"))
                return nothing()

        return cast("F", reading)

    return guarded


class Reader:
    """Reads the arguments of one exploration, and gathers what is wrong with them."""

    def __init__(self, book: WordBook) -> None:
        self._book = book
        self.problems: list[Problem] = []

    @property
    def full(self) -> bool:
        """Whether there are so many problems that no more are looked for."""
        return len(self.problems) >= ENOUGH

    def _taken(self, found: str | Problem) -> str | None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def words(self, given: object, where: str) -> tuple[object, ...]:
        """One word or several, as a tuple."""
        if given is None:
            return ()
        if type(given) is str:
            return (given,)
        given = exact(given)
        if isinstance(given, str):
            return (given,)
        if isinstance(given, Mapping | bytes | bytearray) or not isinstance(given, Iterable):
            what = f"{shown(given)} is neither a word nor a list of words"
            self.problems.append(Problem(where, what))
            return ()
        found = tuple(map(exact, islice(given, MOST_WORDS + 1)))
        if len(found) > MOST_WORDS:
            self.problems.append(Problem(where, f"there are more than {MOST_WORDS:,} words"))
            return ()
        if isinstance(given, set | frozenset):
            found = tuple(sorted(found, key=shown))
        return found

    @_guarded(list)
    def closed(self, given: object, where: str, kind: str, values: tuple[str, ...]) -> list[str]:
        """Words of a closed vocabulary."""
        found = []
        for word in self.words(given, where):
            if self.full:
                break
            value = self._taken(self._book.enumerated(word, kind, values, where))
            if value is not None:
                found.append(value)
        return found

    @_guarded(list)
    def named(self, given: object, where: str, kinds: tuple[str, ...], noun: str) -> list[str]:
        """Words of an open vocabulary."""
        found = []
        for word in self.words(given, where):
            if self.full:
                break
            name = self._taken(self._book.find(word, kinds, noun, where))
            if name is not None:
                found.append(name)
        return found

    @_guarded(lambda: None)
    def number(self, given: Any, where: str, most: int, *, whole: bool) -> Any:  # noqa: ANN401 - a number or None
        """A number in range."""
        if given is None:
            return None
        given = exact(given)
        if isinstance(given, bool) or not isinstance(given, int | float):
            self.problems.append(Problem(where, f"{shown(given)} is not a number"))
        elif not 0 <= given <= most:
            self.problems.append(Problem(where, f"{shown(given)} is not between 0 and {most}"))
        elif whole and given != int(given):
            what = f"{shown(given)} is not a whole number"
            self.problems.append(Problem(where, what, "age counts completed years"))
        else:
            return int(given) if given == int(given) else given
        return None

    def facts(self, present: object, absent: object) -> tuple[dict[str, bool], dict[str, bool]]:
        """Factors and red flags known to be there, and known not to be there."""
        kinds = ("factors", "red_flag_signs")
        noun = "factor or red flag"
        yes = dict.fromkeys(self.named(present, "present", kinds, noun), True)
        no = dict.fromkeys(self.named(absent, "absent", kinds, noun), False)
        for name in sorted(yes.keys() & no.keys()):
            what = f"'{name}' is said to be present and absent"
            self.problems.append(
                Problem("absent", what, "say one of them, or neither if it is not known")
            )
        both = {**no, **yes}
        signs = self._book.names("red_flag_signs")
        return (
            {name: value for name, value in both.items() if name not in signs},
            {name: value for name, value in both.items() if name in signs},
        )

    @_guarded(dict)
    def tried(self, given: object, where: str) -> dict[str, str]:
        """What was tried, and what came of it."""
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            what = f"{shown(given)} is not a mapping of options to what came of them"
            self.problems.append(Problem(where, what, "such as {'exercise': 'not_enough'}"))
            return {}
        entries = first_of(given, MOST_WORDS + 1)
        if len(entries) > MOST_WORDS:
            self.problems.append(Problem(where, f"there are more than {MOST_WORDS:,} words"))
            return {}
        found: dict[str, str] = {}
        for word, outcome in entries:
            if self.full:
                break
            kinds = ("interventions", "categories")
            name = self._taken(self._book.find(word, kinds, "option or category", where))
            value = self._taken(self._book.enumerated(outcome, "", _OUTCOMES, where))
            if name is None or value is None:
                continue
            if found.get(name, value) != value:
                self.problems.append(
                    Problem(where, f"'{name}' is named twice, with different outcomes")
                )
            found[name] = value
        return found

    @_guarded(list)
    def sources(self, given: object, where: str) -> list[str]:
        """Sources that speak."""
        known: list[str] = []
        rest: list[object] = []
        for word in self.words(given, where):
            if isinstance(word, str) and word.lower() in self._book.names("sources"):
                known.append(word.lower())
            else:
                rest.append(word)
        return known + self.named(rest, where, ("sources",), "source")

    @_guarded(list)
    def jurisdictions(self, given: object, where: str) -> list[str]:
        """Jurisdictions whose sources speak."""
        known = sorted(self._book.names("jurisdictions"))
        by_word = {place.casefold(): place for place in known}
        found = []
        for word in self.words(given, where):
            if self.full:
                break
            if isinstance(word, str) and word.strip().casefold() in by_word:
                found.append(by_word[word.strip().casefold()])
            else:
                what = f"{shown(word)} is not a jurisdiction of any source"
                self.problems.append(Problem(where, what, f"there are {enumerated(known)}"))
        return found

    @_guarded(lambda: None)
    def day(self, given: object, where: str) -> dt.date | None:
        """A day; a year means its last day."""
        if given is None:
            return None
        hint = "write a date, or a year such as 2018, which means its last day"
        given = exact(given)
        if isinstance(given, dt.date) and given == given:  # noqa: PLR0124 - pandas has a day that is none
            return dt.date(given.year, given.month, given.day)
        if isinstance(given, int | str) and not isinstance(given, bool):
            try:
                return last_day(str(given))
            except ValueError:
                pass
        self.problems.append(Problem(where, f"{shown(given)} is not a date", hint))
        return None


def read_profile(  # noqa: PLR0913 - the arguments of `explore`
    book: WordBook,
    *,
    pain_type: object = None,
    mechanism: object = None,
    condition: object = None,
    age: object = None,
    duration_months: object = None,
    severity: object = None,
    present: object = None,
    absent: object = None,
    tried: object = None,
    goals: object = None,
) -> Profile:
    """The profile that the arguments of `explore` describe.

    Raises:
        ProfileError: If anything is unknown, impossible or contradictory; it lists every problem.
    """
    reader = Reader(book)
    types = reader.closed(pain_type, "pain_type", "pain_types", _PAIN_TYPES)
    if len(set(types)) > 1:
        what = f"one pain problem has one pain type, not {len(set(types))}"
        reader.problems.append(Problem("pain_type", what, "two problems are two profiles"))
    mechanisms = reader.closed(mechanism, "mechanism", "mechanisms", _MECHANISMS)
    conditions = reader.named(condition, "condition", ("conditions",), "condition")
    years = reader.number(age, "age", 130, whole=True)
    months = reader.number(duration_months, "duration_months", 1560, whole=False)
    intensity = reader.number(severity, "severity", 10, whole=False)
    factors, red_flags = reader.facts(present, absent)
    outcomes = reader.tried(tried, "tried")
    wanted = reader.named(goals, "goals", ("goals",), "goal")
    if reader.problems:
        raise ProfileError(reader.problems, more=reader.full)
    return Profile(
        pain_type=types[0] if types else None,
        mechanisms=frozenset(mechanisms),
        conditions=frozenset(conditions),
        age_years=years,
        duration_months=months,
        severity=intensity,
        factors=factors,
        tried=outcomes,
        goals=frozenset(wanted),
        red_flags=red_flags,
    )


def check_profile(profile: Profile, book: WordBook) -> None:
    """Whether a pack knows all that a profile names.

    Raises:
        ProfileError: If it does not; it lists every problem.
    """
    if not issubclass(type(profile), Profile):  # what only says that it is one
        what = f"{shown(profile)} is no Profile"
        raise ProfileError([Problem("profile", what, "make one with painrules.Profile(...)")])
    problems = []
    wanted = (
        ("conditions", profile.conditions - {OTHER}, ("conditions",), "condition"),
        ("factors", profile.factors, ("factors",), "factor"),
        ("red_flags", profile.red_flags, ("red_flag_signs",), "red flag"),
        ("tried", profile.tried, ("interventions", "categories"), "option or category"),
        ("goals", profile.goals, ("goals",), "goal"),
    )
    for where, names, kinds, noun in wanted:
        for name in sorted(set(names).difference(*map(book.names, kinds))):
            found = book.find(name, kinds, noun, where)
            if not isinstance(found, Problem):
                found = Problem(where, f"{shown(name)} is not an id", f"write '{found}'")
            problems.append(found)
    if problems:
        raise ProfileError(problems)


def read_lens(book: WordBook, sources: Words, jurisdictions: Words, as_of: DateLike) -> Lens:
    """The lens that the arguments of `explore` describe.

    Raises:
        ProfileError: If a source or jurisdiction is unknown, or a date is none; it lists every problem.
    """
    if sources is None and jurisdictions is None and as_of is None:
        return EVERYTHING
    reader = Reader(book)
    named = None
    if sources is not None:
        named = frozenset(reader.sources(sources, "sources"))
    places = None
    if jurisdictions is not None:
        places = frozenset(reader.jurisdictions(jurisdictions, "jurisdictions"))
    day = reader.day(as_of, "as_of")
    if reader.problems:
        raise ProfileError(reader.problems, "the lens", more=reader.full)
    return Lens(sources=named, jurisdictions=places, as_of=day)
