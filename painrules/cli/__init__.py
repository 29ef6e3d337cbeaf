"""The command `painrules`. Data goes to standard output, notes to standard error.

Exit status: 0 fine, 1 findings, 2 usage or unusable input, 130 interrupted.
"""

import sys
from contextlib import suppress

INTERRUPTED = 130
"""The status of what was broken off by Ctrl-C, as shells have it."""


def main() -> None:
    """Runs the command; the command line itself is an extra, with click."""
    try:
        code = _run()
    except KeyboardInterrupt:  # before the command had begun
        code = interrupted()
    raise SystemExit(code)


def _run() -> int:
    try:
        from painrules.cli.commands import run  # noqa: PLC0415 - click is an extra
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        hint = "install it with: pip install 'painrules[cli]'"
        sys.stderr.write(f"painrules: the command line needs click\n    hint: {hint}\n")
        return 2
    return run()


def interrupted() -> int:
    """Says that somebody broke the command off."""
    with suppress(OSError, AttributeError, ValueError):  # nobody listens
        sys.stderr.write("painrules: interrupted\n")
    return INTERRUPTED
