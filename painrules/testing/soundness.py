"""What inferences must not do: go round in a circle, or lead from intensity to pain type or back."""

from collections.abc import Iterable

from painrules.engine import inference_needs
from painrules.model.hierarchy import cycle_in
from painrules.model.pack import Pack
from painrules.model.rule import Inference


def paths(pack: Pack, rules: Iterable[Inference]) -> dict[str, set[str]]:
    """What each inferred attribute follows from, directly or not; a band counts as its number.

    Args:
        pack: Whose factors may be defined by numbers.
        rules: The inferences; what silences them counts as what they start from.
    """
    known = list(rules)
    found = inference_needs(known)
    for rule in known:
        target, needed = next(iter(inference_needs([rule]).items()))
        barred = {
            f"{clause.attribute}.{clause.name}" if clause.name else clause.attribute
            for clause in rule.exceptions
        }
        found[target] |= needed | barred
    bands = {f"factors.{name}": entry.band for name, entry in pack.factors.items() if entry.band}
    for needed in found.values():
        needed |= {bands[name].attribute for name in needed & set(bands)}
    return {target: _reached(target, found) for target in found}


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in needs.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def crossings(pack: Pack, rules: Iterable[Inference]) -> tuple[str, ...]:
    """Where inference leads from intensity to pain type, or from pain type to a factor defined by intensity."""
    from_what = paths(pack, rules)
    severe = {
        f"factors.{name}"
        for name, entry in pack.factors.items()
        if entry.band is not None and entry.band.attribute == "severity"
    }
    found = []
    if "severity" in from_what.get("pain_type", ()):
        found.append("severity -> pain_type")
    found += [
        f"pain_type -> {name}" for name in sorted(severe) if "pain_type" in from_what.get(name, ())
    ]
    return tuple(found)


def is_sound(pack: Pack, rules: Iterable[Inference]) -> bool:
    """Whether a pack may have these inferences."""
    known = list(rules)
    return not cycle_in(inference_needs(known)) and not crossings(pack, known)
