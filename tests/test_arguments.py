"""What `explore` takes: words in many forms, numbers, dates; and what it says where it cannot take them."""

import datetime as dt
from typing import Any

import pytest

from painrules import Explorer, Mechanism, Outcome, PainType, Profile, ProfileError, load_pack

FILES = {
    "pack.yaml": "id: words\ntitle: Words\nversion: 1.0.0\ndate: 2026-01-01\ncategories: [care]\n",
    "words.yaml": """\
sources:
  - {id: alpha_2015, title: Alpha, issuer: Alpha, jurisdiction: UK, year: 2015, kind: guideline}
  - {id: beta_2020, title: Beta, issuer: Beta, jurisdiction: United States, year: 2020, kind: guideline}
categories:
  - {id: care, label: Care}
  - {id: movement, label: Movement, synonyms: [moving]}
interventions:
  - {id: exercise, label: Exercise, synonyms: [moving, work-out], category: movement, domains: [biological],
     summary: Moving the body.}
  - {id: nsaids, label: NSAIDs (non-steroidal anti-inflammatory drugs), category: care, domains: [biological],
     summary: Anti-inflammatory medicines.}
conditions:
  - {id: back_pain, label: Non-specific low back pain, synonyms: [Lumbago, backache], icd10: [M54.5, M54.50]}
  - {id: sciatica, label: Sciatica, synonyms: [radicular pain], is_a: back_pain, icd10: M54.3, icd11: [ME84.3]}
  - {id: neck_radicular_pain, label: Neck pain with arm pain, synonyms: [radicular pain], icd10: [M54.1, M54.50]}
  - {id: complex_pain, label: "Complex regional pain syndrome (CRPS)", synonyms: [Morbus Sudeck]}
  - {id: lumbago, label: Lumbago of another kind}
factors:
  - {id: asthma, label: Asthma, domain: biological}
  - {id: kidney_disease, label: Chronic kidney disease, synonyms: [CKD], domain: biological}
  - {id: child, label: Child, domain: biological, band: {attribute: age_years, below: 18}}
  - {id: older_adult, label: Older adult, domain: biological, band: {attribute: age_years, min: 65}}
red_flag_signs:
  - {id: fever, label: Fever with back pain, synonyms: [hot back], features: [fever], suspects: infection}
goals:
  - {id: sleep, label: Sleep better}
pain_types:
  - {id: cancer, label: Cancer pain, synonyms: [tumour pain]}
mechanisms:
  - {id: nociplastic, label: Nociplastic, synonyms: [central sensitisation]}
""",
    "rules.yaml": """\
positions:
  - {id: old, source: alpha_2015, option: exercise, stance: supports, because: It says so., when: {pain_type: chronic}}
  - {id: new, source: beta_2020, option: exercise, stance: opposes, because: It says so., when: {pain_type: chronic}}
""",
}


@pytest.fixture(scope="module", name="explorer")
def _explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    folder = tmp_path_factory.mktemp("words")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Explorer(load_pack(folder))


def message_of(explorer: Explorer, **facts: Any) -> str:  # noqa: ANN401 - anything may be given
    with pytest.raises(ProfileError) as caught:
        explorer.explore(**facts)
    return str(caught.value)


@pytest.mark.parametrize(
    "word",
    [
        "back_pain",
        "Non-specific low back pain",
        "NON-SPECIFIC LOW BACK PAIN",
        "non specific  low-back_pain",
        " non\u2010specific low back pain ",
        "Backache",
        "M54.5",
        "m54.5",
    ],
)
def test_a_condition_is_known_by_id_label_synonym_and_code(explorer: Explorer, word: str) -> None:
    """People write what stands in front of them: a name from a letter, a code from a record."""
    assert explorer.explore(condition=word).profile.conditions == {"back_pain"}


@pytest.mark.parametrize(("word", "name"), [("ME84.3", "sciatica"), ("me84.3", "sciatica")])
def test_the_codes_of_the_newer_classification_are_known(
    explorer: Explorer, word: str, name: str
) -> None:
    """ICD-11 codes look otherwise, and are taken all the same."""
    assert explorer.explore(condition=word).profile.conditions == {name}


