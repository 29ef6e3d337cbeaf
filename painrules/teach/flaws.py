"""Flaws of questions that give the answer away, or leave it open: found before a question is handed out."""

import re
from collections.abc import Collection, Iterator

from painrules.given import instance
from painrules.model.hierarchy import Hierarchy
from painrules.teach.item import Item
from painrules.vocab import ItemForm

LETTERS = 5
"""Shorter words tell nothing."""
COMMON = frozenset(
    {"about", "after", "before", "being", "other", "signs", "their", "there", "these", "which"}
    | {"while", "without", "class", "pain", "painful", "source", "sources", "years"}
)
"""Words that tell nothing although they are long enough."""
ROOT = 6
"""How many letters two words have in common that remind of each other."""
FACTOR, SLACK = 1.6, 12
"""How much longer or shorter than all others a right answer may be: by a factor, and by letters."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text that tell something, in small letters and without a plural."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(
        word.removesuffix("s") for word in found if len(word) >= LETTERS and word not in COMMON
    )


def flaws(item: Item, tree: Hierarchy | None = None) -> tuple[str, ...]:
    """Everything that is wrong with a question, in words; nothing if it is sound.

    Args:
        item: The question.
        tree: How options belong to each other: an option and its class are never both answers.

    Raises:
        ArgumentError: If it is no question.
    """
    item = instance("item", item, Item, "quiz.items holds such")
    if tree is not None:
        tree = instance("tree", tree, Hierarchy, "pack.intervention_tree is one")
    return tuple(_flaws(item, tree))


def _flaws(item: Item, tree: Hierarchy | None) -> Iterator[str]:
    if item.form is ItemForm.MATCH:
        yield from _twice([pair.left for pair in item.pairs], "left sides")
        yield from _twice([pair.right for pair in item.pairs], "right sides")
    elif item.form is ItemForm.ORDER:
        yield from _twice([step.text for step in item.steps], "steps")
    else:
        yield from _of_answers(item, tree)


def _of_answers(item: Item, tree: Hierarchy | None) -> Iterator[str]:
    right = [one.text for one in item.answers if one.right]
    wrong = [one.text for one in item.answers if not one.right]
    yield from _twice([*right, *wrong], "answers")
    if not right:
        yield "no answer is right"
    if not wrong:
        yield "every answer is right"
    if item.form is not ItemForm.MULTIPLE and len(right) != 1:
        yield f"{len(right)} answers are right, and one was asked for"
    if tree is not None:
        yield from _kin(item, tree)
    if item.form is ItemForm.SINGLE and right and wrong:
        yield from _lengths(right[0], wrong)
        yield from _echo(item.stem, right[0], wrong)


def _kin(item: Item, tree: Hierarchy) -> Iterator[str]:
    for place, one in enumerate(item.answers):
        for other in item.answers[place + 1 :]:
            if one.id != other.id and (
                tree.belongs(one.id, other.id) or tree.belongs(other.id, one.id)
            ):
                yield f"'{one.text}' and '{other.text}' are a class and its member"


def _twice(texts: list[str], what: str) -> Iterator[str]:
    plain = [" ".join(text.casefold().split()) for text in texts]
    if len(set(plain)) < len(plain):
        yield f"two {what} are the same"


def _lengths(right: str, wrong: list[str]) -> Iterator[str]:
    """A right answer that stands out by its length."""
    longest, shortest = max(map(len, wrong)), min(map(len, wrong))
    if len(right) > longest * FACTOR + SLACK:
        yield "the right answer is much longer than all others"
    if len(right) * FACTOR + SLACK < shortest:
        yield "the right answer is much shorter than all others"


def _echo(stem: str, right: str, wrong: Collection[str]) -> Iterator[str]:
    """A right answer that repeats a word of the question, when no other one does."""
    asked = _roots(stem)
    for part in (words_of, _roots):
        said = part(stem)
        if part(right) & said and not any(part(text) & said for text in wrong):
            known = {word for word in words_of(right) if word[:ROOT] in asked}
            yield f"only the right answer repeats a word of the question: {', '.join(sorted(known))}"
            return


def _roots(text: str) -> frozenset[str]:
    """How the words of a text begin: ``neuropathic`` gives ``neuropathy`` away."""
    return frozenset(word[:ROOT] for word in words_of(text))
