"""Questions: the key follows from the rules, nothing gives it away, and nothing is asked twice."""

import os
import re
from collections import Counter
from itertools import pairwise

import pytest

from painrules import Explorer, PainrulesError, Profile, UnknownWordError, core_pack, teach
from painrules.teach import Item, Quiz
from painrules.teach.flaws import words_of
from painrules.teach.recheck import recheck
from painrules.vocab import ItemForm, ItemKind

EACH = int(os.environ.get("PAINRULES_ITEMS", "300")) // 10
"""How many questions from each seed; `make exam` asks for more."""
LONG = 300 if "PAINRULES_ITEMS" in os.environ else 100
"""How many questions of each kind in a row."""
PACK = core_pack()
EXPLORER = Explorer()


@pytest.fixture(scope="module")
def some() -> Quiz:
    return teach.quiz(120, seed="some", explorer=EXPLORER)


def test_the_same_arguments_give_the_same_bytes() -> None:
    """A set can be made again, years later, from four words."""
    one, two = (teach.quiz(15, 7, about="neuropathic").to_json() for _ in range(2))

    assert one == two


def test_a_set_survives_json_and_back(some: Quiz) -> None:
    """Questions can be edited by hand and exported again."""
    assert Quiz.from_json(some.to_json()) == some
    with pytest.raises(PainrulesError, match="not a set of painrules questions: notice"):
        Quiz.from_json('{"title": "x", "items": 1}')


def test_every_key_is_derived_again_from_the_rules(some: Quiz) -> None:
    """Nobody wrote these keys down; the rules say them, each time."""
    assert recheck(some, EXPLORER) == ()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_thousands_of_keys_are_derived_again(part: int) -> None:
    """So many from each of ten seeds, over all kinds, whatever was drawn: with `make exam`, ten thousand together."""
    found = teach.quiz(EACH, seed=f"part {part}", explorer=EXPLORER)

    assert recheck(found, EXPLORER) == ()
    assert len({item.stem for item in found}) == EACH
    assert [flaw for item in found for flaw in teach.flaws(item, PACK.intervention_tree)] == []


def test_a_key_that_was_changed_by_hand_is_found_out(some: Quiz) -> None:
    """A check that cannot fail is worse than none: swap right and wrong in each kind."""
    for kind in ItemKind:
        item = next(one for one in some if one.kind is kind)
        plain = item.model_dump()
        if item.form is ItemForm.MATCH:
            first, second = plain["pairs"][:2]
            first["right_id"], second["right_id"] = second["right_id"], first["right_id"]
        elif item.form is ItemForm.ORDER:
            plain["steps"] = plain["steps"][::-1]
        else:
            for answer in plain["answers"]:
                answer["right"] = not answer["right"]
        assert recheck([Item.model_validate(plain)], EXPLORER), kind


def test_a_rule_that_goes_changes_what_comes_out(some: Quiz) -> None:
    """Without its rules no first line stays one: the keys really hang on the rules."""
    item = next(one for one in some if one.kind is ItemKind.FIRST_LINE)
    key = next(one for one in item.answers if one.right)
    profile = Profile(**item.profile)
    deciding = [one.id for one in EXPLORER.explore(profile)[key.id].positions]

    assert recheck([item], Explorer(PACK.without_rule(*deciding)))


def test_all_kinds_come_equally_often(some: Quiz) -> None:
    """A set drawn from everything is one of everything."""
    counts = Counter(item.kind for item in some)

    assert set(counts) == set(ItemKind)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_no_stem_comes_twice(some: Quiz) -> None:
    """Not even with other answers."""
    assert len({item.stem for item in some}) == len(some)


def test_a_single_question_has_one_key_and_the_others_what_they_say(some: Quiz) -> None:
    """Exactly one, or the stated number."""
    for item in some:
        right = sum(answer.right for answer in item.answers)
        if item.form in {ItemForm.SINGLE, ItemForm.TRUE_FALSE}:
            assert right == 1
        elif item.form is ItemForm.MULTIPLE:
            assert 1 <= right < len(item.answers)


def test_a_question_about_a_case_states_type_condition_and_age(some: Quiz) -> None:
    """With the condition alone almost nothing is settled."""
    for item in some:
        if item.story and item.kind is not ItemKind.ASK_NEXT:
            profile = Profile(**item.profile)
            assert profile.pain_type
            assert profile.conditions
            assert f"{profile.age_years} years old" in item.known
            assert str(profile.pain_type) in item.known


def test_no_answer_is_contested_or_unsettled(some: Quiz) -> None:
    """A distractor is wrong because of a rule, not because of somebody's opinion."""
    for item in some:
        if item.kind in {ItemKind.FIRST_LINE, ItemKind.LATER_LINE, ItemKind.NOT_SUPPORTED}:
            result = EXPLORER.explore(Profile(**item.profile))
            for answer in item.answers:
                view = result[answer.id]
                assert view.definite
                assert view.status in {"supported", "not_supported"}
                assert view.agreement not in {"mixed", "varies"}


