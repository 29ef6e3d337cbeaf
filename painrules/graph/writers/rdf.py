"""RDF: Turtle and JSON-LD, with SKOS for the vocabularies and Dublin Core for sources; needs the extra `rdf`.

Every entry is a concept in the scheme of its kind; classes are `skos:broader`. Every edge stands twice: as one triple
between its ends, to be walked along, and as a statement (`rdf:Statement`) that says who says so, for whom and why.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from painrules.errors import MissingExtraError
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind, node_id, several
from painrules.graph.writers.flat import flat
from painrules.graph.writers.rdf_text import Statements, jsonld, turtle

if TYPE_CHECKING:
    import rdflib

BASE = "urn:painrules:"
"""How the names of everything begin: names, not addresses."""

KNOWN_NODES = frozenset({"kind", "entry", "label", "synonyms", "summary", "sources"})
KNOWN_EDGES = frozenset({"kind", "label", "rule", "sources", "because", "note"})
SOURCE_FIELDS = {
    "title": "title",
    "issuer": "publisher",
    "year": "date",
    "jurisdiction": "coverage",
}
OTHER = "other"
"""The kind of what was added by hand without one."""

NEEDED = "writing RDF needs rdflib: install it with: pip install 'painrules[rdf]'"


def to_turtle(graph: Graph) -> str:
    """The graph as Turtle.

    Raises:
        MissingExtraError: If rdflib is not installed.
    """
    made = _made(graph)
    return turtle(made.found, made.prefixes)


def to_jsonld(graph: Graph) -> str:
    """The graph as JSON-LD, everything in a fixed order.

    Raises:
        MissingExtraError: If rdflib is not installed.
    """
    made = _made(graph)
    return jsonld(made.found, made.prefixes, made.language)


def triples(graph: Graph) -> "rdflib.Graph":
    """The graph as rdflib holds it.

    Raises:
        MissingExtraError: If rdflib is not installed.
    """
    made = _made(graph)
    found: rdflib.Graph = made.rdf.Graph()
    for prefix, space in made.prefixes.items():
        found.bind(prefix, space)
    for subject, held in made.found.items():
        for predicate, values in held.items():
            for value in values:
                found.add((subject, predicate, value))
    return found


def _made(graph: Graph) -> "_Triples":
    try:
        import rdflib  # noqa: PLC0415, F401 - an extra, loaded when asked for
    except ImportError:
        raise MissingExtraError(NEEDED) from None
    return _Triples(flat(graph))


class _Triples:
    """Turns one graph into triples: what is said of each subject, by predicate, each thing once."""

    def __init__(self, graph: Graph) -> None:
        import rdflib  # noqa: PLC0415 - see _made

        self.rdf = rdflib
        self.graph = graph
        self.pack = str(graph.graph.get("pack", "pack"))
        self.language = str(graph.graph.get("language", "en"))
        self.prefixes = {
            "pr": f"{BASE}terms:",
            "dcat": str(rdflib.DCAT),
            "dcterms": str(rdflib.DCTERMS),
            "rdf": str(rdflib.RDF),
            "rdfs": str(rdflib.RDFS),
            "skos": str(rdflib.SKOS),
        }
        self.found: Statements = {}
        self._nodes: dict[str, rdflib.URIRef] = {}
        self._terms: dict[str, rdflib.URIRef] = {}
        self._literals: dict[tuple[type, object], rdflib.Literal] = {}
        self._about()
        for node, held in graph.nodes(data=True):
            self._node(node, held)
        for start, end, key, held in graph.edges(keys=True, data=True):
            self._edge(start, end, key, held)

    def _iri(self, *parts: str) -> "rdflib.URIRef":
        steps = (quote(one, safe="") for part in parts for one in part.split(":"))
        return self.rdf.URIRef(BASE + ":".join(steps))

    def _node_iri(self, node: str) -> "rdflib.URIRef":
        if node not in self._nodes:
            self._nodes[node] = self._iri(self.pack, *node.split(":", 1))
        return self._nodes[node]

    def _own(self, name: str) -> "rdflib.URIRef":
        """A term of our own vocabulary."""
        if name not in self._terms:
            self._terms[name] = self._iri("terms", name)
        return self._terms[name]

    def _put(
        self,
        subject: "rdflib.URIRef",
        predicate: "rdflib.URIRef",
        value: "rdflib.term.Identifier",
    ) -> None:
        self.found.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def _say(self, subject: "rdflib.URIRef", predicate: "rdflib.URIRef", value: object) -> None:
        """One triple with a value; texts in the language of the pack."""
        key = type(value), value
        if key not in self._literals:
            language = self.language if isinstance(value, str) else None
            self._literals[key] = self.rdf.Literal(value, lang=language)
        self._put(subject, predicate, self._literals[key])

    def _about(self) -> None:
        rdf, pack = self.rdf, self._iri(self.pack)
        self._put(pack, rdf.RDF.type, rdf.DCAT.Dataset)
        names = {"title": rdf.DCTERMS.title, "notice": rdf.DCTERMS.rights}
        for name, value in self.graph.graph.items():
            self._say(pack, names.get(name) or self._own(name), value)
        for kind in sorted({_kind(held) for _, held in self.graph.nodes(data=True)}):
            scheme = self._iri(self.pack, "scheme", kind)
            self._put(scheme, rdf.RDF.type, rdf.SKOS.ConceptScheme)
            self._say(scheme, rdf.SKOS.prefLabel, kind.replace("_", " "))
            self._put(scheme, rdf.DCTERMS.isPartOf, pack)

    def _node(self, node: str, held: Attributes) -> None:
        rdf, subject, kind = self.rdf, self._node_iri(node), _kind(held)
        self._put(subject, rdf.RDF.type, rdf.SKOS.Concept)
        self._put(subject, rdf.RDF.type, self._own(_camel(kind)))
        self._put(subject, rdf.SKOS.inScheme, self._iri(self.pack, "scheme", kind))
        self._put(subject, rdf.SKOS.notation, rdf.Literal(held.get("entry", node)))
        self._say(subject, rdf.SKOS.prefLabel, held.get("label", node))
        for synonym in several(held.get("synonyms", "")):
            self._say(subject, rdf.SKOS.altLabel, synonym)
        if "summary" in held:
            self._say(subject, rdf.SKOS.definition, held["summary"])
        for name, value in self._further(held, KNOWN_NODES):
            field = SOURCE_FIELDS.get(name) if kind == NodeKind.SOURCE else None
            self._say(subject, rdf.DCTERMS[field] if field else self._own(name), value)
        self._cite(subject, held)

    def _edge(self, start: str, end: str, key: str, held: Attributes) -> None:
        rdf, kind = self.rdf, _kind(held)
        ends = self._node_iri(start), self._node_iri(end)
        predicate = rdf.SKOS.broader if kind == EdgeKind.IS_A else self._own(kind)
        self._put(ends[0], predicate, ends[1])
        name = f"{key}.{start}.{end}".replace(":", ".")
        subject = self._iri(self.pack, "edge", name)
        self._put(subject, rdf.RDF.type, rdf.RDF.Statement)
        self._put(subject, rdf.RDF.subject, ends[0])
        self._put(subject, rdf.RDF.predicate, predicate)
        self._put(subject, rdf.RDF.object, ends[1])
        self._say(subject, rdf.RDFS.label, held.get("label", kind))
        self._put(subject, self._own("rule"), rdf.Literal(held.get("rule", key)))
        for name in ("because", "note"):
            if name in held:
                self._say(subject, rdf.RDFS.comment, held[name])
        for name, value in self._further(held, KNOWN_EDGES):
            self._say(subject, self._own(name), value)
        self._cite(subject, held)

    def _further(self, held: Attributes, known: frozenset[str]) -> Iterator[tuple[str, object]]:
        return ((name, value) for name, value in held.items() if name not in known)

    def _cite(self, subject: "rdflib.URIRef", held: Attributes) -> None:
        for name in several(str(held.get("sources", ""))):
            source = self._node_iri(node_id(NodeKind.SOURCE, name))
            self._put(subject, self.rdf.DCTERMS.source, source)


def _kind(held: Attributes) -> str:
    return str(held.get("kind", OTHER))


def _camel(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))
