"""The command that draws and exports the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from painrules.cli.options import explored, explorer_of, pack_option, profile_options
from painrules.errors import PainrulesError, UnknownWordError

if TYPE_CHECKING:
    from painrules.explore import Explorer
    from painrules.graph import Figure, Graph

TEXTS = ("json", "graphml", "gexf", "cytoscape", "dot", "mermaid", "turtle", "jsonld")
PICTURES = ("svg", "png")
VIEWS = ("map", "steps", "years", "heat", "network")


@click.command(name="graph")
@click.option(
    "--of", "name", metavar="NAME", help="A condition, an intervention, or any other entry."
)
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    help="Which picture: of NAME its map, the steps before it, its positions over the years; "
    "of the pack the heat map or the network. Left out, the one that fits.",
)
@click.option(
    "--depth", type=click.IntRange(0, 5), default=1, help="How many steps away from NAME."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only edges of this kind. May be repeated.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*TEXTS, *PICTURES]),
    help="The format; left out, the ending of the file says it, or json.",
)
@profile_options
@pack_option
def graph_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    name: str | None,
    view: str | None,
    depth: int,
    kinds: tuple[str, ...],
    output: Path | None,
    form: str | None,
    pack_path: Path | None,
    **facts: Any,  # noqa: ANN401
) -> None:
    """Draw or export the graph: of the pack, of what surrounds NAME, or of the result for the facts given.

    \b
    Examples:
      painrules graph --of fibromyalgia -o map.svg
      painrules graph --of rfa_facet --view steps -o steps.svg
      painrules graph -c fibromyalgia -o result.svg
      painrules graph --of cbt --format mermaid
      painrules graph -o core.graphml
    """
    from painrules.graph import write  # noqa: PLC0415 - networkx is loaded when it is needed
    from painrules.graph.writers import FORMATS, format_of  # noqa: PLC0415 - see above

    given = {key: value for key, value in facts.items() if value not in (None, ())}
    if name and given:
        msg = "--of and facts of a profile cannot be combined: --of looks at the pack, facts make a result"
        raise PainrulesError(msg)
    explorer = explorer_of(pack_path)
    form = form or _ending(output)
    if form in PICTURES:
        figure = _picture(explorer, name, view, depth, kinds, facts if given else None)
        _save(figure, output, form)
        return
    if view:
        msg = f"--view draws pictures: write to a file that ends in .svg, or add --format svg (not {form})"
        raise PainrulesError(msg)
    graph = _graph(explorer, name, depth, kinds, facts if given else None)
    if output is None:
        click.echo(FORMATS[form](graph), nl=False)
    else:
        write(graph, output, form=form if form in FORMATS else format_of(output))  # type: ignore[arg-type]


def _ending(output: Path | None) -> str:
    """The format that the ending of a file says; JSON where there is no file."""
    from painrules.graph.writers import ENDINGS  # noqa: PLC0415 - networkx is loaded when it is needed

    if output is None:
        return "json"
    known = {**ENDINGS, **{f".{picture}": picture for picture in PICTURES}}
    ending = output.suffix.lower()
    if ending not in known:
        raise UnknownWordError(ending or output.name, "ending of a graph file", known)
    return known[ending]


def _graph(
    explorer: "Explorer",
    name: str | None,
    depth: int,
    kinds: tuple[str, ...],
    facts: dict[str, Any] | None,
) -> "Graph":
    """The graph that the options describe."""
    from painrules.graph import build_graph, neighbourhood  # noqa: PLC0415 - networkx is loaded when it is needed

    if facts is not None:
        return explored(explorer, facts).graph()
    whole = build_graph(explorer.pack)
    return neighbourhood(name, depth, kinds or None, graph=whole) if name else whole


def _picture(  # noqa: PLR0913, PLR0917 - what the options say
    explorer: "Explorer",
    name: str | None,
    view: str | None,
    depth: int,
    kinds: tuple[str, ...],
    facts: dict[str, Any] | None,
) -> "Figure":
    """The picture that the options describe."""
    from painrules import graph as pictures  # noqa: PLC0415 - networkx is loaded when it is needed

    if facts is not None:
        return pictures.treatment_map(explored(explorer, facts))
    if view == "heat":
        return pictures.heat_map(explorer.pack)
    whole = pictures.build_graph(explorer.pack)
    if name is None:
        if view in {"map", "steps", "years"}:
            msg = f"--view {view} needs --of NAME"
            raise PainrulesError(msg)
        return pictures.network(whole, kinds=kinds) if kinds else pictures.network(whole)
    if view == "steps":
        return pictures.pathway_view(name, graph=whole)
    if view == "years":
        return pictures.timeline(name, graph=whole)
    from painrules.graph.find import find  # noqa: PLC0415 - see above
    from painrules.graph.pictures.condition import ABOUT  # noqa: PLC0415 - see above

    mapped = find(whole, name).partition(":")[0] in set(ABOUT)
    if view == "map" or (view is None and mapped and depth == 1 and not kinds):
        return pictures.condition_map(name, graph=whole)
    return pictures.surroundings(name, graph=whole, depth=depth, kinds=kinds or None)


def _save(figure: "Figure", output: Path | None, form: str) -> None:
    """Writes a picture, and says in words what it shows."""
    if output is None:
        if form == "png":
            msg = "a PNG needs a file: add -o picture.png"
            raise PainrulesError(msg)
        click.echo(figure.svg, nl=False)
        return
    figure.save(output)
    click.echo(figure.alt)
