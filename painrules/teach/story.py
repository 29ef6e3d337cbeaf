"""Stories: a person, a portrait and facts, drawn so that they fit together, and told as one text."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from painrules.cached import cached_property
from painrules.explain import told_value
from painrules.model.conditions import Range
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import ExampleProfile
from painrules.model.teaching import Life, Person, Portrait, Telling, filled
from painrules.packs.examples import profile_of
from painrules.teach.book import Book
from painrules.teach.draw import Draw

DAYS, WEEKS = 30.4375, 4.348
"""Days and weeks in a month."""
LONGEST_IN_DAYS, LONGEST_IN_WEEKS = 0.5, 3
"""Up to how many months a range is told in days, and in weeks."""
OLDEST = 94

Choice = Callable[[list[Telling]], tuple[Telling, ...] | None]
"""Chooses the facts of a story among those that fit; None: there is nothing to choose."""


@dataclass(frozen=True)
class Fact:
    """A fact that a story tells, and the sentence that tells it."""

    telling: Telling
    sentence: str
    opposite: bool = False
    """Whether the opposite is told."""

    @property
    def said(self) -> ExampleProfile:
        """The fact."""
        if not self.opposite:
            return self.telling.fact
        if self.telling.otherwise_fact is not None:
            return self.telling.otherwise_fact
        fact = self.telling.fact
        return ExampleProfile(present=fact.absent, absent=fact.present)


@dataclass(frozen=True)
class Story:
    """One pain problem of one invented person, and the profile that says the same."""

    book: Book
    person: Person
    portrait: Portrait
    profile: Profile
    opening: str
    body: str
    facts: tuple[Fact, ...] = ()

    @cached_property
    def text(self) -> str:
        """The story as one paragraph."""
        parts = [self.opening, self.body, *(fact.sentence for fact in self.facts)]
        return " ".join(part for part in parts if part)

    def known(self, *, hide: tuple[str, ...] = ()) -> str:
        """What is known, as one line in the words of the pack."""
        told = known_facts(self.profile, self.book, hide)
        if not told:
            return self.book.say("known_nothing")
        return self.book.say("known", facts="; ".join(told))


def known_facts(profile: Profile, book: Book, hide: tuple[str, ...] = ()) -> list[str]:
    """Pain type, condition, mechanism, age and other facts, each in a few words."""
    pack = book.pack
    told = [told_value(profile.pain_type.value, pack)] if profile.pain_type else []
    told += [told_value(name, pack) for name in sorted(profile.conditions)]
    if "mechanism" not in hide:
        told += [told_value(one.value, pack) for one in sorted(profile.mechanisms)]
    if profile.age_years is not None:
        told.append(book.say("known_age", age=str(profile.age_years)))
    told += [told_value(name, pack) for name, so in profile.factors.items() if so]
    told += [
        book.say("known_tried", option=told_value(name, pack), outcome=book.say(outcome.value))
        for name, outcome in profile.tried.items()
    ]
    return told


def draw_profile(portrait: Portrait, pack: Pack, draw: Draw) -> tuple[Profile, str]:
    """The profile of a portrait with its numbers drawn, and the duration as ``count:unit``."""
    profile = profile_of(portrait.profile, pack)
    changes: dict[str, Any] = {}
    if portrait.age_years is not None:
        changes["age_years"] = _whole(portrait.age_years, OLDEST, draw)
    duration = ""
    if portrait.duration_months is not None:
        changes["duration_months"], duration = draw_duration(portrait.duration_months, draw)
    if portrait.severity is not None:
        changes["severity"] = _whole(portrait.severity, 10, draw)
    return profile.with_(**changes), duration


def _whole(span: Range, most: int, draw: Draw) -> int:
    low = ceil(span.min or 0)
    high = floor(most if span.max is None else span.max)
    return draw.between(low, max(low, high))


def draw_duration(span: Range, draw: Draw) -> tuple[float, str]:
    """A duration in months, and the same as ``count:unit``; never one of anything, which languages say differently.

    >>> draw_duration(Range(min=24, max=24), Draw(1))
    (24, '2:years')
    """
    low = span.min or 0
    high = low + 24 if span.max is None else span.max
    if high < LONGEST_IN_DAYS:
        days = draw.between(max(2, ceil(low * DAYS)), max(2, floor(high * DAYS)))
        return round(days / DAYS, 3), f"{days}:days"
    if high < LONGEST_IN_WEEKS:
        weeks = draw.between(max(2, ceil(low * WEEKS)), max(2, floor(high * WEEKS)))
        return round(weeks / WEEKS, 3), f"{weeks}:weeks"
    months = draw.between(max(2, ceil(low)), max(2, floor(high)))
    if months >= 24 and months // 12 * 12 >= low:  # noqa: PLR2004 - two years
        return months // 12 * 12, f"{months // 12}:years"
    return months, f"{months}:months"


def draw_person(book: Book, draw: Draw, suits: set[str]) -> Person:
    """Somebody whom the story fits; pack loading makes sure that there is somebody."""
    return draw.pick([one for one in book.people if suits <= set(one.suits)])


def draw_life(book: Book, draw: Draw, profile: Profile, ages: tuple[int, ...]) -> Life | None:
    """What somebody of these ages with this profile may do."""
    fitting = [
        one
        for one in book.lives
        if all((one.age_years.min or 0) <= age <= (one.age_years.max or OLDEST) for age in ages)
        and book.fits_life(one, profile)
    ]
    return draw.pick(fitting) if fitting else None


def fact_told(telling: Telling, person: Person, draw: Draw, *, opposite: bool = False) -> Fact:
    """A fact, told of somebody."""
    text = telling.otherwise if opposite and telling.otherwise else draw.pick(telling.text)
    return Fact(telling, filled(text, words_of(person)), opposite)


def words_of(person: Person) -> dict[str, str]:
    """What fills the slots of a person."""
    return {"name": person.label, **person.words}


def with_fact(profile: Profile, fact: ExampleProfile, pack: Pack) -> Profile:
    """A profile with one fact more."""
    more = profile_of(fact, pack)
    return profile.with_(
        factors={**profile.factors, **more.factors},
        red_flags={**profile.red_flags, **more.red_flags},
        tried={**profile.tried, **more.tried},
    )


def tell(  # noqa: PLR0913, PLR0917 - what a story is made of
    book: Book,
    draw: Draw,
    portrait: Portrait,
    profile: Profile,
    duration: str,
    tellings: tuple[Telling, ...] = (),
    *,
    life_fits: tuple[int, ...] = (),
) -> Story:
    """A story told: who it is about, what hurts, and the facts, in this order."""
    suits = set(portrait.suits).union(*(one.suits for one in tellings))
    person = draw_person(book, draw, suits)
    facts = tuple(fact_told(one, person, draw) for one in tellings)
    for fact in facts:
        profile = with_fact(profile, fact.said, book.pack)
    words = words_of(person)
    if duration:
        count, _, unit = duration.partition(":")
        words["duration"] = book.say(unit, count=count)
    opening = ""
    if profile.age_years is not None:
        life = draw_life(book, draw, profile, (profile.age_years, *life_fits))
        if life is not None:
            told = filled(life.text, words)
            opening = book.say(
                "opening", draw, name=person.label, age=str(profile.age_years), life=told
            )
    body = filled(draw.pick(portrait.text), words)
    if profile.severity is not None:
        number = f"{profile.severity:g}"
        body += " " + book.say("severity", draw, name=person.label, severity=number)
    return Story(book, person, portrait, profile, opening, body, facts)


def draw_story(
    book: Book, draw: Draw, portrait: Portrait, choose: Choice | None = None
) -> Story | None:
    """A story of a portrait, with facts that are chosen among those that fit; None if the choice finds none."""
    profile, duration = draw_profile(portrait, book.pack, draw)
    chosen: tuple[Telling, ...] = ()
    if choose is not None:
        fitting = [
            one for one in book.tellings if book.fits(one, profile) and _suited(book, portrait, one)
        ]
        found = choose(fitting)
        if found is None:
            return None
        chosen = found
    return tell(book, draw, portrait, profile, duration, chosen)


def _suited(book: Book, portrait: Portrait, telling: Telling) -> bool:
    """Whether there is somebody whom both fit."""
    wanted = {*portrait.suits, *telling.suits}
    return any(wanted <= set(one.suits) for one in book.people)
