"""Boxes in words: what a profile has to say, and must not say, to lie in one."""

from collections.abc import Iterable

from painrules.check.space import Box
from painrules.check.space.axes import REFUSED, Axis, State
from painrules.check.space.cuts import Conditions, Numbers
from painrules.check.space.space import Space
from painrules.explain import label_of
from painrules.model.conditions import NUMBERS
from painrules.model.pack import Pack

NUMBER_WORDS = {"age_years": "age", "duration_months": "months of pain", "severity": "intensity"}
ORDER = ("pain_type", "mechanism", "condition", *NUMBERS)
MOST_LISTED = 3
"""How many combinations of conditions are listed at most, where nothing shorter says it."""


def told_box(box: Box, space: Space, pack: Pack) -> tuple[str, ...]:
    """What a box asks for, axis by axis; nothing: any profile lies in it.

    Args:
        box: The box.
        space: The space.
        pack: Whose labels are used.
    """
    order = {name: at for at, name in enumerate(ORDER)}
    axes = sorted(
        box, key=lambda axis: (order.get(space.axes[axis].key.attribute, len(order)), axis)
    )
    return tuple(_told(space, axis, box[axis], pack) for axis in axes)


def _told(space: Space, number: int, mask: int, pack: Pack) -> str:
    axis = space.axes[number]
    attribute, name = axis.key
    if attribute == "condition":
        return f"condition: {_conditions(space.conditions, mask, pack)}"
    if attribute in NUMBERS:
        return f"{NUMBER_WORDS[attribute]}: {_number(space.spans[attribute], mask, pack)}"
    about = label_of(name, pack).lower() if name else attribute.replace("_", " ")
    if attribute == "members":
        about += " or the like"
    if attribute in {"tried", "members"}:
        about += " tried"
    return f"{about}: {_words(axis, mask, pack)}"


def _either(inside: list[str], outside: list[str]) -> str:
    """What is in, or what is not, whichever is shorter."""
    if len(outside) >= len(inside):
        return " or ".join(inside)
    if any(word.startswith("not ") for word in outside):  # such as "not enough"
        return f"anything but {' or '.join(outside)}"
    return f"not {', not '.join(outside)}"


def _words(axis: Axis, mask: int, pack: Pack) -> str:
    return _either(_named(axis, mask, pack), _named(axis, axis.full & ~mask, pack))


def _named(axis: Axis, mask: int, pack: Pack) -> list[str]:
    """The words of some states; one that may be stated or inferred is named once if both are meant."""
    every: dict[str, int] = {}
    stated = 0
    for at, state in enumerate(axis.states):
        word = _word(state, pack)
        every[word] = every.get(word, 0) | 1 << at
        stated |= 0 if state.follows else 1 << at
    found = []
    for word, states in every.items():
        chosen = states & mask
        if chosen == states:
            found.append(word)
        elif chosen:
            found.append(f"{word} {'stated' if chosen & stated else 'inferred'}")
    return found


def _word(state: State, pack: Pack) -> str:
    if state.follows:
        words = list(dict.fromkeys(_value(value, pack) for value in state.follows))
        return " before and now ".join(words)
    for value in state.stated.values():
        values = value.values() if isinstance(value, dict) else [value]
        several = [one for some in values for one in (some if isinstance(some, list) else [some])]
        return " and ".join(_value(one, pack) for one in several)
    return "unknown"


def _value(value: object, pack: Pack) -> str:
    if value is None or value == frozenset():
        return "unknown"
    if isinstance(value, frozenset):
        return " and ".join(sorted(one.replace("_", " ") for one in value)) + " for a member"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "contradictory" if value == REFUSED else label_of(str(value), pack).lower()


def _number(span: Numbers, mask: int, pack: Pack) -> str:
    """Ranges, factors that a number defines, or that it is unknown."""
    states = span.axis.states
    said = [
        " and ".join(
            f"{'' if yes else 'not '}{label_of(name, pack).lower()}"
            for name, yes in state.stated["factors"].items()
        )
        for at, state in enumerate(states)
        if mask >> at & 1 and "factors" in state.stated
    ]
    unknown = ["unknown"] if mask & 1 else []
    inside = [*_ranges(span, mask), *(said[:MOST_LISTED]), *unknown]
    if unknown:
        return _either(inside, _ranges(span, span.axis.full & ~mask) or inside)
    return " or ".join(inside)


def _ranges(span: Numbers, mask: int) -> list[str]:
    """The cells of a mask as ranges, those beside each other as one."""
    found: list[str] = []
    start: float | None = None
    cells = [*span.cells, (float("inf"), -1)]
    for low, place in cells:
        chosen = place >= 0 and bool(mask >> place & 1)
        if chosen and start is None:
            start = low
        elif not chosen and start is not None:
            found.append(_range(start, low))
            start = None
    return found


def _range(low: float, above: float) -> str:
    least = f"{low:g} or more" if low == float(f"{low:g}") else f"more than {low:g}"
    most = f"below {above:g}" if above == float(f"{above:g}") else f"{above:g} or less"
    if above == float("inf"):
        return least
    return most if low == 0 else f"{least.removesuffix(' or more')} to {most}"


def _conditions(conditions: Conditions, mask: int, pack: Pack) -> str:
    """Any of some, none of others; where it is neither, the first combinations."""
    groups = conditions.groups
    always = [mark for mark in groups if mark and not conditions.containing(mark) & ~mask]
    never = [mark for mark in groups if mark and not conditions.containing(mark) & mask]
    singly = [mark for mark in groups if mark and conditions.alone(mark) & mask]
    without = conditions.axis.full & ~conditions.containing(*never)
    barred = ", not ".join(_tops(conditions, never, pack))
    if mask == conditions.containing(*always):
        return " or ".join(_tops(conditions, always, pack))
    if mask == without:
        return f"not {barred}"
    if mask == without & ~1:
        return f"known, not {barred}" if never else "known"
    if mask == conditions.containing(*singly) & without:
        return f"{' or '.join(_tops(conditions, singly, pack))}, not {barred}"
    chosen = [state for at, state in enumerate(conditions.axis.states) if mask >> at & 1]
    words = [_word(state, pack) for state in chosen[:MOST_LISTED]]
    more = len(chosen) - len(words)
    return " or ".join(words) + (f" or {more} other combinations" if more else "")


def _tops(conditions: Conditions, marks: Iterable[int], pack: Pack) -> list[str]:
    """The conditions of some groups, without those that belong to others among them."""
    names = {name for mark in marks for name in conditions.groups[mark]}
    tree = pack.condition_tree
    tops = sorted(name for name in names if not tree.ancestors(name) & names)
    return [label_of(name, pack).lower() for name in tops]
