"""What users get: the wheel and the source distribution, away from the checkout and without its tools."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

import painrules
from painrules.explore.ready import compiled_files

ROOT = Path(__file__).parents[2]
EXPLORE = """
import sys
import painrules
result = painrules.explore("chronic", "neuropathic", age=72)
assert result.mode.value == "explore" and len(result.listed) > 10, result
assert painrules.Result.from_json(result.to_json()) == result.record
assert result.to_html() and result.to_markdown() and str(result)
from painrules.packs.schema import schema_of
assert schema_of("positions")["properties"]["option"]["description"]
tools = {"click", "hypothesis", "pytest", "mypy", "hatchling"} & set(sys.modules)
assert not tools, tools
assert "yaml" not in sys.modules  # the rules come in compiled form
print(painrules.__file__)
print(result.pack.digest)
"""
ROOM = 120
"""Seconds; a slow machine takes a few."""


class Built(NamedTuple):
    """What was built."""

    wheel: Path
    sdist: Path


def needed(name: str) -> Iterator[str]:
    """The distributions that one needs to run, itself among them; no extras."""
    yield name
    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from needed(requirement.name)


@pytest.fixture(scope="module", name="libraries")
def _libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the libraries that painrules needs, and none besides: no network, no tools, no checkout."""
    folder = tmp_path_factory.mktemp("libraries")
    for name in sorted(set(needed("painrules")) - {"painrules"}):
        distribution = metadata.distribution(name)
        for part in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            link = folder / part
            if not link.exists():
                link.symlink_to(Path(str(distribution.locate_file(part))))
    return folder


