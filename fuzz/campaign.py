"""A million profiles: `python -m fuzz.campaign --number 1000000` explores that many and looks at what comes out.

A third is made of what the pack knows, many facts and conditions at once, contradictions among them; a third has words
that are misspelt, of another kind, or of no kind; a third is made of objects that no caller would give on purpose. Each
has to be refused with one of our errors, or answered so that the answer fits together; and what differs only in order,
or in how it is said, has to come to the same. The same seed makes the same profiles. The status is 1 if anything was
found.
"""

import argparse
import datetime as dt
import itertools
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from fuzz.guard import TooSlowError, limited
from fuzz.mutate import NASTY, NUMBERS
from painrules import (
    Exploration,
    Explorer,
    Mode,
    PainrulesError,
    Profile,
    ProfileError,
    Result,
    Safety,
    Status,
)
from painrules.errors import UNSAFE

Facts = dict[str, Any]
Told = tuple[object, ...]
WHOLE = 2_000
"""Of so many profiles, one is looked at as a whole: JSON and back, text, questions."""
LISTS = ("mechanism", "condition", "present", "absent", "goals", "sources", "jurisdictions")
FIELDS = ("pain_type", *LISTS, "age", "duration_months", "severity", "tried", "as_of")
OUTCOMES = ("helped", "not_enough", "not_tolerated")


class Words:
    """The words of a pack, as users would write them: ids, labels and synonyms."""

    def __init__(self, explorer: Explorer) -> None:
        pack = explorer.pack
        self.conditions = list(pack.conditions)
        self.facts = [*pack.factors, *pack.red_flag_signs]
        self.options = [*pack.interventions, *pack.categories]
        self.goals = list(pack.goals)
        self.sources = list(pack.sources)
        self.places = sorted({source.jurisdiction for source in pack.sources.values()})
        self.labels = [entry.label for entry in pack.conditions.values()]
        self.all = [*self.conditions, *self.facts, *self.options, *self.goals, *self.sources]


def known(draw: Random, words: Words) -> Facts:
    """What a pack knows: mostly a few facts, sometimes all of a kind; they may contradict each other."""
    many = draw.random() < 0.01
    count = draw.choice((0, 0, 1, 1, 2, 3, 8))
    told = draw.sample(words.facts, min(len(words.facts), 400 if many else draw.randrange(12)))
    cut = draw.randrange(len(told) + 1)
    facts: Facts = {
        "pain_type": draw.choice(("acute", "subacute", "chronic", "cancer", None)),
        "mechanism": draw.sample(("nociceptive", "neuropathic", "nociplastic"), draw.randrange(4)),
        "condition": draw.sample(words.conditions, len(words.conditions) if many else count),
        "age": draw.choice((None, None, draw.randrange(131))),
        "duration_months": draw.choice((None, None, draw.randrange(1561), draw.random() * 24)),
        "severity": draw.choice((None, None, draw.randrange(11), draw.random() * 10)),
        "present": told[:cut],
        "absent": told[cut:],
        "goals": draw.sample(words.goals, draw.choice((0, 0, 1, 3))),
    }
    if draw.random() < 0.2:
        tried = draw.sample(words.options, draw.randrange(1, 6))
        facts["tried"] = {name: draw.choice(OUTCOMES) for name in tried}
    if draw.random() < 0.05:
        facts["jurisdictions"] = draw.sample(words.places, 1)
    if draw.random() < 0.05:
        facts["as_of"] = draw.choice((2010, "2018", "2024-02", dt.date(2025, 6, 1)))
    return {name: value for name, value in facts.items() if value not in (None, [])}


