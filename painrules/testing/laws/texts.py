"""Laws about what a pack says in words, and where it has it from."""

from collections.abc import Iterable, Iterator

from painrules.check.static.cited import uncited
from painrules.check.wording import forbidden, texts
from painrules.explore import Explorer, OptionView
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.result import CautionView, PositionView, StepView
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.laws.trial import Trial, explored
from painrules.testing.soundness import crossings


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


def law_17_pack(explorer: Explorer) -> None:
    """L17, for a pack: every entry has a source if any of its list has one, and every source is used.

    Raises:
        LawError: If an entry has none, or a source is not used.
    """
    trial = Trial("L17 every entry has a source, every source is used", explorer)
    pack = explorer.pack
    bare = [f"{table}: {name}" for table, name in uncited(pack)]
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
        f"{table} {name}, {'.'.join(map(str, steps))}: {what}: {words!r} in {text!r}"
        for table, name, steps, text in texts(explorer.pack)
        for what, words in forbidden(text)
    ]
    trial.require(not found, "\n    ".join([f"{len(found)} texts", *found]))
