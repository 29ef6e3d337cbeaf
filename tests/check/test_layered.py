"""Packs that are layered on others: what lies beneath is not their fault."""

from pathlib import Path

import pytest

from painrules import Pack, load_pack
from painrules.check import check_pack
from painrules.model.knowledge import Relation
from painrules.model.pack import PackHeader

HEADER = "id: upper\ntitle: On top\nversion: 1.0.0\ndate: 2026-01-01\n"
RULE = """\
positions:
  - id: upper_massage
    source: label
    when: {pain_type: acute}
    option: massage
    stance: supports
    because: It names massage.
    examples: {fires: [{pain_type: acute}], spares: [{pain_type: chronic}]}
"""


@pytest.fixture(name="upper")
def _upper(tmp_path: Path) -> Path:
    folder = tmp_path / "upper"
    folder.mkdir()
    (folder / "pack.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "rules.yaml").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture(name="beneath", scope="module")
def _beneath() -> Pack:
    """A pack that covers more than it says anything of, has a factor too many, and a relation twice."""
    pack = load_pack(Path(__file__).parent / "sound")
    covers = {"pain_types": ["chronic"], "domains": ["psychological"]}
    header = PackHeader.model_validate({**pack.header.model_dump(), "covers": covers})
    spare = pack.factors["works"].model_copy(update={"id": "spare"})
    relations = dict(pack.relations)
    for ends in ({"from": "yoga", "to": "massage"}, {"from": "massage", "to": "yoga"}):
        one = Relation.model_validate({**ends, "kind": "alternative_to", "sources": ["beta"]})
        relations[one.id] = one
    factors = {**pack.factors, "spare": spare}
    return pack.model_copy(update={"header": header, "factors": factors, "relations": relations})


def test_what_lies_beneath_is_not_found_again(upper: Path, beneath: Pack) -> None:
    """Otherwise nobody could layer anything on a pack that is not perfect."""
    assert {one.finding for one in check_pack(beneath, prove=True).findings} >= {
        "gap",
        "graph",
        "unused_factor",
    }
    assert check_pack(upper, on=beneath, prove=True).findings == ()


def test_what_a_layered_pack_adds_is_compared_with_what_lies_beneath(
    upper: Path, beneath: Pack
) -> None:
    """A rule may contradict one of the same source in the pack beneath."""
    more = RULE.replace("label", "beta").replace("massage", "exercise").replace("acute", "chronic")
    more = more.replace("spares: [{pain_type: chronic}]", "spares: [{pain_type: acute}]")
    (upper / "rules.yaml").write_text(more.replace("supports", "opposes"), encoding="utf-8")

    found = check_pack(upper, on=beneath, prove=True).findings
    assert {one.finding for one in found} == {"contradiction"}
    assert {one.beside for one in found} == {("upper_exercise",)}
