"""What pydantic finds wrong with a value, in our words: they stay the same whatever its version."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from painrules.errors import shown
from painrules.model.base import IDENTIFIER, ONE_LINE

OTHER_VERSION = "; another version of painrules wrote it: read it with that one, or make it anew"
"""What is said of data whose version is not the one that is read here."""

_FORMS = {
    IDENTIFIER: "is not an id: small letters, digits and underscores, starting with a letter",
    ONE_LINE: "must be one line, not empty, without spaces at its ends",
}

_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not a field here",
    "json_type": lambda _: "must be text or bytes",
    "json_invalid": lambda about: f"is not JSON: {about['error']}",
    "string_type": lambda _: "must be text",
    "string_sub_type": lambda _: "must be text",
    "string_unicode": lambda _: "is not a text that can be written",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda about: f"is longer than {about['max_length']} characters",
    "string_pattern_mismatch": lambda about: _FORMS.get(
        about["pattern"], f"is not of the form {about['pattern']}"
    ),
    "int_type": lambda _: "must be a whole number",
    "int_from_float": lambda _: "must be a whole number",
    "float_type": lambda _: "must be a number",
    "finite_number": lambda _: "must be a finite number",
    "greater_than": lambda about: f"must be more than {about['gt']:g}",
    "greater_than_equal": lambda about: f"must be at least {about['ge']:g}",
    "less_than": lambda about: f"must be less than {about['lt']:g}",
    "less_than_equal": lambda about: f"must be at most {about['le']:g}",
    "bool_type": lambda _: "must be yes or no",
    "enum": lambda about: f"must be {about['expected']}",
    "literal_error": lambda about: f"must be {about['expected']}",
    "tuple_type": lambda _: "must be a list",
    "list_type": lambda _: "must be a list",
    "set_type": lambda _: "must be a list",
    "frozen_set_type": lambda _: "must be a list",
    "too_short": lambda _: "must not be empty",
    "dict_type": lambda _: "must be a mapping",
    "mapping_type": lambda _: "must be a mapping",
    "model_type": lambda _: "must be a mapping",
    "model_attributes_type": lambda _: "must be a mapping",
}


def told(item: ErrorDetails) -> str:
    """What is wrong with one value, the value first where it is short and plain.

    >>> told({"type": "int_type", "loc": ("age",), "msg": "", "input": "72"})
    "'72' must be a whole number"
    """
    given, about = item["input"], item.get("ctx", {})
    value = shown(given)
    if item["type"] not in _WORDS:
        message = item["msg"].removeprefix("Value error, ")
        message = message[:1].lower() + message[1:]
        if value in message or not isinstance(given, str | int | float):
            return message
        return f"{value} {message}" if message.startswith("must ") else f"{value}: {message}"
    words = _WORDS[item["type"]](about)
    if given is None:
        return f"is empty, but {words}"
    return f"{value} {words}" if isinstance(given, str | int | float) else words
