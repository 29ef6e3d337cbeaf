"""What cases and questions are wanted about: a pain type, a mechanism or a condition, in the words of users."""

from collections.abc import Iterable

from painrules.errors import Problem, ProfileError, shown
from painrules.explore.words import WordBook
from painrules.given import several
from painrules.model.pack import Pack
from painrules.model.teaching import Portrait
from painrules.vocab import Mechanism, PainType

Subject = tuple[str, str]
"""``pain_type``, ``mechanism`` or ``condition``, and which."""


def subjects(words: object, pack: Pack) -> tuple[Subject, ...]:
    """What words stand for.

    Raises:
        ProfileError: If a word is none of these; it names the nearest condition.
        ArgumentError: If it is neither a word nor several.
    """
    book = WordBook.of(pack)
    found, problems = [], []
    for word in several("about", words):
        one = _subject(word, book)
        if isinstance(one, Problem):
            problems.append(one)
        else:
            found.append(one)
    if problems:
        raise ProfileError(problems, "what the cases are about")
    return tuple(found)


def _subject(word: object, book: WordBook) -> Subject | Problem:
    for kind, table, values in (
        ("pain_type", "pain_types", tuple(PainType)),
        ("mechanism", "mechanisms", tuple(Mechanism)),
    ):
        one = book.enumerated(word, table, values, kind)
        if isinstance(one, str):
            return (kind, one)
    found = book.find(word, ("conditions",), "pain type, mechanism or condition", "about")
    if isinstance(found, Problem):
        hint = "acute, chronic, neuropathic and the like; 'painrules list conditions' shows the conditions"
        return found if found.hint else Problem(found.where, found.what, hint)
    return ("condition", found)


def in_words(words: Iterable[str]) -> str:
    """What was wanted, as it stands in a message: empty where nothing was."""
    given = " and ".join(map(shown, words))
    return f" about {given}" if given else ""


def is_about(portrait: Portrait, wanted: tuple[Subject, ...], pack: Pack) -> bool:
    """Whether a portrait is about all that is wanted; a condition counts with those beneath it."""
    return all(_fits(portrait, kind, value, pack) for kind, value in wanted)


def _fits(portrait: Portrait, kind: str, value: str, pack: Pack) -> bool:
    profile = portrait.profile
    if kind == "pain_type":
        return profile.pain_type == value
    if kind == "mechanism":
        return value in profile.mechanism
    return any(pack.condition_tree.belongs(name, value) for name in profile.condition)
