"""Questions about what the pack knows: matching, ordering, true or false, and who says so."""

import re
from collections.abc import Mapping

from painrules.explore import Exploration
from painrules.explore.option import OptionView
from painrules.model.knowledge import Intervention
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.teach.draw import Draw
from painrules.teach.flaws import words_of
from painrules.teach.item import Answer, Pair, Step
from painrules.teach.kinds.bench import WRONG, Bench, Draft
from painrules.teach.kinds.options import near, sorted_out
from painrules.teach.sound import RANK, cited
from painrules.teach.story import Story
from painrules.vocab import Domain, ItemForm, ItemKind, SourceKind, Status

PAIRS = 4
"""How many things are matched at most."""
FEWEST = 3
"""How many things are matched or ordered at least."""
NEAR = 24
"""Among how many sources whose names are about as long as that of the right one the wrong ones are drawn."""


def match(bench: Bench, draw: Draw) -> Draft | None:
    """Kinds of care to their domain, or to their category."""
    if draw.chance(0.5):
        return _match_domain(bench, draw)
    return _match_category(bench, draw)


def _known(bench: Bench) -> list[Intervention]:
    """Interventions that a source describes and that a position speaks of."""
    spoken = {rule.option for rule in bench.explorer.pack.positions.values()}
    return [
        one
        for one in bench.explorer.pack.interventions.values()
        if one.id in spoken and one.sources
    ]


def _match_domain(bench: Bench, draw: Draw) -> Draft | None:
    stem = bench.stem(draw, ItemKind.MATCH, "domain")
    plain = [one for one in _known(bench) if len(one.domains) == 1]
    by_domain = {
        domain: [one for one in plain if one.domains[0] is domain]
        for domain in (Domain.BIOLOGICAL, Domain.PSYCHOLOGICAL, Domain.SOCIAL)
    }
    if stem is None or not all(by_domain.values()):
        return None
    chosen = [(draw.pick(found), domain) for domain, found in by_domain.items()]
    pairs = [
        _pair(bench, one, domain.value, bench.book.say(domain.value), "domain_is")
        for one, domain in draw.shuffled(chosen)
    ]
    return _matched(bench, stem, pairs)


def _match_category(bench: Bench, draw: Draw) -> Draft | None:
    stem = bench.stem(draw, ItemKind.MATCH, "category")
    pack = bench.explorer.pack
    found: dict[str, list[Intervention]] = {}
    for one in _known(bench):
        label = pack.categories[one.category].label
        if not words_of(one.label) & words_of(label):
            found.setdefault(one.category, []).append(one)
    if stem is None or len(found) < PAIRS:
        return None
    pairs = []
    for name in draw.some(sorted(found), PAIRS):
        label = pack.categories[name].label
        pairs.append(_pair(bench, draw.pick(found[name]), name, label, "category_is"))
    return _matched(bench, stem, pairs)


def _pair(bench: Bench, one: Intervention, right_id: str, right: str, phrase: str) -> Pair:
    if phrase == "domain_is":
        told = bench.book.say(phrase, option=one.label, domain=right)
    else:
        told = bench.book.say(phrase, option=one.label, category=right)
    names = ", ".join(bench.explorer.pack.sources[name].cited for name in one.sources)
    return Pair(
        id=one.id,
        left=one.label,
        right_id=right_id,
        right=right,
        feedback=f"{told} {one.summary} [{names}]",
        sources=one.sources,
    )


def _matched(bench: Bench, stem: object, pairs: list[Pair]) -> Draft:
    items = bench.book.listing(bench.within(one.id) for one in pairs)
    return Draft(
        stem,  # type: ignore[arg-type]
        ItemForm.MATCH,
        None,
        Profile(),
        "",
        pairs=tuple(pairs),
        values=(("items", items),),
    )


def order(bench: Bench, draw: Draw) -> Draft | None:
    """Options by line, or the steps of a pathway."""
    tale = bench.plain_tale(draw)
    if tale is None:
        return None
    story, result = tale
    if draw.chance(0.4):
        return _by_step(bench, draw, story, result)
    return _by_line(bench, draw, story, result)


