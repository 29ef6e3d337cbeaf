"""Strategies for rules of all five kinds."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from hypothesis import strategies as st

from painrules.model.conditions import Scope
from painrules.model.dates import LAST_DAY, first_day
from painrules.model.pack import RULE_TABLES, Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.testing.soundness import is_sound
from painrules.testing.strategies.entries import DAYS, draw_ending
from painrules.testing.strategies.palette import BOOL, PERCENT, Draw, Palette, palette
from painrules.testing.strategies.whens import FLAGS, draw_scope, draw_when
from painrules.testing.vocabulary import small_vocabulary
from painrules.vocab import Line, Severity, Stance, StepKind, Urgency

KINDS = tuple(RULE_TABLES)

_KIND = st.sampled_from(KINDS)
_STANCE = st.sampled_from(list(Stance))
_LINE = st.sampled_from([Line.UNSPECIFIED, *Line])
_SEVERITY = st.sampled_from(list(Severity))
_STEP_KIND = st.sampled_from(list(StepKind))
_URGENCY = st.sampled_from(list(Urgency))
_NO_MECHANISM = ("mechanism", *FLAGS)


class Board:
    """What rules are drawn from: a pack, its words, and which options and sources they may name."""

    def __init__(
        self, pack: Pack, options: Collection[str] = (), cited: Collection[str] = ()
    ) -> None:
        self.pack = pack
        self.colours: Palette = palette(pack)
        self.options = st.sampled_from(sorted(options)) if options else self.colours.options
        self.sources = st.sampled_from(sorted(cited)) if cited else self.colours.sources
        self.theme: dict[str, Any] = {}
        """What rules mostly ask for, attribute by attribute, so that several of them meet in one profile."""
        self.inferences = list(pack.inferences.values())
        self.added: list[Rule] = []

    def add(self, rule: Rule) -> None:
        """Remembers a rule that was drawn; inferences drawn later may start from what it suggests."""
        self.added.append(rule)
        if isinstance(rule, Inference):
            self.inferences.append(rule)


@st.composite
def rules(  # noqa: PLR0913 - choices, each by name
    draw: st.DrawFn,
    pack: Pack | None = None,
    *,
    kind: str | None = None,
    besides: str | Collection[str] = (),
    id: str = "extra_rule",  # noqa: A002 - the field of that name
    options: Sequence[str] = (),
    cited: Sequence[str] = (),
) -> Rule:
    """Rules that fit a pack: with one of them more, it is still valid.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
        kind: ``inference``, ``position``, ``caution``, ``step`` or ``red_flag``; left out: any.
        besides: Kinds that are left out.
        id: Its name; left out: one that no drawn pack has.
        options: The options that they may speak of; left out: all of the pack.
        cited: The sources that they may cite; left out: all of the pack.
    """
    left_out = {besides} if isinstance(besides, str) else set(besides)
    if kind is None:
        kind = draw(_KIND.filter(lambda name: name not in left_out) if left_out else _KIND)
    return draw_rule(draw, Board(pack or small_vocabulary(), options, cited), kind, id)


def draw_rule(draw: Draw[Any], board: Board, kind: str, name: str) -> Rule:
    """A rule of one kind, drawn."""
    common = {"id": name, "because": "The source says so.", "source": draw(board.sources)}
    return _MAKERS[kind](draw, board, {**common, **_dates(draw, board.pack)})


def _dates(draw: Draw[Any], pack: Pack) -> dict[str, str]:
    found = draw_ending(draw, pack.header.date)
    if draw(PERCENT) < 80:  # noqa: PLR2004 - most rules begin with their source
        return found
    starts = draw(DAYS)
    end = first_day(found["valid_to"]) if "valid_to" in found else LAST_DAY
    return found | {"valid_from": starts} if first_day(starts) < end else found


Common = dict[str, Any]


def _asked(draw: Draw[Any], board: Board, without: Collection[str] = FLAGS) -> dict[str, Any]:
    found: dict[str, Any] = {"when": draw_when(draw, board.colours, without, theme=board.theme)}
    if draw(PERCENT) >= 70:  # noqa: PLR2004 - some have exceptions
        found["unless"] = draw_when(draw, board.colours, without, least=1)
    scope: Scope | None = draw_scope(draw, board.colours, without)
    return found if scope is None else {**found, "scope": scope}


def _inference(draw: Draw[Any], board: Board, common: Common) -> Inference:
    suggests = draw(board.colours.suggestions)
    asked = _asked(draw, board, _NO_MECHANISM)
    known = [rule.suggests.fact for rule in board.inferences]
    usable = [fact for fact in known if fact[0] != "mechanism"]
    if usable and draw(BOOL):
        asked["when"] = _as_when(*draw(st.sampled_from(usable)))
    rule = Inference.model_validate({**common, **asked, "suggests": suggests})
    others = (other for other in board.inferences if other.id != rule.id)
    if is_sound(board.pack, (*others, rule)):
        return rule
    # The nearest that is sound: what asks nothing never goes round in a circle.
    return Inference.model_validate({**common, "suggests": suggests})


def _as_when(attribute: str, name: str, value: str) -> dict[str, Any]:
    return {attribute: {name: value} if name else value}


def _position(draw: Draw[Any], board: Board, common: Common) -> Position:
    stance = draw(_STANCE)
    found = {"option": draw(board.options), "stance": stance}
    if stance is Stance.SUPPORTS:
        found["line"] = draw(_LINE)
        found["members"] = draw(PERCENT) >= 75  # noqa: PLR2004 - a quarter of them
    return Position.model_validate({**common, **found, **_asked(draw, board)})


def _caution(draw: Draw[Any], board: Board, common: Common) -> Caution:
    found = {"option": draw(board.options), "severity": draw(_SEVERITY)}
    return Caution.model_validate({**common, **found, **_asked(draw, board, _NO_MECHANISM)})


def _step(draw: Draw[Any], board: Board, common: Common) -> Step:
    found: dict[str, Any] = {
        "option": draw(board.options),
        "kind": draw(_STEP_KIND),
        "requires": draw_when(draw, board.colours, least=1),
    }
    if found["kind"] is StepKind.SAFEGUARD and board.pack.safeguards:
        found["safeguard"] = next(iter(board.pack.safeguards))
    return Step.model_validate({**common, **found, **_asked(draw, board)})


def _red_flag(draw: Draw[Any], board: Board, common: Common) -> RedFlag:
    found = _asked(draw, board, ("mechanism",))
    if not found["when"].clauses():
        found["when"] = {"red_flags": draw(board.colours.asked["red_flags"])}
    return RedFlag.model_validate({**common, **found, "urgency": draw(_URGENCY)})


_MAKERS: dict[str, Callable[[Draw[Any], Board, Common], Rule]] = {
    "inference": _inference,
    "position": _position,
    "caution": _caution,
    "step": _step,
    "red_flag": _red_flag,
}
