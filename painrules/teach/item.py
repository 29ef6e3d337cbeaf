"""Questions as plain data: every format is written from it, and every key can be derived from it again."""

from typing import Any, Self

from pydantic import ValidationError

from painrules.errors import PainrulesError
from painrules.model.base import Frozen, FrozenDict, FrozenMap
from painrules.model.result import PackRef
from painrules.model.wording import told
from painrules.vocab import Bloom, ItemForm, ItemKind


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


class QuizRecord(Frozen):
    """A set of questions as plain data; it survives JSON and back."""

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
        """Reads a set back.

        Raises:
            PainrulesError: If the text is no set of questions.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "the text"
            msg = f"this is not a set of painrules questions: {where}: {told(first)}"
            raise PainrulesError(msg) from None
