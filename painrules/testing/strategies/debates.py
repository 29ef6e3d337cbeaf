"""A strategy for what is hardest to decide: many sources on one option and its classes, for one kind of pain."""

from typing import Any

from hypothesis import strategies as st

from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.testing.strategies.palette import BOOL, PERCENT, Draw
from painrules.testing.vocabulary import small_vocabulary
from painrules.vocab import Line, Stance

OPTIONS = ("analgesics", "opioids", "weak_opioids", "tramadol", "antidepressants")
"""A class and its members, over four generations and with a diamond."""

FACTS: dict[str, Any] = {
    "pain_type": "chronic",
    "mechanism": "neuropathic",
    "condition": "back_pain",
    "factors": {"distress": True},
}
KNOWN: dict[str, Any] = {
    "pain_type": "chronic",
    "mechanisms": frozenset({"neuropathic"}),
    "conditions": frozenset({"sciatica"}),
    "factors": {"distress": True},
}

_OPTION = st.sampled_from(OPTIONS)
_SOURCE = st.sampled_from(("alpha", "beta", "gamma"))
_STANCE = st.sampled_from([Stance.SUPPORTS, Stance.OPPOSES, *Stance])
_LINE = st.sampled_from([Line.UNSPECIFIED, *Line])
_ASKED = st.lists(st.sampled_from(sorted(FACTS)), max_size=2, unique=True)
_COUNT = st.integers(2, 9)


@st.composite
def debates(draw: st.DrawFn) -> tuple[Pack, Profile]:
    """A pack with positions on a class and its members, and a profile that meets most of them."""
    found = [_position(draw, f"position_{number}") for number in range(draw(_COUNT))]
    known = {name: value for name, value in KNOWN.items() if draw(PERCENT) < 75}  # noqa: PLR2004 - mostly
    return small_vocabulary().with_rule(*found), Profile(**known)


def _position(draw: Draw[Any], name: str) -> Position:
    stance = draw(_STANCE)
    more: dict[str, Any] = {}
    if stance is Stance.SUPPORTS:
        more = {"line": draw(_LINE), "members": draw(PERCENT) >= 75}  # noqa: PLR2004 - a quarter of them
    if draw(PERCENT) >= 85:  # noqa: PLR2004 - a few have exceptions
        more["unless"] = {"factors": {"pregnancy": draw(BOOL)}}
    return Position.model_validate(
        {
            "id": name,
            "option": draw(_OPTION),
            "stance": stance,
            "source": draw(_SOURCE),
            "when": {attribute: FACTS[attribute] for attribute in draw(_ASKED)},
            "because": "The source says so.",
            **more,
        }
    )
