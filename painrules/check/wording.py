"""What no text of a pack may hold: doses, schedules, brands, words that address a patient."""

import re
from collections.abc import Iterator
from typing import Any

from painrules.model.base import Frozen
from painrules.model.pack import Pack

DOSE = re.compile(
    r"\b\d+([.,]\d+)?[\s-]?(mg|mcg|µg|μg|micrograms?|milligrams?|grams?|g|ml|millilitres?|iu|mme|meq|"
    r"international units)\b(?!/?\s?(of )?(body))"
    r"|\b(one|two|three|four|five|six|eight|ten|twenty|fifty|hundred|thousand) "
    r"(micrograms?|milligrams?|grams?|millilitres?)\b"
    r"|\b(two|three|four|six|\d+) (tablets?|capsules?|pills?|drops|puffs)\b",
    re.IGNORECASE,
)
SCHEDULE = re.compile(
    r"\b(once|twice|thrice|(two|three|four|five|six|\d+) times) (a|per|each|every) (day|week|night)\b"
    r"|\b(once|twice|thrice|(two|three|four|five|six|\d+) times) (daily|weekly|nightly)\b"
    r"|\b(once|twice)-(daily|weekly)\b|\btds\b|\bb\.d\.|\bq\d{1,2}h\b"
    r"|\b[bt]\.?i\.?d\b|\bq\.?i\.?d\b|\bp\.?r\.?n\b"
    r"|\bevery (\d+|two|three|four|six|eight|twelve) (hours?|days?|weeks?)\b|\bat bedtime\b",
    re.IGNORECASE,
)
BRAND = re.compile(
    r"[®™]|\b(Actiq|Advil|Aimovig|Ajovy|Aleve|Anadin|Arcoxia|Belbuca|Botox|Brufen|BuTrans|Butrans|Calpol|Celebrex|"
    r"Cymbalta|Demerol|Dilaudid|Duragesic|Durogesic|Dysport|Effexor|Elavil|Emgality|Excedrin|Fioricet|Flector|"
    r"Flexeril|Gralise|Horizant|Imigran|Imitrex|Journavx|Kadian|Lidoderm|Lioresal|Lyrica|Maxalt|Mobic|Motrin|"
    r"Naprosyn|Neurontin|Norco|Nucynta|Nurofen|Nurtec|Opana|Oramorph|OxyContin|OxyNorm|Palexia|Panadol|Pennsaid|"
    r"Percocet|Prialt|Prozac|Qutenza|Reyvow|Robaxin|Roxicodone|Savella|Sativex|Skelaxin|Suboxone|Subutex|Tegretol|"
    r"Temgesic|Topamax|Toradol|Tramacet|Trileptal|Tylenol|Ubrelvy|Ultram|Versatis|Vicodin|Vioxx|Voltaren|Voltarol|"
    r"Vyepti|Xtampza|Zanaflex|ZTlido|Zipsor|Zohydro|Zomig|Zydol)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\byou (should|must|need|ought|have to|are advised|can|may)\b"
    r"|\b(ask|tell|see|talk to|call) your (doctor|gp|clinician|pharmacist|nurse)\b"
    r"|\byour (doctor|pain|medicine|medication|tablets|treatment|symptoms|body|back)\b|\bwe recommend\b",
    re.IGNORECASE,
)
FORBIDDEN = {"a dose": DOSE, "a schedule": SCHEDULE, "a brand": BRAND, "an address": ADDRESS}
"""What no text may hold."""

EXEMPT = {"questions", "question", "statement", "title", "reference", "id", "url", "doi", "codes"}
"""Fields that hold questions of people, beliefs that are put right, names of publications, or codes."""

Steps = tuple[str | int, ...]


def texts(pack: Pack) -> Iterator[tuple[str, str, Steps, str]]:
    """Every text of a pack that readers may see: its list, its entry, the field within, and the text."""
    for steps, text in _within((), pack.header.model_dump(mode="json")):
        yield "header", pack.id, steps, text
    for table in type(pack).model_fields:
        if table != "header":
            for name, entry in getattr(pack, table).items():
                if isinstance(entry, Frozen):
                    plain = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
                    yield from ((table, name, steps, text) for steps, text in _within((), plain))


def _within(steps: Steps, value: Any) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401 - plain values
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in EXEMPT:
                yield from _within((*steps, key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _within((*steps, number), inner)


def forbidden(text: str) -> Iterator[tuple[str, str]]:
    """What a text holds that none may hold, and the words that do.

    >>> list(forbidden("Take 50 mg at bedtime."))
    [('a dose', '50 mg'), ('a schedule', 'at bedtime')]
    """
    for what, pattern in FORBIDDEN.items():
        match = pattern.search(text)
        if match:
            yield what, match.group()
