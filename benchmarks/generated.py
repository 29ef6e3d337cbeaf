"""Generated packs and profiles, seeded: the same rules for painrules and for every peer.

Rules ask one to five things of pain type, mechanism, condition, twenty-five factors, age, duration and severity, as
positions and cautions of real packs do; one in twenty is an inference from a condition to a mechanism.
"""

import random
from typing import Any

from painrules.model.base import FrozenDict
from painrules.model.knowledge import Category, Condition, Factor, Intervention
from painrules.model.pack import Pack, PackHeader
from painrules.model.profile import Profile
from painrules.model.rule import Caution, Inference, Position, Rule
from painrules.model.source import Source
from painrules.vocab import Mechanism, PainType

TYPES = [kind.value for kind in PainType]
MECHANISMS = [kind.value for kind in Mechanism]
CONDITIONS = 60
FACTORS = 25
OPTIONS = 60
SOURCES = 20


def pack(rules: int, seed: int = 7) -> Pack:
    """A pack with that many rules."""
    draw = random.Random(seed)
    made = [_rule(draw, number) for number in range(rules)]
    tables: dict[str, dict[str, Rule]] = {"positions": {}, "cautions": {}, "inferences": {}}
    names = {"position": "positions", "caution": "cautions", "inference": "inferences"}
    for rule in made:
        tables[names[rule.rule_kind]][rule.id] = rule
    header = PackHeader(id="generated", title="Generated", version="1.0", date="2026-01-01")
    fields: dict[str, Any] = {
        "header": header,
        "sources": FrozenDict({f"s{n:02d}": _source(n) for n in range(SOURCES)}),
        "categories": FrozenDict({"care": Category(id="care", label="Care")}),
        "conditions": FrozenDict(
            {
                f"c{n:02d}": Condition(id=f"c{n:02d}", label=f"Condition {n}")
                for n in range(CONDITIONS)
            }
        ),
        "factors": FrozenDict(
            {
                f"f{n:02d}": Factor(id=f"f{n:02d}", label=f"Factor {n}", domain="biological")
                for n in range(FACTORS)
            }
        ),
        "interventions": FrozenDict({f"o{n:02d}": _option(n) for n in range(OPTIONS)}),
    }
    for name, table in tables.items():
        fields[name] = FrozenDict(dict(sorted(table.items())))
    return Pack.model_construct(**fields)


def _source(number: int) -> Source:
    name = f"Issuer {number}"
    return Source(
        id=f"s{number:02d}",
        title="A guideline",
        issuer=name,
        jurisdiction="UK",
        year=2015,
        kind="guideline",
    )


def _option(number: int) -> Intervention:
    return Intervention(
        id=f"o{number:02d}",
        label=f"Option {number}",
        category="care",
        domains=("biological",),
        is_a=(f"o{number // 10:02d}",) if number >= 10 else (),
        summary="A kind of care.",
    )


def _rule(draw: random.Random, number: int) -> Rule:
    kind = draw.random()
    source = f"s{draw.randrange(SOURCES):02d}"
    shared: dict[str, Any] = {"id": f"r{number:06d}", "because": "It says so.", "source": source}
    if kind < 0.05:
        when = {"condition": f"c{draw.randrange(CONDITIONS):02d}"}
        return Inference(**shared, when=when, suggests={"mechanism": draw.choice(MECHANISMS)})
    option = f"o{draw.randrange(OPTIONS):02d}"
    if kind < 0.125:
        when = {"factors": {f"f{draw.randrange(FACTORS):02d}": "yes"}}
        severity = draw.choice(["monitor", "caution", "avoid", "contraindicated"])
        return Caution(**shared, when=when, option=option, severity=severity)
    stance = draw.choice(["supports", "supports", "opposes", "no_recommendation"])
    line = (
        draw.choice(["first", "second", "unspecified"]) if stance == "supports" else "unspecified"
    )
    when, unless = _conditions(draw)
    return Position(**shared, when=when, unless=unless, option=option, stance=stance, line=line)


def _conditions(draw: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    when: dict[str, Any] = {}
    kinds = ["type", "mechanism", "condition", "factor", "age", "duration", "severity"]
    for what in draw.sample(kinds, draw.randint(1, 3)):
        if what == "type":
            when["pain_type"] = draw.sample(TYPES, draw.randint(1, 2))
        elif what == "mechanism":
            when["mechanism"] = draw.choice(MECHANISMS)
        elif what == "condition":
            when["condition"] = [
                f"c{n:02d}" for n in draw.sample(range(CONDITIONS), draw.randint(1, 4))
            ]
        elif what == "factor":
            picked = draw.sample(range(FACTORS), draw.randint(1, 2))
            when["factors"] = {f"f{n:02d}": draw.choice(["yes", "no"]) for n in picked}
        elif what == "age":
            when["age_years"] = {"min": draw.randrange(0, 70)}
        elif what == "duration":
            when["duration_months"] = {"min": draw.randrange(0, 12)}
        else:
            when["severity"] = {"min": draw.randrange(0, 8)}
    unless = {"factors": {f"f{draw.randrange(FACTORS):02d}": "yes"}} if draw.random() < 0.3 else {}
    return when, unless


def profiles(count: int, seed: int = 11) -> list[Profile]:
    """That many profiles, some facts unknown."""
    draw = random.Random(seed)
    return [_profile(draw) for _ in range(count)]


def _profile(draw: random.Random) -> Profile:
    known = draw.sample(range(FACTORS), draw.randint(5, FACTORS))
    return Profile(
        pain_type=draw.choice(TYPES),
        mechanisms=draw.sample(MECHANISMS, 1),
        conditions=[f"c{draw.randrange(CONDITIONS):02d}"] if draw.random() < 0.9 else [],
        age_years=draw.randrange(0, 95),
        duration_months=draw.randrange(0, 60),
        severity=draw.randrange(0, 11),
        factors={f"f{n:02d}": draw.random() < 0.5 for n in known},
    )
