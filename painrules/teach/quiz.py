"""Sets of questions whose keys come from the rules."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from painrules.cached import cached_property
from painrules.errors import UnknownWordError
from painrules.explore import Explorer
from painrules.given import indented, plain_text, several
from painrules.model.base import distinct
from painrules.model.result import PackRef
from painrules.render.markdown import escaped
from painrules.teach.about import in_words
from painrules.teach.book import TeachError
from painrules.teach.draw import Deck, Draw
from painrules.teach.flaws import flaws
from painrules.teach.item import Item, QuizRecord
from painrules.teach.kinds import Bench, Draft, maker
from painrules.teach.wanted import how_many, seed_of
from painrules.vocab import ItemForm, ItemKind, ItemKindWord

ATTEMPTS = 60
"""How often a question of one kind is tried before that kind is given up."""
PICKY = 45
"""How many of these attempts refuse a right answer that is the longest, or the shortest, once too often."""
MISSES = 400
"""How many stories may have nothing to ask for a kind, before it is given up: few kinds of pain have a later line."""
FRESH = 12
"""How many of these attempts ask for something that the set does not ask yet, not only for other words."""


class Quiz:
    """A set of questions, which shows itself as a worksheet; `painrules.teach.export` writes it for other programs.

    >>> from painrules import teach
    >>> questions = teach.quiz(4, seed=7, about="neuropathic")
    >>> len(questions), len({item.stem for item in questions})
    (4, 4)
    """

    def __init__(self, record: QuizRecord) -> None:
        self.record = record
        """Everything, as plain data."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions."""
        return self.record.items

    @property
    def notice(self) -> str:
        """What stands first in every format."""
        return self.record.notice

    @cached_property
    def signature(self) -> str:
        """Which pack the keys come from."""
        pack = self.record.pack
        return f"Pack {pack.id} {pack.version}, digest {pack.digest[:16]}, seed {self.record.seed}."

    def __len__(self) -> int:
        """How many questions there are."""
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        """The questions."""
        return iter(self.items)

    def __getitem__(self, place: int) -> Item:
        """The question at a place, from 0."""
        return self.items[place]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return self.record.model_dump(mode="json")

    def to_json(self, *, indent: int | None = 2) -> str:
        """Everything as JSON."""
        return self.record.model_dump_json(indent=indented(indent))

    @classmethod
    def from_json(cls, text: str | bytes) -> "Quiz":
        """Reads a set back, so that questions that were edited by hand can be exported.

        Raises:
            PainrulesError: If the text is no set of questions.
        """
        return cls(QuizRecord.from_json(text))

    def __str__(self) -> str:
        """The questions as students see them."""
        return "\n\n".join([self.notice, *(f"{n}. {item}" for n, item in enumerate(self, start=1))])

    def to_markdown(self) -> str:
        """The questions as students see them, as Markdown, with the notice; `export` writes the key too."""
        parts = [f"> {escaped(self.notice)}\n"]
        parts += [f"#### {n}\n\n{item.to_markdown()}" for n, item in enumerate(self, start=1)]
        parts.append(f"*{escaped(self.signature)}*\n")
        return "\n".join(parts)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __repr__(self) -> str:
        """Short: how many questions."""
        return f"<Quiz of {len(self)} questions, seed {self.record.seed}>"

    def __eq__(self, other: object) -> bool:
        """Whether two sets say the same."""
        return isinstance(other, Quiz) and self.record == other.record

    def __hash__(self) -> int:
        """By its questions."""
        return hash(tuple(item.id for item in self.items))


