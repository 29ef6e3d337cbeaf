"""The slots of texts for teaching: each one is known, so that no text comes out half filled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from painrules.errors import Problem, enumerated, near_miss, shown
from painrules.model.teaching import Taught, slots_of, stray_brace
from painrules.packs.gather import Located

SLOTS: dict[str, tuple[str, ...]] = {
    "lives": (),
    "portraits": ("name", "duration"),
    "tellings": ("name",),
    "stems": ("fact", "items", "statement", "option"),
}
"""The slots of each list, besides the words of people. Those of phrases stand in `PHRASES`."""

TOLD = ("lives", "portraits", "tellings")
"""Lists whose texts may use the words of people."""

PHRASES: dict[str, tuple[str, ...]] = {
    "opening": ("name", "age", "life"),
    "severity": ("name", "severity"),
    "days": ("count",),
    "weeks": ("count",),
    "months": ("count",),
    "years": ("count",),
    "known": ("facts",),
    "known_nothing": (),
    "known_age": ("age",),
    "known_tried": ("option", "outcome"),
    "helped": (),
    "not_enough": (),
    "not_tolerated": (),
    "comma": (),
    "last_comma": (),
    "yes": (),
    "no": (),
    "first": (),
    "adjunct": (),
    "second": (),
    "third": (),
    "later": (),
    "rescue": (),
    "unspecified": (),
    "biological": (),
    "psychological": (),
    "social": (),
    "spiritual": (),
    "emergency": (),
    "urgent": (),
    "soon": (),
    "not_at_all": (),
    "is_supported": ("option", "line"),
    "is_opposed": ("option",),
    "speaks_for": ("option",),
    "speaks_against": ("option",),
    "cites": ("because", "cited", "rule"),
    "mechanism_yes": ("label",),
    "mechanism_no": ("definition",),
    "category_yes": ("category", "option"),
    "category_no": ("category",),
    "category_against": ("category", "option"),
    "care_yes": ("option", "severity"),
    "care_no": ("option",),
    "monitor": (),
    "caution": (),
    "avoid": (),
    "contraindicated": (),
    "flag_yes": (),
    "flag_no": ("features",),
    "urgency_no": ("urgency",),
    "asks_yes": ("count",),
    "domain_is": ("option", "domain"),
    "category_is": ("option", "category"),
    "line_is": ("option", "line"),
    "misconception": ("correction", "cited"),
    "statement_true": (),
    "statement_false": (),
    "source_yes": ("title",),
    "source_no": ("option", "title"),
}
"""The phrases that cases and questions are built from, each with its slots."""


def phrase_name(name: str, language: str) -> str:
    """The phrase that an id means: a translation writes its language before it.

    >>> phrase_name("de_opening", "de")
    'opening'
    """
    return name.removeprefix(f"{language.lower().replace('-', '_')}_")


def check_slots(
    records: Iterable[Located], tables: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """A problem for each slot that nothing fills, each stray brace, and each phrase that nothing uses."""
    shared = _words_of_people(tables["people"].values())
    for item in records:
        record = item.record
        if not isinstance(record, Taught):
            continue
        known = (
            *SLOTS.get(item.section, ()),
            *(shared.get(record.language, ()) if item.section in TOLD else ()),
        )
        if item.section == "phrases":
            name = phrase_name(record.id, record.language)
            if name not in PHRASES:
                near = near_miss(name, PHRASES)
                hint = (
                    f"did you mean '{near}'?" if near else f"the phrases are {', '.join(PHRASES)}"
                )
                yield item.problem(("id",), f"no text is built from {shown(name)}", hint)
                continue
            known = PHRASES[name]
        yield from _of_texts(item, record, known)


def _of_texts(item: Located, record: Taught, known: tuple[str, ...]) -> Iterator[Problem]:
    fill = frozenset(known)
    for steps, text in record.templates():
        if stray_brace(text):
            yield item.problem(
                steps, "a brace stands alone", "a slot is a word in braces, such as {name}"
            )
        for slot in slots_of(text):
            if slot not in fill:
                near = near_miss(slot, known)
                several = (
                    f"the slots are {enumerated(known)}" if known else "there are no slots here"
                )
                hint = f"did you mean '{{{near}}}'?" if near else several
                yield item.problem(steps, f"'{{{slot}}}' is not a slot here", hint)


def _words_of_people(people: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """For each language the words that all of its people have."""
    found: dict[str, tuple[str, ...]] = {}
    for person in people:
        mine = person.words
        before = found.get(person.language)
        found[person.language] = tuple(w for w in (mine if before is None else before) if w in mine)
    return found