def _by_line(bench: Bench, draw: Draw, story: Story, result: Exploration) -> Draft | None:
    stem = bench.stem(draw, ItemKind.ORDER, "line")
    good, _ = sorted_out(bench, story, result)
    steady = bench.sound(result).steady
    by_rank: dict[int, list[OptionView]] = {}
    for view in near([view for view in good if view.id in steady]):
        if view.line in RANK:
            by_rank.setdefault(RANK[view.line], []).append(view)
    if stem is None or len(by_rank) < FEWEST:
        return None
    chosen = [draw.pick(by_rank[rank]) for rank in sorted(by_rank)]
    steps = []
    for view in chosen:
        _, rule = bench.about_option(view, result)
        line = bench.book.say("line_is", option=view.label, line=bench.line(view.line))
        steps.append(
            Step(
                id=view.id,
                text=view.label,
                feedback=f"{line} {bench.cites(rule)}",
                rules=(rule.id,),
                sources=(rule.source,),
            )
        )
    return _ordered(bench, draw, stem, story, steps)


def _by_step(bench: Bench, draw: Draw, story: Story, result: Exploration) -> Draft | None:
    stem = bench.stem(draw, ItemKind.ORDER, "step")
    chains = bench.sound(result).chains
    if stem is None or not chains:
        return None
    chain = draw.pick(chains)
    steps = [
        Step(
            id=name,
            text=bench.explorer.pack.interventions[name].label,
            feedback=bench.cites(rule),
            rules=(rule.id,),
            sources=(rule.source,),
        )
        for name, rule in chain
    ]
    return _ordered(bench, draw, stem, story, steps)


def _ordered(bench: Bench, draw: Draw, stem: object, story: Story, steps: list[Step]) -> Draft:
    names = draw.shuffled([one.id for one in steps])
    items = bench.book.listing(bench.within(name) for name in names)
    return Draft(
        stem,  # type: ignore[arg-type]
        ItemForm.ORDER,
        story,
        story.profile,
        story.known(),
        steps=tuple(steps),
        values=(("items", items),),
    )


def true_false(bench: Bench, draw: Draw, *, wanted: bool) -> Draft | None:
    """A misconception, which is false; or a statement about an option, which is true or false as wanted."""
    if not wanted and draw.chance(0.5):
        return _misconception(bench, draw)
    return _statement(bench, draw, wanted=wanted)


def _misconception(bench: Bench, draw: Draw) -> Draft | None:
    stem = bench.stem(draw, ItemKind.TRUE_FALSE, "misconception")
    known = [one for one in bench.explorer.pack.misconceptions.values() if one.sources]
    if stem is None or not known or len(bench.portraits) < len(bench.book.portraits):
        return None
    one = draw.pick(known)
    names = ", ".join(bench.explorer.pack.sources[name].cited for name in one.sources)
    told = bench.book.say("misconception", correction=one.correction, cited=names)
    answers = _yes_no(bench, told, told, right=False, rules=(), sources=one.sources)
    return Draft(
        stem,
        ItemForm.TRUE_FALSE,
        None,
        Profile(),
        "",
        answers,
        feedback=told,
        subject=one.id,
        values=(("statement", one.statement),),
    )


def _statement(bench: Bench, draw: Draw, *, wanted: bool) -> Draft | None:
    stem = bench.stem(draw, ItemKind.TRUE_FALSE, "position")
    tale = bench.plain_tale(draw)
    if tale is None or stem is None:
        return None
    story, result = tale
    good, bad = sorted_out(bench, story, result)
    if not good + bad or not (good and bad):
        return None
    view = draw.pick(good if draw.chance(0.5) else bad)
    says_for = (view.status is Status.SUPPORTED) is wanted
    statement = bench.book.say(
        "speaks_for" if says_for else "speaks_against", option=bench.within(view.id)
    )
    feedback, rule = bench.about_option(view, result)
    verdict = bench.book.say("statement_true" if wanted else "statement_false")
    told = f"{verdict} {feedback}"
    answers = _yes_no(bench, told, told, right=wanted, rules=(rule.id,), sources=(rule.source,))
    return Draft(
        stem,
        ItemForm.TRUE_FALSE,
        story,
        story.profile,
        story.known(),
        answers,
        feedback=told,
        subject=f"{view.id}:{'for' if says_for else 'against'}",
        values=(("statement", statement),),
    )


