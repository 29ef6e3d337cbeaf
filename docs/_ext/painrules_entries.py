"""A page for every intervention, condition and source of the core pack: what is said, by whom, and what it relates to.

There are hundreds, so they are written straight as HTML within the theme, not by way of Markdown: seconds instead of
minutes. Readers find them by the lists of the directive `pack-list`, and by the search of the site.
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, new_document

from painrules import core_pack
from painrules.explain import population
from painrules.graph import EdgeKind, Graph, core_graph, node_id
from painrules.model.base import NOT_STATED
from painrules.model.dates import first_day
from painrules.model.pack import Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.render.words import LINE_WORDS
from painrules.resolve.lens import window_of
from painrules.vocab import Level, Line, Stance

FOLDERS = {"interventions": "intervention", "conditions": "condition", "sources": "source"}
"""The vocabularies that have pages, each with the kind of its nodes in the graph."""
DEPTH = 2
"""How many folders down they lie."""
STANCES = {
    Stance.SUPPORTS: "✓ for",
    Stance.OPPOSES: "✗ against",
    Stance.NO_RECOMMENDATION: "○ no recommendation on",
}
CHECKED = {
    "page": "checked on its own page or abstract",
    "secondary": "checked on a page that quotes it",
    "unverified": "not yet checked",
}
LEVELS = {
    Level.CONDITION: "Said of conditions",
    Level.MECHANISM: "Said of a mechanism",
    Level.PAIN_TYPE: "Said of a pain type",
    Level.GENERAL: "Said of pain in general",
}
SEVERITIES = ("contraindicated", "avoid", "caution", "monitor")
RULES = {
    EdgeKind.SUPPORTS,
    EdgeKind.OPPOSES,
    EdgeKind.NO_RECOMMENDATION,
    EdgeKind.CAUTION,
    EdgeKind.COMES_BEFORE,
    EdgeKind.RED_FLAG,
    EdgeKind.SUGGESTS,
    EdgeKind.DESCRIBED_IN,
    EdgeKind.IN_DOMAIN,
    EdgeKind.IN_CATEGORY,
}
"""Edges that other parts of a page tell in full."""


class Page(NamedTuple):
    """A page about an entry."""

    name: str
    title: str
    body: str
    words: str
    """What a search finds it by."""


class Entries:
    """The pages of a pack.

    Args:
        pack: The pack.
        graph: Its graph.
    """

    def __init__(self, pack: Pack, graph: Graph) -> None:
        self._pack = pack
        self._graph = graph
        self._today = first_day(pack.header.date)
        self._of_option = grouped(pack.rules, lambda rule: [getattr(rule, "option", "")])
        self._of_source = grouped(pack.rules, lambda rule: [rule.source])
        self._of_condition = grouped(
            pack.rules,
            lambda rule: {
                name
                for clause in rule.conditions
                if clause.attribute == "condition"
                for name in clause.values
            },
        )

    def pages(self) -> Iterator[Page]:
        """All of them."""
        for kind, make in {
            "interventions": self._intervention,
            "conditions": self._condition,
            "sources": self._source,
        }.items():
            for name, entry in getattr(self._pack, kind).items():
                words = " ".join(
                    [name, *getattr(entry, "synonyms", ()), getattr(entry, "summary", "")]
                )
                title = title_of(entry)
                head = f"<h1>{escape(title)}</h1>\n{self._notice()}"
                body = head + "\n".join(part for part in make(entry) if part)
                yield Page(f"reference/{kind}/{name}", title, body, words)

    def _notice(self) -> str:
        header = self._pack.header
        return (
            f'<p class="pack-notice"><em>For education only, never advice: what published sources say, as pack '
            f"{escape(header.id)} {escape(header.version)} of {header.date} has it. "
            f"{escape(header.reviewed_by)}</em></p>\n"
        )

    # What each kind of page says

    def _intervention(self, entry: Any) -> Iterator[str]:  # noqa: ANN401 - an entry
        pack, rules = self._pack, self._of_option.get(entry.id, [])
        tree = pack.intervention_tree
        broader = sorted(tree.ancestors(entry.id))
        yield paragraph(entry.summary)
        yield facts(
            ("Also called", escape(", ".join(entry.synonyms))),
            ("Category", escape(pack.categories[entry.category].label)),
            ("Domains", ", ".join(domain.value for domain in entry.domains)),
            ("A kind of", self._links("interventions", entry.is_a)),
            (
                "Kinds of it",
                self._links("interventions", self._narrower("interventions", entry.id)),
            ),
            ("How it may help", stated(entry.how_it_may_help)),
            ("Benefits that sources name", stated(*entry.benefits)),
            ("Harms that sources name", stated(*entry.harms)),
            ("Burden", stated(entry.burden)),
            ("Invasiveness", stated(entry.invasiveness.value)),
            ("Worth asking a clinician", stated(*entry.questions)),
            ("Described by", self._links("sources", entry.sources)),
        )
        positions = [rule for rule in rules if isinstance(rule, Position)]
        yield section("What sources say")
        for level, words in LEVELS.items():
            yield self._said(
                words,
                sorted((one for one in positions if one.level is level), key=self._order),
            )
        if not positions:
            yield paragraph(
                "No rule of the pack says anything of it by name. That speaks neither for it nor against it."
            )
        if broader:
            yield (
                f"<p>What is said against {self._links('interventions', broader)}, warned of there or asked for first "
                "holds for it too.</p>"
            )
        cautions = [rule for rule in rules if isinstance(rule, Caution)]
        yield self._said(
            "Care needed",
            sorted(cautions, key=lambda one: (SEVERITIES.index(one.severity.value), one.id)),
        )
        yield self._said("What comes first", [rule for rule in rules if isinstance(rule, Step)])
        yield self._relations("interventions", entry.id)
        yield section("Try it")
        yield (
            f'<div class="highlight"><pre>painrules why {entry.id} --type chronic\n'
            f"painrules graph --of {entry.id} -o {entry.id}.svg</pre></div>"
        )

    def _condition(self, entry: Any) -> Iterator[str]:  # noqa: ANN401 - an entry
        rules = self._of_condition.get(entry.id, [])
        yield paragraph(entry.summary)
        yield facts(
            ("Also called", escape(", ".join(entry.synonyms))),
            ("A kind of", self._links("conditions", entry.is_a)),
            ("Kinds of it", self._links("conditions", self._narrower("conditions", entry.id))),
            ("ICD-10-CM", ", ".join(entry.icd10)),
            ("ICD-11", ", ".join(entry.icd11)),
            ("Described by", self._links("sources", entry.sources)),
        )
        positions = [rule for rule in rules if isinstance(rule, Position)]
        yield section("What sources say of options in it")
        for stance, words in {
            Stance.SUPPORTS: "For",
            Stance.OPPOSES: "Against",
            Stance.NO_RECOMMENDATION: "No recommendation made",
        }.items():
            yield self._said(
                words,
                sorted((one for one in positions if one.stance is stance), key=self._order),
                named=True,
            )
        if not positions:
            yield paragraph("No position names it.")
        if entry.is_a:
            yield f"<p>What is said of {self._links('conditions', entry.is_a)} holds for it too.</p>"
        for words, kind in (
            ("Care needed", Caution),
            ("What comes first", Step),
            ("Red flags", RedFlag),
            ("What it suggests", Inference),
        ):
            yield self._said(words, [rule for rule in rules if isinstance(rule, kind)], named=True)
        yield self._relations("conditions", entry.id)

    def _source(self, entry: Any) -> Iterator[str]:  # noqa: ANN401 - an entry
        rules = self._of_source.get(entry.id, [])
        next_one = (entry.superseded_by,) if entry.superseded_by else ()
        yield facts(
            ("Issued by", escape(entry.issuer)),
            ("Year", str(entry.year)),
            ("Holds in", escape(entry.jurisdiction)),
            ("Kind", escape(entry.kind.value.replace("_", " "))),
            (
                "Standing",
                escape(entry.status.value)
                + (f", until {entry.valid_to}" if entry.valid_to else ""),
            ),
            ("Followed by", self._links("sources", next_one)),
            ("About", escape(entry.scope or "")),
            ("Leaves out", escape(entry.excludes or "")),
            ("Number", escape(entry.number or "")),
            ("DOI", escape(entry.doi or "")),
            ("PubMed", escape(entry.pmid or "")),
            ("ISBN", escape(entry.isbn or "")),
            ("Citation", escape(entry.reference or "")),
            ("This entry was", CHECKED[entry.verified.value]),
            ("Note", escape(entry.note or "")),
        )
        for words, kind in (
            ("What it says of options", Position),
            ("Care that it asks for", Caution),
            ("What it has come first", Step),
            ("Red flags that it names", RedFlag),
            ("What it suggests of people", Inference),
        ):
            found = sorted((rule for rule in rules if isinstance(rule, kind)), key=self._order)
            yield self._said(words, found, named=True, cited=False, level=2)
        if not rules:
            yield paragraph("It is cited by entries; no rule rests on it.")

    # Parts

    def _order(self, rule: Rule) -> tuple[str, str, str]:
        option = getattr(rule, "option", "")
        label = self._pack.interventions[option].label if option else ""
        return (label.casefold(), population(rule, self._pack).casefold(), rule.id)

    def _narrower(self, kind: str, name: str) -> list[str]:
        table = getattr(self._pack, kind)
        return sorted(
            (one for one in table if name in table[one].is_a), key=lambda one: title_of(table[one])
        )

    def _links(self, kind: str, names: Iterable[str]) -> str:
        table = getattr(self._pack, kind)
        return ", ".join(
            f'<a href="../{kind}/{name}.html">{escape(short(table[name]))}</a>' for name in names
        )

    def _said(
        self,
        title: str,
        rules: list[Any],
        *,
        named: bool = False,
        cited: bool = True,
        level: int = 3,
    ) -> str:
        if not rules:
            return ""
        items = "\n".join(self._item(rule, named=named, cited=cited) for rule in rules)
        heading = f"<h{level}>{escape(title)} <small>({len(rules)})</small></h{level}>"
        return f'{heading}\n<ul class="pack-said">\n{items}\n</ul>'

    def _item(self, rule: Any, *, named: bool, cited: bool) -> str:  # noqa: ANN401 - any rule
        pack = self._pack
        about = escape(population(rule, pack))
        option = (
            self._links("interventions", [rule.option]) if named and hasattr(rule, "option") else ""
        )
        words: dict[type[Any], Callable[[], str]] = {
            Position: lambda: STANCES[rule.stance] + (f" {option}" if option else ""),
            Caution: lambda: rule.severity.value + (f": {option}" if option else ""),
            Step: lambda: f"{rule.kind.value} step" + (f" before {option}" if option else ""),
            RedFlag: lambda: f"red flag, {rule.urgency.value}",
            Inference: lambda: f"suggests {escape(suggested(rule, pack))}",
        }
        told = words[type(rule)]()
        line = getattr(rule, "line", Line.UNSPECIFIED)
        lined = "" if line is Line.UNSPECIFIED else f", {LINE_WORDS[line]}"
        window = window_of(rule, pack)
        aside = [
            self._links("sources", [rule.source]) if cited else "",
            escape(f"at {rule.locator}") if rule.locator else "",
            escape(f"strength: {rule.strength}") if getattr(rule, "strength", None) else "",
            escape(f"certainty: {rule.certainty}") if getattr(rule, "certainty", None) else "",
            ""
            if window.holds(self._today)
            else f"no longer counts: {window.start} to {window.end}",
            CHECKED[rule.verified.value],
            f"<code>{rule.id}</code>",
        ]
        return (
            f'<li id="{rule.id}"><strong>{told}{lined}</strong> <em>({about})</em> {escape(rule.because)} '
            f"<small>{'; '.join(part for part in aside if part)}</small></li>"
        )

    def _relations(self, kind: str, name: str) -> str:
        node = node_id(FOLDERS[kind], name)
        edges = [
            (f"{data['label']} {self._node(other)}", data)
            for _, other, data in self._graph.out_edges(node, data=True)
        ] + [
            (f"{self._node(other)} {data['label']} it", data)
            for other, _, data in self._graph.in_edges(node, data=True)
            if not self._graph.has_edge(node, other)
        ]
        told = {
            f"<li>{words}{f' <small>({escape(note)})</small>' if (note := data.get('note')) else ''}</li>"
            for words, data in edges
            if data["kind"] not in RULES | {EdgeKind.IS_A}
        }
        if not told:
            return ""
        return section("What it relates to") + "<ul>\n" + "\n".join(sorted(told)) + "\n</ul>"

    def _node(self, node: str) -> str:
        held = self._graph.nodes[node]
        for table, kind in FOLDERS.items():
            if held["kind"] == kind:
                return self._links(table, [held["entry"]])
        return escape(held["label"])


def grouped(rules: Iterable[Rule], keys: Callable[[Rule], Iterable[str]]) -> dict[str, list[Rule]]:
    """Rules by what they are about."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for key in keys(rule):
            found.setdefault(key, []).append(rule)
    return found


