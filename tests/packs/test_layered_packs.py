"""Packs on top of packs: what lies beneath is there, and its ids are taken."""

import shutil
from pathlib import Path

import pytest

from painrules import Explorer, Pack, RulePackError, load_pack
from painrules.packs import core_pack, load

BASE = Path(__file__).parent / "base"
HEAD = "id: mine\ntitle: Mine\nversion: 0.1.0\ndate: 2026-11-21\n"
RULE = (
    "positions:\n"
    "  - {id: my_rule, source: alpha, option: exercise, stance: opposes, when: {condition: sciatica},"
    " because: It says so.}\n"
)


@pytest.fixture(scope="module", name="base")
def _base() -> Pack:
    return load_pack(BASE)


def layer(into: Path, text: str, head: str = HEAD) -> Path:
    """A folder with a header and one file more."""
    folder = into / "mine"
    folder.mkdir()
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return folder


def message_of(folder: Path, on: Pack | None) -> str:
    with pytest.raises(RulePackError) as caught:
        load_pack(folder, on=on)
    return str(caught.value)


def test_a_layer_speaks_of_what_lies_beneath(tmp_path: Path, base: Pack) -> None:
    """A clinic adds a rule of its own to a published pack without copying the pack."""
    pack = load_pack(layer(tmp_path, RULE), on=base)

    assert (pack.id, pack.header.categories) == ("mine", ("care",))
    assert sorted(pack.positions) == ["exercise_for_all", "medicines_for_chronic_pain", "my_rule"]
    assert pack.interventions == base.interventions
    result = Explorer(pack).explore(condition="sciatica")
    assert result["exercise"].status.value == "not_supported"


def test_what_lies_beneath_is_not_changed_by_a_layer(tmp_path: Path, base: Pack) -> None:
    """Two layers on one pack must not see each other."""
    before = base.digest

    load_pack(layer(tmp_path, RULE), on=base)

    assert (base.digest, sorted(base.positions)) == (
        before,
        ["exercise_for_all", "medicines_for_chronic_pain"],
    )


def test_layers_can_be_piled_up(tmp_path: Path, base: Pack) -> None:
    """A department on a hospital on a published pack."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = load_pack(layer(tmp_path / "one", RULE), on=base)
    second = load_pack(layer(tmp_path / "two", RULE.replace("my_rule", "our_rule")), on=first)

    assert {"exercise_for_all", "my_rule", "our_rule"} <= set(second.positions)


def test_an_id_of_the_pack_beneath_is_not_used_again(tmp_path: Path, base: Pack) -> None:
    """A layer adds and never silently replaces: a reader of the lower pack would be misled."""
    text = (
        RULE.replace("my_rule", "medicines_in_pregnancy") + "goals:\n  - {id: sleep, label: Rest}\n"
    )

    assert message_of(layer(tmp_path, text), base) == (
        "rule pack 'mine' has 2 problems\n"
        "mine/mine.yaml:2:10: rule 'medicines_in_pregnancy', id: this id is taken already, in the pack beneath\n"
        "    hint: ids are unique and never reused; choose another\n"
        "mine/mine.yaml:4:10: goal 'sleep', id: this id is taken already, in the pack beneath\n"
        "    hint: ids are unique and never reused; choose another"
    )


def test_a_factor_is_not_called_like_a_red_flag_of_the_pack_beneath(
    tmp_path: Path, base: Pack
) -> None:
    """`present` names both by id, so one id must not mean both."""
    text = "factors:\n  - {id: saddle_numbness, label: Numbness, domain: biological}\n"

    assert message_of(layer(tmp_path, text), base) == (
        "rule pack 'mine' has 1 problem\n"
        "mine/mine.yaml:2:10: factor 'saddle_numbness', id: a factor and a red flag have the same id\n"
        "    hint: rename one of them"
    )


def test_examples_of_a_layer_are_tried_out_on_all_of_it(tmp_path: Path, base: Pack) -> None:
    """An example may use what lies beneath: here the parent condition."""
    text = (
        "positions:\n"
        "  - id: my_rule\n"
        "    source: beta\n"
        "    option: exercise\n"
        "    stance: supports\n"
        "    when: {condition: back_pain}\n"
        "    because: It says so.\n"
        "    examples: {fires: [{condition: sciatica}], spares: [{condition: sciatica, age: 70}]}\n"
    )

    assert message_of(layer(tmp_path, text), base) == (
        "rule pack 'mine' has 1 problem\n"
        "mine/mine.yaml:8:57: rule 'my_rule', examples.spares: the rule is in force in example 1\n"
        "    hint: look at when, unless and the file's scope"
    )


def test_a_layer_may_order_categories_anew(tmp_path: Path, base: Pack) -> None:
    """What it does not order keeps the order of the pack beneath."""
    head = HEAD + "categories: [home, care]\n"
    pack = load_pack(
        layer(tmp_path, "categories:\n  - {id: home, label: At home}\n", head), on=base
    )

    assert pack.category_order == ("home", "care")


def test_a_pack_may_say_that_it_extends_the_core(
    tmp_path: Path, base: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one pack that is known by name is the core; a small one stands in for it here."""
    monkeypatch.setattr(load, "core_pack", lambda: base)

    pack = load_pack(layer(tmp_path, RULE, HEAD + "extends: core\n"))

    assert "exercise_for_all" in pack.positions
    assert pack.header.extends == "core"


def test_what_is_given_by_hand_comes_before_what_the_header_says(
    tmp_path: Path, base: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test of a layer runs on the pack that the test names, and the core is not even read."""
    monkeypatch.setattr(load, "core_pack", lambda: pytest.fail("the core was read"))

    pack = load_pack(layer(tmp_path, RULE, HEAD + "extends: core\n"), on=base)

    assert set(pack.interventions) == set(base.interventions)


def test_a_pack_that_extends_nothing_stands_alone(tmp_path: Path) -> None:
    """A rule for an option that only the core knows is a mistake in a pack that stands alone."""
    assert message_of(layer(tmp_path, RULE), None).startswith("rule pack 'mine' has 3 problems\n")


def test_a_layer_lies_on_the_core_that_ships(tmp_path: Path) -> None:
    """The whole way once, with the pack that ships."""
    core = core_pack()
    option = min(core.interventions)
    source = min(core.sources)
    text = (
        "positions:\n"
        f"  - {{id: my_own_rule, source: {source}, option: {option}, stance: supports, because: It says so.}}\n"
    )

    pack = load_pack(layer(tmp_path, text, HEAD + "extends: core\n"))

    assert len(pack.rules) == len(core.rules) + 1
    assert pack.digest != core.digest


def test_a_copied_pack_is_the_same_pack(tmp_path: Path, base: Pack) -> None:
    """Where a pack lies, and what its folder is called, is no part of it."""
    shutil.copytree(BASE, tmp_path / "elsewhere")

    assert load_pack(tmp_path / "elsewhere").digest == base.digest
