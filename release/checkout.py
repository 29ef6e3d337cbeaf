"""A checkout: what git says of it, and the version, which stands in one place."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = Path("painrules", "__init__.py")
"""Where the version stands; all else takes it from there."""
PACK = Path("rules", "core", "pack.yaml")
"""Where the version of the core pack stands, which is another."""


def git(*arguments: str, root: Path = ROOT) -> str:
    """What git says."""
    return subprocess.run(  # noqa: S603 - our own arguments
        ["git", "-C", str(root), *arguments],  # noqa: S607 - the git of whoever releases
        check=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
    ).stdout.strip()


def version(root: Path = ROOT) -> str:
    """The version of the library, read without importing it."""
    (found,) = re.findall(
        r'^__version__ = "(\S+)"$', (root / PLACE).read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(found)


def version_of_pack(root: Path = ROOT) -> str:
    """The version of the core pack."""
    (found,) = re.findall(
        r"^version: (\S+)$", (root / PACK).read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(found)


def moment(root: Path = ROOT) -> int:
    """When the commit was made, in seconds since 1970: the only time that a release knows."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or git("log", "-1", "--format=%ct", root=root))
