"""A whole release, made from the tree as it stands: in a clone, with the programs that releases are made with."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from release.checkout import PLACE, git, version
from release.libraries import libraries, locked

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif("PAINRULES_INTEROP" not in os.environ, reason="make interop installs it"),
]
ROOT = Path(__file__).parents[2]
NUMBER = "98.7.6"
"""A version that stands nowhere yet."""


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


def copied(copy: Path) -> None:
    """A repository with what is in the tree, committed or not, and a fragment and a version, ready for a release."""
    git("init", "--quiet", "--initial-branch", "main", str(copy), root=copy.parent)
    git("config", "user.name", "Somebody", root=copy)
    git("config", "user.email", "somebody@example.org", root=copy)
    git("config", "commit.gpgsign", "false", root=copy)
    git("--git-dir", str(copy / ".git"), "--work-tree", str(ROOT), "add", "--all")
    git("commit", "--quiet", "--message", "The tree as it stands", root=copy)
    git("reset", "--quiet", "--hard", root=copy)
    told = (copy / PLACE).read_text(encoding="utf-8")
    (copy / PLACE).write_text(told.replace(f'"{version(copy)}"', f'"{NUMBER}"'), encoding="utf-8")
    (copy / "docs" / "changes" / "+trial.added.md").write_text("A trial.\n", encoding="utf-8")
    git("add", "--all", root=copy)
    git("commit", "--quiet", "--message", "Another version, and a fragment", root=copy)


def test_a_release_is_built_alike_twice_and_installs_where_there_is_nothing(
    tmp_path: Path,
) -> None:
    """What users get: the same bytes from the same commit, and no need of a network or a compiler.

    The checks that CI makes anyway are left out. It is one test, for it takes a minute to get there.
    """
    clone = tmp_path / "painrules"
    copied(clone)
    told = run(sys.executable, "-m", "release.prepare", "--checks", "licences", place=clone)
    names = {
        f"painrules-{NUMBER}-py3-none-any.whl",
        f"painrules-{NUMBER}.tar.gz",
        f"painrules-{NUMBER}.cdx.json",
        "SHA256SUMS",
    }

    assert {file.name for file in (clone / "dist").iterdir()} == names
    assert "wheel and source distribution install the same" in told
    assert told.count(f"painrules doctor: painrules {NUMBER}\n") == 2
    assert told.count("PASSED") == 2
    checked = run("sha256sum", "--check", "SHA256SUMS", place=clone / "dist")
    assert checked.count(": OK\n") == 3
    assert git("log", "-1", "--format=%s", root=clone) == f"Release {NUMBER}"
    assert git("status", "--porcelain", root=clone) == ""
    assert git("tag", root=clone) == ""
    another_clone_gives_the_same_bill(clone, tmp_path)
    the_bill_holds_everything_with_its_licence(clone)


def another_clone_gives_the_same_bill(clone: Path, tmp_path: Path) -> None:
    """Whoever has the commit can check what was published; the build has been tried twice already."""
    other = tmp_path / "other"
    git("clone", "--quiet", str(clone), str(other))
    run(sys.executable, "-m", "release.sbom", "--out", str(tmp_path), place=other)
    name = f"painrules-{NUMBER}.cdx.json"

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
    assert (ours["name"], ours["version"]) == ("painrules", NUMBER)
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
