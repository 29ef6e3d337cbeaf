"""Reference pages from the code itself, so that they cannot drift from it.

| directive | shows |
| --- | --- |
| `record-fields` | the fields of one record: its name, what it holds, what it means |
| `pack-lists` | the lists that the files of a pack may hold |
| `core-entries` | the entries of one vocabulary of the core pack |
| `core-facts` | how much the core pack holds |
| `command-help` | what a command says of itself |
| `findings` | what checks may find |
| `libraries` | what the core and each extra need, with licences |
| `licence-exceptions` | which of these have another licence than those allowed, and why |
| `pack-list` | links to the pages about the entries of the core pack |

Besides, it writes a page for each entry (`painrules_entries`), and the explorer that the first page shows.
"""

import types
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from inspect import get_annotations
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from docutils import nodes
from docutils.parsers.rst import directives
from painrules_entries import PackList, pages, same_tree
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo
from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import GoogleDocstring
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from painrules import core_pack
from painrules.check.findings import PROVED, READING, STATIC
from painrules.cli.commands import CONTEXT, cli
from painrules.model.base import NOT_STATED, Frozen, Identifier
from painrules.model.conditions import YesNo
from painrules.model.dates import DateText
from painrules.packs.schema import field_notes, prose
from painrules.packs.sections import SECTIONS
from painrules.page import write_page
from painrules.render.entries import title_of
from painrules.render.markdown import escaped
from release.libraries import CORE, libraries, locked

BY_NAME = {YesNo: "`yes` or `no`", DateText: "a date"}
"""Types that have a name of their own for readers."""

PLAIN = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "`true` or `false`",
    Any: "any plain value",
}
PLURALS = (("an id", "ids"), ("text", "texts"), ("a date", "dates"), ("one of ", ""))


def form_of(annotation: Any) -> str:  # noqa: ANN401 - any annotation
    """What a field holds, in words.

    >>> form_of(tuple[Identifier, ...])
    'a list of ids'
    >>> form_of(YesNo | None)
    '`yes` or `no`'
    """
    for known, words in BY_NAME.items():
        if annotation == known:
            return words
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _limited(form_of(parts[0]), parts[1:])
    if origin in {Union, types.UnionType}:
        return " or ".join(form_of(part) for part in parts if part is not type(None))
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in parts)
    if origin is tuple:
        return f"a list of {_several(form_of(parts[0]))}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"a mapping of {_several(form_of(parts[0]))} to {form_of(parts[1])}"
    return PLAIN.get(annotation) or _named(annotation)


def _named(annotation: type[Any]) -> str:
    if issubclass(annotation, Enum):
        return "one of " + ", ".join(f"`{member.value}`" for member in annotation)
    return linked(annotation)


def linked(model: type[Any]) -> str:
    """The name of a record, with a link to where its fields stand."""
    return f"[{model.__name__}](#{anchor(model)})"


def anchor(model: type[Any]) -> str:
    """Where the fields of a record stand."""
    return f"record-{model.__name__.lower()}"


def _several(form: str) -> str:
    for one, many in PLURALS:
        if form.startswith(one):
            return many + form.removeprefix(one)
    return form


def _limited(form: str, limits: tuple[object, ...]) -> str:
    """What a field holds, with what is asked of it besides."""
    metadata = [one for limit in limits if isinstance(limit, FieldInfo) for one in limit.metadata]
    if any(getattr(one, "pattern", None) == ID_PATTERN for one in metadata):
        return "an id"
    most = next((one.max_length for one in metadata if hasattr(one, "max_length")), None)
    if most is not None and form == "text":
        return f"text of at most {most} characters"
    if form.startswith("a list of ") and any(isinstance(one, BeforeValidator) for one in limits):
        return f"one or {form}"
    return form


ID_PATTERN = next(
    one.pattern for one in get_args(Identifier)[1].metadata if getattr(one, "pattern", None)
)


def annotations_of(model: type[BaseModel]) -> dict[str, Any]:
    """The annotations of a record and of the records that it is derived from."""
    found: dict[str, Any] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, Frozen):
            found |= get_annotations(one)
    return found


