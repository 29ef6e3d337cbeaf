"""The small vocabulary that packs and profiles are drawn over when no pack is named: few words, many ties."""

from functools import cache
from typing import Any

from painrules.model.pack import Pack

DATE = "2026-01-01"
"""The day of the small vocabulary, and of the packs drawn over it."""

_CATEGORIES = ("movement", "medicines", "procedures")

_INTERVENTIONS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "exercise": ("movement", ("biological", "psychological"), ()),
    "walking": ("movement", ("biological", "social"), ("exercise",)),
    "analgesics": ("medicines", ("biological",), ()),
    "antidepressants": ("medicines", ("biological", "psychological"), ("analgesics",)),
    "opioids": ("medicines", ("biological",), ("analgesics",)),
    "weak_opioids": ("medicines", ("biological",), ("opioids",)),
    "tramadol": ("medicines", ("biological",), ("antidepressants", "weak_opioids")),
    "nerve_block": ("procedures", ("biological",), ()),
}

_CONDITIONS: dict[str, tuple[str, ...]] = {
    "back_pain": (),
    "nerve_root_pain": (),
    "sciatica": ("back_pain", "nerve_root_pain"),
    "chronic_primary_pain": (),
    "fibromyalgia": ("chronic_primary_pain",),
}

_FACTORS: dict[str, tuple[str, dict[str, Any] | None]] = {
    "kidney_disease": ("biological", None),
    "pregnancy": ("biological", None),
    "distress": ("psychological", None),
    "works": ("social", None),
    "child": ("biological", {"attribute": "age_years", "below": 18}),
    "adolescent": ("biological", {"attribute": "age_years", "min": 12, "below": 18}),
    "older_adult": ("biological", {"attribute": "age_years", "min": 65}),
    "severe_pain": ("biological", {"attribute": "severity", "min": 7}),
    "long_lasting": ("biological", {"attribute": "duration_months", "min": 3}),
}

_SOURCES = {
    "alpha": ("UK", 2005),
    "beta": ("US", 2010),
    "gamma": ("US", 2018),
    "delta": ("EU", 2022),
}

_RED_FLAGS = ("saddle_numbness", "fever")
_GOALS = ("sleep", "return_to_work")
_SERVES = (("walking", "sleep"), ("exercise", "return_to_work"), ("antidepressants", "sleep"))


def _named(name: str, **more: object) -> dict[str, object]:
    label = name.replace("_", " ").capitalize()
    return {"id": name, "label": label, "summary": f"{label}.", "sources": ["alpha"], **more}


@cache
def small_vocabulary() -> Pack:
    """A pack without rules: two hierarchies, one of them with a diamond, bands on age, severity and duration.

    >>> sorted(small_vocabulary().intervention_tree.ancestors("walking"))
    ['exercise']
    """
    tables: dict[str, list[dict[str, object]]] = {
        "sources": [
            {"id": name, "title": name.capitalize(), "issuer": name.capitalize()}
            | {"jurisdiction": place, "year": year, "kind": "guideline"}
            for name, (place, year) in _SOURCES.items()
        ],
        "categories": [_named(name) for name in _CATEGORIES],
        "interventions": [
            _named(name, category=category, domains=domains, is_a=above)
            for name, (category, domains, above) in _INTERVENTIONS.items()
        ],
        "conditions": [_named(name, is_a=above) for name, above in _CONDITIONS.items()],
        "factors": [
            _named(name, domain=domain, band=band) for name, (domain, band) in _FACTORS.items()
        ],
        "red_flag_signs": [
            _named(name, features=[name.replace("_", " ")], suspects="Something that cannot wait.")
            for name in _RED_FLAGS
        ],
        "goals": [_named(name) for name in _GOALS],
        "safeguards": [_named("test_block")],
    }
    relations = [
        {"from": option, "kind": "serves", "to": goal, "sources": ["beta"]}
        for option, goal in _SERVES
    ]
    header = {"id": "small", "title": "A small pack", "version": "1.0.0", "date": DATE}
    found: dict[str, Any] = {
        table: {entry["id"]: entry for entry in entries} for table, entries in tables.items()
    }
    found["relations"] = {f"{one['from']}__{one['kind']}__{one['to']}": one for one in relations}
    return Pack.model_validate({"header": header | {"categories": _CATEGORIES[:2]}, **found})
