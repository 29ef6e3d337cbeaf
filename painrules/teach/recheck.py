"""Every key, derived again: from the profile of a question and the rules alone, without how the question was made.

What makes questions looks for what may be asked; this asks the rules about each answer that stands there. It reads
nothing but the question, the pack, and what `explore` returns.
"""

from collections.abc import Callable, Iterable, Iterator

from painrules.errors import ArgumentError, PainrulesError, Problem, shown
from painrules.explore import Exploration, Explorer
from painrules.explore.option import OptionView
from painrules.given import instance
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.teach.item import Answer, Item, Told
from painrules.teach.wanted import explorer_of
from painrules.vocab import (
    Agreement,
    Domain,
    ItemKind,
    Line,
    Mechanism,
    Safety,
    Stance,
    Status,
    Urgency,
)

LATER = {Line.SECOND, Line.THIRD, Line.LATER}
ORDER = [Line.FIRST, Line.SECOND, Line.THIRD, Line.LATER]
DISPUTED = {Agreement.MIXED, Agreement.VARIES}

Derived = Iterator[str]
FROM = "painrules.teach.quiz(...) draws them, Quiz.from_json reads them"
"""Where questions come from."""


def recheck(items: Iterable[Item], explorer: Explorer | None = None) -> tuple[str, ...]:
    """Derives the key of each question again.

    Args:
        items: The questions, or a whole `Quiz`.
        explorer: An explorer of the pack that they are about; left out, that of the core pack.

    Returns:
        Whatever does not come out as the question says, each with the id of the question; nothing if all is well.

    Raises:
        ArgumentError: If they are no questions.

    >>> from painrules import teach
    >>> teach.recheck(teach.quiz(3, seed=2))
    ()
    """
    explorer = explorer_of(explorer)
    looked: dict[Profile, Exploration] = {}
    found = []
    if not isinstance(items, Iterable):
        raise ArgumentError(Problem("items", f"{shown(items)} are no questions", FROM))
    for given in items:
        item = instance("items", given, Item, FROM)
        profile = Profile(**item.profile)
        if profile not in looked:
            if len(looked) > 500:  # noqa: PLR2004 - a bound for long sets
                looked.clear()
            looked[profile] = explorer.explore(profile)
        try:
            found += [f"{item.id}: {what}" for what in _wrong(item, looked[profile])]
        except (PainrulesError, KeyError) as error:
            found.append(f"{item.id}: {error}")
    return tuple(found)


def _wrong(item: Item, result: Exploration) -> Derived:
    yield from _sources(item, result.pack)
    if item.kind in VERDICTS:
        verdict = VERDICTS[item.kind]
        for answer in item.answers:
            found = verdict(item, answer, result)
            if found is None:
                yield f"'{answer.text}' may not be asked about"
            elif found is not answer.right:
                yield f"'{answer.text}' is {'right' if found else 'wrong'} by the rules"
    elif item.kind is ItemKind.MATCH:
        yield from _match(item, result.pack)
    else:
        yield from _order(item, result)


def _sources(item: Item, pack: Pack) -> Derived:
    """Every rule that is cited is there, and so is its source, in the feedback too."""
    told: tuple[Told, ...] = (*item.answers, *item.steps)
    for one in told:
        for rule in one.rules:
            if rule not in pack.rule_numbers:
                yield f"the rule {rule} is not in the pack"
                continue
            cited = pack.sources[pack.rules[pack.rule_numbers[rule]].source].cited
            if rule == one.rules[0] and (rule not in one.feedback or cited not in one.feedback):
                yield f"the feedback of '{one.text}' does not cite {rule}"


def _plain(view: OptionView) -> bool | None:
    """Whether sources speak for an option or against it; None: disputed, or not settled."""
    if not view.definite or view.agreement in DISPUTED:
        return None
    if view.status is Status.SUPPORTED:
        return True
    return False if view.status is Status.NOT_SUPPORTED else None


def _mechanism(_item: Item, answer: Answer, result: Exploration) -> bool | None:
    if result.profile.mechanisms:
        return None
    suggested = {one.value for one in result.inferred if one.attribute == "mechanism" and one.taken}
    return Mechanism(answer.id).value in suggested


def _first_line(_item: Item, answer: Answer, result: Exploration) -> bool | None:
    view = result[answer.id]
    said = _plain(view)
    if said is None or view.safety in {Safety.AVOID, Safety.CONTRAINDICATED}:
        return said
    if said and view.line not in {Line.FIRST, *LATER}:
        return None
    return said and view.line is Line.FIRST


def _later_line(_item: Item, answer: Answer, result: Exploration) -> bool | None:
    view = result[answer.id]
    said = _plain(view)
    if said and view.line not in {Line.FIRST, *LATER}:
        return None
    return said and view.line in LATER


def _not_supported(_item: Item, answer: Answer, result: Exploration) -> bool | None:
    said = _plain(result[answer.id])
    return None if said is None else not said