@pytest.fixture(scope="module", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The source distribution, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(  # noqa: S603 - our own tools
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=ROOM,
    )
    return Built(next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")))


@pytest.fixture(scope="module", name="python")
def _python(tmp_path_factory: pytest.TempPathFactory, built: Built, libraries: Path) -> Path:
    """A fresh virtual environment with the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    subprocess.run(  # noqa: S603 - our own tools
        [
            *(sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"),
            *("--no-deps", "--no-index", str(built.wheel)),
        ],
        check=True,
        timeout=ROOM,
    )
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "libraries.pth").write_text(str(libraries), encoding="utf-8")
    return python


def ran(python: Path | str, code: str, folder: Path) -> list[str]:
    """What code prints, in a folder away from the checkout, with warnings as errors."""
    done = subprocess.run(  # noqa: S603 - our own code
        [str(python), "-I", "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        cwd=folder,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
        timeout=ROOM,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_the_installed_wheel_explores(built: Built, python: Path, tmp_path: Path) -> None:
    """Data that is left out of a wheel is not missed in the checkout, only by users."""
    file, digest = ran(python, EXPLORE, tmp_path)

    assert Path(file).is_relative_to(python.parents[1])
    assert not Path(file).is_relative_to(ROOT)
    assert digest == painrules.core_pack().digest
    assert built.wheel.name == f"painrules-{painrules.__version__}-py3-none-any.whl"


def test_the_wheel_works_from_within_an_archive(
    built: Built, libraries: Path, tmp_path: Path
) -> None:
    """Some put the wheel on the path as it is, so its data must be read through the importer."""
    code = f"import sys\nsys.path[:0] = [{str(built.wheel)!r}, {str(libraries)!r}]\n{EXPLORE}"

    file, digest = ran(python=bare_python(tmp_path), code=code, folder=tmp_path)

    assert file.startswith(f"{built.wheel}{os.sep}")
    assert digest == painrules.core_pack().digest


def bare_python(folder: Path) -> Path:
    """A fresh virtual environment with nothing in it."""
    venv.create(folder / "bare", with_pip=False, symlinks=True)
    return folder / "bare" / "bin" / "python"


def test_the_command_says_what_it_needs(python: Path, tmp_path: Path) -> None:
    """The command line is an extra; without it there is a sentence, not a traceback."""
    done = subprocess.run(  # noqa: S603 - our own command
        [str(python.parent / "painrules"), "explore"],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        encoding="utf-8",
        timeout=ROOM,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "painrules: the command line needs click\n"
        "    hint: install it with: pip install 'painrules[cli]'\n"
    )


def test_the_wheel_holds_the_rules_of_the_tree_file_by_file(built: Built) -> None:
    """A rule file that an ignore list hides is dropped without a word."""
    tree = {
        file.relative_to(ROOT / "rules").as_posix(): file.read_bytes()
        for file in (ROOT / "rules").rglob("*")
        if file.is_file()
    }
    with zipfile.ZipFile(built.wheel) as archive:
        shipped = {
            name.removeprefix("painrules/_rules/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("painrules/_rules/")
        }

    assert sorted(shipped) == sorted(tree)
    assert [name for name, data in tree.items() if shipped[name] != data] == []
    assert "core/pack.yaml" in tree


def test_the_wheel_holds_the_rules_in_compiled_form_byte_by_byte(built: Built) -> None:
    """It was made from the rules beside it and from nothing else: what YAML comes to here, is in there."""
    with zipfile.ZipFile(built.wheel) as archive:
        shipped = {
            name.removeprefix("painrules/_compiled/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("painrules/_compiled/")
        }

    assert shipped == compiled_files()


def test_an_installed_pack_that_is_edited_is_heard(python: Path, tmp_path: Path) -> None:
    """Whoever edits the rules of an installed library gets what they say now, not what they said when it was built."""
    place = "import painrules, pathlib; print(pathlib.Path(painrules.__file__).parent)"
    (folder,) = ran(python, place, tmp_path)
    header = Path(folder) / "_rules" / "core" / "pack.yaml"
    before = header.read_text(encoding="utf-8")
    asked = "import painrules; print(painrules.explore('chronic').notice[:19])"
    assert ran(python, asked, tmp_path) == ["For education only,"]
    try:
        header.write_text(before.replace("For education only,", "Edited by somebody,"), "utf-8")
        assert ran(python, asked, tmp_path) == ["Edited by somebody,"]
    finally:
        header.write_text(before, encoding="utf-8")


def test_the_wheel_holds_the_library_and_nothing_else(built: Built) -> None:
    """Tests and pages are not installed; the mark that types are there is."""
    with zipfile.ZipFile(built.wheel) as archive:
        names = archive.namelist()

    modules = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "painrules").rglob("*.py")
        if "__pycache__" not in file.parts
    }
    assert modules <= set(names)
    assert "painrules/py.typed" in names
    assert {name.split("/")[0] for name in names} == {
        "painrules",
        f"painrules-{painrules.__version__}.dist-info",
    }


def test_the_wheel_says_who_it_is(built: Built) -> None:
    """Installers and readers go by its metadata."""
    folder = f"painrules-{painrules.__version__}.dist-info"
    with zipfile.ZipFile(built.wheel) as archive:
        about = archive.read(f"{folder}/METADATA").decode()
        scripts = archive.read(f"{folder}/entry_points.txt").decode()
        names = archive.namelist()

    head = about.split("\n\n")[0].split("\n")
    assert f"Version: {painrules.__version__}" in head
    assert "License-Expression: Apache-2.0" in head
    assert "Requires-Python: >=3.11" in head
    assert [line for line in head if line.startswith("Requires-Dist") and "extra" not in line] == [
        "Requires-Dist: networkx>=3.2",
        "Requires-Dist: pydantic>=2.9",
        "Requires-Dist: pyyaml>=6.0.1",
    ]
    assert "painrules = painrules.cli:main" in scripts
    assert f"{folder}/licenses/LICENSE" in names


def test_the_source_distribution_can_be_built_and_tested_from(built: Built) -> None:
    """Those who package it for others start here: with the rules, the tests and the licence."""
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    for name in (
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "painrules/__init__.py",
        "front/src/page.js",
        "rules/core/pack.yaml",
        "tests/packaging/test_packaging.py",
        "tests/conformance/table.yaml",
    ):
        assert name in names
    assert not {name for name in names if "__pycache__" in name or name.startswith(".venv")}


HEAVY = ("click", "hypothesis", "networkx", "pandas", "polars", "pytest", "yaml")
"""What neither an import nor an exploration may load."""


def heavy(code: str) -> list[str]:
    """What of all that some code loads, in a process of its own."""
    told = f"import sys\n{code}\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    (line,) = ran(sys.executable, told, Path.cwd())
    return line.split()


def own(code: str) -> list[str]:
    """The modules of ours that some code loads, in a process of its own."""
    told = (
        f"import sys\n{code}\nprint(*sorted(m for m in sys.modules if m.startswith('painrules')))"
    )
    (line,) = ran(sys.executable, told, Path.cwd())
    return line.split()


def test_importing_it_stays_light() -> None:
    """A notebook that imports it does not wait for what it may never use."""
    assert heavy("import painrules") == []
    loaded = own("import painrules")
    assert len(loaded) < 10, loaded
    assert not {"pydantic", "json"} & set(
        ran(sys.executable, "import sys, painrules\nprint(*sys.modules, sep='\\n')", Path.cwd())
    )


@pytest.mark.parametrize("module", HEAVY)
def test_what_is_heavy_would_be_noticed(module: str) -> None:
    """The test above could not fail if it did not see what is loaded."""
    code = f"import types\nsys.modules[{module!r}] = types.ModuleType({module!r})"
    assert heavy(f"import painrules\n{code}") == [module]


def test_exploring_loads_neither_rules_nor_their_reader() -> None:
    """The compiled form holds what is needed; records are made when somebody looks at them."""
    explore = "import painrules\nresult = painrules.explore('chronic', 'neuropathic')"
    ran(sys.executable, explore, Path.cwd())  # compiles the rules, if they have changed

    assert heavy(explore) == []
    assert not {"painrules.model.rule", "painrules.packs.load"} & set(own(explore))
    statuses = f"{explore}\nassert [(one.status, one.line, one.safety) for one in result]"
    assert "painrules.model.rule" not in own(statuses)
    assert "painrules.model.rule" in own(f"{explore}\nstr(result)")


def test_every_public_name_is_there_before_it_is_loaded() -> None:
    """Names that are loaded on demand are public like the others: to `dir`, `help`, `import *` and to typists."""
    code = (
        "import painrules, inspect\n"
        "assert set(painrules.__all__) <= set(dir(painrules))\n"
        "first = inspect.signature(painrules.explore)\n"
        "from painrules.explore.explorer import Explorer\n"
        "assert callable(painrules.explore) and inspect.signature(painrules.explore) == first\n"
        "own = inspect.signature(Explorer.explore).parameters\n"
        "assert list(own)[1:] == list(first.parameters), own\n"
        "from painrules import *\n"
        "assert all(getattr(painrules, name) is globals()[name] for name in painrules.__all__)\n"
        "try:\n"
        "    painrules.nothing\n"
        "except AttributeError as error:\n"
        "    print(error)\n"
    )

    assert ran(sys.executable, code, Path.cwd()) == [
        "module 'painrules' has no attribute 'nothing'"
    ]


def test_a_pack_of_ones_own_needs_no_more_than_the_reader_of_rules() -> None:
    """The graph, the command and the test tools are loaded by those who ask for them."""
    pack = ROOT / "tests" / "conformance" / "pack"
    code = (
        "import painrules\n"
        f"explorer = painrules.Explorer(painrules.load_pack({str(pack)!r}))\n"
        "result = explorer.explore('chronic')\n"
        "assert result.to_json() and result.to_html() and str(result) and result.why('exercise')\n"
    )

    assert heavy(code) == ["yaml"]
