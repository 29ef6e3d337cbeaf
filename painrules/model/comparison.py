"""What a comparison of two explorations finds, as plain data."""

from typing import Any, Literal

from painrules.model.base import Frozen, FrozenDict, FrozenMap
from painrules.model.result import LensView, PackRef, RedFlagView
from painrules.vocab import Agreement, Level, Line, Mode, Safety, Status, Verified


class SideView(Frozen):
    """One of the two results, as far as it is about the whole."""

    name: str
    """How the comparison calls it: ``A`` or ``B``, or what the caller said."""
    pack: PackRef
    """The pack that it comes from."""
    profile: FrozenMap[str, Any]
    """What was known, as `Profile.to_dict` has it."""
    lens: LensView
    """The restriction under which it was made."""
    mode: Mode
    """What it is for."""
    red_flags: tuple[RedFlagView, ...] = ()
    """Red flags in force."""


class OptionSide(Frozen):
    """What one of the two results says of an option."""

    status: Status
    """What the positions come to."""
    level: Level | Literal["varies"] | None = None
    """The deciding level."""
    about: str = ""
    """Whom the deciding statements are about, in words."""
    line: Line | None = None
    """The line."""
    agreement: Agreement
    """Whether the sources agree."""
    safety: Safety
    """The worst caution in force."""
    supported_for: tuple[str, ...] = ()
    """The mechanisms for which it is supported, where mechanisms are known or inferred."""


class DecidingRule(Frozen):
    """A rule that counts on one side only, and why it does not count on the other."""

    id: str
    """The rule."""
    side: Literal["a", "b"]
    """Where it counts."""
    kind: Literal["position", "caution", "step"]
    """What kind of rule it is."""
    says: str
    """What it says, in a word: ``for``, ``against``, ``avoid``, ``comes after``."""
    line: Line | None = None
    """The line that it states, if it does."""
    population: str
    """Of whom it speaks, in words; for a step, what has to hold first."""
    because: str
    """What the source says, in one sentence of our own."""
    source: str
    """The source."""
    cited: str
    """Its issuer, year and jurisdiction."""
    locator: str | None = None
    """Where in the source."""
    verified: Verified
    """How it was checked."""
    elsewhere: str
    """Why it does not count on the other side, in words."""


class Difference(Frozen):
    """An option of which the two results do not say the same."""

    option: str
    """The intervention."""
    label: str
    """Its name."""
    category: str
    """The category that it is listed in."""
    differs: tuple[str, ...]
    """What differs: ``status``, ``line``, ``agreement``, ``safety``, ``supported_for``, ``cautions``, ``after``."""
    a: OptionSide
    """What the first result says."""
    b: OptionSide
    """What the second result says."""
    rules: tuple[DecidingRule, ...] = ()
    """The rules that make the difference."""


class ComparisonRecord(Frozen):
    """Everything that a comparison finds. `painrules.Comparison.record` holds one."""

    schema_version: Literal["1"] = "1"
    """The version of this form."""
    notice: str
    """What stands first in every format."""
    a: SideView
    """The first result."""
    b: SideView
    """The second result."""
    facts: tuple[str, ...] = ()
    """The fields of the profiles, and of the lenses, that differ."""
    differences: tuple[Difference, ...] = ()
    """The options on which they differ, by category and name. A name ranks nothing."""
    same: int
    """How many options come out the same on both sides."""
    categories: tuple[str, ...] = ()
    """The categories, in order."""
    labels: FrozenMap[str, str] = FrozenDict()
    """Names of everything that is mentioned by id."""