def test_every_answer_has_feedback_and_most_cite_a_rule_and_its_source(some: Quiz) -> None:
    """A wrong answer teaches too. What no rule says, such as a definition, cites its source."""
    for item in some:
        for answer in item.answers:
            assert answer.feedback
            assert answer.sources or "nothing in it can be a first line" in answer.feedback
        for pair in item.pairs:
            assert pair.sources
        for step in item.steps:
            assert step.rules


def test_right_answers_stand_in_every_place_equally_often(some: Quiz) -> None:
    """Whoever always takes the third one gains nothing."""
    places: dict[int, Counter[int]] = {}
    for item in some:
        if item.form is ItemForm.SINGLE:
            place = [answer.right for answer in item.answers].index(True)
            places.setdefault(len(item.answers), Counter())[place] += 1
    for size, found in places.items():
        assert max(found.values()) - min(found[place] for place in range(size)) <= 1
    truth = Counter(item.answers[0].right for item in some if item.form is ItemForm.TRUE_FALSE)
    assert abs(truth[True] - truth[False]) <= 1


def test_length_gives_nothing_away(some: Quiz) -> None:
    """Whoever always takes the longest answer, or the shortest, does no better than by chance, within a margin."""
    longest = shortest = chance = total = 0.0
    for item in some:
        if item.form is ItemForm.SINGLE:
            lengths = [len(answer.text) for answer in item.answers]
            key = next(len(answer.text) for answer in item.answers if answer.right)
            longest += (key == max(lengths)) / lengths.count(max(lengths))
            shortest += (key == min(lengths)) / lengths.count(min(lengths))
            chance += 1 / len(lengths)
            total += 1
    assert abs(longest - chance) / total < 0.15
    assert abs(shortest - chance) / total < 0.15


def test_no_key_alone_repeats_a_word_of_its_question(some: Quiz) -> None:
    """The oldest give-away there is."""
    for item in some:
        if item.form is ItemForm.SINGLE:
            asked = words_of(item.stem)
            echoes = [bool(words_of(answer.text) & asked) for answer in item.answers]
            right = [answer.right for answer in item.answers].index(True)
            assert not (echoes[right] and sum(echoes) == 1), item.stem


def test_a_right_answer_has_one_of_its_own_category_beside_it(some: Quiz) -> None:
    """A medicine among three kinds of exercise is found without any knowledge; few questions leave no other choice."""
    asked = {ItemKind.FIRST_LINE, ItemKind.LATER_LINE, ItemKind.NOT_SUPPORTED, ItemKind.CAUTION}
    lone = total = 0
    for item in some:
        if item.kind in asked:
            kinds = {one.right: set[str]() for one in item.answers}
            for one in item.answers:
                kinds[one.right].add(PACK.interventions[one.id].category)
            lone += not kinds[True] & kinds[False]
            total += 1
    assert lone / total < 0.1


def test_no_two_sources_to_choose_from_have_one_issuer(some: Quiz) -> None:
    """Which year it was is trivia."""
    for item in some:
        if item.kind is ItemKind.SOURCE:
            issuers = [PACK.sources[one.id].issuer.partition(" (")[0] for one in item.answers]
            assert len(set(issuers)) == len(issuers)


def test_what_is_known_does_not_name_the_mechanism_that_is_asked_for(some: Quiz) -> None:
    """A painful neuropathy gives "neuropathic" away."""
    for item in some:
        if item.kind is ItemKind.MECHANISM and len(item.keys) == 1:
            assert item.keys[0][:6] not in item.known.casefold()


def test_a_statement_does_not_name_its_source(some: Quiz) -> None:
    """Asking who says what NICE says would be no question."""
    for item in some:
        if item.kind is ItemKind.SOURCE:
            key = next(answer for answer in item.answers if answer.right)
            issuer = re.sub(r"\(.*?\)", "", PACK.sources[key.id].issuer)
            words = {
                word for word in re.findall(r"\w+", issuer) if len(word) > 2 and word[0].isupper()
            }
            assert not words & set(re.findall(r"\w+", item.question))


@pytest.mark.parametrize("kind", ItemKind)
def test_each_kind_is_drawn_many_times_without_a_flaw(kind: ItemKind) -> None:
    """A key among the distractors, two right answers, a class beside its member, a key that stands out."""
    found = teach.quiz(12, seed=f"stress {kind}", kinds=kind, explorer=EXPLORER)

    assert [flaw for item in found for flaw in teach.flaws(item, PACK.intervention_tree)] == []
    assert recheck(found, EXPLORER) == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ItemKind)
def test_each_kind_is_drawn_hundreds_of_times_without_a_flaw(kind: ItemKind) -> None:
    """The same, longer."""
    found = teach.quiz(LONG, seed=f"long {kind}", kinds=kind, explorer=EXPLORER)

    assert [flaw for item in found for flaw in teach.flaws(item, PACK.intervention_tree)] == []
    assert recheck(found, EXPLORER) == ()


