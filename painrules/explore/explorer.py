"""The explorer: a pack, compiled once, that explores as many profiles as asked."""

import threading
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from painrules.engine import Consultation, Engine, consult, make_engine
from painrules.errors import Problem, ProfileError, UnknownWordError
from painrules.explore.arguments import (
    DateLike,
    EngineName,
    MechanismsLike,
    OutcomeLike,
    PainTypeLike,
    Words,
    check_profile,
    read_lens,
    read_profile,
)
from painrules.explore.exploration import Exploration
from painrules.explore.order import goals_served, places
from painrules.explore.views import Viewer, relations_of
from painrules.explore.words import WordBook
from painrules.model.conditions import SHORT_NAMES
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.packs import core_pack
from painrules.resolve import Lens, LensIndex, PackIndex, Resolution

if TYPE_CHECKING:
    from painrules.page.widget import ExplorerWidget

__all__ = ["Explorer", "explore"]


class Explorer:
    """Explores profiles with one pack and one engine; safe to share between threads.

    Args:
        pack: The pack; left out, the core pack.
        engine: The engine that finds the rules: by name, or any object that keeps to the `Engine` protocol.

    >>> import painrules
    >>> explorer = painrules.Explorer()
    >>> explorer.explore("acute", "nociceptive").mode.value
    'explore'

    Raises:
        UnknownWordError: If there is no engine of that name.
        MissingExtraError: If the engine is an extra that is not installed.
    """

    def __init__(self, pack: Pack | None = None, engine: EngineName | Engine = "bitmap") -> None:
        self.pack = core_pack() if pack is None else pack
        """The pack."""
        self.engine: Engine = make_engine(engine, self.pack) if isinstance(engine, str) else engine
        """The engine."""
        self._builder = FactsBuilder(self.pack)
        self._index = PackIndex(self.pack)
        self._dates = LensIndex(self.pack)
        self._book = WordBook(self.pack)
        self._bands = {
            name: SHORT_NAMES.get(attribute, attribute)
            for name, (attribute, _) in self._builder.bands.items()
        }

    def explore(  # noqa: PLR0913 - the facts of a profile, each by name
        self,
        pain_type: PainTypeLike | Profile | None = None,
        mechanism: MechanismsLike = None,
        *,
        condition: Words = None,
        age: int | None = None,
        duration_months: float | None = None,
        severity: float | None = None,
        present: Words = None,
        absent: Words = None,
        tried: Mapping[str, OutcomeLike] | None = None,
        goals: Words = None,
        sources: Words = None,
        jurisdictions: Words = None,
        as_of: DateLike = None,
    ) -> Exploration:
        """What the rules say of one pain problem; see `painrules.explore`."""
        lens = read_lens(self.pack, self._book, sources, jurisdictions, as_of)
        if isinstance(pain_type, Profile):
            stated = (mechanism, condition, age, duration_months, severity)
            if any(value is not None for value in (*stated, present, absent, tried, goals)):
                hint = "put everything into the profile: profile.with_(...)"
                what = "a whole profile is given, and facts beside it"
                raise ProfileError([Problem("profile", what, hint)])
            profile = pain_type
            check_profile(profile, self.pack, self._book)
        else:
            profile = read_profile(
                self._book,
                self.pack,
                pain_type=pain_type,
                mechanism=mechanism,
                condition=condition,
                age=age,
                duration_months=duration_months,
                severity=severity,
                present=present,
                absent=absent,
                tried=tried,
                goals=goals,
            )
        return self._exploration(profile, lens)

    def again(self, profile: Profile, lens: Lens) -> Exploration:
        """A profile explored under a lens that is there already.

        Raises:
            ProfileError: If the pack does not know what it names, or it contradicts itself.
        """
        check_profile(profile, self.pack, self._book)
        return self._exploration(profile, lens)

    def _exploration(self, profile: Profile, lens: Lens) -> Exploration:
        try:
            found = consult(self.engine, self._builder, profile)
        except ValueError as error:
            hint = "correct one of them"
            raise ProfileError([Problem("profile", str(error), hint)]) from None
        return Exploration(self, profile, lens, found, self._resolution(found, lens))

    def _resolution(self, found: Consultation, lens: Lens) -> Resolution:
        return Resolution(self._index, found.asked, self._dates.masks(lens), self._bands)

    def resolve(self, profile: Profile, lens: Lens) -> Resolution:
        """The resolution of another profile, without texts: what explanations try changes out with.

        Raises:
            ValueError: If the profile contradicts itself.
        """
        return self._resolution(consult(self.engine, self._builder, profile), lens)

    def widget(self, profile: Profile | None = None) -> "ExplorerWidget":
        """The explorer as a notebook widget, with the extra `widget`: `widget.profile` and `widget.result` follow.

        Args:
            profile: What it begins with; left out, nothing is known.

        Raises:
            MissingExtraError: If what shows it is not installed.
        """
        from painrules.page.widget import ExplorerWidget  # noqa: PLC0415 - an extra

        def explore(known: Profile, lens: dict[str, Any]) -> Exploration:
            return self.explore(known, **lens)

        return ExplorerWidget(self.pack, explore, profile)

    # What explorations need of the pack

    def intervention(self, word: str) -> str:
        """The intervention that a word stands for.

        Raises:
            UnknownWordError: If the pack has none.
        """
        if word in self.pack.interventions:
            return word
        found = self._book.find(word, ("interventions",), "intervention", "option")
        if isinstance(found, Problem):
            raise UnknownWordError(word, "intervention", self.pack.interventions)
        return found

    def open_conditions(self, resolution: Resolution) -> tuple[str, ...]:
        """Conditions that a possible support names and that the profile leaves open, by id."""
        found: set[str] = set()
        facts = resolution.asked[0].facts
        through = resolution.masks.allowed & resolution.masks.dated
        for number, values in self._named_conditions:
            bit = 1 << number & through
            if bit and any(
                ask.sets.possible & ~ask.sets.in_force & bit for ask in resolution.asked
            ):
                found.update(values)
        if facts.conditions is None:
            return tuple(sorted(found))
        return tuple(sorted(found & facts.open_conditions))

    @cached_property
    def _named_conditions(self) -> list[tuple[int, tuple[str, ...]]]:
        """Supporting positions that name conditions, with these and what they stand above."""
        found = []
        for name, rule in self.pack.positions.items():
            values = {
                value
                for clause in rule.conditions
                if clause.attribute == "condition"
                for value in clause.values
            }
            if values and rule.stance.value == "supports":
                found.append((self.pack.rule_numbers[name], tuple(sorted(values))))
        return found

    @cached_property
    def places(self) -> dict[str, tuple[int, str]]:
        """Where each intervention stands in the order of options."""
        return places(self.pack)

    @cached_property
    def served(self) -> dict[str, frozenset[str]]:
        """The goals that each intervention serves."""
        return goals_served(self.pack)

    @cached_property
    def _relations(self) -> dict[str, tuple[object, ...]]:
        return dict(relations_of(self.pack))

    def viewer(self, resolution: Resolution, goals: frozenset[str]) -> Viewer:
        """What makes views of a resolution."""
        return Viewer(resolution, self._dates, goals, self.served, self._relations)  # type: ignore[arg-type]


