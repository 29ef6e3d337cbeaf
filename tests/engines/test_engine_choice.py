"""An engine is chosen by name, and nothing is loaded, or left out, behind anyone's back."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import painrules
from painrules.cli.commands import cli
from painrules.engine import Engine, make_engine
from painrules.errors import EngineError, MissingExtraError, UnknownWordError

NOT_INSTALLED = """\
the engine 'durable' needs durable_rules, which is not installed
    hint: it is built when it is installed, with a C compiler: pip install 'painrules[durable]'
    hint: on Python 3.13 and later it has to be built in its own way: \
CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --no-cache-dir --force-reinstall 'painrules[durable]'"""

NOT_IMPORTED = """\
the engine 'durable' needs durable_rules, which is installed but cannot be imported \
(undefined symbol: PyEval_CallObject)
    hint: it is built when it is installed, with a C compiler: pip install --force-reinstall 'painrules[durable]'
    hint: on Python 3.13 and later it has to be built in its own way: \
CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --no-cache-dir --force-reinstall 'painrules[durable]'"""


@pytest.fixture(name="absent")
def _absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if durable_rules had never been installed."""
    monkeypatch.delitem(sys.modules, "painrules.engine.durable", raising=False)
    monkeypatch.setitem(sys.modules, "durable", None)


@pytest.fixture(name="unusable")
def _unusable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As if durable_rules had been built for another Python."""
    (tmp_path / "durable").mkdir()
    (tmp_path / "durable" / "__init__.py").touch()
    (tmp_path / "durable" / "engine.py").write_text(
        "raise ImportError('undefined symbol: PyEval_CallObject')\n", encoding="utf-8"
    )
    for name in ("durable", "durable.engine", "painrules.engine.durable"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("absent")
def test_a_missing_library_is_an_error_that_says_how_to_install_it() -> None:
    """Nobody gets another engine than the one that was asked for."""
    with pytest.raises(MissingExtraError) as caught:
        painrules.Explorer(engine="durable")

    assert str(caught.value) == NOT_INSTALLED


@pytest.mark.usefixtures("unusable")
def test_a_library_that_cannot_be_imported_is_an_error_that_says_how_to_build_it() -> None:
    """On Python 3.13 and later an ordinary installation succeeds, and only the import fails."""
    with pytest.raises(MissingExtraError) as caught:
        painrules.Explorer(engine="durable")

    assert str(caught.value) == NOT_IMPORTED


@pytest.mark.usefixtures("absent")
def test_the_command_says_so_too() -> None:
    """One message and exit status 2, no traceback."""
    ended = CliRunner().invoke(cli, ["explore", "--engine", "durable"])

    assert isinstance(ended.exception, MissingExtraError)
    assert str(ended.exception) == NOT_INSTALLED


def test_an_engine_that_nobody_knows_is_refused() -> None:
    """A misspelt name is not taken for the default."""
    with pytest.raises(UnknownWordError) as caught:
        make_engine("durabel", painrules.core_pack())

    assert str(caught.value) == "'durabel' is not a known engine; did you mean 'durable'?"


def test_the_default_engine_keeps_to_the_protocol() -> None:
    """What `Explorer` takes by name and what it takes as an object are alike."""
    assert isinstance(painrules.Explorer().engine, Engine)
    assert painrules.Explorer().engine.name == "bitmap"


def test_the_library_is_loaded_only_by_those_who_choose_it() -> None:
    """An exploration with the default engine loads neither the library nor the module that knows it."""
    code = (
        "import sys, painrules; painrules.explore('chronic'); "
        "print(sorted({'durable', 'durable_rules_engine', 'painrules.engine.durable'} & set(sys.modules)))"
    )
    ended = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert ended.stdout == "[]\n"


def test_an_engine_that_broke_off_says_which_and_why() -> None:
    """Callers can act on the reason, and what comes from a library cannot upset a terminal."""
    error = EngineError("durable", "Could not assert fact\x1b[31m")

    assert (error.engine, error.reason) == ("durable", "Could not assert fact\x1b[31m")
    assert str(error) == (
        "the engine 'durable' broke off: Could not assert fact\\x1b[31m\n"
        "    hint: ask again; what it had in hand is discarded, so that nothing of it is left"
    )
