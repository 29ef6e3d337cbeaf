"""Worksheets as Markdown and HTML, with the key in a file of its own."""

from collections.abc import Iterator

from painrules.render.html import STYLE, whole_page
from painrules.render.markdown import escaped
from painrules.teach.exports.base import (
    LETTERS,
    Files,
    general,
    html,
    html_stem,
    key_in_words,
    parts,
    right_sides,
    step_names,
)
from painrules.teach.item import Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm


def markdown(quiz: Quiz) -> Files:
    """A worksheet in Markdown, and its key."""
    sheet = [
        *_md_head(quiz, ""),
        *(line for n, item in _numbered(quiz) for line in _md_item(n, item)),
    ]
    key = [
        *_md_head(quiz, "key"),
        *(line for n, item in _numbered(quiz) for line in _md_key(n, item, quiz)),
    ]
    return {".md": _joined(sheet), ".key.md": _joined(key)}


def _joined(lines: list[str]) -> bytes:
    return ("\n".join(lines).rstrip() + "\n").encode()


def _numbered(quiz: Quiz) -> Iterator[tuple[int, Item]]:
    return iter(enumerate(quiz, start=1))


def _md_head(quiz: Quiz, what: str) -> list[str]:
    title = quiz.record.title + (f": {what}" if what else "")
    return [f"# {escaped(title)}", "", f"> {escaped(quiz.notice)}", "", escaped(quiz.signature), ""]


def _md_item(place: int, item: Item) -> Iterator[str]:
    yield f"## {place}"
    yield ""
    for what, text in parts(item):
        mark = {"known": "*", "question": "**"}.get(what, "")
        yield f"{mark}{escaped(text)}{mark}"
        yield ""
    if item.form is ItemForm.MATCH:
        yield from (f"{n}. {escaped(pair.left)}" for n, pair in enumerate(item.pairs, start=1))
        yield ""
    for letter, text in zip(LETTERS, _texts(item), strict=False):
        yield f"- {letter}) {escaped(text)}"
    yield ""


def _texts(item: Item) -> list[str]:
    """What is lettered."""
    if item.form is ItemForm.MATCH:
        return right_sides(item)
    return [one.text for one in item.answers] or step_names(item)


def _md_key(place: int, item: Item, quiz: Quiz) -> Iterator[str]:
    yield f"## {place}: {escaped(key_in_words(item))}"
    yield ""
    yield f"{escaped(item.objective)} ({item.bloom.value}; `{item.id}`)"
    yield ""
    for letter, answer in zip(LETTERS, item.answers, strict=False):
        mark = "✓" if answer.right else "✗"
        yield f"- {letter}) {mark} {escaped(answer.text)}: {escaped(answer.feedback)}"
    if not item.answers:
        yield from (f"- {escaped(text)}" for text in general(item, quiz)[:-1])
    yield ""


def page(quiz: Quiz) -> Files:
    """A worksheet as a page to print, and its key."""
    sheet = "".join(_html_item(item) for item in quiz)
    key = "".join(_html_key(item, quiz) for item in quiz)
    title = quiz.record.title
    return {
        ".html": _page(quiz, title, sheet).encode(),
        ".key.html": _page(quiz, f"{title}: key", key).encode(),
    }


def _page(quiz: Quiz, title: str, inner: str) -> str:
    head = f'<h1>{html(title)}</h1><p class="pr-notice" role="note">{html(quiz.notice)}</p>'
    more = ".painrules li{margin:.2rem 0}.painrules .pr-item{break-inside:avoid;margin:0 0 1.6rem}"
    foot = f'<p class="pr-foot">{html(quiz.signature)}</p>'
    part = f'<div class="painrules"><style>{STYLE}{more}</style>{head}<ol>{inner}</ol>{foot}</div>'
    return whole_page(title, part)


def _html_item(item: Item) -> str:
    listed = "".join(f"<li>{html(text)}</li>" for text in _texts(item))
    lefts = ""
    if item.form is ItemForm.MATCH:
        lefts = "<ol>" + "".join(f"<li>{html(pair.left)}</li>" for pair in item.pairs) + "</ol>"
    return f'<li class="pr-item">{html_stem(item)}{lefts}<ol type="a">{listed}</ol></li>'


def _html_key(item: Item, quiz: Quiz) -> str:
    told = []
    for answer in item.answers:
        mark = "✓" if answer.right else "✗"
        told.append(f"<li>{mark} {html(answer.text)}: {html(answer.feedback)}</li>")
    if not item.answers:
        told += [f"<li>{html(text)}</li>" for text in general(item, quiz)[:-1]]
    return (
        f'<li class="pr-item"><p><strong>{html(key_in_words(item))}</strong> {html(item.question)}</p>'
        f"<p>{html(item.objective)} ({item.bloom.value}; <code>{html(item.id)}</code>)</p>"
        f'<ol type="a">{"".join(told)}</ol></li>'
    )
