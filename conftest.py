"""Runs the code that stands on pages: Python blocks, doctest blocks, and console blocks with the command.

A console block holds commands, each after a dollar sign, and what they print; `...` stands for any text in between.
"""

import io
import os
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from doctest import ELLIPSIS, OutputChecker
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

from painrules.cli.commands import run

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")  # a busy machine is no finding
settings.register_profile(  # for `make mutate`, which runs the tests once for each change of the code
    "mutants",
    settings.get_profile("calm"),
    database=None,
    max_examples=15,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # whatever fails will do
)

collect_ignore = ["docs/_ext", "docs/_tools"]
"""What builds the pages is run by building them."""

WIDTH = {"COLUMNS": "88", "NO_COLOR": "1"}


def printed(command: str) -> str:
    """What a command prints, on standard output and standard error together."""
    screen = io.StringIO()
    with (
        patch.object(sys, "argv", shlex.split(command)),
        patch.dict(os.environ, WIDTH),
        redirect_stdout(screen),
        redirect_stderr(screen),
    ):
        run()
    return screen.getvalue()


def run_console(example: Example) -> str | None:
    """Compares what the commands of a block print with what the page says."""
    for part in str(example.parsed).removeprefix("$ ").split("\n$ "):
        command, _, wanted = part.partition("\n")
        found = printed(command)
        if not OutputChecker().check_output(
            wanted.rstrip() + "\n", found.rstrip() + "\n", ELLIPSIS
        ):
            return f"$ {command}\nshould print:\n{wanted}\nbut prints:\n{found}"
    return None


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser(language="console", evaluator=run_console),
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        SkipParser(),
    ],
    patterns=["*.md"],
    excludes=["docs/changes/*.md"],
).pytest()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Scheduling":
    """Keeps a page together: its blocks build on each other, so one process has to run all of them."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only where several processes run

    class WholePages(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        """Every test goes where there is room, but pages go as a whole."""

        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.split("::", 1)[0]
            return path if path.endswith(".md") else nodeid

    return WholePages(config, log)
