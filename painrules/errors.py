"""Everything that painrules raises on purpose.

A message says where, what, and what to do about it; what a caller may act on is an attribute too.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

ENOUGH = 200
"""After so many problems no more are looked for: the rest shows itself once these are mended."""
MOST_COMPARED = 5_000
"""The most words among which a near miss is looked for."""
MOST_SEARCHED = 50_000
"""The most words that are put in order for that; among more nothing is looked for."""
MOST_IN_FULL = 30
"""The most of them that are compared letter by letter."""
LONGEST_COMPARED = 80
"""How much of a word is compared."""
ENUMERATED = 60
"""The most words that are enumerated in a message."""

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What no text may hold, because a terminal obeys it or readers are misled by it: control characters other than tab
and line feed, line and paragraph separators, characters that turn the direction of writing around, half characters."""


class PainrulesError(Exception):
    """The base of all errors that painrules raises on purpose.

    >>> import painrules
    >>> try:
    ...     painrules.explore("cronic")
    ... except painrules.PainrulesError as error:
    ...     print(error)
    the profile has 1 problem
    pain_type: 'cronic' is not a known pain type
        hint: did you mean 'chronic'?
    """


class Problem(NamedTuple):
    """One thing that is wrong, and how to mend it."""

    where: str
    """A file with line and column, or the name of an argument."""
    what: str
    """What is wrong there."""
    hint: str = ""
    """How to mend it; empty where nothing sensible can be said."""

    def __str__(self) -> str:
        """One line, and a second one for the hint."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}\n    hint: {self.hint}" if self.hint else text


class ProblemsError(PainrulesError):
    """Several problems, reported together in a fixed order."""

    subject = "the input"

    def __init__(
        self, problems: Iterable[Problem], subject: str = "", *, more: bool = False
    ) -> None:
        self.problems = tuple(problems)
        """The problems, each with `where`, `what` and `hint`."""
        self.subject = subject or type(self).subject
        """What has them."""
        self.more = more
        """Whether the search ended before everything had been looked at, because there were so many."""
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        head = f"{self.subject} has {'at least ' if more else ''}{count}"
        super().__init__("\n".join([head, *map(str, self.problems)]))

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries whole."""
        return (_rebuild, (type(self), self.problems, self.subject, self.more))


def _rebuild(
    kind: type[ProblemsError],
    problems: tuple[Problem, ...],
    subject: str,
    more: bool,  # noqa: FBT001 - as pickle has it
) -> ProblemsError:
    return kind(problems, subject, more=more)


class ProfileError(ProblemsError):
    """A profile, or a lens, that cannot be explored: unknown words, impossible numbers, contradictions."""

    subject = "the profile"


class FrameError(ProfileError):
    """A frame that cannot be explored: columns that are not there, or rows that are not profiles."""

    subject = "the frame"


class RulePackError(ProblemsError):
    """A rule pack that cannot be loaded; all its problems together, in a fixed order."""

    subject = "the rule pack"


class UnknownWordError(PainrulesError, LookupError):
    """A word that the pack does not know, where one of its identifiers is wanted."""

    def __init__(self, word: object, kind: str, known: Iterable[str] = ()) -> None:
        self.word = word
        """The word as it was given."""
        self.kind = kind
        """What was wanted, such as ``intervention``."""
        self.suggestion = near_miss(word, known)
        """The nearest word that is known, or an empty text."""
        text = f"{shown(word)} is not a known {kind}"
        super().__init__(f"{text}; did you mean '{self.suggestion}'?" if self.suggestion else text)

    def __str__(self) -> str:
        """The message itself, not its repr as `KeyError` would have it."""
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries whole."""
        known = (self.suggestion,) if self.suggestion else ()
        return (type(self), (self.word, self.kind, known))


class ArgumentError(PainrulesError):
    """An argument that is of no use: of another kind than is wanted, or out of bounds."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        """Which argument, what is wrong with it, and how to mend it."""
        super().__init__(str(problem))

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries whole."""
        return (type(self), (self.problem,))


class MissingExtraError(PainrulesError):
    """An optional part is wanted, but what it needs is not installed."""


