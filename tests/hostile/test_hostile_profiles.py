"""Arguments that mean harm, or were simply never meant: a `ProfileError` with every problem, or a right answer.

Most rule engines take nan, True or "72" for an age and answer wrongly; this one answers, or says why it does not.
"""

import datetime as dt
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import painrules
from painrules import Exploration, Explorer, PainrulesError, Profile, ProfileError, load_pack
from painrules.errors import ENOUGH, UNSAFE
from painrules.given import MOST_WORDS
from painrules.teach import Quiz, quiz

PACK = Path(__file__).parents[1] / "conformance" / "pack"
EXPLORER = Explorer(load_pack(PACK))
SECONDS = 60
HUGE = 10**6_000
"""Longer than Python writes out."""

ARGUMENTS = (
    "pain_type",
    "mechanism",
    "condition",
    "age",
    "duration_months",
    "severity",
    "present",
    "absent",
    "tried",
    "goals",
    "sources",
    "jurisdictions",
    "as_of",
)


class Liar(str):
    """A text that says that it is another."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """It is like anything."""
        return True

    __hash__ = str.__hash__


class Broken:
    """A thing that cannot be shown, ordered or asked whether it is true."""

    def _refuse(self, *_: object) -> NoReturn:
        message = "broken"
        raise RuntimeError(message)

    __repr__ = __str__ = __lt__ = __bool__ = _refuse


class Breaking(str):
    """A text that breaks off whoever compares, measures or shows it."""

    __slots__ = ()

    def _refuse(self, *_: object) -> NoReturn:
        message = "breaking"
        raise RuntimeError(message)

    __eq__ = __hash__ = __len__ = __iter__ = __repr__ = __str__ = __format__ = __getitem__ = _refuse
    strip = lower = casefold = isprintable = _refuse


class Boundless(float):
    """A number that says that it is within all bounds."""

    __slots__ = ()

    def _agree(self, _other: object) -> bool:
        return True

    __lt__ = __le__ = __gt__ = __ge__ = _agree


class BreakingNumber(int):
    """A number that breaks off whoever compares, converts or shows it."""

    def _refuse(self, *_: object) -> NoReturn:
        message = "breaking"
        raise RuntimeError(message)

    __eq__ = __hash__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __int__ = __index__ = __repr__ = __str__ = bit_length = _refuse


class BreakingDay(dt.date):
    """A day that breaks off whoever compares it."""

    def _refuse(self, *_: object) -> NoReturn:
        message = "breaking"
        raise RuntimeError(message)

    __eq__ = __hash__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse


class Unreadable:
    """A thing that says that it can be gone through, and cannot."""

    def __iter__(self) -> NoReturn:
        """It breaks off."""
        message = "unreadable"
        raise OSError(message)


class Pretender:
    """A thing that says that it is of another class."""

    def __init__(self, kind: type) -> None:
        self._kind = kind

    @property  # type: ignore[misc]  # that is the point
    def __class__(self) -> type:
        """What it is not."""
        return self._kind


class Table(Mapping[Any, Any]):
    """A mapping without end, or one that breaks off."""

    def __init__(self, *, ends: bool) -> None:
        self._ends = ends

    def __getitem__(self, key: object) -> str:
        """Always the same."""
        return "helped"

    def __iter__(self) -> Iterator[Any]:
        """Names without end."""
        if self._ends:
            message = "broken table"
            raise RuntimeError(message)
        return endless("exercise")

    def __len__(self) -> int:
        """It says that it is small."""
        return 1


def endless(word: object) -> Iterator[object]:
    """A word again and again; whoever goes on reading is stopped before memory is full."""
    for _ in range(100_000):
        yield word
    message = "somebody reads on and on"
    raise AssertionError(message)


def endless_list() -> list[object]:
    """A list that holds itself."""
    found: list[object] = []
    found.append(found)
    return found


HOSTILE: dict[str, Callable[[], object]] = {
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "minus inf": lambda: float("-inf"),
    "1e400": lambda: 1e400,
    "true": lambda: True,
    "false": lambda: False,
    "minus one": lambda: -1,
    "number in quotes": lambda: "72",
    "huge": lambda: HUGE,
    "huge and negative": lambda: -HUGE,
    "list of huge": lambda: [HUGE],
    "complex": lambda: 1 + 2j,
    "decimal": lambda: Decimal("NaN"),
    "fraction": lambda: Fraction(1, 3),
    "empty text": lambda: "",
    "spaces": lambda: " \t\n",
    "underscores": lambda: "___",
    "one million letters": lambda: "x" * 1_000_000,
    "half a character": lambda: "\ud800",
    "list of half a character": lambda: ["\ud800"],
    "control characters": lambda: "\x1b[2J\x00\u202e",
    "bytes": lambda: b"chronic",
    "list of bytes": lambda: [b"chronic"],
    "bytearray": lambda: bytearray(b"chronic"),
    "list of None": lambda: [None, None],
    "list of lists": lambda: [["chronic"]],
    "list of mappings": lambda: [{}],
    "mapping": lambda: {"chronic": True},
    "mapping of None": lambda: {None: None},
    "mapping of lists": lambda: {"exercise": ["helped"]},
    "mapping of huge": lambda: {HUGE: HUGE},
    "set of anything": lambda: {1, "a", None, 2.5, HUGE, b"x"},
    "frozenset": lambda: frozenset({"chronic", 3}),
    "generator": lambda: (word for word in ("chronic", None)),
    "endless numbers": lambda: endless(1),
    "endless words": lambda: endless("neuropathic"),
    "range": lambda: range(10**12),
    "list that holds itself": endless_list,
    "object": object,
    "type": lambda: str,
    "function": lambda: len,
    "liar": lambda: Liar("nonsense"),
    "broken": Broken,
    "list of broken": lambda: [Broken()],
    "mapping to broken": lambda: {"exercise": Broken()},
    "date": lambda: dt.date(2020, 1, 1),
    "breaking text": lambda: Breaking("chronic"),
    "breaking nonsense": lambda: Breaking("nonsense"),
    "list of breaking": lambda: [Breaking("chronic")],
    "mapping to breaking": lambda: {"exercise": Breaking("helped")},
    "boundless": lambda: Boundless(5e9),
    "breaking number": lambda: BreakingNumber(7),
    "breaking day": lambda: BreakingDay(2020, 1, 1),
    "unreadable": Unreadable,
    "no text": lambda: Pretender(str),
    "no number": lambda: Pretender(int),
    "no mapping": lambda: Pretender(dict),
    "no profile": lambda: Pretender(Profile),
    "endless table": lambda: Table(ends=False),
    "broken table": lambda: Table(ends=True),
    "many words": lambda: [f"word {number}" for number in range(1_000)],
    "too many words": lambda: ["chronic"] * 100_000,
    "last month of all": lambda: "9999-12",
    "year nought": lambda: "0000",
    "profile": lambda: Profile(pain_type="chronic"),
}


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """No argument may keep its caller waiting: the test is broken off and fails."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        message = f"not done after {SECONDS} seconds of processor time"
        raise TimeoutError(message)

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def explored(**facts: Any) -> Exploration | ProfileError:  # noqa: ANN401 - that is the point
    """The result, or the error; anything else that is raised gets out."""
    try:
        return EXPLORER.explore(**facts)
    except ProfileError as error:
        return error


