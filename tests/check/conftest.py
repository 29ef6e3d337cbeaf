"""Packs that are laid over the sound one."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
Laid = Callable[[Mapping[str, Any]], Path]


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
