"""Two results side by side, as text, Markdown and HTML: what differs, and which rules make the difference."""

import textwrap
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from painrules.errors import UNSAFE
from painrules.given import WIDTHS, whole_number
from painrules.model.comparison import (
    ComparisonRecord,
    DecidingRule,
    Difference,
    OptionSide,
    SideView,
)
from painrules.model.result import LensView
from painrules.render.html import STYLE, whole_page
from painrules.render.markdown import escaped
from painrules.render.words import (
    LINE_WORDS,
    MODE_WORDS,
    SAFETY_SIGNS,
    STATUS_SIGNS,
    STATUS_WORDS,
    about,
    lens_words,
)
from painrules.vocab import Agreement, Line, Safety, Status


class _Whole(NamedTuple):
    """One side as `words` wants it."""

    profile: Mapping[str, Any]
    lens: LensView
    labels: Mapping[str, str]


def _about(found: ComparisonRecord, side: SideView) -> str:
    """What one side is about, in one line of words."""
    whole = _Whole(side.profile, side.lens, found.labels)
    lens = lens_words(whole)
    words = about(whole) + (f"; only {lens}" if lens else "")
    if found.a.pack != found.b.pack:
        words += f"; pack {side.pack.id} {side.pack.version}"
    return words


def _cell(side: OptionSide) -> str:
    """What one side says of an option."""
    sign, words = STATUS_SIGNS[side.status], STATUS_WORDS[side.status]
    if side.status is Status.VARIES and side.supported_for:
        words = f"supported for {' and '.join(side.supported_for)} pain only"
    parts = [f"{sign} {words}"]
    if side.line is not None and side.line is not Line.UNSPECIFIED:
        parts.append(LINE_WORDS[side.line])
    if side.agreement is Agreement.MIXED:
        parts.append("sources disagree")
    if side.safety is not Safety.CLEAR:
        parts.append(SAFETY_SIGNS[side.safety])
    return ", ".join(parts)


def _why(found: ComparisonRecord, rule: DecidingRule) -> str:
    """A rule that makes the difference, in one sentence."""
    name, other = found.a.name, found.b.name
    if rule.side == "b":
        name, other = other, name
    line = f", {LINE_WORDS[rule.line]}" if rule.line is not None else ""
    return (
        f"only {name}: {rule.says}{line} ({rule.population}) [{rule.cited}; {rule.id}]. "
        f"In {other}: {rule.elsewhere}."
    )


def _grouped(found: ComparisonRecord) -> Iterator[tuple[str, list[Difference]]]:
    for category in found.categories:
        rows = [one for one in found.differences if one.category == category]
        if rows:
            yield found.labels.get(category, category), rows


def _summary(found: ComparisonRecord) -> str:
    count = len(found.differences)
    noun = "option comes" if count == 1 else "options come"
    return f"{count} {noun} out differently, {found.same} the same."


def _signature(found: ComparisonRecord) -> str:
    packs = dict.fromkeys((found.a.pack, found.b.pack))
    told = " and ".join(f"{pack.id} {pack.version}, digest {pack.digest[:16]}" for pack in packs)
    return f"Pack {told}. Names carry no rank."


def _flags(found: ComparisonRecord) -> Iterator[str]:
    for side in (found.a, found.b):
        for flag in side.red_flags:
            signs = ", ".join(found.labels.get(sign, sign) for sign in flag.signs)
            yield f"{side.name}: red flag ({flag.urgency.value}): {signs}. {flag.because} [{flag.cited}]"


def to_text(found: ComparisonRecord, *, width: int = 88) -> str:
    """A comparison as text."""
    width = whole_number("width", width, *WIDTHS)

    def wrapped(first: str, text: str, hang: int) -> list[str]:
        return textwrap.wrap(
            text,
            width,
            initial_indent=first,
            subsequent_indent=" " * hang,
            break_on_hyphens=False,
        )

    lines = [*textwrap.wrap(found.notice, width), ""]
    for side in (found.a, found.b):
        lines += wrapped(f"{side.name}: ", _about(found, side), len(side.name) + 2)
        lines += wrapped("   ", MODE_WORDS[side.mode], 3)
    lines += [line for flag in _flags(found) for line in wrapped("", flag, 3)]
    lines += ["", _summary(found)]
    for category, rows in _grouped(found):
        lines += ["", category]
        for row in rows:
            lines += wrapped("  ", row.label, 4)
            for side, view in ((found.a, row.a), (found.b, row.b)):
                lines += wrapped(f"    {side.name}: ", _cell(view), 7)
            for rule in row.rules:
                lines += wrapped("      - ", _why(found, rule), 8)
    lines += ["", *textwrap.wrap(_signature(found), width)]
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", "\n".join(line.rstrip() for line in lines))


def to_markdown(found: ComparisonRecord) -> str:
    """A comparison as Markdown: a table for each category."""
    lines = [f"> {escaped(found.notice)}", ""]
    for side in (found.a, found.b):
        words = f"{_about(found, side)} ({MODE_WORDS[side.mode].lower()})"
        lines.append(f"- **{escaped(side.name)}:** {escaped(words)}")
    lines += [f"- {escaped(flag)}" for flag in _flags(found)]
    lines += ["", escaped(_summary(found))]
    for category, rows in _grouped(found):
        lines += ["", f"### {escaped(category)}", ""]
        lines.append(f"| Option | {escaped(found.a.name)} | {escaped(found.b.name)} | Why |")
        lines.append("| --- | --- | --- | --- |")
        for row in rows:
            why = "<br>".join(escaped(_why(found, rule)) for rule in row.rules) or "-"
            cells = [escaped(text) for text in (row.label, _cell(row.a), _cell(row.b))]
            lines.append("| " + " | ".join([*cells, why]) + " |")
    lines += ["", f"*{escaped(_signature(found))}*"]
    return "\n".join(lines) + "\n"


def to_html(found: ComparisonRecord, *, page: bool = False) -> str:
    """A comparison as HTML: a captioned table for each category, everything escaped."""
    body = "".join(_parts(found))
    part = f'<div class="painrules"><style>{STYLE}</style>{body}</div>'
    title = f"painrules: {found.a.name} compared with {found.b.name}"
    return whole_page(title, part) if page else part


def _parts(found: ComparisonRecord) -> Iterator[str]:
    yield f'<p class="pr-notice" role="note">{escape(found.notice)}</p>'
    for side in (found.a, found.b):
        words = f"{_about(found, side)} ({MODE_WORDS[side.mode].lower()})"
        yield f"<p><strong>{escape(side.name)}:</strong> {escape(words)}</p>"
    for flag in _flags(found):
        yield f'<p class="pr-flag">{escape(flag)}</p>'
    yield f"<p>{escape(_summary(found))}</p>"
    names = ("Option", found.a.name, found.b.name, "Why")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    for category, rows in _grouped(found):
        lines = "".join(_row(found, row) for row in rows)
        yield (
            f'<div class="pr-scroll" role="region" aria-label="{escape(category)}" tabindex="0">'
            f"<table><caption>{escape(category)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{lines}</tbody></table></div>"
        )
    yield f'<p class="pr-foot">{escape(_signature(found))}</p>'


def _row(found: ComparisonRecord, row: Difference) -> str:
    why = "".join(f"<li>{escape(_why(found, rule))}</li>" for rule in row.rules)
    return (
        f'<tr><th scope="row">{escape(row.label)}</th><td>{escape(_cell(row.a))}</td>'
        f"<td>{escape(_cell(row.b))}</td><td>{f'<ul>{why}</ul>' if why else '-'}</td></tr>"
    )
