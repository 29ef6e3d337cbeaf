"""Packs that are laid over the sound one, and texts as they were read and kept.

With PAINRULES_REGENERATE=1 the texts in `told/` are written anew: read the difference before it is kept.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TOLD = HERE / "told"
REGENERATE = os.environ.get("PAINRULES_REGENERATE") == "1"
Laid = Callable[[Mapping[str, Any]], Path]
AsTold = Callable[[str, str], None]


@pytest.fixture(name="laid")
def _laid(tmp_path: Path) -> Laid:
    """Lays what an entry adds and changes over the sound pack."""

    def laid(entry: Mapping[str, Any]) -> Path:
        folder = tmp_path / "sound"
        shutil.copytree(HERE / "sound", folder)
        for name, changes in entry.get("change", {}).items():
            text = (folder / name).read_text(encoding="utf-8")
            for old, new in changes.items():
                assert old in text, f"{old!r} is not in {name}"
                text = text.replace(old, new)
            (folder / name).write_text(text, encoding="utf-8")
        if "add" in entry:
            (folder / "added.yaml").write_text(entry["add"], encoding="utf-8")
        return folder

    return laid


@pytest.fixture(name="as_told")
def _as_told() -> AsTold:
    """Compares the whole of a text with the one that is kept under a name."""

    def compare(name: str, text: str) -> None:
        kept = TOLD / f"{name.replace(' ', '_')}.txt"
        if REGENERATE:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text + "\n", encoding="utf-8")
        assert text + "\n" == kept.read_text(encoding="utf-8")

    return compare
