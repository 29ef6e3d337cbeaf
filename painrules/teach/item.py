"""Questions as plain data: every format is written from it, and every key can be derived from it again."""

import re
from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import ValidationError

from painrules.errors import UNSAFE, PainrulesError, printable
from painrules.model.base import Frozen, FrozenDict, FrozenMap
from painrules.model.result import PackRef
from painrules.model.wording import OTHER_VERSION, told
from painrules.render.markdown import escaped
from painrules.vocab import Bloom, ItemForm, ItemKind

QUIZ_SCHEMA: Literal["1"] = "1"
"""The version of a set of questions as plain data."""


class Told(Frozen):
    """Something that a student reads, with why it is so."""

    id: str
    """What it stands for: an option, a mechanism, a category, a red flag, a question, a source or a word."""
    text: str
    """What a student reads."""
    feedback: str
    """Why it is right or wrong, or stands where it stands, with rule and source."""
    rules: tuple[str, ...] = ()
    """The rules that say so."""
    sources: tuple[str, ...] = ()
    """Their sources, or those of a definition."""


class Answer(Told):
    """One answer of a question: what it says, whether it is right, and why."""

    right: bool
    """Whether it is right; the rules say so."""


class Pair(Frozen):
    """Two things that belong together."""

    id: str
    """What the left side stands for."""
    left: str
    """What is to be placed."""
    right_id: str
    """What the right side stands for."""
    right: str
    """Where it belongs."""
    feedback: str
    """Why, with a source."""
    sources: tuple[str, ...] = ()
    """The sources of the left side."""


class Step(Told):
    """A place in an order."""


class Item(Frozen):
    """One question with its key, which comes from the rules, and with feedback for each answer.

    A `single` question has one right answer, a `multiple` one has one or several, and `true_false` has two answers of
    which one is right. A `match` question has `pairs` that are unique on both sides; an `order` question has `steps`,
    in the right order.
    """

    id: str
    """Stable: the same question always has the same id, whatever the set."""
    kind: ItemKind
    """What is asked."""
    about: str | None = None
    """The variant, where a kind has several."""
    form: ItemForm
    """How it is answered."""
    story: str = ""
    """What is told first: a case, or an empty text."""
    known: str = ""
    """What is known, in the words of the pack: pain type, condition, age and other facts; or an empty text."""
    question: str
    """What is asked."""
    answers: tuple[Answer, ...] = ()
    """The answers, in the order in which they are shown."""
    pairs: tuple[Pair, ...] = ()
    """What belongs together, for `match`."""
    steps: tuple[Step, ...] = ()
    """The right order, for `order`."""
    feedback: str = ""
    """What is said after any answer."""
    bloom: Bloom
    """The level of thinking."""
    objective: str
    """What somebody who answers it can do."""
    profile: FrozenMap[str, Any] = FrozenDict()
    """The profile that is asked about, as `Profile.to_dict` has it."""
    subject: str = ""
    """What it is about besides: a fact, an option, a misconception."""

    @property
    def stem(self) -> str:
        """Story, what is known, and question: what stands before the answers."""
        return "\n\n".join(part for part in (self.story, self.known, self.question) if part)

    @property
    def keys(self) -> tuple[str, ...]:
        """The right answers, by id."""
        return tuple(one.id for one in self.answers if one.right)

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that an answer cites."""
        told: tuple[Told, ...] = (*self.answers, *self.steps)
        found = [rule for one in told for rule in one.rules]
        return tuple(dict.fromkeys(found))

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that an answer cites."""
        told: tuple[Told | Pair, ...] = (*self.answers, *self.pairs, *self.steps)
        found = [name for one in told for name in one.sources]
        return tuple(dict.fromkeys(found))

    @property
    def choices(self) -> tuple[str, ...]:
        """What there is to choose from, match or order, without what is right: the order tells nothing."""
        if self.answers:
            return tuple(one.text for one in self.answers)
        if self.steps:
            return tuple(sorted(one.text for one in self.steps))
        right = sorted(pair.right for pair in self.pairs)
        return (*sorted(pair.left for pair in self.pairs), *(f"→ {text}" for text in right))

    def __str__(self) -> str:
        """The question as a student sees it."""
        return "\n".join([self.stem, *(f"- {text}" for text in self.choices)])

    def to_markdown(self) -> str:
        """The question as a student sees it, as Markdown."""
        parts = [escaped(part) for part in (self.story, self.known) if part]
        parts.append(f"**{escaped(self.question)}**")
        parts.append("\n".join(f"- {escaped(text)}" for text in self.choices))
        return "\n\n".join(parts) + "\n"

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