def misspelt(draw: Random, words: Words) -> Facts:
    """The same with words of another kind, or with signs that do not belong into them."""
    facts = known(draw, words)
    for _ in range(draw.choice((1, 1, 2))):
        field = draw.choice(FIELDS)
        word = draw.choice(words.all if draw.random() < 0.5 else words.labels)
        match draw.randrange(5):
            case 0:
                facts[field] = word
            case 1:
                spot = draw.randint(0, len(word))
                facts[field] = [word[:spot] + draw.choice(NASTY) + word[spot:]]
            case 2:
                facts[field] = draw.choice(NASTY)
            case 3:
                facts[field] = draw.choice(NUMBERS)
            case _:
                facts[field] = {word: draw.choice((*OUTCOMES, word, True, None))}
    return facts


class Odd(str):
    """A text that lies, or breaks off."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Like anything that is not a text; else it breaks off."""
        if isinstance(other, str):  # not a type that is wrong
            raise LookupError(other)  # noqa: TRY004 - anything but what is expected
        return True

    def __hash__(self) -> int:
        """It has none."""
        raise TypeError

    def __str__(self) -> str:
        """It cannot be shown."""
        raise OSError

    __repr__ = __str__


class Unstable(dict[Any, Any]):
    """A mapping that changes while it is read."""

    def items(self) -> Any:  # noqa: ANN401 - as dict has it
        """Each entry brings another one."""
        for number in itertools.count():
            yield f"word {number}" if number % 2 else "exercise", "helped"


OBJECTS: tuple[Callable[[Random], object], ...] = (
    lambda draw: Odd(draw.choice(("chronic", "asthma", "nonsense"))),
    lambda draw: [Odd("chronic"), None, draw.random()],
    lambda _: Unstable(exercise="helped"),
    lambda draw: (draw.choice(("chronic", "asthma")) for _ in itertools.count()),
    lambda draw: iter([draw.choice(NASTY)]),
    lambda _: object(),
    lambda _: [[["chronic"]]],
    lambda draw: 10 ** draw.randrange(1, 6_000),
    lambda draw: -(10 ** draw.randrange(1, 400)),
    lambda draw: draw.choice((float("nan"), float("inf"), -0.0, 5e-324, 1e308)),
    lambda draw: Decimal(draw.choice(("7", "NaN", "Infinity"))),
    lambda draw: draw.choice((True, False, b"chronic", bytearray(b"x"), range(10**9), 3j)),
    lambda draw: {1, "a", None, draw.random()},
    lambda draw: {None: draw.choice(OUTCOMES), ("a",): 1},
    lambda draw: draw.choice(NASTY) * draw.choice((1, 3, 5_000)),
    lambda draw: draw.choice((Mode.EXPLORE, Status.SUPPORTED, Safety.AVOID, Profile, len)),
    lambda draw: dt.datetime(draw.randrange(1, 9999), 1, 1),  # noqa: DTZ001 - a day is what is wanted
    lambda _: "x" * 100_000,
)


def hostile(draw: Random, words: Words) -> Facts:
    """A few facts that are known, and some that nobody would give on purpose."""
    facts = known(draw, words) if draw.random() < 0.3 else {}
    for field in draw.sample(FIELDS, draw.choice((1, 1, 2, 4, len(FIELDS)))):
        facts[field] = draw.choice(OBJECTS)(draw)
    return facts


MAKERS: Mapping[str, Callable[[Random, Words], Facts]] = {
    "known": known,
    "misspelt": misspelt,
    "hostile": hostile,
}


def said(result: Exploration) -> Told:
    """What an exploration comes to."""
    outcomes = result.resolution.outcomes
    return (result.mode, result.listed, result.deferred, tuple(outcomes.items()))


def fits(result: Exploration) -> None:
    """What has to hold of every answer."""
    resolution, outcomes = result.resolution, result.resolution.outcomes
    listed, deferred, mode = result.listed, result.deferred, result.mode
    assert not (listed and mode is not Mode.EXPLORE), "listed although something comes first"
    assert (mode is Mode.EVALUATE_FIRST) == bool(resolution.red_flags), "mode and red flags"
    assert not (listed and deferred), "listed and deferred"
    assert len(set(listed)) == len(listed), "listed twice"
    for name in (*listed, *deferred):
        one = outcomes[name]
        assert one.supported, name
        assert resolution.safety(name) is not Safety.CONTRAINDICATED, name
        each = [decided.status for _, decided in one.by_mechanism] or [one.status]
        assert Status.SUPPORTED in each, name
    for ask in resolution.asked:
        certain, in_force, possible = ask.sets
        assert not certain & ~in_force, "certain, but not in force"
        assert not in_force & ~possible, "in force, but not possible"


