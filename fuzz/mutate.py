"""Inputs made from real ones by changing them, as text and as trees of values; the same seed makes the same input."""

import json
from functools import cache
from random import Random
from typing import Any

from fuzz.guard import CORPUS, ROOT
from fuzz.memory import written
from fuzz.targets import BASE
from painrules import core_pack

NASTY = (
    *(
        "",
        " ",
        "-",
        "=1+1",
        "@SUM(A1)",
        "\x00",
        "\x1b[2J",
        "\u202e",
        "\ud800",
        "\ufeff",
        "\r\n",
        "\n",
        "\t",
    ),
    *(
        "<script>alert(1)</script>",
        "</script>",
        "]]>",
        "--><!--",
        "{{x}}",
        "${x}",
        "`r 1`",
        "'''",
        '"',
        "\\",
    ),
    *(
        "yes",
        "no",
        "null",
        "~",
        "true",
        "1e999",
        ".nan",
        "0x10",
        "0o7",
        "1_000",
        "12:30:00",
        "2020-01-01",
        "2020",
    ),
    *(
        "*a",
        "&a b",
        "!!python/object:os.system x",
        "<<: *a",
        "? x",
        "| x",
        "> x",
        "%YAML 1.1",
        "---",
        "...",
    ),
    *(
        "../../etc/passwd",
        "con",
        "a" * 300,
        "ﬀ",
        "İ",
        "ß",
        "e\u0301",
        "\U0001f469\u200d\u2695\ufe0f",
        "١٢",
        "\uff05",
    ),
)
NUMBERS = (
    0,
    1,
    -1,
    2,
    10**6,
    10**19,
    2**63,
    -(2**63),
    0.1,
    1e308,
    -0.0,
    float("nan"),
    float("inf"),
)


@cache
def words() -> tuple[str, ...]:
    """Words that mean something: keys of packs, ids, arguments, options."""
    known = core_pack()
    found: set[str] = set()
    for text in BASE.values():
        found |= {word.strip("[]{},:'\"") for word in text.decode().split()}
    for kind in ("conditions", "factors", "interventions", "goals", "red_flag_signs", "sources"):
        found |= set(list(getattr(known, kind))[:60])
    found |= {
        "acute",
        "chronic",
        "cancer",
        "neuropathic",
        "nociplastic",
        "helped",
        "not_enough",
        "extends",
        "core",
    }
    return tuple(sorted(found - {""}))


@cache
def real(name: str) -> tuple[bytes, ...]:
    """Real inputs of a target."""
    found = [path.read_bytes() for path in sorted((CORPUS / name).glob("*"))]
    if name in {"yaml", "pack", "exports"}:
        found += list(BASE.values()) if name == "yaml" else [written(BASE)]
        found.append((ROOT / "tests" / "check" / "faults.yaml").read_bytes())
        conformance = sorted((ROOT / "tests" / "conformance" / "pack").glob("*.yaml"))
        found.append(written({path.name: path.read_bytes() for path in conformance}))
    elif name == "profile":
        found += [json.dumps(one).encode() for one in PROFILES]
    elif name == "result":
        found += [
            (ROOT / "tests" / "golden" / f"{one}.json").read_bytes()
            for one in ("sciatica", "red_flag", "nothing", "mixed_in_2018")
        ]
    elif name == "quiz":
        found.append((ROOT / "tests" / "trust" / "quiz.json").read_bytes())
    elif name == "command":
        found += ["\n".join(one.split()).encode() for one in COMMANDS]
    return tuple(found)


PROFILES: tuple[dict[str, Any], ...] = (
    {
        "pain_type": "chronic",
        "mechanism": ["neuropathic", "nociplastic"],
        "condition": "fibromyalgia",
        "age": 72,
    },
    {
        "present": ["chronic_kidney_disease"],
        "absent": ["pregnancy"],
        "tried": {"exercise": "helped"},
        "goals": ["sleep"],
    },
    {
        "jurisdictions": ["UK"],
        "as_of": 2018,
        "severity": 6,
        "duration_months": 14,
        "sources": ["nice_ng193"],
    },
    {
        "pain_type": {"$": "big", "of": 500},
        "present": {"$": "endless", "of": "asthma"},
        "mechanism": {"$": "set", "of": [1, "a"]},
    },
    {
        "pain_type": "acute",
        "mechanisms": ["neuropathic"],
        "conditions": ["sciatica"],
        "factors": {"asthma": True},
        "age_years": 3,
    },
)
COMMANDS = (
    "explore --type chronic -m neuropathic --format json --pack PACK",
    "explore -c fibromyalgia --age 45 -a pregnancy --tried paracetamol=helped --width 60 --all",
    "why exercise --not --format md --pack PACK --type chronic",
    "compare --type chronic --a age=20 --b severity=3 --format html --pack PACK",
    "list interventions --format md --pack PACK",
    "show exercise --format json --pack PACK",
    "check PACK --notes --format json",
    "graph --of exercise --depth 2 --format mermaid --pack PACK",
    "graph --view heat --format svg --pack PACK -o x.svg",
    "page --pack PACK -o x.html --severity 3",
    "quiz --n 2 --seed 7 --about neuropathic --kind first_line --format gift --title x",
    "schema positions",
    "schema -o out",
    "doctor --format json",
    "-v explore --engine bitmap --as-of 2018 --source alpha --jurisdiction UK --goal sleep --months 3 --pack PACK",
)