class EngineError(PainrulesError):
    """An engine that is not our own broke off: there is no answer, rather than half of one."""

    def __init__(self, engine: str, reason: str) -> None:
        self.engine = engine
        """The name of the engine."""
        self.reason = reason
        """What it said."""
        hint = "ask again; what it had in hand is discarded, so that nothing of it is left"
        super().__init__(f"the engine '{engine}' broke off: {printable(reason)}\n    hint: {hint}")

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries whole."""
        return (type(self), (self.engine, self.reason))


def near_miss(word: object, known: Iterable[str]) -> str:
    """The known word that comes closest to a misspelt one, or an empty text.

    Only those that have most letters and pairs of letters in common with it are compared in full: that takes long.

    >>> near_miss("neuropatic", ["nociceptive", "neuropathic"])
    'neuropathic'
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only needed when something went wrong

    if not issubclass(type(word), str):
        return ""
    asked = (
        str.__str__(word)[:MOST_COMPARED]
        .strip()
        .lower()
        .replace(" ", "_")
        .replace("-", "_")[:LONGEST_COMPARED]
    )
    distinct = dict.fromkeys(known)
    several = sorted(distinct)[:MOST_COMPARED] if len(distinct) <= MOST_SEARCHED else []
    if len(several) > MOST_IN_FULL:
        wanted = _letters(asked)
        likeness = {
            one: (wanted & has).bit_count() / (wanted.bit_count() + has.bit_count() or 1)
            for one, has in zip(several, map(_letters, several), strict=True)
        }
        several = sorted(several, key=likeness.__getitem__, reverse=True)[:MOST_IN_FULL]
    found = get_close_matches(asked, several, n=1, cutoff=0.6)
    return found[0] if found else ""


@lru_cache(maxsize=2 * MOST_COMPARED)
def _letters(word: str) -> int:
    """The letters and pairs of letters of a word, as bits; a few stand on the same one."""
    short = word[:LONGEST_COMPARED]
    found = 0
    for one in short:
        found |= 1 << ord(one) % 61
    for one, other in pairwise(short):
        found |= 1 << 61 + (ord(one) * 31 + ord(other)) % 127
    return found


def enumerated(words: Collection[str]) -> str:
    """Words one after another, as they may stand in a message: of very many the first ones, and how many more.

    >>> enumerated(["UK", "US"])
    'UK, US'
    """
    if len(words) <= ENUMERATED:
        return ", ".join(words)
    return f"{', '.join(islice(words, ENUMERATED))} and {len(words) - ENUMERATED:,} more"


def shown(value: object, limit: int = 60) -> str:
    r"""A value as it may stand in a message: quoted, on one line, never long, whatever it is.

    >>> print(shown("\x1b[31mred"))
    '\x1b[31mred'
    >>> shown(10**5000)
    'an integer of 16610 bits'
    """
    kind = type(value)
    if issubclass(kind, int) and int.bit_length(value) > LONGEST_INTEGER:  # type: ignore[arg-type]  # it is one
        return f"an integer of {int.bit_length(value)} bits"  # type: ignore[arg-type]  # the same
    try:
        if isinstance(value, set | frozenset):
            text = f"{{{', '.join(sorted(map(shown, value)))}}}"
        elif issubclass(kind, str):
            text = repr(str.__getitem__(value, slice(limit + 1)))  # type: ignore[index]  # it is one
        else:
            text = str.__str__(repr(value))
    except Exception:  # noqa: BLE001 - a repr is anyone's code, and a message has to be written all the same
        text = f"<{kind.__name__}>"
    text = _ADDRESS.sub("", printable(text))
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


_ADDRESS = re.compile(" at 0x[0-9a-fA-F]+")
LONGEST_INTEGER = 1_000
"""The most bits that an integer may have to be written out; Python refuses to write out very long ones."""


def printable(text: str) -> str:
    r"""Text as it may stand in a message: on one line, nothing in it that a terminal would obey.

    >>> print(printable("draft\x1b[2J.yaml"))
    draft\x1b[2J.yaml
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )
