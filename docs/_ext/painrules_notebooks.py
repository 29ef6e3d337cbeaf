"""Notebooks on pages: the directive `notebook` runs an example and shows its texts, its code and what comes out.

It runs when the pages are built: what is shown is what the library says, and an error in a notebook fails the build.
"""

import ast
import contextlib
import io
from pathlib import Path
from typing import Any

import jupytext
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

EXAMPLES = Path(__file__).parents[2] / "examples"
LONGEST = 6_000
"""How many characters of what a cell prints are shown; the notebook itself has the rest."""


def ran(source: str, scope: dict[str, Any], name: str) -> tuple[str, object]:
    """What a cell prints, and what its last line comes to."""
    tree = ast.parse(source, name)
    last: ast.Expression | None = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        expression = tree.body.pop()
        assert isinstance(expression, ast.Expr)  # noqa: S101 - for the type checker
        last = ast.Expression(expression.value)
    printed = io.StringIO()
    value: object = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, name, "exec"), scope)  # noqa: S102 - our own examples
        if last is not None:
            value = eval(compile(last, name, "eval"), scope)  # noqa: S307 - our own examples
    return printed.getvalue(), value


class Notebook(SphinxDirective):
    """An example notebook, executed: texts, code, output."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The nodes of all cells."""
        path = EXAMPLES / f"{self.arguments[0]}.py"
        self.env.note_dependency(str(path))
        scope: dict[str, Any] = {"__name__": "__main__"}
        found: list[nodes.Node] = []
        for place, cell in enumerate(jupytext.read(path).cells):
            if cell.cell_type == "markdown":
                text = cell.source.split("\n")
                found += self._parsed(
                    [f"#{line}" if line.startswith("#") else line for line in text]
                )
                continue
            found.append(nodes.literal_block(cell.source, cell.source, language="python"))
            printed, value = ran(cell.source, scope, f"{path.name}, cell {place}")
            found += self._shown(printed, value)
        return found

    def _parsed(self, lines: list[str]) -> list[nodes.Node]:
        holder = nodes.container(classes=["notebook-text"])
        self.state.nested_parse(StringList(lines, "notebook"), self.content_offset, holder)
        return [holder]

    def _shown(self, printed: str, value: object) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        if printed:
            text = (
                printed
                if len(printed) <= LONGEST
                else printed[:LONGEST].rsplit("\n", 1)[0] + "\n..."
            )
            found.append(
                nodes.literal_block(text, text, language="text", classes=["notebook-output"])
            )
        if value is None:
            return found
        for method in ("_repr_html_", "_repr_markdown_"):
            shown = getattr(value, method, lambda: None)()
            if shown and method == "_repr_html_":
                return [*found, nodes.raw("", shown, format="html")]
            if shown:
                return [*found, *self._parsed(shown.split("\n"))]
        text = repr(value)
        return [*found, nodes.literal_block(text, text, language="text")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the directive."""
    app.add_directive("notebook", Notebook)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
