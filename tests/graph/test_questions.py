"""Questions: what they find, how they say it, what they do with words that nobody knows."""

from collections.abc import Callable

import networkx as nx
import pytest

import painrules
from painrules import PainrulesError, Profile, UnknownWordError
from painrules.graph import (
    Answer,
    Graph,
    addressed_by,
    alternatives,
    build_graph,
    check_graph,
    combination,
    complements,
    delivered_by,
    neighbourhood,
    pathway,
    prerequisites,
    shared,
    steps_up,
    who_delivers,
    why_connected,
)
from painrules.graph.answer import whom
from painrules.model.knowledge import Relation
from painrules.model.pack import Pack
from painrules.model.rule import Position, Step
from painrules.testing import small_vocabulary

ONE_WORD: tuple[Callable[..., Answer], ...] = (
    alternatives,
    complements,
    delivered_by,
    pathway,
    prerequisites,
    steps_up,
)


def relation(start: str, kind: str, end: str, note: str | None = None) -> Relation:
    """A relation of a small pack."""
    told = {"from": start, "kind": kind, "to": end, "sources": ["alpha"], "note": note}
    return Relation.model_validate(told)


def with_relations(*relations: Relation) -> Graph:
    """The graph of a small pack with some relations."""
    pack = small_vocabulary()
    found = {**pack.relations, **{one.id: one for one in relations}}
    return build_graph(pack.model_copy(update={"relations": found}))


def step(name: str, option: str, first: str, **more: object) -> Step:
    """A step of a small pack: an option comes after another was tried."""
    told = {"id": name, "option": option, "kind": "clinical", "because": "So.", "source": "alpha"}
    return Step.model_validate({**told, "requires": {"tried": {first: "not_enough"}}, **more})


def with_steps(*steps: Step) -> Graph:
    """The graph of a small pack with some steps."""
    pack: Pack = small_vocabulary()
    return build_graph(pack.with_rule(*steps))


# Sentences


def test_alternatives_answer_in_a_sentence_with_sources() -> None:
    """The whole answer of a small pack, word for word."""
    graph = with_relations(relation("nerve_block", "alternative_to", "opioids", "Around surgery."))
    assert str(alternatives("opioids", graph=graph)) == (
        "Instead of opioids, or to need less, sources name: "
        "Nerve block (around surgery; Alpha 2005 (UK))."
    )


def test_what_spares_an_option_stands_among_its_alternatives() -> None:
    """Who asks for alternatives to opioids wants to hear what lets one need less of them."""
    graph = with_relations(relation("exercise", "spares", "opioids"))
    assert str(alternatives("opioids", graph=graph)).endswith(
        "Exercise (may lower the need; Alpha 2005 (UK))."
    )


def test_what_is_said_of_a_class_is_said_of_its_members_with_its_name() -> None:
    """Tramadol is a weak opioid is an opioid: an alternative to opioids is one to it, and the answer says so."""
    graph = with_relations(relation("nerve_block", "alternative_to", "opioids"))
    found = alternatives("tramadol", graph=graph)
    assert found.ids == ("nerve_block",)
    assert "said of opioids" in str(found)


def test_complements_are_found_from_either_side() -> None:
    """Said once, it holds both ways."""
    graph = with_relations(relation("exercise", "complements", "nerve_block"))
    assert complements("nerve_block", graph=graph).ids == ("exercise",)
    assert complements("exercise", graph=graph).ids == ("nerve_block",)


def test_nothing_found_is_said_in_a_sentence_too() -> None:
    """An empty answer is an answer."""
    graph = build_graph(small_vocabulary())
    found = complements("exercise", graph=graph)
    assert (str(found), len(found)) == ("No source in this pack pairs exercise with anything.", 0)


def test_why_connected_tells_each_step_with_its_sources() -> None:
    """The sentence that the issue asks for, of the core pack: short, typed, sourced."""
    found = why_connected("cbt", "fibromyalgia")
    assert found.ids == ("cbt", "fibromyalgia")
    assert str(found).startswith(
        "In fibromyalgia, sources speak for cognitive behavioural therapy ["
    )
    assert "EULAR" in str(found)
    assert found.rules


def test_why_connected_tells_both_sides_where_sources_disagree() -> None:
    """Nobody picks a winner, in a graph neither."""
    pack = small_vocabulary()
    told = {"option": "opioids", "when": {"condition": "back_pain"}, "because": "So."}
    rules = [
        Position.model_validate({**told, "id": f"r_{stance}", "stance": stance, "source": source})
        for stance, source in (("supports", "alpha"), ("opposes", "beta"))
    ]
    graph = build_graph(pack.with_rule(*rules))
    assert str(why_connected("opioids", "back_pain", graph=graph)) == (
        "In back pain, sources speak for opioids [Alpha 2005 (UK)] and against [Beta 2010 (US)]."
    )


