"""Minimal pairs: two cases, one fact apart, whose answers differ, with the rule that makes the difference."""

from collections.abc import Iterable

from painrules.explore import Comparison, Explorer, compare
from painrules.model.comparison import DecidingRule, Difference, OptionSide
from painrules.model.profile import Profile
from painrules.model.rule import Rule
from painrules.model.teaching import Portrait, Telling
from painrules.render.markdown import escaped
from painrules.teach.about import in_words
from painrules.teach.book import Book, TeachError, named
from painrules.teach.cases import ATTEMPTS, Cases, TeachingCase, is_thin
from painrules.teach.draw import Deck, Draw
from painrules.teach.story import (
    Story,
    draw_profile,
    fact_told,
    tell,
    with_fact,
)
from painrules.teach.wanted import how_many, seed_of
from painrules.vocab import Difficulty, Line, Mode, Safety, SourceKind, Status

WEIGHT = {"status": 0, "line": 1, "safety": 2, "cautions": 3, "after": 4, "agreement": 5}
"""Which differences teach most; the first one that there is decides."""


class MinimalPair:
    """Two cases that differ in one fact, and in what the rules say.

    >>> from painrules import teach
    >>> pair = teach.pairs(1, seed=3)[0]
    >>> len(pair.rules) > 0
    True
    """

    def __init__(
        self,
        a: TeachingCase,
        b: TeachingCase,
        fact: str,
        focus: Difference,
        rules: tuple[DecidingRule, ...],
    ) -> None:
        self.a = a
        """The one case."""
        self.b = b
        """The other case."""
        self.fact = fact
        """The fact in which they differ: a factor, a red flag, an option that was tried, or ``age``."""
        self.focus = focus
        """The option on which the answers differ most tellingly."""
        self.rules = rules
        """The rules that make the difference there, and that look at the fact."""

    @property
    def comparison(self) -> Comparison:
        """Everything that differs."""
        return compare(self.a.result, self.b.result)

    def __str__(self) -> str:
        """Both stories."""
        return f"A. {self.a.text}\n\nB. {self.b.text}"

    def to_markdown(self) -> str:
        """Both stories as Markdown, with the notice; not what differs."""
        told = f"**A.** {escaped(self.a.text)}\n\n**B.** {escaped(self.b.text)}\n"
        return f"> {escaped(self.a.notice)}\n\n{told}"

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __repr__(self) -> str:
        """Short: what they differ in."""
        return f"<MinimalPair {self.a.id}: {self.fact} decides on {self.focus.option}>"

    def reveal(self) -> str:
        """What differs, and the rule that makes the difference, as text."""
        book = self.a.story.book
        told = f"A {_said(self.focus.a, book)}; B {_said(self.focus.b, book)}"
        lines = [f"{self.focus.label}: {told}."]
        lines += [f"{rule.because} [{rule.cited}; {rule.id}]" for rule in self.rules]
        return "\n".join(lines)


def _said(one: OptionSide, book: Book) -> str:
    """How an option stands, in a few words."""
    told = [one.status.value.replace("_", " ")]
    if one.line and one.line is not Line.UNSPECIFIED:
        told.append(book.say(one.line.value))
    if one.safety is not Safety.CLEAR:
        told.append(book.say(one.safety.value))
    return ", ".join(told)


def pairs(
    n: int = 3,
    seed: int | str = 0,
    *,
    about: str | Iterable[str] | None = None,
    language: str = "en",
    explorer: Explorer | None = None,
) -> tuple[MinimalPair, ...]:
    """Draws minimal pairs. The same arguments and pack give the same pairs.

    Args:
        n: How many, 10,000 at most.
        seed: A number or word; another one gives other pairs.
        about: A pain type, a mechanism or a condition, or several that must all fit.
        language: The language of the stories.
        explorer: An explorer of the pack whose stories are told; left out, that of the core pack.

    Raises:
        TeachError: If there are not that many; it says how many there are.
        ProfileError: If a word in `about` is unknown.
        ArgumentError: If an argument is of another kind, or out of bounds.
    """
    n, seed = how_many(n), seed_of(seed)
    bench = Cases(explorer, language, about)
    draw = Draw("pairs", seed, language)
    found: list[MinimalPair] = []
    seen: set[tuple[str, str, str]] = set()
    portraits = [one for one in bench.portraits if not is_thin(one)]
    deck = Deck(draw, portraits)
    misses = 0
    while portraits and len(found) < n and misses < ATTEMPTS:
        portrait = deck.next()
        pair = _drawn(bench, draw, portrait, f"{seed}-{len(found) + 1}")
        key = (portrait.id, pair.fact, pair.focus.option) if pair else ("", "", "")
        if pair is not None and key not in seen:
            seen.add(key)
            found.append(pair)
            misses = -1
        misses += 1
    if len(found) < n:
        subject = in_words(bench.about)
        msg = (
            f"only {len(found)} of {n} pairs{subject} could be drawn\n"
            "    hint: ask for fewer, or for a broader subject"
        )
        raise TeachError(msg)
    return tuple(found)