def made(name: str, seed: int) -> bytes:
    """An input for a target."""
    draw = Random(seed)  # noqa: S311 - inputs, no secrets
    source = draw.choice(real(name))
    if name in {"profile", "result", "quiz"} and draw.random() < 0.9:
        try:
            tree = json.loads(source)
        except ValueError:
            return text_changed(source, draw)
        for _ in range(draw.randint(1, 4)):
            tree = tree_changed(tree, draw)
        return json.dumps(tree, ensure_ascii=draw.random() < 0.5).encode("utf-8", "replace")
    if name == "command":
        return arguments_changed(source, draw)
    return text_changed(source, draw)


def leaf(draw: Random) -> Any:  # noqa: ANN401 - any plain value
    """A value that may fit or not."""
    match draw.randrange(6):
        case 0:
            return draw.choice(NASTY)
        case 1:
            return draw.choice(NUMBERS)
        case 2:
            return draw.choice((None, True, False, [], {}))
        case 3:
            return {
                "$": draw.choice(("set", "bytes", "big", "endless", "tuple")),
                "of": draw.choice((3, "x", ["a", "b"])),
            }
        case _:
            return draw.choice(words())


def tree_changed(tree: Any, draw: Random) -> Any:  # noqa: ANN401, C901 - any plain value; one case for each change
    """A tree with one thing in it changed."""
    path: list[Any] = []
    place = tree
    while isinstance(place, dict | list) and place and (not path or draw.random() < 0.8):
        step = draw.choice(list(place)) if isinstance(place, dict) else draw.randrange(len(place))
        path.append(step)
        place = place[step]
    if not path:
        return leaf(draw)
    tree = json.loads(json.dumps(tree))
    above = tree
    for step in path[:-1]:
        above = above[step]
    last = path[-1]
    match draw.randrange(8):
        case 0:
            del above[last]
        case 1 if isinstance(above, list):
            above.extend([above[last]] * draw.choice((1, 2, 30)))
        case 1:
            above[str(leaf(draw))] = above[last]
        case 2 if isinstance(place, str):
            spot = draw.randint(0, len(place))
            above[last] = place[:spot] + draw.choice(NASTY) + place[spot:]
        case 3:
            nested: Any = leaf(draw)
            for _ in range(draw.choice((1, 5, 150, 900))):
                nested = [nested] if draw.random() < 0.5 else {"a": nested}
            above[last] = nested
        case 4 if isinstance(above, list):
            draw.shuffle(above)
        case 5 if isinstance(place, str):
            above[last] = place * draw.choice((0, 2, 500))
        case _:
            above[last] = leaf(draw)
    return tree


def text_changed(source: bytes, draw: Random) -> bytes:  # noqa: C901 - one case for each change
    """A text with some of its lines and bytes changed."""
    lines = source.split(b"\n")
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        at = draw.randrange(len(lines))
        line = lines[at]
        match draw.randrange(10):
            case 0:
                del lines[at]
                lines = lines or [b""]
            case 1:
                lines.insert(draw.randrange(len(lines)), line)
            case 2:
                lines[at] = line.replace(b"  ", b" " * draw.randrange(5), 1)
            case 3:
                lines[at] = _with_word(line, draw)
            case 4:
                spot = draw.randint(0, len(line))
                lines[at] = (
                    line[:spot] + draw.choice(NASTY).encode("utf-8", "surrogatepass") + line[spot:]
                )
            case 5:
                spot = draw.randint(0, len(line))
                lines[at] = (
                    line[:spot]
                    + bytes(draw.randrange(256) for _ in range(draw.randint(1, 4)))
                    + line[spot + 1 :]
                )
            case 6:
                many = draw.choice((2, 20, 300))
                lines[at : at + 1] = [
                    line.replace(b"id: ", b"id: x%d_" % number) for number in range(many)
                ]
            case 7:
                other = draw.randrange(len(lines))
                lines[at], lines[other] = lines[other], line
            case 8:
                lines[at] = line[: draw.randint(0, len(line))]
            case _:
                key, colon, _ = line.partition(b": ")
                lines[at] = key + colon + json.dumps(leaf(draw)).encode()
    return b"\n".join(lines)


def _with_word(line: bytes, draw: Random) -> bytes:
    parts = line.split(b" ")
    at = draw.randrange(len(parts))
    parts[at] = draw.choice(words()).encode() + parts[at][-1:]
    return b" ".join(parts)


def arguments_changed(source: bytes, draw: Random) -> bytes:
    """What is typed, with some of it left out, added, or changed."""
    found = source.split(b"\n")
    options = [one for line in COMMANDS for one in line.split() if one.startswith("-")]
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(found))
        match draw.randrange(5):
            case 0 if len(found) > 1:
                del found[at]
            case 1:
                found.insert(at, draw.choice(options).encode())
            case 2:
                found[at] = str(leaf(draw)).encode(
                    "utf-8", "surrogateescape" if draw.random() < 0 else "replace"
                )
            case 3:
                found.insert(at, draw.choice(words()).encode())
            case _:
                found[at] += draw.choice((b"=", b"\xff", b"\x1b[2J", b"x", b"0", "ß".encode()))
    return b"\n".join(found)
