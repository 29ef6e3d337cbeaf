"""A whole release, made from the tree as it stands: in a clone, with the programs that releases are made with."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from release.checkout import git, version
from release.libraries import libraries, locked

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif("PAINRULES_INTEROP" not in os.environ, reason="make interop installs it"),
]
ROOT = Path(__file__).parents[2]


def run(*command: str, place: Path) -> str:
    """What a program prints; it finds the library in the clone."""
    settings = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(  # noqa: S603 - our own commands
        command,
        check=False,
        cwd=place,
        encoding="utf-8",
        env={**settings, "PYTHONPATH": str(place)},
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def cloned(clone: Path) -> None:
    """A clone with what is in the tree, committed or not, and a fragment, ready for a release."""
    git("clone", "--quiet", "--no-tags", str(ROOT), str(clone))
    git("checkout", "--quiet", "-B", "main", root=clone)
    for line in git("ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (ROOT / line).is_file():
            (clone / line).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / line, clone / line)
        else:
            (clone / line).unlink(missing_ok=True)
    (clone / "docs" / "changes" / "+trial.added.md").write_text("A trial.\n", encoding="utf-8")
    git("config", "user.name", "Somebody", root=clone)
    git("config", "user.email", "somebody@example.org", root=clone)
    git("config", "commit.gpgsign", "false", root=clone)
    git("add", "--all", root=clone)
    git("commit", "--quiet", "--message", "The tree as it stands", root=clone)


def test_a_release_is_built_alike_twice_and_installs_where_there_is_nothing(
    tmp_path: Path,
) -> None:
    """What users get: the same bytes from the same commit, and no need of a network or a compiler.

    The checks that CI makes anyway are left out. It is one test, for it takes a minute to get there.
    """
    clone = tmp_path / "clone"
    cloned(clone)
    told = run(sys.executable, "-m", "release.prepare", "--checks", "licences", place=clone)
    number = version(clone)
    names = {
        f"painrules-{number}-py3-none-any.whl",
        f"painrules-{number}.tar.gz",
        f"painrules-{number}.cdx.json",
        "SHA256SUMS",
    }

    assert {file.name for file in (clone / "dist").iterdir()} == names
    assert "wheel and source distribution install the same" in told
    assert told.count("PASSED") == 2
    checked = run("sha256sum", "--check", "SHA256SUMS", place=clone / "dist")
    assert checked.count(": OK\n") == 3
    assert git("log", "-1", "--format=%s", root=clone) == f"Release {number}"
    assert git("status", "--porcelain", root=clone) == ""
    assert git("tag", root=clone) == ""
    another_clone_gives_the_same_bill(clone, tmp_path)
    the_bill_holds_everything_with_its_licence(clone)


def another_clone_gives_the_same_bill(clone: Path, tmp_path: Path) -> None:
    """Whoever has the commit can check what was published; the build has been tried twice already."""
    other = tmp_path / "other"
    git("clone", "--quiet", str(clone), str(other))
    run(sys.executable, "-m", "release.sbom", "--out", str(tmp_path), place=other)
    name = f"painrules-{version(clone)}.cdx.json"

    assert (tmp_path / name).read_bytes() == (clone / "dist" / name).read_bytes()


def the_bill_holds_everything_with_its_licence(clone: Path) -> None:
    """Programs that look for a library with a hole in it go by name and version."""
    (file,) = (clone / "dist").glob("*.cdx.json")
    bill = json.loads(file.read_text(encoding="utf-8"))
    pinned = {(pin.name, pin.version) for several in locked().values() for pin in several}
    known = libraries()

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert uuid.UUID(bill["serialNumber"]).version == 5
    assert {(one["name"], one["version"]) for one in bill["components"]} == pinned
    for one in bill["components"]:
        assert one["licenses"] == [{"expression": known.known[one["name"]].licence}]
        parts = [told["value"] for told in one["properties"] if told["name"].endswith("needed-by")]
        assert parts == known.parts[one["name"]]
        assert one["scope"] == ("required" if parts == ["core"] else "optional")
    ours = bill["metadata"]["component"]
    assert (ours["name"], ours["version"]) == ("painrules", version(clone))
    held = {one["name"]: one for one in ours["components"]}
    assert {*held} == {
        "painrules/page/static/page.js",
        "painrules/page/static/style.css",
        "painrules/page/static/widget.js",
        "rules/core",
    }
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert {name.partition("@")[0] for name in needs["painrules"]} == {
        name for asked in known.asked.values() for name in asked
    }
    assert "://" not in json.dumps({key: bill[key] for key in bill if key != "$schema"})