def quiz(  # noqa: PLR0913 - what questions are wanted, each by name
    n: int = 10,
    seed: int | str = 0,
    kinds: ItemKindWord | ItemKind | Iterable[ItemKindWord | ItemKind] | None = None,
    *,
    about: str | Iterable[str] | None = None,
    language: str = "en",
    title: str | None = None,
    explorer: Explorer | None = None,
) -> Quiz:
    """Draws questions. The same arguments and pack give the same questions, byte for byte.

    Args:
        n: How many, 10,000 at most.
        seed: A number or word; another one gives other questions.
        kinds: One kind or several, which take turns; left out, all of them.
        about: A pain type, a mechanism or a condition, or several that must all fit.
        language: The language of stories and questions.
        title: What the set is called.
        explorer: An explorer of the pack that is asked about; left out, that of the core pack.

    Returns:
        The questions: no two with the same stem, each with a key that follows from the rules.

    Raises:
        TeachError: If there are not that many; it says how many there are.
        ProfileError: If a word in `about` is unknown.
        UnknownWordError: If there is no such kind.
        ArgumentError: If an argument is of another kind, or out of bounds.

    >>> quiz(3, seed=1, kinds="first_line") == quiz(3, seed=1, kinds="first_line")
    True
    """
    n, seed = how_many(n), seed_of(seed)
    title = plain_text("title", "" if title is None else title)
    asked = kinds_of(kinds)
    bench = Bench(explorer, language, about)
    items = _drawn(bench, n, Draw("quiz", seed, language), asked)
    if len(items) < n:
        _refuse(n, items, bench.about, asked)
    pack = bench.explorer.pack
    subject = ", ".join(bench.about)
    return Quiz(
        QuizRecord(
            title=title or f"painrules: {subject or 'pain'}",
            notice=pack.notice,
            pack=PackRef(id=pack.id, version=pack.version, digest=pack.digest),
            language=language,
            seed=seed,
            items=tuple(items),
        )
    )


def kinds_of(
    given: ItemKindWord | ItemKind | Iterable[ItemKindWord | ItemKind] | None,
) -> tuple[ItemKind, ...]:
    """The kinds that words stand for; all of them where nothing is given.

    Raises:
        UnknownWordError: If there is no such kind.
    """
    if given is None:
        return tuple(ItemKind)
    words = several("kinds", given)
    known = [kind.value for kind in ItemKind]
    for word in words:
        if word not in known:
            raise UnknownWordError(word, "kind of question", known)
    return distinct(ItemKind(str(word)) for word in words) or tuple(ItemKind)


def _refuse(n: int, items: list[Item], about: tuple[str, ...], asked: tuple[ItemKind, ...]) -> None:
    subject = in_words(about)
    kinds = "" if len(asked) == len(ItemKind) else f" of the kinds {', '.join(asked)}"
    msg = (
        f"only {len(items)} of {n} questions{kinds}{subject} could be made without repeating one\n"
        "    hint: ask for fewer, for more kinds, or for a broader subject"
    )
    raise TeachError(msg)


