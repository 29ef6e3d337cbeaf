"""Strategies for whole packs."""

from collections.abc import Iterable

from hypothesis import strategies as st

from painrules.model.base import FrozenDict
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import Pack
from painrules.model.rule import Inference, Rule
from painrules.testing.soundness import is_sound
from painrules.testing.strategies.entries import parents, sources
from painrules.testing.strategies.rules import rules
from painrules.testing.vocabulary import small_vocabulary

MOST = {"position": 7, "inference": 3, "caution": 3, "step": 2, "red_flag": 2}
"""How many rules of each kind a drawn pack has at the most."""


@st.composite
def vocabularies(draw: st.DrawFn, pack: Pack | None = None) -> Pack:
    """A pack without rules: its words, with other hierarchies and other dates of the sources.

    Args:
        draw: Given by Hypothesis.
        pack: Whose words are used; left out: `small_vocabulary`.
    """
    pack = pack or small_vocabulary()
    cited = {name: draw(sources(ids=st.just(name), date=pack.header.date)) for name in pack.sources}
    changed = {
        "sources": cited,
        "interventions": draw(_rearranged(pack, "interventions", pack.intervention_tree)),
        "conditions": draw(_rearranged(pack, "conditions", pack.condition_tree)),
    }
    fields = {name: getattr(pack, name) for name in type(pack).model_fields}
    return Pack.model_construct(
        **{**fields, **{name: FrozenDict(table) for name, table in changed.items()}}
    )


@st.composite
def _rearranged(draw: st.DrawFn, pack: Pack, table: str, tree: Hierarchy) -> dict[str, object]:
    """The entries of a table, each with its own classes, with none, or with others that come before it."""
    entries = getattr(pack, table)
    if draw(st.booleans()):
        return dict(entries)
    order = sorted(entries, key=lambda name: (len(tree.ancestors(name)), name))
    found = {}
    for place, name in enumerate(order):
        classes = draw(parents(order[:place]))
        found[name] = entries[name].model_copy(update={"is_a": tuple(classes)})
    return dict(sorted(found.items()))


@st.composite
def packs(draw: st.DrawFn, vocabulary: Pack | None = None) -> Pack:
    """Valid packs: every kind of rule, dates, scopes and exceptions; what is said meets in few options.

    Args:
        draw: Given by Hypothesis.
        vocabulary: A pack whose words are used; left out: one of `vocabularies`.
    """
    pack = draw(vocabularies()) if vocabulary is None else vocabulary
    focus = draw(st.sampled_from(sorted(pack.interventions)))
    near = sorted(pack.intervention_tree.upwards(focus))
    options = near if draw(st.integers(0, 3)) else sorted(pack.interventions)
    cited = draw(st.lists(st.sampled_from(sorted(pack.sources)), min_size=1, max_size=3))
    found: list[Rule] = []
    for kind, most in MOST.items():
        for number in range(draw(st.integers(0, most))):
            ids = st.just(f"{kind}_{number}")
            found.append(draw(rules(pack, kind=kind, ids=ids, options=options, cited=cited)))
    return pack.with_rule(*_sound(found, pack))


def _sound(found: Iterable[Rule], pack: Pack) -> list[Rule]:
    """The rules, without inferences that together with those before them would go round in a circle."""
    kept: list[Rule] = []
    for rule in found:
        if isinstance(rule, Inference):
            if not is_sound(pack, rule):
                continue
            pack = pack.with_rule(rule)
        kept.append(rule)
    return kept