@pytest.mark.parametrize("word", ["Complex regional pain syndrome", "morbus sudeck"])
def test_what_stands_in_brackets_may_be_left_out(explorer: Explorer, word: str) -> None:
    """A label explains its abbreviation in brackets; nobody types that."""
    assert explorer.explore(condition=word).profile.conditions == {"complex_pain"}


def test_the_other_words_are_known_in_the_same_ways(explorer: Explorer) -> None:
    """Factors, red flags, options, categories and goals, by label and synonym."""
    tried: Any = {"Work-out": "not enough", "Care": "HELPED", "nsaids": "not-tolerated"}
    found = explorer.explore(
        present=["CKD", "hot back"], absent="Asthma", tried=tried, goals="sleep better"
    )

    assert found.profile == Profile(
        factors={"kidney_disease": True, "asthma": False},
        red_flags={"fever": True},
        tried={"exercise": "not_enough", "care": "helped", "nsaids": "not_tolerated"},
        goals=["sleep"],
    )


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        pytest.param(PainType.CANCER, "cancer", id="member"),
        ("cancer", "cancer"),
        ("Cancer pain", "cancer"),
        ("tumour-pain", "cancer"),
        ("CHRONIC", "chronic"),
        ("sub-acute pain", None),
        ("subacute pain", "subacute"),
        (["acute", "acute pain"], "acute"),
    ],
)
def test_a_pain_type_is_known_by_member_value_and_label(
    explorer: Explorer,
    word: Any,  # noqa: ANN401 - a member, a word or a list
    kind: str | None,
) -> None:
    """The four words of the model, as code or people write them."""
    if kind is None:
        assert message_of(explorer, pain_type=word).endswith("did you mean 'subacute'?")
    else:
        assert explorer.explore(word).profile.pain_type == kind


def test_mechanisms_are_known_by_member_value_and_label(explorer: Explorer) -> None:
    """One or several, in any order, each once."""
    one = explorer.explore(mechanism=Mechanism.NOCIPLASTIC).profile
    words: Any = ["central sensitisation", "Nociplastic pain"]

    assert explorer.explore(mechanism=words).profile == one
    assert explorer.explore(None, "nociplastic").profile == one
    assert explorer.explore(tried={"exercise": Outcome.HELPED}).profile.tried == {
        "exercise": "helped"
    }


def test_spelling_and_number_make_no_other_word(explorer: Explorer) -> None:
    """British or American, one or several, with or without an article."""
    found = explorer.explore("chronic", present=["The kidney diseases"], condition="back pains")

    assert found.profile.factors == {"kidney_disease": True}
    assert found.profile.conditions == {"back_pain"}


def test_an_id_is_itself_though_it_is_a_synonym_too(explorer: Explorer) -> None:
    """What is written exactly is never a question."""
    assert explorer.explore(condition="lumbago").profile.conditions == {"lumbago"}
    assert explorer.explore(condition="Lumbago").profile.conditions == {"lumbago"}


def test_a_synonym_of_several_is_a_question(explorer: Explorer) -> None:
    """Nobody guesses which of two conditions was meant."""
    assert message_of(explorer, condition="radicular pain") == (
        "the profile has 1 problem\n"
        "condition: 'radicular pain' fits several: neck_radicular_pain, sciatica\n"
        "    hint: write one of neck_radicular_pain, sciatica"
    )


def test_a_code_of_several_is_a_question(explorer: Explorer) -> None:
    """Codes are coarser than conditions."""
    assert message_of(explorer, condition=["M54.50"]) == (
        "the profile has 1 problem\n"
        "condition: 'M54.50' fits several: back_pain, neck_radicular_pain\n"
        "    hint: write one of back_pain, neck_radicular_pain"
    )


def test_a_word_for_an_option_and_a_category_is_a_question(explorer: Explorer) -> None:
    """Whether exercise was tried, or movement of any kind, changes what follows."""
    assert message_of(explorer, tried={"moving": "helped"}) == (
        "the profile has 1 problem\n"
        "tried: 'moving' fits several: exercise, movement\n"
        "    hint: write one of exercise, movement"
    )