def _drawn(bench: Cases, draw: Draw, portrait: Portrait, name: str) -> MinimalPair | None:
    profile, duration = draw_profile(portrait, bench.book.pack, draw)
    tellings = [
        one
        for one in bench.book.tellings
        if one.otherwise is not None and bench.book.fits(one, profile)
    ]
    if not tellings or draw.chance(0.2):
        stories = _ages_apart(bench, draw, portrait, profile, duration)
        fact = "age"
    else:
        telling = draw.pick(tellings)
        stories = _fact_apart(bench, draw, portrait, profile, duration, telling)
        fact = named(telling)[0]
    if stories is None:
        return None
    a, b = (
        TeachingCase(bench.explorer, story, _level(bench, story), f"{name}{letter}")
        for story, letter in zip(stories, "ab", strict=True)
    )
    return _paired(bench, draw, a, b, fact)


def _level(bench: Cases, story: Story) -> Difficulty:
    if bench.look(story.profile).mode is Mode.EVALUATE_FIRST:
        return Difficulty.RED_FLAG
    several = len(story.profile.mechanisms) > 1
    return Difficulty.MIXED if several else Difficulty.SINGLE_MECHANISM


def _fact_apart(  # noqa: PLR0913, PLR0917 - what a story is made of
    bench: Cases, draw: Draw, portrait: Portrait, profile: Profile, duration: str, telling: Telling
) -> tuple[Story, Story] | None:
    """The same story with a fact and with its opposite."""
    book = bench.book
    if not {*portrait.suits, *telling.suits} <= set().union(*(one.suits for one in book.people)):
        return None
    one = tell(book, draw, portrait, profile, duration, (telling,))
    fact = fact_told(telling, one.person, draw, opposite=True)
    if not fact.said.absent and not fact.said.present and not fact.said.tried:
        return None
    other = Story(
        book,
        one.person,
        portrait,
        with_fact(profile, fact.said, book.pack),
        one.opening,
        one.body,
        (fact,),
    )
    return other, one


def _ages_apart(
    bench: Cases, draw: Draw, portrait: Portrait, profile: Profile, duration: str
) -> tuple[Story, Story] | None:
    """The same story at two ages."""
    span = portrait.age_years
    if span is None or profile.age_years is None:
        return None
    low, high = int(span.min or 0), int(span.max or 90)
    if high - low < 15:  # noqa: PLR2004 - nearer ages seldom tell apart
        return None
    young = draw.between(low, low + (high - low) // 3)
    old = draw.between(high - (high - low) // 4, high)
    one = tell(
        bench.book, draw, portrait, profile.with_(age_years=young), duration, life_fits=(old,)
    )
    opening = one.opening.replace(str(young), str(old))
    aged = one.profile.with_(age_years=old)
    return one, Story(bench.book, one.person, portrait, aged, opening, one.body)


def _paired(
    bench: Cases, draw: Draw, a: TeachingCase, b: TeachingCase, fact: str
) -> MinimalPair | None:
    """A pair, if some rule that looks at the fact makes a difference that teaches."""
    one, other = bench.look(a.profile), bench.look(b.profile)
    if a.text == b.text:
        return None
    if other.red_flags != one.red_flags:
        return None
    found = [
        (weight, row, rules)
        for row in compare(one, other)
        if (rules := tuple(rule for rule in row.rules if _looks_at(bench, rule, fact)))
        and any(_named_by(bench, rule, row.option) for rule in rules)
        and (weight := _weight(bench, row, rules)) is not None
    ]
    if not found:
        return None
    least = min(weight for weight, _, _ in found)
    _, row, rules = draw.pick([each for each in found if each[0] == least])
    return MinimalPair(a, b, fact, row, rules)


def _weight(bench: Cases, row: Difference, rules: tuple[DecidingRule, ...]) -> int | None:
    """How much a difference teaches, the least the most; None: nothing."""
    said = {row.a.status, row.b.status}
    sides = (Status.SUPPORTED, Status.NOT_SUPPORTED, Status.CONTESTED)
    if not said & set(sides if len(said) > 1 else sides[:1]):
        return None
    sources = bench.explorer.pack.sources
    general = all(sources[rule.source].kind is SourceKind.OVERVIEW for rule in rules)
    return min(WEIGHT.get(field, len(WEIGHT)) for field in row.differs) + len(WEIGHT) * general


def _named_by(bench: Cases, rule: DecidingRule, option: str) -> bool:
    """Whether a rule names the option itself, so that a class says nothing in its place."""
    known = bench.explorer.pack.rules[bench.explorer.pack.rule_numbers[rule.id]]
    return getattr(known, "option", "") == option


def _looks_at(bench: Cases, rule: DecidingRule, fact: str) -> bool:
    """Whether a rule asks for the fact, or leaves it out, or follows from it by inference."""
    pack = bench.explorer.pack
    known: Rule = pack.rules[pack.rule_numbers[rule.id]]
    clauses = [
        *known.conditions,
        *known.exceptions,
        *getattr(known, "requires", known.when).clauses(),
    ]
    names = {clause.name or clause.attribute for clause in clauses}
    if fact == "age":
        return "age_years" in names or bool(names & {n for n, f in pack.factors.items() if f.band})
    return fact in names or bool(names & _brought(bench, fact))


def _brought(bench: Cases, fact: str) -> set[str]:
    """The factors that a fact suggests."""
    found: set[str] = set()
    for rule in bench.explorer.pack.inferences.values():
        if fact in rule.when.factors:
            found |= set(rule.suggests.factors)
    return found
