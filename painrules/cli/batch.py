"""`painrules batch`: a file of profiles in, a file of answers out."""

from pathlib import Path
from typing import Any

import click

from painrules.cli.options import engine_option, explorer_of, pack_option
from painrules.explore.arguments import EngineName

FIELDS = (
    *("category", "label", "status", "level", "line", "agreement", "definite", "safety"),
    *("listed", "deferred", "positions", "cautions", "ask_about"),
)


@click.command(name="batch")
@click.argument("path", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the answers go: .parquet, .csv or .ndjson.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FACT=COLUMN",
    help="Which column says what, where its name does not; 'FACT=' leaves one out. May be repeated.",
)
@click.option(
    "--keep", multiple=True, metavar="COLUMN", help="Carry over only this column. May be repeated."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="OPTION",
    help="Only this option. May be repeated.",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    type=click.Choice(FIELDS),
    help="What is said of each option.",
)
@click.option(
    "--layout",
    type=click.Choice(["long", "wide"]),
    default="long",
    show_default=True,
    help="A row for each profile and option, or a row for each profile.",
)
@click.option(
    "--on-error",
    type=click.Choice(["raise", "collect"]),
    default="raise",
    show_default=True,
    help="Stop at rows that are no profiles, or note what is wrong with them and go on.",
)
@click.option(
    "--separator", default=";", show_default=True, help="Between several words in a cell."
)
@click.option(
    "--source", "sources", multiple=True, metavar="SOURCE", help="Only this source speaks."
)
@click.option(
    "--jurisdiction",
    "jurisdictions",
    multiple=True,
    metavar="PLACE",
    help="Only its sources speak.",
)
@click.option("--as-of", metavar="DATE", help="What counted on a date; a year means its last day.")
@click.option("--quiet", is_flag=True, help="No bar, no summary.")
@engine_option
@pack_option
def batch_command(  # noqa: PLR0913 - the options of a command
    path: Path,
    output: Path,
    *,
    columns: tuple[str, ...],
    pack_path: Path | None,
    engine: EngineName,
    quiet: bool,
    **wanted: Any,  # noqa: ANN401 - what is wanted of the frame
) -> None:
    """Explore each row of the file IN: Parquet, CSV or newline-delimited JSON.

    Files may be larger than memory. OUT is there only when all of it is written.

    \b
    Examples:
      painrules batch cohort.csv -o answers.csv --layout wide --option exercise
      painrules batch cohort.parquet -o answers.parquet --column condition=icd10
    """
    explorer = explorer_of(pack_path, engine)
    written = explorer.explore_file(
        path,
        output,
        columns=_mapping(columns),
        keep=wanted.pop("keep") or None,
        options=wanted.pop("options") or None,
        fields=wanted.pop("fields") or None,
        sources=wanted.pop("sources") or None,
        jurisdictions=wanted.pop("jurisdictions") or None,
        progress=False if quiet else None,
        **wanted,
    )
    if not quiet:
        click.echo(f"{explorer.pack.notice}\n{written.rows:,} rows written to {output}", err=True)
    if written.bad:
        if not quiet:
            click.echo(f"{written.bad:,} of them are no profiles; see 'problem'", err=True)
        raise SystemExit(1)


def _mapping(columns: tuple[str, ...]) -> dict[str, str | None] | None:
    found: dict[str, str | None] = {}
    for item in columns:
        fact, equals, column = item.partition("=")
        if not equals:
            hint = "write FACT=COLUMN, such as condition=icd10"
            raise click.BadParameter(f"{item!r}: {hint}", param_hint="--column")
        found[fact] = column or None
    return found or None
