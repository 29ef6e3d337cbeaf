"""For those who write packs, engines or tests: strategies that draw packs and profiles, and the laws on anyone's pack.

`strategies` draws with Hypothesis, `laws` says what holds for every pack, `grid` and `learning` give profiles,
`reference` is a slow engine to compare others with, `files` writes packs. It is an extra: ``painrules[testing]``.
"""

from painrules.errors import MissingExtraError
from painrules.testing.files import write_pack
from painrules.testing.grid import grid
from painrules.testing.laws import LawError, check_laws
from painrules.testing.learning import learnable
from painrules.testing.reference import ReferenceEngine
from painrules.testing.vocabulary import small_vocabulary

try:
    from painrules.testing.strategies import (
        conditions,
        debates,
        factors,
        interventions,
        lenses,
        packs,
        profiles,
        refinements,
        rules,
        scopes,
        situations,
        sources,
        vocabularies,
        whens,
    )
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    msg = "painrules.testing needs hypothesis; install it with: pip install 'painrules[testing]'"
    raise MissingExtraError(msg) from None

__all__ = [
    "LawError",
    "ReferenceEngine",
    "check_laws",
    "conditions",
    "debates",
    "factors",
    "grid",
    "interventions",
    "learnable",
    "lenses",
    "packs",
    "profiles",
    "refinements",
    "rules",
    "scopes",
    "situations",
    "small_vocabulary",
    "sources",
    "vocabularies",
    "whens",
    "write_pack",
]
