"""Cases tried out: a scenario in data against what the pack really says."""

from collections.abc import Iterator
from typing import NamedTuple

from painrules.errors import PainrulesError
from painrules.explore import Exploration, Explorer
from painrules.given import A_PACK, instance
from painrules.model.case import Case, Expectation
from painrules.model.pack import Pack
from painrules.packs import profile_of


class CaseFailure(NamedTuple):
    """Something that a case expects and that does not come out."""

    case: str
    """The case."""
    what: str
    """What was expected, and what came out."""

    def __str__(self) -> str:
        """One line."""
        return f"case '{self.case}': {self.what}"


def run_cases(pack: Pack, explorer: Explorer | None = None) -> tuple[CaseFailure, ...]:
    """Tries every case of a pack out.

    Args:
        pack: The pack.
        explorer: An explorer of that pack, if there is one already.

    >>> from painrules import core_pack
    >>> run_cases(core_pack())
    ()
    """
    pack = instance("pack", pack, Pack, A_PACK)
    if explorer is None:
        explorer = Explorer(pack)
    explorer = instance("explorer", explorer, Explorer, "painrules.Explorer(pack) makes one")
    found = []
    for case in pack.cases.values():
        found += [CaseFailure(case.id, what) for what in failures(case, explorer)]
    return tuple(found)


def failures(case: Case, explorer: Explorer) -> tuple[str, ...]:
    """Everything that a case expects and that does not come out."""
    try:
        result = explorer.explore(profile_of(case.profile, explorer.pack))
    except PainrulesError as error:
        return (f"its profile cannot be explored: {error}",)
    return tuple(_differences(case.expect, result))


def _differences(expect: Expectation, result: Exploration) -> Iterator[str]:
    if expect.mode is not None and result.mode is not expect.mode:
        yield f"mode is {result.mode.value}, not {expect.mode.value}"
    listed = set(result.listed)
    yield from (
        f"{name} is not listed ({_said(result, name)})"
        for name in expect.listed
        if name not in listed
    )
    yield from (f"{name} is listed" for name in expect.not_listed if name in listed)
    for field in ("status", "line", "agreement", "safety"):
        for name, wanted in getattr(expect, field).items():
            found = getattr(result[name], field)
            if found != wanted:
                yield f"{field} of {name} is {found}, not {wanted} ({_said(result, name)})"
    for name, wanted in expect.cautions.items():
        held = {caution.id for caution in result[name].cautions}
        yield from (f"{name} lacks the caution {rule}" for rule in wanted if rule not in held)
    yield from _inferred(expect, result)
    asked = {question.attribute for question in result.next_questions} if expect.asks else set()
    yield from (f"it does not ask about {name}" for name in expect.asks if name not in asked)


def _inferred(expect: Expectation, result: Exploration) -> Iterator[str]:
    if expect.inferred is None:
        return
    taken = [item for item in result.inferred if item.taken]
    if expect.inferred.mechanism:
        found = sorted(item.value for item in taken if item.attribute == "mechanism")
        wanted = sorted(word.value for word in expect.inferred.mechanism)
        if found != wanted:
            yield f"inferred mechanisms are {', '.join(found) or 'none'}, not {', '.join(wanted)}"
    if expect.inferred.pain_type is not None:
        found = [item.value for item in taken if item.attribute == "pain_type"]
        if found != [expect.inferred.pain_type.value]:
            yield f"inferred pain type is {', '.join(found) or 'none'}, not {expect.inferred.pain_type.value}"


def _said(result: Exploration, name: str) -> str:
    view = result[name]
    rules = ", ".join(position.id for position in view.positions) or "no position"
    return f"{view.status.value} at {view.level or 'no level'}: {rules}; safety {view.safety.value}"