def rows_of(model: type[BaseModel], without: frozenset[str] = frozenset()) -> Iterator[str]:
    """A table of the fields of a record."""
    notes, annotations = field_notes(model), annotations_of(model)
    yield "| field | holds | means |"
    yield "| --- | --- | --- |"
    for name, info in model.model_fields.items():
        if name in without:
            continue
        label = f"`{info.alias or name}`" + (" *" if info.is_required() else "")
        default = ""
        if info.default in (NOT_STATED, (NOT_STATED,)):
            default = " Left out: `not_stated`."
        elif isinstance(info.default, Enum):
            default = f" Left out: `{info.default.value}`."
        note = in_a_cell(notes.get(name, ""))
        yield f"| {label} | {form_of(annotations[name])} | {note}{default} |"


def in_a_cell(text: str) -> str:
    """A docstring as it may stand in a table."""
    return text.replace("``", "`").replace("|", "\\|")


class _Markdown(SphinxDirective):
    """A directive that writes Markdown."""

    def lines(self) -> Iterator[str]:
        """The lines that it writes."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """The nodes of these lines."""
        return self.parse_text_to_nodes("\n".join(self.lines()))


class RecordFields(_Markdown):
    """The fields of one record, named by module and class."""

    required_arguments = 1
    option_spec = {"without": directives.unchanged}  # noqa: RUF012 - as docutils wants it

    def lines(self) -> Iterator[str]:
        """What the record is, then its fields."""
        module, _, name = self.arguments[0].rpartition(".")
        model: type[BaseModel] = getattr(import_module(module), name)
        yield f"({anchor(model)})="
        yield in_a_cell(prose(model))
        yield ""
        yield from rows_of(model, frozenset(self.options.get("without", "").split()))


class PackLists(_Markdown):
    """The lists that a file of a pack may hold."""

    def lines(self) -> Iterator[str]:
        """One row for each list."""
        yield "| list | an item | is |"
        yield "| --- | --- | --- |"
        for name, section in SECTIONS.items():
            own = section.model.__annotations__
            item = linked(section.model) if own else section.model.__name__
            yield f"| `{name}` | {item} | {in_a_cell(prose(section.model))} |"


class CoreEntries(_Markdown):
    """The entries of one vocabulary of the core pack; interventions by category."""

    required_arguments = 1

    def lines(self) -> Iterator[str]:
        """Tables of ids and names."""
        pack = core_pack()
        table = getattr(pack, self.arguments[0])
        if self.arguments[0] != "interventions":
            yield from self._rows(list(table.values()))
            return
        for category in pack.category_order:
            yield f"\n**{escaped(pack.categories[category].label)}** (`{category}`)\n"
            yield from self._rows([one for one in table.values() if one.category == category])

    @staticmethod
    def _rows(entries: list[Any]) -> Iterator[str]:
        yield "| id | name |"
        yield "| --- | --- |"
        for entry in entries:
            cited = f", {entry.cited}" if hasattr(entry, "cited") else ""
            yield f"| `{entry.id}` | {escaped(title_of(entry) + cited)} |"


class CoreFacts(_Markdown):
    """How much the core pack holds, and how it was checked."""

    def lines(self) -> Iterator[str]:
        """Counts of entries and rules."""
        pack = core_pack()
        yield f"Version {pack.version}, of {pack.header.date}. {escaped(pack.header.reviewed_by)}"
        yield ""
        yield "| list | entries |"
        yield "| --- | ---: |"
        for name in SECTIONS:
            yield f"| `{name}` | {len(getattr(pack, name))} |"
        yield ""
        yield "| how rules were checked | rules |"
        yield "| --- | ---: |"
        words = [rule.verified.value for rule in pack.rules]
        for word in ("page", "secondary", "unverified"):
            yield f"| `{word}` | {words.count(word)} |"


class Findings(_Markdown):
    """What checks may find, of one sort."""

    required_arguments = 1

    def lines(self) -> Iterator[str]:
        """One row for each kind of finding."""
        kinds = {"reading": READING, "static": STATIC, "proved": PROVED}[self.arguments[0]]
        yield "| finding | is | means | to mend it |"
        yield "| --- | --- | --- | --- |"
        for name, kind in kinds.items():
            yield f"| `{name}` | {kind.severity} | {kind.meaning} | {kind.hint} |"


class Needed(_Markdown):
    """What the core and each extra need."""

    def lines(self) -> Iterator[str]:
        """One row for each library; those of the core first."""
        told, versions = libraries(), locked()
        yield "| library | version | licence | for |"
        yield "| --- | --- | --- | --- |"
        for name, parts in sorted(told.parts.items(), key=lambda one: (one[1] != [CORE], one[0])):
            one = told.known[name]
            found = " or ".join(dict.fromkeys(pin.version for pin in versions[name]))
            note = f" ({escaped(one.note)})" if one.note else ""
            yield f"| {name} | {found} | {one.licence}{note} | {', '.join(parts)} |"


class LicenceExceptions(_Markdown):
    """Which libraries have another licence than those allowed, and why."""

    def lines(self) -> Iterator[str]:
        """One row for each."""
        told = libraries()
        yield "| library | licence | why it is there nevertheless |"
        yield "| --- | --- | --- |"
        for name, exception in told.exceptions.items():
            one = told.known[name]
            licence = ", ".join(one.within) if one.within else one.licence
            yield f"| {name} | {licence} | {escaped(exception['why'])} |"


class CommandHelp(SphinxDirective):
    """What a command says of itself."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The help text, as it is printed."""
        name = self.arguments[0] if self.arguments else ""
        command = cli.commands[name] if name else cli
        told = f"painrules {name}".strip()
        settings: dict[str, Any] = {**CONTEXT, "terminal_width": 88}
        text = command.get_help(command.context_class(command, info_name=told, **settings))
        return [nodes.literal_block(text, text, language="text")]


