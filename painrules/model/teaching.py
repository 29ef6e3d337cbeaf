"""What cases and questions for teaching are told with: people, stories, facts in plain words, and how to ask.

Texts hold *slots* in braces, such as ``{name}`` and ``{duration}``; with a capital first letter, ``{Their}``, what
fills the slot begins with one. A slot is filled with plain text, never with another template.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from painrules.model.base import (
    Frozen,
    FrozenDict,
    FrozenMap,
    Identifier,
    Label,
    Sentence,
    Text,
    Words,
)
from painrules.model.conditions import ANYTHING, Range, When, YesNo
from painrules.model.rule import ExampleProfile
from painrules.vocab import Bloom, ItemKind

SLOT = re.compile(r"\{([A-Za-z][a-z0-9_]*)\}")
_BRACE = re.compile(r"[{}]")

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
"""A language, as in ``en`` or ``pt-BR``."""

Template = Annotated[str, Field(min_length=1, max_length=600)]
"""A text with slots."""


def slots_of(text: str) -> tuple[str, ...]:
    """The slots of a template, each once, without capitals.

    >>> slots_of("{Their} left knee; {name} says so.")
    ('their', 'name')
    """
    return tuple(dict.fromkeys(found.lower() for found in SLOT.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A template with its slots filled; what is put in is never looked at for slots.

    >>> filled("{Their} knee hurts.", {"their": "her"})
    'Her knee hurts.'

    Raises:
        KeyError: If a slot has no value.
    """

    def value(match: re.Match[str]) -> str:
        slot = match[1]
        found = values[slot.lower()]
        return found[:1].upper() + found[1:] if slot[0].isupper() else found

    return SLOT.sub(value, text)


class Taught(Frozen):
    """What everything for teaching has."""

    id: Identifier
    """Unique within its list; never reused once released."""
    language: Language = "en"
    """The language of its texts; a file may state it once for all."""

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The texts with slots, each with its place in the record."""
        return iter(())


def _texts(field: str, texts: tuple[str, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for place, text in enumerate(texts):
        yield (field, place), text


class Person(Taught):
    """An invented person: a name, and the words that stand for it.

    >>> Person(id="amara", label="Amara", words={"their": "her", "them": "her"}).words["their"]
    'her'
    """

    label: Label
    """The name."""
    words: FrozenMap[Identifier, Label] = FrozenDict()
    """Slots that texts may use of this person, besides ``name``: ``their``, ``them``, or what a language needs."""
    suits: Words[Identifier] = ()
    """What texts may ask for, so that a story fits the person; see `suits` of a portrait."""


class Life(Taught):
    """What somebody does, told after the name; drawn apart from what hurts."""

    text: Template
    """The second half of a sentence: ``drives a bus``."""
    age_years: Range
    """The ages that it fits."""
    unless: When = ANYTHING
    """Profiles that it does not fit."""

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The text."""
        yield ("text",), self.text


class Portrait(Taught):
    """The story of one pain problem in plain words. It names neither the mechanism nor the condition.

    What it tells is what its profile says; numbers are drawn within the ranges.
    """

    label: Label
    """A short title for teachers."""
    profile: ExampleProfile
    """What the story says: pain type, mechanism, condition, and factors that it tells of."""
    age_years: Range | None = None
    """Ages that fit; left out: the story says no age."""
    duration_months: Range | None = None
    """How long it has lasted; left out: the story does not say."""
    severity: Range | None = None
    """Intensities that fit; left out: the story does not say."""
    suits: Words[Identifier] = ()
    """What a person has to suit, all of it."""
    text: Annotated[Words[Template], Field(min_length=1)]
    """The story, told in one way or several. Slots: ``name``, ``duration``, and the words of the people."""
    sources: Words[Identifier] = ()
    """The sources that the story follows."""

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The ways to tell it."""
        return _texts("text", self.text)

    @model_validator(mode="after")
    def _numbers_as_ranges(self) -> Self:
        for name in ("age", "duration_months", "severity"):
            if getattr(self.profile, name) is not None:
                span = "age_years" if name == "age" else name
                msg = f"a portrait gives '{name}' as a range, in '{span}' beside its profile"
                raise ValueError(msg)
        return self


class Telling(Taught):
    """How one fact is told in a story, and its opposite."""

    fact: ExampleProfile
    """The fact: one factor or red flag, present or absent, or one option that was tried."""
    when: When = ANYTHING
    """Profiles that it fits; all of it must be known."""
    unless: When = ANYTHING
    """Profiles that it does not fit."""
    suits: Words[Identifier] = ()
    """What a person has to suit, all of it."""
    text: Annotated[Words[Template], Field(min_length=1)]
    """Says that it is so, in one sentence or two. A red flag is told by its findings, never by its name."""
    otherwise: Template | None = None
    """Says the opposite; pairs of cases need it."""
    otherwise_fact: ExampleProfile | None = None
    """The opposite as a fact, where it is not simply absent: another outcome of what was tried."""

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The ways to tell it, and the opposite."""
        yield from _texts("text", self.text)
        if self.otherwise is not None:
            yield ("otherwise",), self.otherwise

    @field_validator("fact", "otherwise_fact")
    @classmethod
    def _one_fact(cls, value: ExampleProfile | None) -> ExampleProfile | None:
        if value is None:
            return value
        given = len(value.present) + len(value.absent) + len(value.tried)
        rest = (value.pain_type, value.age, value.duration_months, value.severity)
        others = (*value.mechanism, *value.condition, *value.goals)
        if given != 1 or others or any(one is not None for one in rest):
            msg = "must be exactly one factor or red flag, present or absent, or one option that was tried"
            raise ValueError(msg)
        return value


class Stem(Taught):
    """How a question is put, and what it is for. The key never stands here: it comes from the rules."""

    kind: ItemKind
    """What is asked."""
    about: Identifier | None = None
    """The variant, where a kind has several: ``domain``, ``category``, ``line``, ``step`` and so on."""
    several: YesNo = False
    """Whether it asks for several answers where the kind knows both."""
    text: Annotated[Words[Template], Field(min_length=1)]
    """The question, in one way or several."""
    bloom: Bloom
    """The level of thinking that it asks for."""
    objective: Sentence
    """What somebody who answers it can do."""

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The ways to put it."""
        return _texts("text", self.text)


class Phrase(Taught):
    """A small text that cases and questions are built from."""

    text: Annotated[Words[Text], Field(min_length=1)]
    """The text, in one way or several."""

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The ways to say it."""
        return _texts("text", self.text)


def stray_brace(text: str) -> bool:
    """Whether a template holds a brace that is part of no slot."""
    return bool(_BRACE.search(SLOT.sub("", text)))
