"""Cases: coherent, told in plain words, giving nothing away, and the same for the same seed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from painrules import (
    Explorer,
    PainrulesError,
    ProfileError,
    UnknownWordError,
    core_pack,
    load_pack,
    teach,
)
from painrules.explain import label_of
from painrules.model.teaching import Portrait, Telling, filled
from painrules.packs.slots import PHRASES
from painrules.teach.cases import Cases, cautioned, debated, is_thin
from painrules.teach.draw import Draw
from painrules.teach.story import draw_profile, draw_story
from painrules.vocab import Difficulty, Mode

PACK = core_pack()
MANY = teach.cases(60, seed="many")
BARRED = re.compile(
    r"\b(you|your|addict\w*|abuser|drug.seek\w*|junkie|complain\w*|suffer\w*|victim|non.?complian\w*|denies|elderly|"
    r"wheelchair.bound|failed|normal people|mg|milligram\w*|tablets? a day)\b",
    re.IGNORECASE,
)


def names_of(entries: list[str], table: dict[str, object]) -> set[str]:
    """Labels and synonyms, in small letters, as a reader might meet them in a text."""
    found: set[str] = set()
    for name in entries:
        entry = table[name]
        found |= {entry.label, *entry.synonyms}  # type: ignore[attr-defined]
    return {re.sub(r"\s*\(.*\)", "", one).casefold() for one in found}


def test_the_same_arguments_give_the_same_cases() -> None:
    """What was prepared at home is what comes up in class."""
    again = teach.cases(60, seed="many")

    assert [case.to_dict() for case in again] == [case.to_dict() for case in MANY]


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    """Sets and mappings have no order that a process may choose."""
    code = "from painrules import teach; print([c.to_dict() for c in teach.cases(8, 3)], teach.quiz(12, 3).to_json())"
    printed = {
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(printed) == 1


def test_another_seed_gives_other_cases() -> None:
    """Otherwise a seed would be for nothing."""
    assert {case.text for case in teach.cases(6, 1)} != {case.text for case in teach.cases(6, 2)}


def test_no_two_cases_of_a_set_are_the_same() -> None:
    """Students compare."""
    assert len({case.text for case in MANY}) == len(MANY)


@pytest.mark.parametrize("case", MANY, ids=lambda case: case.id)
def test_a_story_does_not_name_what_is_asked(case: teach.TeachingCase) -> None:
    """Neither mechanism nor condition, nor a warning pattern, by any name that the pack knows."""
    text = case.text.casefold()
    profile = case.profile
    secret = names_of(["nociceptive", "neuropathic", "nociplastic"], dict(PACK.mechanisms))
    secret |= {"nociceptive", "neuropathic", "nociplastic", "nerve pain", "sensitisation"}
    secret |= names_of(sorted(profile.red_flags), dict(PACK.red_flag_signs))
    if not is_thin(case.story.portrait):
        secret |= names_of(sorted(profile.conditions), dict(PACK.conditions))

    assert [word for word in sorted(secret) if re.search(rf"\b{re.escape(word)}\b", text)] == []


@pytest.mark.parametrize("case", MANY, ids=lambda case: case.id)
def test_a_story_is_told_with_respect_and_in_whole_sentences(case: teach.TeachingCase) -> None:
    """People who live with pain read it."""
    text = case.text

    assert BARRED.search(text) is None
    assert not re.search(r"[{}]|  |\s[.,;]|\.\.", text)
    assert re.match(r"[A-Z\"0-9]", text)
    assert text.endswith((".", '."', '?"'))
    sentences = re.findall(r"(?:^|[.?!] )(\w)", text)
    assert all(letter.isupper() or letter.isdigit() for letter in sentences)


@pytest.mark.parametrize("case", MANY, ids=lambda case: case.id)
def test_a_case_is_what_its_difficulty_says(case: teach.TeachingCase) -> None:
    """A teacher who asks for a red flag gets one, and one who does not, none."""
    result = case.result
    if case.difficulty is Difficulty.RED_FLAG:
        assert result.mode is Mode.EVALUATE_FIRST
        return
    assert result.mode is not Mode.EVALUATE_FIRST
    if case.difficulty is Difficulty.SINGLE_MECHANISM:
        assert len(case.profile.mechanisms) == 1
    elif case.difficulty is Difficulty.MIXED:
        assert len(case.profile.mechanisms) > 1
    elif case.difficulty is Difficulty.WITH_CAUTIONS:
        assert any(cautioned(result, name) for name in case.facts)
    elif case.difficulty is Difficulty.DISAGREEMENT:
        assert debated(result)
    else:
        assert is_thin(case.story.portrait)
        assert result.next_questions


@pytest.mark.parametrize("case", MANY, ids=lambda case: case.id)
def test_what_a_case_says_fits_together(case: teach.TeachingCase) -> None:
    """Nothing to warn of but two conditions on purpose; numbers in the text are those of the profile."""
    profile = case.profile
    warned = [one for one in case.result.warnings if "taken as one pain problem" not in one]

    assert warned == []
    if profile.age_years is not None and case.story.opening:
        assert str(profile.age_years) in case.story.opening
    if profile.severity is not None:
        assert f"{profile.severity:g}" in case.story.body
    assert "not mentioned" not in case.reveal()
    assert case.notice in case.reveal().replace("\\", "")


@pytest.mark.parametrize(
    "portrait", [one for one in PACK.portraits.values() if not is_thin(one)], ids=lambda one: one.id
)
def test_the_mechanism_of_a_portrait_is_one_that_rules_suggest(portrait: Portrait) -> None:
    """A story teaches no mechanism that contradicts the rules."""
    bench = Cases()
    story = draw_story(bench.book, Draw(1), portrait)
    assert story is not None
    result = bench.look(story.profile.with_(mechanisms=frozenset()))
    suggested = {one.value for one in result.inferred if one.attribute == "mechanism"}

    assert suggested <= {one.value for one in portrait.profile.mechanism}
    pain_types = {one.value for one in result.inferred if one.attribute == "pain_type"}
    assert pain_types <= {str(portrait.profile.pain_type)}


@pytest.mark.parametrize("telling", PACK.tellings.values(), ids=lambda one: one.id)
def test_a_fact_can_be_told_of_some_portrait(telling: Telling) -> None:
    """A text that never fits would never be read."""
    bench = Cases()

    assert any(
        bench.book.fits(telling, draw_profile(portrait, PACK, Draw(seed))[0])
        for portrait in bench.portraits
        for seed in range(12)
    )


def test_a_subject_can_be_a_type_a_mechanism_or_a_condition_in_the_words_of_users() -> None:
    """A lesson is about something."""
    assert {
        c.profile.pain_type for c in teach.cases(3, 1, difficulty="red_flag", about="cancer pain")
    } == {"cancer"}
    found = teach.cases(4, 1, difficulty=["single_mechanism", "with_cautions"], about="nerve pain")
    assert all("neuropathic" in case.profile.mechanisms for case in found)
    found = teach.cases(2, 1, difficulty="disagreement", about=["chronic", "osteoarthritis"])
    assert all("osteoarthritis" in " ".join(case.profile.conditions) for case in found)


def test_too_much_asked_is_an_error_that_says_how_much_there_is() -> None:
    """Silently fewer would be found out in class."""
    with pytest.raises(teach.TeachError) as caught:
        teach.cases(3, 1, difficulty="mixed", about="acute")

    assert str(caught.value) == (
        "only 0 of 3 cases about 'acute' could be drawn; none more of these kinds: mixed\n"
        "    hint: ask for fewer, for other levels of difficulty, or for a broader subject"
    )


def test_misspelt_words_are_met_with_the_nearest() -> None:
    """As everywhere."""
    with pytest.raises(UnknownWordError, match="did you mean 'red_flag'"):
        teach.cases(1, difficulty="red_flags")  # type: ignore[arg-type]
    with pytest.raises(ProfileError, match="did you mean 'sciatica'"):
        teach.cases(1, about="sciattica")
    with pytest.raises(PainrulesError, match="languages with stories: en"):
        teach.cases(1, language="de")


# Minimal pairs


PAIRS = teach.pairs(12, seed=5)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.a.id)
def test_a_pair_is_one_fact_apart_and_a_rule_about_that_fact_makes_the_difference(
    pair: teach.MinimalPair,
) -> None:
    """The rule is named, counts on one side only, and looks at the fact."""
    one, other = pair.a.profile.to_dict(), pair.b.profile.to_dict()
    apart = {field for field in {*one, *other} if one.get(field) != other.get(field)}

    assert len(apart) == 1
    assert pair.a.text != pair.b.text
    assert pair.a.story.body == pair.b.story.body
    assert pair.rules
    held = {
        rule.id for row in pair.comparison if row.option == pair.focus.option for rule in row.rules
    }
    assert {rule.id for rule in pair.rules} <= held
    assert pair.focus.differs


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.a.id)
def test_without_the_rule_a_pair_does_not_differ_by_it(pair: teach.MinimalPair) -> None:
    """Take the rule away: it can no longer be what makes the difference."""
    less = Explorer(PACK.without_rule(*(rule.id for rule in pair.rules)))
    one, other = less.explore(pair.a.profile), less.explore(pair.b.profile)
    name = pair.focus.option
    said = [
        (
            view.status,
            view.line,
            view.agreement,
            {c.id for c in view.cautions},
            {s.id for s in view.after},
        )
        for view in (one[name], other[name])
    ]
    before = [
        (
            view.status,
            view.line,
            view.agreement,
            {c.id for c in view.cautions},
            {s.id for s in view.after},
        )
        for view in (pair.a.result[name], pair.b.result[name])
    ]

    assert said != before


def test_pairs_are_the_same_for_the_same_seed_and_too_many_are_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As cases are."""
    module = sys.modules["painrules.teach.pairs"]
    monkeypatch.setattr(module, "ATTEMPTS", 4)  # it gives up sooner
    assert [str(pair) for pair in teach.pairs(4, 2)] == [str(pair) for pair in teach.pairs(4, 2)]
    with pytest.raises(teach.TeachError, match="could be drawn"):
        teach.pairs(100, 1, about="gout")


