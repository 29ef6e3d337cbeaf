"""Puts the compiled form of the core pack into the wheel, so that the first exploration does not read YAML."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILE = """
import sys
from pathlib import Path
from painrules.explore.ready import compiled_files

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, data in compiled_files().items():
    (folder / name).write_bytes(data)
"""


class CompiledPack(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the core pack of this very tree, in a process of its own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles into the tree itself where it is installed as it stands, else into the wheel."""
        root = Path(self.root)
        editable = version == "editable"
        self._waiting = tempfile.TemporaryDirectory()
        folder = root / "painrules" / "_compiled" if editable else Path(self._waiting.name)
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", COMPILE, str(folder)],
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path])},
        )
        if not editable:
            for file in sorted(folder.glob("*.json")):
                build_data["force_include"][str(file)] = f"painrules/_compiled/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes what is in the wheel now."""
        self._waiting.cleanup()
