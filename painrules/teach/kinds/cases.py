"""Questions about a case as a whole: its mechanism, the categories that apply, its red flag, what to ask next."""

from painrules.explore import Exploration
from painrules.model.result import QuestionView
from painrules.model.teaching import Telling
from painrules.teach.book import named
from painrules.teach.cases import is_thin
from painrules.teach.draw import Draw
from painrules.teach.flaws import words_of
from painrules.teach.item import Answer
from painrules.teach.kinds.bench import WRONG, Bench, Draft
from painrules.teach.sound import Sound, cited
from painrules.teach.story import Story, draw_profile, tell
from painrules.vocab import ItemForm, ItemKind, Line, Mechanism, Urgency

MOST_CATEGORIES = 5
VARIANTS = 3
"""How many ages and durations a story has that tells too little."""
BASICS = ("pain_type", "mechanism", "condition", "age", "duration", "severity")
"""What one asks about everybody."""
CLEARLY = 1.5
"""How much more a question has to change than the others, to be the right answer."""


def mechanism(bench: Bench, draw: Draw) -> Draft | None:
    """Which mechanism rules suggest for the condition; the others are suggested by none."""
    story = bench.tale(draw, [one for one in bench.portraits if one.profile.mechanism])
    if story is None:
        return None
    asked = story.profile.with_(mechanisms=frozenset())
    result = bench.alike(asked)
    suggested = suggested_mechanisms(result)
    if set(suggested) != {one.value for one in story.profile.mechanisms}:
        return None
    several = len(suggested) > 1
    stem = bench.stem(draw, ItemKind.MECHANISM, several=several)
    if stem is None or len(suggested) == len(Mechanism):
        return None
    answers = []
    sources: tuple[str, ...]
    for one in Mechanism:
        entry = bench.explorer.pack.mechanisms[one.value]
        rules = suggested.get(one.value, ())
        if rules:
            rule = bench.explorer.pack.inferences[rules[0]]
            told = bench.book.say("mechanism_yes", label=entry.label)
            feedback, sources = f"{told} {bench.cites(rule)}", (rule.source,)
        else:
            names = ", ".join(bench.explorer.pack.sources[name].cited for name in entry.sources)
            told = bench.book.say("mechanism_no", definition=entry.definition)
            feedback, sources = f"{told} [{names}]", entry.sources
        answers.append(
            Answer(
                id=one.value,
                text=entry.label,
                right=bool(rules),
                feedback=feedback,
                rules=rules,
                sources=sources,
            )
        )
    form = ItemForm.MULTIPLE if several else ItemForm.SINGLE
    known = story.known(hide=("mechanism",))
    return Draft(stem, form, story, asked, known, tuple(answers))


def suggested_mechanisms(result: Exploration) -> dict[str, tuple[str, ...]]:
    """The mechanisms that rules suggest, each with its rules."""
    return {
        item.value: item.rules
        for item in result.inferred
        if item.attribute == "mechanism" and item.taken
    }


def categories(bench: Bench, draw: Draw) -> Draft | None:
    """In which categories sources name a first line; in the others nothing can be one, whatever may become known."""
    tale = bench.plain_tale(draw)
    stem = bench.stem(draw, ItemKind.CATEGORIES)
    if tale is None or stem is None:
        return None
    story, result = tale
    sound = bench.sound(result)
    yes: list[Answer] = []
    no: list[Answer] = []
    for name in bench.explorer.pack.category_order:
        found = _category(bench, sound, name)
        if found is not None:
            (yes if found.right else no).append(found)
    no = [one for one in no if one.rules] or no
    if not yes or len(yes) + len(no) < WRONG + 1 or len(no) < 2:  # noqa: PLR2004 - with one it is a guess
        return None
    right = draw.some(yes, min(len(yes), 1 + draw.below(WRONG)))
    wrong = draw.some(no, max(2, MOST_CATEGORIES - len(right)))
    return Draft(stem, ItemForm.MULTIPLE, story, story.profile, story.known(), (*right, *wrong))


def _category(bench: Bench, sound: Sound, name: str) -> Answer | None:
    """A category as an answer; None where it may not be asked about."""
    pack = bench.explorer.pack
    label = pack.categories[name].label
    result = sound.result
    good = [view for view in sound.good if view.category == name]
    first = [view for view in good if view.line is Line.FIRST and view.id in sound.steady]
    if first:
        rule = next(rule for rule in cited(first[0], result) if rule.line is Line.FIRST)
        told = bench.book.say("category_yes", category=label, option=first[0].label)
    elif name in sound.first_categories:
        return None
    else:
        others = good or [view for view in sound.bad if view.category == name]
        if not others:
            told = bench.book.say("category_no", category=label)
            return Answer(id=name, text=label, right=False, feedback=told)
        rule = cited(others[0], result)[0]
        told = bench.book.say("category_against", category=label, option=others[0].label)
    return Answer(
        id=name,
        text=label,
        right=bool(first),
        feedback=f"{told} {bench.cites(rule)}",
        rules=(rule.id,),
        sources=(rule.source,),
    )


