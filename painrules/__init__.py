"""A rule-based explorer of treatment options for pain: for education, never advice.

>>> import painrules
>>> result = painrules.explore("chronic", "neuropathic")
>>> result["gabapentinoids"].line.value
'first'
"""

from typing import TYPE_CHECKING

from painrules.deprecation import PainrulesDeprecationWarning
from painrules.errors import (
    ArgumentError,
    EngineError,
    FrameError,
    MissingExtraError,
    PainrulesError,
    Problem,
    ProfileError,
    RulePackError,
    UnknownWordError,
)
from painrules.explore import explore
from painrules.imports import listed, on_demand
from painrules.vocab import (
    Agreement,
    Domain,
    Level,
    Line,
    Mechanism,
    Mode,
    Outcome,
    PainType,
    Safety,
    Severity,
    Stance,
    Status,
    Urgency,
    Verified,
)

if TYPE_CHECKING:
    from painrules.explore import (
        Comparison,
        Exploration,
        Explorer,
        OptionView,
        compare,
        explore_frame,
        explore_many,
    )
    from painrules.model.pack import Pack
    from painrules.model.profile import Profile
    from painrules.model.result import OptionRecord, Result
    from painrules.packs import core_pack, load_pack
else:
    __getattr__ = on_demand(
        __name__,
        globals(),
        {
            "Comparison": "painrules.explore.comparison",
            "Exploration": "painrules.explore.exploration",
            "Explorer": "painrules.explore.explorer",
            "OptionRecord": "painrules.model.result",
            "OptionView": "painrules.explore.option",
            "Pack": "painrules.model.pack",
            "Profile": "painrules.model.profile",
            "Result": "painrules.model.result",
            "compare": "painrules.explore.comparison",
            "core_pack": "painrules.packs.core",
            "explore_frame": "painrules.explore.many",
            "explore_many": "painrules.explore.many",
            "load_pack": "painrules.packs.load",
        },
    )

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "ArgumentError",
    "Comparison",
    "Domain",
    "EngineError",
    "Exploration",
    "Explorer",
    "FrameError",
    "Level",
    "Line",
    "Mechanism",
    "MissingExtraError",
    "Mode",
    "OptionRecord",
    "OptionView",
    "Outcome",
    "Pack",
    "PainType",
    "PainrulesDeprecationWarning",
    "PainrulesError",
    "Problem",
    "Profile",
    "ProfileError",
    "Result",
    "RulePackError",
    "Safety",
    "Severity",
    "Stance",
    "Status",
    "UnknownWordError",
    "Urgency",
    "Verified",
    "compare",
    "core_pack",
    "explore",
    "explore_frame",
    "explore_many",
    "load_pack",
]

__dir__ = listed(globals(), __all__)
