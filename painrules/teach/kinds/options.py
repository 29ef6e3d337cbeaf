"""Questions about options: first and later line, what is spoken against, what calls for care."""

from painrules.explore import Exploration
from painrules.explore.option import OptionView
from painrules.model.rule import Caution
from painrules.model.teaching import Telling
from painrules.teach.book import named
from painrules.teach.draw import Draw
from painrules.teach.item import Answer
from painrules.teach.kinds.bench import Bench, Draft
from painrules.teach.sound import LATER, is_for
from painrules.teach.story import Story
from painrules.vocab import ItemForm, ItemKind, Level, Line, Mode

REFUSED = 0.9
"""How many of the questions are drawn anew in which the right answer is the only one of its category."""
FEWEST = 2
"""With fewer wrong answers a question would be a guess."""


def sorted_out(
    bench: Bench, story: Story, result: Exploration
) -> tuple[list[OptionView], list[OptionView]]:
    """The options that sources speak for, and those that they speak against, as far as they may be asked about."""
    sound = bench.sound(result)
    return (
        [view for view in sound.good if not bench.is_telltale(view, story.profile)],
        [view for view in sound.bad if not bench.is_telltale(view, story.profile)],
    )


def near(views: list[OptionView]) -> list[OptionView]:
    """Options with a line; where a first line is stated for the very condition or mechanism, none for broader groups.

    What comes first in cancer pain at large need not come first in the pain that a cancer treatment left behind.
    """
    close = {Level.CONDITION, Level.MECHANISM}
    if not any(view.line is Line.FIRST and view.level in close for view in views):
        return views
    return [view for view in views if view.line is not Line.FIRST or view.level in close]


def stands_out(key: OptionView, others: list[OptionView], draw: Draw) -> bool:
    """Whether a right answer is the only one of its category: mostly another question is drawn then."""
    return all(view.category != key.category for view in others) and draw.chance(REFUSED)


def _single(  # noqa: PLR0913, PLR0917 - what a question is made of
    bench: Bench,
    draw: Draw,
    kind: ItemKind,
    story: Story,
    result: Exploration,
    right: list[OptionView],
    wrong: list[OptionView],
) -> Draft | None:
    stem = bench.stem(draw, kind)
    if stem is None or not right:
        return None
    key = bench.among_its_kind(draw, right, wrong)
    others = bench.apart(draw, key, [view for view in wrong if view.id != key.id])
    if len(others) < FEWEST or stands_out(key, others, draw):
        return None
    answers = [bench.answer(key, result, right=True)]
    answers += [bench.answer(view, result, right=False) for view in others]
    return Draft(stem, ItemForm.SINGLE, story, story.profile, story.known(), tuple(answers))


def first_line(bench: Bench, draw: Draw) -> Draft | None:
    """Which option is a first line: the others are a later line, or spoken against."""
    tale = bench.plain_tale(draw)
    if tale is None:
        return None
    story, result = tale
    good, bad = sorted_out(bench, story, result)
    settled = bench.sound(result).steady
    steady = near([view for view in good if view.id in settled])
    first = [view for view in steady if view.line is Line.FIRST]
    later = [view for view in steady if view.line in LATER]
    return _single(bench, draw, ItemKind.FIRST_LINE, story, result, first, later + bad)


def later_line(bench: Bench, draw: Draw) -> Draft | None:
    """Which option is a later line: the others are a first line, or spoken against."""
    tale = bench.plain_tale(draw)
    if tale is None:
        return None
    story, result = tale
    good, bad = sorted_out(bench, story, result)
    settled = bench.sound(result).steady
    steady = near([view for view in good if view.id in settled])
    later = [view for view in steady if view.line in LATER]
    first = [view for view in steady if view.line is Line.FIRST]
    if not first:
        return None
    return _single(bench, draw, ItemKind.LATER_LINE, story, result, later, first + bad)


def not_supported(bench: Bench, draw: Draw) -> Draft | None:
    """Which option sources speak against: the others are supported."""
    tale = bench.plain_tale(draw)
    if tale is None:
        return None
    story, result = tale
    good, bad = sorted_out(bench, story, result)
    return _single(bench, draw, ItemKind.NOT_SUPPORTED, story, result, bad, good)


def caution(bench: Bench, draw: Draw) -> Draft | None:
    """Which option calls for care because of a fact: no caution ties the others to it."""
    signs = bench.explorer.pack.red_flag_signs

    def one_factor(fitting: list[Telling]) -> tuple[Telling, ...] | None:
        plain = [one for one in fitting if one.fact.present and named(one)[0] not in signs]
        return (draw.pick(plain),) if plain else None

    story = bench.tale(draw, choose=one_factor)
    stem = bench.stem(draw, ItemKind.CAUTION)
    if story is None or stem is None:
        return None
    result = bench.alike(story.profile)
    fact = named(story.facts[0].telling)[0]
    if result.mode is not Mode.EXPLORE:
        return None
    listed = [result[name] for name in result.listed]
    listed = [view for view in listed if not bench.is_telltale(view, story.profile)]
    tied = {view.id: ties(bench, view, fact) for view in listed}
    held = [view for view in listed if _held(view, fact, result)]
    free = [view for view in listed if not tied[view.id] and is_for(view, result)]
    if not held:
        return None
    key = bench.among_its_kind(draw, held, free)
    others = bench.apart(draw, key, free)
    if len(others) < FEWEST or stands_out(key, others, draw):
        return None
    rule = _held(key, fact, result)[0]
    told = bench.book.say(
        "care_yes", option=key.label, severity=bench.book.say(rule.severity.value)
    )
    answers = [
        Answer(
            id=key.id,
            text=key.label,
            right=True,
            feedback=f"{told} {bench.cites(rule)}",
            rules=(rule.id,),
            sources=(rule.source,),
        )
    ]
    for view in others:
        one = bench.answer(view, result, right=False)
        why = bench.book.say("care_no", option=bench.within(view.id))
        answers.append(one.model_copy(update={"feedback": f"{why} {one.feedback}"}))
    sentence = story.facts[0].sentence.rstrip(".")
    return Draft(
        stem,
        ItemForm.SINGLE,
        story,
        story.profile,
        story.known(),
        tuple(answers),
        subject=fact,
        values=(("fact", sentence),),
    )


def ties(bench: Bench, view: OptionView, fact: str) -> list[Caution]:
    """Every caution on an option, or a class of it, that looks at a fact or at what the fact suggests."""
    tied = bench.tied(fact)
    above = bench.explorer.pack.intervention_tree.upwards(view.id)
    return [rule for name in sorted(above) for rule in tied.get(name, ())]


def _held(view: OptionView, fact: str, result: Exploration) -> list[Caution]:
    """The cautions in force that hold because of a fact itself."""
    rules = result.resolution.cautions(view.id)
    return [rule for rule in rules if any(clause.name == fact for clause in rule.conditions)]
