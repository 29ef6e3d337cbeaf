"""Checks the licences of all that the core and the extras need, on what is installed here.

`libraries.toml` names each library with its licence. This compares it with what the installed library says of itself:
the metadata, the texts of licences that come with it, and the bills of materials of its compiled parts.

Usage: python -m release.licences [--write]
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release.libraries import CORE, ROOT, Libraries, Library, libraries, locked

TEXTS = {
    "0BSD": "Permission to use, copy, modify, and/or distribute this software",
    "Apache-2.0": "Apache License",
    "BSD-2-Clause": "Redistributions of source code must retain",
    "BSD-3-Clause": "Redistributions of source code must retain",
    "ISC": "Permission to use, copy, modify, and/or distribute this software",
    "LGPL-3.0-only": "GNU LESSER GENERAL PUBLIC LICENSE",
    "MIT": "Permission is hereby granted, free of charge",
    "MPL-2.0": "Mozilla Public License",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE",
}
"""Words that the text of a licence has."""
WORDS = {
    "Apache 2.0": {"Apache-2.0"},
    "BSD": {"BSD-2-Clause", "BSD-3-Clause"},
    "BSD 3-Clause License": {"BSD-3-Clause"},
    "BSD-3-Clause": {"BSD-3-Clause"},
    "ISC license": {"ISC"},
    "MIT": {"MIT"},
    "License :: OSI Approved :: Apache Software License": {"Apache-2.0"},
    "License :: OSI Approved :: BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "License :: OSI Approved :: ISC License (ISCL)": {"ISC"},
    "License :: OSI Approved :: MIT License": {"MIT"},
}
"""What older metadata calls a licence, and which it can be."""
COPYLEFT = re.compile(
    r"\bGNU (?:LESSER |LIBRARY |AFFERO )?GENERAL PUBLIC LICENSE\s+Version|Mozilla Public License Version|"
    r"^License: .*GPL.*$",
    re.MULTILINE,
)
"""How the text of a licence begins that wants more than a notice; and how NumPy names those of its parts."""
NAMED_SO = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
SCRIPTS = "third-party-licenses.json"
"""Where extensions of Jupyter list the scripts that are bundled with them."""
SYSTEMS = (
    ("linux", "Linux", "posix"),
    ("darwin", "Darwin", "posix"),
    ("win32", "Windows", "nt"),
)
PYTHONS = ("3.11", "3.12", "3.13")


@dataclass(frozen=True)
class Installed:
    """What an installed library says of itself."""

    version: str
    expression: str = ""
    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    """What others made that is compiled or bundled into its files: by name, with the licence of each."""


def main() -> int:
    """Says what is wrong; or writes down anew what each library needs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="renew what libraries need")
    if parser.parse_args().write:
        file = ROOT / "release" / "libraries.toml"
        file.write_text(renewed(file.read_text(encoding="utf-8"), libraries()), encoding="utf-8")
    told = libraries()
    here = {name: one for name in [*told.parts, *told.known] if (one := installed(name))}
    found = [*problems(told, here)]
    for line in found:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(
        f"{len(told.known)} libraries, {len(here)} of them installed here and looked at, "
        f"{len(told.exceptions)} exceptions, {len(found)} problems\n"
    )
    return 1 if found else 0


@cache
def installed(name: str) -> Installed | None:
    """What a library says of itself, if it is here."""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    about = distribution.metadata
    files = distribution.files or []
    texts = [
        file.read_text() for file in files if NAMED_SO.search(str(file)) and file.suffix != ".py"
    ]
    bills = [json.loads(file.read_text()) for file in files if file.parts[1:2] == ("sboms",)]
    scripts = [json.loads(file.read_text()) for file in files if file.name == SCRIPTS]
    return Installed(
        version=distribution.version,
        expression="".join(about.get_all("License-Expression") or ()),
        words=tuple(
            word
            for key in ("License", "Classifier")
            for word in about.get_all(key) or ()
            if word in WORDS
        ),
        texts=tuple(texts),
        needs=tuple(needed(name)),
        parts=(
            *((part["name"], said_of(part)) for bill in bills for part in bill["components"]),
            *((part["name"], part["licenseId"]) for of in scripts for part in of["packages"]),
        ),
    )


def said_of(part: dict[str, list[dict[str, object]]]) -> str:
    """The licence that a bill of materials names, as an expression."""
    told: list[str] = []
    for one in part.get("licenses", ()):
        plain = one.get("license")
        told.append(str(plain.get("id", "")) if isinstance(plain, dict) else str(one["expression"]))
    return " AND ".join(filter(None, told))


def needed(name: str) -> list[str]:
    """What an installed library asks for, on any system and Python that we support."""
    found: set[str] = set()
    for line in metadata.requires(name) or ():
        one = Requirement(line)
        if one.marker is None or any(
            one.marker.evaluate(
                {
                    "extra": "",
                    "os_name": kind,
                    "platform_python_implementation": "CPython",
                    "implementation_name": "cpython",
                    "platform_system": system,
                    "python_full_version": f"{python}.9",
                    "python_version": python,
                    "sys_platform": platform,
                }
            )
            for platform, system, kind in SYSTEMS
            for python in PYTHONS
        ):
            found.add(canonicalize_name(one.name))
    return sorted(found)


