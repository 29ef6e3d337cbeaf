"""What the core and each extra need, with what that needs in turn: `libraries.toml`, and the versions in `.ci/locked`.

Both are files of the commit, so what is made from them depends on nothing that happens to be installed.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
CORE = "core"
"""The name for what is needed without any extra."""
NOT_EXTRAS = frozenset({"all"})
"""Extras that are only the sum of others."""
LOCKS = ("all", "durable")
"""The locked files that together name what the core and every extra need."""
PINNED = re.compile(
    r"^(?P<what>[A-Za-z0-9][^\\\n]*==[^\\\n]*?)(?P<hashes>( \\\n +--hash=\S+)*)\n", re.MULTILINE
)


@dataclass(frozen=True)
class Library:
    """One library that somebody else made."""

    name: str
    licence: str
    """As an SPDX expression."""
    needs: tuple[str, ...] = ()
    """What it needs, on any system and Python that we support."""
    within: tuple[str, ...] = ()
    """Licences of parts in its files that are not among those that are allowed."""
    note: str = ""


@dataclass(frozen=True)
class Pin:
    """One version that is locked, for the systems that its marker names."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


@dataclass(frozen=True)
class Libraries:
    """All of them, and what may be among them."""

    allowed: frozenset[str]
    within: frozenset[str]
    """What is allowed inside of compiled parts besides."""
    exceptions: Mapping[str, Mapping[str, str]]
    """Libraries under another licence: which, and why."""
    asked: Mapping[str, tuple[str, ...]]
    """What the core and each extra ask for by themselves."""
    known: Mapping[str, Library]

    def closure(self, part: str) -> list[str]:
        """Everything that the core, or an extra without the core, needs, in order."""
        found: set[str] = set()
        waiting = list(self.asked[part])
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.known[name].needs if name in self.known else ()
        return sorted(found)

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """For each library, what needs it: the core, or some extras."""
        found: dict[str, list[str]] = {}
        for part in self.asked:
            for name in self.closure(part):
                found.setdefault(name, []).append(part)
        return {name: [CORE] if CORE in of else sorted(of) for name, of in sorted(found.items())}


def project(root: Path = ROOT) -> dict[str, Any]:
    """What `pyproject.toml` says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def libraries(root: Path = ROOT) -> Libraries:
    """What the two files say together."""
    told = tomllib.loads((root / "release" / "libraries.toml").read_text(encoding="utf-8"))
    of_project = project(root)["project"]
    asked = {CORE: of_project["dependencies"], **of_project["optional-dependencies"]}
    return Libraries(
        allowed=frozenset(told["allowed"]),
        within=frozenset(told["within"]),
        exceptions=told["exceptions"],
        asked={
            part: tuple(sorted(canonicalize_name(Requirement(line).name) for line in lines))
            for part, lines in asked.items()
            if part not in NOT_EXTRAS
        },
        known={
            name: Library(
                name,
                one["licence"],
                tuple(one.get("needs", ())),
                tuple(one.get("within", ())),
                one.get("note", ""),
            )
            for name, one in told["libraries"].items()
        },
    )


def pins(name: str, root: Path = ROOT) -> Iterator[Pin]:
    """What a locked file names."""
    text = (root / ".ci" / "locked" / f"{name}.txt").read_text(encoding="utf-8")
    for found in PINNED.finditer(text):
        one = Requirement(found["what"])
        (version,) = one.specifier
        yield Pin(
            canonicalize_name(one.name),
            version.version,
            str(one.marker or ""),
            tuple(sorted(re.findall(r"--hash=sha256:(\S+)", found["hashes"]))),
        )


def locked(root: Path = ROOT, names: Iterable[str] = LOCKS) -> dict[str, list[Pin]]:
    """The versions of each library that the core or an extra may come with."""
    found: dict[str, set[Pin]] = {}
    for name in names:
        for pin in pins(name, root):
            found.setdefault(pin.name, set()).add(pin)
    return {
        name: sorted(several, key=lambda pin: (pin.version, pin.marker))
        for name, several in sorted(found.items())
    }
