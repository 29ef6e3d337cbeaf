"""What every kind of question is made with: stories, what the rules say of them, and words for it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from painrules.explain import told_value
from painrules.explore import Exploration, Explorer
from painrules.explore.option import OptionView
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import Caution, Position, Rule
from painrules.model.teaching import Portrait, Stem, Telling, filled
from painrules.teach.book import named
from painrules.teach.cases import REMEMBERED, Cases, is_thin
from painrules.teach.draw import Draw
from painrules.teach.flaws import words_of
from painrules.teach.item import Answer, Item, Pair, Step
from painrules.teach.sound import Sound, cited
from painrules.teach.story import Choice, Story, draw_story
from painrules.vocab import ItemForm, ItemKind, Line, Status

ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
PATIENCE = 6
"""How often a portrait is tried for a kind of question before it is left out."""
WRONG = 3
"""How many wrong answers a question with one right answer has, where there are that many."""


class Draft(NamedTuple):
    """A question before its answers are put in order."""

    stem: Stem
    form: ItemForm
    story: Story | None
    profile: Profile
    known: str
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    steps: tuple[Step, ...] = ()
    feedback: str = ""
    subject: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """What fills the slots of the question."""


class Bench(Cases):
    """Draws stories, and says what the rules say, for one pack, language and subject."""

    def __init__(
        self,
        explorer: Explorer | None = None,
        language: str = "en",
        about: str | Iterable[str] | None = None,
    ) -> None:
        super().__init__(explorer, language, about)
        self._kind = ItemKind.MECHANISM
        self._told: str | None = None
        self._tried: dict[tuple[ItemKind, str], int] = {}
        self._made: set[tuple[ItemKind, str]] = set()
        self._sounds: dict[int, Sound] = {}
        self._tied: dict[str, dict[str, tuple[Caution, ...]]] = {}
        self._telltale: dict[tuple[str, frozenset[str]], bool] = {}

    def stem(
        self, draw: Draw, kind: ItemKind, about: str | None = None, *, several: bool = False
    ) -> Stem | None:
        """A way to put a question; None if the texts have none."""
        found = self.book.stems_for(kind, about, several=several)
        return draw.pick(found) if found else None

    def begin(self, kind: ItemKind) -> None:
        """A question of this kind is tried next."""
        self._kind = kind
        self._told = None

    def succeeded(self) -> None:
        """The portrait that was told last made a question."""
        if self._told is not None:
            self._made.add((self._kind, self._told))

    def tale(
        self, draw: Draw, among: Iterable[Portrait] | None = None, choose: Choice | None = None
    ) -> Story | None:
        """A story of a pain problem whose condition and age are known.

        A portrait that has often been tried for a kind of question, and never made one, is left out.
        """
        portraits = [
            one
            for one in (self.portraits if among is None else among)
            if not is_thin(one)
            and (
                (self._kind, one.id) in self._made
                or self._tried.get((self._kind, one.id), 0) < PATIENCE
            )
        ]
        if not portraits:
            return None
        portrait = draw.pick(portraits)
        self._told = portrait.id
        key = (self._kind, portrait.id)
        self._tried[key] = self._tried.get(key, 0) + 1
        return draw_story(self.book, draw, portrait, choose)

    def plain_tale(self, draw: Draw) -> tuple[Story, Exploration] | None:
        """A story with at most one fact besides, and what the rules say of it; no red flag."""
        signs = self.explorer.pack.red_flag_signs

        def one_or_none(fitting: list[Telling]) -> tuple[Telling, ...]:
            plain = [one for one in fitting if named(one)[0] not in signs]
            return tuple(draw.some(plain, 1)) if draw.chance(0.3) else ()

        story = self.tale(draw, choose=one_or_none)
        if story is None:
            return None
        result = self.alike(story.profile)
        return None if result.red_flags else (story, result)

    def sound(self, result: Exploration) -> Sound:
        """What may be asked of a result; the last ones are remembered."""
        found = self._sounds.get(
            id(result)
        )  # it holds the result, so that no other one gets its number
        if found is None:
            if len(self._sounds) > REMEMBERED:
                self._sounds.clear()
            found = self._sounds[id(result)] = Sound(result)
        return found

    def tied(self, fact: str) -> dict[str, tuple[Caution, ...]]:
        """Cautions that look at a fact, or at what the fact suggests, by the option that they name."""
        found = self._tied.get(fact)
        if found is None:
            wanted = brings(fact, self.explorer.pack)
            looking: dict[str, list[Caution]] = {}
            for rule in self.explorer.pack.cautions.values():
                if any(clause.name in wanted for clause in (*rule.conditions, *rule.exceptions)):
                    looking.setdefault(rule.option, []).append(rule)
            found = self._tied[fact] = {name: tuple(rules) for name, rules in looking.items()}
        return found

    def is_telltale(self, view: OptionView, profile: Profile) -> bool:
        """Whether the name of an option repeats the condition, so that it would stand out."""
        key = (view.id, profile.conditions)
        found = self._telltale.get(key)
        if found is None:
            found = self._telltale[key] = telltale(view, profile, self)
        return found

    # Words

    def label(self, view: OptionView) -> str:
        """The name of an option as an answer."""
        return view.label

    def within(self, name: str) -> str:
        """A name within a sentence."""
        return told_value(name, self.explorer.pack)

    def cites(self, rule: Rule) -> str:
        """What a rule says, with its source."""
        source = self.explorer.pack.sources[rule.source]
        return self.book.say("cites", because=rule.because, cited=source.cited, rule=rule.id)

    def line(self, line: Line | None) -> str:
        """A line in words."""
        return self.book.say((line or Line.UNSPECIFIED).value)

    def about_option(self, view: OptionView, result: Exploration) -> tuple[str, Position]:
        """What is said of an option, with the position that says it best."""
        rules = cited(view, result)
        stated = [rule for rule in rules if rule.line is view.line]
        rule = (stated or list(rules))[0]
        if view.status is Status.SUPPORTED:
            told = self.book.say("is_supported", option=view.label, line=self.line(view.line))
        else:
            told = self.book.say("is_opposed", option=view.label)
        return f"{told} {self.cites(rule)}", rule

    def answer(self, view: OptionView, result: Exploration, *, right: bool) -> Answer:
        """An option as an answer, with what is said of it."""
        feedback, rule = self.about_option(view, result)
        return Answer(
            id=view.id,
            text=view.label,
            right=right,
            feedback=feedback,
            rules=(rule.id,),
            sources=(rule.source,),
        )

    def apart(
        self, draw: Draw, right: OptionView, wrong: list[OptionView], count: int = WRONG
    ) -> list[OptionView]:
        """Wrong options that are no kin of the right one nor of each other; those of its category first.

        A medicine among three kinds of exercise would stand out.
        """
        tree = self.explorer.pack.intervention_tree
        found: list[OptionView] = []
        for view in sorted(draw.shuffled(wrong), key=lambda one: one.category != right.category):
            kin = any(
                tree.belongs(view.id, one.id) or tree.belongs(one.id, view.id)
                for one in (right, *found)
            )
            if not kin and view.label.casefold() not in {
                one.label.casefold() for one in (right, *found)
            }:
                found.append(view)
            if len(found) == count:
                break
        return found

    def among_its_kind(
        self, draw: Draw, right: list[OptionView], wrong: list[OptionView]
    ) -> OptionView:
        """A right option; one that has wrong ones of its category beside it, if there is any."""
        kinds = {view.category for view in wrong}
        return draw.pick([view for view in right if view.category in kinds] or right)

    def question(self, draft: Draft, draw: Draw) -> str:
        """The question with its slots filled."""
        return filled(draw.pick(draft.stem.text), dict(draft.values))


def brings(fact: str, pack: Pack) -> frozenset[str]:
    """A fact, and the factors that it suggests, and those that they suggest."""
    found = {fact}
    while True:
        more = {
            name
            for rule in pack.inferences.values()
            if found & set(rule.when.factors)
            for name in rule.suggests.factors
        }
        if more <= found:
            return frozenset(found)
        found |= more


def telltale(view: OptionView, profile: Profile, bench: Bench) -> bool:
    """Whether the name of an option repeats the condition, so that it would stand out."""
    known = [bench.explorer.pack.conditions[name] for name in sorted(profile.conditions)]
    names = " ".join(name for one in known for name in (one.label, *one.synonyms))
    short = set(ACRONYM.findall(names)) & set(ACRONYM.findall(view.label))
    asked = words_of(" ".join(one.label for one in known))
    return bool(short or words_of(view.label) & asked)


__all__ = ["WRONG", "Bench", "Draft", "Item", "telltale"]