def allows(expression: str, allowed: Iterable[str]) -> bool:
    """Can what is under this licence be had under one that is allowed?

    >>> allows("MIT OR GPL-3.0-only", {"MIT"}), allows("MIT AND GPL-3.0-only", {"MIT"})
    (True, False)
    >>> allows("(MIT OR Apache-2.0) AND Unicode-3.0", {"MIT"})
    False
    """
    known = set(allowed)
    tokens = re.findall(r"\(|\)|\bAND\b|\bOR\b|[^\s()]+(?:\s+WITH\s+[^\s()]+)?", expression)

    def either(at: int) -> tuple[bool, int]:
        fits, at = both(at)
        while at < len(tokens) and tokens[at] == "OR":
            other, at = both(at + 1)
            fits |= other
        return fits, at

    def both(at: int) -> tuple[bool, int]:
        fits, at = one(at)
        while at < len(tokens) and tokens[at] == "AND":
            other, at = one(at + 1)
            fits &= other
        return fits, at

    def one(at: int) -> tuple[bool, int]:
        if tokens[at] == "(":
            fits, at = either(at + 1)
            return fits, at + 1
        return tokens[at] in known, at + 1

    return bool(tokens) and either(0)[0]


def names(expression: str) -> list[str]:
    """The licences in an expression."""
    return [word for word in re.findall(r"[^\s()]+", expression) if word not in {"AND", "OR"}]


def problems(told: Libraries, here: dict[str, Installed]) -> Iterator[str]:
    """What is wrong: with the list itself, and where installed libraries say something else."""
    versions = locked()
    for name in sorted({*told.parts} - {*told.known}):
        yield f"{name}: {' and '.join(told.parts[name])} needs it, and libraries.toml does not name it"
    for name in sorted({*told.known} - {*told.parts}):
        yield f"{name}: libraries.toml names it, and nothing needs it"
    for name in sorted({*told.parts} ^ {*versions}):
        how = "not locked" if name in told.parts else "locked, and nothing needs it"
        yield f"{name}: {how}: make lock, then python -m release.licences --write"
    for name in sorted({*told.exceptions} - {*told.known}):
        yield f"{name}: an exception that nothing needs"
    for name, one in sorted(told.known.items()):
        yield from of_licence(told, one)
        if name in here:
            same = here[name].version in {pin.version for pin in versions.get(name, ())}
            yield from of_installed(told, one, here[name], same_version=same)


def of_licence(told: Libraries, one: Library) -> Iterator[str]:
    """Is its licence allowed, or an exception with a reason?"""
    exception = told.exceptions.get(one.name)
    if exception is None:
        if not allows(one.licence, told.allowed):
            yield f"{one.name}: {one.licence} is not among the licences that are allowed"
        if one.within:
            yield f"{one.name}: parts of it are under {', '.join(one.within)}, without an exception"
    elif allows(one.licence, told.allowed) and not one.within:
        yield f"{one.name}: an exception that it does not need"
    elif not exception["why"]:
        yield f"{one.name}: an exception without a reason"
    if exception is not None and CORE in told.parts.get(one.name, ()):
        yield f"{one.name}: the core needs it, so there is no exception"


def of_installed(
    told: Libraries, one: Library, found: Installed, *, same_version: bool
) -> Iterator[str]:
    """Does it say of itself what the list says of it?"""
    if found.expression and (
        found.expression != one.licence
        if same_version or one.name in told.exceptions
        else not allows(found.expression, told.allowed)
    ):
        yield f"{one.name} {found.version}: its licence is {found.expression}, not {one.licence}"
    if same_version and found.needs != one.needs:
        needs = ", ".join(found.needs) or "nothing"
        yield f"{one.name} {found.version}: it needs {needs}: python -m release.licences --write"
    for word in found.words:
        if not found.expression and one.licence not in WORDS[word]:
            yield f"{one.name} {found.version}: it says {word!r}, not {one.licence}"
    for part, licence in found.parts:
        if not allows(licence, told.allowed | told.within):
            what = f"{part}, which is in its files, is under {licence or 'no licence'}"
            yield f"{one.name} {found.version}: {what}"
    yield from of_texts(told, one, found)


def of_texts(told: Libraries, one: Library, found: Installed) -> Iterator[str]:
    """Do the texts that come with it fit its licence, and no other?"""
    every = "\n".join(found.texts)
    words = " ".join(every.casefold().split())
    for licence in names(one.licence) if found.texts else ():
        if (said := TEXTS.get(licence)) and said.casefold() not in words:
            yield f"{one.name} {found.version}: no text that comes with it is that of {licence}"
    if not found.texts and not found.expression and not found.words:
        yield f"{one.name} {found.version}: it does not say which licence it has"
    others = COPYLEFT.findall(every)
    if others and not one.within and one.name not in told.exceptions:
        told_of = ", ".join(" ".join(text.split()) for text in others)
        yield f"{one.name} {found.version}: the text of another licence comes with it: {told_of}"


def renewed(text: str, told: Libraries) -> str:
    """The file with what installed libraries need; licences and reasons stay, for somebody has to read those."""
    head, _, _ = text.partition("\n[libraries.")
    known: dict[str, Library] = {}
    waiting = [name for asked in told.asked.values() for name in asked]
    while waiting:
        name = waiting.pop()
        if name not in known:
            before = told.known.get(name) or Library(name, "?")
            found = installed(name)
            known[name] = replace(before, needs=found.needs) if found else before
            waiting += known[name].needs
    return head + "\n" + "\n".join(_entry(one) for _, one in sorted(known.items()))


def _entry(one: Library) -> str:
    told = [f"[libraries.{one.name}]", f"licence = {json.dumps(one.licence)}"]
    for key, several in (("needs", one.needs), ("within", one.within)):
        if several:
            told.append(f"{key} = {json.dumps([*several])}")
    if one.note:
        told.append(f"note = {json.dumps(one.note, ensure_ascii=False)}")
    return "\n".join([*told, ""])


if __name__ == "__main__":
    sys.exit(main())
