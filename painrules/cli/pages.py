"""The command that writes the explorer as a page."""

from pathlib import Path
from typing import Any

import click

from painrules.cli.options import explored, explorer_of, pack_option, profile_options


@click.command(name="page")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; left out, standard output.",
)
@profile_options
@pack_option
def page_command(output: Path | None, pack_path: Path | None, **facts: Any) -> None:  # noqa: ANN401
    """Write the explorer as one HTML file that works offline; with facts, it begins with them.

    \b
    Examples:
      painrules page -o explorer.html
      painrules page -c fibromyalgia -o fibromyalgia.html
      painrules page --pack my_pack -o mine.html
    """
    from painrules.page import to_page, write_page  # noqa: PLC0415 - only here

    explorer = explorer_of(pack_path)
    result = explored(explorer, facts)
    lens = {name: value for name, value in result.lens.model_dump().items() if value is not None}
    if output is None:
        click.echo(to_page(explorer.pack, result.profile, lens), nl=False)
        return
    path = write_page(output, explorer.pack, result.profile, lens)
    click.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB, works offline", err=True)
