"""What goes warns first, and says when it goes and what to use instead."""

import ast
import warnings
from pathlib import Path

import pytest
from packaging.version import Version

import painrules
from painrules.deprecation import PainrulesDeprecationWarning, deprecated, warn

ROOT = Path(painrules.__file__).parent


@deprecated(since="0.2", goes="1.0", instead="explore")
def old(word: str) -> str:
    """As it was."""
    return word


def renamed(*, age: int = 0, years: int | None = None) -> int:
    """A function whose keyword `years` is called `age` by now."""
    if years is not None:
        warn("the keyword 'years'", since="0.2", goes="1.0", instead="'age'")
        return years
    return age


def test_what_goes_still_works_and_warns_where_it_was_called() -> None:
    """The warning points at the line that has to change, not into the library."""
    with pytest.warns(PainrulesDeprecationWarning) as told:
        assert old("found") == "found"

    (one,) = told
    assert str(one.message) == (
        "old is deprecated since painrules 0.2 and goes in 1.0: use explore"
    )
    assert one.filename == __file__
    assert isinstance(one.message, PainrulesDeprecationWarning)
    assert (one.message.what, one.message.since) == ("old", "0.2")
    assert (one.message.goes, one.message.instead) == ("1.0", "explore")
    assert (old.__name__, old.__doc__) == ("old", "As it was.")


def test_a_keyword_that_goes_warns_only_those_who_use_it() -> None:
    """Whoever has moved on is left in peace."""
    with pytest.warns(PainrulesDeprecationWarning, match=r"^the keyword 'years' is") as told:
        assert renamed(years=72) == 72
    assert told[0].filename == __file__

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert renamed(age=72) == 72


def test_it_is_a_deprecation_warning_like_those_of_python() -> None:
    """So that the switches that people know work."""
    assert issubclass(painrules.PainrulesDeprecationWarning, DeprecationWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        with pytest.raises(PainrulesDeprecationWarning):
            old("found")


def overdue(source: str, version: str) -> list[str]:
    """What a source marks as gone by a version, and what it lets go in a minor release."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            given = {one.arg: one.value for one in call.keywords}
            goes = given.get("goes")
            if name in {"deprecated", "warn"} and isinstance(goes, ast.Constant):
                when = Version(str(goes.value))
                if when <= Version(version):
                    found.append(f"line {call.lineno}: was to go in {when}")
                if when.release[1:] not in {(0,), (0, 0)}:
                    found.append(f"line {call.lineno}: goes in {when}, which is no major release")
    return found


def test_nothing_stays_longer_than_was_said() -> None:
    """A date that passes without anything happening teaches people to ignore the next."""
    found = {
        file.relative_to(ROOT).as_posix(): overdue(
            file.read_text(encoding="utf-8"), painrules.__version__
        )
        for file in ROOT.rglob("*.py")
    }

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_what_stays_too_long_would_be_noticed() -> None:
    """There may be nothing that goes at the moment, and the test above would pass without looking."""
    source = "@deprecated(since='0.2', goes='1.0', instead='explore')\ndef old(): ...\n"
    assert overdue(source, "0.9") == []
    assert overdue(source, "1.0") == ["line 1: was to go in 1.0"]
    assert overdue("warn('x', since='1.1', goes='1.4', instead='y')", "1.2") == [
        "line 1: goes in 1.4, which is no major release"
    ]
