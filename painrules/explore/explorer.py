"""The explorer: a pack, compiled once, that explores as many profiles as asked."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from painrules.cached import GuardedLock, cached_property
from painrules.engine import ENGINES, BitmapEngine, Consultation, Engine, consult, make_engine
from painrules.errors import PainrulesError, Problem, ProfileError, UnknownWordError, shown
from painrules.exact import exact
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
from painrules.explore.bulk import OnError, each
from painrules.explore.exploration import Exploration
from painrules.explore.order import Order
from painrules.explore.ready import Ready, core_compiled
from painrules.given import file_name
from painrules.log import note
from painrules.model.clauses import SHORT_NAMES
from painrules.model.profile import Profile
from painrules.packs import core_pack
from painrules.resolve import Lens, Resolution

if TYPE_CHECKING:
    from painrules.explore.views import Shared, Viewer
    from painrules.frames import Source, Written
    from painrules.model.pack import Pack
    from painrules.page.widget import ExplorerWidget


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

    engine: Engine
    """The engine."""

    def __init__(self, pack: "Pack | None" = None, engine: EngineName | Engine = "bitmap") -> None:
        engine = exact(engine)
        _check(pack, engine)
        self._pack = pack
        self._chosen = engine
        if pack is None:
            compiled, ready = core_compiled()
        else:
            compiled, ready = None, Ready.of(pack)
        if not isinstance(engine, str):
            self.engine = engine
        elif compiled is not None and engine == compiled.name:
            self.engine = compiled
        else:
            self.engine = make_engine(engine, self.pack)
        kind = "the core pack" if pack is None else f"pack '{pack.id}'"
        note("engine", "engine '%s' for %s", getattr(self.engine, "name", "unnamed"), kind)
        self._builder, self._index, self._dates, self._book, self.places = ready
        self._bands = {
            name: SHORT_NAMES.get(attribute, attribute)
            for name, (attribute, _) in self._builder.bands.items()
        }

    @property
    def pack(self) -> "Pack":
        """The pack."""
        return core_pack() if self._pack is None else self._pack

    def __reduce__(self) -> tuple[object, ...]:
        """Another process gets the pack, and compiles its own; with the core pack, not even that."""
        return (type(self), (self._pack, self._chosen))

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
        lens = read_lens(self._book, sources, jurisdictions, as_of)
        if isinstance(pain_type, Profile):
            stated = (mechanism, condition, age, duration_months, severity)
            if any(value is not None for value in (*stated, present, absent, tried, goals)):
                hint = "put everything into the profile: profile.with_(...)"
                what = "a whole profile is given, and facts beside it"
                raise ProfileError([Problem("profile", what, hint)])
            profile = pain_type
            check_profile(profile, self._book)
        else:
            profile = read_profile(
                self._book,
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

    def explore_many(
        self,
        profiles: Iterable[Profile | Mapping[str, Any]],
        *,
        on_error: OnError = "raise",
        sources: Words = None,
        jurisdictions: Words = None,
        as_of: DateLike = None,
    ) -> Iterator[Exploration | ProfileError]:
        """What the rules say of each of many pain problems; see `painrules.explore_many`."""
        lens = read_lens(self._book, sources, jurisdictions, as_of)
        return each(profiles, partial(self._explored, lens), on_error)

    def explore_frame(  # noqa: PLR0913 - each by name
        self,
        frame: Any,  # noqa: ANN401 - of any library
        *,
        columns: Mapping[str, str | None] | None = None,
        keep: Iterable[str] | None = None,
        options: Words = None,
        fields: Words = None,
        layout: Literal["long", "wide"] = "long",
        on_error: OnError = "raise",
        separator: str = ";",
        progress: bool | None = None,
        sources: Words = None,
        jurisdictions: Words = None,
        as_of: DateLike = None,
    ) -> Any:  # noqa: ANN401 - a frame of the same kind
        """What the rules say of each row of a dataframe; see `painrules.explore_frame`."""
        from painrules.frames import Choice, explore_frame, wanted_options  # noqa: PLC0415 - an extra

        lens = read_lens(self._book, sources, jurisdictions, as_of)
        choice = Choice(
            wanted_options(options, self.pack, self.intervention),
            columns,
            keep,
            fields,
            layout,
            on_error,
            separator,
        )
        return explore_frame(self.frame_source(lens), frame, choice, progress=progress)

    def explore_file(  # noqa: PLR0913 - each by name
        self,
        path: Path,
        output: Path,
        *,
        columns: Mapping[str, str | None] | None = None,
        keep: Iterable[str] | None = None,
        options: Words = None,
        fields: Words = None,
        layout: Literal["long", "wide"] = "long",
        on_error: OnError = "raise",
        separator: str = ";",
        progress: bool | None = None,
        sources: Words = None,
        jurisdictions: Words = None,
        as_of: DateLike = None,
    ) -> "Written":
        """Explores each row of a file into another: Parquet, CSV or newline-delimited JSON, larger than memory too.

        The arguments are those of `painrules.explore_frame`; in CSV all cells are texts.

        Returns:
            How many rows were written, and how many of them say what is wrong with a profile.

        Raises:
            PainrulesError: If the file cannot be read, or a row is no profile and that is to be an error.
            MissingExtraError: If the extra `frames` or Polars is not installed.
        """
        from painrules.frames import Choice, explore_file, wanted_options  # noqa: PLC0415 - an extra

        lens = read_lens(self._book, sources, jurisdictions, as_of)
        choice = Choice(
            wanted_options(options, self.pack, self.intervention),
            columns,
            keep,
            fields,
            layout,
            on_error,
            separator,
        )
        source = self.frame_source(lens)
        files = file_name("path", path), file_name("output", output)
        return explore_file(source, *files, choice, progress=progress)

    def frame_source(self, lens: Lens) -> "Source":
        """What frames are worked through with."""
        from painrules.frames import Source  # noqa: PLC0415 - an extra

        own = isinstance(self.engine, BitmapEngine)
        engine: EngineName | Engine = "bitmap" if own else self.engine
        return Source(
            self.pack,
            self.engine,
            self._builder,
            self._index,
            self._dates.masks(lens),
            self._bands,
            partial(read_profile, self._book),
            partial(self._explored, lens),
            partial(_source, self._pack, engine, lens),
        )

    def _explored(
        self,
        lens: Lens,
        profile: Profile | None = None,
        /,
        **facts: Any,  # noqa: ANN401 - those of `explore`
    ) -> Exploration:
        """A profile, or the facts of one, explored under a lens that is there already."""
        if profile is None:
            profile = read_profile(self._book, **facts)
        else:
            check_profile(profile, self._book)
        return self._exploration(profile, lens)

    def again(self, profile: Profile, lens: Lens) -> Exploration:
        """A profile explored under a lens that is there already.

        Raises:
            ProfileError: If the pack does not know what it names, or it contradicts itself.
        """
        check_profile(profile, self._book)
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
        word = exact(word)
        if type(word) is str and word in self.places:
            return word
        found = self._book.find(word, ("interventions",), "intervention", "option")
        if isinstance(found, Problem):
            raise UnknownWordError(word, "intervention", self.places)
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
    def order(self) -> Order:
        """The order of options, apart from what a profile changes in it."""
        return Order(self.places)

    @cached_property
    def shared(self) -> "Shared":
        """What the views of all explorations have in common."""
        from painrules.explore.views import Shared  # noqa: PLC0415 - see viewer

        return Shared(self.pack)

    def viewer(self, resolution: Resolution, goals: frozenset[str]) -> "Viewer":
        """What makes views of a resolution."""
        from painrules.explore.views import Viewer  # noqa: PLC0415 - texts are loaded when asked for

        return Viewer(resolution, self._dates, goals, self.shared)


def _check(pack: object, engine: object) -> None:
    """Whether these are a pack and an engine, or at least what can be asked as one.

    Raises:
        PainrulesError: If not.
    """
    if pack is not None:
        from painrules.model.pack import Pack  # noqa: PLC0415 - only where one is given

        if not issubclass(type(pack), Pack):
            hint = "load one with painrules.load_pack(folder)"
            msg = f"{shown(pack)} is no Pack\n    hint: {hint}"
            raise PainrulesError(msg)
    asked = [getattr(engine, name, None) for name in ("infer", "match")]
    if not isinstance(engine, str) and not all(map(callable, asked)):
        raise UnknownWordError(engine, "engine", ENGINES)


_lock = GuardedLock()
_shared: list[Explorer] = []


def _source(pack: "Pack | None", engine: EngineName | Engine, lens: Lens) -> "Source":
    """What frames are worked through with, in another process."""
    return Explorer(pack, engine).frame_source(lens)


def core_explorer() -> Explorer:
    """The explorer of the core pack that all share."""
    if not _shared:
        with _lock:
            if not _shared:
                _shared.append(Explorer())
    return _shared[0]
