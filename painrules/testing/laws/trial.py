"""One try of one law: what it is tried on, and how its failure reads."""

from typing import Any, NamedTuple

from painrules.explore import Exploration, Explorer
from painrules.model.profile import Profile
from painrules.resolve import EVERYTHING, Lens

RULES_SHOWN = 30
"""The rules of a pack that has no more than these are part of a message."""


class LawError(AssertionError):
    """A law does not hold: which, what came out, and for what."""


class Trial(NamedTuple):
    """What a law is tried on."""

    law: str
    """The law in a few words, its number first: ``L9 what is contraindicated is never listed``."""
    explorer: Explorer
    profile: Profile | None = None
    lens: Lens = EVERYTHING

    def fail(self, what: str) -> None:
        """Says that the law does not hold.

        Raises:
            LawError: Always.
        """
        told = [f"{self.law}: does not hold", f"    {what}"]
        if self.profile is not None:
            told.append(f"    profile: {self.profile.to_dict() or 'nothing known'}")
        if self.lens != EVERYTHING:
            told.append(f"    lens: {self.lens}")
        told.append(f"    pack: {self.explorer.pack!r}")
        rules = self.explorer.pack.rules
        if len(rules) <= RULES_SHOWN:
            told += [
                f"        {rule.rule_kind} {rule.model_dump(mode='json', exclude_defaults=True)}"
                for rule in rules
            ]
        raise LawError("\n".join(told))

    def require(self, holds: object, what: str) -> None:
        """Fails unless something holds."""
        if not holds:
            self.fail(what)

    def equal(self, what: str, one: object, other: object) -> None:
        """Fails unless two things are equal; a mapping or a list is told by what differs in it."""
        if one != other:
            self.fail(f"{what} differs: {_difference(one, other)}")


def _difference(one: Any, other: Any, at: str = "") -> str:  # noqa: ANN401 - plain values
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            if one.get(key) != other.get(key):
                return _difference(one.get(key), other.get(key), f"{at}.{key}")
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for place, (mine, yours) in enumerate(zip(one, other, strict=True)):
            if mine != yours:
                return _difference(mine, yours, f"{at}[{place}]")
    return f"{at} is {one!r}, and then {other!r}"


def explored(explorer: Explorer, profile: Profile, lens: Lens = EVERYTHING) -> Exploration:
    """What `Explorer.explore` says of a profile under a lens."""
    return explorer.explore(
        profile,
        sources=None if lens.sources is None else sorted(lens.sources),
        jurisdictions=None if lens.jurisdictions is None else sorted(lens.jurisdictions),
        as_of=lens.as_of,
    )


def listed(result: Exploration) -> frozenset[str]:
    """What is listed, or would be if no red flag were in force."""
    return frozenset(result.listed) | frozenset(result.deferred)


def plain(result: Exploration, *without: str) -> dict[str, Any]:
    """A result as plain values: all of it but some fields, and but which pack it comes from.

    Args:
        result: The result.
        without: Fields that are left out, those of options too; ``order`` is that of the options.
    """
    found = result.to_dict()
    views = found.pop("options")
    found["order"] = [view["id"] for view in views]
    for name in ("pack", *without):
        found.pop(name, None)
    found["options"] = {
        view["id"]: {key: value for key, value in view.items() if key not in without}
        for view in views
    }
    return found
