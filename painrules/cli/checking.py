"""The command that checks packs."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

import click

from painrules.check import (
    Report,
    coverage_of,
    examine,
    mutation_of,
    proved,
    subject_of,
)
from painrules.check.examine import Prover
from painrules.check.subject import Unreadable
from painrules.errors import RulePackError
from painrules.model.base import Frozen
from painrules.model.pack import Pack

Progress = Callable[[str, int, int], None]


@click.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False
)
@click.option(
    "--prove", is_flag=True, help="Ask questions of the whole profile space, not of a sample."
)
@click.option("--coverage", is_flag=True, help="Say what the cases exercise, and what they do not.")
@click.option(
    "--mutate", is_flag=True, help="Change one thing in one rule at a time: does anything notice?"
)
@click.option(
    "--most", type=click.IntRange(min=1), help="How many mutants are tried, evenly spread."
)
@click.option("--notes", is_flag=True, help="Show notes too; a note is no fault.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="The format."
)
def check(  # noqa: PLR0913 - options, each by name
    folder: Path | None,
    *,
    prove: bool,
    coverage: bool,
    mutate: bool,
    most: int | None,
    notes: bool,
    form: str,
) -> None:
    """Load the rule pack in FOLDER (left out: the core pack), try its cases out, and report every problem.

    The status is 1 if there is a finding, or if a proof was not decided. The core pack is read from its rules, and its
    compiled form compared with what they come to.

    \b
    Examples:
      painrules check
      painrules check my_pack/
      painrules check --prove my_pack/
      painrules check --coverage --mutate my_pack/
    """
    subject = subject_of(folder)
    found: dict[str, Frozen] = {"report": examine(subject, prove=_prover() if prove else None)}
    if isinstance(subject, Unreadable):
        _refuse(subject, found, form)
    if coverage:
        found["coverage"] = coverage_of(subject)
    if mutate:
        found["mutation"] = mutation_of(subject, most=most, progress=_progress())
    report = found.pop("report")
    assert isinstance(report, Report)  # noqa: S101 - see above
    if form == "json":
        _as_json({"report": report, **found})
    else:
        for one in found.values():
            click.echo(str(one))
        _say(report, notes=notes)
    misfits = folder is None and _misfits(subject.pack)
    if misfits or not (report.ok and report.decided):
        raise SystemExit(1)
    click.echo(f"digest {report.digest}", err=True)


def _refuse(subject: Unreadable, found: Mapping[str, Frozen], form: str) -> NoReturn:
    """Says what is wrong with a folder that cannot be loaded."""
    if form == "json":
        _as_json(found)
    else:
        label = f"rule pack '{subject.label}'"
        click.echo(str(RulePackError(subject.problems, label, more=subject.more)))
    raise SystemExit(1)


def _misfits(core: Pack) -> bool:
    """Says which files of the compiled form are not what the core pack comes to; whether there are any."""
    from painrules.explore.ready import unfit  # noqa: PLC0415 - only here

    found = unfit(core)
    for path in found:
        click.echo(f"{path}: says that it was compiled from these rules, but was not", err=True)
        click.echo("    hint: delete it; it is made anew when it is wanted", err=True)
    return bool(found)


def _as_json(found: Mapping[str, Frozen]) -> None:
    plain = {name: one.model_dump(mode="json") for name, one in found.items()}
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False))


def _say(report: Report, *, notes: bool) -> None:
    for finding in report.findings + (report.notes if notes else ()):
        click.echo(str(finding))
    for proof in report.proofs:
        click.echo(f"proof: {proof}")
    if not report.decided:
        click.echo("not all is decided; with python-sat it is: pip install 'painrules[prove]'")
    click.echo(report.summary)


def _prover() -> Prover:
    return lambda subject: proved(subject, progress=_progress())


def _progress() -> Progress | None:
    """Tells on standard error how far it is, if somebody looks on."""
    if not sys.stderr.isatty():
        return None

    def progress(what: str, done: int, total: int) -> None:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r\x1b[K{done} of {total}: {what}{end}")
        sys.stderr.flush()

    return progress