def test_why_connected_goes_by_category_only_where_nothing_else_leads() -> None:
    """Two options of one category are connected, but that is the last thing to say."""
    graph = build_graph(small_vocabulary())
    found = why_connected("weak_opioids", "antidepressants", graph=graph)
    assert "category:medicines" not in {item.node for item in found}
    alone = why_connected("exercise", "nerve_block", graph=graph)
    assert {item.node.partition(":")[0] for item in alone.items[1:-1]} <= {"source", "domain"}


def test_things_without_any_connection_are_said_to_have_none() -> None:
    """No way is an answer as well."""
    graph = build_graph(small_vocabulary())
    graph.add_node("goal:lonely", kind="goal", entry="lonely", label="Lonely")
    assert str(why_connected("lonely", "exercise", graph=graph)) == (
        "Nothing in this pack connects Lonely and exercise."
    )


def test_a_thing_is_connected_with_itself() -> None:
    """Asking twice for the same thing is no error."""
    assert str(why_connected("exercise", "exercise")) == "Therapeutic exercise is the same in both."


# Steps


def test_a_pathway_puts_prerequisites_first() -> None:
    """Exercise before analgesics before opioids, in this order."""
    graph = with_steps(step("a", "opioids", "nerve_block"), step("b", "nerve_block", "exercise"))
    assert pathway("opioids", graph=graph).ids == ("exercise", "nerve_block")
    assert prerequisites("opioids", graph=graph).ids == ("nerve_block",)
    assert steps_up("exercise", graph=graph).ids == ("nerve_block",)


def test_a_pathway_does_not_join_steps_that_speak_of_different_people() -> None:
    """A step in sciatica does not come before one in fibromyalgia."""
    graph = with_steps(
        step("a", "opioids", "nerve_block", when={"condition": "fibromyalgia"}),
        step("b", "nerve_block", "exercise", when={"condition": "sciatica"}),
    )
    assert pathway("opioids", graph=graph).ids == ("nerve_block",)


def test_a_pathway_joins_a_condition_with_one_that_it_belongs_to() -> None:
    """What holds for back pain holds for sciatica."""
    graph = with_steps(
        step("a", "opioids", "nerve_block", when={"condition": "sciatica"}),
        step("b", "nerve_block", "exercise", when={"condition": "back_pain"}),
    )
    assert pathway("opioids", graph=graph).ids == ("exercise", "nerve_block")


def test_steps_that_go_round_in_a_circle_end() -> None:
    """A pack that nobody checked must not hang who asks."""
    graph = with_steps(step("a", "opioids", "nerve_block"), step("b", "nerve_block", "opioids"))
    assert pathway("opioids", graph=graph).ids == ("nerve_block",)


def test_the_pathway_to_ablation_ends_with_the_block_that_tests_for_it() -> None:
    """The example that the issue names."""
    found = pathway("radiofrequency_ablation")
    ids = list(found.ids)
    assert (
        ids.index("failed_conservative")
        < ids.index("diagnostic_mbb")
        < ids.index("diagnostic_block")
    )
    assert "NICE 2016 (UK)" in str(found)


# People, conditions, combinations


def test_who_delivers_takes_a_result_or_a_profile() -> None:
    """A profile is looked at with the core pack."""
    profile = Profile(conditions=["fibromyalgia"])
    assert who_delivers(profile).ids == who_delivers(painrules.explore(profile)).ids
    assert "physiotherapist" in who_delivers(profile)


def test_a_red_flag_comes_before_who_delivers_and_stops_combinations() -> None:
    """Assessment first, in every answer."""
    result = painrules.explore("chronic", present=["rf_cauda_equina"])
    assert str(who_delivers(result)).startswith("A red flag comes first")
    assert str(combination(result)).startswith("A red flag comes first")
    assert len(combination(result)) == 0


def test_what_conditions_share_is_supported_in_each_of_them() -> None:
    """And where sources disagree in one of them, the answer says in which."""
    found = shared("fibromyalgia", "osteoarthritis_knee")
    assert "exercise" in found
    assert "sources disagree in" in str(found)
    with pytest.raises(PainrulesError, match="name at least one condition"):
        shared()


def test_a_combination_touches_body_mind_and_life_and_is_never_a_plan() -> None:
    """Built from what is listed, from what complements what, and said to be an example."""
    result = painrules.explore("chronic", condition="low_back_pain")
    found = combination(result)
    domains = {domain for item in found for domain in result[item.id].domains}
    assert domains >= {"biological", "psychological", "social"}
    assert set(found.ids) <= set(result.listed)
    assert str(found).endswith("it is an example for learning, never a plan for a person.")
    assert "Sources pair " in str(found)