SETTINGS: Any = Config(napoleon_use_rtype=False)


def sections_of(
    _app: Sphinx,
    what: Any,  # noqa: ANN401 - one of autodoc's words
    _name: str,
    _thing: object,
    _options: object,
    lines: list[str],
) -> None:
    """Turns `Args:`, `Returns:` and `Raises:` into fields.

    Fields and properties are left alone: the usual extension takes what stands before a colon there for a type.
    """
    if what not in {"attribute", "property", "data"}:
        lines[:] = GoogleDocstring(lines, SETTINGS, what=what).lines()


def explorer(app: Sphinx, failure: Exception | None) -> None:
    """Writes the explorer beside the pages."""
    if failure is None and app.builder.format == "html":
        write_page(Path(app.outdir) / "explorer.html")


NAMED = (
    ('class="caption" role="heading">', 'class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="Pages">'),
    ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="On this page">'),
    ("<pre>", '<pre tabindex="0">'),
)
"""What the theme leaves out for readers with a keyboard or a screen reader, and what puts it in."""


def accessible(app: Sphinx, failure: Exception | None) -> None:
    """Gives parts of pages names and levels, and lets long lines of code be scrolled by keyboard."""
    if failure is not None or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        mended = text
        for left_out, put_in in NAMED:
            mended = mended.replace(left_out, put_in)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Makes the directives known, and adds what is made from the pack."""
    app.connect("html-collect-pages", pages)
    app.connect("html-page-context", same_tree, priority=100)  # before the theme asks
    app.connect("build-finished", accessible)
    app.connect("build-finished", explorer)
    app.add_directive("pack-list", PackList)
    app.connect("autodoc-process-docstring", sections_of)
    app.add_directive("record-fields", RecordFields)
    app.add_directive("pack-lists", PackLists)
    app.add_directive("core-entries", CoreEntries)
    app.add_directive("core-facts", CoreFacts)
    app.add_directive("command-help", CommandHelp)
    app.add_directive("findings", Findings)
    app.add_directive("libraries", Needed)
    app.add_directive("licence-exceptions", LicenceExceptions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
