"""The command that draws and exports the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from painrules.cli.options import explored, explorer_of, pack_option, profile_options
from painrules.errors import PainrulesError, UnknownWordError
from painrules.files import save

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
    "--depth", type=click.IntRange(0, 5), help="How many steps away from NAME; left out, 1."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only edges of this kind. May be repeated.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    help="How many options of each category and domain, in the picture of a result; left out, as many as fit a slide.",
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
    depth: int | None,
    kinds: tuple[str, ...],
    most: int | None,
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
    from painrules.graph.writers import FORMATS  # noqa: PLC0415 - networkx is loaded when it is needed

    given = {key: value for key, value in facts.items() if value not in (None, ())}
    asked = Asked(name, view, depth, kinds, most, facts if given else None)
    form = _form(output, form)
    asked.check(form)
    explorer = explorer_of(pack_path)
    if form in PICTURES:
        _save(_picture(explorer, asked), output, form)
        return
    text = FORMATS[form](_graph(explorer, asked))
    if output is None:
        click.echo(text, nl=False)
    else:
        save(output, text)


class Asked(NamedTuple):
    """What the options ask for."""

    name: str | None
    view: str | None
    depth: int | None
    kinds: tuple[str, ...]
    most: int | None
    facts: dict[str, Any] | None

    def check(self, form: str) -> None:
        """Says which options do not go together: none of them is passed over in silence."""
        result, picture = self.facts is not None, form in PICTURES
        around = not result and self.view in {None, "network"}
        told = (
            (
                self.name is not None and result,
                "--of and facts of a profile cannot be combined: --of looks at the pack, facts make a result",
            ),
            (
                self.view is not None and not picture,
                f"--view draws pictures: write to a file that ends in .svg, or add --format svg (not {form})",
            ),
            (
                self.view is not None and result,
                "--view looks at the pack, facts make a result: leave one of them out",
            ),
            (
                self.view in {"map", "steps", "years"} and self.name is None,
                f"--view {self.view} needs --of NAME",
            ),
            (
                self.view in {"heat", "network"} and self.name is not None,
                f"--view {self.view} shows the whole pack: leave --of out",
            ),
            (
                self.depth is not None and (self.name is None or not around),
                "--depth says how far to go from --of NAME: leave it out here",
            ),
            (
                bool(self.kinds) and (not around or (self.name is None and not picture)),
                "--kind is for what surrounds --of NAME, or the picture of the network: leave it out here",
            ),
            (
                self.most is not None and not (result and picture),
                "--most is for the picture of a result: leave it out here",
            ),
        )
        for wrong, message in told:
            if wrong:
                raise PainrulesError(message)


def _form(output: Path | None, form: str | None) -> str:
    """The format that is asked for, by name or by the ending of the file; the two must not disagree."""
    if form is None or output is None:
        return form or _ending(output)
    meant = _endings().get(output.suffix.lower(), form)
    if meant != form:
        msg = f"{output.name} ends like {meant}, but --format says {form}: leave one of them out"
        raise PainrulesError(msg)
    return form


def _endings() -> dict[str, str]:
    """The format that each ending means."""
    from painrules.graph.writers import ENDINGS  # noqa: PLC0415 - networkx is loaded when it is needed

    return {**ENDINGS, **{f".{picture}": picture for picture in PICTURES}}


def _ending(output: Path | None) -> str:
    """The format that the ending of a file says; JSON where there is no file."""
    if output is None:
        return "json"
    known, ending = _endings(), output.suffix.lower()
    if ending not in known:
        raise UnknownWordError(ending or output.name, "ending of a graph file", known)
    return known[ending]


def _graph(explorer: "Explorer", asked: Asked) -> "Graph":
    """The graph that the options describe."""
    from painrules.graph import build_graph, neighbourhood  # noqa: PLC0415 - networkx is loaded when it is needed

    if asked.facts is not None:
        return explored(explorer, asked.facts).graph()
    whole = build_graph(explorer.pack)
    if asked.name is None:
        return whole
    depth = 1 if asked.depth is None else asked.depth
    return neighbourhood(asked.name, depth, asked.kinds or None, graph=whole)


def _picture(explorer: "Explorer", asked: Asked) -> "Figure":
    """The picture that the options describe."""
    from painrules import graph as pictures  # noqa: PLC0415 - networkx is loaded when it is needed

    if asked.facts is not None:
        return pictures.treatment_map(explored(explorer, asked.facts), most=asked.most)
    if asked.view == "heat":
        return pictures.heat_map(explorer.pack)
    whole, kinds = pictures.build_graph(explorer.pack), asked.kinds
    if asked.name is None:
        return pictures.network(whole, kinds=kinds) if kinds else pictures.network(whole)
    if asked.view == "steps":
        return pictures.pathway_view(asked.name, graph=whole)
    if asked.view == "years":
        return pictures.timeline(asked.name, graph=whole)
    from painrules.graph.find import find  # noqa: PLC0415 - see above
    from painrules.graph.pictures.condition import ABOUT  # noqa: PLC0415 - see above

    mapped = find(whole, asked.name).partition(":")[0] in set(ABOUT)
    if asked.view == "map" or (mapped and asked.depth is None and not kinds):
        return pictures.condition_map(asked.name, graph=whole)
    depth = 1 if asked.depth is None else asked.depth
    return pictures.surroundings(asked.name, graph=whole, depth=depth, kinds=kinds or None)


def _save(figure: "Figure", output: Path | None, form: str) -> None:
    """Writes a picture, and says in words what it shows."""
    if output is None:
        if form == "png":
            msg = "a PNG needs a file: add -o picture.png"
            raise PainrulesError(msg)
        click.echo(figure.svg, nl=False)
        return
    save(output, figure.png() if form == "png" else figure.svg)
    click.echo(figure.alt)
