"""Facts: a profile in the terms of a pack, as engines see it.

Building facts is where definitions are applied (bands follow from numbers, parents from conditions); what is only
suggested comes in by `assume`. `truth` says what facts make of one clause: the one place that defines it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, inf, isinf, nextafter
from typing import TYPE_CHECKING, NamedTuple, Self

from painrules.model.clauses import NUMBERS, Clause
from painrules.model.hierarchy import Hierarchy
from painrules.vocab import Truth

if TYPE_CHECKING:
    from painrules.model.pack import Pack
    from painrules.model.profile import Profile

OTHER = "other"
"""The condition that the pack does not know."""

Span = tuple[float, float]
"""The least and the greatest number that something can be, both inclusive."""

ANY_NUMBER: Span = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, presumed and open about one pain problem, with at most one mechanism."""

    pain_type: str | None = None
    """The pain type, given or presumed."""
    pain_type_given: bool = False
    """Whether it was given, so that the other pain types are known not to be there."""
    mechanism: str | None = None
    """The mechanism, given or presumed."""
    mechanism_given: bool = False
    """Whether it was given, so that the other mechanisms are known not to be there."""
    conditions: frozenset[str] | None = None
    """The conditions given, with their parents; None: unknown."""
    open_conditions: frozenset[str] = frozenset()
    """More precise conditions that may still come to be known, and what else they would bring."""
    named_conditions: frozenset[str] = frozenset()
    """The conditions as given, without parents."""
    spans: Mapping[str, Span] = field(default_factory=dict)
    """What is known of numbers; a missing one is unknown."""
    given: Mapping[str, bool] = field(default_factory=dict)
    """Factors and red flags that are known."""
    presumed: Mapping[str, bool] = field(default_factory=dict)
    """Factors that are only inferred."""
    tried: Mapping[str, str] = field(default_factory=dict)
    """What was tried, by the name it was given."""
    said: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What was said of members of classes and categories that were not named themselves."""

    def assume(
        self,
        pain_type: str | None = None,
        factors: Mapping[str, bool] | None = None,
    ) -> "Facts":
        """These facts with what is inferred, where nothing was given."""
        return Facts(
            self.pain_type if self.pain_type_given else pain_type,
            self.pain_type_given,
            self.mechanism,
            self.mechanism_given,
            self.conditions,
            self.open_conditions,
            self.named_conditions,
            self.spans,
            self.given,
            {**self.presumed, **(factors or {})},
            self.tried,
            self.said,
        )

    def with_mechanism(self, mechanism: str | None, *, given: bool) -> "Facts":
        """These facts with one mechanism, given or presumed."""
        return Facts(
            self.pain_type,
            self.pain_type_given,
            mechanism,
            given,
            self.conditions,
            self.open_conditions,
            self.named_conditions,
            self.spans,
            self.given,
            self.presumed,
            self.tried,
            self.said,
        )


class Definitions(NamedTuple):
    """What a pack says that something is: all that facts are built with."""

    conditions: Hierarchy
    """How conditions belong to each other."""
    interventions: Hierarchy
    """How interventions belong to each other."""
    category: Mapping[str, str]
    """The category of each intervention."""
    bands: Mapping[str, tuple[str, Span]]
    """Factors that are defined by a number, with the number's name and span."""

    @classmethod
    def of(cls, pack: "Pack") -> Self:
        """The definitions of a pack."""
        return cls(
            pack.condition_tree,
            pack.intervention_tree,
            {name: entry.category for name, entry in pack.interventions.items()},
            {
                name: (entry.band.attribute, _span_of(entry.band.min, entry.band.below))
                for name, entry in pack.factors.items()
                if entry.band is not None
            },
        )