def title_of(entry: Any) -> str:  # noqa: ANN401 - an entry
    """The heading of a page: a name; of a source who, when and what."""
    return str(entry.label) if hasattr(entry, "label") else f"{entry.cited}: {entry.title}"


def short(entry: Any) -> str:  # noqa: ANN401 - an entry
    """What a link to a page says."""
    return str(entry.label) if hasattr(entry, "label") else str(entry.cited)


def suggested(rule: Inference, pack: Pack) -> str:
    """What an inference suggests, in words."""
    attribute, name, value = rule.suggests.fact
    if attribute == "factors":
        return ("" if value == "yes" else "no ") + pack.factors[name].label.lower()
    return f"{value} pain"


def first_of(name: str) -> str:
    """The letter under which a name stands."""
    return name[0].upper() if name[0].isalpha() else "0 to 9"


def stated(*texts: str) -> str:
    """Texts, where they are stated."""
    found = [text for text in texts if text != NOT_STATED]
    apart = " " if any(text.endswith("?") for text in found) else "; "
    return escape(apart.join(text.rstrip(".") for text in found))


def facts(*rows: tuple[str, str]) -> str:
    """A list of what is known, without what is not."""
    found = "\n".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows if text)
    return f'<dl class="simple pack-facts">\n{found}\n</dl>'


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{escape(text)}</p>"