# Stories of one's own


def test_an_educator_translates_stories_and_gets_cases_in_that_language(tmp_path: Path) -> None:
    """The rules stay; the words are new. A file says its language once."""
    phrases = "\n".join(
        f"  - {{id: xx_{name}, text: ['{' '.join(f'<{slot}={{{slot}}}>' for slot in slots) or name}']}}"
        for name, slots in PHRASES.items()
    )
    (tmp_path / "pack.yaml").write_text(
        "id: mine\ntitle: Mine\nversion: 1.0.0\ndate: 2027-01-01\nextends: core\n", encoding="utf-8"
    )
    (tmp_path / "stories.yaml").write_text(
        "language: xx\n"
        "people:\n  - {id: xx_toni, label: Toni, words: {possessive: sein}}\n"
        "lives:\n  - {id: xx_life, text: lebt, age_years: {min: 18, max: 99}}\n"
        "portraits:\n"
        "  - id: xx_leg\n    label: Bein\n"
        "    profile: {pain_type: chronic, mechanism: neuropathic, condition: sciatica}\n"
        "    age_years: {min: 30, max: 40}\n    duration_months: {min: 4, max: 9}\n"
        "    text: ['{Possessive} Bein schmerzt seit {duration}.']\n"
        f"phrases:\n{phrases}\n",
        encoding="utf-8",
    )
    explorer = Explorer(load_pack(tmp_path))

    found = teach.cases(2, 1, difficulty="single_mechanism", language="xx", explorer=explorer)

    assert teach.languages(explorer.pack) == ("en", "xx")
    assert re.fullmatch(
        r"<name=Toni> <age=(3\d|40)> <life=lebt> Sein Bein schmerzt seit <count=\d>\.",
        found[0].text,
    )
    assert teach.cases(2, 1)[0].text == teach.cases(2, 1, explorer=explorer)[0].text


