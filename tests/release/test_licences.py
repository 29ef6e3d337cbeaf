"""The licences of what the core and the extras need: as written down, and as installed here."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from painrules.teach import quiz
from painrules.teach.exports.anki import anki
from release.libraries import CORE, Libraries, Library, libraries, locked
from release.licences import Installed, allows, installed, main, problems, renewed

ROOT = Path(__file__).parents[2]
COPYLEFT = "GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007"
MIT = "Permission is hereby granted, free of charge, to any person"


@pytest.fixture(name="told")
def _told() -> Libraries:
    return libraries()


def changed(told: Libraries, **fields: object) -> Libraries:
    """With one library made up or changed."""
    (name,) = fields
    return replace(told, known={**told.known, name: fields[name]})  # type: ignore[dict-item]


def test_what_is_installed_has_the_licences_that_are_written_down(told: Libraries) -> None:
    """Whoever ships painrules on asks a lawyer about this list, not about what a resolver finds."""
    here = {name: one for name in told.known if (one := installed(name))}

    assert [*problems(told, here)] == []
    assert {*told.closure(CORE)} <= {*here}


def test_the_core_needs_nothing_but_what_is_allowed_plainly(told: Libraries) -> None:
    """Exceptions are for extras, which one can do without."""
    assert told.closure(CORE) == [
        "annotated-types",
        "networkx",
        "pydantic",
        "pydantic-core",
        "pyyaml",
        "typing-extensions",
        "typing-inspection",
    ]
    assert not {*told.exceptions} & {*told.closure(CORE)}
    assert all(allows(told.known[name].licence, told.allowed) for name in told.closure(CORE))


@pytest.mark.parametrize(
    ("name", "as_listed", "as_installed", "problem"),
    [
        (
            "six",
            Library("six", "GPL-3.0-only"),
            None,
            "six: GPL-3.0-only is not among the licences that are allowed",
        ),
        (
            "six",
            Library("six", "MIT", within=("GPL-3.0-only",)),
            None,
            "six: parts of it are under GPL-3.0-only, without an exception",
        ),
        (
            "frozendict",
            Library("frozendict", "MIT"),
            None,
            "frozendict: an exception that it does not need",
        ),
        (
            "left-pad",
            Library("left-pad", "MIT"),
            None,
            "left-pad: libraries.toml names it, and nothing needs it",
        ),
        (
            "six",
            Library("six", "MIT", needs=("left-pad",)),
            None,
            "left-pad: prove needs it, and libraries.toml does not name it",
        ),
        (
            "six",
            Library("six", "MIT", needs=("left-pad",)),
            None,
            "left-pad: not locked: make lock, then python -m release.licences --write",
        ),
        (
            "genanki",
            Library("genanki", "MIT", needs=("cached-property", "chevron", "pyyaml")),
            None,
            "frozendict: locked, and nothing needs it: make lock, then python -m release.licences --write",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99", expression="GPL-3.0-only", texts=(MIT,)),
            "six 99: its licence is GPL-3.0-only, not MIT",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99", words=("BSD",), texts=(MIT,)),
            "six 99: it says 'BSD', not MIT",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99", words=("MIT",), texts=("All rights reserved.",)),
            "six 99: no text that comes with it is that of MIT",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99"),
            "six 99: it does not say which licence it has",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99", words=("MIT",), texts=(MIT, COPYLEFT)),
            "six 99: the text of another licence comes with it: GNU GENERAL PUBLIC LICENSE Version",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99", words=("MIT",), texts=(MIT,), parts=(("core", "AGPL-3.0-only"),)),
            "six 99: core, which is in its files, is under AGPL-3.0-only",
        ),
        (
            "six",
            Library("six", "MIT"),
            Installed("99", words=("MIT",), texts=(MIT,), parts=(("core", ""),)),
            "six 99: core, which is in its files, is under no licence",
        ),
    ],
)
def test_a_licence_that_does_not_fit_is_told(
    told: Libraries, name: str, as_listed: Library, as_installed: Installed | None, problem: str
) -> None:
    """A check that finds nothing proves nothing, unless it would have found something."""
    here = {name: as_installed} if as_installed else {}

    assert problem in [*problems(changed(told, **{name: as_listed}), here)]


def test_what_a_library_needs_is_compared_where_its_version_is_the_locked_one(
    told: Libraries,
) -> None:
    """Somebody with another version is not told that the list is wrong; who has the locked one is."""
    (pin,) = locked()["six"]
    found = Installed(pin.version, words=("MIT",), texts=(MIT,), needs=("left-pad",))
    problem = f"six {pin.version}: it needs left-pad: python -m release.licences --write"

    assert [*problems(told, {"six": found})] == [problem]
    assert [*problems(told, {"six": replace(found, version="99")})] == []


def test_no_exception_reaches_the_core(told: Libraries) -> None:
    """A reason, however good, does not make somebody accept a licence who only wanted to explore."""
    worse = replace(told, exceptions={**told.exceptions, "pyyaml": {"why": "it is handy"}})

    assert "pyyaml: the core needs it, so there is no exception" in [
        *problems(changed(worse, pyyaml=Library("pyyaml", "GPL-3.0-only")), {})
    ]


def test_an_exception_has_a_reason(told: Libraries) -> None:
    """Without one nobody can say later whether it still holds."""
    worse = replace(told, exceptions={**told.exceptions, "frozendict": {"why": ""}})

    assert [*problems(worse, {})] == ["frozendict: an exception without a reason"]


def test_the_list_is_as_it_would_be_written(told: Libraries) -> None:
    """Whoever renews it sees what changed, and nothing else."""
    text = (ROOT / "release" / "libraries.toml").read_text(encoding="utf-8")
    here = {name: one for name in told.known if (one := installed(name))}
    pinned = {name: {pin.version for pin in several} for name, several in locked().items()}
    if any(one.version not in pinned[name] for name, one in here.items()):
        pytest.skip("other versions are installed than are locked")

    assert renewed(text, told) == text


def test_the_command_says_what_it_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever releases sees that something was compared at all."""
    monkeypatch.setattr(sys, "argv", ["licences"])

    assert main() == 0
    assert re.fullmatch(
        r"\d+ libraries, \d+ of them installed here and looked at, 3 exceptions, 0 problems\n",
        capsys.readouterr().out,
    )


def test_a_deck_is_made_without_the_library_that_genanki_asks_for_in_vain() -> None:
    """The reason of an exception is a claim like any other."""
    code = """
        import hashlib, sys
        sys.modules["frozendict"] = None  # whoever imports it, fails
        from painrules.teach import quiz
        from painrules.teach.exports.anki import anki
        print(hashlib.sha256(anki(quiz(2, seed=1))[".apkg"]).hexdigest())
        """
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", dedent(code)], check=False, capture_output=True, encoding="utf-8"
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == hashlib.sha256(anki(quiz(2, seed=1))[".apkg"]).hexdigest()


def test_the_page_holds_no_code_of_others() -> None:
    """What is bundled into one file brings its licence along; so nothing is."""
    sources = [*(ROOT / "front" / "src").rglob("*.js")]
    imported = [
        place
        for file in sources
        for place in re.findall(
            r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""", file.read_text(encoding="utf-8")
        )
    ]
    styles = (ROOT / "front" / "src" / "style.css").read_text(encoding="utf-8")

    assert len(imported) > len(sources) / 2
    assert [place for place in imported if not place.startswith(".")] == []
    assert "@import" not in styles
    assert "url(" not in styles