MISSPELT: tuple[tuple[dict[str, Any], list[str]], ...] = (
    (
        {"pain_type": "cronic"},
        ["pain_type: 'cronic' is not a known pain type", "    hint: did you mean 'chronic'?"],
    ),
    (
        {"mechanism": "neuropatic"},
        [
            "mechanism: 'neuropatic' is not a known mechanism",
            "    hint: did you mean 'neuropathic'?",
        ],
    ),
    (
        {"condition": "siatica"},
        ["condition: 'siatica' is not a known condition", "    hint: did you mean 'sciatica'?"],
    ),
    (
        {"condition": "back ache"},
        ["condition: 'back ache' is not a known condition", "    hint: did you mean 'back_pain'?"],
    ),
    ({"condition": "Q99.9"}, ["condition: 'Q99.9' is not a known condition"]),
    (
        {"present": "kidny diseases"},
        [
            "present: 'kidny diseases' is not a known factor or red flag",
            "    hint: did you mean 'kidney_disease'?",
        ],
    ),
    (
        {"absent": "feaver with back pain"},
        [
            "absent: 'feaver with back pain' is not a known factor or red flag",
            "    hint: did you mean 'fever'?",
        ],
    ),
    (
        {"tried": {"excercise": "helped"}},
        [
            "tried: 'excercise' is not a known option or category",
            "    hint: did you mean 'exercise'?",
        ],
    ),
    (
        {"tried": {"exercise": "helpful"}},
        ["tried: 'helpful' is not a known outcome", "    hint: did you mean 'helped'?"],
    ),
    (
        {"tried": {"exercise": "so-so"}},
        [
            "tried: 'so-so' is not a known outcome",
            "    hint: the words are helped, not_enough, not_tolerated",
        ],
    ),
    (
        {"goals": "sleep beter"},
        ["goals: 'sleep beter' is not a known goal", "    hint: did you mean 'sleep'?"],
    ),
    ({"goals": "flying"}, ["goals: 'flying' is not a known goal"]),
    ({"condition": "asthma"}, ["condition: 'asthma' is not a known condition"]),
)


@pytest.mark.parametrize(("facts", "told"), MISSPELT, ids=[str(facts) for facts, _ in MISSPELT])
def test_a_misspelt_word_is_met_with_the_nearest(
    explorer: Explorer, facts: dict[str, Any], told: list[str]
) -> None:
    """The hint is what to write, and where nothing is near there is none."""
    assert message_of(explorer, **facts) == "\n".join(["the profile has 1 problem", *told])


CONTRADICTIONS: tuple[tuple[dict[str, Any], list[str]], ...] = (
    (
        {"present": ["asthma"], "absent": ["Asthma"]},
        [
            "absent: 'asthma' is said to be present and absent",
            "    hint: say one of them, or neither if it is not known",
        ],
    ),
    (
        {"pain_type": ["acute", "chronic"]},
        [
            "pain_type: one pain problem has one pain type, not 2",
            "    hint: two problems are two profiles",
        ],
    ),
    (
        {"tried": {"exercise": "helped", "Work-out": "not_enough"}},
        ["tried: 'exercise' is named twice, with different outcomes"],
    ),
    (
        {"age": 80, "absent": "older_adult"},
        [
            "profile: 'older_adult' is said to be absent, which does not fit age_years 80",
            "    hint: correct one of them",
        ],
    ),
    (
        {"age": 64, "present": "older adult"},
        [
            "profile: 'older_adult' is said to be present, which does not fit age_years 64",
            "    hint: correct one of them",
        ],
    ),
    (
        {"age": 18, "present": "child"},
        [
            "profile: 'child' is said to be present, which does not fit age_years 18",
            "    hint: correct one of them",
        ],
    ),
    (
        {"present": ["child", "older_adult"]},
        [
            "profile: 'older_adult' is said to be present, which does not fit what else is said of age_years",
            "    hint: correct one of them",
        ],
    ),
)


@pytest.mark.parametrize(
    ("facts", "told"), CONTRADICTIONS, ids=[str(facts) for facts, _ in CONTRADICTIONS]
)
def test_a_contradiction_is_told_and_not_settled(
    explorer: Explorer, facts: dict[str, Any], told: list[str]
) -> None:
    """Which of two statements is the mistake, only the one who made them knows."""
    assert message_of(explorer, **facts) == "\n".join(["the profile has 1 problem", *told])