def flawed(**changes: object) -> Item:
    """A question that is sound but for what is changed."""
    plain: dict[str, object] = {
        "id": "x",
        "kind": "first_line",
        "form": "single",
        "question": "What is it?",
        "answers": [
            {"id": "a", "text": "Walking", "right": True, "feedback": "."},
            {"id": "b", "text": "Resting", "right": False, "feedback": "."},
            {"id": "c", "text": "Waiting", "right": False, "feedback": "."},
        ],
        "bloom": "apply",
        "objective": ".",
    }
    return Item.model_validate(plain | changes)


def answers(*told: tuple[str, str, bool]) -> list[dict[str, object]]:
    return [{"id": a, "text": b, "right": c, "feedback": "."} for a, b, c in told]


WALK, REST, WAIT = ("a", "Walking", True), ("b", "Resting", False), ("c", "Waiting", False)
FLAWED: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "sound": ({}, ()),
    "twice": (
        {"answers": answers(WALK, ("b", " walking", False))},
        ("two answers are the same",),
    ),
    "no key": (
        {"answers": answers(("a", "Walking", False), REST)},
        ("no answer is right", "0 answers are right, and one was asked for"),
    ),
    "two keys": (
        {"answers": answers(WALK, ("b", "Resting", True), WAIT)},
        ("2 answers are right, and one was asked for",),
    ),
    "long": (
        {"answers": answers(("a", "Walking " * 9, True), REST)},
        ("the right answer is much longer than all others",),
    ),
    "short": (
        {"answers": answers(("a", "Walk", True), ("b", "Resting for a long, long time", False))},
        ("the right answer is much shorter than all others",),
    ),
    "echo": (
        {"question": "Which kind of walking is it?"},
        ("only the right answer repeats a word of the question: walking",),
    ),
    "root": (
        {
            "question": "What drives a painful neuropathy?",
            "answers": answers(("a", "Neuropathic", True), ("b", "Nociceptive", False)),
        },
        ("only the right answer repeats a word of the question: neuropathic",),
    ),
    "kin": (
        {
            "answers": answers(
                ("exercise", "Exercise", True), ("aerobic_exercise", "Aerobics", False)
            )
        },
        ("'Exercise' and 'Aerobics' are a class and its member",),
    ),
}


@pytest.mark.parametrize("name", FLAWED)
def test_a_flaw_is_found(name: str) -> None:
    """Each of them, on purpose."""
    changes, flaw = FLAWED[name]

    assert teach.flaws(flawed(**changes), PACK.intervention_tree) == flaw


def test_a_set_is_about_what_was_asked_for() -> None:
    """Neuropathic pain, and nothing else."""
    found = teach.quiz(20, 3, about="neuropathic pain")

    about = [item.profile for item in found if item.profile and item.kind is not ItemKind.MECHANISM]
    assert all("neuropathic" in profile["mechanisms"] for profile in about)


def test_too_many_are_an_error_that_says_how_many_there_are() -> None:
    """Never silently fewer."""
    with pytest.raises(teach.TeachError) as caught:
        teach.quiz(90, 1, kinds="order", about="gout")

    assert re.fullmatch(
        r"only \d+ of 90 questions of the kinds order about 'gout' "
        r"could be made without repeating one\n"
        r"    hint: ask for fewer, for more kinds, or for a broader subject",
        str(caught.value),
    )


def test_a_misspelt_kind_is_met_with_the_nearest() -> None:
    """As everywhere."""
    with pytest.raises(UnknownWordError, match="did you mean 'first_line'"):
        teach.quiz(1, kinds="first_lin")  # type: ignore[arg-type]


def test_questions_and_pairs_show_themselves_in_a_notebook_without_the_key(some: Quiz) -> None:
    """A teacher puts a set on the screen, and the class does not see what is right."""
    shown = some.to_markdown()

    assert shown.startswith("> For education only")
    assert shown.count("#### ") == len(some)
    for item in some:
        assert item.question in str(item)
        assert set(item.choices) >= {one.text for one in (*item.answers, *item.steps)}
        if item.form is ItemForm.ORDER:
            assert item.choices == tuple(sorted(one.text for one in item.steps))
    pair = teach.pairs(1, seed=3, explorer=EXPLORER)[0]
    assert "**A.**" in pair.to_markdown()
    assert pair.rules[0].id not in pair.to_markdown()


def test_ids_are_stable_and_tell_questions_apart(some: Quiz) -> None:
    """A second import updates a question instead of adding it again."""
    assert len({item.id for item in some}) == len(some)
    again = teach.quiz(120, seed="some", explorer=EXPLORER)
    assert [item.id for item in again] == [item.id for item in some]


def test_levels_of_thinking_and_objectives_are_stated(some: Quiz) -> None:
    """For the table of specifications that an exam office wants."""
    assert len({item.bloom for item in some}) >= 4
    assert all(item.objective.endswith(".") for item in some)


def test_an_order_is_the_only_one_possible(some: Quiz) -> None:
    """No two steps could change places."""
    for item in some:
        if item.form is ItemForm.ORDER and item.about == "line":
            result = EXPLORER.explore(Profile(**item.profile))
            lines = [str(result[step.id].line) for step in item.steps]
            assert all(one != two for one, two in pairwise(lines))