class FactsBuilder:
    """Turns profiles into facts of one pack."""

    def __init__(self, pack: "Pack | Definitions") -> None:
        known = pack if isinstance(pack, Definitions) else Definitions.of(pack)
        self.definitions = known
        """What the pack says that something is."""
        self._conditions, self._interventions, self._category, self._bands = known

    @property
    def bands(self) -> Mapping[str, tuple[str, Span]]:
        """Factors that are defined by a number, with the number's name and span."""
        return self._bands

    def build(self, profile: "Profile") -> Facts:
        """The facts that a profile gives; its mechanisms come in one by one, later.

        Raises:
            ValueError: If a band contradicts a number or another band; the message names them.
        """
        given: dict[str, bool] = dict(profile.factors)
        spans = self._spans(profile, given)
        for name, (attribute, band) in self._bands.items():
            if name not in given and attribute in spans:
                verdict = _place(spans[attribute], band)
                if verdict is not Truth.OPEN:
                    given[name] = verdict is Truth.YES
        given.update(profile.red_flags)
        conditions, may_come = self._known_conditions(profile.conditions)
        return Facts(
            pain_type=profile.pain_type.value if profile.pain_type else None,
            pain_type_given=profile.pain_type is not None,
            conditions=conditions,
            open_conditions=may_come,
            named_conditions=profile.conditions,
            spans=spans,
            given=given,
            tried={name: outcome.value for name, outcome in profile.tried.items()},
            said=self._said(profile) if profile.tried else {},
        )

    def _known_conditions(
        self, named: frozenset[str]
    ) -> tuple[frozenset[str] | None, frozenset[str]]:
        if not named:
            return None, frozenset()
        known: set[str] = set()
        may_come: set[str] = set()
        for name in named:
            known |= self._conditions.upwards(name)
            may_come |= self._conditions.beside(name)
        return frozenset(known), frozenset(may_come - known)

    def _spans(self, profile: "Profile", given: Mapping[str, bool]) -> dict[str, Span]:
        spans: dict[str, Span] = {}
        for attribute in NUMBERS:
            number = getattr(profile, attribute)
            if number is not None:
                spans[attribute] = (number, number)
        bands = [(name, *self._bands[name]) for name in sorted(given) if name in self._bands]
        before: dict[str, Span] | None = None
        while spans != before:  # what one band leaves over may be cut by one that came before it
            before = dict(spans)
            for name, attribute, band in bands:
                known = spans.get(attribute, ANY_NUMBER)
                narrowed = _narrow(known, band, inside=given[name])
                if narrowed is not None and attribute == "age_years":
                    narrowed = _completed(narrowed)
                if narrowed is None:
                    word = "present" if given[name] else "absent"
                    msg = f"'{name}' is said to be {word}, which does not fit {_told(attribute, known)}"
                    raise ValueError(msg)
                if narrowed != ANY_NUMBER:
                    spans[attribute] = narrowed
        return spans

    def _said(self, profile: "Profile") -> dict[str, frozenset[str]]:
        said: dict[str, set[str]] = {}
        for name, outcome in profile.tried.items():
            above = set(self._interventions.ancestors(name))
            for member in (name, *above):
                if member in self._category:
                    above.add(self._category[member])
            for group in above - set(profile.tried):
                said.setdefault(group, set()).add(outcome.value)
        return {group: frozenset(outcomes) for group, outcomes in said.items()}


def _span_of(low: float, below: float | None) -> Span:
    """A half-open band as a closed span of floating-point numbers."""
    return (low, inf if below is None else nextafter(below, -inf))


def _place(known: Span, wanted: Span) -> Truth:
    """Whether a number known to lie in one span lies in another."""
    if known[0] >= wanted[0] and known[1] <= wanted[1]:
        return Truth.YES
    if known[1] < wanted[0] or known[0] > wanted[1]:
        return Truth.NO
    return Truth.OPEN


def _narrow(known: Span, band: Span, *, inside: bool) -> Span | None:
    """What is left of a span inside or outside of a band; None: nothing."""
    if inside:
        low, high = max(known[0], band[0]), min(known[1], band[1])
        return (low, high) if low <= high else None
    if _place(known, band) is Truth.YES:
        return None
    low, high = known
    if band[0] <= max(low, 0):
        low = max(low, nextafter(band[1], inf))
    if band[1] >= high:
        high = min(high, nextafter(band[0], -inf))
    return (low, high) if low <= high else None


def _completed(span: Span) -> Span | None:
    """The whole numbers within a span: age counts completed years, so below 18 is 17 at most."""
    low = span[0] if isinf(span[0]) else ceil(span[0])
    high = span[1] if isinf(span[1]) else floor(span[1])
    return (low, high) if low <= high else None


def _told(attribute: str, known: Span) -> str:
    if known[0] == known[1]:
        return f"{attribute} {known[0]:g}"
    return f"what else is said of {attribute}"


def truth(clause: Clause, facts: Facts) -> Truth:
    """What facts make of one clause.

    This is the definition; engines compile it into something faster and are tested against it.
    """
    kind = clause.attribute
    if kind == "pain_type":
        return _of_value(clause.values, facts.pain_type, given=facts.pain_type_given)
    if kind == "mechanism":
        return _of_value(clause.values, facts.mechanism, given=facts.mechanism_given)
    if kind == "condition":
        return _of_conditions(clause.values, facts)
    if kind == "tried":
        return _of_tried(clause, facts)
    if kind in NUMBERS:
        known = facts.spans.get(kind)
        return Truth.OPEN if known is None else _place(known, (clause.low, clause.high))
    wanted = clause.values == ("yes",)
    if clause.name in facts.given:
        return Truth.YES if facts.given[clause.name] is wanted else Truth.NO
    if kind == "factors" and facts.presumed.get(clause.name) is wanted:
        return Truth.PRESUMED
    return Truth.OPEN


def _of_value(wanted: tuple[str, ...], value: str | None, *, given: bool) -> Truth:
    if given:
        return Truth.YES if value in wanted else Truth.NO
    return Truth.PRESUMED if value in wanted else Truth.OPEN


def _of_conditions(wanted: Iterable[str], facts: Facts) -> Truth:
    if facts.conditions is None:
        return Truth.OPEN
    if any(name in facts.conditions for name in wanted):
        return Truth.YES
    return Truth.OPEN if any(name in facts.open_conditions for name in wanted) else Truth.NO


def _of_tried(clause: Clause, facts: Facts) -> Truth:
    if clause.name in facts.tried:
        return Truth.YES if facts.tried[clause.name] in clause.values else Truth.NO
    said = facts.said.get(clause.name, frozenset())
    return Truth.OPEN if said.isdisjoint(clause.values) else Truth.YES
