"""What is built is kept only if it came out alike twice; what is fetched for installing offline is what is locked."""

import sys
from pathlib import Path

import pytest

from release import build
from release.build import ONCE, Surroundings
from release.libraries import CORE, Pin, libraries, locked
from release.offline import line, wanted


def test_files_that_differ_are_named_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever rebuilds a release and gets something else cannot tell whether it was tampered with."""

    def built(_tree: bytes, _name: str, _folder: Path, how: Surroundings) -> dict[str, bytes]:
        odd = b"once" if how is ONCE else b"again"
        return {"same.whl": b"same", "other.tar.gz": odd} | ({"more": b""} if how is ONCE else {})

    monkeypatch.setattr(build, "commit", lambda _: b"")
    monkeypatch.setattr(build, "built", built)
    monkeypatch.setattr(sys, "argv", ["build", "--out", str(tmp_path / "dist")])

    assert build.main() == 1
    assert capsys.readouterr().err == "built twice, these differ: more, other.tar.gz\n"
    assert not (tmp_path / "dist").exists()


def test_offline_there_is_what_the_core_the_command_and_the_build_need_and_no_more() -> None:
    """An extra that slipped in would make the core look as if it installed alone."""
    told = libraries()
    names = {pin.name for pin in wanted()}
    build_time = {"hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}

    assert names == {*told.closure(CORE), *told.closure("cli")} | build_time
    assert all(pin.hashes for pin in wanted())
    assert not {"numpy", "hypothesis", "pip", "setuptools"} & names


def test_a_pin_is_written_as_pip_reads_it() -> None:
    """A hash that is left out is a file that nobody checks."""
    assert line(Pin("a", "1.2", 'sys_platform == "win32"', ("12", "ab"))) == (
        'a==1.2 ; sys_platform == "win32" --hash=sha256:12 --hash=sha256:ab\n'
    )
    assert line(Pin("a", "1.2", "", ("12",))) == "a==1.2 --hash=sha256:12\n"


def test_every_version_that_is_locked_for_a_python_or_system_is_known() -> None:
    """Some libraries have another version for newer Pythons; the bill names both."""
    both = {name: several for name, several in locked().items() if len(several) > 1}

    assert {*both} >= {"networkx", "numpy"}
    assert all(pin.marker for several in both.values() for pin in several)
