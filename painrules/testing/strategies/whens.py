"""Strategies for conditions and scopes, as rules have them."""

from collections.abc import Collection, Mapping
from typing import Any

from hypothesis import strategies as st

from painrules.model.conditions import Scope, When
from painrules.model.pack import Pack
from painrules.testing.strategies.palette import PERCENT, Draw, Palette, combinations_of, palette
from painrules.testing.vocabulary import small_vocabulary

FLAGS = ("red_flags",)
"""What only rules of the kind red_flag ask about."""

NO_THEME: Mapping[str, Any] = {}


def draw_when(  # noqa: PLR0913 - choices
    draw: Draw[Any],
    colours: Palette,
    without: Collection[str] = FLAGS,
    *,
    least: int = 0,
    most: int = 2,
    theme: Mapping[str, Any] = NO_THEME,
) -> When:
    """Conditions, drawn; the arguments are those of `whens`, and what rules of one pack mostly ask for."""
    names = tuple(name for name in colours.asked if name not in without)
    found: dict[str, Any] = {}
    for name in draw(combinations_of(names, least, most)):
        themed = name in theme and draw(PERCENT) < 60  # noqa: PLR2004 - mostly
        found[name] = theme[name] if themed else draw(colours.asked[name])
    return When.model_validate(found)


def draw_scope(draw: Draw[Any], colours: Palette, without: Collection[str] = FLAGS) -> Scope | None:
    """A scope or none, drawn; the arguments are those of `whens`."""
    if draw(PERCENT) < 85:  # noqa: PLR2004 - most files have none
        return None
    one = draw_when(draw, colours, without, most=1)
    return Scope(when=one, unless=draw_when(draw, colours, without, most=1))


@st.composite
def whens(
    draw: st.DrawFn,
    pack: Pack | None = None,
    *,
    without: Collection[str] = FLAGS,
    least: int = 0,
    most: int = 2,
) -> When:
    """Conditions on a profile.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
        without: Attributes that they do not name.
        least: How many attributes they name at least.
        most: How many attributes they name at most, up to two.
    """
    return draw_when(draw, palette(pack or small_vocabulary()), without, least=least, most=most)


@st.composite
def scopes(
    draw: st.DrawFn, pack: Pack | None = None, *, without: Collection[str] = FLAGS
) -> Scope | None:
    """What a file says of all of its rules: mostly nothing; the arguments are those of `whens`."""
    return draw_scope(draw, palette(pack or small_vocabulary()), without)
