"""Packs that say little and mean much: what would take time or memory squared is bounded, mended or refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from painrules import Explorer, Pack, ProfileError, RulePackError, load_pack
from painrules.errors import enumerated, near_miss
from painrules.graph import build_graph, timeline, treatment_map
from painrules.packs import weight

pytestmark = pytest.mark.usefixtures("bounded")
Items = list[dict[str, Any]]
Lists = dict[str, Items]


HEADER = {"id": "draft", "title": "A draft", "version": "1.0.0", "date": "2026-01-01"}
SOURCE = {
    "id": "alpha",
    "title": "Alpha",
    "issuer": "Alpha",
    "jurisdiction": "UK",
    "year": 2005,
    "kind": "guideline",
}


def options(many: int, **more: Any) -> Items:  # noqa: ANN401 - fields
    one = {"category": "care", "domains": ["biological"], "summary": "Moving."}
    first = [{"id": "exercise", "label": "Exercise", **one}]
    return first + [{"id": f"o{n}", "label": f"O{n}", **one, **more} for n in range(many)]


def positions(many: int, **more: Any) -> Items:  # noqa: ANN401 - fields
    one = {"option": "exercise", "stance": "supports", "because": "Said.", "source": "alpha"}
    return [{"id": f"p{n}", **one, **more} for n in range(many)]


def conditions(many: int, **more: Any) -> Items:  # noqa: ANN401 - fields
    return [{"id": f"c{n}", "label": f"C{n}", **more} for n in range(many)]


def factors(many: int) -> Items:
    return [{"id": f"f{n}", "label": f"F{n}", "domain": "biological"} for n in range(many)]


def inferences(many: int) -> Items:
    """Each builds on the one before."""
    return [
        {
            "id": f"i{n}",
            "when": {"factors": {f"f{n}": "yes"}},
            "suggests": {"factors": {f"f{n + 1}": "yes"}},
            "because": "Said.",
            "source": "alpha",
        }
        for n in range(many)
    ]


def written(folder: Path, lists: Lists) -> Path:
    """A pack with some lists, besides a source, a category and an intervention."""
    draft = folder / "draft"
    draft.mkdir()
    (draft / "pack.yaml").write_text(json.dumps(HEADER), encoding="utf-8")
    care = [{"id": "care", "label": "Care"}]
    every: Lists = {"sources": [SOURCE], "categories": care, "interventions": options(0), **lists}
    for key, items in every.items():
        (draft / f"{key}.yaml").write_text(json.dumps({key: items}), encoding="utf-8")
    return draft


def refused(folder: Path, lists: Lists) -> str:
    """Why a pack with some lists cannot be loaded."""
    with pytest.raises(RulePackError) as caught:
        load_pack(written(folder, lists))
    return str(caught.value)


def loaded(folder: Path, lists: Lists) -> Pack:
    return load_pack(written(folder, lists))


BOUNDS: dict[str, tuple[str, int, Callable[[], Lists], str]] = {
    "rules": (
        "MAX_RULES",
        3,
        lambda: {"positions": positions(4)},
        "there are 4 rules, more than 3\n    hint: split the pack",
    ),
    "members of classes": (
        "MAX_BELONGING",
        5,
        lambda: {"interventions": options(6, is_a="exercise")},
        (
            "interventions belong to each other more than 5 times, over all generations\n"
            "    hint: let each belong to fewer classes"
        ),
    ),
    "what is said of members": (
        "MAX_SAID",
        11,
        lambda: {"interventions": options(5, is_a="exercise"), "positions": positions(2)},
        (
            "rules come to 12, once for each intervention that they speak of; 11 is the most\n"
            "    hint: say less of 'exercise', or let fewer interventions belong to it"
        ),
    ),
    "what is asked for members": (
        "MAX_WORDS",
        29,
        lambda: {
            "interventions": options(5, is_a="exercise"),
            "factors": factors(2),
            "positions": positions(1, when={"factors": {"f0": "yes", "f1": "no"}}),
        },
        (
            "conditions of rules come to 30, once for each intervention that they speak of; 29 is the most\n"
            "    hint: say less of 'exercise', or let fewer interventions belong to it"
        ),
    ),
    "conditions asked for": (
        "MAX_ASKED",
        9,
        lambda: {
            "conditions": [*conditions(1), *conditions(5, is_a="c0")[1:]],
            "positions": positions(2, when={"condition": "c0"}),
        },
        (
            "rules ask for conditions 10 times, with all that belong to them; 9 is the most\n"
            "    hint: ask less often for 'c0', or let fewer conditions belong to it"
        ),
    ),
    "conditions left open": (
        "MAX_OPENED",
        5,
        lambda: {"conditions": [*conditions(2), {"id": "c2", "label": "C", "is_a": ["c0", "c1"]}]},
        (
            "conditions leave open 6 others, which those within them bring; 5 is the most\n"
            "    hint: let conditions belong to fewer others"
        ),
    ),
    "inferences that build on each other": (
        "MAX_LAYERS",
        3,
        lambda: {"factors": factors(5), "inferences": inferences(4)},
        (
            "4 inferences build on each other, one on the other; 3 is the most\n"
            "    hint: let them start from what is known"
        ),
    ),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_what_follows_from_few_lines_has_bounds(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is as much as allowed is loaded; one more is refused, and what to mend is named."""
    bound, most, lists, told = BOUNDS[name]
    monkeypatch.setattr(weight, bound, most)

    assert refused(tmp_path, lists()) == (
        f"rule pack 'draft' has 1 problem\ndraft/pack.yaml:1:1: the pack: {told}"
    )

    monkeypatch.setattr(weight, bound, most + 1)
    assert load_pack(tmp_path / "draft").id == "draft"


