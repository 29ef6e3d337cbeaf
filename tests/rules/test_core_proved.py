"""The core pack: nothing is found in it, for any profile, but what it accepts with a reason."""

import pytest

from painrules.check import Report, check_pack


@pytest.fixture(name="report", scope="module")
def _report() -> Report:
    return check_pack(prove=True)


def test_nothing_is_found_in_the_core_pack(report: Report) -> None:
    """Mend what is found, or say in `accepts` of rules/core/pack.yaml why it is so on purpose."""
    assert [str(finding) for finding in report.findings] == []


def test_every_question_about_the_core_pack_has_an_answer(report: Report) -> None:
    """Laws 10 to 12 and 14 to 16 are proved for it, not only tried."""
    assert [str(proof) for proof in report.proofs if not proof.decided] == []
    assert {proof.about for proof in report.proofs} >= {
        *("dead_rule", "never_seen", "subsumed_rule", "redundant_rule", "contradiction"),
        *("gap", "law_10", "law_11", "law_12"),
    }
    asked = {proof.about: proof.asked for proof in report.proofs}
    assert asked["dead_rule"] == report.rules
    assert min(asked["gap"], asked["law_10"], asked["law_11"], asked["law_12"]) > 0
