"""Packs: a folder of YAML in, a frozen `Pack` out, or one error with every problem.

`text` (strict YAML) -> `read` (files) -> `gather` (each item) -> `references` (items against each other)
-> `examples` (rules tried out) -> `load`. `schema` writes the JSON Schemas for rule authors, `locate` finds the core.
"""

from painrules.packs.examples import profile_of
from painrules.packs.load import Reading, core_pack, load_pack, read_pack
from painrules.packs.sections import SECTIONS

__all__ = ["SECTIONS", "Reading", "core_pack", "load_pack", "profile_of", "read_pack"]
