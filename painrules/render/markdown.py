"""Markdown: tables by category, everything escaped."""

import re
from collections.abc import Iterator

from painrules.model.result import OptionRecord, Result
from painrules.render.words import (
    AGREEMENT_WORDS,
    MODE_WORDS,
    STATUS_SIGNS,
    STATUS_WORDS,
    about,
    caution_words,
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
from painrules.vocab import Safety

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_MARKER = re.compile(r"^(\d*)([.)+-] )")
_TICKS = re.compile("`+")


def escaped(text: str) -> str:
    r"""Text that means itself in Markdown, on one line.

    >>> print(escaped("<b>a|b</b>"))
    \<b\>a\|b\</b\>
    """
    return _MARKER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def fenced(text: str) -> str:
    r"""Text as it is, between fences that nothing in it can close.

    >>> print(fenced("a\n```\nb"))
    ````text
    a
    ```
    b
    ````
    """
    fence = "`" * max(3, 1 + max((len(ticks) for ticks in _TICKS.findall(text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def to_markdown(result: Result) -> str:
    """A result as Markdown."""
    return "\n".join([*_head(result), *_tables(result), *_rest(result)]) + "\n"


def _head(result: Result) -> Iterator[str]:
    yield f"> {escaped(result.notice)}"
    yield ""
    yield f"**About:** {escaped(about(result))}"
    if lens_words(result):
        yield f"\n**Only:** {escaped(lens_words(result))}"
    for item in result.inferred:
        if item.taken:
            what = item.attribute.replace("_", " ")
            yield f"\n**Inferred:** {escaped(f'{what} {item.value}')} ({escaped(item.cited)}: {escaped(item.because)})"
    for warning in result.warnings:
        yield f"\n**Note:** {escaped(warning)}"
    for flag in result.red_flags:
        signs = ", ".join(label(result, sign) for sign in flag.signs)
        text = f"{signs}. {flag.because} ({flag.cited})"
        yield f"\n**Red flag ({flag.urgency.value}):** {escaped(text)}"
    yield ""
    yield f"## {MODE_WORDS[result.mode]}"


def _tables(result: Result) -> Iterator[str]:
    for title, views in grouped(result, result.listed or result.deferred):
        yield ""
        yield f"### {escaped(title)}"
        yield ""
        yield from _table(result, views)


def _table(result: Result, views: list[OptionRecord]) -> Iterator[str]:
    yield "| Option | Status | Line | Agreement | Care needed | Depends on | Sources |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for view in views:
        care = [f"{caution_words(one)}: {one.because}" for one in worst_first(view.cautions)]
        care += [f"after: {one.requires}" for one in view.after]
        cells = (
            view.label,
            f"{STATUS_SIGNS[view.status]} {STATUS_WORDS[view.status]}",
            line_words(view),
            AGREEMENT_WORDS[view.agreement],
            "; ".join(care) or ("-" if view.safety is Safety.CLEAR else view.safety.value),
            depends_words(result, view) or "-",
            "; ".join(sorted({one.cited for one in view.positions})) or "-",
        )
        yield "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _rest(result: Result) -> Iterator[str]:
    rest = unlisted(result)
    if rest:
        yield ""
        yield "### What else sources speak of"
        yield ""
        yield from _table(result, rest)
    if result.disagreements:
        yield ""
        yield "### Where sources disagree"
        yield ""
        for item in result.disagreements:
            sides = f"for it {', '.join(item.supports) or '-'}; against it {', '.join(item.opposes) or '-'}"
            yield f"- {escaped(item.label)}: {escaped(sides)}"
    if result.next_questions:
        yield ""
        yield "### Worth asking next"
        yield ""
        for question in result.next_questions[:10]:
            yield f"- {escaped(question.question)} ({effect_words(question)})"
    yield ""
    yield f"*{escaped(signature(result))}*"
