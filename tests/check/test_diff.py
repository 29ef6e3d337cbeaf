"""What a change of rules means: exactly where something changes, by brute force."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from painrules import Explorer, Pack, core_pack, load_pack
from painrules.check import diff_packs
from painrules.check.diff.records import FieldChange
from painrules.model.profile import Profile
from painrules.model.rule import Position
from painrules.packs import profile_of
from painrules.resolve import EVERYTHING
from painrules.testing import grid, packs, profiles, rules, small_vocabulary

HERE = Path(__file__).parent
DIFFERENCES: list[dict[str, Any]] = yaml.safe_load(
    (HERE / "differences.yaml").read_text(encoding="utf-8")
)
Told = set[tuple[str, str, str, str]]


def brute(old: Explorer, new: Explorer, profile: Profile, options: Iterable[str]) -> Told | None:
    """What changes for a profile, by exploring it with both packs; None: it is about several mechanisms."""
    if any(len(one.resolve(profile, EVERYTHING).asked) > 1 for one in (old, new)):
        return None
    before, after = old.explore(profile), new.explore(profile)
    found: Told = set()
    for name in options:
        known = [name in one.pack.interventions for one in (old, new)]
        views = [
            one[name] if there else None for one, there in zip((before, after), known, strict=True)
        ]
        for what in ("status", "line", "agreement"):
            values = [str(getattr(view, what, None) or "nothing") for view in views]
            if values[0] != values[1]:
                found.add((what, name, values[0], values[1]))
        cautions = [
            {f"{one.severity.value} {one.id}" for one in (view.cautions if view else ())}
            for view in views
        ]
        found |= {("cautions", name, one, "nothing") for one in cautions[0] - cautions[1]}
        found |= {("cautions", name, "nothing", one) for one in cautions[1] - cautions[0]}
    return found


@settings(deadline=None, max_examples=60)
@given(pack=packs(), data=st.data())
def test_drawn_packs_differ_for_exactly_the_profiles_that_are_told(
    pack: Pack, data: st.DataObject
) -> None:
    """Added, removed and changed rules of every kind, inferences among them."""
    kinds = ("position", "caution", "step", "inference", "red_flag")
    extra = data.draw(rules(pack, kind=data.draw(st.sampled_from(kinds))))
    other = pack.with_rule(extra)
    if len(pack.rules) > 0 and data.draw(st.booleans()):
        other = other.without_rule(data.draw(st.sampled_from(pack.rules)).id)
    old, new = (pack, other) if data.draw(st.booleans()) else (other, pack)
    found = diff_packs(old, new)
    assume(not found.changes.undecided)
    explorers = Explorer(old), Explorer(new)
    for change in found.changes.options:
        for region in change.regions:
            told = found.for_profile(Profile(**region.profile))
            assert (change.what, change.options[0], change.before, change.after) in told
    for _ in range(4):
        profile = data.draw(profiles(pack))
        expected = brute(*explorers, profile, pack.interventions)
        if expected is not None and len(profile.conditions) < 3:
            assert set(found.for_profile(profile)) == expected


@settings(deadline=None, max_examples=60)
@given(pack=packs(), data=st.data())
def test_drawn_vocabularies_differ_for_exactly_the_profiles_that_are_told(
    pack: Pack, data: st.DataObject
) -> None:
    """What belongs to what decides whom a rule speaks of, what weighs, and what replaces what."""
    table = data.draw(st.sampled_from(("interventions", "conditions")))
    entries = dict(getattr(pack, table))
    name = data.draw(st.sampled_from(sorted(entries)))
    earlier = [one for one in sorted(entries) if not _below(one, name, entries)]
    parents = data.draw(st.lists(st.sampled_from(earlier), max_size=1)) if earlier else []
    entries[name] = entries[name].model_copy(update={"is_a": tuple(parents)})
    other = type(pack).model_validate({**dict(pack), table: entries})
    old, new = (pack, other) if data.draw(st.booleans()) else (other, pack)
    found = diff_packs(old, new)
    assume(not found.changes.undecided)
    explorers = Explorer(old), Explorer(new)
    for _ in range(4):
        profile = data.draw(profiles(pack))
        expected = brute(*explorers, profile, pack.interventions)
        if expected is not None and len(profile.conditions) < 3:
            assert set(found.for_profile(profile)) == expected


def _below(name: str, above: str, entries: Mapping[str, Any]) -> bool:
    """Whether an entry is one of a sort."""
    return name == above or any(_below(one, above, entries) for one in entries[name].is_a)


CHANGED: dict[str, Mapping[str, Any]] = {
    "ng59_sciatica_gabapentinoids": {"stance": "supports"},
    "ng193_act": {"stance": "opposes"},
    "c_tca_older": {"severity": "contraindicated"},
    "acr19_methotrexate": {"when": {"condition": ["osteoarthritis"]}},
    "neupsig25_gabapentinoids": {"line": "second"},
    "i_ace_inhibitor_with_diuretic": {"when": {"factors": {"ace_inhibitor_or_arb_use": True}}},
}
"""Rules of the core pack, and what is changed in them."""


def changed(pack: Pack, name: str, changes: Mapping[str, Any]) -> Pack:
    """A pack with one rule changed."""
    rule = pack.rules[pack.rule_numbers[name]]
    plain = rule.model_dump(mode="json", exclude_defaults=True)
    return pack.with_rule(type(rule).model_validate({**plain, **changes}))


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGED)
def test_the_core_pack_with_one_rule_changed(name: str) -> None:
    """Whoever reviews a change has to know whom it touches, and whom it does not."""
    core = core_pack()
    other = changed(core, name, CHANGED[name])
    found = diff_packs(core, other)
    assert not found.changes.undecided
    assert [entry.id for entry in found.changes.entries] == [name]
    assert found.changes.options
    rule = core.rules[core.rule_numbers[name]]
    options = {option for change in found.changes.options for option in change.options}
    near = options | set(list(core.interventions)[::60])
    shown = [profile_of(one, core) for one in (*rule.examples.fires, *rule.examples.spares)]
    points = [*shown, *list(grid(core))[::150], *_around(shown, core)]
    explorers = Explorer(core), Explorer(other)
    touched = 0
    for profile in points:
        expected = brute(*explorers, profile, near)
        if expected is not None and len(profile.conditions) < 3:
            assert set(found.for_profile(profile)) == expected, profile
            touched += bool(expected)
    assert touched
    for change in found.changes.options:
        for region in change.regions:
            profile = Profile(**region.profile)
            expected = brute(*explorers, profile, change.options)
            what = {(change.what, one, change.before, change.after) for one in change.options}
            assert expected is None or what <= expected


def _around(shown: Sequence[Profile], pack: Pack) -> Iterable[Profile]:
    """Profiles with one fact more or less than those that rules show."""
    for profile in shown[:2]:
        for kind in ("acute", "chronic", "cancer"):
            yield profile.with_(pain_type=kind)
        for mechanism in ("neuropathic", "nociplastic"):
            yield profile.with_(mechanisms={mechanism})
        for condition in list(pack.conditions)[::17]:
            yield profile.with_(conditions={condition})
            yield profile.with_(conditions={*profile.conditions, condition})
        for factor in list(pack.factors)[::23]:
            if pack.factors[factor].band is None:
                yield profile.with_(factors={**profile.factors, factor: True})
        for age in (10, 17, 18, 64, 65, 80):
            yield profile.with_(age_years=age)


def test_rules_that_are_no_longer_narrower_stand_beside_those_that_they_replaced() -> None:
    """Sciatica leaves back pain: with both, what was said of back pain counts again, source by source."""
    pack = load_pack(HERE / "sound")
    made = []
    for source, factors in (("alpha", {}), ("label", {"works": True})):
        for condition, stance in (("back_pain", "supports"), ("sciatica", "opposes")):
            when = {"condition": condition, "factors": factors}
            said = {"option": "massage", "stance": stance, "because": "It says so."}
            name = f"{source[0]}_{condition}"
            made.append(
                Position.model_validate({"id": name, "source": source, "when": when, **said})
            )
    old = pack.with_rule(*made)
    sciatica = old.conditions["sciatica"].model_copy(update={"is_a": ("nerve_root_pain",)})
    conditions = {**old.conditions, "sciatica": sciatica}
    new = type(old).model_validate({**dict(old), "conditions": conditions})
    found = diff_packs(old, new)
    explorers = Explorer(old), Explorer(new)

    touched = 0
    for names in (["sciatica"], ["back_pain"], ["sciatica", "back_pain"]):
        for works in ({}, {"works": True}, {"works": False}):
            profile = Profile(conditions=names, factors=works)
            expected = brute(*explorers, profile, old.interventions)
            assert set(found.for_profile(profile)) == expected, profile
            touched += bool(expected)
    assert touched == 6


def test_long_values_are_cut() -> None:
    """A change stands in one line."""
    assert str(FieldChange(field="summary", before="x" * 100, after="x" * 101)) == (
        f"summary: {'x' * 100} -> {'x' * 99}…"
    )
    assert str(FieldChange(field="is_a", before={}, after=[])) == "is_a: nothing -> []"


def test_nothing_differs_from_itself() -> None:
    """And the command may say so with its status."""
    pack = small_vocabulary()
    found = diff_packs(pack, pack)

    assert found.same
    assert str(found).splitlines()[-1] == "nothing differs"
    assert found.to_markdown().splitlines()[-1] == "Nothing differs."


ADDED = {
    "add": """\
