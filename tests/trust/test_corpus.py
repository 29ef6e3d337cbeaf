"""What was found once is tried again, with all that has to hold: see `fuzz` and `docs/explanation/security.md`."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from fuzz.guard import CORPUS, Guard  # noqa: E402 - it lies beside the tests
from fuzz.mutate import made  # noqa: E402 - see above
from fuzz.targets import TARGETS  # noqa: E402 - see above

sys.path.remove(str(ROOT))
INPUTS = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*"))


def test_there_is_something_to_try() -> None:
    assert len(INPUTS) > 5


@pytest.mark.parametrize("name", INPUTS)
def test_what_was_found_is_found_no_more(name: str, tmp_path: Path) -> None:
    """An answer or one of our errors, within its limits."""
    target = name.partition("/")[0]
    guard = Guard(target, TARGETS[target], tmp_path)

    assert guard.run((CORPUS / name).read_bytes()) is None, guard.found


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_new_inputs_are_met_too(name: str, tmp_path: Path) -> None:
    """The same ones each time."""
    guard = Guard(name, TARGETS[name], tmp_path)
    for seed in range(3):
        guard.run(made(name, seed))

    assert (guard.found, guard.tried) == ({}, 3)


def test_a_finding_is_noticed_and_kept(tmp_path: Path) -> None:
    """A guard that finds nothing is worth nothing."""

    def breaks(data: bytes) -> None:
        if data == b"bad":
            raise KeyError(data)

    guard = Guard("breaks", breaks, tmp_path)

    assert guard.run(b"good") is None
    assert guard.run(b"bad") == "KeyError at test_corpus.py:breaks"
    assert [path.read_bytes() for path in (tmp_path / "breaks").iterdir()] == [b"bad"]
