"""Text for a terminal: short first, everything else one step deeper."""

import textwrap
from collections.abc import Iterator

from painrules.errors import UNSAFE
from painrules.given import WIDTHS, whole_number
from painrules.model.base import distinct
from painrules.model.result import OptionRecord, Result
from painrules.render.words import (
    MODE_WORDS,
    SAFETY_SIGNS,
    STATUS_SIGNS,
    STATUS_WORDS,
    about,
    attribute_words,
    caution_words,
    count_words,
    depends_words,
    effect_words,
    grouped,
    label,
    lens_words,
    line_words,
    signature,
    unlisted,
    worst_first,
)
from painrules.vocab import Agreement, Mode, Safety, Status

QUESTIONS_SHOWN = 5
OPEN_NOTE = (
    "? not settled: something not known yet could change it; why, and what else is said, is one step deeper "
    "(why OPTION, or --all)."
)
OPEN_SIGN = "? not settled"
"""Stands beside what something unknown could still change."""


def to_text(result: Result, *, width: int = 88, everything: bool = False) -> str:
    """A result as text.

    Args:
        result: The result.
        width: The width of a line, in characters.
        everything: Whether options that are not listed are shown too.
    """
    width = whole_number("width", width, *WIDTHS)
    lines = [*_head(result, width)]
    shown = result.listed or result.deferred
    told: set[str] = set()
    if result.mode is not Mode.ASK_FIRST:
        lines += _options(result, shown, width, told, everything=everything)
        lines += _against(result, width, told, everything=everything)
    if any(not view.definite for view in result.options) and not everything:
        lines += ["", *_wrapped("", OPEN_NOTE, width)]
    lines += _questions(result, width)
    lines += _in_conditions(result, width)
    lines += ["", *textwrap.wrap(signature(result), width)]
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", "\n".join(line.rstrip() for line in lines))


def _head(result: Result, width: int) -> Iterator[str]:
    yield from textwrap.wrap(result.notice, width)
    yield ""
    yield from _wrapped("About: ", about(result), width)
    if lens_words(result):
        yield from _wrapped("Only:  ", lens_words(result), width)
    for item in result.inferred:
        if item.taken:
            what = attribute_words(result, item.attribute)
            text = f"{what} {item.value}, from {item.cited}: {item.because}"
            yield from _wrapped("Inferred: ", text, width)
    for warning in result.warnings:
        yield from _wrapped("Note: ", warning, width)
    for flag in result.red_flags:
        signs = ", ".join(label(result, sign).lower() for sign in flag.signs)
        yield from _wrapped(
            f"RED FLAG ({flag.urgency.value}): ", f"{signs}. {flag.because} [{flag.cited}]", width
        )
    yield ""
    title = MODE_WORDS[result.mode]
    if result.deferred:
        title += "; what is listed below waits until then"
    yield from _wrapped("", title, width)
    yield "─" * min(width, len(title))


def _options(
    result: Result, names: tuple[str, ...], width: int, told: set[str], *, everything: bool
) -> Iterator[str]:
    if not names:
        yield "  no option is supported for what is known"
    for title, views in grouped(result, names):
        yield ""
        yield title
        broad = min(40, max(len(view.label) for view in views) + 2)
        for view in views:
            yield from _option(result, view, (width, broad), told, everything=everything)


def _option(
    result: Result,
    view: OptionRecord,
    wide: tuple[int, int],
    told: set[str],
    *,
    everything: bool = False,
) -> Iterator[str]:
    width, broad = wide
    notes = [line_words(view)]
    if view.agreement is Agreement.MIXED or any(
        one.agreement is Agreement.MIXED for one in view.by_mechanism.values()
    ):
        notes.append("⇄ sources disagree")
    if view.serves:
        notes.append("serves " + ", ".join(label(result, goal).lower() for goal in view.serves))
    if not view.definite:
        notes.append(OPEN_SIGN)
    if view.safety is not Safety.CLEAR:
        notes.append(SAFETY_SIGNS[view.safety])
    first = f"  {STATUS_SIGNS[view.status]} {view.label.ljust(broad - 2)}  "
    yield from _wrapped(first, " · ".join(note for note in notes if note), width, hang=6)
    yield from _cautions(view, width, told)
    after = distinct(step.requires for step in view.after)
    if after:
        yield from _wrapped("      after: ", "; ".join(after), width)
    depends = depends_words(result, view)
    if depends and everything:
        yield from _wrapped("      depends on: ", depends, width)


