"""The command that says what a change of rules means."""

from pathlib import Path

import click

from painrules.check import diff_packs
from painrules.model.pack import Pack
from painrules.packs import core_pack, load_pack


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    help="The format.",
)
def diff(old: str, new: str, form: str) -> None:
    """Say what a change of rules means: what differs between the packs OLD and NEW, and for which profiles.

    Both are folders, or the word core for the pack that ships. The status is 1 if anything differs.

    \b
    Examples:
      painrules diff old/rules/core rules/core
      painrules diff --format md core my_pack/
    """
    found = diff_packs(_pack(old), _pack(new))
    written = {"json": found.to_json, "md": found.to_markdown}.get(form, found.__str__)()
    click.echo(written.rstrip("\n"))
    if not found.same:
        raise SystemExit(1)


def _pack(name: str) -> Pack:
    """A pack by its folder, or the one that ships."""
    if Path(name).is_dir():
        return load_pack(name)
    if name == "core":
        return core_pack()
    raise click.BadParameter(f"{name!r} is neither a folder nor 'core'")
