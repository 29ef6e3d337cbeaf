"""The command `painrules`. Data goes to standard output, notes to standard error.

Exit status: 0 fine, 1 findings, 2 usage or unusable input.
"""

import sys


def main() -> None:
    """Runs the command; the command line itself is an extra, with click."""
    try:
        from painrules.cli.commands import run  # noqa: PLC0415 - click is an extra
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        hint = "install it with: pip install 'painrules[cli]'"
        sys.stderr.write(f"painrules: the command line needs click\n    hint: {hint}\n")
        raise SystemExit(2) from None
    raise SystemExit(run())
