"""Profiles as calls of `explore`, to be pasted."""

from painrules.model.profile import Profile

SINGULAR = {"mechanisms": "mechanism", "conditions": "condition", "age_years": "age"}
"""The words that `explore` takes, where they are not those of a profile."""


def as_call(profile: Profile, *, as_of: str | None = None) -> str:
    """A profile as a call of `explore`.

    >>> as_call(Profile(pain_type="chronic", mechanisms=["neuropathic"], factors={"works": False}))
    "explore(pain_type='chronic', mechanism='neuropathic', absent='works')"
    """
    arguments: dict[str, object] = {}
    plain = profile.to_dict()
    facts = {**plain.pop("factors", {}), **plain.pop("red_flags", {})}
    for name, value in plain.items():
        arguments[SINGULAR.get(name, name)] = _one(value)
    for name, wanted in (("present", True), ("absent", False)):
        words = sorted(word for word, value in facts.items() if value is wanted)
        if words:
            arguments[name] = _one(words)
    if as_of is not None:
        arguments["as_of"] = as_of
    return f"explore({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"


def _one(value: object) -> object:
    """A list of one word as that word."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
