"""What `explore` takes: members of closed vocabularies or their words, so that a misspelt one is a type error."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from painrules.vocab import (
    Mechanism,
    MechanismWord,
    Outcome,
    OutcomeWord,
    PainType,
    PainTypeWord,
)

PainTypeLike = PainType | PainTypeWord
"""A pain type, or its word."""
MechanismLike = Mechanism | MechanismWord
"""A mechanism, or its word."""
MechanismsLike = MechanismLike | Iterable[MechanismLike] | None
"""One mechanism, or several."""
OutcomeLike = Outcome | OutcomeWord
"""What came of something tried, or its word."""
Words = str | Iterable[str] | None
"""One word, or several."""
DateLike = dt.date | int | str | None
"""A date; a year means its last day."""
EngineName = Literal["bitmap", "durable"]
"""The engines that there are."""
