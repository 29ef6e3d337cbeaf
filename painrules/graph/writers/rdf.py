"""RDF: Turtle and JSON-LD, with SKOS for the vocabularies and Dublin Core for sources; needs the extra `rdf`.

Every entry is a concept in the scheme of its kind; classes are `skos:broader`. Every edge stands twice: as one triple
between its ends, to be walked along, and as a statement (`rdf:Statement`) that says who says so, for whom and why.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from painrules.errors import MissingExtraError
from painrules.graph.base import Attributes, EdgeKind, Graph, NodeKind, node_id, several
from painrules.graph.writers.flat import flat

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

NEEDED = "writing RDF needs rdflib: install it with: pip install 'painrules[rdf]'"


def to_turtle(graph: Graph) -> str:
    """The graph as Turtle.

    Raises:
        MissingExtraError: If rdflib is not installed.
    """
    return str(triples(graph).serialize(format="turtle"))


def to_jsonld(graph: Graph) -> str:
    """The graph as JSON-LD, everything in a fixed order.

    Raises:
        MissingExtraError: If rdflib is not installed.
    """
    found = json.loads(triples(graph).serialize(format="json-ld", auto_compact=True))
    return json.dumps(_in_order(found), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _in_order(found: Any) -> Any:  # noqa: ANN401 - any JSON
    """JSON with its lists in a fixed order: in RDF their order means nothing."""
    if isinstance(found, dict):
        return {name: _in_order(value) for name, value in found.items()}
    if isinstance(found, list):
        return sorted(map(_in_order, found), key=lambda one: json.dumps(one, sort_keys=True))
    return found


def triples(graph: Graph) -> "rdflib.Graph":
    """The graph as rdflib holds it.

    Raises:
        MissingExtraError: If rdflib is not installed.
    """
    try:
        import rdflib  # noqa: PLC0415, F401 - an extra, loaded when asked for
    except ImportError:
        raise MissingExtraError(NEEDED) from None
    return _Triples(flat(graph)).made()


class _Triples:
    """Turns one graph into triples."""

    def __init__(self, graph: Graph) -> None:
        import rdflib  # noqa: PLC0415 - see triples

        self.rdf = rdflib
        self.graph = graph
        self.pack = str(graph.graph.get("pack", "pack"))
        self.language = str(graph.graph.get("language", "en"))
        self.terms = rdflib.Namespace(f"{BASE}terms:")
        self.found = rdflib.Graph()
        self.found.bind("pr", self.terms)
        self.found.bind("skos", rdflib.SKOS)
        self.found.bind("dcterms", rdflib.DCTERMS)

    def made(self) -> "rdflib.Graph":
        """All triples."""
        self._about()
        for node, held in self.graph.nodes(data=True):
            self._node(node, held)
        for start, end, key, held in self.graph.edges(keys=True, data=True):
            self._edge(start, end, key, held)
        return self.found

    def _iri(self, *parts: str) -> "rdflib.URIRef":
        steps = (quote(one, safe="") for part in parts for one in part.split(":"))
        return self.rdf.URIRef(BASE + ":".join(steps))

    def _node_iri(self, node: str) -> "rdflib.URIRef":
        return self._iri(self.pack, *node.split(":", 1))

    def _say(self, subject: "rdflib.URIRef", predicate: "rdflib.URIRef", value: object) -> None:
        """One triple; texts in the language of the pack."""
        self.found.add((subject, predicate, self._term(value)))

    def _term(self, value: object) -> "rdflib.term.Identifier":
        if isinstance(value, self.rdf.URIRef):
            return value
        return self.rdf.Literal(value, lang=self.language if isinstance(value, str) else None)

    def _about(self) -> None:
        rdf, pack = self.rdf, self._iri(self.pack)
        self._say(pack, rdf.RDF.type, rdf.DCAT.Dataset)
        names = {"title": rdf.DCTERMS.title, "notice": rdf.DCTERMS.rights}
        for name, value in self.graph.graph.items():
            self._say(pack, names.get(name, self.terms[name]), value)
        for kind in sorted({str(held["kind"]) for _, held in self.graph.nodes(data=True)}):
            scheme = self._iri(self.pack, "scheme", kind)
            self._say(scheme, rdf.RDF.type, rdf.SKOS.ConceptScheme)
            self._say(scheme, rdf.SKOS.prefLabel, kind.replace("_", " "))
            self._say(scheme, rdf.DCTERMS.isPartOf, pack)

    def _node(self, node: str, held: Attributes) -> None:
        rdf, subject, kind = self.rdf, self._node_iri(node), str(held["kind"])
        self._say(subject, rdf.RDF.type, rdf.SKOS.Concept)
        self._say(subject, rdf.RDF.type, self.terms[_camel(kind)])
        self._say(subject, rdf.SKOS.inScheme, self._iri(self.pack, "scheme", kind))
        self.found.add((subject, rdf.SKOS.notation, rdf.Literal(held["entry"])))
        self._say(subject, rdf.SKOS.prefLabel, held["label"])
        for synonym in several(held.get("synonyms", "")):
            self._say(subject, rdf.SKOS.altLabel, synonym)
        if "summary" in held:
            self._say(subject, rdf.SKOS.definition, held["summary"])
        for name, value in self._further(held, KNOWN_NODES):
            field = SOURCE_FIELDS.get(name) if kind == NodeKind.SOURCE else None
            self._say(subject, rdf.DCTERMS[field] if field else self.terms[name], value)
        self._cite(subject, held)

    def _edge(self, start: str, end: str, key: str, held: Attributes) -> None:
        rdf, kind = self.rdf, str(held["kind"])
        ends = self._node_iri(start), self._node_iri(end)
        predicate = rdf.SKOS.broader if kind == EdgeKind.IS_A else self.terms[kind]
        self.found.add((ends[0], predicate, ends[1]))
        name = f"{key}.{start}.{end}".replace(":", ".")
        subject = self._iri(self.pack, "edge", name)
        self._say(subject, rdf.RDF.type, rdf.RDF.Statement)
        self._say(subject, rdf.RDF.subject, ends[0])
        self._say(subject, rdf.RDF.predicate, predicate)
        self._say(subject, rdf.RDF.object, ends[1])
        self._say(subject, rdf.RDFS.label, held["label"])
        self.found.add((subject, self.terms.rule, rdf.Literal(held["rule"])))
        for name in ("because", "note"):
            if name in held:
                self._say(subject, rdf.RDFS.comment, held[name])
        for name, value in self._further(held, KNOWN_EDGES):
            self._say(subject, self.terms[name], value)
        self._cite(subject, held)

    def _further(self, held: Attributes, known: frozenset[str]) -> Iterator[tuple[str, object]]:
        return ((name, value) for name, value in held.items() if name not in known)

    def _cite(self, subject: "rdflib.URIRef", held: Attributes) -> None:
        for name in several(str(held.get("sources", ""))):
            source = self._node_iri(node_id(NodeKind.SOURCE, name))
            self._say(subject, self.rdf.DCTERMS.source, source)


def _camel(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))
