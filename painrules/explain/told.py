"""Conditions in words."""

from math import inf

from painrules.model.conditions import Clause
from painrules.model.pack import Pack
from painrules.model.rule import Rule
from painrules.vocab import Mechanism, PainType

NUMBER_WORDS = {"age_years": "age", "duration_months": "months of pain", "severity": "intensity"}
OUTCOME_WORDS = {
    "helped": "helped",
    "not_enough": "not enough",
    "not_tolerated": "not tolerated",
}

QUESTIONS = {
    "pain_type": "Is the pain acute, subacute, chronic or from cancer?",
    "mechanism": "Which mechanisms are at work: nociceptive, neuropathic, nociplastic?",
    "condition": "Is there a known condition behind the pain?",
    "age": "How old is the person?",
    "duration": "How long has the pain lasted?",
    "severity": "How strong is the pain, from 0 to 10?",
}
"""How each field of a profile is asked for."""

DURATIONS = {"acute": (0.0, 3.0), "subacute": (1.0, 3.0), "chronic": (3.0, 1560.0)}
"""Months within which a pain type is usually meant; sources differ, so the bounds are wide."""


def told(clause: Clause, pack: Pack) -> str:
    """One condition in words.

    >>> from painrules import core_pack
    >>> told(Clause("age_years", low=16.0), core_pack())
    'age 16 or more'
    """
    kind = clause.attribute
    if kind in NUMBER_WORDS:
        return _told_range(clause)
    if kind == "tried":
        what = label_of(clause.name, pack).lower()
        came = " or ".join(OUTCOME_WORDS[value] for value in clause.values)
        return f"{what} tried: {came}"
    if kind in {"factors", "red_flags"}:
        name = label_of(clause.name, pack)
        return name if clause.values == ("yes",) else f"no {lowered(name)}"
    return " or ".join(told_value(value, pack) for value in clause.values)


PAINS = {*PainType, *Mechanism}


def told_value(value: str, pack: Pack) -> str:
    """A pain type, mechanism or condition within a sentence.

    >>> from painrules import core_pack
    >>> told_value("neuropathic", core_pack())
    'neuropathic pain'
    """
    plain = lowered(label_of(value, pack))
    return f"{plain} pain" if value in PAINS and "pain" not in plain else plain


def _told_range(clause: Clause) -> str:
    name = NUMBER_WORDS[clause.attribute]
    if clause.high == inf:
        return f"{name} {clause.low:g} or more"
    if clause.low == -inf:
        return f"{name} {clause.high:g} or less"
    return f"{name} {clause.low:g} to {clause.high:g}"


NAMES = frozenset(
    {
        *(
            "Abbey",
            "Alexander",
            "Boston",
            "Budapest",
            "Columbia",
            "Crohn's",
            "Edmonton",
            "Michigan",
        ),
        *(
            "Oswestry",
            "Parkinson's",
            "Pilates",
            "Pittsburgh",
            "Raynaud's",
            "Roland",
            "Tampa",
            "Wong",
        ),
    }
)
"""Names of people and places with which labels begin; they keep their capital letter."""


def lowered(label: str) -> str:
    """A label within a sentence: its first letter small, unless it is an abbreviation or a name.

    >>> lowered("Exercise"), lowered("TENS"), lowered("Alexander technique")
    ('exercise', 'TENS', 'Alexander technique')
    """
    plain = label[1:2].islower() or label[1:2] == " "
    if not plain or label.partition(" ")[0].partition("-")[0] in NAMES:
        return label
    return label[:1].lower() + label[1:]


def label_of(name: str, pack: Pack) -> str:
    """The label of an entry, in whichever vocabulary it stands; the id itself if in none."""
    tables = (
        pack.interventions,
        pack.conditions,
        pack.factors,
        pack.red_flag_signs,
        pack.categories,
        pack.pain_types,
        pack.mechanisms,
        pack.goals,
        pack.professions,
        pack.settings,
        pack.assessments,
        pack.safeguards,
    )
    for table in tables:
        if name in table:
            return table[name].label
    return name.replace("_", " ")


def population(rule: Rule, pack: Pack) -> str:
    """Of whom a rule speaks, in words.

    >>> from painrules import core_pack
    >>> from painrules.model.rule import Position
    >>> rule = Position(
    ...     id="r",
    ...     when={"pain_type": "chronic"},
    ...     option="cbt",
    ...     stance="supports",
    ...     because="It says so.",
    ...     source="s",
    ... )
    >>> population(rule, core_pack())
    'chronic pain'
    """
    wanted = "; ".join(told(clause, pack) for clause in rule.conditions) or "anyone"
    if not rule.exceptions:
        return wanted
    barred = "; ".join(told(clause, pack) for clause in rule.exceptions)
    return f"{wanted} (unless {barred})"
