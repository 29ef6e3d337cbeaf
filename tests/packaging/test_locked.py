"""What CI installs is locked, whole, and fits what the project asks for."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKED = ROOT / ".ci" / "locked"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS: Mapping[str, list[str]] = PROJECT["dependency-groups"]
EXTRAS: Mapping[str, list[str]] = PROJECT["project"]["optional-dependencies"]
CORE: list[str] = PROJECT["project"]["dependencies"]
ASKED: Mapping[str, list[str]] = {
    "all": [*CORE, *EXTRAS["all"]],
    "build": PROJECT["build-system"]["requires"][:1],
    "codes": GROUPS["codes"],
    "lowest": [*CORE, *EXTRAS["cli"], *EXTRAS["testing"], *GROUPS["lowest"]],
    "dev": [*CORE, *EXTRAS["all"], *GROUPS["dev"]],
    "durable": [*CORE, *EXTRAS["durable"]],
    "readers": GROUPS["readers"],
    "release": GROUPS["release"],
}
PYTHONS = ("3.11", "3.12", "3.13")
PINNED = re.compile(
    r"^(?P<what>[A-Za-z0-9][^\\\n]*==[^\\\n]*?)(?P<hashes>( \\\n +--hash=\S+)*)\n", re.MULTILINE
)


def locked(name: str) -> Iterator[tuple[Requirement, list[str]]]:
    """What a file pins, with the hashes of its files."""
    text = (LOCKED / f"{name}.txt").read_text(encoding="utf-8")
    for found in PINNED.finditer(text):
        yield Requirement(found["what"]), re.findall(r"--hash=(\S+)", found["hashes"])


def of_python(version: str) -> dict[str, str]:
    """What markers ask, on Linux."""
    return {
        "python_version": version,
        "python_full_version": f"{version}.9",
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def pinned(name: str, python: str) -> dict[str, Version]:
    """The version of each library that a file names for a Python."""
    found: dict[str, Version] = {}
    for one, _ in locked(name):
        marker: Any = one.marker
        if marker is None or marker.evaluate(of_python(python)):
            assert canonicalize_name(one.name) not in found, f"{one.name} twice for {python}"
            (only,) = one.specifier
            found[canonicalize_name(one.name)] = Version(only.version)
    return found


def test_every_file_is_known() -> None:
    """A file that nothing installs looks like a promise and is none."""
    assert {file.stem for file in LOCKED.iterdir()} == {*ASKED}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", sorted(ASKED))
def test_what_is_locked_is_what_is_asked_for(name: str, python: str) -> None:
    """Whoever adds a library and forgets the lock would have CI test without it."""
    versions = pinned(name, python)
    for line in ASKED[name]:
        one = Requirement(line)
        found = versions.get(canonicalize_name(one.name))
        assert found is not None, f"{one.name} is not locked: make lock"
        assert one.specifier.contains(found, prereleases=True), f"{line} is {found}: make lock"


@pytest.mark.parametrize("python", PYTHONS)
def test_one_environment_can_hold_all_of_it(python: str) -> None:
    """The parts are installed one upon the other, so no two may want different versions."""
    together: dict[str, Version] = {}
    for name in sorted(ASKED.keys() - {"lowest"}):  # these have an environment of their own
        for library, version in pinned(name, python).items():
            assert together.setdefault(library, version) == version, f"{library}: make lock"


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_version_has_hashes_and_no_index_is_named(name: str) -> None:
    """A file that was changed on its way is refused; where it comes from is the installer's choice."""
    text = (LOCKED / f"{name}.txt").read_text(encoding="utf-8")

    assert all(hashes for _, hashes in locked(name))
    assert len([*locked(name)]) == len(re.findall("^[A-Za-z0-9]", text, re.MULTILINE)) > 0
    assert set(re.findall(r"--hash=(\w+):", text)) == {"sha256"}
    assert "://" not in text
    assert not re.search("^-", text, re.MULTILINE)


FOLDERS = sorted(
    file.parent
    for file in ROOT.rglob("package.json")
    if not {"node_modules", "build", "mutants"} & {*file.relative_to(ROOT).parts}
    and not file.relative_to(ROOT).parts[0].startswith(".")
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: str(one.relative_to(ROOT)))
def test_what_node_programs_need_is_locked_too(folder: Path) -> None:
    """They read and bundle what we publish; each version has a hash, and no index is named."""
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    ours, *others = json.loads(text)["packages"].items()

    for kind in ("dependencies", "devDependencies"):
        assert ours[1].get(kind, {}) == asked.get(kind, {}), "npm install --package-lock-only"
    assert all(re.fullmatch(r"[\d.]+", one) for one in {**ours[1]}.get("dependencies", {}).values())
    assert [name for name, one in others if not one["integrity"].startswith("sha512-")] == []
    assert [name for name, one in others if "resolved" in one] == []
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text("utf-8")
    assert "npm" + "js" not in text


def test_the_lowest_versions_are_the_lowest_that_are_allowed() -> None:
    """Whoever raises what is wanted locks again, or the lowest would no longer be tried."""
    versions = pinned("lowest", "3.11")
    for line in (*CORE, *EXTRAS["cli"], *EXTRAS["testing"]):
        one = Requirement(line)
        (least,) = (Version(each.version) for each in one.specifier if each.operator == ">=")
        assert versions[canonicalize_name(one.name)] == least, f"{line}: make lock"