def test_hints_for_many_misspelt_words_among_many_known_ones_are_quick(tmp_path: Path) -> None:
    """Each is compared in full only with those that it has most in common with: all would take minutes."""
    stem = ("ab" * 40)[:70]
    told = refused(
        tmp_path,
        {
            "conditions": [{"id": f"{stem}{n:05}", "label": "C"} for n in range(1_000)],
            "positions": [
                {**one, "when": {"condition": f"{stem}_{n:05}"}}
                for n, one in enumerate(positions(60))
            ],
        },
    )

    assert told.startswith("rule pack 'draft' has 60 problems\n")
    assert told.count("did you mean") == 60


def test_the_nearest_word_is_found_among_many() -> None:
    """The short cut leads to the same word."""
    known = [f"condition_{number}" for number in range(3_000)] + ["sciatica", "neuropathic"]

    assert near_miss("sicatica", known) == "sciatica"
    assert near_miss("Neuropatic", known) == "neuropathic"
    assert near_miss("zzzz", known) == ""
    assert near_miss("sciatica", (str(number) for number in range(60_000))) == ""


def test_a_long_circle_is_told_in_short(tmp_path: Path) -> None:
    """A message of a megabyte is read by nobody."""
    many = [{"id": f"c{n}", "label": "C", "is_a": f"c{(n + 1) % 2_000}"} for n in range(2_000)]
    inferred = inferences(2_000)
    inferred[-1]["suggests"] = {"factors": {"f0": "yes"}}

    told = refused(
        tmp_path, {"conditions": many, "factors": factors(2_001), "inferences": inferred}
    )

    assert len(told) < 2_000
    assert told.count("(1981 more)") == 2


def test_a_factor_and_a_red_flag_of_one_name_are_told_in_time(tmp_path: Path) -> None:
    """Thousands of them, and no more than enough of them."""
    signs = [
        {"id": f"f{n}", "label": "R", "features": ["x"], "suspects": "y"} for n in range(1_000)
    ]

    told = refused(tmp_path, {"factors": factors(1_000), "red_flag_signs": signs})

    assert told.startswith("rule pack 'draft' has at least 200 problems\n")
    assert told.count("a factor and a red flag have the same id") == 200


def test_why_not_is_answered_whatever_a_rule_asks_for(tmp_path: Path) -> None:
    """Forty facts have a million million parts: none of them is tried, and what is missing is told all the same."""
    asked = {f"f{n}": "yes" for n in range(40)}
    lists = {"factors": factors(40), "positions": positions(1, when={"factors": asked})}
    answer = Explorer(loaded(tmp_path, lists)).explore().why_not("exercise")

    assert (answer.closest, len(answer.missing), answer.change) == ("p0", 40, ())


def test_why_not_still_finds_the_smallest_change_of_ten_facts(tmp_path: Path) -> None:
    asked = {f"f{n}": "yes" for n in range(10)}
    lists = {"factors": factors(10), "positions": positions(1, when={"factors": asked})}
    answer = Explorer(loaded(tmp_path, lists)).explore().why_not("exercise")

    assert (len(answer.change), answer.becomes) == (10, "supported")