def test_nothing_listed_makes_no_combination() -> None:
    """Where too little is known there is nothing to combine."""
    assert str(combination(painrules.explore())) == "Nothing is listed that could be combined."


def test_what_addresses_a_factor_is_found_by_its_name() -> None:
    """By label as well as by id."""
    assert addressed_by("Pain catastrophising").ids == addressed_by("catastrophising").ids != ()


# Neighbourhoods


def test_a_neighbourhood_holds_what_is_so_many_steps_away() -> None:
    """No more, no less; and only along the kinds of edge that were asked for."""
    graph = with_relations(
        relation("exercise", "complements", "nerve_block"),
        relation("nerve_block", "complements", "opioids"),
    )
    options = [
        set(neighbourhood("exercise", depth, ["complements"], graph=graph)) for depth in (0, 1, 2)
    ]
    assert options == [
        {"intervention:exercise"},
        {"intervention:exercise", "intervention:nerve_block"},
        {"intervention:exercise", "intervention:nerve_block", "intervention:opioids"},
    ]


@pytest.mark.parametrize("depth", [-1, 1.5, True, "2"])
def test_a_depth_must_be_a_whole_number(depth: int) -> None:
    """Anything else would silently mean something."""
    with pytest.raises(PainrulesError, match="is not a whole number from 0 to 100"):
        neighbourhood("exercise", depth)


def test_an_unknown_kind_of_edge_is_met_with_the_nearest() -> None:
    """A typo in a kind must not look like an empty neighbourhood."""
    with pytest.raises(UnknownWordError) as caught:
        neighbourhood("exercise", kinds=["complement"])
    assert (
        str(caught.value) == "'complement' is not a known kind of edge; did you mean 'complements'?"
    )


# Words


@pytest.mark.parametrize("question", ONE_WORD, ids=lambda one: one.__name__)
def test_an_unknown_option_is_met_with_the_nearest(question: Callable[..., Answer]) -> None:
    """Every question names the near miss."""
    with pytest.raises(UnknownWordError) as caught:
        question("opiods")
    assert str(caught.value) == "'opiods' is not a known intervention; did you mean 'opioids'?"


@pytest.mark.parametrize(
    "word", ["cbt", "CBT for pain", "cognitive behavioural therapy", "intervention:cbt"]
)
def test_options_are_found_by_id_label_synonym_and_node(word: str) -> None:
    """As everywhere in the library."""
    assert complements(word).ids == complements("cbt").ids != ()


def test_a_word_that_fits_several_is_refused_with_all_of_them() -> None:
    """Guessing would answer another question than was asked."""
    graph = build_graph(small_vocabulary())
    graph.nodes["intervention:opioids"]["synonyms"] = "painkiller"
    graph.nodes["intervention:analgesics"]["synonyms"] = "painkiller; pill"
    with pytest.raises(PainrulesError) as caught:
        complements("painkiller", graph=graph)
    assert str(caught.value) == "'painkiller' fits several: analgesics, opioids; write one of these"


def test_answers_carry_notice_rules_and_sources() -> None:
    """What is taken out of an answer can still be traced."""
    found = alternatives("opioids")
    assert found.notice == painrules.core_pack().notice
    assert found.sources
    assert set(found.rules) <= set(painrules.core_pack().relations)
    assert repr(found) == f"<Answer: {found}>"
    assert "nonopioid_therapies" in found


def test_history_is_not_an_answer() -> None:
    """A position that ended in 2020 does not connect anything today."""
    pack = small_vocabulary()
    past = Position.model_validate(
        {
            "id": "r",
            "option": "opioids",
            "when": {"condition": "back_pain"},
            "stance": "supports",
            "because": "So.",
            "source": "alpha",
            "valid_to": "2020",
            "status": "superseded",
        }
    )
    assert len(shared("back_pain", graph=build_graph(pack.with_rule(past)))) == 0


# What a reader would stumble over


@pytest.mark.parametrize(
    ("population", "told"),
    [
        ("chronic pain; Takes an opioid now", "chronic pain (takes an opioid now)"),
        ("chronic pain; low back pain", "chronic pain with low back pain"),
        ("acute pain; age 20 or less", "acute pain (age 20 or less)"),
        ("Pregnancy (unless Asthma)", "where this applies: pregnancy"),
        ("ME/CFS; COPD or other lung disease", "ME/CFS with COPD or other lung disease"),
        ("Parkinson's disease", "Parkinson's disease"),
    ],
)
def test_whom_a_rule_speaks_of_is_told_so_that_it_can_be_read(population: str, told: str) -> None:
    """Labels of facts are half sentences: "for Takes an opioid now" is nothing that one says."""
    assert whom(population) == told


