"""The strategies draw valid packs, in which everything happens that rules can make happen."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from painrules import Explorer, Profile, load_pack
from painrules.model.base import FrozenDict
from painrules.model.facts import FactsBuilder
from painrules.model.knowledge import Condition, Factor, Intervention
from painrules.model.pack import Pack
from painrules.model.rule import Rule
from painrules.model.source import Source
from painrules.resolve import Lens
from painrules.testing import (
    conditions,
    factors,
    grid,
    interventions,
    learnable,
    lenses,
    packs,
    profiles,
    rules,
    situations,
    small_vocabulary,
    sources,
    write_pack,
)
from painrules.testing.laws.sameness import rewritten

WANTED = {
    *("supported", "not_supported", "contested", "no_recommendation", "not_mentioned", "varies"),
    *("consensus_for", "consensus_against", "mixed", "single_source"),
    *("history", "replaced", "example", "broader"),
    *("contraindicated", "avoid", "caution", "monitor"),
    *("level condition", "level mechanism", "level pain_type", "level general"),
    *("explore", "ask_first", "evaluate_first"),
    *("inferred", "inferred from inferred", "refused"),
    *("a step", "a pending caution", "definite", "not definite", "depends on what is inferred"),
    *("a class tried by a member", "a number known within bounds", "a condition may be refined"),
    *("what is promised with a condition", "a change that brings support", "a change of two"),
}
"""What the laws would say little about if it were not drawn."""


def happens(pack: Pack, profile: Profile, lens: Lens) -> set[str]:
    """What of all that happens for a profile."""
    explorer = Explorer(pack)
    result = explorer.explore(
        profile, sources=lens.sources, jurisdictions=lens.jurisdictions, as_of=lens.as_of
    )
    resolution = explorer.resolve(profile, lens)
    facts = resolution.asked[0].facts
    seen = {result.mode.value}
    for item in result.inferred:
        seen.add("inferred" if item.taken else "refused")
        for name in item.rules:
            attributes = {clause.attribute for clause in pack.inferences[name].conditions}
            started = {clause.name for clause in pack.inferences[name].conditions}
            if started & set(facts.presumed) or (
                "pain_type" in attributes and not facts.pain_type_given
            ):
                seen.add("inferred from inferred")
    if len(resolution.asked) > 1 and not facts.mechanism_given:
        seen.add("presumed mechanisms")
    if any(low < high for low, high in facts.spans.values()):
        seen.add("a number known within bounds")
    if facts.said:
        seen.add("a class tried by a member")
    if facts.open_conditions:
        seen.add("a condition may be refined")
    if result.in_conditions:
        seen.add("what is promised with a condition")
    for name in pack.interventions:
        outcome, certainty = resolution.outcome(name), resolution.certainty(name)
        seen |= {outcome.status.value, outcome.agreement.value, resolution.safety(name).value}
        seen |= {role.value for _, role in resolution.also_said(name)}
        seen |= {f"level {outcome.level}", "definite" if certainty.definite else "not definite"}
        seen |= {"depends on what is inferred"} if certainty.presumed else set()
        seen |= {"a step"} if resolution.after(name) else set()
        seen |= {"a pending caution"} if resolution.pending(name) else set()
        change = result.why_not(name).change
        seen |= {"a change that brings support"} if change else set()
        seen |= {"a change of two"} if len(change) > 1 else set()
    return seen


def test_everything_happens_that_rules_can_make_happen() -> None:
    """Laws that are tried on packs in which nothing happens hold for nothing."""
    seen: set[str] = set()

    @settings(max_examples=500, derandomize=True)
    @given(situation=situations(), lens=lenses())
    def look(situation: tuple[Pack, Profile], lens: Lens) -> None:
        seen.update(happens(*situation, lens))

    look()
    assert seen >= WANTED, f"never seen: {sorted(WANTED - seen)}"


@given(pack=packs(), extra=rules(besides="inference"), data=st.data())
def test_a_pack_with_a_drawn_rule_more_still_loads(
    pack: Pack, extra: Rule, data: st.DataObject
) -> None:
    """Drawn rules keep to what the loader demands of authors, and so do inferences drawn for the pack."""
    more = data.draw(rules(pack, kind="inference", id="extra_inference"))
    assert set(pack.rule_numbers) | {extra.id, more.id} == set(
        rewritten(pack.with_rule(extra, more), 0).rule_numbers
    )


@given(
    cited=sources(ids=st.just("alpha")),
    things=st.lists(interventions(categories=("movement",)), unique_by=lambda one: one.id),
    states=st.lists(conditions(), unique_by=lambda one: one.id),
    facts=st.lists(factors(), unique_by=lambda one: one.id),
    data=st.data(),
)
def test_entries_of_ones_own_make_a_pack_and_profiles_fit_it(
    cited: Source,
    things: list[Intervention],
    states: list[Condition],
    facts: list[Factor],
    data: st.DataObject,
) -> None:
    """Nobody is bound to the small vocabulary: strategies work over any words."""
    base = small_vocabulary()
    fields: dict[str, Any] = {"header": base.header, "categories": base.categories}
    tables: dict[str, list[Any]] = {
        "sources": [cited],
        "interventions": things,
        "conditions": states,
        "factors": facts,
    }
    for table, entries in tables.items():
        fields[table] = FrozenDict({entry.id: entry for entry in entries})
    pack = Pack.model_construct(**fields)
    assert rewritten(pack, 0).digest == pack.digest
    FactsBuilder(pack).build(data.draw(profiles(pack)))


@given(profile=profiles())
def test_whatever_is_learnt_agrees_with_what_is_known(profile: Profile) -> None:
    """A refinement that contradicted the profile would be a correction, and no law speaks of those."""
    builder = FactsBuilder(small_vocabulary())
    known = builder.build(profile)
    for refined in learnable(profile, small_vocabulary()):
        facts = builder.build(refined)
        assert known.given.items() <= facts.given.items()
        assert (known.conditions or frozenset()) <= (facts.conditions or frozenset())


def test_the_grid_has_each_point_once() -> None:
    """An exhaustive test that left out a corner would be a promise that is not kept."""
    points = list(grid(small_vocabulary()))
    assert len(points) == len(set(points)) == 5 * 8 * (1 + 5 + 1 + 2 * 9)


ASK = """
import sys
from pathlib import Path
from painrules import Explorer, Profile, load_pack
explorer = Explorer(load_pack(Path(sys.argv[1])))
profile = Profile(
    mechanisms={"neuropathic", "nociplastic", "nociceptive"},
    conditions={"sciatica", "fibromyalgia", "back_pain"},
    factors={"distress": True, "works": False, "pregnancy": True},
    goals={"sleep", "return_to_work"},
)
sys.stdout.write(explorer.explore(profile, sources=["beta", "alpha"]).to_json())
"""


def test_another_process_with_other_hashes_gives_the_same_bytes(tmp_path: Path) -> None:
    """L6: sets have another order in each process, and results must not show it."""
    drawn: list[Pack] = []

    @settings(max_examples=20, derandomize=True)
    @given(pack=packs(small_vocabulary()))
    def draw(pack: Pack) -> None:
        drawn.append(pack)

    draw()
    write_pack(max(drawn, key=lambda pack: len(pack.rules)), tmp_path / "drawn")
    assert load_pack(tmp_path / "drawn").rules

    answers = {
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", ASK, str(tmp_path / "drawn")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