_lock = threading.Lock()
_shared: list[Explorer] = []


def core_explorer() -> Explorer:
    """The explorer of the core pack that all share."""
    if not _shared:
        with _lock:
            if not _shared:
                _shared.append(Explorer())
    return _shared[0]


def explore(  # noqa: PLR0913 - the facts of a profile, each by name
    pain_type: PainTypeLike | Profile | None = None,
    mechanism: MechanismsLike = None,
    *,
    condition: Words = None,
    age: int | None = None,
    duration_months: float | None = None,
    severity: float | None = None,
    present: Words = None,
    absent: Words = None,
    tried: Mapping[str, OutcomeLike] | None = None,
    goals: Words = None,
    sources: Words = None,
    jurisdictions: Words = None,
    as_of: DateLike = None,
) -> Exploration:
    """Explores treatment options for one pain problem with the core pack: for education, never advice.

    What is left out is unknown, and the result says what depends on it. Words may be ids, labels, synonyms or, for
    conditions, ICD-10-CM and ICD-11 codes.

    Args:
        pain_type: ``acute``, ``subacute``, ``chronic`` or ``cancer``; or a whole `Profile`.
        mechanism: One or several of ``nociceptive``, ``neuropathic``, ``nociplastic``.
        condition: One or several conditions that describe this one pain problem; ``other`` for an unlisted one.
        age: Age in completed years, 0 to 130.
        duration_months: How long the pain has lasted, in months, 0 to 1560.
        severity: Pain intensity, 0 to 10.
        present: Factors and red flags known to be there.
        absent: Factors and red flags known not to be there.
        tried: Options or categories that were tried: ``helped``, ``not_enough`` or ``not_tolerated``.
        goals: What matters to the person; changes order, never a status.
        sources: Only positions of these sources speak.
        jurisdictions: Only positions of sources of these jurisdictions speak.
        as_of: Only positions that counted on this date speak; a year means its last day.

    Returns:
        The exploration: options by category with status, line, cautions, and the positions behind them.

    Raises:
        ProfileError: If anything is unknown, impossible or contradictory; `error.problems` lists all of it.

    >>> result = explore("chronic", "neuropathic", age=72, absent=["pregnancy"])
    >>> "duloxetine" in result
    True
    >>> explore(condition="fibromyalgia")["nerve_block"].status.value
    'not_supported'
    """
    return core_explorer().explore(
        pain_type,
        mechanism,
        condition=condition,
        age=age,
        duration_months=duration_months,
        severity=severity,
        present=present,
        absent=absent,
        tried=tried,
        goals=goals,
        sources=sources,
        jurisdictions=jurisdictions,
        as_of=as_of,
    )