def assert_readable(error: ProfileError) -> None:
    """A message can be shown anywhere, and is never longer than anybody reads."""
    assert error.problems
    assert all(problem.where and problem.what for problem in error.problems)
    assert UNSAFE.findall(str(error)) == []
    assert len(str(error)) < 200 * ENOUGH


@pytest.mark.parametrize("name", ARGUMENTS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_is_given_is_answered_or_refused(name: str, kind: str) -> None:
    """Nothing but a ProfileError leaves `explore`, and soon; what it does answer, it answers on what it understood."""
    found = explored(**{name: HOSTILE[kind]()})

    if isinstance(found, ProfileError):
        assert_readable(found)
    else:
        assert found.to_json()
        assert str(found)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=5)
    | st.sampled_from(
        ["chronic", "Back pain", "sciatica", "exercise", "helped", "asthma", "UK", "2018"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=9) | st.sampled_from(["exercise", "nsaids"]), inner, max_size=3
        )
        | st.tuples(inner, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(facts=st.dictionaries(st.sampled_from(ARGUMENTS), ANYTHING, max_size=6))
def test_any_mixture_is_answered_or_refused(facts: dict[str, object]) -> None:
    """Mistakes come together, and one must not hide another's exception."""
    found = explored(**facts)

    if isinstance(found, ProfileError):
        assert_readable(found)


FIELDS = tuple(Profile.model_fields)


@pytest.mark.parametrize("name", [*FIELDS, "no_such_field", "\ud800", "x\x1b[2J"], ids=ascii)
@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_a_profile_is_made_of_is_taken_or_refused(name: str, kind: str) -> None:
    """A profile that was made holds only what it should, so that everything after it can rely on that."""
    try:
        profile = Profile(**{name: HOSTILE[kind]()})
    except ProfileError as error:
        assert_readable(error)
        return
    assert Profile(**profile.to_dict()) == profile
    found = explored(pain_type=profile)
    if isinstance(found, ProfileError):
        assert_readable(found)


NO_MAPPING = (
    "['exercise'] is not a mapping of options to what came of them\n"
    "    hint: such as {'exercise': 'not_enough'}"
)
LONG_WORD = f"'{'x' * 58}… is not a known pain type\n    hint: the words are acute, subacute, chronic, cancer"
TOLD: tuple[tuple[str, object, str], ...] = (
    ("age", float("nan"), "nan is not between 0 and 130"),
    ("age", float("inf"), "inf is not between 0 and 130"),
    ("age", True, "True is not a number"),
    ("age", "72", "'72' is not a number"),
    ("age", -1, "-1 is not between 0 and 130"),
    ("age", 131, "131 is not between 0 and 130"),
    ("age", 7.5, "7.5 is not a whole number\n    hint: age counts completed years"),
    ("age", HUGE, "an integer of 19932 bits is not between 0 and 130"),
    ("duration_months", 1561, "1561 is not between 0 and 1560"),
    ("severity", 10.01, "10.01 is not between 0 and 10"),
    ("severity", float("nan"), "nan is not between 0 and 10"),
    ("severity", False, "False is not a number"),
    ("condition", b"sciatica", "b'sciatica' is neither a word nor a list of words"),
    ("condition", {"sciatica": True}, "{'sciatica': True} is neither a word nor a list of words"),
    ("condition", [None], "None is not a word\n    hint: write the name of a condition"),
    ("present", [3], "3 is not a word\n    hint: write the name of a factor or red flag"),
    ("tried", {3: "helped"}, "3 is not a word\n    hint: write the name of an option or category"),
    ("tried", ["exercise"], NO_MAPPING),
    ("mechanism", endless("neuropathic"), "there are more than 1,000 words"),
    ("pain_type", "x" * 100_000, LONG_WORD),
    ("condition", "\ud800\x1b[2J", r"'\ud800\x1b[2J' is not a known condition"),
)


@pytest.mark.parametrize(
    ("name", "value", "told"), TOLD, ids=[f"{name}: {told[:30]!a}" for name, _, told in TOLD]
)
def test_what_is_wrong_with_a_value_is_told(name: str, value: object, told: str) -> None:
    """The value is shown as it came, short and harmless, so that the caller finds it."""
    error = explored(**{name: value})

    assert isinstance(error, ProfileError)
    assert str(error) == f"the profile has 1 problem\n{name}: {told}"


def test_every_problem_is_told_at_once() -> None:
    """A form with twelve mistakes is sent back once, not twelve times."""
    error = explored(
        pain_type=["acute", "cronic"],
        mechanism="magnetic",
        condition=["siatica", None],
        age=float("nan"),
        duration_months=True,
        severity="7",
        present=["asthma", "astma"],
        absent=["asthma"],
        tried={"excercise": "helped", "nsaids": "helpd"},
        goals={"fun"},
    )

    assert str(error) == (
        "the profile has 12 problems\n"
        "pain_type: 'cronic' is not a known pain type\n"
        "    hint: did you mean 'chronic'?\n"
        "mechanism: 'magnetic' is not a known mechanism\n"
        "    hint: the words are nociceptive, neuropathic, nociplastic\n"
        "condition: 'siatica' is not a known condition\n"
        "    hint: did you mean 'sciatica'?\n"
        "condition: None is not a word\n"
        "    hint: write the name of a condition\n"
        "age: nan is not between 0 and 130\n"
        "duration_months: True is not a number\n"
        "severity: '7' is not a number\n"
        "present: 'astma' is not a known factor or red flag\n"
        "    hint: did you mean 'asthma'?\n"
        "absent: 'asthma' is said to be present and absent\n"
        "    hint: say one of them, or neither if it is not known\n"
        "tried: 'excercise' is not a known option or category\n"
        "    hint: did you mean 'exercise'?\n"
        "tried: 'helpd' is not a known outcome\n"
        "    hint: did you mean 'helped'?\n"
        "goals: 'fun' is not a known goal"
    )


def test_the_search_ends_where_mistakes_have_no_end() -> None:
    """A column of a table that was passed by mistake gives a message that can be read."""
    error = explored(present=[f"word {number}" for number in range(MOST_WORDS)])

    assert isinstance(error, ProfileError)
    assert len(error.problems) == ENOUGH
    assert str(error).startswith("the profile has at least 200 problems\npresent: 'word 0' is not")


def test_the_order_in_a_set_changes_no_message() -> None:
    """Sets have an order of their own in every run; messages do not."""
    words: set[object] = {"b", "a", 3, None, "c"}

    error = explored(condition=words)

    assert isinstance(error, ProfileError)
    assert [problem.what for problem in error.problems] == [
        "'a' is not a known condition",
        "'b' is not a known condition",
        "'c' is not a known condition",
        "3 is not a word",
        "None is not a word",
    ]


@pytest.mark.parametrize(
    "kind", [list, tuple, set, frozenset, iter, lambda words: dict.fromkeys(words).keys()]
)
def test_words_may_come_in_any_collection(kind: Callable[[list[str]], Any]) -> None:
    """A list, a set, a generator: what is said is the same."""
    found = EXPLORER.explore(
        mechanism=kind(["neuropathic", "nociplastic"]), present=kind(["asthma"])
    )

    assert found.profile == Profile(
        mechanisms=["nociplastic", "neuropathic"], factors={"asthma": True}
    )


def test_whole_numbers_may_be_written_with_a_point() -> None:
    """72.0 comes out of a table where a column has gaps; it is 72 and not refused."""
    found = EXPLORER.explore(age=72.0, severity=7, duration_months=3.0)  # type: ignore[arg-type]

    assert found.profile.to_dict() == {"age_years": 72, "duration_months": 3, "severity": 7}
    assert found.to_json() == EXPLORER.explore(age=72, severity=7.0, duration_months=3).to_json()


def test_a_text_is_taken_by_its_value_whatever_it_says_of_itself() -> None:
    """What compares equal to everything, or to nothing, means what stands in it."""
    kinds: tuple[Any, ...] = (Liar, Breaking)
    for kind in kinds:
        found = EXPLORER.explore(
            kind("chronic"), present=[kind("asthma")], tried={"exercise": kind("helped")}
        )

        assert (
            found.to_json()
            == EXPLORER.explore("chronic", present="asthma", tried={"exercise": "helped"}).to_json()
        )
        assert [type(name) for name in found.profile.factors] == [str]


def test_numbers_of_numpy_are_numbers() -> None:
    """A row of a table gives them, and they look like numbers to whoever prints them."""
    numpy = pytest.importorskip("numpy")
    found = EXPLORER.explore(age=numpy.int64(72), severity=numpy.float32(7.5))

    assert found.profile == Profile(age_years=numpy.int16(72), severity=numpy.float64(7.5))
    assert isinstance(explored(age=numpy.bool_(1)), ProfileError)


SELF: dict[str, Any] = {"self": 1}


def test_there_is_no_way_to_a_profile_that_was_not_checked() -> None:
    """Whatever pydantic offers: what explores relies on it."""
    made: tuple[Callable[[], object], ...] = (
        lambda: Profile.model_validate({"age_years": -1}),
        lambda: Profile.model_validate(5),
        lambda: Profile.model_validate(Table(ends=True)),
        lambda: Profile.model_validate({(1,): 2}),
        lambda: Profile.model_validate_json("{"),
        lambda: Profile.model_validate_json('{"age_years": -1}'),
        lambda: Profile.model_construct(age_years=-1),
        lambda: Profile().model_copy(update={"age_years": -1}),
        lambda: Profile(**SELF),
    )
    for make in made:
        with pytest.raises(ProfileError):
            make()
    assert Profile(severity=3).model_copy(update={"age_years": 4}) == Profile(
        severity=3, age_years=4
    )


RESULT = EXPLORER.explore("chronic", "neuropathic")
ASKED: dict[str, Callable[[Any], object]] = {
    "an option": lambda value: RESULT[value],
    "why": RESULT.why,
    "why not": RESULT.why_not,
    "what if": RESULT.what_if,
    "what if it becomes": lambda value: RESULT.what_if("exercise", value),
    "again": RESULT.again,
    "compare": lambda value: painrules.compare(RESULT, value),
    "names": lambda value: painrules.compare(RESULT, RESULT, names=value).record,
    "each name": lambda value: painrules.compare(RESULT, RESULT, names=(value, "b")).record,
    "a difference": lambda value: painrules.compare(RESULT, RESULT)[value],
    "many": lambda value: list(EXPLORER.explore_many([value])),
    "how errors are met": lambda value: EXPLORER.explore_many([], on_error=value),
    "a pack": Explorer,
    "an engine": lambda value: Explorer(RESULT.pack, engine=value),
    "a stored result": painrules.Result.from_json,
    "a stored option": RESULT.record.option,
    "a width": lambda value: RESULT.to_text(width=value),
    "spaces": lambda value: RESULT.to_json(indent=value),
    "a library of frames": RESULT.to_frame,
    "questions": Quiz.from_json,
    "how many questions": lambda value: quiz(value, explorer=EXPLORER),
    "a seed": lambda value: quiz(1, value, explorer=EXPLORER),
    "kinds": lambda value: quiz(1, kinds=value, explorer=EXPLORER),
    "a subject": lambda value: quiz(1, about=value, explorer=EXPLORER),
    "a language": lambda value: quiz(1, language=value, explorer=EXPLORER),
    "a title": lambda value: quiz(1, title=value, explorer=EXPLORER),
    "an explorer": lambda value: quiz(1, explorer=value),
    "a folder": load_pack,
}
"""What else is asked, with one thing from outside."""


@pytest.mark.parametrize("name", ASKED)
def test_whatever_else_is_asked_is_answered_or_refused(name: str) -> None:
    """Not only facts come from outside: options, names, widths, seeds and stored texts do too."""
    for kind, make in HOSTILE.items():
        with suppress(PainrulesError):
            assert ASKED[name](make()) is not NotImplemented, kind


def test_the_least_and_the_greatest_numbers_are_taken() -> None:
    """A bound belongs to what it bounds."""
    for age, months, severity in ((0, 0, 0), (130, 1560, 10)):
        found = EXPLORER.explore(age=age, duration_months=months, severity=severity)
        assert found.profile.age_years == age
