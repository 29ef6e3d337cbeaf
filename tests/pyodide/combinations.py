"""Explores combinations of pain type, mechanism and condition of the core pack, and prints what came of each.

It runs on CPython and in the browser's Python alike. A line for each combination has the SHA-256 of what is said of
every option; for each `WHOLE`th, that of the whole result as JSON. So equal lists are equal results, byte for byte.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from itertools import islice, product

import painrules

EVERY = int(os.environ.get("PAINRULES_EVERY", "1"))
"""Of how many combinations one is taken."""
WHOLE = 97
"""Of how many that are taken one is compared as a whole: that is some megabytes."""


def combinations() -> Iterator[dict[str, str]]:
    """Each pain type or none, each mechanism or none, each condition or none."""
    conditions = sorted(painrules.core_pack().conditions)
    for kind, mechanism, condition in product(
        ("", *painrules.PainType), ("", *painrules.Mechanism), ("", *conditions, "other")
    ):
        given = {"pain_type": str(kind), "mechanism": str(mechanism), "condition": condition}
        yield {name: value for name, value in given.items() if value}


def said(result: painrules.Exploration) -> str:
    """What is said of every option, as JSON."""
    rows = [
        [one.id, one.status, one.level, one.line, one.agreement, one.safety, one.about]
        for one in result.options
    ]
    return json.dumps([result.mode, rows, result.listed])


def lines() -> Iterator[str]:
    """What came of each."""
    for place, given in enumerate(islice(combinations(), 0, None, EVERY)):
        result = painrules.explore(**given)  # type: ignore[arg-type]
        text = said(result) if place % WHOLE else result.to_json()
        yield f"{' '.join(given.values()) or 'nothing'}: {hashlib.sha256(text.encode()).hexdigest()}"


if __name__ == "__main__":
    print(*lines(), sep="\n")  # noqa: T201 - what it is for
