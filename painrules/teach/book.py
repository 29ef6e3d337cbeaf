"""The texts for teaching that a pack has in one language."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from painrules.errors import PainrulesError, shown
from painrules.exact import exact
from painrules.explain import label_of
from painrules.given import A_PACK, instance
from painrules.model.conditions import Clause, When
from painrules.model.facts import Facts, FactsBuilder, truth
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.teaching import Life, Person, Phrase, Portrait, Stem, Taught, Telling, filled
from painrules.packs.slots import PHRASES, phrase_name
from painrules.teach.draw import Draw
from painrules.vocab import ItemKind, Mechanism, Truth

T = TypeVar("T", bound=Taught)


class TeachError(PainrulesError):
    """Cases or questions that cannot be made: too few of that kind, or no texts to make them of."""


def languages(pack: Pack) -> tuple[str, ...]:
    """The languages in which a pack has stories to tell.

    >>> from painrules import core_pack
    >>> languages(core_pack())
    ('en',)
    """
    pack = instance("pack", pack, Pack, A_PACK)
    return tuple(sorted({one.language for one in pack.portraits.values()}))


class Book:
    """What cases and questions of one language are told with.

    Args:
        pack: The pack.
        language: The language.

    Raises:
        TeachError: If the pack has no stories in that language, or lacks a phrase.
    """

    def __init__(self, pack: Pack, language: str = "en") -> None:
        self.pack = pack
        """The pack."""
        self.language = exact(language)
        """The language."""
        self.people: tuple[Person, ...] = _of(pack.people.values(), language)
        self.lives: tuple[Life, ...] = _of(pack.lives.values(), language)
        self.portraits: tuple[Portrait, ...] = _of(pack.portraits.values(), language)
        self.tellings: tuple[Telling, ...] = _of(pack.tellings.values(), language)
        self.stems: tuple[Stem, ...] = _of(pack.stems.values(), language)
        self._phrases: Mapping[str, Phrase] = {
            phrase_name(one.id, language): one for one in _of(pack.phrases.values(), language)
        }
        self._builder = FactsBuilder(pack)
        self._clauses: dict[int, tuple[When, tuple[Clause, ...]]] = {}
        self._known_of: tuple[Profile, tuple[Facts, ...]] | None = None
        self._check()

    def _check(self) -> None:
        if not self.portraits or not self.people:
            there = ", ".join(languages(self.pack)) or "none"
            msg = (
                f"the pack '{self.pack.id}' has no portraits and people in the language {shown(self.language)}\n"
                f"    hint: languages with stories: {there}; docs/how-to/write-your-own-stories.md shows how to add one"
            )
            raise TeachError(msg)
        missing = [name for name in PHRASES if name not in self._phrases]
        if missing:
            msg = (
                f"the pack '{self.pack.id}' lacks phrases in the language '{self.language}': {', '.join(missing)}\n"
                f"    hint: write them with ids such as {self.language}_{missing[0]}"
            )
            raise TeachError(msg)

    def say(self, phrase: str, draw: Draw | None = None, **values: str) -> str:
        """A phrase with its slots filled; where there are several ways to say it, the first or a drawn one."""
        texts = self._phrases[phrase].text
        return filled(texts[0] if draw is None else draw.pick(texts), values)

    def listing(self, items: Iterable[str]) -> str:
        """Several things as one text: ``a, b and c``."""
        each = list(items)
        if len(each) < 2:  # noqa: PLR2004 - nothing to join
            return "".join(each)
        return self.say("comma").join(each[:-1]) + self.say("last_comma") + each[-1]

    def stems_for(
        self, kind: ItemKind, about: str | None = None, *, several: bool = False
    ) -> tuple[Stem, ...]:
        """The ways to put a question of a kind."""
        return tuple(
            one
            for one in self.stems
            if one.kind is kind and one.about == about and one.several is several
        )

    def fits(self, telling: Telling, profile: Profile) -> bool:
        """Whether a fact can be told of a profile: all that it asks for is known, nothing that it leaves out is."""
        told = set(profile.factors) | set(profile.red_flags) | set(profile.tried)
        if told & set(named(telling)):
            return False
        return self._holds(telling.when, profile, every=True) and not self._holds(
            telling.unless, profile, every=False
        )

    def unfit(self, telling: Telling, profile: Profile) -> bool:
        """Whether a profile is one that a fact leaves out."""
        return self._holds(telling.unless, profile, every=False)

    def fits_life(self, life: Life, profile: Profile) -> bool:
        """Whether somebody with this profile may lead this life."""
        return not self._holds(life.unless, profile, every=False)

    def _holds(self, when: When, profile: Profile, *, every: bool) -> bool:
        known = self._clauses.get(id(when))
        if known is None:
            known = self._clauses[id(when)] = (when, when.clauses())
        facts = self._facts(profile)
        if every:
            return all(_known(clause, facts) for clause in known[1])
        return any(_known(clause, facts) for clause in known[1])

    def _facts(self, profile: Profile) -> tuple[Facts, ...]:
        """What a profile gives, for each of its mechanisms; that of the last one is remembered."""
        known = self._known_of
        if known is None or known[0] is not profile:
            facts = self._builder.build(profile)
            mechanisms: list[Mechanism | None] = [*sorted(profile.mechanisms)] or [None]
            each = (
                facts.with_mechanism(one and one.value, given=one is not None) for one in mechanisms
            )
            known = self._known_of = (profile, tuple(each))
        return known[1]

    def label(self, name: str) -> str:
        """The name of an entry."""
        return label_of(name, self.pack)


def named(telling: Telling) -> tuple[str, ...]:
    """The factor, red flag or option that a telling is about."""
    return (*telling.fact.present, *telling.fact.absent, *telling.fact.tried)


def _known(clause: Clause, facts: tuple[Facts, ...]) -> bool:
    return any(truth(clause, one) is Truth.YES for one in facts)


def _of(entries: Iterable[T], language: str) -> tuple[T, ...]:
    return tuple(one for one in entries if one.language == language)
