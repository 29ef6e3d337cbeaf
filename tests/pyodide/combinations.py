"""Explores every combination of pain type, mechanism and condition of the core pack, and prints what came of each.

It runs on CPython and in the browser's Python alike: each prints a line for a combination, with the SHA-256 of the
result's JSON, so that two of these lists are equal if all results are, byte for byte.
"""

import hashlib
from collections.abc import Iterator
from itertools import product

import painrules


def combinations() -> Iterator[dict[str, str]]:
    """Each pain type or none, each mechanism or none, each condition or none."""
    conditions = sorted(painrules.core_pack().conditions)
    for kind, mechanism, condition in product(
        ("", *painrules.PainType), ("", *painrules.Mechanism), ("", *conditions, "other")
    ):
        given = {"pain_type": str(kind), "mechanism": str(mechanism), "condition": condition}
        yield {name: value for name, value in given.items() if value}


def lines() -> Iterator[str]:
    """What came of each."""
    for given in combinations():
        text = painrules.explore(**given).to_json()  # type: ignore[arg-type]
        yield f"{' '.join(given.values()) or 'nothing'}: {hashlib.sha256(text.encode()).hexdigest()}"


if __name__ == "__main__":
    print(*lines(), sep="\n")  # noqa: T201 - what it is for