def section(title: str) -> str:
    """A heading."""
    return f"<h2>{escape(title)}</h2>\n"


class PackList(SphinxDirective):
    """Links to pages: of interventions by category, conditions, sources by place, or `names` from A to Z."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One list for each group."""
        found: list[nodes.Node] = []
        for title, entries in getattr(self, f"_{self.arguments[0]}")(core_pack()):
            part = nodes.section(ids=[nodes.make_id(f"{self.arguments[0]}-{title}")])
            part += nodes.title(text=title)
            part += self._list(entries)
            found.append(part)
        return found

    def _list(self, entries: Iterable[tuple[str, str, str, str]]) -> nodes.bullet_list:
        here = "../" * self.env.docname.count("/")
        listed = nodes.bullet_list()
        for kind, name, label, more in entries:
            line = nodes.paragraph()
            line += nodes.reference(
                label, label, internal=True, refuri=f"{here}reference/{kind}/{name}.html"
            )
            line += nodes.Text(more)
            listed += nodes.list_item("", line)
        return listed

    @staticmethod
    def _interventions(pack: Pack) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
        for category in pack.category_order:
            found = [one for one in pack.interventions.values() if one.category == category]
            found.sort(key=lambda one: one.label.casefold())
            rows = [("interventions", one.id, one.label, f": {one.summary}") for one in found]
            yield pack.categories[category].label, rows

    @staticmethod
    def _conditions(pack: Pack) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
        found = sorted(pack.conditions.values(), key=lambda one: one.label.casefold())
        for letter, group in groupby(found, key=lambda one: first_of(one.label)):
            yield letter, [("conditions", one.id, one.label, f": {one.summary}") for one in group]

    @staticmethod
    def _sources(pack: Pack) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
        place = attrgetter("jurisdiction")
        found = sorted(
            pack.sources.values(),
            key=lambda one: (place(one), one.issuer.casefold(), -one.year, one.id),
        )
        for jurisdiction, group in groupby(found, key=place):
            yield jurisdiction, [("sources", one.id, one.cited, f": {one.title}") for one in group]

    @staticmethod
    def _names(pack: Pack) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
        found = []
        for kind in ("interventions", "conditions"):
            for one in getattr(pack, kind).values():
                found.append((kind, one.id, one.label, ""))
                found += [
                    (kind, one.id, word, f", see {one.label}")
                    for word in one.synonyms
                    if word.casefold() != one.label.casefold()
                ]
        found.sort(key=lambda row: (row[2].casefold(), row[:2]))
        for letter, group in groupby(found, key=lambda row: first_of(row[2])):
            yield letter, list(group)


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages, each known to the search too."""
    for page in Entries(core_pack(), core_graph()).pages():
        indexer = getattr(app.builder, "indexer", None)
        if indexer is not None:
            found = new_document(page.name)
            found += nodes.section(
                "", nodes.title(text=page.title), nodes.paragraph(text=page.words)
            )
            indexer.feed(page.name, f"{page.name}.html", page.title, found)
            # Or the search, and the inventory, forget it again.
            app.env.all_docs.setdefault(page.name, 0)
            app.env.titles.setdefault(page.name, nodes.title("", page.title))
        yield page.name, {"title": page.title, "body": page.body}, "page.html"


def same_tree(
    app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Works the tree of pages out once for all of these: it looks the same from each, and takes a sixth of a second."""
    kind = name.split("/")[1:2]
    if doctree is not None or name.count("/") != DEPTH or kind[0] not in FOLDERS:
        return
    held: Any = app.env.temp_data
    made: dict[str, str] = held.setdefault("painrules-trees", {})
    make = context["toctree"]

    def toctree(**options: Any) -> str:  # noqa: ANN401 - as the theme asks
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = make(**options)
        return made[key]

    context["toctree"] = toctree