cautions:
  - id: massage_pregnancy
    source: label
    when: {factors: {pregnancy: yes}}
    option: massage
    severity: caution
    because: Care in pregnancy.
    examples: {fires: [{present: pregnancy}], spares: [{absent: pregnancy}]}
positions:
  - id: label_exercise
    source: label
    when: {pain_type: chronic, factors: {distress: yes}}
    option: exercise
    stance: opposes
    because: Not where there is distress.
    examples: {fires: [{pain_type: chronic, present: distress}], spares: [{pain_type: acute}]}
""",
    "change": {"beta.yaml": {"line: later": "line: second"}},
}


TEXT = """\
changed: rule beta_opioids
    line: later -> second
added: rule label_exercise
added: rule massage_pregnancy
rule beta_opioids is in force for
    pain type: chronic; end of life: not yes
rule label_exercise is in force for
    before: nobody
    now: pain type: chronic; distress: yes
rule massage_pregnancy is in force for
    before: nobody
    now: pregnancy: yes
exercise, yoga: status supported -> contested
    for pain type: chronic; distress: yes
        such as explore(pain_type='chronic', present='distress')
exercise: agreement consensus_for -> mixed
    for pain type: chronic; age: not below 18; distress: yes
        such as explore(pain_type='chronic', present='distress')
