"""From words to identifiers: labels, synonyms and codes are understood, misspelt ones are met with the nearest."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from painrules.errors import Problem, enumerated, near_miss, shown
from painrules.exact import exact
from painrules.model.facts import OTHER

if TYPE_CHECKING:
    from painrules.model.pack import Pack

_GAPS = re.compile(r"[\s_\-\u2010-\u2015]+")
_ASIDE = re.compile(r"\s*\([^)]*\)$")
_MARKS = re.compile(r"[^\w]+")
_ARTICLES = frozenset({"a", "an", "the"})
_SPELLINGS = (
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("z", "s"),
    ("bre", "ber"),
    ("tre", "ter"),
    ("ph", "f"),
    ("ll", "l"),
)
LONGEST = 200


def plain(word: str) -> str:
    """A word as it is compared: small letters, one underscore for spaces and hyphens.

    >>> plain(" Non-specific  Low back pain")
    'non_specific_low_back_pain'
    """
    return _GAPS.sub("_", word.strip().casefold()).strip("_")


def folded(word: str) -> str:
    """A word without what writers differ in: British or American spelling, one or several, articles and marks.

    >>> folded("Oesophageal tumours") == folded("esophageal tumor")
    True
    >>> folded("the walking aids")
    'walking_aid'
    """
    parts = (part for part in plain(word).split("_") if part not in _ARTICLES)
    return "_".join(filter(None, map(_folded_part, parts)))


def _folded_part(part: str) -> str:
    if any(letter.isdigit() for letter in part):  # a code, or part of a name that is exact
        return part
    part = _MARKS.sub("", part)
    if len(part) > len("gas") and part.endswith("ies"):
        part = f"{part[:-3]}y"
    elif len(part) > len("gas") and part.endswith("s") and not part.endswith(("ss", "us", "is")):
        part = part[:-1]
    for one, other in _SPELLINGS:
        part = part.replace(one, other)
    return part


Book = Mapping[str, Collection[str]]
"""What each word may stand for."""


class WordBook:
    """The words of a pack, by kind.

    Args:
        names: The ids of each kind.
        book: What makes the book of a kind: it is only wanted for a word that is no id.
    """

    def __init__(self, names: Mapping[str, Collection[str]], book: Callable[[str], Book]) -> None:
        self._names = names
        self._make = book
        self._books: dict[str, Book] = {}
        self._folds: dict[str, dict[str, set[str]]] = {}

    @classmethod
    def of(cls, pack: "Pack") -> "WordBook":
        """The words of a pack."""
        names: dict[str, Collection[str]] = {kind: getattr(pack, kind).keys() for kind in NAMED}
        names["jurisdictions"] = {source.jurisdiction for source in pack.sources.values()}
        return cls(names, lambda kind: book_of(pack, kind))

    def names(self, kind: str) -> Collection[str]:
        """The ids of a kind."""
        return self._names[kind]

    def book(self, kind: str) -> Book:
        """What each word of a kind may stand for."""
        book = self._books.get(kind)
        if book is None:
            book = self._books[kind] = self._make(kind)
        return book

    def _folded(self, kind: str) -> Mapping[str, Collection[str]]:
        """The same book, without differences of spelling and number."""
        fold = self._folds.get(kind)
        if fold is None:
            fold = {}
            for word, names in self.book(kind).items():
                fold.setdefault(folded(word), set()).update(names)
            self._folds[kind] = fold
        return fold

    def find(self, word: object, kinds: tuple[str, ...], noun: str, where: str) -> str | Problem:
        """The identifier that a word stands for, or the problem with it."""
        word = exact(word)
        if type(word) is str:
            for kind in kinds:
                if word in self._names[kind]:
                    return word
        else:
            article = "an" if noun[0] in "aeiou" else "a"
            return Problem(
                where, f"{shown(word)} is not a word", f"write the name of {article} {noun}"
            )
        asked = plain(word) if len(word) <= LONGEST else ""
        if kinds == ("conditions",) and asked == OTHER:
            return OTHER
        found = sorted({name for kind in kinds for name in self.book(kind).get(asked, ())})
        if asked in found:
            return asked
        if asked and not found and kinds != ("sources",):
            fold = folded(asked)
            found = sorted({name for kind in kinds for name in self._folded(kind).get(fold, ())})
        if len(found) == 1:
            return found[0]
        if found:
            several = enumerated(found)
            hint = f"write one of {several}"
            return Problem(where, f"{shown(word)} fits several: {several}", hint)
        near = near_miss(asked, [name for kind in kinds for name in self.book(kind)])
        known = sorted({name for kind in kinds for name in self.book(kind).get(near, ())})
        hint = f"did you mean '{known[0]}'?" if known else ""
        return Problem(where, f"{shown(word)} is not a known {noun}", hint)

    def enumerated(
        self, word: object, kind: str, values: Iterable[str], where: str
    ) -> str | Problem:
        """The value of a closed vocabulary that a word stands for, or the problem with it."""
        known = list(values)
        word = exact(word)
        noun = "outcome" if where == "tried" else where.replace("_", " ")
        if type(word) is str:
            if word in known:
                return word
            asked = plain(word) if len(word) <= LONGEST else ""
            for value in (asked, asked.removesuffix("_pain")):
                if value in known:
                    return value
            book = self.book(kind) if kind else {}
            found = set(book.get(asked, ())) & set(known)
            if len(found) == 1:
                return next(iter(found))
            near = near_miss(asked, known)
            hint = f"did you mean '{near}'?" if near else f"the words are {', '.join(known)}"
        else:
            hint = f"the words are {', '.join(known)}"
        return Problem(where, f"{shown(word)} is not a known {noun}", hint)


NAMED = (
    *("conditions", "factors", "red_flag_signs", "interventions", "categories", "goals"),
    *("sources", "pain_types", "mechanisms"),
)
"""The kinds of which words are understood."""


def book_of(pack: "Pack", kind: str) -> dict[str, set[str]]:
    """What each word of a kind may stand for: ids, labels, synonyms and, of conditions, codes."""
    book: dict[str, set[str]] = {}
    for name, entry in getattr(pack, kind).items():
        words = [name]
        if hasattr(entry, "label"):
            words += [entry.label, _ASIDE.sub("", entry.label), *entry.synonyms]
        if kind == "conditions":
            words += [*entry.icd10, *entry.icd11]
        for word in filter(None, map(plain, words)):
            book.setdefault(word, set()).add(name)
    return book
