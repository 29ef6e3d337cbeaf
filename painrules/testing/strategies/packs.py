"""Strategies for whole packs, and for a pack together with a profile that its rules speak of."""

from typing import Any, TypeVar

from hypothesis import strategies as st

from painrules.model.base import Frozen, FrozenDict
from painrules.model.conditions import When
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.source import Source
from painrules.testing.strategies.entries import draw_classes, draw_source
from painrules.testing.strategies.palette import BOOL, LEADING, PERCENT, Draw
from painrules.testing.strategies.profiles import meet, profiles
from painrules.testing.strategies.rules import Board, draw_rule
from painrules.testing.vocabulary import small_vocabulary

COUNTS = {
    "position": (2, 10),
    "inference": (0, 5),
    "caution": (0, 3),
    "step": (0, 2),
    "red_flag": (0, 2),
}
"""How many rules of each kind a drawn pack has, at least and at the most."""

E = TypeVar("E", bound=Frozen)
_COUNTS = {kind: st.integers(*bounds) for kind, bounds in COUNTS.items()}


@st.composite
def vocabularies(draw: st.DrawFn, pack: Pack | None = None) -> Pack:
    """A pack without rules: its words, with other hierarchies and other dates of the sources.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
    """
    pack = pack or small_vocabulary()
    changed: dict[str, Any] = {
        "sources": {
            name: _redated(draw, source, pack.header.date) for name, source in pack.sources.items()
        },
        "interventions": _rearranged(draw, pack.interventions, pack.intervention_tree),
        "conditions": _rearranged(draw, pack.conditions, pack.condition_tree),
    }
    fields: dict[str, Any] = {name: getattr(pack, name) for name in type(pack).model_fields}
    fields |= {name: FrozenDict(table) for name, table in changed.items()}
    return Pack.model_construct(**fields)


def _redated(draw: Draw[Any], source: Source, date: str) -> Source:
    """A source with another year and another end."""
    drawn = draw_source(draw, source.id, date)
    changed = {name: getattr(drawn, name) for name in ("year", "status", "valid_to")}
    return source.model_copy(update=changed)


def _rearranged(draw: Draw[Any], entries: Any, tree: Hierarchy) -> dict[str, Any]:  # noqa: ANN401 - a table of a pack
    """The entries of a table, with their own classes, or with others that come before them."""
    if not draw(BOOL):
        return dict(entries)
    order = sorted(entries, key=lambda name: (len(tree.ancestors(name)), name))
    found = {
        name: entries[name].model_copy(update={"is_a": draw_classes(draw, order[:place])})
        for place, name in enumerate(order)
    }
    return dict(sorted(found.items()))


@st.composite
def packs(draw: st.DrawFn, vocabulary: Pack | None = None) -> Pack:
    """Valid packs: every kind of rule, dates, scopes and exceptions; what is said meets in few options.

    Args:
        draw: Given by Hypothesis.
        vocabulary: A pack whose words are used; left out: one of `vocabularies`.
    """
    return _pack(draw, draw(vocabularies()) if vocabulary is None else vocabulary)[0]


def _pack(draw: Draw[Any], pack: Pack) -> tuple[Pack, When]:
    """A pack, drawn, and what its rules mostly ask for."""
    near: frozenset[str] = frozenset()
    if draw(PERCENT) < 80:  # noqa: PLR2004 - mostly about one option and its classes
        near = _family(draw, pack)
    cited = draw(st.lists(st.sampled_from(list(pack.sources)), min_size=1, max_size=3))
    board = Board(pack, near, cited)
    leading = [name for name in board.colours.asked if name in LEADING]
    board.theme = {name: draw(board.colours.asked[name]) for name in leading}
    for kind, count in _COUNTS.items():
        for number in range(draw(count)):
            board.add(draw_rule(draw, board, kind, f"{kind}_{number}"))
    return pack.with_rule(*board.added), When.model_validate(board.theme)


def _family(draw: Draw[Any], pack: Pack) -> frozenset[str]:
    """An option and its classes; of two, that with more."""
    pick = st.sampled_from(list(pack.interventions))
    return max((pack.intervention_tree.upwards(draw(pick)) for _ in range(2)), key=len)


@st.composite
def situations(draw: st.DrawFn, /, **fixed: Any) -> tuple[Pack, Profile]:  # noqa: ANN401 - fields of `Profile`
    """A pack, and a profile that some of its rules speak of.

    Args:
        draw: Given by Hypothesis.
        fixed: Fields of the profile that are not drawn.
    """
    pack, theme = _pack(draw, draw(vocabularies()))
    known: dict[str, Any] = {}
    if draw(PERCENT) < 60:  # noqa: PLR2004 - mostly
        meet(theme, known)
    kept = {name: value for name, value in known.items() if draw(PERCENT) < 85}  # noqa: PLR2004 - mostly
    return pack, draw(profiles(pack, **{**kept, **fixed}))