class _Places:
    """Where right answers stand, so that no place has more of them than another; and which statements are true."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._decks: dict[int, Deck[int]] = {}
        self._lengths: dict[ItemKind, tuple[int, int, int]] = {}
        self._truth = Deck(draw, (True, False))
        self.true = self._truth.next()

    def place(self, answers: int) -> int:
        """The place of the next right answer among so many."""
        return self._decks.setdefault(answers, Deck(self._draw, range(answers))).next()

    def fair(self, item: Item) -> bool:
        """Whether the right answers of this kind would still not stand out by their lengths, taken together."""
        marks, share = _marks(item)
        total, longest, shortest = self._lengths.get(item.kind, (0, 0, 0))
        most = (total + 1) * share + 1
        return longest + marks[0] <= most and shortest + marks[1] <= most

    def taken(self, item: Item) -> None:
        """A question was taken."""
        marks, _ = _marks(item)
        total, longest, shortest = self._lengths.get(item.kind, (0, 0, 0))
        self._lengths[item.kind] = (total + 1, longest + marks[0], shortest + marks[1])

    def said(self) -> None:
        """A true-or-false question was taken; the next one is drawn anew."""
        self.true = self._truth.next()


def _marks(item: Item) -> tuple[tuple[bool, bool], float]:
    """Whether the right answer alone is the longest, or the shortest; and how often that would be chance."""
    if item.form is not ItemForm.SINGLE:
        return (False, False), 1.0
    right = next(len(one.text) for one in item.answers if one.right)
    wrong = [len(one.text) for one in item.answers if not one.right]
    return (right > max(wrong), right < min(wrong)), 1 / len(item.answers)


def _drawn(bench: Bench, n: int, draw: Draw, asked: tuple[ItemKind, ...]) -> list[Item]:
    items: list[Item] = []
    stems: set[str] = set()
    cores: set[tuple[object, ...]] = set()
    places = _Places(draw)
    waiting = Deck(draw, asked)
    dry: set[ItemKind] = set()
    while len(items) < n and len(dry) < len(asked):
        kind = waiting.next()
        if kind in dry:
            continue
        item = _one(bench, draw, kind, places, (stems, cores))
        if item is None:
            dry.add(kind)
            continue
        stems.add(item.stem)
        cores.add(core_of(item))
        items.append(item)
    return items


def core_of(item: Item) -> tuple[object, ...]:
    """What a question asks, whatever the words: kind, conditions and right answers."""
    about = tuple(item.profile.get("conditions", ()))
    return (
        item.kind,
        item.about,
        about,
        item.subject,
        item.keys,
        tuple(sorted(pair.id for pair in item.pairs)),
        tuple(step.id for step in item.steps),
    )


def _one(
    bench: Bench,
    draw: Draw,
    kind: ItemKind,
    places: _Places,
    taken: tuple[set[str], set[tuple[object, ...]]],
) -> Item | None:
    """A question of a kind that is sound and new; None if there is none more."""
    make = maker(kind, true=places.true)
    tree = bench.explorer.pack.intervention_tree
    stems, cores = taken
    attempt = misses = -1
    while attempt < ATTEMPTS and misses < MISSES:
        bench.begin(kind)
        draft = make(bench, draw)
        if draft is None:
            misses += 1
            continue
        attempt += 1
        item = finished(bench, draw, draft)
        if item.stem in stems or (attempt < FRESH and core_of(item) in cores):
            continue
        if flaws(item, tree) or (attempt < PICKY and not places.fair(item)):
            continue
        places.taken(item)
        if kind is ItemKind.TRUE_FALSE:
            places.said()
        bench.succeeded()
        return _placed(item, places, draw)
    return None


def finished(bench: Bench, draw: Draw, draft: Draft) -> Item:
    """A draft as a question; answers are not yet in place."""
    profile = draft.profile.to_dict()
    question = bench.question(draft, draw)
    story = draft.story.text if draft.story else ""
    content = {
        "kind": draft.stem.kind.value,
        "story": story,
        "question": question,
        "answers": sorted(one.id for one in draft.answers),
        "pairs": sorted(one.id for one in draft.pairs),
        "steps": [one.id for one in draft.steps],
        "profile": profile,
        "subject": draft.subject,
    }
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return Item(
        id=f"{draft.stem.kind.value}-{digest}",
        kind=draft.stem.kind,
        about=draft.stem.about,
        form=draft.form,
        story=story,
        known=draft.known,
        question=question,
        answers=draft.answers,
        pairs=draft.pairs,
        steps=draft.steps,
        feedback=draft.feedback,
        bloom=draft.stem.bloom,
        objective=draft.stem.objective,
        profile=profile,
        subject=draft.subject,
    )


def _placed(item: Item, places: _Places, draw: Draw) -> Item:
    """The question with its answers in a drawn order; right ones stand in every place equally often."""
    if item.form is ItemForm.SINGLE:
        right = [one for one in item.answers if one.right]
        answers = draw.shuffled(one for one in item.answers if not one.right)
        answers.insert(places.place(len(item.answers)), right[0])
        return item.model_copy(update={"answers": tuple(answers)})
    if item.form is ItemForm.MULTIPLE:
        return item.model_copy(update={"answers": tuple(draw.shuffled(item.answers))})
    return item
