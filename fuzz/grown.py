"""Packs that grow in a few directions at once: many of one thing, each of which speaks of many others.

A changed pack stays about as large as the one that it was made of. What takes time or memory squared shows only where
there are hundreds of something; here a seed says of what.
"""

import json
from random import Random
from typing import Any

from fuzz.memory import written
from fuzz.targets import BASE

Item = dict[str, Any]
MOST = 400


def grown(seed: int) -> bytes:
    """A pack of many things, as a text that `fuzz.memory` makes a folder of."""
    draw = Random(seed)  # noqa: S311 - inputs, no secrets
    many = {name: draw.choice((0, 3, 40, draw.randint(1, MOST))) for name in ("o", "c", "f", "p")}
    lists: dict[str, list[Item]] = {
        "interventions": [_option(number, draw) for number in range(many["o"])],
        "conditions": [_named("c", number, draw) for number in range(many["c"])],
        "factors": [
            _named("f", number, draw) | {"domain": "social"} for number in range(many["f"])
        ],
        "positions": [_rule(number, many, draw) for number in range(many["p"])],
    }
    for one in lists["factors"]:
        one.pop("is_a", None)
    if many["f"]:
        lists["inferences"] = [_inference(number, many["f"], draw) for number in range(many["f"])]
    files = {f"grown_{key}.yaml": json.dumps({key: items}) for key, items in lists.items()}
    return written({**BASE, **{name: text.encode() for name, text in files.items()}})


def _named(letter: str, number: int, draw: Random) -> Item:
    found: Item = {"id": f"{letter}{number}", "label": draw.choice(("Same", f"{letter} {number}"))}
    if number and draw.random() < 0.8:
        above = {draw.randrange(max(0, number - 5), number), draw.choice((0, number // 2))}
        found["is_a"] = [f"{letter}{one}" for one in sorted(above)]
    return found


def _option(number: int, draw: Random) -> Item:
    care = {"category": "care", "domains": ["biological"], "summary": "x" * draw.choice((1, 200))}
    return _named("o", number, draw) | care


def _asked(many: dict[str, int], draw: Random) -> Item:
    found: Item = {}
    if many["f"] and draw.random() < 0.5:
        several = draw.choice((1, 2, 12, many["f"]))
        found["factors"] = {f"f{draw.randrange(many['f'])}": "yes" for _ in range(several)}
    if many["c"] and draw.random() < 0.5:
        several = draw.choice((1, 2, many["c"]))
        found["condition"] = sorted({f"c{draw.randrange(many['c'])}" for _ in range(several)})
    if draw.random() < 0.5:
        found["duration_months"] = {"min": round(draw.uniform(0, 900), 2), "max": 1_500}
    return found


def _rule(number: int, many: dict[str, int], draw: Random) -> Item:
    about = f"o{draw.choice((0, draw.randrange(many['o'])))}" if many["o"] else "exercise"
    found: Item = {"id": f"p{number}", "option": about, "source": draw.choice(("alpha", "beta"))}
    found["stance"] = draw.choice(("supports", "opposes", "no_recommendation"))
    found |= {"because": "Said.", "when": _asked(many, draw)}
    if draw.random() < 0.2:
        found["unless"] = _asked(many, draw)
    if draw.random() < 0.2:
        found["valid_from"] = f"{draw.choice((1, 1900, 2015, 9999)):04}"
    return found


def _inference(number: int, many: int, draw: Random) -> Item:
    """From a factor to a later one, so that nothing goes round in a circle."""
    end = draw.choice((number + 1, draw.randint(number + 1, many + 1)))
    suggests: Item = {"factors": {f"f{end}": "yes"}} if end < many else {"pain_type": "chronic"}
    when = {"factors": {f"f{number}": "yes"}}
    found: Item = {"id": f"i{number}", "source": "alpha", "because": "Said."}
    return found | {"when": when, "suggests": suggests}