def _caution(item: Item, answer: Answer, result: Exploration) -> bool | None:
    """Right: a caution that names the fact is in force. Wrong: without the fact, the same cautions could hold."""
    view = result[answer.id]
    pack = result.pack
    if any(
        clause.name == item.subject
        for one in view.cautions
        for clause in pack.cautions[one.id].conditions
    ):
        return True
    factors = {k: v for k, v in result.profile.factors.items() if k != item.subject}
    without = result.again(result.profile.with_(factors=factors))[answer.id]
    same = {one.id for one in without.cautions} == {one.id for one in view.cautions}
    pending = {one.id for one in without.ask_about if item.subject in one.asks}
    return False if same and not pending and _plain(view) else None


def _categories(_item: Item, answer: Answer, result: Exploration) -> bool | None:
    """Right: something in it is a settled first line. Wrong: no position that could hold puts anything in it first."""
    pack = result.pack
    if answer.id not in pack.categories:
        return None
    of_it = [name for name, entry in pack.interventions.items() if entry.category == answer.id]
    if any(result[name].line is Line.FIRST and _plain(result[name]) for name in of_it):
        return True
    tree = pack.intervention_tree
    for rule in pack.positions.values():
        if rule.stance is not Stance.SUPPORTS or rule.line is not Line.FIRST:
            continue
        named = tree.downwards(rule.option) if rule.members else {rule.option}
        if any(pack.interventions[one].category == answer.id for one in named):
            sets = [ask.sets.possible for ask in result.resolution.asked]
            bit = 1 << pack.rule_numbers[rule.id]
            if any(one & bit & result.resolution.masks.dated for one in sets):
                return None
    return False


def _red_flag(item: Item, answer: Answer, result: Exploration) -> bool | None:
    if len(result.red_flags) != 1:
        return None
    flag = result.red_flags[0]
    if item.about == "urgency":
        known = {one.value for one in Urgency} | {"not_at_all"}
        return answer.id == flag.urgency.value if answer.id in known else None
    return answer.id in flag.signs if answer.id in result.pack.red_flag_signs else None


def _ask_next(_item: Item, answer: Answer, result: Exploration) -> bool | None:
    counts = {one.attribute: one.options for one in result.next_questions}
    most = max(counts.values())
    if answer.id not in counts or list(counts.values()).count(most) > 1:
        return None
    return counts[answer.id] == most


def _true_false(item: Item, answer: Answer, result: Exploration) -> bool | None:
    if item.about == "misconception":
        known = result.pack.misconceptions[item.subject]
        return answer.id == "no" if known.statement in item.question else None
    option, _, direction = item.subject.partition(":")
    said = _plain(result[option])
    if said is None:
        return None
    true = said is (direction == "for")
    return true is (answer.id == "yes")


def _source(item: Item, answer: Answer, result: Exploration) -> bool | None:
    option, _, rule = item.subject.partition(":")
    pack = result.pack
    if pack.positions[rule].because not in item.question:
        return None
    if answer.id == pack.positions[rule].source:
        deciding = {one.id for one in result[option].positions}
        return True if rule in deciding else None
    cited = pack.sources[answer.id].cited
    kin = pack.intervention_tree.upwards(option) | pack.intervention_tree.downwards(option)
    speaks = any(
        pack.sources[one.source].cited == cited
        for one in pack.positions.values()
        if one.option in kin
    )
    return None if speaks else False


VERDICTS: dict[ItemKind, Callable[[Item, Answer, Exploration], bool | None]] = {
    ItemKind.MECHANISM: _mechanism,
    ItemKind.CATEGORIES: _categories,
    ItemKind.FIRST_LINE: _first_line,
    ItemKind.LATER_LINE: _later_line,
    ItemKind.NOT_SUPPORTED: _not_supported,
    ItemKind.CAUTION: _caution,
    ItemKind.RED_FLAG: _red_flag,
    ItemKind.ASK_NEXT: _ask_next,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.SOURCE: _source,
}


def _match(item: Item, pack: Pack) -> Derived:
    for pair in item.pairs:
        entry = pack.interventions[pair.id]
        if item.about == "domain":
            if entry.domains != (Domain(pair.right_id),):
                yield f"'{pair.left}' has the domains {', '.join(entry.domains)}"
        elif entry.category != pair.right_id:
            yield f"'{pair.left}' belongs to {entry.category}"


def _order(item: Item, result: Exploration) -> Derived:
    if item.about == "line":
        views = [result[step.id] for step in item.steps]
        lines = [view.line for view in views]
        if not all(map(_plain, views)) or any(line not in ORDER for line in lines):
            yield "an option in it may not be asked about"
            return
        places = [ORDER.index(line) for line in lines if line is not None]
        if places != sorted(set(places)):
            yield f"the lines are {', '.join(str(line) for line in lines)}"
        return
    for one, two in zip(item.steps, item.steps[1:], strict=False):
        steps = {step.steps_from for step in result[two.id].after}
        back = {step.steps_from for step in result[one.id].after}
        if one.id not in steps or two.id in back:
            yield f"no step in force puts '{one.text}' before '{two.text}'"
