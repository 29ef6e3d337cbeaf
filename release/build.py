"""Builds wheel and source distribution from a commit, twice, and keeps them if both came out byte for byte the same.

Each time in another folder, with another umask, time zone, language and order of sets: what depends on the place, the
time or the person shows. The time that archives carry is that of the commit.

Usage: python release/build.py [--out dist] [--commit HEAD]
"""

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Surroundings(NamedTuple):
    """What may not matter."""

    folder: str
    umask: int
    zone: str
    language: str
    seed: str


ONCE = Surroundings("a", 0o022, "UTC", "C.UTF-8", "0")
AGAIN = Surroundings("somewhere/else, with a longer name", 0o077, "Asia/Kathmandu", "C", "12345")


def main() -> int:
    """Builds twice; says what differs, or what was built."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where it is kept")
    parser.add_argument("--commit", default="HEAD", help="what is built")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as waiting:
        tree = commit(given.commit)
        first, second = (built(tree, given.commit, Path(waiting), how) for how in (ONCE, AGAIN))
        differing = sorted(
            name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
        )
        if differing:
            sys.stderr.write(f"built twice, these differ: {', '.join(differing)}\n")
            return 1
        given.out.mkdir(parents=True, exist_ok=True)
        for name, data in first.items():
            (given.out / name).write_bytes(data)
            sys.stdout.write(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
    return 0


def git(*arguments: str) -> bytes:
    """What git says."""
    return subprocess.run(  # noqa: S603 - our own arguments
        ["git", "-C", str(ROOT), *arguments],  # noqa: S607 - the git of whoever releases
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def commit(name: str) -> bytes:
    """The files of a commit, as a tar archive."""
    return git("archive", "--format=tar", name)


def built(tree: bytes, name: str, folder: Path, how: Surroundings) -> dict[str, bytes]:
    """What comes of a tree in such surroundings: the files by name."""
    place, out = folder / how.folder, folder / how.seed
    place.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(tree)) as archive:
        archive.extractall(place, filter="data")
    settings = {
        "LC_ALL": how.language,
        "PYTHONHASHSEED": how.seed,
        "SOURCE_DATE_EPOCH": git("log", "-1", "--format=%ct", name).decode().strip(),
        "TZ": how.zone,
    }
    before = os.umask(how.umask)
    try:
        subprocess.run(  # noqa: S603 - our own tools
            [*(sys.executable, "-m", "build", "--no-isolation"), "--outdir", str(out), str(place)],
            check=True,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
        )
    finally:
        os.umask(before)
    found = {file.name: file.read_bytes() for file in sorted(out.iterdir())}
    shutil.rmtree(place)
    return found


if __name__ == "__main__":
    sys.exit(main())
