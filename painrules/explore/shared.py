"""Exploring with the core pack. This module loads nothing of what it needs before the first profile comes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from painrules.explore.likes import DateLike, MechanismsLike, OutcomeLike, PainTypeLike, Words

if TYPE_CHECKING:
    from painrules.explore.exploration import Exploration
    from painrules.model.profile import Profile


def explore(  # noqa: PLR0913 - the facts of a profile, each by name
    pain_type: "PainTypeLike | Profile | None" = None,
    mechanism: MechanismsLike = None,
    *,
    condition: Words = None,
    age: int | None = None,
    duration_months: float | None = None,
    severity: float | None = None,
    present: Words = None,
    absent: Words = None,
    tried: Mapping[str, OutcomeLike] | None = None,
    goals: Words = None,
    sources: Words = None,
    jurisdictions: Words = None,
    as_of: DateLike = None,
) -> "Exploration":
    """Explores treatment options for one pain problem with the core pack: for education, never advice.

    What is left out is unknown, and the result says what depends on it. Words may be ids, labels, synonyms or, for
    conditions, ICD-10-CM and ICD-11 codes.

    Args:
        pain_type: ``acute``, ``subacute``, ``chronic`` or ``cancer``; or a whole `Profile`.
        mechanism: One or several of ``nociceptive``, ``neuropathic``, ``nociplastic``.
        condition: One or several conditions that describe this one pain problem; ``other`` for an unlisted one.
        age: Age in completed years, 0 to 130.
        duration_months: How long the pain has lasted, in months, 0 to 1560.
        severity: Pain intensity, 0 to 10.
        present: Factors and red flags known to be there.
        absent: Factors and red flags known not to be there.
        tried: Options or categories that were tried: ``helped``, ``not_enough`` or ``not_tolerated``.
        goals: What matters to the person; changes order, never a status.
        sources: Only positions of these sources speak.
        jurisdictions: Only positions of sources of these jurisdictions speak.
        as_of: Only positions that counted on this date speak; a year means its last day.

    Returns:
        The exploration: options by category with status, line, cautions, and the positions behind them.

    Raises:
        ProfileError: If anything is unknown, impossible or contradictory; `error.problems` lists all of it.

    >>> result = explore("chronic", "neuropathic", age=72, absent=["pregnancy"])
    >>> "duloxetine" in result
    True
    >>> explore(condition="fibromyalgia")["nerve_block"].status.value
    'not_supported'
    """
    from painrules.explore.explorer import core_explorer  # noqa: PLC0415 - to import it costs next to nothing

    return core_explorer().explore(
        pain_type,
        mechanism,
        condition=condition,
        age=age,
        duration_months=duration_months,
        severity=severity,
        present=present,
        absent=absent,
        tried=tried,
        goals=goals,
        sources=sources,
        jurisdictions=jurisdictions,
        as_of=as_of,
    )
