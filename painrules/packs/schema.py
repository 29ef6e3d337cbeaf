"""JSON Schemas for rule authors, from the same models and the same docstrings that the library itself uses."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from painrules.errors import UnknownWordError
from painrules.model import base
from painrules.model.conditions import Scope
from painrules.model.pack import PackHeader
from painrules.packs.sections import SECTIONS

DIALECT = GenerateJsonSchema.schema_dialect


class _Generator(GenerateJsonSchema):
    """Writes the empty mapping of a field that may be left out as what it is."""

    def encode_default(self, dft: object) -> object:
        return super().encode_default(dict(dft) if isinstance(dft, base.FrozenDict) else dft)


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """All schemas: ``pack`` for `pack.yaml`, ``file`` for any other file, and one for each list."""
    found = {"pack": _described(PackHeader), "file": _file_schema()}
    return found | {name: _described(section.model) for name, section in SECTIONS.items()}


def schema_of(kind: str | None) -> dict[str, Any]:
    """The schema of pack files, or of the items of one list in them.

    >>> schema_of("relations")["title"]
    'Relation'

    Raises:
        UnknownWordError: If there is no such list.
    """
    name = kind or "file"
    if name not in schemas():
        raise UnknownWordError(name, "list of a pack", schemas())
    return schemas()[name]


def _file_schema() -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {
        "source": {
            "type": "string",
            "description": "The source of every rule of the file that names none.",
        },
        "scope": {"$ref": "#/$defs/Scope"},
        "language": {
            "type": "string",
            "description": "The language of every text for teaching in the file that names none.",
        },
    }
    models: list[type[BaseModel]] = [Scope, *(section.model for section in SECTIONS.values())]
    for model in models:
        schema = _described(model)
        definitions |= schema.pop("$defs", {})
        schema.pop("$schema", None)
        definitions[model.__name__] = schema
    for name, section in SECTIONS.items():
        items: dict[str, Any] = {"$ref": f"#/$defs/{section.model.__name__}"}
        properties[name] = {"type": "array", "items": items}
    return {
        "$schema": DIALECT,
        "title": "painrules pack file",
        "description": "Any YAML file of a pack but pack.yaml. All files of a pack are read as one.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def _described(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a model, with the docstrings of its fields as descriptions."""
    schema = model.model_json_schema(schema_generator=_Generator)
    by_name = {one.__name__: one for one in _reached(model)}
    for name, part in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        one = by_name.get(name)
        if one is None:
            continue
        part["description"] = prose(one)
        notes = field_notes(one)
        for field, info in one.model_fields.items():
            key = info.alias or field
            if field in notes and key in part.get("properties", {}):
                part["properties"][key]["description"] = notes[field]
        if name == model.__name__ and hasattr(one, "rule_kind"):
            part["required"] = [key for key in part.get("required", []) if key != "source"]
    return {"$schema": DIALECT, **schema}


def _reached(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The models within a model."""
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = [model]
    while waiting:
        part = waiting.pop()
        if inspect.isclass(part) and issubclass(part, BaseModel) and part not in found:
            found.add(part)
            waiting += [info.annotation for info in part.model_fields.values()]
        else:
            waiting += getattr(part, "__args__", ())
    return found


def prose(thing: object) -> str:
    """A docstring as one text, without its examples and sections.

    >>> prose(schemas)
    'All schemas: ``pack`` for `pack.yaml`, ``file`` for any other file, and one for each list.'
    """
    kept = []
    for line in (inspect.getdoc(thing) or "").splitlines():
        if line.lstrip().startswith((">>>", "Args:", "Returns:", "Raises:")):
            break
        kept.append(line.strip())
    return " ".join(" ".join(kept).split())


def field_notes(model: type[BaseModel]) -> dict[str, str]:
    """The docstrings that stand below the fields of a model and of the models it is derived from."""
    notes: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, BaseModel) and one not in {BaseModel, base.Frozen}:
            notes |= dict(_notes_in(one))
    return notes


def _notes_in(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    tree = ast.parse(inspect.getsource(model))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for field, note in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(note, ast.Expr)
            and isinstance(note.value, ast.Constant)
        ):
            yield field.target.id, " ".join(str(note.value.value).split())