def shuffled(facts: Facts, draw: Random) -> Facts:
    """The same facts in another order."""
    found: Facts = {}
    for name in draw.sample(list(facts), len(facts)):
        value = facts[name]
        if isinstance(value, list):
            value = draw.choice((list, tuple, iter))(draw.sample(value, len(value)))
        elif isinstance(value, dict):
            value = dict(draw.sample(list(value.items()), len(value)))
        found[name] = value
    return found


def whole(result: Exploration) -> None:
    """What takes long to look at."""
    text = result.to_json()
    assert Result.from_json(text) == result.record, "JSON and back"
    assert result.again(result.profile).to_json() == text, "once more"
    assert not UNSAFE.search(str(result)), "signs that a terminal obeys"
    spoken = {view.id for view in result}
    assert set(result.listed) <= spoken, "listed, but not spoken of"


def one(explorer: Explorer, kind: str, draw: Random, words: Words, number: int) -> bool:
    """Explores one profile; whether it was refused.

    Raises:
        AssertionError: If the answer does not fit together.
    """
    facts = MAKERS[kind](draw, words)
    try:
        result = explorer.explore(**facts)
    except PainrulesError as error:
        text = str(error)
        assert not UNSAFE.search(text), "signs that a terminal obeys, in a message"
        assert len(text) < 200_000, "a message without end"
        if kind == "known":
            assert refused(explorer, shuffled(facts, draw)) == text, "refused in other words"
        return True
    fits(result)
    if number % 8 == 0 and kind == "known":
        first = said(result)
        assert said(explorer.explore(**shuffled(facts, draw))) == first, "order matters"
        assert said(result.again(Profile(**result.profile.to_dict()))) == first, "said otherwise"
        unknown = f"no such word {number}"
        field = draw.choice(LISTS)
        more = {**facts, field: [*facts.get(field, []), unknown]}
        assert unknown in refused(explorer, more), "an unknown word was taken"
    if number % WHOLE == 0:
        whole(result)
    return False


def refused(explorer: Explorer, facts: Facts) -> str:
    """The error that facts come to."""
    try:
        explorer.explore(**facts)
    except ProfileError as error:
        return str(error)
    return ""


def main() -> int:
    """Does what the options say."""
    parser = argparse.ArgumentParser(description="Explores very many profiles.")
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="End after so long.")
    asked = parser.parse_args()
    explorer = Explorer()
    words = Words(explorer)
    tried: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    found: Counter[str] = Counter()
    begun, end = time.process_time(), time.monotonic() + 60 * asked.minutes
    for number in range(asked.number):
        if time.monotonic() > end:
            break
        kind = tuple(MAKERS)[number % len(MAKERS)]
        draw = Random(f"{asked.seed} {number}")  # noqa: S311 - inputs, no secrets
        try:
            with limited(0):
                gone[kind] += one(explorer, kind, draw, words, number)
        except (Exception, TooSlowError) as error:  # noqa: BLE001 - whatever it is, it is a finding
            told = f"{type(error).__name__}: {error!s:.200}"
            if told not in found:
                sys.stderr.write(f"{kind} {asked.seed} {number}: {told}\n")
            found[told] += 1
        tried[kind] += 1
    spent = time.process_time() - begun
    for kind, count in tried.items():
        sys.stdout.write(f"{kind}: {count:,} tried, {gone[kind]:,} refused\n")
    sys.stdout.write(
        f"all: {tried.total():,} profiles in {spent:,.0f} seconds of processor time; "
        f"{len(found)} kinds of findings\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
