"""Strategies for rules of all five kinds."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from hypothesis import strategies as st

from painrules.model.conditions import Scope
from painrules.model.dates import LAST_DAY, first_day
from painrules.model.pack import RULE_TABLES, Pack
from painrules.model.rule import Caution, Inference, Position, RedFlag, Rule, Step
from painrules.testing.soundness import is_sound
from painrules.testing.strategies.entries import DATES, endings
from painrules.testing.strategies.whens import scopes, whens
from painrules.testing.vocabulary import small_vocabulary
from painrules.vocab import Line, Mechanism, PainType, Severity, Stance, StepKind, Urgency

KINDS = tuple(RULE_TABLES)


@st.composite
def rules(  # noqa: PLR0913 - choices, each by name
    draw: st.DrawFn,
    pack: Pack | None = None,
    *,
    kind: str | None = None,
    besides: str | Collection[str] = (),
    ids: st.SearchStrategy[str] | None = None,
    options: Sequence[str] = (),
    cited: Sequence[str] = (),
) -> Rule:
    """Rules that fit a pack: with one of them more, it is still valid.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
        kind: ``inference``, ``position``, ``caution``, ``step`` or ``red_flag``; left out: any.
        besides: Kinds that are left out.
        ids: Their names; left out: ``extra_rule``, which no drawn pack has.
        options: The options that they may speak of; left out: all of the pack.
        cited: The sources that they may cite; left out: all of the pack.
    """
    pack = pack or small_vocabulary()
    left_out = {besides} if isinstance(besides, str) else set(besides)
    if kind is None:
        kind = draw(st.sampled_from([name for name in KINDS if name not in left_out]))
    make = _MAKERS[kind]
    common = {
        "id": draw(ids or st.just("extra_rule")),
        "because": "The source says so.",
        "source": draw(st.sampled_from(sorted(cited or pack.sources))),
        **draw(_dates(pack)),
    }
    return make(draw, pack, list(options or pack.interventions), common)


@st.composite
def _dates(draw: st.DrawFn, pack: Pack) -> dict[str, str]:
    found = draw(endings(date=pack.header.date))
    end = first_day(found["valid_to"]) if "valid_to" in found else LAST_DAY
    starts = [day for day in DATES if first_day(day) < end]
    if starts and draw(st.integers(0, 4)) == 4:  # noqa: PLR2004 - one in five
        found["valid_from"] = draw(st.sampled_from(starts))
    return found


def _asked(
    draw: st.DrawFn, pack: Pack, without: Collection[str] = ("red_flags",), most: int = 2
) -> dict[str, Any]:
    found: dict[str, Any] = {"when": draw(whens(pack, without=without, most=most))}
    if draw(st.integers(0, 2)) == 2:  # noqa: PLR2004 - a third of them
        found["unless"] = draw(whens(pack, without=without, least=1))
    scope: Scope | None = draw(scopes(pack, without=without))
    return found if scope is None else {**found, "scope": scope}


Common = dict[str, Any]


def _inference(draw: st.DrawFn, pack: Pack, _options: list[str], common: Common) -> Inference:
    plain = sorted(name for name, entry in pack.factors.items() if entry.band is None)
    targets = [{"pain_type": word} for word in PainType] + [{"mechanism": w} for w in Mechanism]
    suggested: list[dict[str, Any]] = [*targets]
    suggested += [{"factors": {name: value}} for name in plain for value in (True, False)]
    suggests = draw(st.sampled_from(suggested))
    asked = _asked(draw, pack, without=("mechanism", "red_flags"))
    rule = Inference.model_validate({**common, **asked, "suggests": suggests})
    if is_sound(pack, rule):
        return rule
    # The nearest thing that is sound: the same without conditions never goes round in a circle.
    return Inference.model_validate({**common, "suggests": suggests})


def _position(draw: st.DrawFn, pack: Pack, options: list[str], common: Common) -> Position:
    stance = draw(st.sampled_from(list(Stance)))
    found = {"option": draw(st.sampled_from(options)), "stance": stance}
    if stance is Stance.SUPPORTS:
        found["line"] = draw(st.sampled_from([Line.UNSPECIFIED, *Line]))
        found["members"] = draw(st.integers(0, 3)) == 3  # noqa: PLR2004 - a quarter of them
    return Position.model_validate({**common, **found, **_asked(draw, pack)})


def _caution(draw: st.DrawFn, pack: Pack, options: list[str], common: Common) -> Caution:
    asked = _asked(draw, pack, without=("mechanism", "red_flags"))
    severity = draw(st.sampled_from(list(Severity)))
    option = draw(st.sampled_from(options))
    return Caution.model_validate({**common, **asked, "option": option, "severity": severity})


def _step(draw: st.DrawFn, pack: Pack, options: list[str], common: Common) -> Step:
    found: dict[str, Any] = {
        "option": draw(st.sampled_from(options)),
        "kind": draw(st.sampled_from(list(StepKind))),
        "requires": draw(whens(pack, least=1)),
    }
    if found["kind"] is StepKind.SAFEGUARD and pack.safeguards:
        found["safeguard"] = draw(st.none() | st.sampled_from(sorted(pack.safeguards)))
    return Step.model_validate({**common, **found, **_asked(draw, pack)})


def _red_flag(draw: st.DrawFn, pack: Pack, _options: list[str], common: Common) -> RedFlag:
    urgency = draw(st.sampled_from(list(Urgency)))
    asked = _asked(draw, pack, without=("mechanism",))
    if not asked["when"].clauses():
        asked["when"] = draw(whens(pack, without=("mechanism",), least=1))
    return RedFlag.model_validate({**common, **asked, "urgency": urgency})


_MAKERS: dict[str, Callable[[st.DrawFn, Pack, list[str], Common], Rule]] = {
    "inference": _inference,
    "position": _position,
    "caution": _caution,
    "step": _step,
    "red_flag": _red_flag,
}