class QuizRecord(Frozen):
    """A set of questions as plain data; it survives JSON and back."""

    schema_version: Literal["1"] = QUIZ_SCHEMA
    """The version of this form."""
    title: str
    """What it is called."""
    notice: str
    """What stands first in every format."""
    pack: PackRef
    """The pack that the keys come from."""
    language: str
    """The language of the questions."""
    seed: str
    """What it was drawn with."""
    items: tuple[Item, ...]
    """The questions."""

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Reads a set back, and looks at whether every format can be written from it.

        Raises:
            PainrulesError: If the text is no set of questions, or one of them cannot be answered.
        """
        try:
            found = cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = printable(".".join(map(str, first["loc"])))[:200] or "the text"
            why = OTHER_VERSION if where == "schema_version" else ""
            msg = f"this is not a set of painrules questions: {where}: {told(first)}{why}"
            raise PainrulesError(msg) from None
        wrong = next(unsound(found), None)
        if wrong is not None:
            msg = f"this is not a set of painrules questions: {printable(wrong)[:400]}"
            raise PainrulesError(msg)
        return found


MOST_ANSWERS = 26
"""The most answers of a question: each has a letter."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def unsound(record: QuizRecord) -> Iterator[str]:
    """Why questions cannot be asked, or written for other programs: where, and what is wrong."""
    for where, text in _texts(record.model_dump(mode="json"), ""):
        if UNSAFE.search(text):
            yield f"{where}: text holds control characters"
    seen: set[str] = set()
    for place, item in enumerate(record.items):
        where = f"items.{place}"
        if not _ID.fullmatch(item.id):
            yield f"{where}.id: must be letters, digits, hyphens and underscores, at most 80"
        elif item.id.lower() in seen:
            yield f"{where}.id: '{item.id}' stands twice"
        seen.add(item.id.lower())
        why = _unanswerable(item)
        if why:
            yield f"{where}: {why}"


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text in plain values, with its place."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield where, key
            yield from _texts(inner, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{where}.{place}")


def _unanswerable(item: Item) -> str:
    """What is wrong with the answers of a question; an empty text if nothing is."""
    field = {ItemForm.MATCH: "pairs", ItemForm.ORDER: "steps"}.get(item.form, "answers")
    for name in ("answers", "pairs", "steps"):
        count = len(getattr(item, name))
        if name != field and count:
            return f"a question of the form '{item.form}' has no {name}"
        if name == field and not 2 <= count <= MOST_ANSWERS:  # noqa: PLR2004 - one is no choice
            return f"a question of the form '{item.form}' has 2 to {MOST_ANSWERS} {name}"
    if item.form is ItemForm.MATCH:
        sides: tuple[list[str], ...] = (
            [pair.left for pair in item.pairs],
            [pair.right for pair in item.pairs],
        )
    else:
        sides = ([one.text for one in (*item.answers, *item.steps)],)
    if any(len(set(side)) < len(side) or not all(map(str.strip, side)) for side in sides):
        return f"its {field} must differ, and none may be empty"
    if item.form is ItemForm.MULTIPLE and not item.keys:
        return "none of its answers is right"
    if item.form in {ItemForm.SINGLE, ItemForm.TRUE_FALSE} and len(item.keys) != 1:
        return "one of its answers must be right, and only one"
    if item.form is ItemForm.TRUE_FALSE and {one.id for one in item.answers} != {"yes", "no"}:
        return "its answers must have the ids 'yes' and 'no'"
    return ""