@pytest.mark.parametrize(
    ("age", "fact", "known"),
    [(17, "child", True), (18, "child", False), (64, "older_adult", False)],
)
def test_a_band_that_fits_the_age_may_be_said_beside_it(
    explorer: Explorer, age: int, fact: str, *, known: bool
) -> None:
    """Saying it twice is no contradiction."""
    said: Any = {"present": fact} if known else {"absent": fact}

    assert explorer.explore(age=age, **said).profile.age_years == age


def test_the_same_thing_said_twice_is_said_once(explorer: Explorer) -> None:
    """A label and its id, in one list or with one outcome."""
    found = explorer.explore(
        condition=["sciatica", "Sciatica", "M54.3"],
        present=["CKD", "kidney_disease"],
        tried={"exercise": "helped", "work-out": "helped"},
    )

    assert (
        found.profile
        == explorer.explore(
            condition="sciatica", present="kidney_disease", tried={"exercise": "helped"}
        ).profile
    )


def test_a_condition_that_no_pack_knows_can_be_said(explorer: Explorer) -> None:
    """`other` closes the question of the condition, and the result says what that means."""
    found = explorer.explore("chronic", condition="Other")

    assert found.profile.conditions == {"other"}
    assert found.warnings == (
        "a condition that the pack does not know: only what is said of everyone counts",
    )


def test_nothing_is_known_of_what_is_left_out_or_empty(explorer: Explorer) -> None:
    """An empty list says nothing; it never says none."""
    empty = explorer.explore(None, [], condition=[], present=(), absent=None, tried={}, goals=set())

    assert empty.profile == Profile()
    assert empty.to_json() == explorer.explore().to_json()


def test_a_whole_profile_and_facts_beside_it_are_not_mixed(explorer: Explorer) -> None:
    """Which of them would win is nothing to guess."""
    assert message_of(explorer, pain_type=Profile(pain_type="acute"), severity=3) == (
        "the profile has 1 problem\n"
        "profile: a whole profile is given, and facts beside it\n"
        "    hint: put everything into the profile: profile.with_(...)"
    )


def test_a_profile_says_the_same_as_its_facts(explorer: Explorer) -> None:
    """Two ways in, one way out."""
    profile = Profile(
        pain_type="chronic", conditions=["sciatica"], factors={"asthma": True}, age_years=70
    )

    whole = explorer.explore(profile)

    assert (
        whole.to_json()
        == explorer.explore("chronic", condition="sciatica", present="asthma", age=70).to_json()
    )


def test_a_profile_for_another_pack_is_told_what_this_pack_does_not_know(
    explorer: Explorer,
) -> None:
    """Profiles are stored and explored again later, with packs that have grown or shrunk."""
    profile = Profile(
        conditions=["other", "siatica", "ckd"],
        factors={"asthma": True, "ckd": True, "fever": True},
        red_flags={"asthma": True},
        tried={"exersise": "helped", "care": "helped"},
        goals=["flying"],
    )

    assert message_of(explorer, pain_type=profile) == (
        "the profile has 7 problems\n"
        "conditions: 'ckd' is not a known condition\n"
        "conditions: 'siatica' is not a known condition\n"
        "    hint: did you mean 'sciatica'?\n"
        "factors: 'ckd' is not an id\n"
        "    hint: write 'kidney_disease'\n"
        "factors: 'fever' is not a known factor\n"
        "red_flags: 'asthma' is not a known red flag\n"
        "tried: 'exersise' is not a known option or category\n"
        "    hint: did you mean 'exercise'?\n"
        "goals: 'flying' is not a known goal"
    )


