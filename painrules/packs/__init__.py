"""Packs: a folder of YAML in, a frozen `Pack` out, or one error with every problem.

`text` (strict YAML) -> `read` (files) -> `gather` (each item) -> `references` (items against each other)
-> `examples` (rules tried out) -> `load`. `schema` writes the JSON Schemas for rule authors, `locate` finds the core,
`core` loads it: from its `compiled` form, if the `fingerprint` says that this still fits.
"""

from typing import TYPE_CHECKING

from painrules.imports import listed, on_demand

if TYPE_CHECKING:
    from painrules.packs.core import core_pack
    from painrules.packs.examples import profile_of
    from painrules.packs.load import Reading, load_pack, read_pack
    from painrules.packs.sections import SECTIONS
else:
    __getattr__ = on_demand(
        __name__,
        globals(),
        {
            "SECTIONS": "painrules.packs.sections",
            "Reading": "painrules.packs.load",
            "core_pack": "painrules.packs.core",
            "load_pack": "painrules.packs.load",
            "profile_of": "painrules.packs.examples",
            "read_pack": "painrules.packs.load",
        },
    )

__all__ = ["SECTIONS", "Reading", "core_pack", "load_pack", "profile_of", "read_pack"]

__dir__ = listed(globals(), __all__)
