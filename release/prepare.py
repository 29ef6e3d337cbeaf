"""Prepares a release: the changelog from its fragments, all checks, everything that is published, in `dist`.

All of it happens in a copy of the repository. Only when everything came out well does the tree get the commit of the
release, and `dist` its files; until then, and with `--dry-run` for ever, it is as it was. Nothing is tagged, pushed
or uploaded: what remains to be done by somebody who has looked at it is printed.

Usage: python -m release.prepare [--dry-run] [--checks "check test licences"]
"""

import argparse
import datetime as dt
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from packaging.version import VERSION_PATTERN, InvalidVersion, Version

from release.checkout import PACK, PLACE, ROOT, git, version, version_of_pack

CHECKS = "check test licences"
"""Targets of make that have to succeed on the commit of the release."""
FRAGMENTS = Path("docs", "changes")
CHANGELOG = Path("CHANGELOG.md")
SUMS = "SHA256SUMS"
FLAGS = re.VERBOSE | re.IGNORECASE


class RefusedError(Exception):
    """Why there is no release: the sentence is for whoever asked for one."""


def main() -> int:
    """Prepares it, or says why not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--dry-run", action="store_true", help="try all of it, and keep nothing")
    parser.add_argument("--checks", default=CHECKS, help=f"targets of make; else {CHECKS!r}")
    given = parser.parse_args()
    try:
        prepared(ROOT, given.checks.split(), dry=given.dry_run)
    except RefusedError as error:
        sys.stderr.write(f"no release: {error}\n")
        return 2
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        sys.stderr.write(f"no release, and nothing was changed: this failed: {command}\n")
        return 1
    return 0


def prepared(root: Path, checks: list[str], *, dry: bool = False) -> None:
    """Prepares the release of a checkout.

    Raises:
        RefusedError: If there can be none; nothing was changed.
        CalledProcessError: If something failed; nothing was changed.
    """
    reasons = [*refused(root)]
    if reasons:
        raise RefusedError("\n    ".join(reasons))
    before = git("rev-parse", "HEAD", root=root)
    with tempfile.TemporaryDirectory(prefix="painrules-release-") as waiting:
        copy = Path(waiting) / "painrules"
        git("clone", "--quiet", "--no-tags", str(root), str(copy), root=root)
        git("checkout", "--quiet", "--detach", before, root=copy)
        say(f"painrules {version(copy)} from {before[:12]}, in a copy")
        commit(copy, root)
        for target in checks:
            say(f"make {target}")
            make(target, copy)
        skipped = [name for name in CHECKS.split() if name not in checks]
        if skipped:
            say(f"NOT RUN, as was asked for: make {' '.join(skipped)}")
        built(copy)
        if dry:
            say("tried; nothing was kept")
            return
        keep(root, copy, before)
    remaining(root)


def say(words: str) -> None:
    """Tells where it is."""
    sys.stdout.write(f"== {words}\n")
    sys.stdout.flush()


def refused(root: Path) -> Iterator[str]:
    """Why there can be no release, if so."""
    changes = git("status", "--porcelain", root=root).splitlines()
    if changes:
        yield f"the tree is not clean: {', '.join(changes[:5])}{', ...' if changes[5:] else ''}"
    if not git("branch", "--show-current", root=root):
        yield "no branch is checked out, and the commit would be lost"
    if not git("config", "--default", "", "--get", "user.email", root=root):
        yield "git does not know who you are: git config user.name and user.email"
    wanted = version(root)
    yield from of_version(root, wanted)
    if not fragments(root):
        yield f"{FRAGMENTS} holds no fragment, so there is nothing to say in the changelog"
    if f"\n## {wanted} (" in (root / CHANGELOG).read_text(encoding="utf-8"):
        yield f"{CHANGELOG} has {wanted} already"


def of_version(root: Path, wanted: str) -> Iterator[str]:
    """Is the version a new one, written as versions are?"""
    try:
        new = Version(wanted)
    except InvalidVersion:
        yield f"{PLACE}: {wanted!r} is no version"
        return
    if str(new) != wanted or new.local or new.is_devrelease:
        yield f"{PLACE}: {wanted!r} is no version to release; plainly it is {new.public!r}"
    found = git("tag", "--list", "v[0-9]*", root=root).split()
    tags = {Version(tag[1:]): tag for tag in found if re.fullmatch(VERSION_PATTERN, tag[1:], FLAGS)}
    if not tags:
        return
    tag = tags[max(tags)]
    if new <= max(tags):
        yield f"{PLACE}: {wanted} is not later than {tag}, which is tagged already"
    changed = git("diff", "--name-only", tag, "--", str(PACK.parent), root=root)
    then = git("show", f"{tag}:{PACK.as_posix()}", root=root)
    if changed and f"\nversion: {version_of_pack(root)}\n" in f"{then}\n":
        yield f"{PACK}: the rules are others than in {tag}, and the version of the pack is the same"


def fragments(root: Path) -> list[Path]:
    """The fragments of the changelog."""
    return [file for file in sorted((root / FRAGMENTS).glob("*.md")) if file.name != "README.md"]


def commit(copy: Path, root: Path) -> None:
    """Writes the changelog from the fragments, and the commit of the release."""
    wanted = version(copy)
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    run(
        *(sys.executable, "-m", "towncrier", "build", "--yes"),
        *("--version", wanted, "--date", day),
        place=copy,
        quiet=True,
    )
    if fragments(copy) or f"\n## {wanted} ({day})" not in (copy / CHANGELOG).read_text("utf-8"):
        raise RefusedError("towncrier left fragments behind")
    git("add", "--all", root=copy)
    who = [
        part
        for key in ("user.name", "user.email")
        if (value := git("config", "--default", "", "--get", key, root=root))
        for part in ("-c", f"{key}={value}")
    ]
    git(*who, "commit", "--quiet", "--message", f"Release {wanted}", root=copy)


def built(copy: Path) -> None:
    """Builds what is published, and looks at it from every side."""
    dist = copy / "dist"
    wanted = version(copy)
    say("build, twice, byte for byte the same")
    run(sys.executable, "release/build.py", "--out", str(dist), place=copy)
    files = [dist / f"painrules-{wanted}-py3-none-any.whl", dist / f"painrules-{wanted}.tar.gz"]
    if sorted(dist.iterdir()) != sorted(files):
        raise RefusedError(f"{', '.join(file.name for file in sorted(dist.iterdir()))} were built")
    with tarfile.open(files[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    if any(name.startswith(f"{FRAGMENTS.as_posix()}/+") for name in names):
        raise RefusedError("the source distribution was built without the changelog")
    say("twine check --strict")
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, files), place=copy)
    say("bill of materials")
    run(sys.executable, "-m", "release.sbom", "--out", str(dist), place=copy)
    say("install offline, without a compiler")
    run(sys.executable, "-m", "release.offline", "--dist", str(dist), place=copy)
    sums = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(dist.iterdir())
    ]
    (dist / SUMS).write_text("".join(sums), encoding="utf-8")
    sys.stdout.writelines(sums)


def make(target: str, copy: Path) -> None:
    """Runs a target of make on the copy, with what is installed here and nothing installed anew."""
    venv = Path(sys.prefix)
    run("make", "-o", f"{venv}/bin/.ready", target, f"VENV={venv}", place=copy)


def run(*command: str, place: Path, quiet: bool = False) -> None:
    """Runs a program in the copy, so that it finds the library there and takes the time from its commit."""
    settings = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    sys.stdout.flush()
    subprocess.run(  # noqa: S603 - our own commands
        command,
        check=True,
        cwd=place,
        env={**settings, "PYTHONPATH": str(place)},
        stdout=subprocess.DEVNULL if quiet else None,
    )


def keep(root: Path, copy: Path, before: str) -> None:
    """Puts the files into `dist` and the commit onto the branch: both or neither."""
    if git("rev-parse", "HEAD", root=root) != before or git("status", "--porcelain", root=root):
        raise RefusedError("the tree changed meanwhile; it was left alone")
    git("fetch", "--quiet", "--no-tags", str(copy), "HEAD", root=root)
    made = git("rev-parse", "HEAD", root=copy)
    dist, new, old = root / "dist", root / "build" / "dist-new", root / "build" / "dist-old"
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    shutil.copytree(copy / "dist", new)
    try:
        if dist.exists():
            dist.rename(old)
        new.rename(dist)
        git("merge", "--quiet", "--ff-only", made, root=root)
    except BaseException:
        if not new.exists():
            shutil.rmtree(dist, ignore_errors=True)
        if old.exists():
            old.rename(dist)
        raise
    finally:
        for left_over in (new, old):
            shutil.rmtree(left_over, ignore_errors=True)
        with suppress(OSError):
            new.parent.rmdir()  # if there was nothing else in it


def remaining(root: Path) -> None:
    """Says what is left to do, by hand."""
    tag = f"v{version(root)}"
    branch = git("branch", "--show-current", root=root)
    say(f"ready: the files are in dist, the commit is on {branch}; the rest is yours")
    sys.stdout.write(
        "look at it:\n"
        "  git show --stat HEAD\n"
        f"  (cd dist && sha256sum --check {SUMS})\n"
        "publish it:\n"
        f"  git tag --sign {tag} --message 'painrules {tag[1:]}'\n"
        f"  git push origin {branch} {tag}\n"
        "  python -m twine upload dist/*.whl dist/*.tar.gz\n"
        f"  and beside the tag: dist/{SUMS} and dist/*.cdx.json\n"
        "or take it back, as long as it is not tagged:\n"
        "  git reset --hard HEAD~1 && rm -r dist\n"
    )


if __name__ == "__main__":
    sys.exit(main())
