"""Laws about what a pack says in words, and where it has it from."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from painrules.explore import Explorer, OptionView
from painrules.model.base import Frozen
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.result import CautionView, PositionView, StepView
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.laws.trial import Trial, explored
from painrules.testing.soundness import crossings

DOSE = re.compile(
    r"\b\d+([.,]\d+)?\s?(mg|mcg|µg|μg|micrograms?|milligrams?|grams?|g|ml|millilitres?|iu|mme|meq|"
    r"international units)\b(?!/?\s?(of )?(body))",
    re.IGNORECASE,
)
SCHEDULE = re.compile(
    r"\b(once|twice|thrice|(two|three|four|five|six|\d+) times) (a|per|each|every) (day|week|night)\b"
    r"|\b(once|twice) (daily|weekly)\b|\b[bt]\.?i\.?d\b|\bq\.?i\.?d\b|\bp\.?r\.?n\b"
    r"|\bevery (\d+|two|three|four|six|eight|twelve) (hours?|days?|weeks?)\b|\bat bedtime\b",
    re.IGNORECASE,
)
BRAND = re.compile(
    r"[®™]|\b(Advil|Aleve|Botox|Butrans|Celebrex|Cymbalta|Duragesic|Dysport|Effexor|Elavil|Fioricet|Gralise|"
    r"Horizant|Imitrex|Lidoderm|Lioresal|Lyrica|Mobic|Motrin|Naprosyn|Neurontin|Norco|Nucynta|OxyContin|Percocet|"
    r"Qutenza|Roxicodone|Savella|Suboxone|Sativex|Tegretol|Topamax|Toradol|Trileptal|Tylenol|Ultram|Vicodin|"
    r"Voltaren|Xtampza|Zanaflex|Zipsor|Zohydro)\b"
)
ADDRESS = re.compile(
    r"\byou (should|must|need|ought|have to|are advised)\b|\b(ask|tell|see|talk to|call) your (doctor|clinician)\b"
    r"|\byour (doctor|pain|medicine|medication|treatment|symptoms)\b|\bwe recommend\b",
    re.IGNORECASE,
)
FORBIDDEN = {"a dose": DOSE, "a schedule": SCHEDULE, "a brand": BRAND, "an address": ADDRESS}
"""What no text may hold."""

EXEMPT = {"questions", "question", "statement", "title", "reference", "id", "url", "doi", "codes"}
"""Fields that hold questions of people, beliefs that are put right, names of publications, or codes."""


def law_13(explorer: Explorer) -> None:
    """L13: no inference leads from intensity to pain type, or back; a band counts as its number.

    Raises:
        LawError: If one does.
    """
    pack = explorer.pack
    trial = Trial("L13 intensity says nothing of the pain type", explorer)
    found = crossings(pack, pack.inferences.values())
    trial.require(not found, f"inference leads {', '.join(found)}")


def law_17(
    explorer: Explorer, profile: Profile, lens: Lens = EVERYTHING, *, names: Iterable[str] = ()
) -> None:
    """L17: every line of output has a source.

    Args:
        explorer: An explorer of the pack.
        profile: The profile.
        lens: Who speaks.
        names: Interventions that are looked at besides the options of the result.

    Raises:
        LawError: If a line has none.
    """
    trial = Trial("L17 every line of output has a source", explorer, profile, lens)
    result = explored(explorer, profile, lens)
    for view in (*result.options, *(result[name] for name in names)):
        _is_sourced(trial, view)
    sources = explorer.pack.sources
    for flag in result.red_flags:
        trial.equal(f"{flag.id} is cited", sources[flag.source].cited, flag.cited)
    for item in result.inferred:
        rules = [explorer.pack.inferences[name] for name in item.rules]
        trial.require(rules, f"{item.attribute} is inferred from no rule")
        trial.equal(f"{item.attribute} is cited", sources[rules[0].source].cited, item.cited)
    for disagreement in result.disagreements:
        both = disagreement.supports and disagreement.opposes
        trial.require(both, f"on {disagreement.option} only one side is named")


def _is_sourced(trial: Trial, view: OptionView) -> None:
    sources = trial.explorer.pack.sources
    lines: list[PositionView | CautionView | StepView] = [*view.positions, *view.also_said]
    lines += [*view.cautions, *view.ask_about, *view.after]
    for line in lines:
        trial.equal(f"{view.id}, {line.id} is cited", sources[line.source].cited, line.cited)
        trial.require(line.because, f"{view.id}, {line.id} does not say why")
    expected = sorted({line.source for line in lines})
    trial.equal(f"the sources of {view.id}", expected, [source.id for source in view.sources])
    silent = view.status.value == "not_mentioned"
    trial.require(
        silent is not bool(view.positions), f"{view.id} is {view.status} by {view.positions}"
    )


SOURCED = (
    "interventions",
    "conditions",
    "factors",
    "red_flag_signs",
    "relations",
    "misconceptions",
)
"""The tables of a pack whose entries cite sources."""


def law_17_pack(explorer: Explorer) -> None:
    """L17, for a pack: every entry that is shown has a source, and every source is used.

    Raises:
        LawError: If an entry has none, or a source is not used.
    """
    trial = Trial("L17 every entry has a source, every source is used", explorer)
    pack = explorer.pack
    bare = [
        f"{table}: {name}"
        for table in SOURCED
        for name, entry in getattr(pack, table).items()
        if not entry.sources
    ]
    trial.require(not bare, f"without a source: {', '.join(bare)}")
    unused = sorted(set(pack.sources) - set(_cited(pack)))
    trial.require(not unused, f"not used: {', '.join(unused)}")


def _cited(pack: Pack) -> Iterator[str]:
    for rule in pack.rules:
        yield rule.source
    for table in type(pack).model_fields:
        if table not in {"header", "sources"}:
            for entry in getattr(pack, table).values():
                yield from getattr(entry, "sources", ())
                yield from getattr(entry, "correction_sources", ())
                yield from [entry.source] if hasattr(entry, "source") else []


def law_23(explorer: Explorer) -> None:
    """L23: no text holds a dose, a schedule or a brand, or addresses a patient.

    Raises:
        LawError: If one does.
    """
    trial = Trial("L23 no text holds a dose, a schedule, a brand, or an address", explorer)
    found = [
        f"{where}: {what}: {match.group()!r} in {text!r}"
        for where, text in _texts(explorer.pack)
        for what, pattern in FORBIDDEN.items()
        if (match := pattern.search(text))
    ]
    trial.require(not found, "\n    ".join([f"{len(found)} texts", *found]))


def _texts(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text of a pack that readers may see, with the entry and field it stands in."""
    yield from _within("pack", pack.header.model_dump(mode="json"))
    for table in type(pack).model_fields:
        if table != "header":
            for name, entry in getattr(pack, table).items():
                if isinstance(entry, Frozen):
                    dumped = entry.model_dump(mode="json", exclude_defaults=True)
                    yield from _within(f"{table} {name}", dumped)


def _within(where: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - plain values
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in EXEMPT:
                yield from _within(f"{where}, {key}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(where, inner)
