"""Summaries that a learner of 13 understands."""

import pytest
import textstat

from painrules import core_pack

MOST = 8.0
EXCUSED: dict[str, str] = {}
"""Entries whose grade cannot be helped, with the reason."""


@pytest.mark.parametrize(
    "kind", ["interventions", "conditions", "factors", "red_flag_signs", "categories"]
)
def test_a_summary_reads_at_school_grade_eight_or_below(kind: str) -> None:
    """Flesch-Kincaid grade, as textstat measures it; shorter words and sentences mend it."""
    hard = {}
    for name, entry in getattr(core_pack(), kind).items():
        grade = textstat.flesch_kincaid_grade(entry.summary)
        if entry.summary != "not_stated" and grade > MOST and name not in EXCUSED:
            hard[name] = (grade, entry.summary)

    assert hard == {}


@pytest.mark.parametrize("field", ["summary", "how_it_may_help"])
def test_a_text_about_an_intervention_promises_nothing(field: str) -> None:
    """Nothing cures, guarantees or is safe."""
    promises = (
        "cures",
        "guarantee",
        "completely safe",
        "always works",
        "no risk",
        "will help",
        "eliminates",
    )
    found = {
        name: getattr(entry, field)
        for name, entry in core_pack().interventions.items()
        if any(word in getattr(entry, field).lower() for word in promises)
    }

    assert found == {}
