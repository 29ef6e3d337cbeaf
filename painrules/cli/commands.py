"""The commands."""

import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from painrules import __version__
from painrules.cli import interrupted
from painrules.cli.batch import batch_command
from painrules.cli.checking import check
from painrules.cli.comparison import compare_command
from painrules.cli.difference import diff
from painrules.cli.doctor import doctor
from painrules.cli.graphs import graph_command
from painrules.cli.options import (
    FORMATS,
    engine_option,
    explored,
    explorer_of,
    format_option,
    pack_option,
    profile_options,
)
from painrules.cli.pages import page_command
from painrules.cli.quizzes import quiz_command
from painrules.errors import PainrulesError, UnknownWordError, printable
from painrules.explore import Exploration
from painrules.explore.arguments import EngineName
from painrules.files import save_all
from painrules.packs import SECTIONS, core_pack, load_pack
from painrules.packs.schema import schema_of, schemas
from painrules.render.entries import entry_lines, entry_markdown, listing
from painrules.render.markdown import escaped, fenced

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="painrules")
@click.option(
    "-v", "--verbose", is_flag=True, help="Tell on standard error what is loaded and used."
)
def cli(verbose: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Explore treatment options for pain: for education, never advice.

    \b
    Examples:
      painrules explore --type chronic -m neuropathic
      painrules why gabapentinoids --type chronic -c sciatica
      painrules compare -m neuropathic --b condition=sciatica
      painrules show nice_ng193
      painrules check my_pack/

    Completion: eval "$(_PAINRULES_COMPLETE=bash_source painrules)"  (or zsh_source, fish_source).
    """
    if verbose:
        _listen()


def _listen() -> None:
    """Shows messages on standard error until the command has ended."""
    import logging  # noqa: PLC0415 - only where it is asked for

    logger, handler = logging.getLogger("painrules"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)

    def leave() -> None:
        logger.removeHandler(handler)
        logger.setLevel(level)

    click.get_current_context().call_on_close(leave)


@cli.command()
@profile_options
@pack_option
@engine_option
@format_option
@click.option(
    "--all", "everything", is_flag=True, help="Show every option, not just those that are listed."
)
@click.option(
    "--width", type=click.IntRange(40, 200), help="Width of text; left out, that of the terminal."
)
def explore(
    pack_path: Path | None,
    engine: EngineName,
    form: str,
    everything: bool,  # noqa: FBT001 - click passes it by name
    width: int | None,
    **facts: Any,  # noqa: ANN401
) -> None:
    """Show treatment options for one pain problem.

    \b
    Examples:
      painrules explore --type chronic -m neuropathic
      painrules explore -c fibromyalgia --age 45 -a pregnancy
      painrules explore -c M79.7 --jurisdiction UK --format md
      painrules explore --type acute -p "chronic kidney disease" --tried paracetamol=not_enough
    """
    result = explored(explorer_of(pack_path, engine), facts)
    click.echo(_formatted(result, form, everything=everything, width=width))


def _formatted(result: Exploration, form: str, *, everything: bool, width: int | None) -> str:
    if form == "json":
        return result.to_json()
    if form == "md":
        return result.to_markdown()
    if form == "html":
        return result.to_html(page=True)
    from painrules.render.text import to_text  # noqa: PLC0415 - formats are loaded when asked for

    return to_text(result.record, width=width or _terminal_width(), everything=everything)


def _terminal_width() -> int:
    import shutil  # noqa: PLC0415 - only for text

    return max(60, min(shutil.get_terminal_size((88, 24)).columns, 110))


@cli.command()
@click.argument("option")
@profile_options
@pack_option
@format_option
@click.option(
    "--not", "negated", is_flag=True, help="Why it is not supported, and what would bring it."
)
def why(option: str, pack_path: Path | None, form: str, negated: bool, **facts: Any) -> None:  # noqa: ANN401, FBT001
    """Explain the status of OPTION: each position with its premises and source.

    \b
    Examples:
      painrules why gabapentinoids --type chronic -c sciatica
      painrules why nerve_block --not -c fibromyalgia
    """
    result = explored(explorer_of(pack_path), facts)
    found = result.why_not(option) if negated else result.why(option)
    if form == "json":
        click.echo(found.model_dump_json(indent=2))
        return
    text = f"{result.notice}\n\n{found}"
    if form == "md":
        text = f"> {escaped(result.notice)}\n\n{fenced(str(found))}"
    elif form == "html":
        from painrules.render.html import page_of_text  # noqa: PLC0415 - formats are loaded when asked for

        text = page_of_text(f"Why: {found.label}", result.notice, str(found))
    click.echo(text)


KINDS = tuple(SECTIONS)


@cli.command(name="list")
@click.argument("kind", type=click.Choice([*KINDS, "rules"]), metavar="KIND")
@pack_option
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text")
def list_(kind: str, pack_path: Path | None, form: str) -> None:
    """List the entries of one KIND: interventions, conditions, factors, sources, rules ...

    \b
    Examples:
      painrules list interventions
      painrules list sources --format json
    """
    pack = load_pack(pack_path) if pack_path else core_pack()
    click.echo(listing(pack, kind, form))


@cli.command()
@click.argument("name")
@pack_option
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text")
def show(name: str, pack_path: Path | None, form: str) -> None:
    """Show the entry or rule called NAME, with all that rules say of it.

    \b
    Examples:
      painrules show cbt
      painrules show nice_ng193
      painrules show rf_cauda_equina
    """
    explorer = explorer_of(pack_path)
    pack = explorer.pack
    tables = [kind for kind in KINDS if name in getattr(pack, kind)]
    if not tables:
        try:
            name = explorer.intervention(name)
        except UnknownWordError:
            known = [entry for kind in KINDS for entry in getattr(pack, kind)]
            raise UnknownWordError(name, "entry or rule", known) from None
        tables = ["interventions"]
    if form == "json":
        found = {
            kind: getattr(pack, kind)[name].model_dump(mode="json", by_alias=True)
            for kind in tables
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    write = entry_markdown if form == "md" else entry_lines
    click.echo("\n\n".join(write(pack, kind, name) for kind in tables))


@cli.command()
@click.argument("kind", required=False, metavar="[KIND]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write one file for each kind.",
)
def schema(kind: str | None, output: Path | None) -> None:
    """Print the JSON Schema of pack files, or of one KIND of list in them.

    \b
    Examples:
      painrules schema > pack.schema.json
      painrules schema positions
      painrules schema -o schemas/
    """
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        files = {
            output / f"{name}.schema.json": json.dumps(content, indent=2) + "\n"
            for name, content in schemas().items()
        }
        save_all(files)
        click.echo(f"{len(schemas())} schemas written to {output}", err=True)
        return
    click.echo(json.dumps(schema_of(kind), indent=2))


def _write_whatever_comes() -> None:
    """A sign that a terminal lacks is written as its number, and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run() -> int:
    """Runs the command and turns whatever goes wrong into one line and an exit status."""
    stdout = sys.stdout
    _write_whatever_comes()
    try:
        cli.main(prog_name="painrules", standalone_mode=False)
        if stdout is not None:  # it is None where there is no standard output at all
            stdout.flush()
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return interrupted()
    except PainrulesError as error:
        return _refused(str(error))
    except BrokenPipeError:
        # The reader has gone; nothing more can be said. Keep the interpreter from trying at exit.
        _say_no_more()
        return 0
    except OSError as error:
        _say_no_more()
        return _refused(f"{_shown_path(error.filename)}: {error.strerror or error}")
    except SystemExit as error:
        if sys.stdout is not stdout:  # click has met a reader that has gone
            return 0
        return error.code if isinstance(error.code, int) else 2
    return 0


def _refused(message: str) -> int:
    with suppress(OSError, AttributeError):  # nobody listens
        sys.stderr.write(f"painrules: {message}\n")
        sys.stderr.flush()
    return 2


def _shown_path(name: object) -> str:
    return printable(os.fsdecode(name)) if isinstance(name, str | bytes) else "output"


def _say_no_more() -> None:
    """Nothing is left over for the interpreter to write when it ends."""
    try:
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - lives until exit


for command in (
    batch_command,
    check,
    compare_command,
    diff,
    doctor,
    graph_command,
    page_command,
    quiz_command,
):
    cli.add_command(command)

__all__ = ["FORMATS", "cli", "run"]
