"""HTML: captioned tables with scoped headers, every text escaped, no scripts, readable in light and dark."""

from collections.abc import Iterable, Iterator
from html import escape

from painrules.model.result import OptionRecord, Result
from painrules.render.words import (
    AGREEMENT_WORDS,
    MODE_WORDS,
    STATUS_SIGNS,
    STATUS_WORDS,
    about,
    attribute_words,
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

STYLE = """
.painrules{font-family:system-ui,sans-serif;line-height:1.45;max-width:75rem;color:CanvasText;background:Canvas}
.painrules table{border-collapse:collapse;width:100%;margin:0 0 1.2rem}
.painrules caption{text-align:left;font-weight:700;padding:.4rem 0}
.painrules th,.painrules td{border:1px solid GrayText;padding:.35rem .5rem;text-align:left;vertical-align:top}
.painrules .pr-notice{border-left:.35rem solid GrayText;padding:.3rem .8rem;margin:0 0 1rem}
.painrules .pr-flag{border:.2rem solid #b00020;padding:.5rem .8rem;margin:0 0 1rem}
.painrules .pr-foot{font-size:.85em}
.painrules .pr-scroll{overflow-x:auto}
""".strip()

COLUMNS = ("Option", "Status", "Line", "Agreement", "Care needed", "Depends on", "Sources")


def to_html(result: Result, *, page: bool = False) -> str:
    """A result as HTML: a part for a notebook, or a whole page."""
    body = "".join(_parts(result))
    part = f'<div class="painrules"><style>{STYLE}</style>{body}</div>'
    return whole_page("painrules: " + about(result), part) if page else part


def page_of_text(title: str, notice: str, text: str) -> str:
    """A page that shows plain text."""
    part = (
        f'<div class="painrules"><style>{STYLE}</style><h1>{escape(title)}</h1>'
        f'<p class="pr-notice">{escape(notice)}</p><pre>{escape(text)}</pre></div>'
    )
    return whole_page(title, part)


def whole_page(title: str, part: str) -> str:
    """A page of its own around a part."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title></head>'
        f"<body><main>{part}</main></body></html>\n"
    )


def _parts(result: Result) -> Iterator[str]:
    yield f'<p class="pr-notice" role="note">{escape(result.notice)}</p>'
    yield f"<p><strong>About:</strong> {escape(about(result))}</p>"
    if lens_words(result):
        yield f"<p><strong>Only:</strong> {escape(lens_words(result))}</p>"
    for item in result.inferred:
        if item.taken:
            what = f"{attribute_words(result, item.attribute)} {item.value} ({item.cited}: {item.because})"
            yield f"<p><strong>Inferred:</strong> {escape(what)}</p>"
    for warning in result.warnings:
        yield f"<p><strong>Note:</strong> {escape(warning)}</p>"
    for flag in result.red_flags:
        signs = ", ".join(label(result, sign) for sign in flag.signs)
        text = f"{signs}. {flag.because} ({flag.cited})"
        yield f'<p class="pr-flag"><strong>Red flag, {flag.urgency.value}:</strong> {escape(text)}</p>'
    yield f"<h2>{escape(MODE_WORDS[result.mode])}</h2>"
    for title, views in grouped(result, result.listed or result.deferred):
        yield _table(result, title, views)
    rest = unlisted(result)
    if rest:
        table = _table(result, "What else sources speak of", rest)
        words = count_words(len(rest), "more option", "more options")
        yield f"<details><summary>{words} that sources speak of</summary>{table}</details>"
    yield from _lists(result)
    yield f'<p class="pr-foot">{escape(signature(result))}</p>'


def _table(result: Result, caption: str, views: Iterable[OptionRecord]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(_row(result, view) for view in views)
    return (
        f'<div class="pr-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(result: Result, view: OptionRecord) -> str:
    care = [
        f"<strong>{one.severity.value}</strong>, {escape(one.population)}: {escape(one.because)}"
        for one in worst_first(view.cautions)
    ]
    care += [f"after: {escape(one.requires)}" for one in view.after]
    status = f"{STATUS_SIGNS[view.status]} {STATUS_WORDS[view.status]}"
    cited = "<br>".join(escape(text) for text in sorted({one.cited for one in view.positions}))
    return (
        f'<tr><th scope="row" title="{escape(view.summary)}">{escape(view.label)}</th>'
        f"<td>{escape(status)}</td>"
        f"<td>{escape(line_words(view))}</td><td>{escape(AGREEMENT_WORDS[view.agreement])}</td>"
        f"<td>{'<br>'.join(care) or 'none known'}</td>"
        f"<td>{escape(depends_words(result, view)) or 'settled'}</td><td>{cited or 'none'}</td></tr>"
    )


def _lists(result: Result) -> Iterator[str]:
    if result.disagreements:
        items = "".join(
            f"<li>{escape(item.label)}: for it {escape(', '.join(item.supports) or 'none')}; "
            f"against it {escape(', '.join(item.opposes) or 'none')}</li>"
            for item in result.disagreements
        )
        yield f"<details><summary>Where sources disagree</summary><ul>{items}</ul></details>"
    if result.next_questions:
        items = "".join(
            f"<li>{escape(item.question)} ({effect_words(item)})</li>"
            for item in result.next_questions[:10]
        )
        yield f"<details><summary>Worth asking next</summary><ol>{items}</ol></details>"
