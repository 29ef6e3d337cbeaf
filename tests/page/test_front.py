"""The program of the page: its types fit, and what is in the package is what its sources give."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.page.conftest import missing

pytestmark = pytest.mark.interop

FRONT = Path(__file__).parents[2] / "front"
STATIC = Path(__file__).parents[2] / "painrules" / "page" / "static"


@pytest.fixture(scope="module", name="npx")
def _npx() -> str:
    found = shutil.which("npx")
    if found is None or not (FRONT / "node_modules").is_dir():
        missing("what npm installs in front")
    return found


def run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=FRONT, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_fit(npx: str) -> None:
    run(npx, "tsc", "--noEmit")


def test_the_package_holds_what_the_sources_give(npx: str, tmp_path: Path) -> None:
    run(str(Path(npx).with_name("node")), "build.mjs", str(tmp_path))
    names = sorted(path.name for path in STATIC.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (STATIC / name).read_bytes(), name
