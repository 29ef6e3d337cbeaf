"""Cases: short stories of one pain problem, with what the rules say of it.

It is long because it holds a case, how it is drawn so that its facts fit, and what is revealed of it afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from painrules.cached import cached_property
from painrules.errors import UnknownWordError
from painrules.explain import label_of
from painrules.explore import Exploration, Explorer
from painrules.explore.option import OptionView
from painrules.given import plain_text, several
from painrules.model.base import distinct
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.result import PackRef
from painrules.model.teaching import Portrait, Telling
from painrules.packs import profile_of
from painrules.render.markdown import escaped
from painrules.render.words import AGREEMENT_WORDS
from painrules.teach.about import in_words, is_about, subjects
from painrules.teach.book import Book, TeachError, named
from painrules.teach.draw import Deck, Draw
from painrules.teach.story import Story, draw_story, with_fact
from painrules.teach.wanted import explorer_of, how_many, seed_of
from painrules.vocab import (
    Agreement,
    Difficulty,
    DifficultyWord,
    Line,
    Mode,
    Safety,
    Status,
)

ATTEMPTS = 60
"""How often a case of one kind is tried before it is given up."""
REMEMBERED = 500
"""How many explorations are remembered."""
SHOWN = 5
"""How many options a list shows when a case is revealed."""


class TeachingCase:
    """A story of one pain problem for teaching: invented, told in plain words, and settled by the rules.

    `text` names neither the mechanism nor the condition. `result` is what the rules say of it, `reveal()` says it in
    short.

    >>> from painrules import teach
    >>> case = teach.cases(1, seed=7, about="sciatica")[0]
    >>> case.difficulty.value, "sciatica" in case.text.lower()
    ('single_mechanism', False)
    """

    def __init__(self, explorer: Explorer, story: Story, difficulty: Difficulty, name: str) -> None:
        self._explorer = explorer
        self.story = story
        """What it was told from."""
        self.difficulty = difficulty
        """What makes it harder."""
        self.id = name
        """Its name within a set: seed and number."""

    @property
    def title(self) -> str:
        """A short title for teachers; it may give away what students are to find out."""
        return self.story.portrait.label

    @property
    def text(self) -> str:
        """The story."""
        return self.story.text

    @property
    def known(self) -> str:
        """What is known, as one line in the words of the pack; it names the condition and the mechanism."""
        return self.story.known()

    @property
    def profile(self) -> Profile:
        """What the story says, as a profile."""
        return self.story.profile

    @cached_property
    def result(self) -> Exploration:
        """What the rules say of it."""
        return self._explorer.explore(self.profile)

    @property
    def notice(self) -> str:
        """What stands first wherever it is shown."""
        return self._explorer.pack.notice

    @property
    def facts(self) -> tuple[str, ...]:
        """The factors, red flags and options tried that the story tells of, by id."""
        return distinct(name for fact in self.story.facts for name in named(fact.telling))

    def reveal(self) -> str:
        """What the rules say, in short, as Markdown: for the moment after the discussion."""
        return "\n".join(_revealed(self)) + "\n"

    def to_markdown(self) -> str:
        """The story as Markdown, with the notice."""
        return f"> {escaped(self.notice)}\n\n{escaped(self.text)}\n"

    def to_dict(self) -> dict[str, Any]:
        """Story and profile as plain values."""
        pack = self._explorer.pack
        return {
            "id": self.id,
            "notice": self.notice,
            "pack": PackRef(id=pack.id, version=pack.version, digest=pack.digest).model_dump(),
            "difficulty": self.difficulty.value,
            "language": self.story.book.language,
            "text": self.text,
            "known": self.known,
            "profile": self.profile.to_dict(),
        }

    def __str__(self) -> str:
        """The story."""
        return self.text

    def __repr__(self) -> str:
        """Short: which one."""
        return f"<TeachingCase {self.id}: {self.difficulty.value}>"

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __eq__(self, other: object) -> bool:
        """Whether two cases say the same."""
        return isinstance(other, TeachingCase) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        """By its text."""
        return hash(self.text)


def cases(  # noqa: PLR0913 - what cases are wanted, each by name
    n: int = 6,
    seed: int | str = 0,
    *,
    difficulty: DifficultyWord | Difficulty | Iterable[DifficultyWord | Difficulty] | None = None,
    about: str | Iterable[str] | None = None,
    language: str = "en",
    explorer: Explorer | None = None,
) -> tuple[TeachingCase, ...]:
    """Draws cases for teaching. The same arguments and pack give the same cases.

    Args:
        n: How many, 10,000 at most.
        seed: A number or word; another one gives other cases.
        difficulty: One level or several, which take turns; left out, all of them that fit what is wanted.
        about: A pain type, a mechanism or a condition, or several that must all fit.
        language: The language of the stories.
        explorer: An explorer of the pack whose stories are told; left out, that of the core pack.

    Returns:
        The cases, no two with the same text.

    Raises:
        TeachError: If there are not that many; it says how many there are.
        ProfileError: If a word in `about` is unknown.
        UnknownWordError: If there is no such difficulty.
        ArgumentError: If an argument is of another kind, or out of bounds.

    >>> [case.difficulty.value for case in cases(2, seed=1, difficulty=["mixed", "red_flag"])]
    ['mixed', 'red_flag']
    """
    n, seed = how_many(n), seed_of(seed)
    levels = levels_of(difficulty)
    bench = Cases(explorer, language, about)
    found: list[TeachingCase] = []
    texts: set[str] = set()
    draw = Draw("cases", seed, language)
    dry: set[Difficulty] = set()
    turn = 0
    while len(found) < n and len(dry) < len(levels):
        level = levels[turn % len(levels)]
        turn += 1
        if level in dry:
            continue
        case = bench.drawn(level, draw, texts, f"{seed}-{len(found) + 1}")
        if case is None:
            dry.add(level)
            continue
        texts.add(case.text)
        found.append(case)
    if len(found) < n or (difficulty is not None and dry):
        _refuse(n, found, dry, bench.about)
    return tuple(found)


def _refuse(
    n: int, found: Sequence[TeachingCase], dry: set[Difficulty], about: tuple[str, ...]
) -> None:
    subject = in_words(about)
    lacking = ", ".join(level.value for level in Difficulty if level in dry)
    msg = (
        f"only {len(found)} of {n} cases{subject} could be drawn; none more of these kinds: {lacking}\n"
        "    hint: ask for fewer, for other levels of difficulty, or for a broader subject"
    )
    raise TeachError(msg)


def levels_of(
    given: DifficultyWord | Difficulty | Iterable[DifficultyWord | Difficulty] | None,
) -> tuple[Difficulty, ...]:
    """The levels that words stand for; all of them where nothing is given.

    Raises:
        UnknownWordError: If there is no such level.
    """
    if given is None:
        return tuple(Difficulty)
    words = several("difficulty", given)
    known = [level.value for level in Difficulty]
    for word in words:
        if word not in known:
            raise UnknownWordError(word, "difficulty", known)
    return distinct(Difficulty(str(word)) for word in words) or tuple(Difficulty)


class Cases:
    """Draws cases of one pack, language and subject."""

    def __init__(
        self,
        explorer: Explorer | None = None,
        language: str = "en",
        about: str | Iterable[str] | None = None,
    ) -> None:
        self.explorer = explorer_of(explorer)
        """What is asked."""
        self.book = Book(self.explorer.pack, plain_text("language", language))
        """What is told with."""
        words = several("about", about)
        wanted = subjects(words, self.explorer.pack)
        self.about = tuple(map(str, words))
        """What is wanted, in the words that were given."""
        self.portraits = tuple(
            one for one in self.book.portraits if is_about(one, wanted, self.explorer.pack)
        )
        """The portraits that are about what is wanted."""
        self._decks: dict[Difficulty, Deck[Portrait]] = {}
        self._seen: dict[Profile, Exploration] = {}
        self._alike: dict[object, Exploration] = {}

    def look(self, profile: Profile) -> Exploration:
        """What the rules say of a profile; the last ones are remembered."""
        found = self._seen.get(profile)
        if found is None:
            if len(self._seen) > REMEMBERED:
                self._seen.clear()
            found = self._seen[profile] = self.explorer.explore(profile)
        return found

    def alike(self, profile: Profile) -> Exploration:
        """What the rules say of a profile for which the same rules hold: the same statuses, lines and cautions.

        Ages and durations differ from story to story, and mostly bring no other rule; working everything out anew
        each time would be slow. What depends on the facts
        themselves may differ: the next questions, and the cautions that could come into force.
        """
        found = self.look(profile)
        taken = tuple((one.attribute, one.value) for one in found.inferred if one.taken)
        spoken = found.resolution.index.kinds.positions
        sets = tuple(
            (
                one.mechanism,
                one.sets.in_force,
                one.sets.certain & spoken,
                one.sets.possible & spoken,
            )
            for one in found.resolution.asked
        )
        key = (taken, sets, tuple(profile.tried.items()))
        if len(self._alike) > REMEMBERED:
            self._alike.clear()
        return self._alike.setdefault(key, found)

    def drawn(self, level: Difficulty, draw: Draw, but: set[str], name: str) -> TeachingCase | None:
        """A case of one level whose text is new; None if none is found."""
        fitting = [one for one in self.portraits if _may_be(one, level)]
        if not fitting:
            return None
        deck = self._decks.setdefault(level, Deck(draw, fitting))
        for _ in range(max(ATTEMPTS, 2 * len(fitting))):
            portrait = deck.next()
            story = draw_story(self.book, draw, portrait, self._chooser(level, portrait, draw))
            if story is None or story.text in but:
                continue
            case = TeachingCase(self.explorer, story, level, name)
            if self._is_so(level, case):
                return case
        return None

    def _chooser(self, level: Difficulty, portrait: Portrait, draw: Draw) -> Any:  # noqa: ANN401 - see `draw_story`
        pack = self.explorer.pack

        def choose(fitting: list[Telling]) -> tuple[Telling, ...] | None:
            if is_thin(portrait):
                return ()
            flags = [one for one in fitting if named(one)[0] in pack.red_flag_signs]
            plain = [one for one in fitting if one not in flags]
            if level is Difficulty.RED_FLAG:
                return (draw.pick(flags),) if flags else None
            if level is Difficulty.WITH_CAUTIONS:
                return self._two([one for one in plain if not one.fact.tried], portrait, draw)
            return tuple(draw.some(plain, 1)) if draw.chance(0.5) else ()

        return choose

    def _two(
        self, fitting: list[Telling], portrait: Portrait, draw: Draw
    ) -> tuple[Telling, ...] | None:
        """Two facts that go together; one if no second one does."""
        if not fitting:
            return None
        first = draw.pick(fitting)
        told = fact_added(
            profile_of(portrait.profile, self.explorer.pack), first, self.explorer.pack
        )
        barred = set(named(first))
        others = [
            one
            for one in fitting
            if not barred & set(named(one)) and not self.book.unfit(one, told)
        ]
        return (first, draw.pick(others)) if others else (first,)

    def _is_so(self, level: Difficulty, case: TeachingCase) -> bool:
        """Whether a case really is what it is drawn for."""
        result = self.look(case.profile)
        if level is Difficulty.RED_FLAG:
            return result.mode is Mode.EVALUATE_FIRST
        if level is Difficulty.TOO_LITTLE:
            return result.mode is not Mode.EVALUATE_FIRST
        if result.mode is not Mode.EXPLORE:
            return False
        if level is Difficulty.WITH_CAUTIONS:
            return any(cautioned(result, name) for name in case.facts)
        if level is Difficulty.DISAGREEMENT:
            return bool(debated(result))
        return True


def is_thin(portrait: Portrait) -> bool:
    """Whether a portrait says too little: no condition, no pain type, or no age."""
    profile = portrait.profile
    return not profile.condition or profile.pain_type is None or portrait.age_years is None


def _may_be(portrait: Portrait, level: Difficulty) -> bool:
    """Whether a portrait can make a case of a level at all."""
    profile = portrait.profile
    if level is Difficulty.TOO_LITTLE or is_thin(portrait):
        return level is Difficulty.TOO_LITTLE and is_thin(portrait)
    if level is Difficulty.SINGLE_MECHANISM:
        return len(profile.mechanism) == 1
    if level is Difficulty.MIXED:
        return len(profile.mechanism) > 1
    return True


def cautioned(result: Exploration, fact: str) -> list[OptionView]:
    """Listed options that call for care because of a fact."""
    names = result.listed or result.deferred

    def because(view: OptionView) -> bool:
        rules = result.resolution.cautions(view.id)
        return any(clause.name == fact for rule in rules for clause in rule.conditions)

    return [
        view
        for view in map(result.__getitem__, names)
        if view.safety is not Safety.CLEAR and because(view)
    ]


def debated(result: Exploration) -> list[OptionView]:
    """Options on which sources disagree, whatever else may become known."""
    return [
        view
        for view in (result[one.option] for one in result.disagreements)
        if view.status is Status.CONTESTED or (view.definite and view.agreement is Agreement.MIXED)
    ]


def fact_added(profile: Profile, telling: Telling, pack: Pack) -> Profile:
    """A profile with the fact of a telling."""
    return with_fact(profile, telling.fact, pack)


# What the rules say, in short


def _revealed(case: TeachingCase) -> Iterator[str]:
    result = case.result
    yield f"**What is known.** {escaped(case.known)}"
    for flag in result.red_flags:
        signs = ", ".join(label_of(sign, result.pack) for sign in flag.signs)
        text = f"{signs} ({flag.urgency.value}). {flag.because} [{flag.cited}; {flag.id}]"
        yield f"\n**A red flag: assessment comes first.** {escaped(text)}"
    for item in result.inferred:
        if item.attribute == "mechanism" and item.taken:
            text = f"{item.value}: {item.because} [{item.cited}; {item.rules[0]}]"
            yield f"\n**Mechanism, as sources suggest.** {escaped(text)}"
    if case.difficulty is Difficulty.TOO_LITTLE:
        asked = "; ".join(one.question for one in result.next_questions[:SHOWN])
        yield f"\n**Worth asking first.** {escaped(asked)}"
    yield from _options(case)
    told = [view for name in case.facts for view in cautioned(result, name)]
    if told:
        yield "\n**Care because of what is told.**\n"
        for view in distinct(told)[:SHOWN]:
            one = next(c for c in view.cautions if _names(c.id, case.facts, result))
            text = f"{view.label} ({one.severity.value}): {one.because} [{one.cited}; {one.id}]"
            yield f"- {escaped(text)}"
    yield f"\n*{escaped(f'Pack {result.pack.id} {result.pack.version}. {result.notice}')}*"


def _names(rule: str, facts: tuple[str, ...], result: Exploration) -> bool:
    return any(clause.name in facts for clause in result.pack.cautions[rule].conditions)


def _options(case: TeachingCase) -> Iterator[str]:
    if case.difficulty is Difficulty.TOO_LITTLE:
        return
    result = case.result
    names = result.listed or result.deferred
    first = [result[name] for name in names if result[name].line is Line.FIRST]
    if first:
        title = "First line, by what sources say" if result.listed else "What waits until then"
        yield f"\n**{title}.**\n"
        yield from (_line(view) for view in first[:SHOWN])
    against = [
        view
        for view in result.options
        if view.status is Status.NOT_SUPPORTED and any(p.option == view.id for p in view.positions)
    ]
    if against:
        yield "\n**Spoken against.**\n"
        yield from (_line(view) for view in against[:SHOWN])
    mixed = [view for view in debated(result) if any(p.option == view.id for p in view.positions)]
    if mixed:
        yield "\n**Where sources disagree.**\n"
        for view in mixed[:SHOWN]:
            sides = next(one for one in result.disagreements if one.option == view.id)
            text = f"{view.label}: for it {', '.join(sides.supports)}; against it {', '.join(sides.opposes)}"
            yield f"- {escaped(text)}"


def _line(view: OptionView) -> str:
    one = next((p for p in view.positions if p.option == view.id), view.positions[0])
    agreed = AGREEMENT_WORDS[view.agreement]
    return f"- {escaped(f'{view.label} ({agreed}): {one.because} [{one.cited}; {one.id}]')}"