def test_what_fills_a_slot_is_never_looked_at_for_slots() -> None:
    """A name with braces stays a name."""
    assert filled("{Name} and {them}", {"name": "{them}", "them": "x"}) == "{them} and x"


def test_every_red_flag_that_is_told_shows_its_findings_and_leaves_out_what_hurts_to_read() -> None:
    """Suicide, abuse and violence are for a prepared lesson, not for a story that is drawn."""
    told = {name for one in PACK.tellings.values() for name in one.fact.present}
    clusters = {PACK.red_flag_signs[name].cluster for name in told if name in PACK.red_flag_signs}

    assert not clusters & {"mental_health", "safeguarding"}


def test_nobody_is_tied_to_a_kind_of_pain() -> None:
    """Who hurts where is drawn: over many cases each portrait is told of many people."""
    people: dict[str, set[str]] = {}
    for seed in range(16):
        for case in teach.cases(6, seed, difficulty="single_mechanism", about="low back pain"):
            people.setdefault(case.story.portrait.id, set()).add(case.story.person.id)

    assert all(len(names) > 8 for names in people.values())


def test_labels_of_facts_are_those_of_the_pack() -> None:
    """What is known is said in the words of the rules."""
    case = teach.cases(1, 4, difficulty="with_cautions")[0]

    for name in case.profile.factors:
        label = re.sub(r"^\w", "", label_of(name, PACK))
        assert label in case.known
