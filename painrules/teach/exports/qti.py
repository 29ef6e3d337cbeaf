"""QTI 2.1: a package with a manifest, one file for each question, and a test that holds them.

Scores are whole numbers: a multiple-choice question counts one for each right answer and takes one off for each wrong
one, so that no thirds have to be written down.
"""

from collections.abc import Iterator
from html import escape

from painrules.teach.exports.base import (
    Files,
    archive,
    general,
    parts,
    right_sides,
    step_names,
)
from painrules.teach.item import Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def qti(quiz: Quiz) -> Files:
    """A package: `imsmanifest.xml`, `test.xml`, and a file for each question in `items/`."""
    files = {"imsmanifest.xml": _manifest(quiz).encode(), "test.xml": _test(quiz).encode()}
    for item in quiz:
        files[f"items/{item.id}.xml"] = _item(item, quiz).encode()
    return {".zip": archive(files)}


def _manifest(quiz: Quiz) -> str:
    names = [f"items/{item.id}.xml" for item in quiz]
    lines = [
        HEAD,
        f'<manifest xmlns="{CP}" xmlns:xsi="{XSI}" identifier="painrules-manifest"',
        f'    xsi:schemaLocation="{CP} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd">',
        "  <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>",
        "  <organizations/>",
        "  <resources>",
        '    <resource identifier="painrules-test" type="imsqti_test_xmlv2p1" href="test.xml">',
        '      <file href="test.xml"/>',
        *(f'      <dependency identifierref="{item.id}"/>' for item in quiz),
        "    </resource>",
    ]
    for item, name in zip(quiz, names, strict=True):
        lines += [
            f'    <resource identifier="{item.id}" type="imsqti_item_xmlv2p1" href="{name}">',
            f'      <file href="{name}"/>',
            "    </resource>",
        ]
    return "\n".join([*lines, "  </resources>", "</manifest>", ""])


def _root(tag: str, attributes: str) -> str:
    where = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
    return f'<{tag} xmlns="{QTI}" xmlns:xsi="{XSI}" xsi:schemaLocation="{where}" {attributes}>'


def _test(quiz: Quiz) -> str:
    title = escape(quiz.record.title)
    about = escape(f"{quiz.notice} {quiz.signature}")
    return "\n".join(
        [
            HEAD,
            _root("assessmentTest", f'identifier="painrules-test" title="{title}"'),
            '  <testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">',
            f'    <assessmentSection identifier="section" title="{title}" visible="true">',
            f'      <rubricBlock view="candidate tutor author"><p>{about}</p></rubricBlock>',
            *(
                f'      <assessmentItemRef identifier="{item.id}" href="items/{item.id}.xml"/>'
                for item in quiz
            ),
            "    </assessmentSection>",
            "  </testPart>",
            "</assessmentTest>",
            "",
        ]
    )


def _item(item: Item, quiz: Quiz) -> str:
    title = escape(f"{item.kind.value.replace('_', ' ')}: {item.objective}")
    language = escape(quiz.record.language)
    lines = [
        HEAD,
        _root(
            "assessmentItem",
            f'identifier="{item.id}" title="{title}" label="{item.bloom.value}" xml:lang="{language}" '
            'adaptive="false" timeDependent="false"',
        ),
    ]
    writer = {ItemForm.MATCH: _match, ItemForm.ORDER: _order}.get(item.form, _choice)
    return "\n".join([*lines, *writer(item, quiz), "</assessmentItem>", ""])


def _outcomes(most: int, cardinality: str) -> Iterator[str]:
    yield '  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
    yield "    <defaultValue><value>0</value></defaultValue>"
    yield "  </outcomeDeclaration>"
    yield '  <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
    yield f"    <defaultValue><value>{most}</value></defaultValue>"
    yield "  </outcomeDeclaration>"
    yield f'  <outcomeDeclaration identifier="FEEDBACK" cardinality="{cardinality}" baseType="identifier"/>'
    yield '  <outcomeDeclaration identifier="SAID" cardinality="single" baseType="identifier"/>'


def _body(item: Item, interaction: list[str]) -> Iterator[str]:
    yield "  <itemBody>"
    for what, text in parts(item):
        if what != "question":
            yield f'    <p class="pr-{what}">{_lines(text)}</p>'
    yield from (f"    {line}" for line in interaction)
    yield "  </itemBody>"


def _lines(text: str) -> str:
    return "<br/>".join(escape(line) for line in text.split("\n"))


def _processed(scored: list[str], *, echo: bool) -> Iterator[str]:
    yield "  <responseProcessing>"
    yield from (f"    {line}" for line in scored)
    if echo:
        yield "    <responseCondition><responseIf>"
        yield '      <not><isNull><variable identifier="RESPONSE"/></isNull></not>'
        yield '      <setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue>'
        yield "    </responseIf></responseCondition>"
    yield '    <setOutcomeValue identifier="SAID"><baseValue baseType="identifier">said</baseValue></setOutcomeValue>'
    yield "  </responseProcessing>"