LENSES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    (
        {"sources": "alpha"},
        ["sources: 'alpha' is not a known source", "    hint: did you mean 'alpha_2015'?"],
    ),
    (
        {"sources": [None, {}, ["x"]]},
        [
            "sources: None is not a word",
            "    hint: write the name of a source",
            "sources: {} is not a word",
            "    hint: write the name of a source",
            "sources: ['x'] is not a word",
            "    hint: write the name of a source",
        ],
    ),
    (
        {"jurisdictions": "Uk and USA"},
        [
            "jurisdictions: 'Uk and USA' is not a jurisdiction of any source",
            "    hint: there are UK, United States",
        ],
    ),
    (
        {"as_of": "last year"},
        [
            "as_of: 'last year' is not a date",
            "    hint: write a date, or a year such as 2018, which means its last day",
        ],
    ),
    (
        {"as_of": "2019-02-29"},
        [
            "as_of: '2019-02-29' is not a date",
            "    hint: write a date, or a year such as 2018, which means its last day",
        ],
    ),
    (
        {"as_of": 2018.0},
        [
            "as_of: 2018.0 is not a date",
            "    hint: write a date, or a year such as 2018, which means its last day",
        ],
    ),
    (
        {"as_of": True, "sources": "gamma", "jurisdictions": 4},
        [
            "sources: 'gamma' is not a known source",
            "jurisdictions: 4 is neither a word nor a list of words",
            "as_of: True is not a date",
            "    hint: write a date, or a year such as 2018, which means its last day",
        ],
    ),
)


@pytest.mark.parametrize(("facts", "told"), LENSES, ids=[str(facts) for facts, _ in LENSES])
def test_a_lens_that_cannot_be_is_told_so(
    explorer: Explorer, facts: dict[str, Any], told: list[str]
) -> None:
    """A lens on a source that is misspelt would otherwise show nothing, and look like an answer."""
    count = sum(not line.startswith(" ") for line in told)
    head = f"the lens has {count} problem{'s' * (count > 1)}"

    assert message_of(explorer, **facts) == "\n".join([head, *told])


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (2018, "2018-12-31"),
        ("2018", "2018-12-31"),
        ("2020-02", "2020-02-29"),
        ("9999-12", "9999-12-31"),
        ("2018-06-01", "2018-06-01"),
        (dt.date(2018, 6, 1), "2018-06-01"),
        (dt.datetime(2018, 6, 1, 23, 59, tzinfo=dt.UTC), "2018-06-01"),
    ],
    ids=repr,
)
def test_a_date_may_be_a_year_a_month_or_a_day(
    explorer: Explorer,
    as_of: Any,  # noqa: ANN401 - a date in any form
    day: str,
) -> None:
    """What counted in 2018 is what counted on its last day."""
    assert explorer.explore("chronic", as_of=as_of).lens.as_of == day


def test_a_lens_is_known_by_words_in_any_form(explorer: Explorer) -> None:
    """Sources by id, places by name, in small letters or capitals."""
    lens = explorer.explore(
        "chronic", sources="BETA_2020", jurisdictions=["uk", "united states"]
    ).lens

    assert (lens.sources, lens.jurisdictions) == (("beta_2020",), ("UK", "United States"))


def test_a_lens_on_nothing_shows_nothing(explorer: Explorer) -> None:
    """An empty list of sources is a choice: none of them speaks. None is no choice: all of them do."""
    assert [view.id for view in explorer.explore("chronic", sources=[])] == []
    assert [view.id for view in explorer.explore("chronic", sources=None)] == ["exercise"]


def test_a_lens_and_a_profile_go_together(explorer: Explorer) -> None:
    """The position of 2020 did not count in 2018; that of 2015 did."""
    found = explorer.explore(Profile(pain_type="chronic"), as_of=2018)

    assert found["exercise"].status.value == "supported"
    assert explorer.explore(Profile(pain_type="chronic"))["exercise"].status.value == "contested"


def test_options_are_looked_up_by_words_too(explorer: Explorer) -> None:
    """`result["work-out"]` is the option that everybody calls so."""
    result = explorer.explore("chronic")

    assert result["Work-Out"].id == result["exercise"].id == "exercise"
    assert "work-out" in result
    assert "lunch" not in result


def test_an_option_that_nobody_knows_is_told_with_the_nearest(explorer: Explorer) -> None:
    """A KeyError would not say what there is."""
    with pytest.raises(LookupError) as caught:
        explorer.explore("chronic")["excercise"]

    assert str(caught.value) == "'excercise' is not a known intervention; did you mean 'exercise'?"