def test_thousands_of_days_and_positions_are_met(tmp_path: Path) -> None:
    """When a rule counts is looked up, not looked for."""
    many = [
        {**one, "valid_from": f"{1900 + n % 100}-{1 + n // 100 % 12:02}-{1 + n // 1200:02}"}
        for n, one in enumerate(positions(2_000))
    ]

    result = Explorer(loaded(tmp_path, {"positions": many})).explore()

    assert len(result["exercise"].positions) == 2_000


def test_a_word_that_fits_thousands_is_told_in_short(tmp_path: Path) -> None:
    """As is a place that no source is of, where there are thousands of places."""
    many = [{**one, "label": "Same"} for one in conditions(1_000)]
    places = [{**SOURCE, "id": f"s{n}", "jurisdiction": f"J{n:04}"} for n in range(1_000)]
    explorer = Explorer(loaded(tmp_path, {"conditions": many, "sources": [SOURCE, *places]}))

    for asked, more in (({"condition": "same"}, 940), ({"jurisdictions": "nowhere"}, 941)):
        with pytest.raises(ProfileError) as caught:
            explorer.explore(**asked)  # type: ignore[arg-type]
        assert str(caught.value).endswith(f" and {more} more")
        assert len(str(caught.value)) < 2_000


def test_few_words_are_enumerated_whole() -> None:
    assert enumerated([str(number) for number in range(60)]).endswith(", 58, 59")
    assert enumerated([str(number) for number in range(61)]).endswith(", 59 and 1 more")


def test_people_and_stories_by_thousands_are_met(tmp_path: Path) -> None:
    """What people suit is gathered once, not once for each story."""
    people = [
        {"id": f"a{n}", "label": "A", "suits": [f"u{n}"], "words": {f"w{m}": "x" for m in range(9)}}
        for n in range(1_000)
    ]
    portraits = [
        {"id": f"q{n}", "label": "Q", "profile": {}, "suits": [f"u{n}"], "text": "{w0} hurts."}
        for n in range(1_000)
    ]

    assert len(loaded(tmp_path, {"people": people, "portraits": portraits}).portraits) == 1_000


def test_blocks_of_unknown_names_say_the_same_as_names_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are very many factors, only blocks of them are joined in advance: no answer changes."""
    asked = [
        {**one, "when": {"factors": {f"f{n}": "yes", f"f{n * 7 % 40}": "yes"}}}
        for n, one in enumerate(positions(40))
    ]
    pack = loaded(tmp_path, {"factors": factors(40), "positions": asked})
    known: list[tuple[str, ...]] = [(), ("f0",), ("f3", "f4", "f21"), ("f7", "f39"), ("f1", "f9")]
    before = [Explorer(pack).explore(present=names).to_json() for names in known]

    for most in (1, 3, 8, 39):
        monkeypatch.setattr("painrules.engine.columns.STRETCHED", most)
        explorer = Explorer(pack)
        assert [explorer.explore(present=names).to_json() for names in known] == before
        assert [explorer.explore(absent=names).mode for names in known]


def test_a_slide_of_hundreds_of_categories_is_drawn(tmp_path: Path) -> None:
    """To try every way to put them into columns, after each option, would take hours."""
    many = 400
    cares = [{"id": f"k{n}", "label": f"K{n}"} for n in range(many)]
    lists = {
        "categories": [{"id": "care", "label": "Care"}, *cares],
        "interventions": [
            {**one, "category": f"k{n % many}"} for n, one in enumerate(options(many))
        ],
        "positions": [{**one, "option": f"o{n}"} for n, one in enumerate(positions(many))],
    }
    result = Explorer(loaded(tmp_path, lists)).explore("chronic", "neuropathic")

    assert ">K399<" in treatment_map(result).svg


def test_a_timeline_of_what_many_groups_are_told_is_drawn(tmp_path: Path) -> None:
    """Their names make one long text, which is not shortened letter by letter."""
    many = [
        {**one, "when": {"severity": {"min": n / 1_000}}} for n, one in enumerate(positions(800))
    ]
    pack = loaded(tmp_path, {"positions": many})

    assert "800 groups" in timeline("exercise", graph=build_graph(pack)).svg


def test_a_timeline_reaches_to_the_end_of_time(tmp_path: Path) -> None:
    """The last year that there is has no year after it."""
    first, second = positions(2)
    lists = {"positions": [{**first, "valid_from": "0001"}, {**second, "valid_from": "9999"}]}

    assert ">9000</text>" in timeline("exercise", graph=build_graph(loaded(tmp_path, lists))).svg