def _cautions(view: OptionRecord, width: int, told: set[str]) -> Iterator[str]:
    """Each caution in full where it is met first; further down its word and for whom, since classes share them."""
    cautions = worst_first(view.cautions)
    again = distinct(caution_words(one) for one in cautions if one.id in told)
    if again:
        yield from _wrapped("      ! as above: ", " · ".join(again), width, hang=8)
    for caution in cautions:
        if caution.id not in told:
            told.add(caution.id)
            text = f"{caution_words(caution)}: {caution.because} [{caution.cited}]"
            yield from _wrapped("      ! ", text, width)


def _against(result: Result, width: int, told: set[str], *, everything: bool) -> Iterator[str]:
    """What is not listed: shortly, or in full."""
    rest = unlisted(result)
    for status in (
        Status.CONTESTED,
        Status.VARIES,
        Status.NOT_SUPPORTED,
        Status.NO_RECOMMENDATION,
        Status.SUPPORTED,
    ):
        views = [view for view in rest if view.status is status]
        if not views:
            continue
        title = (
            "supported, but contraindicated" if status is Status.SUPPORTED else STATUS_WORDS[status]
        )
        yield ""
        yield f"{STATUS_SIGNS[status]} {title.capitalize()}"
        if everything or status is Status.SUPPORTED:
            broad = min(40, max(len(view.label) for view in views) + 2)
            for view in views:
                yield from _option(result, view, (width, broad), told, everything=everything)
        else:
            named = [view for view in views if any(one.option == view.id for one in view.positions)]
            words = [_named(view) for view in named]
            if len(named) < len(views):
                lead = "and " if named else ""
                rest_words = count_words(len(views) - len(named), "that belongs", "that belong")
                words.append(f"{lead}{rest_words} to classes spoken of")
            yield from _wrapped("  ", ", ".join(words), width)


def _named(view: OptionRecord) -> str:
    """An option that is only named: with the sign that sources disagree, and with what shuts it out."""
    words = view.label + (" ⇄" if view.agreement is Agreement.MIXED else "")
    if view.status is Status.NOT_SUPPORTED or view.safety not in {
        Safety.AVOID,
        Safety.CONTRAINDICATED,
    }:
        return words
    return f"{words} {SAFETY_SIGNS[view.safety]}"


def _questions(result: Result, width: int) -> Iterator[str]:
    asked = result.next_questions[:QUESTIONS_SHOWN]
    if asked:
        yield ""
        yield "Worth asking next"
    for item in asked:
        yield from _wrapped("  ? ", f"{item.question} ({effect_words(item)})", width)


def _in_conditions(result: Result, width: int) -> Iterator[str]:
    if not result.in_conditions:
        return
    by_condition: dict[str, int] = {}
    for conditions in result.in_conditions.values():
        for name in conditions:
            by_condition[name] = by_condition.get(name, 0) + 1
    most = sorted(by_condition, key=lambda name: (-by_condition[name], name))[:6]
    told = ", ".join(f"{label(result, name).lower()} ({by_condition[name]} more)" for name in most)
    yield ""
    yield from _wrapped("With a condition, more would be supported: ", told, width, hang=2)


def _wrapped(first: str, text: str, width: int, hang: int | None = None) -> list[str]:
    indent = " " * (len(first) if hang is None else hang)
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=indent[: width // 2],
        break_on_hyphens=False,
    ) or [first]
