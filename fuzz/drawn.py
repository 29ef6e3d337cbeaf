"""Inputs drawn from what is valid, with Hypothesis: packs of every kind, profiles of them, then one thing changed."""

import json
from random import Random
from typing import Any

from hypothesis import strategies as st

from fuzz.memory import written
from fuzz.mutate import arguments_changed, leaf, made, real, tree_changed
from painrules import Pack, Profile
from painrules.packs import SECTIONS
from painrules.testing.strategies import packs, profiles

SEEDS = st.integers(0, 2**32)


def as_files(pack: Pack) -> dict[str, Any]:
    """A pack as plain values, by the name of the file."""
    found: dict[str, Any] = {
        "pack.yaml": pack.header.model_dump(mode="json", exclude_defaults=True)
    }
    for key in SECTIONS:
        entries = getattr(pack, key).values()
        if entries:
            found[f"{key}.yaml"] = {
                key: [
                    one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
                    for one in entries
                ]
            }
    return found


@st.composite
def pack_texts(draw: st.DrawFn) -> bytes:
    """A drawn pack as a folder, as it is or with a few things changed."""
    tree: Any = as_files(draw(packs()))
    lots = Random(draw(SEEDS))  # noqa: S311 - inputs, no secrets
    for _ in range(draw(st.integers(0, 3))):
        tree = tree_changed(tree, lots)
        if not isinstance(tree, dict):
            tree = {"pack.yaml": tree}
    texts = {
        name.replace("\n", " "): json.dumps(value).encode()
        for name, value in tree.items()
        if value is not None
    }
    return written(texts)


@st.composite
def profile_texts(draw: st.DrawFn) -> bytes:
    """A drawn profile as fields, as it is or with a few things changed."""
    known: Profile = draw(profiles())
    tree: Any = known.to_dict()
    lots = Random(draw(SEEDS))  # noqa: S311 - inputs, no secrets
    for _ in range(draw(st.integers(0, 3))):
        tree = tree_changed(tree, lots)
    if draw(st.booleans()):
        fields = (
            "pain_type",
            "mechanism",
            "condition",
            "age",
            "present",
            "tried",
            "goals",
            "as_of",
            "sources",
        )
        tree = {name: leaf(lots) for name in fields if lots.random() < 0.5}
    return json.dumps(tree).encode()


@st.composite
def command_lines(draw: st.DrawFn) -> bytes:
    """A real command with some of its words changed."""
    lots = Random(draw(SEEDS))  # noqa: S311 - inputs, no secrets
    return arguments_changed(draw(st.sampled_from(real("command"))), lots)


@st.composite
def yaml_texts(draw: st.DrawFn) -> bytes:
    """Plain values as YAML reads them, then signs of YAML anywhere in it."""
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
        ),
        max_leaves=12,
    )
    text = json.dumps(draw(values), ensure_ascii=draw(st.booleans())).encode(
        "utf-8", "surrogatepass"
    )
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        sign = draw(
            st.sampled_from(
                (
                    b"&a ",
                    b"*a",
                    b"!!x ",
                    b"- ",
                    b": ",
                    b"? ",
                    b"\n",
                    b"#",
                    b"|",
                    b">",
                    b"%",
                    b"\xff",
                    b"'",
                    b"---\n",
                )
            )
        )
        text = text[:at] + sign + text[at:]
    return text


STRATEGIES: dict[str, st.SearchStrategy[bytes]] = {
    "yaml": yaml_texts(),
    "pack": pack_texts(),
    "exports": pack_texts(),
    "profile": profile_texts(),
    "result": st.builds(lambda seed: made("result", seed), SEEDS),
    "quiz": st.builds(lambda seed: made("quiz", seed), SEEDS),
    "command": command_lines(),
}
"""What draws inputs for each target."""
