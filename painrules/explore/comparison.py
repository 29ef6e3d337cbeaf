"""Two explorations side by side: what differs, and which rules make the difference."""

from collections.abc import Iterator
from typing import Any

from painrules.cached import cached_property
from painrules.errors import UNSAFE, PainrulesError, shown
from painrules.exact import exact
from painrules.explain import absent, label_of
from painrules.explore.exploration import Exploration
from painrules.explore.explorer import core_explorer
from painrules.explore.option import OptionView
from painrules.given import indented
from painrules.model.base import distinct
from painrules.model.comparison import (
    ComparisonRecord,
    DecidingRule,
    Difference,
    OptionSide,
    SideView,
)
from painrules.model.profile import Profile
from painrules.model.result import CautionView, PackRef, PositionView, StepView
from painrules.vocab import Line, Stance

Compared = Exploration | Profile
"""What can be compared."""

SAYS = {
    Stance.SUPPORTS: "for",
    Stance.OPPOSES: "against",
    Stance.NO_RECOMMENDATION: "makes no recommendation",
}

LONGEST_NAME = 120
"""The most characters of what one side is called."""


class SameError(PainrulesError, KeyError):
    """The difference in an option is wanted, but the two say the same of it."""

    def __str__(self) -> str:
        """The message itself, not its repr as `KeyError` would have it."""
        return str(self.args[0])


