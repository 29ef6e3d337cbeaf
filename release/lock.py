"""Renews what continuous integration installs: every version with the hashes of its files, in `.ci/locked`.

All are resolved together, so that they fit each other on each Python that the project supports, and written down in
parts, each to be installed alone. No index is named: whoever installs, takes the files from an index of their own,
and a file that differs from what was locked is refused.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKED = ROOT / ".ci" / "locked"
BUILD = ("editables", "hatchling", "pip", "setuptools", "wheel")
"""What other things are built with; so it is there first, and nothing is fetched while building."""
PARTS = {
    "all": ("pyproject.toml", "--extra", "all"),
    "dev": ("pyproject.toml", "--extra", "all", "--group", "dev"),
    "durable": ("pyproject.toml", "--extra", "durable"),
    "readers": ("--group", "readers"),
    "release": ("--group", "release"),
}
LOWEST = (
    *("pyproject.toml", "--extra", "cli", "--extra", "testing", "--group", "lowest"),
    *("--resolution", "lowest-direct"),
)
"""The lowest versions that are allowed; they need not fit the others, and are installed apart."""
HEAD = "# Made by `make lock`, and what `make setup` installs where CI=true.\n"


def main() -> None:
    """Writes the files anew, once all of them are known."""
    with tempfile.TemporaryDirectory() as waiting:
        build = Path(waiting) / "build.in"
        build.write_text("\n".join(BUILD), encoding="utf-8")
        together = Path(waiting) / "together.txt"
        every = ("dev", "readers", "release")
        together.write_text(
            resolved(
                *("pyproject.toml", "--extra", "all", "--extra", "durable", str(build)),
                *(argument for name in every for argument in ("--group", name)),
            ),
            encoding="utf-8",
        )
        agreed = ("--constraints", str(together))
        found = {name: resolved(*part, *agreed) for name, part in PARTS.items()}
        found["build"] = resolved(str(build), *agreed)
        found["codes"] = resolved("--group", "codes", "--no-deps")
        found["lowest"] = resolved(*LOWEST)
    LOCKED.mkdir(exist_ok=True)
    for name, text in found.items():
        (LOCKED / f"{name}.txt").write_text(HEAD + text, encoding="utf-8")


def resolved(*arguments: str) -> str:
    """What is to be installed, for every Python that is supported, with hashes."""
    return subprocess.run(  # noqa: S603 - our own tool
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--upgrade"),
            *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", *arguments),
        ],
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        stdout=subprocess.PIPE,
    ).stdout


if __name__ == "__main__":
    main()