def red_flag(bench: Bench, draw: Draw) -> Draft | None:
    """To which warning pattern the last finding points, or how soon sources ask for assessment."""
    signs = bench.explorer.pack.red_flag_signs

    def one_flag(fitting: list[Telling]) -> tuple[Telling, ...] | None:
        flags = [one for one in fitting if named(one)[0] in signs]
        return (draw.pick(flags),) if flags else None

    story = bench.tale(draw, choose=one_flag)
    if story is None:
        return None
    result = bench.alike(story.profile)
    if len(result.red_flags) != 1:
        return None
    return (
        _urgency(bench, draw, story, result)
        if draw.chance(0.3)
        else _pattern(bench, draw, story, result)
    )


def _urgency(bench: Bench, draw: Draw, story: Story, result: Exploration) -> Draft | None:
    stem = bench.stem(draw, ItemKind.RED_FLAG, "urgency")
    if stem is None:
        return None
    flag = result.red_flags[0]
    rule = bench.explorer.pack.red_flags[flag.id]
    words = [*(one.value for one in Urgency), "not_at_all"]
    answers = []
    for word in words:
        right = word == flag.urgency.value
        why = bench.cites(rule)
        if not right:
            why = (
                f"{bench.book.say('urgency_no', urgency=bench.book.say(flag.urgency.value))} {why}"
            )
        answers.append(
            Answer(
                id=word,
                text=bench.book.say(word),
                right=right,
                feedback=why,
                rules=(rule.id,),
                sources=(rule.source,),
            )
        )
    return Draft(
        stem,
        ItemForm.SINGLE,
        story,
        story.profile,
        story.known(),
        tuple(answers),
        subject=named(story.facts[0].telling)[0],
    )


def _pattern(bench: Bench, draw: Draw, story: Story, result: Exploration) -> Draft | None:
    stem = bench.stem(draw, ItemKind.RED_FLAG)
    if stem is None:
        return None
    signs = bench.explorer.pack.red_flag_signs
    name = named(story.facts[0].telling)[0]
    told = words_of(story.text)
    mine = words_of(" ".join(signs[name].features)) | told
    rule = bench.explorer.pack.red_flags[result.red_flags[0].id]
    answers = [
        Answer(
            id=name,
            text=signs[name].label,
            right=True,
            feedback=f"{bench.book.say('flag_yes')} {bench.cites(rule)}",
            rules=(rule.id,),
            sources=(rule.source,),
        )
    ]
    others = [
        other
        for other, entry in signs.items()
        if other != name
        and entry.cluster in {signs[name].cluster, "systemic", "limb", "vascular", "medicine"}
        and not words_of(" ".join(entry.features)) & mine
    ]
    others = sorted(
        draw.shuffled(others), key=lambda one: signs[one].cluster != signs[name].cluster
    )
    for other in others[:WRONG]:
        rules = [
            one
            for one in bench.explorer.pack.red_flags.values()
            if any(clause.name == other for clause in one.conditions)
        ]
        if not rules:
            continue
        features = bench.book.listing(signs[other].features)
        why = f"{bench.book.say('flag_no', features=features)} {bench.cites(rules[0])}"
        answers.append(
            Answer(
                id=other,
                text=signs[other].label,
                right=False,
                feedback=why,
                rules=(rules[0].id,),
                sources=(rules[0].source,),
            )
        )
    if len(answers) < WRONG:
        return None
    return Draft(
        stem, ItemForm.SINGLE, story, story.profile, story.known(), tuple(answers), subject=name
    )


def ask_next(bench: Bench, draw: Draw) -> Draft | None:
    """Which question could change most, where too little is told: the others could change clearly less."""
    stem = bench.stem(draw, ItemKind.ASK_NEXT)
    thin = [one for one in bench.portraits if is_thin(one)]
    if stem is None or not thin:
        return None
    portrait = draw.pick(thin)
    # A few sets of numbers for each: what is asked next is costly to find, and is remembered.
    numbers = Draw("numbers", portrait.id, draw.below(VARIANTS))
    story = tell(bench.book, draw, portrait, *draw_profile(portrait, bench.book.pack, numbers))
    result = bench.look(story.profile)
    ranked = sorted(result.next_questions, key=lambda one: (-one.options, one.attribute))
    if not ranked or ranked[0].attribute not in BASICS:
        return None
    key = ranked[0]
    others = [one for one in ranked[1:] if 0 < one.options * CLEARLY <= key.options]
    # A more precise one may still be asked for, but that would read oddly.
    if story.profile.conditions:
        others = [one for one in others if one.attribute != "condition"]
    # Half of the wrong answers are basic questions too, so that the right one does not stand out.
    near = draw.some([one for one in others if one.attribute in BASICS], 2)
    far = draw.some([one for one in others if one.attribute not in BASICS], WRONG - len(near))
    answers = [_asked(bench, result, key, right=True)]
    answers += [_asked(bench, result, one, right=False) for one in (*near, *far)]
    complete = [one for one in answers if one is not None]
    if len(complete) < WRONG or complete[0].id != key.attribute:
        return None
    known = story.known()
    return Draft(
        stem,
        ItemForm.SINGLE,
        story,
        story.profile,
        known,
        tuple(complete),
        subject=portrait.id,
    )


def _asked(
    bench: Bench, result: Exploration, question: QuestionView, *, right: bool
) -> Answer | None:
    rule = bench.sound(result).asking.get(question.attribute)
    if rule is None:
        return None
    told = bench.book.say("asks_yes", count=str(question.options))
    return Answer(
        id=question.attribute,
        text=question.question,
        right=right,
        feedback=f"{told} {bench.cites(rule)}",
        rules=(rule.id,),
        sources=(rule.source,),
    )