exercise: agreement single_source -> mixed
    for pain type: chronic; age: below 18; distress: yes
        such as explore(pain_type='chronic', age=0, present='distress')
massage: cautions nothing -> caution massage_pregnancy
    for pregnancy: yes
        such as explore(present='pregnancy')
opioids: line later -> second
    for pain type: chronic; condition: not back pain; end of life: not yes
        such as explore(pain_type='chronic')
    for pain type: chronic; condition: not sciatica; age: below 18; end of life: not yes
        such as explore(pain_type='chronic', age=0)
walking: status not_mentioned -> contested
    for pain type: chronic; condition: not joint disease; distress: yes
        such as explore(pain_type='chronic', present='distress')
    for pain type: chronic; age: below 18; distress: yes
        such as explore(pain_type='chronic', age=0, present='distress')
walking: agreement none -> mixed
    for pain type: chronic; condition: not joint disease; distress: yes
        such as explore(pain_type='chronic', present='distress')
    for pain type: chronic; age: below 18; distress: yes
        such as explore(pain_type='chronic', age=0, present='distress')
walking: agreement single_source -> mixed
    for pain type: chronic; condition: joint disease; age: not below 18; distress: yes
        such as explore(pain_type='chronic', condition='hip_arthritis', present='distress')
yoga: line unspecified -> nothing
    for pain type: chronic; distress: yes
        such as explore(pain_type='chronic', present='distress')
yoga: agreement single_source -> mixed
    for pain type: chronic; distress: yes
        such as explore(pain_type='chronic', present='distress')
"""


def test_what_changes_is_told_in_words(laid: Callable[[Mapping[str, Any]], Path]) -> None:
    """The whole text, because it is what a reviewer reads."""
    found = diff_packs(HERE / "sound", laid(ADDED))

    lines = str(found).splitlines()
    assert lines[1:] == TEXT.splitlines()
    assert json.loads(found.to_json())["options"][0]["options"] == ["exercise", "yoga"]


@pytest.mark.parametrize("entry", DIFFERENCES, ids=lambda entry: entry["name"].replace(" ", "_"))
def test_each_sort_of_change_is_told_in_words(
    entry: Mapping[str, Any],
    laid: Callable[[Mapping[str, Any]], Path],
    as_told: Callable[[str, str], None],
) -> None:
    """For each sort of condition in its own words; the example is one of those whom it concerns."""
    old, new = load_pack(HERE / "sound"), load_pack(laid(entry))
    found = diff_packs(old, new)

    text = "\n".join([*str(found).splitlines()[1:], "", *found.to_markdown().splitlines()])
    as_told(f"differences/{entry['name']}", text)
    for change in found.changes.options:
        for region in change.regions:
            told = found.for_profile(Profile(**region.profile))
            assert (change.what, change.options[0], change.before, change.after) in told


def test_what_was_not_found_out_is_told(
    laid: Callable[[Mapping[str, Any]], Path], as_told: Callable[[str, str], None]
) -> None:
    """Nobody may take silence for the answer that nothing changes."""
    found = diff_packs(HERE / "sound", laid(ADDED), effort=3)
    old, new = found.changes.old, found.changes.new

    title, *lines = str(found).splitlines()
    assert title == f"sound 1.0.0 ({old.digest[:12]}) -> sound 1.0.0 ({new.digest[:12]})"
    as_told(
        "differences/too many cases", "\n".join([*lines, "", *found.to_markdown().splitlines()])
    )
    assert not found.same


def test_a_pack_of_other_words_is_compared_by_what_both_know(
    laid: Callable[[Mapping[str, Any]], Path],
) -> None:
    """An option that only one pack has goes from nothing to something."""
    more = {
        "add": """\
interventions:
  - {id: laser, label: Laser, category: procedures, domains: [biological], summary: Light on the skin.}
positions:
  - id: laser_for_all
    source: beta
    option: laser
    stance: opposes
    because: It advises against laser.
    examples: {fires: [{pain_type: acute}]}
"""
    }
    found = diff_packs(load_pack(HERE / "sound"), laid(more))

    told = [(one.what, one.options, one.before, one.after) for one in found.changes.options]
    assert ("status", ("laser",), "nothing", "not_supported") in told
    assert [region.where for one in found.changes.options for region in one.regions] == [()] * len(
        told
    )
