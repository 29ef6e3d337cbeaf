"""How much follows from a pack: few lines can say very much, so what they come to has bounds too.

What is said of a class is said of each of its members, and what is asked of a condition of each that belongs to it. Who
writes a pack meets none of these bounds: the core pack, with thousands of rules, is far below all of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from painrules.engine import strata
from painrules.errors import Problem
from painrules.model.clauses import Clause
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import RULE_TABLES, Pack
from painrules.model.rule import Caution, Position, Rule, Step
from painrules.packs.gather import Place

MAX_RULES = 20_000
"""The most rules that a pack may have, those of the pack beneath among them."""
MAX_BELONGING = 200_000
"""How often interventions, or conditions, may belong to a class, over all generations."""
MAX_SAID = 100_000
"""The most rules, each counted once for each intervention that it speaks of."""
MAX_WORDS = 1_000_000
"""The most that they may ask for, counted in the same way."""
MAX_ASKED = 400_000
"""How many conditions rules may ask for, once for each that belongs to one of them."""
MAX_OPENED = 2_000_000
"""How often conditions may leave others open."""
MAX_LAYERS = 100
"""How many inferences may build on each other."""


def check_weight(pack: Pack, place: Place) -> Iterator[Problem]:
    """What a pack has too much of: the first such thing, for to count the others takes that it is not so.

    Args:
        pack: The pack, known to be sound and without circles.
        place: Where its header stands.
    """
    for look in (_rules, _belonging, _asked, _said, _layers):
        found = look(pack)
        if found is not None:
            what, hint = found
            yield Problem(place.of(), f"the pack: {what}", hint)
            return


Found = tuple[str, str] | None
"""What is too much, and how to mend it."""


def _rules(pack: Pack) -> Found:
    number = sum(len(getattr(pack, table)) for table in RULE_TABLES.values())
    if number <= MAX_RULES:
        return None
    return f"there are {number:,} rules, more than {MAX_RULES:,}", "split the pack"


def _belonging(pack: Pack) -> Found:
    trees = {"interventions": pack.intervention_tree, "conditions": pack.condition_tree}
    for name, tree in trees.items():
        if tree.size(MAX_BELONGING) > MAX_BELONGING:
            what = f"{name} belong to each other more than {MAX_BELONGING:,} times, over all generations"
            return what, "let each belong to fewer classes"
    return None


def _asked(pack: Pack) -> Found:
    """What rules ask for; and what each condition leaves open: whatever one that belongs to it would bring."""
    tree = pack.condition_tree
    named = Counter(
        value
        for rule in pack.rules
        for clause in _clauses(rule)
        if clause.attribute == "condition"
        for value in clause.values
    )
    total, worst = _spread(named, tree)
    if total > MAX_ASKED:
        what = f"rules ask for conditions {total:,} times, with all that belong to them; {MAX_ASKED:,} is the most"
        return what, f"ask less often for '{worst}', or let fewer conditions belong to it"
    total = sum(
        1 + len(tree.ancestors(below)) for name in tree.parents for below in tree.descendants(name)
    )
    if total > MAX_OPENED:
        what = f"conditions leave open {total:,} others, which those within them bring; {MAX_OPENED:,} is the most"
        return what, "let conditions belong to fewer others"
    return None


def _said(pack: Pack) -> Found:
    rules: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for rule in pack.rules:
        if isinstance(rule, Position | Caution | Step):
            rules[rule.option] += 1
            words[rule.option] += 1 + sum(1 + len(clause.values) for clause in _clauses(rule))
    counted = (("rules come", rules, MAX_SAID), ("conditions of rules come", words, MAX_WORDS))
    for noun, counts, most in counted:
        total, worst = _spread(counts, pack.intervention_tree)
        if total > most:
            what = f"{noun} to {total:,}, once for each intervention that they speak of; {most:,} is the most"
            return what, f"say less of '{worst}', or let fewer interventions belong to it"
    return None


def _spread(counts: Mapping[str, int], tree: Hierarchy) -> tuple[int, str]:
    """What counts come to if that of a class is one of each member too, and the entry that has most of it."""
    spread = {name: count * (1 + len(tree.descendants(name))) for name, count in counts.items()}
    return sum(spread.values()), max(sorted(spread), key=spread.__getitem__, default="")


def _layers(pack: Pack) -> Found:
    number = len(strata(pack))
    if number <= MAX_LAYERS:
        return None
    what = f"{number:,} inferences build on each other, one on the other; {MAX_LAYERS} is the most"
    return what, "let them start from what is known"


def _clauses(rule: Rule) -> tuple[Clause, ...]:
    requires = rule.requires.clauses() if isinstance(rule, Step) else ()
    return rule.conditions + rule.exceptions + requires
