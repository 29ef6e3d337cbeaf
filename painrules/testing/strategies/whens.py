"""Strategies for conditions and scopes, as rules have them."""

from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

from painrules.model.conditions import Scope, When
from painrules.model.pack import Pack
from painrules.testing.strategies.palette import PERCENT, Draw, Palette, combinations_of, palette
from painrules.testing.vocabulary import small_vocabulary

FLAGS = ("red_flags",)
"""What only rules of the kind red_flag ask about."""


def draw_when(
    draw: Draw[Any],
    colours: Palette,
    without: Collection[str] = FLAGS,
    least: int = 0,
    most: int = 2,
) -> When:
    """Conditions, drawn; the arguments are those of `whens`."""
    names = tuple(name for name in colours.asked if name not in without)
    chosen = draw(combinations_of(names, least, most))
    return When.model_validate({name: draw(colours.asked[name]) for name in chosen})


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
    return draw_when(draw, palette(pack or small_vocabulary()), without, least, most)


@st.composite
def scopes(
    draw: st.DrawFn, pack: Pack | None = None, *, without: Collection[str] = FLAGS
) -> Scope | None:
    """What a file says of all of its rules: mostly nothing; the arguments are those of `whens`."""
    return draw_scope(draw, palette(pack or small_vocabulary()), without)
