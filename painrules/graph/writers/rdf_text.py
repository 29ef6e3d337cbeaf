"""Triples as text. The writers of rdflib are built for any RDF, and take several times as long for a whole pack."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeAlias


class Term(Protocol):
    """A name or a literal, as rdflib makes them: a text that knows how it is written."""

    def n3(self) -> str:
        """As N-Triples write it."""
        ...


Statements: TypeAlias = "dict[Any, dict[Any, dict[Any, None]]]"
"""What is said of each subject, by predicate; each of them a `Term`."""

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NATIVE = bool, int
"""Values that JSON-LD writes as JSON does, without loss."""


def turtle(found: Statements, prefixes: Mapping[str, str]) -> str:
    """Triples as Turtle, in a fixed order."""
    names = _Names(prefixes)
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(prefixes.items())]
    for subject in sorted(found, key=str):
        lines.append(f"\n{names.of(subject)}")
        said = [
            f"    {'a' if str(predicate) == TYPE else names.of(predicate)} "
            f"{', '.join(sorted(map(names.of, values)))}"
            for predicate, values in sorted(found[subject].items(), key=_by_name)
        ]
        lines.append(" ;\n".join(said) + " .")
    return "\n".join(lines) + "\n"


class _Names:
    """Terms as Turtle writes them, each worked out once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = {space: prefix for prefix, space in prefixes.items()}
        self._known: dict[Term, str] = {}

    def of(self, term: Term) -> str:
        """A term, short where a prefix fits."""
        found = self._known.get(term)
        if found is None:
            short = None if _is_text(term) else self._short(str(term))
            found = self._known[term] = short or term.n3()
        return found

    def _short(self, text: str) -> str | None:
        """A name with its prefix, where it has one."""
        cut = max(text.rfind("#"), text.rfind("/"), text.rfind(":")) + 1
        prefix = self._spaces.get(text[:cut])
        return f"{prefix}:{text[cut:]}" if prefix and _LOCAL.fullmatch(text[cut:]) else None


def jsonld(found: Statements, prefixes: Mapping[str, str], language: str) -> str:
    """Triples as JSON-LD, in a fixed order; a bare text is in the language of the pack."""
    names = _Names(prefixes)
    graph = [
        {"@id": str(subject), **dict(_said(found[subject], names, language))}
        for subject in sorted(found, key=str)
    ]
    context = {"@language": language.lower(), **dict(sorted(prefixes.items()))}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _said(
    held: Mapping[Any, dict[Any, None]], names: _Names, language: str
) -> Iterator[tuple[str, Any]]:
    for predicate, values in sorted(held.items(), key=_by_name):
        if str(predicate) == TYPE:
            yield "@type", sorted(map(names.of, values))
            continue
        told = [_value(value, language) for value in sorted(values, key=names.of)]
        yield names.of(predicate).strip("<>"), told[0] if len(told) == 1 else told


def _by_name(pair: tuple[object, object]) -> str:
    return str(pair[0])


def _is_text(term: Term) -> bool:
    return hasattr(term, "datatype")


def _value(value: Any, language: str) -> Any:  # noqa: ANN401 - any JSON
    """A name or a literal, as plain JSON where that says the same."""
    if not _is_text(value):
        return {"@id": str(value)}
    if value.language:
        same = value.language == language.lower()
        return str(value) if same else {"@language": value.language, "@value": str(value)}
    if value.datatype is None:
        return {"@value": str(value)}
    found = value.toPython()
    if isinstance(found, NATIVE):
        return found
    return {"@type": str(value.datatype), "@value": str(value)}
