"""Moodle XML, and GIFT: the two formats that Moodle reads itself.

Weights are those of Moodle's list, written with its number of digits: others are refused when they are read.
"""

from collections.abc import Iterator
from html import escape

from painrules.teach.exports.base import Files, html, html_general, html_stem, text_file
from painrules.teach.item import Answer, Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm

WEIGHTS = {1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571"}
"""What one of so many answers is worth, in percent, as Moodle writes it."""


def weight(item: Item, answer: Answer) -> str:
    """What an answer is worth, in percent: all right ones together 100, all answers together nothing."""
    right = sum(one.right for one in item.answers)
    if answer.right:
        return WEIGHTS[right]
    if item.form is not ItemForm.MULTIPLE:
        return "0"
    return f"-{WEIGHTS[len(item.answers) - right]}"


def name_of(item: Item) -> str:
    """How a question is called in a question bank."""
    return f"{item.kind.value.replace('_', ' ')} {item.id.rpartition('-')[2]}"


# Moodle XML


def _cdata(text: str) -> str:
    """A text between CDATA marks, which nothing in it can end."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _field(tag: str, text: str, attributes: str = ' format="html"') -> str:
    return f"    <{tag}{attributes}><text>{_cdata(text)}</text></{tag}>"


def moodle(quiz: Quiz) -> Files:
    """Moodle XML: every form; ordering needs the type `ordering`, which is part of Moodle from 4.4 on."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_category(quiz)]
    for item in quiz:
        lines += _question(item, quiz)
    return text_file(".xml", "\n".join([*lines, "</quiz>", ""]))


def _category(quiz: Quiz) -> Iterator[str]:
    path = f"$course$/top/{quiz.record.title.replace('/', '//')}"
    yield '  <question type="category">'
    yield f"    <category><text>{_cdata(path)}</text></category>"
    yield _field("info", f"<p>{html(quiz.notice)}</p><p>{html(quiz.signature)}</p>")
    yield "  </question>"


TYPES = {
    ItemForm.SINGLE: "multichoice",
    ItemForm.MULTIPLE: "multichoice",
    ItemForm.TRUE_FALSE: "truefalse",
    ItemForm.MATCH: "matching",
    ItemForm.ORDER: "ordering",
}


def _question(item: Item, quiz: Quiz) -> Iterator[str]:
    yield f'  <question type="{TYPES[item.form]}">'
    yield f"    <name><text>{_cdata(name_of(item))}</text></name>"
    yield _field("questiontext", html_stem(item))
    yield _field("generalfeedback", html_general(item, quiz))
    yield "    <defaultgrade>1</defaultgrade>"
    yield f"    <penalty>{'1' if item.form is ItemForm.TRUE_FALSE else '0.3333333'}</penalty>"
    yield "    <hidden>0</hidden>"
    yield f"    <idnumber>{escape(item.id)}</idnumber>"
    if item.form is ItemForm.MATCH:
        yield from _matching(item)
    elif item.form is ItemForm.ORDER:
        yield from _ordering(item)
    else:
        yield from _choices(item)
    yield "    <tags>"
    for tag in (f"bloom: {item.bloom.value}", f"kind: {item.kind.value}", item.objective):
        yield f"      <tag><text>{_cdata(tag)}</text></tag>"
    yield "    </tags>"
    yield "  </question>"


def _choices(item: Item) -> Iterator[str]:
    if item.form is not ItemForm.TRUE_FALSE:
        yield f"    <single>{'true' if item.form is ItemForm.SINGLE else 'false'}</single>"
        yield "    <shuffleanswers>true</shuffleanswers>"
        yield "    <answernumbering>abc</answernumbering>"
    for answer in item.answers:
        if item.form is ItemForm.TRUE_FALSE:
            kind, text = ' format="moodle_auto_format"', "true" if answer.id == "yes" else "false"
        else:
            kind, text = ' format="html"', html(answer.text)
        yield f'    <answer fraction="{weight(item, answer)}"{kind}>'
        yield f"      <text>{_cdata(text)}</text>"
        yield f'      <feedback format="html"><text>{_cdata(html(answer.feedback))}</text></feedback>'
        yield "    </answer>"


def _matching(item: Item) -> Iterator[str]:
    yield "    <shuffleanswers>true</shuffleanswers>"
    for pair in item.pairs:
        yield '    <subquestion format="html">'
        yield f"      <text>{_cdata(html(pair.left))}</text>"
        yield f"      <answer><text>{_cdata(pair.right)}</text></answer>"
        yield "    </subquestion>"


def _ordering(item: Item) -> Iterator[str]:
    yield "    <layouttype>VERTICAL</layouttype>"
    yield "    <selecttype>ALL</selecttype>"
    yield "    <selectcount>0</selectcount>"
    yield "    <gradingtype>ABSOLUTE_POSITION</gradingtype>"
    yield "    <showgrading>SHOW</showgrading>"
    yield "    <numberingstyle>none</numberingstyle>"
    for place, step in enumerate(item.steps, start=1):
        yield f'    <answer fraction="{place}.0000000" format="html">'
        yield f"      <text>{_cdata(html(step.text))}</text>"
        yield "    </answer>"


# GIFT

_MARKS = "\\~=#{}:"


def _gift(text: str) -> str:
    """A text in which nothing means anything to GIFT; it is on one line."""
    markup = text.replace("->", "-&gt;").replace("%", "&#37;").replace("//", "/&#47;")
    return _gift_plain(markup)


def _gift_plain(text: str) -> str:
    """The same for what is no HTML: the right side of a pair."""
    one_line = " ".join(text.split("\n"))
    return "".join(f"\\{char}" if char in _MARKS else char for char in one_line)


def gift(quiz: Quiz) -> Files:
    """GIFT: everything but ordering. Texts are HTML on one line, since a blank line ends a question."""
    about = f"{quiz.notice} {quiz.signature}".split("\n")
    lines = [f"// {line}" for line in about]
    lines += ["", f"$CATEGORY: $course$/top/{quiz.record.title.replace('/', '//')}", ""]
    for item in quiz:
        lines += [f"// id: {item.id}", *_gift_question(item, quiz), ""]
    return text_file(".gift", "\n".join(lines))


def _gift_question(item: Item, quiz: Quiz) -> Iterator[str]:
    yield f"::{_gift(name_of(item))}::[html]{_gift(html_stem(item))} {{"
    if item.form is ItemForm.TRUE_FALSE:
        true, false = sorted(item.answers, key=lambda one: one.id != "yes")
        key, wrong = (true, false) if true.right else (false, true)
        word = "TRUE" if true.right else "FALSE"
        yield f"  {word}#{_gift(html(wrong.feedback))}#{_gift(html(key.feedback))}"
    elif item.form is ItemForm.MATCH:
        for pair in item.pairs:
            yield f"  ={_gift(html(pair.left))} -> {_gift_plain(pair.right)}"
    else:
        for answer in item.answers:
            mark = "=" if answer.right else "~"
            if item.form is ItemForm.MULTIPLE:
                mark = f"~%{weight(item, answer)}%"
            yield f"  {mark}{_gift(html(answer.text))}#{_gift(html(answer.feedback))}"
    yield f"  ####{_gift(html_general(item, quiz))}"
    yield "}"
