"""What all exporters share: what they can carry, how a question is put into words, and how files are written."""

import io
import string
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from painrules.teach.book import TeachError
from painrules.teach.item import Item
from painrules.teach.quiz import Quiz
from painrules.vocab import ItemForm

LETTERS = string.ascii_lowercase
EVERY = tuple(ItemForm)
CHOICES = (ItemForm.SINGLE, ItemForm.MULTIPLE, ItemForm.TRUE_FALSE)
FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest day that an archive can state: the same bytes for the same questions, whenever they are written."""

Files = Mapping[str, bytes]
"""Files by what is put after the name that a user gives: ``.xml``, or ``.md`` and ``.key.md``."""


@dataclass(frozen=True)
class Exporter:
    """A format: what it can carry, and what writes it."""

    name: str
    """How it is called."""
    title: str
    """What it is for, in a few words."""
    ending: str
    """The ending of its file."""
    forms: tuple[ItemForm, ...]
    """The forms of question that it can carry."""
    write: Callable[[Quiz], Files]
    """What writes it."""

    def files(self, quiz: Quiz) -> Files:
        """The files of a set.

        Raises:
            TeachError: If the format cannot carry a question of the set; it never leaves one out.
        """
        barred = [item for item in quiz if item.form not in self.forms]
        if barred:
            forms = ", ".join(sorted({item.form.value for item in barred}))
            kinds = ", ".join(sorted({item.kind.value for item in barred}))
            msg = (
                f"the format '{self.name}' cannot carry {len(barred)} of {len(quiz)} questions: "
                f"forms {forms}, of the kinds {kinds}\n"
                f"    hint: leave these kinds out, or choose another format; this one carries "
                f"{', '.join(self.forms)}"
            )
            raise TeachError(msg)
        return self.write(quiz)


# Words


def general(item: Item, quiz: Quiz) -> list[str]:
    """What is said after any answer: the key in words, where it has none, and the notice."""
    told = [item.feedback] if item.feedback else []
    told += [pair.feedback for pair in item.pairs]
    told += [f"{place}. {step.feedback}" for place, step in enumerate(item.steps, start=1)]
    return [*told, f"{quiz.notice} {quiz.signature}"]


def parts(item: Item) -> list[tuple[str, str]]:
    """Story, what is known, and question, each with what it is."""
    named = (("story", item.story), ("known", item.known), ("question", item.question))
    return [(what, text) for what, text in named if text]


def html(text: str) -> str:
    """A text as HTML; lines stay lines."""
    return "<br />".join(escape(line) for line in text.split("\n"))


def html_stem(item: Item) -> str:
    """What stands before the answers, as HTML on one line; formulas and links are not looked for in it."""
    marks = {"story": "p", "known": "p", "question": "p"}
    told = "".join(
        f'<{marks[what]} class="pr-{what}">{html(text)}</{marks[what]}>'
        for what, text in parts(item)
    )
    return f'<div class="painrules nolink tex2jax_ignore">{told}</div>'


def html_general(item: Item, quiz: Quiz) -> str:
    """What is said after any answer, as HTML on one line."""
    told = "".join(f"<p>{html(text)}</p>" for text in general(item, quiz))
    return f'<div class="painrules nolink tex2jax_ignore">{told}</div>'


def mixed(names: list[str], seed: str) -> list[str]:
    """Things in an order that gives nothing away, the same for the same question."""
    from painrules.teach.draw import Draw  # noqa: PLC0415 - only for what is matched or ordered

    draw = Draw("mixed", seed)
    found = draw.shuffled(names)
    if found == names and len(names) > 1:
        found = [*found[1:], found[0]]
    return found


def key_in_words(item: Item) -> str:
    """The key as a teacher writes it: letters, pairs, or letters in order; as `lettered` letters them."""
    if item.form is ItemForm.MATCH:
        rights = dict(zip(right_sides(item), LETTERS, strict=False))
        pairs = (f"{place}{rights[pair.right]}" for place, pair in enumerate(item.pairs, start=1))
        return ", ".join(pairs)
    if item.form is ItemForm.ORDER:
        letters = dict(zip(step_names(item), LETTERS, strict=False))
        return ", ".join(letters[step.text] for step in item.steps)
    marked = zip(LETTERS, item.answers, strict=False)
    return ", ".join(letter for letter, answer in marked if answer.right)


def right_sides(item: Item) -> list[str]:
    """The right sides of a matching question, mixed."""
    return mixed([pair.right for pair in item.pairs], item.id)


def step_names(item: Item) -> list[str]:
    """The steps of an ordering question, mixed."""
    return mixed([step.text for step in item.steps], item.id)


# Files


def text_file(ending: str, text: str) -> Files:
    """One file of text."""
    return {ending: text.encode()}


def archive(files: Mapping[str, bytes]) -> bytes:
    """An archive that has the same bytes for the same files, whatever the clock says."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, FIRST_ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            held.writestr(info, data)
    return stream.getvalue()
