"""Cases: scenarios in data, which show what a pack must and must not say."""

from painrules.model.base import Frozen, FrozenDict, FrozenMap, Identifier, Sentence, Words
from painrules.model.rule import ExampleProfile
from painrules.vocab import Agreement, Line, Mechanism, Mode, PainType, Safety, Status


class InferredFacts(Frozen):
    """What must be inferred."""

    pain_type: PainType | None = None
    """The pain type."""
    mechanism: Words[Mechanism] = ()
    """The mechanisms, all of them."""


class Expectation(Frozen):
    """What must come out, and what must not; what is left out is not looked at."""

    mode: Mode | None = None
    """What the result is for."""
    listed: Words[Identifier] = ()
    """Options that must be listed."""
    not_listed: Words[Identifier] = ()
    """Options that must not be listed."""
    status: FrozenMap[Identifier, Status] = FrozenDict()
    """The status of an option."""
    line: FrozenMap[Identifier, Line] = FrozenDict()
    """The line of an option."""
    agreement: FrozenMap[Identifier, Agreement] = FrozenDict()
    """The agreement on an option."""
    safety: FrozenMap[Identifier, Safety] = FrozenDict()
    """The worst caution of an option."""
    cautions: FrozenMap[Identifier, Words[Identifier]] = FrozenDict()
    """Cautions that must be in force, option by option."""
    inferred: InferredFacts | None = None
    """What must be inferred."""
    asks: Words[str] = ()
    """What the result must ask about."""


class Case(Frozen):
    """A scenario that non-programmers can write: a sentence, a profile, what must come out, and why."""

    id: Identifier
    """Unique within the pack."""
    sentence: Sentence
    """The scenario in one sentence."""
    profile: ExampleProfile
    """The profile."""
    expect: Expectation
    """What must and must not come out."""
    sources: Words[Identifier] = ()
    """The sources that say so."""
