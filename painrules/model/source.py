"""Sources: who said it, where, when, and whether it still stands."""

from typing import Annotated

from pydantic import Field

from painrules.model.base import Frozen, Identifier, Label, Text
from painrules.model.dates import DateText
from painrules.vocab import RuleStatus, SourceKind, Verified


class Source(Frozen):
    """A publication that rules and entries cite.

    >>> Source(
    ...     id="nice_ng193",
    ...     title="Chronic pain",
    ...     issuer="NICE",
    ...     jurisdiction="UK",
    ...     year=2021,
    ...     kind="guideline",
    ... ).jurisdiction
    'UK'
    """

    id: Identifier
    """Unique across the pack; never reused."""
    title: Annotated[str, Field(min_length=1, max_length=300)]
    """Its title, shortened where it is long."""
    issuer: Label
    """The body that issued it, or the first author."""
    jurisdiction: Annotated[str, Field(min_length=1, max_length=40)]
    """Where it is meant to hold: ``UK``, ``US``, ``Europe``, ``international``."""
    year: Annotated[int, Field(strict=True, ge=1900, le=2100)]
    """The year of publication; its rules count from then unless they say otherwise."""
    kind: SourceKind
    """What sort of publication it is."""
    status: RuleStatus = RuleStatus.CURRENT
    """Whether it still stands; all but `current` need a `valid_to`."""
    valid_to: DateText | None = None
    """The first day on which it no longer stands; it ends all of its positions."""
    superseded_by: Identifier | None = None
    """The source that took its place."""
    scope: Text | None = None
    """Whom it is about."""
    excludes: Text | None = None
    """Whom it says it does not speak of."""
    doi: str | None = None
    """Digital object identifier, without an address in front."""
    pmid: str | None = None
    """PubMed identifier."""
    isbn: str | None = None
    """International standard book number."""
    number: str | None = None
    """The issuer's own number, such as ``NG193``."""
    url: str | None = None
    """The address of its own page."""
    reference: Text | None = None
    """The citation as text."""
    verified: Verified = Verified.UNVERIFIED
    """How its identity was checked."""
    note: Text | None = None
    """What a reader has to know besides."""

    @property
    def cited(self) -> str:
        """How text output names it: issuer, year and jurisdiction."""
        return f"{self.issuer} {self.year} ({self.jurisdiction})"
