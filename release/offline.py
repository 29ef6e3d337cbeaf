"""Installs the wheel and the source distribution where there is nothing: no network, no compiler, no other library.

First the files of what the core and the command line need are collected, those that are locked and no others, and
what the source distribution is built with. Then each is installed from there into an empty environment, and explores.

Usage: python -m release.offline [--dist dist]
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from release.checkout import version
from release.libraries import CORE, ROOT, Pin, libraries, locked

TOOLS = frozenset({"editables", "pip", "setuptools", "wheel"})
"""What is locked for building, and not needed to build this."""
EXPLORE = """
import painrules
result = painrules.explore("chronic", condition="sciatica", age=72)
print(painrules.__version__, result.pack.digest, len(result.listed))
"""
UNREACHABLE = """
import socket
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
except OSError as error:
    print(error.strerror)
"""
"""An address that leads nowhere, but for which most networks have a way out."""


def main() -> int:
    """Says what was installed, and where the network ended."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the two lie")
    dist: Path = parser.parse_args().dist.resolve()
    wheel = dist / f"painrules-{version()}-py3-none-any.whl"
    sdist = dist / f"painrules-{version()}.tar.gz"
    with tempfile.TemporaryDirectory() as waiting:
        wheelhouse = Path(waiting) / "wheelhouse"
        collect(wheelhouse)
        cut = cut_off()
        sys.stdout.write(f"{len([*wheelhouse.iterdir()])} wheels; the network is {cut.words}\n")
        told = [
            tried(file, wheelhouse, Path(waiting) / file.suffix, cut.prefix)
            for file in (wheel, sdist)
        ]
    if told[0] != told[1]:
        sys.stderr.write("the source distribution installs other files than the wheel\n")
        return 1
    sys.stdout.write(f"wheel and source distribution install the same {len(told[0])} files\n")
    return 0


class Cut(NamedTuple):
    """How programs are started so that they find no network."""

    prefix: tuple[str, ...]
    words: str


def cut_off() -> Cut:
    """In a network of their own, with nobody else in it, where that is allowed."""
    unshare = shutil.which("unshare")
    if unshare:
        for way in ((unshare, "--net"), (unshare, "--user", "--map-root-user", "--net")):
            done = subprocess.run(  # noqa: S603 - our own arguments
                [*way, sys.executable, "-c", ""], check=False, capture_output=True
            )
            if done.returncode == 0:
                return Cut(way, "cut off")
    return Cut((), "only hidden, behind a proxy that is not there")


def wanted() -> Iterator[Pin]:
    """The core, the command line, and what the source distribution is built with."""
    told, versions = libraries(), locked(names=("all", "build"))
    build = {name for name in locked(names=("build",)) if name not in TOOLS}
    for name in sorted({*told.closure(CORE), *told.closure("cli"), *build}):
        yield from versions[name]


def collect(folder: Path) -> None:
    """Fetches wheels, each with a hash that is locked; nothing that would have to be compiled."""
    folder.mkdir()
    asked = folder.parent / "wanted.txt"
    asked.write_text("".join(map(line, wanted())), encoding="utf-8")
    subprocess.run(  # noqa: S603 - our own arguments
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
            *("--dest", str(folder), "--requirement", str(asked)),
        ],
        check=True,
    )


def line(pin: Pin) -> str:
    """As pip wants it."""
    where = f" ; {pin.marker}" if pin.marker else ""
    return (
        " ".join(
            [f"{pin.name}=={pin.version}{where}", *(f"--hash=sha256:{one}" for one in pin.hashes)]
        )
        + "\n"
    )


def tried(file: Path, wheelhouse: Path, place: Path, prefix: tuple[str, ...]) -> dict[str, str]:
    """Installs one of the two and explores; the files that were installed, with their hashes."""
    venv.create(place, with_pip=False, symlinks=True)
    python = str(place / "bin" / "python")
    settings = {
        "CC": "/bin/false",
        "CXX": "/bin/false",
        "HOME": str(place),
        "PATH": str(place / "bin"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_FIND_LINKS": str(wheelhouse),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_INDEX": "1",
        **{f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "all")},
    }

    def ran(*command: str) -> str:
        return subprocess.run(  # noqa: S603 - our own commands
            [*prefix, *command],
            check=True,
            cwd=place,
            encoding="utf-8",
            env=settings,
            stdout=subprocess.PIPE,
        ).stdout.strip()

    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile")
    if prefix:
        sys.stdout.write(f"  a connection: {ran(python, '-I', '-c', UNREACHABLE)}\n")
    ran(*pip, str(file))
    sys.stdout.write(f"  {file.name}: {ran(python, '-I', '-W', 'error', '-c', EXPLORE)}\n")
    ran(*pip, f"{file}[cli]")
    doctor = ran(str(place / "bin" / "painrules"), "doctor").splitlines()
    sys.stdout.write(f"  painrules doctor: {doctor[0]}\n")
    (record,) = place.glob("lib/python*/site-packages/painrules-*.dist-info/RECORD")
    with record.open(encoding="utf-8", newline="") as rows:
        return {
            name: digest
            for name, digest, _ in csv.reader(rows)
            if name.startswith("painrules/") and not name.endswith(".pyc")
        }


if __name__ == "__main__":
    sys.exit(main())