class Comparison:
    """What differs between two explorations, option by option, with the rules that make the difference.

    >>> import painrules
    >>> chronic = painrules.explore("chronic", "neuropathic")
    >>> sciatica = painrules.explore("chronic", "neuropathic", condition="sciatica")
    >>> found = painrules.compare(chronic, sciatica)
    >>> found["gabapentinoids"].b.status.value
    'not_supported'
    """

    def __init__(self, a: Exploration, b: Exploration, names: tuple[str, str] = ("A", "B")) -> None:
        self.a = a
        """The first exploration."""
        self.b = b
        """The second exploration."""
        self.names = names
        """How they are called."""

    @property
    def notice(self) -> str:
        """What stands first in every format."""
        return self.a.notice

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The options on which the two differ, by category and name."""
        return tuple(found for found in map(self._difference, self._options) if found is not None)

    @cached_property
    def _options(self) -> tuple[str, ...]:
        """What both packs know, in the order of the first one's categories, then by name."""
        order = {name: place for place, name in enumerate(self.a.pack.category_order)}
        entries = self.a.pack.interventions
        both = [name for name in entries if name in self.b.pack.interventions]

        def place(name: str) -> tuple[int, str, str]:
            return order[entries[name].category], entries[name].label.casefold(), name

        return tuple(sorted(both, key=place))

    @cached_property
    def same(self) -> int:
        """How many options that either speaks of come out the same."""
        spoken = {view.id for view in (*self.a.options, *self.b.options)}
        return len(spoken - {found.option for found in self.differences})

    def _difference(self, name: str) -> Difference | None:
        one, other = self.a[name], self.b[name]
        differs = tuple(_differing(one, other))
        if not differs:
            return None
        rules = (*self._deciding(name, "a"), *self._deciding(name, "b"))
        return Difference(
            option=name,
            label=one.label,
            category=one.category,
            differs=differs,
            a=_side(one),
            b=_side(other),
            rules=rules,
        )

    def _deciding(self, name: str, side: str) -> Iterator[DecidingRule]:
        """The rules that count on one side and not on the other."""
        here, there = (self.a, self.b) if side == "a" else (self.b, self.a)
        mine, others = here[name], there[name]
        for field, says in (("positions", _stance), ("cautions", _severity), ("after", _step)):
            held = {one.id for one in getattr(others, field)}
            for view in getattr(mine, field):
                if view.id in held:
                    continue
                yield DecidingRule.model_validate(
                    {
                        "id": view.id,
                        "side": side,
                        "says": says(view),
                        "line": _line(view),
                        "kind": {"positions": "position", "cautions": "caution"}.get(field, "step"),
                        "population": _population(view),
                        "because": view.because,
                        "source": view.source,
                        "cited": view.cited,
                        "locator": view.locator,
                        "verified": view.verified,
                        "elsewhere": absent(there.resolution, view.id, name),
                    }
                )

    def __iter__(self) -> Iterator[Difference]:
        """The differences, in order."""
        return iter(self.differences)

    def __len__(self) -> int:
        """How many options differ."""
        return len(self.differences)

    def __getitem__(self, option: str) -> Difference:
        """The difference in one option, by id, label or synonym.

        Raises:
            UnknownWordError: If the pack has no such intervention.
            PainrulesError: If the two say the same of it; it is a `KeyError` too.
        """
        name = self.a[option].id
        for found in self.differences:
            if found.option == name:
                return found
        raise SameError(
            f"the two say the same of '{name}'\n    hint: 'name in comparison' asks first"
        )

    def __contains__(self, option: object) -> bool:
        """Whether the two differ in an option."""
        name = exact(option)
        return type(name) is str and any(found.option == name for found in self.differences)

    # Formats

    @cached_property
    def record(self) -> ComparisonRecord:
        """Everything, as plain data that survives JSON and back."""
        sides = [
            _whole(result, name) for result, name in zip((self.a, self.b), self.names, strict=True)
        ]
        categories = self.a.pack.category_order
        named = {*categories, *_mentioned(self.a.profile), *_mentioned(self.b.profile)}
        named |= {sign for side in sides for flag in side.red_flags for sign in flag.signs}
        known = {name: label_of(name, self.a.pack) for name in sorted(named)}
        return ComparisonRecord(
            notice=self.notice,
            a=sides[0],
            b=sides[1],
            facts=_facts(*sides),
            differences=self.differences,
            same=self.same,
            categories=categories,
            labels=known,
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, in a fixed order."""
        return self.record.model_dump(mode="json")

    def to_json(self, *, indent: int | None = 2) -> str:
        """Everything as JSON."""
        return self.record.model_dump_json(indent=indented(indent))

    def to_text(self, *, width: int = 88) -> str:
        """The comparison as text for a terminal of that width."""
        from painrules.render.comparison import to_text  # noqa: PLC0415 - formats are loaded when asked for

        return to_text(self.record, width=width)

    def to_markdown(self) -> str:
        """The comparison as a Markdown table, everything escaped."""
        from painrules.render.comparison import to_markdown  # noqa: PLC0415 - see to_text

        return to_markdown(self.record)

    def to_html(self, *, page: bool = False) -> str:
        """The comparison as an HTML table with caption, everything escaped; a whole page if wanted."""
        from painrules.render.comparison import to_html  # noqa: PLC0415 - see to_text

        return to_html(self.record, page=page)

    def __str__(self) -> str:
        """The comparison as text."""
        return self.to_text()

    def __repr__(self) -> str:
        """Short: how much differs."""
        return f"<Comparison: {len(self)} options differ, {self.same} come out the same>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def compare(a: Compared, b: Compared, *, names: tuple[str, str] = ("A", "B")) -> Comparison:
    """Compares two explorations, or two profiles: what differs, and which rules make the difference.

    Args:
        a: What `explore` returned, or a profile.
        b: The same for the other. A profile is explored as the other one was, or else with the core pack.
        names: How the two are called in tables.

    Returns:
        The comparison, which shows itself as a table.

    Raises:
        ProfileError: If a profile cannot be explored.
        PainrulesError: If something is compared that is neither.

    >>> from painrules import Profile
    >>> found = compare(Profile(pain_type="acute"), Profile(pain_type="chronic"))
    >>> found.record.facts
    ('pain_type',)
    """
    given: tuple[object, object] = (a, b)
    for one in given:
        if not issubclass(type(one), Exploration | Profile):
            msg = f"compare takes explorations or profiles, not {type(one).__name__}"
            raise PainrulesError(msg)
    return Comparison(_explored(a, b), _explored(b, a), _names(names))


def _names(given: object) -> tuple[str, str]:
    """What the two are called.

    Raises:
        PainrulesError: If these are not two texts that can be shown.
    """
    match tuple(map(exact, given)) if isinstance(given, tuple | list) else None:
        case str() as one, str() as other if type(one) is type(other) is str:
            if max(len(one), len(other)) <= LONGEST_NAME and not UNSAFE.search(one + other):
                return one, other
    msg = f"{shown(given)} are not two short names\n    hint: such as names=('before', 'after')"
    raise PainrulesError(msg)


def _explored(one: Compared, other: Compared) -> Exploration:
    if isinstance(one, Exploration):
        return one
    if isinstance(other, Exploration):
        return other.again(one)
    return core_explorer().explore(one)


def _differing(one: OptionView, other: OptionView) -> Iterator[str]:
    for field in ("status", "line", "agreement", "safety"):
        if getattr(one, field) != getattr(other, field):
            yield field
    if one.supported_for != other.supported_for and (one.supported_for and other.supported_for):
        yield "supported_for"
    for field in ("cautions", "after"):
        if {rule.id for rule in getattr(one, field)} != {rule.id for rule in getattr(other, field)}:
            yield field


def _side(view: OptionView) -> OptionSide:
    return OptionSide.model_validate(
        {name: getattr(view, name) for name in OptionSide.model_fields}
    )


def _whole(result: Exploration, name: str) -> SideView:
    pack = result.pack
    return SideView(
        name=name,
        pack=PackRef(id=pack.id, version=pack.version, digest=pack.digest),
        profile=result.profile.to_dict(),
        lens=result.lens,
        mode=result.mode,
        red_flags=result.red_flags,
    )


def _facts(one: SideView, other: SideView) -> tuple[str, ...]:
    fields = distinct([*Profile.model_fields])
    found = [name for name in fields if one.profile.get(name) != other.profile.get(name)]
    lens = [
        name
        for name in type(one.lens).model_fields
        if getattr(one.lens, name) != getattr(other.lens, name)
    ]
    pack = ["pack"] if one.pack != other.pack else []
    return (*found, *lens, *pack)


def _mentioned(profile: Profile) -> set[str]:
    named = set(profile.conditions) | set(profile.factors) | set(profile.red_flags)
    return named | set(profile.goals) | set(profile.tried)


def _stance(view: PositionView) -> str:
    return SAYS[view.stance]


def _severity(view: CautionView) -> str:
    return view.severity.value


def _step(_view: StepView) -> str:
    return "comes after"


def _line(view: object) -> Line | None:
    line = getattr(view, "line", None)
    return None if line is Line.UNSPECIFIED else line


def _population(view: PositionView | CautionView | StepView) -> str:
    return view.requires if isinstance(view, StepView) else view.population