def _said(item: Item, quiz: Quiz) -> Iterator[str]:
    """What is said after any answer."""
    yield '  <modalFeedback outcomeIdentifier="SAID" identifier="said" showHide="show">'
    yield from (f"    <p>{_lines(text)}</p>" for text in general(item, quiz))
    yield "  </modalFeedback>"


EXACTLY = [
    "<responseCondition>",
    '  <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>',
    '    <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>',
    "  </responseIf>",
    "</responseCondition>",
]
MAPPED = [
    '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>',
]


def _choice(item: Item, quiz: Quiz) -> Iterator[str]:
    several = item.form is ItemForm.MULTIPLE
    names = [f"a{place}" for place in range(1, len(item.answers) + 1)]
    right = [name for name, answer in zip(names, item.answers, strict=True) if answer.right]
    cardinality = "multiple" if several else "single"
    yield f'  <responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">'
    values = "".join(f"<value>{name}</value>" for name in right)
    yield f"    <correctResponse>{values}</correctResponse>"
    if several:
        yield f'    <mapping lowerBound="0" upperBound="{len(right)}" defaultValue="0">'
        for name in names:
            yield f'      <mapEntry mapKey="{name}" mappedValue="{1 if name in right else -1}"/>'
        yield "    </mapping>"
    yield "  </responseDeclaration>"
    yield from _outcomes(len(right) if several else 1, cardinality)
    shuffle = "false" if item.form is ItemForm.TRUE_FALSE else "true"
    most = 0 if several else 1
    interaction = [
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}">',
        f"  <prompt>{_lines(item.question)}</prompt>",
        *(
            f'  <simpleChoice identifier="{name}">{_lines(answer.text)}</simpleChoice>'
            for name, answer in zip(names, item.answers, strict=True)
        ),
        "</choiceInteraction>",
    ]
    yield from _body(item, interaction)
    yield from _processed(MAPPED if several else EXACTLY, echo=True)
    for name, answer in zip(names, item.answers, strict=True):
        yield f'  <modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">'
        yield f"    <p>{_lines(answer.feedback)}</p>"
        yield "  </modalFeedback>"
    yield from _said(item, quiz)


def _match(item: Item, quiz: Quiz) -> Iterator[str]:
    rights = {text: f"r{place}" for place, text in enumerate(right_sides(item), start=1)}
    lefts = [f"l{place}" for place in range(1, len(item.pairs) + 1)]
    yield '  <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair">'
    yield "    <correctResponse>"
    for name, pair in zip(lefts, item.pairs, strict=True):
        yield f"      <value>{name} {rights[pair.right]}</value>"
    yield "    </correctResponse>"
    yield "  </responseDeclaration>"
    yield from _outcomes(1, "multiple")
    interaction = [
        f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="{len(item.pairs)}">',
        f"  <prompt>{_lines(item.question)}</prompt>",
        "  <simpleMatchSet>",
        *(
            f'    <simpleAssociableChoice identifier="{name}" matchMax="1">{_lines(pair.left)}'
            "</simpleAssociableChoice>"
            for name, pair in zip(lefts, item.pairs, strict=True)
        ),
        "  </simpleMatchSet>",
        "  <simpleMatchSet>",
        *(
            f'    <simpleAssociableChoice identifier="{name}" matchMax="1">{_lines(text)}'
            "</simpleAssociableChoice>"
            for text, name in rights.items()
        ),
        "  </simpleMatchSet>",
        "</matchInteraction>",
    ]
    yield from _body(item, interaction)
    yield from _processed(EXACTLY, echo=False)
    yield from _said(item, quiz)


def _order(item: Item, quiz: Quiz) -> Iterator[str]:
    names = {text: f"s{place}" for place, text in enumerate(step_names(item), start=1)}
    yield '  <responseDeclaration identifier="RESPONSE" cardinality="ordered" baseType="identifier">'
    values = "".join(f"<value>{names[step.text]}</value>" for step in item.steps)
    yield f"    <correctResponse>{values}</correctResponse>"
    yield "  </responseDeclaration>"
    yield from _outcomes(1, "multiple")
    interaction = [
        '<orderInteraction responseIdentifier="RESPONSE" shuffle="true">',
        f"  <prompt>{_lines(item.question)}</prompt>",
        *(
            f'  <simpleChoice identifier="{name}">{_lines(text)}</simpleChoice>'
            for text, name in names.items()
        ),
        "</orderInteraction>",
    ]
    yield from _body(item, interaction)
    yield from _processed(EXACTLY, echo=False)
    yield from _said(item, quiz)
