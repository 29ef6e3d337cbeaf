"""The laws that explorations keep, as functions: each raises a `LawError` that tells what does not hold, and for what.

`check_laws` tries them all on a pack; with Hypothesis each can be tried on drawn packs and profiles. The numbers are
those of `docs/explanation/laws.md`.
"""

from painrules.testing.laws.certainty import law_03
from painrules.testing.laws.covered import law_10, law_11, law_12, law_14
from painrules.testing.laws.explanations import law_20, law_20_conditions, law_20_what_if
from painrules.testing.laws.independence import law_04, law_07, law_08, law_21, law_22
from painrules.testing.laws.mechanisms import law_02
from painrules.testing.laws.proved import law_15, law_16, law_18
from painrules.testing.laws.safety import law_05, law_09
from painrules.testing.laws.sameness import law_01, law_06, law_24
from painrules.testing.laws.suite import check_laws, trials
from painrules.testing.laws.texts import law_13, law_17, law_17_pack, law_23
from painrules.testing.laws.trial import LawError

__all__ = [
    "LawError",
    "check_laws",
    "law_01",
    "law_02",
    "law_03",
    "law_04",
    "law_05",
    "law_06",
    "law_07",
    "law_08",
    "law_09",
    "law_10",
    "law_11",
    "law_12",
    "law_13",
    "law_14",
    "law_15",
    "law_16",
    "law_17",
    "law_17_pack",
    "law_18",
    "law_20",
    "law_20_conditions",
    "law_20_what_if",
    "law_21",
    "law_22",
    "law_23",
    "law_24",
    "trials",
]