def test_a_pathway_says_which_kind_has_which_steps() -> None:
    """Steps before one member of a class read as steps before another are wrong."""
    graph = with_steps(
        step("a", "opioids", "nerve_block"), step("b", "weak_opioids", "exercise", source="beta")
    )
    assert str(pathway("opioids", graph=graph)) == (
        "Sources put these before opioids: 1. Nerve block (tried first; Alpha 2005 (UK)); then opioids. "
        "Some kinds of it have steps of their own. Weak opioids: 1. Exercise (tried first; Beta 2010 (US))."
    )


def test_what_comes_before_a_step_says_before_which() -> None:
    """A check before a medicine that comes before an implant is no check before the implant."""
    graph = with_steps(step("a", "opioids", "nerve_block"), step("b", "nerve_block", "exercise"))
    assert [item.says for item in pathway("opioids", graph=graph)] == [
        "tried before nerve block",
        "tried first",
    ]


def test_what_comes_after_an_option_says_after_what() -> None:
    """Beside what comes later, "tried first" would say the opposite."""
    graph = with_steps(step("a", "opioids", "exercise"))
    assert str(steps_up("exercise", graph=graph)) == (
        "After exercise, sources speak of: Opioids (once that was tried; Alpha 2005 (UK))."
    )


def test_a_source_is_connected_with_what_it_says() -> None:
    """Not by way of everything else that it speaks of."""
    assert str(why_connected("cbt", "eular_2016")) == (
        "EULAR (Macfarlane et al.) 2016 (Europe) speaks for cognitive behavioural therapy in fibromyalgia."
    )


def test_a_source_with_much_to_say_is_told_for_and_against() -> None:
    """The first few names of each, never only those on one side."""
    told = str(why_connected("chronic_primary_pain", "nice_ng193"))
    assert "speaks for" in told
    assert "; speaks against" in told
    assert " more in chronic primary pain" in told


def test_of_many_sources_a_sentence_names_the_first_few() -> None:
    """A sentence that nobody reads to its end explains nothing; the items have all of them."""
    found = shared("fibromyalgia", "osteoarthritis_knee", "low_back_pain")
    longest = max(found, key=lambda item: len(item.cited))
    assert len(longest.cited) > 4
    assert f"{longest.cited[3]} and {len(longest.cited) - 4} more" in str(longest)


def test_a_pairing_in_one_condition_is_not_taken_for_another() -> None:
    """Sources pair procedures with psychological support in cancer pain; that is nothing to show for a neuropathy."""
    found = combination(painrules.explore("chronic", "neuropathic"))
    assert "in cancer pain" not in str(found)
    assert "nerve_block" not in found


@pytest.mark.parametrize("question", ONE_WORD, ids=lambda one: one.__name__)
@pytest.mark.parametrize("wrong", [nx.Graph(), nx.DiGraph(), "core", {}])
def test_what_is_no_graph_of_ours_is_refused(
    question: Callable[..., Answer], wrong: object
) -> None:
    """An error that says what to give, instead of one from deep within."""
    with pytest.raises(PainrulesError) as caught:
        question("cbt", graph=wrong)
    assert str(caught.value) == (
        "graph must be a networkx.MultiDiGraph, as build_graph and result.graph() return, "
        f"not {type(wrong).__name__}"
    )


def test_what_somebody_added_to_a_graph_does_not_break_questions() -> None:
    """A graph is its owner's to change: nodes and edges without our attributes are walked past."""
    graph = build_graph(small_vocabulary())
    graph.add_edge("mine", "intervention:exercise")
    graph.add_edge("mine", "yours", kind="likes", label="likes")
    assert len(complements("exercise", graph=graph)) == 0
    assert str(why_connected("mine", "yours", graph=graph)).startswith(
        "Nothing in this pack connects"
    )
    assert {"mine", "yours"} <= set(neighbourhood("mine", kinds=None, graph=graph)) | {"yours"}
    assert check_graph(graph)


@pytest.mark.parametrize("word", [None, 7, "", "   ", "x" * 5000, "💥", ["cbt"], "intervention:"])
def test_no_word_makes_anything_but_our_own_error(word: object) -> None:
    """Whatever stands where a name should stand."""
    for question in (*ONE_WORD, addressed_by, shared, neighbourhood):
        with pytest.raises(PainrulesError):
            question(word)  # type: ignore[operator]
    with pytest.raises(PainrulesError):
        why_connected(word, "cbt")  # type: ignore[arg-type]