def _yes_no(  # noqa: PLR0913 - what an answer is made of
    bench: Bench,
    yes: str,
    no: str,
    *,
    right: bool,
    rules: tuple[str, ...],
    sources: tuple[str, ...],
) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            id=word,
            text=bench.book.say(word),
            right=(word == "yes") is right,
            feedback=told,
            rules=rules,
            sources=sources,
        )
        for word, told in (("yes", yes), ("no", no))
    )


def source(bench: Bench, draw: Draw) -> Draft | None:
    """Which source says something: the others have no position on the option, its classes or its members."""
    tale = bench.plain_tale(draw)
    stem = bench.stem(draw, ItemKind.SOURCE)
    if tale is None or stem is None:
        return None
    story, result = tale
    views = [
        view for view in bench.sound(result).spoken if not bench.is_telltale(view, story.profile)
    ]
    said = [(view, rule) for view in views for rule in cited(view, result)]
    said = [(view, rule) for view, rule in said if not betrays(rule, bench)]
    if not said:
        return None
    view, rule = draw.pick(said)
    key = bench.explorer.pack.sources[rule.source]
    silent = sorted(
        silent_sources(bench, view.id, key.issuer),
        key=lambda name: (abs(len(bench.explorer.pack.sources[name].cited) - len(key.cited)), name),
    )[:NEAR]
    speaking = bench.sound(result).sources
    chosen: list[str] = []
    # Sources that speak of the same pain, but not of this option, come first; and each issuer comes once.
    for name in sorted(draw.shuffled(silent), key=lambda name: name not in speaking):
        if issuer_of(bench, name) not in {issuer_of(bench, one) for one in chosen}:
            chosen.append(name)
        if len(chosen) == WRONG:
            break
    if len(chosen) < WRONG:
        return None
    told = bench.book.say("source_yes", title=key.title)
    answers = [
        Answer(
            id=key.id,
            text=key.cited,
            right=True,
            feedback=f"{told} {bench.cites(rule)}",
            rules=(rule.id,),
            sources=(key.id,),
        )
    ]
    for name in chosen:
        other = bench.explorer.pack.sources[name]
        why = bench.book.say("source_no", option=bench.within(view.id), title=other.title)
        answers.append(
            Answer(
                id=name,
                text=other.cited,
                right=False,
                feedback=f"{why} {bench.cites(rule)}",
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
        subject=f"{view.id}:{rule.id}",
        values=(("option", bench.within(view.id)), ("statement", rule.because)),
    )


ACRONYM = re.compile(r"[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*")


def betrays(rule: Position, bench: Bench) -> bool:
    """Whether a statement names whoever says it, a place or a year; or has an acronym that the option has not."""
    pack = bench.explorer.pack
    source, option = pack.sources[rule.source], pack.interventions[rule.option]
    marks = {word for word in re.findall(r"[^\W_]+", source.issuer) if word[:1].isupper()}
    marks |= {source.jurisdiction, str(source.year), "European", "American", "British", "Scottish"}
    known = set(ACRONYM.findall(" ".join((option.label, *option.synonyms))))
    acronyms = set(ACRONYM.findall(rule.because)) - known
    return bool(acronyms or marks & set(re.findall(r"[^\W_]+", rule.because)))


def issuer_of(bench: Bench, source: str) -> str:
    """Who issued a source."""
    return plain_issuer(bench.explorer.pack.sources[source].issuer)


def plain_issuer(issuer: str) -> str:
    """An issuer without the authors: ``ACR and Arthritis Foundation``."""
    return issuer.partition(" (")[0]


def silent_sources(bench: Bench, option: str, but: str) -> list[str]:
    """Guidelines none of whose positions, past ones too, speak of an option, a class or a member of it.

    Sources that are cited by the same words count as one: if one of them speaks, all are left out.
    """
    pack = bench.explorer.pack
    tree = pack.intervention_tree
    kin = tree.upwards(option) | tree.downwards(option)
    speaking = {
        pack.sources[rule.source].cited for rule in pack.positions.values() if rule.option in kin
    }
    having: Mapping[str, int] = {rule.source: 1 for rule in pack.positions.values()}
    return [
        name
        for name, entry in pack.sources.items()
        if name in having
        and entry.kind is SourceKind.GUIDELINE
        and entry.cited not in speaking
        and issuer_of(bench, name) != plain_issuer(but)
    ]
