"""The command that makes questions."""

import datetime as dt
from pathlib import Path

import click

from painrules.cli.options import explorer_of, pack_option
from painrules.errors import PainrulesError
from painrules.files import read_bounded
from painrules.vocab import ItemForm, ItemKind

FORMATS = (
    "moodle",
    "gift",
    "qti",
    "anki",
    "canvas",
    "blackboard",
    "jupyterquiz",
    "rexams",
    "md",
    "html",
    "notebook",
    "csv",
    "json",
)
MAX_BYTES = 64_000_000
"""The largest file of questions that is read."""
BINARY = ("qti", "anki", "blackboard", "rexams")
"""Formats that no terminal can show."""


@click.command(name="quiz")
@click.option(
    "--n", "count", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many."
)
@click.option("--seed", default="0", show_default=True, help="Another one gives other questions.")
@click.option(
    "--about",
    multiple=True,
    metavar="SUBJECT",
    help="A pain type, mechanism or condition. May be repeated; all must fit.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in ItemKind]),
    metavar="KIND",
    help=f"What is asked: {', '.join(ItemKind)}. May be repeated; left out, all of them.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="moodle",
    show_default=True,
    help="For which program.",
)
@click.option(
    "--fitting",
    is_flag=True,
    help="Ask only what the format can carry, instead of failing where it cannot carry something.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@click.option("--title", help="What the set is called.")
@click.option("--language", default="en", show_default=True, help="The language of the stories.")
@click.option(
    "--day",
    metavar="DATE",
    help="For Anki: the day on which the cards say that they were last changed, such as 2026-12-01.",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Write the questions of a file of --format json, instead of drawing some.",
)
@pack_option
def quiz_command(  # noqa: PLR0913 - click passes each option by name
    *,
    count: int,
    seed: str,
    about: tuple[str, ...],
    kinds: tuple[str, ...],
    form: str,
    fitting: bool,
    output: Path | None,
    title: str | None,
    language: str,
    day: str | None,
    source: Path | None,
    pack_path: Path | None,
) -> None:
    """Make questions whose answers come from the rules: for Moodle, Anki, Canvas and others.

    The same options and pack give the same bytes. A format that cannot carry a question says so, writes nothing, and
    the exit status is 1.

    \b
    Examples:
      painrules quiz --n 20 --seed 7 --about "neuropathic pain" -o quiz.xml
      painrules quiz --n 20 --seed 7 --about "neuropathic pain" --format anki -o deck.apkg
      painrules quiz --n 10 --kind first_line --kind caution --format md -o worksheet.md
      painrules quiz --n 12 --format canvas --fitting -o canvas.txt
    """
    from painrules.teach import FORMATS as WRITERS  # noqa: PLC0415 - only where questions are made
    from painrules.teach import Quiz, TeachError, export, files_of, quiz  # noqa: PLC0415 - see above

    if form in BINARY and output is None:
        msg = f"the format '{form}' needs a file: add -o quiz{WRITERS[form].ending}"
        raise PainrulesError(msg)
    try:
        if source is not None:
            found = Quiz.from_json(read_bounded(source, MAX_BYTES))
        else:
            wanted = kinds or tuple(kind.value for kind in ItemKind)
            if fitting:
                wanted = tuple(kind for kind in wanted if _form_of(kind) in WRITERS[form].forms)
            found = quiz(
                count,
                seed,
                wanted,  # type: ignore[arg-type]  # click has checked the words
                about=about or None,
                language=language,
                title=title,
                explorer=explorer_of(pack_path),
            )
        stated = None if day is None else _day(day)
        if output is None:
            for data in files_of(found, form, day=stated).values():
                click.echo(data.decode("utf-8-sig"), nl=False)
            return
        written = export(found, output, form, day=stated)
    except TeachError as error:
        click.echo(f"painrules: {error}", err=True)
        raise SystemExit(1) from None
    names = ", ".join(map(str, written))
    click.echo(f"{len(found)} questions written to {names}", err=True)


def _form_of(kind: str) -> ItemForm:
    """The form that a kind always has, as far as formats differ in it."""
    return {"match": ItemForm.MATCH, "order": ItemForm.ORDER}.get(kind, ItemForm.SINGLE)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is not a day such as 2026-12-01", param_hint="--day"
        ) from None
