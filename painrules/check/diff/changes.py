"""What a change of rules means: the record of a comparison of two packs."""

from typing import Any, Literal

from painrules.check.diff.records import EntryChange, FieldChange
from painrules.model.base import Frozen


class PackName(Frozen):
    """Which pack is compared."""

    id: str
    """Its id."""
    version: str
    """Its version."""
    digest: str
    """SHA-256 of its content."""


class Region(Frozen):
    """Profiles for which something changes: whatever fits all that is named, and nothing else."""

    where: tuple[str, ...]
    """What a profile has to say, or not to say; nothing: any profile will do."""
    profile: dict[str, Any]
    """An example, as `Profile.to_dict` has it."""
    call: str
    """The example as a call of `explore`, to be pasted."""

    def __str__(self) -> str:
        """In one line."""
        return "; ".join(self.where) or "any profile"


class OptionChange(Frozen):
    """Something that is said of options, and changes."""

    what: str
    """`status`, `line`, `agreement` or `cautions`."""
    options: tuple[str, ...]
    """The options for which the same changes in the same regions."""
    before: str
    """What the old pack says; for cautions the rule, or nothing."""
    after: str
    """What the new pack says."""
    regions: tuple[Region, ...]
    """For which profiles: together exactly these, and those that are only counted."""
    more: int = 0
    """How many more regions there are, which are not told one by one; `PackDiff.for_profile` knows them."""


class Undecided(Frozen):
    """Something of which it was not found out where it changes."""

    what: str
    """`status`, `line`, `agreement` or `cautions`."""
    option: str
    """The option."""
    only_of_two: bool = False
    """Whether only profiles with two conditions are meant: for all others it was found out."""


class RuleRegion(Frozen):
    """Where a rule that differs is in force."""

    id: str
    """The rule."""
    before: tuple[str, ...] | None
    """Where it was in force; None: nowhere."""
    after: tuple[str, ...] | None
    """Where it is in force; None: nowhere."""


class Changes(Frozen):
    """All that differs between two packs."""

    schema_version: Literal["1"] = "1"
    """The version of this form."""
    old: PackName
    """The old pack."""
    new: PackName
    """The new pack."""
    header: tuple[FieldChange, ...] = ()
    """What differs in `pack.yaml`."""
    entries: tuple[EntryChange, ...] = ()
    """Entries and rules that differ."""
    rules: tuple[RuleRegion, ...] = ()
    """Where rules that differ are in force."""
    options: tuple[OptionChange, ...] = ()
    """What changes for options, and for which profiles."""
    undecided: tuple[Undecided, ...] = ()
    """Where it was not found out."""

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.header or self.entries or self.options or self.undecided)
