"""The library in the browser's Python: the wheel is imported there, and says the same as here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from painrules import core_pack

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif("PAINRULES_INTEROP" not in os.environ, reason="make interop installs it"),
]


def run(*command: str, **more: str) -> str:
    """What a command prints."""
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=HERE, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module", name="packages")
def _packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our wheel, pydantic-core built for the browser, and what is written in Python alone."""
    folder = tmp_path_factory.mktemp("packages")
    platform = json.loads(run("node", "platform.mjs"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--target", str(folder)]
    run(
        *[*pip, "--only-binary=:all:", "--implementation", "cp", "--platform", "any"],
        *["--python-version", platform["python"], "--platform", platform["platform"]],
        *["--abi", platform["abi"], "pydantic>=2.9", "networkx>=3.2"],
    )
    run(*pip, "--no-deps", "pyyaml>=6")  # its part in C is left aside there
    wheel = folder / "wheel"
    run(*[sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(wheel), str(ROOT)])
    run(*pip, "--no-deps", *map(str, wheel.glob("*.whl")))
    return folder


def test_every_combination_of_the_core_pack_gives_the_same(packages: Path) -> None:
    """Pain type, mechanism and condition: what is said of every option, and each 97th result to the last byte."""
    script = str(HERE / "combinations.py")
    here = run(sys.executable, script, PAINRULES_EVERY="1", PYTHONPATH=str(ROOT))
    there = run("node", "run.mjs", str(packages), script, "1")

    assert here == there
    assert len(there.splitlines()) > 10 * len(core_pack().conditions)
