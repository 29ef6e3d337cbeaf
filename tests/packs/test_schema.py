"""JSON Schemas for rule authors: every field with its own words, and what a file may leave to the whole file."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from painrules import UnknownWordError
from painrules.packs.schema import field_notes, prose, schema_of, schemas
from painrules.packs.sections import SECTIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema itself and those within it, by name."""
    yield schema["title"], schema
    yield from schema.get("$defs", {}).items()


def test_there_is_one_for_each_list_and_two_for_files() -> None:
    """An editor is told which file holds what."""
    assert list(schemas()) == ["pack", "file", *SECTIONS]
    assert {one["$schema"] for one in schemas().values()} == {DIALECT}
    assert schema_of(None) == schemas()["file"]
    assert schema_of("pack") == schemas()["pack"]
    json.dumps(schemas())
    assert all(next(iter(one)) == "$schema" for one in schemas().values())


@pytest.mark.parametrize("name", ["pack", "file", *SECTIONS])
def test_every_field_says_what_it_is(name: str) -> None:
    """What an author sees beside the field is what stands beside it in the code."""
    for title, one in objects(schemas()[name]):
        if "enum" in one:
            continue
        assert one["description"], title
        for field, part in one.get("properties", {}).items():
            if name == "file" and title == "painrules pack file" and field in SECTIONS:
                continue
            assert part.get("description") or "$ref" in part, (title, field)
            assert "\n" not in part.get("description", ""), (title, field)


@pytest.mark.parametrize("name", SECTIONS)
def test_every_field_that_is_read_is_there_and_no_other(name: str) -> None:
    """An editor must not mark as wrong what is right, nor the other way round."""
    model, schema = SECTIONS[name].model, schemas()[name]
    by_key = {info.alias or field: info for field, info in model.model_fields.items()}

    assert set(schema["properties"]) == set(by_key)
    assert schema["additionalProperties"] is False
    needed = {key for key, info in by_key.items() if info.is_required()}
    assert set(schema.get("required", [])) == needed - (
        {"source"} if SECTIONS[name].is_rule else set()
    )
    notes = field_notes(model)
    for field, info in model.model_fields.items():
        if field in notes:
            told = schema["properties"][info.alias or field]["description"]
            assert told == notes[field], field


def test_nothing_is_told_that_is_for_programmers() -> None:
    """Examples in Python help nobody who writes YAML."""
    text = json.dumps(schemas())
    assert schemas()["relations"]["description"] == prose(SECTIONS["relations"].model)
    assert [word for word in (">>>", "Args:", "Returns:", "Raises:") if word in text] == []


class Told(BaseModel):
    """What it is,
    in two lines.

        And indented.

    >>> print("an example")
    an example
    """

    first: int
    """The first,
    in two lines."""
    second: int = 2
    third: int = 3
    """The third."""


class More(Told):
    """More of it."""

    third: int = 4
    """Another third."""
    fourth: int = 5
    """The fourth."""


def test_docstrings_are_read_as_prose() -> None:
    """In one line, up to the first example or section."""

    def explained() -> None:
        """What it does.

        Args:
            nothing: At all.
        """

    assert prose(Told) == "What it is, in two lines. And indented."
    assert prose(explained) == "What it does."
    assert prose(test_every_field_says_what_it_is).startswith("What an author sees")


def test_the_words_below_fields_are_theirs() -> None:
    """Those of the models that a model is derived from among them; the nearest count."""
    assert field_notes(Told) == {"first": "The first, in two lines.", "third": "The third."}
    assert field_notes(More) == {
        "first": "The first, in two lines.",
        "third": "Another third.",
        "fourth": "The fourth.",
    }


def test_a_file_may_say_some_things_once() -> None:
    """Its source, its scope, its language; and each list holds what that list holds."""
    schema = schema_of("file")

    assert {key: schema[key] for key in ("title", "type", "additionalProperties")} == {
        "title": "painrules pack file",
        "type": "object",
        "additionalProperties": False,
    }
    assert schema["description"] == (
        "Any YAML file of a pack but pack.yaml. All files of a pack are read as one."
    )
    first = {name: schema["properties"][name] for name in ("source", "scope", "language")}
    assert first == {
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
    assert list(schema["properties"]) == [*first, *SECTIONS]
    for name, section in SECTIONS.items():
        title = section.model.__name__
        assert schema["properties"][name] == {
            "type": "array",
            "items": {"$ref": f"#/$defs/{title}"},
        }
        mine = {
            key: part for key, part in schemas()[name].items() if key not in {"$schema", "$defs"}
        }
        assert schema["$defs"][title] == mine
    assert list(schema["$defs"]) == sorted(schema["$defs"])
    assert not [name for name, one in schema["$defs"].items() if "$defs" in one or "$schema" in one]


def test_every_reference_leads_somewhere() -> None:
    """Else an editor shows nothing at all."""

    def references(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "$ref":
                    yield inner
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    for name, schema in schemas().items():
        known = {f"#/$defs/{one}" for one in schema.get("$defs", {})}
        assert set(references(schema)) <= known, name
        assert schema.get("$defs", {}).keys() <= {one.split("/")[-1] for one in references(schema)}


def test_what_may_be_left_out_is_an_empty_mapping() -> None:
    """As an author would write it."""
    assert schemas()["positions"]["$defs"]["When"]["properties"]["factors"]["default"] == {}


def test_a_list_that_there_is_not_is_told_with_the_nearest() -> None:
    """As for any other word."""
    with pytest.raises(UnknownWordError) as caught:
        schema_of("position")

    assert (
        str(caught.value) == "'position' is not a known list of a pack; did you mean 'positions'?"
    )
