"""What the resolver knows of a pack before any profile comes: who speaks of which option, and how.

All of it is bitmaps over the numbers of rules, so that deciding is a handful of *and* and *or*. `plain` gives it as
plain data: what every profile needs, and apart from it what is said of each option. `restored` takes it back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from painrules.cached import cached_property
from painrules.engine.masks import bits, mask_of, read, written
from painrules.vocab import Level, Line, Safety, StepKind

if TYPE_CHECKING:
    from painrules.model.pack import Pack
    from painrules.model.rule import Caution, Position, RedFlag, Rule, Step

LEVELS = tuple(Level)
"""From the most specific to the most general."""

MEMORY = 700_000
"""About how many bytes may be taken by what was decided before."""


class ClassSupport(NamedTuple):
    """Supports for a class, as they concern one member."""

    supports: int
    """Those that weigh in the same way."""
    weighs_against: int
    """Positions that oppose that class or a broader one."""
    silenced_by: int
    """Positions that oppose the member by name, or a class between."""


class AtLevel(NamedTuple):
    """What is said of an option at one level."""

    rank: int
    """The place of the level in `LEVELS`."""
    supports: int
    """For the option itself, or for a class with all its members."""
    opposes: int
    """Against the option itself or a class it belongs to."""
    silent: int
    """`no_recommendation` on the option itself."""
    examples: int
    """For a class that the option is an example of."""
    speaking: int
    """All of these together."""

    @classmethod
    def of(cls, rank: int, said: Sequence[int]) -> Self:
        """What is said at the level of that rank: for, against, silent, examples."""
        supports, opposes, silent, examples = said
        return cls(rank, supports, opposes, silent, examples, joined(said))


class OptionRules(NamedTuple):
    """Everything that the pack says of one option, as bitmaps."""

    levels: tuple[AtLevel, ...]
    """The levels at which anything is said, the most specific first."""
    speaking: int
    """All positions about it."""
    supports: int
    """Those that support it by itself, at any level."""
    examples: int
    """Those that support a class of it, at any level."""
    class_supports: tuple[ClassSupport, ...]
    """How support for classes weighs."""
    replaced: tuple[tuple[int, int], ...]
    """A broader position, and the narrower ones of its source that replace it for this option."""
    replaceable: int
    """The broader positions of `replaced` together."""
    cautions: int
    """Cautions on the option or a class it belongs to."""
    steps: int
    """Steps of the option or a class it belongs to."""

    @classmethod
    def of(
        cls,
        levels: tuple[AtLevel, ...],
        class_supports: tuple[ClassSupport, ...],
        replaced: tuple[tuple[int, int], ...],
        cautions: int,
        steps: int,
    ) -> Self:
        """With what follows from the rest."""
        return cls(
            levels,
            joined(level.speaking for level in levels),
            joined(level.supports for level in levels),
            joined(level.examples for level in levels),
            class_supports,
            replaced,
            joined(broad for broad, _ in replaced),
            cautions,
            steps,
        )

    def plain(self) -> list[Any]:
        """As plain data."""
        return [
            [[level.rank, *([*bits(mask)] for mask in level[1:5])] for level in self.levels],
            [[[*bits(mask)] for mask in support] for support in self.class_supports],
            [[[*bits(mask)] for mask in pair] for pair in self.replaced],
            [*bits(self.cautions)],
            [*bits(self.steps)],
        ]

    @classmethod
    def restored(cls, plain: Sequence[Any]) -> Self:
        """Back from plain data."""
        levels, supports, replaced, cautions, steps = plain
        return cls.of(
            tuple(AtLevel.of(rank, [*map(mask_of, said)]) for rank, *said in levels),
            tuple(ClassSupport(*map(mask_of, support)) for support in supports),
            tuple((mask_of(broad), mask_of(narrower)) for broad, narrower in replaced),
            mask_of(cautions),
            mask_of(steps),
        )


class Kinds(NamedTuple):
    """The rules of each kind that the resolver looks at."""

    positions: int
    cautions: int
    steps: int
    red_flags: int
    safeguards: int
    """Those of the steps that are safeguards."""


class Words(NamedTuple):
    """The rules that state each line and each severity, the last of the line and the worst first."""

    lines: tuple[tuple[Line, int], ...]
    safety: tuple[tuple[Safety, int], ...]


class PackIndex:
    """A pack as the resolver needs it."""

    def __init__(self, pack: "Pack") -> None:
        from painrules.resolve.collect import Collector  # noqa: PLC0415 - not where it is restored

        rules = pack.rules
        self._pack: Callable[[], Pack] = lambda: pack
        self.rule: Callable[[int], Rule] = rules.__getitem__
        """The rule of a number."""
        self.options = tuple(pack.interventions)
        """All interventions, by id."""
        self.sources: Sequence[str] = [rule.source for rule in rules]
        """The source of each rule, by its number."""
        self.kinds = kinds_of(rules)
        """The rules of each kind."""
        self.words = words_of(rules)
        """The rules that state each line and each severity."""
        self._collect: Callable[[str], OptionRules] = Collector(pack).option
        self._begin()

    def plain(self) -> dict[str, Any]:
        """What every profile needs, as plain data; what is said of each option is not among it."""
        names = sorted(set(self.sources))
        places = {name: place for place, name in enumerate(names)}
        return {
            "kinds": [written(mask) for mask in self.kinds],
            "words": [[[word, written(mask)] for word, mask in table] for table in self.words],
            "sources": [names, [places[name] for name in self.sources]],
        }

    @classmethod
    def restored(
        cls,
        ready: Mapping[str, Any],
        names: Iterable[str],
        option: Callable[[str], OptionRules],
        pack: "Callable[[], Pack]",
    ) -> Self:
        """Back from plain data; what is said of an option, and the pack, are only got when they are wanted."""
        self = cls.__new__(cls)
        self._pack = pack
        self.rule = lambda number: pack().rule(number)
        self.kinds = Kinds(*map(read, ready["kinds"]))
        lines, safety = ready["words"]
        self.words = Words(
            tuple((Line(word), read(mask)) for word, mask in lines),
            tuple((Safety(word), read(mask)) for word, mask in safety),
        )
        sources, places = ready["sources"]
        self.sources = [sources[place] for place in places]
        self.options = tuple(names)
        self._collect = option
        self._begin()
        return self

    def _begin(self) -> None:
        self._known: dict[str, OptionRules] = {}
        self.memory: dict[tuple[str, str | None, int], Any] = {}
        """What was decided: by option, mechanism, and what is said of the option."""
        self._room = max(64, MEMORY // (300 + len(self.sources) // 3))

    def remember(self, key: tuple[str, str | None, int], decided: object) -> None:
        """Keeps what was decided, as long as there is room."""
        if len(self.memory) >= self._room:
            self.memory.clear()
        self.memory[key] = decided

    @property
    def pack(self) -> "Pack":
        """The pack."""
        return self._pack()

    @property
    def rules(self) -> "tuple[Rule, ...]":
        """All rules, by number."""
        return self.pack.rules

    def option(self, name: str) -> OptionRules:
        """What the pack says of one option."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._collect(name)
        return found

    @cached_property
    def warnings(self) -> dict[str, int]:
        """The cautions on each option or a class it belongs to."""
        return {name: self.option(name).cautions for name in self.options}

    @cached_property
    def spoken_of(self) -> tuple[tuple[str, int], ...]:
        """Each option with the positions about it, by id."""
        return tuple((name, self.option(name).speaking) for name in self.options)

    # The records behind the numbers of a set that holds rules of one kind only

    @cached_property
    def alongside(self) -> list[int]:
        """For each rule, all rules of its source."""
        found: dict[str, list[int]] = {}
        for number, source in enumerate(self.sources):
            found.setdefault(source, []).append(number)
        masks = {source: mask_of(numbers) for source, numbers in found.items()}
        return [masks[source] for source in self.sources]

    def positions_in(self, mask: int) -> "tuple[Position, ...]":
        """The positions of a set, by id."""
        return cast(
            "tuple[Position, ...]", tuple(map(self.rule, bits(mask & self.kinds.positions)))
        )

    def cautions_in(self, mask: int) -> "tuple[Caution, ...]":
        """The cautions of a set, by id."""
        return cast("tuple[Caution, ...]", tuple(map(self.rule, bits(mask & self.kinds.cautions))))

    def steps_in(self, mask: int) -> "tuple[Step, ...]":
        """The steps of a set, by id."""
        return cast("tuple[Step, ...]", tuple(map(self.rule, bits(mask & self.kinds.steps))))

    def red_flags_in(self, mask: int) -> "tuple[RedFlag, ...]":
        """The red flags of a set, by id."""
        return cast("tuple[RedFlag, ...]", tuple(map(self.rule, bits(mask & self.kinds.red_flags))))


def kinds_of(rules: "Iterable[Rule]") -> Kinds:
    """The rules of each kind."""
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        found.setdefault(rule.rule_kind, []).append(number)
        if rule.rule_kind == "step" and cast("Step", rule).kind is StepKind.SAFEGUARD:
            found.setdefault("safeguard", []).append(number)
    kinds = ("position", "caution", "step", "red_flag", "safeguard")
    return Kinds(*(mask_of(found.get(kind, [])) for kind in kinds))


def words_of(rules: "Iterable[Rule]") -> Words:
    """The rules that state each line and each severity."""
    lines: dict[Line, list[int]] = {line: [] for line in (*reversed(STATED_LINES), UNSTATED)}
    safety: dict[Safety, list[int]] = {word: [] for word in reversed(Safety)}
    for number, rule in enumerate(rules):
        if rule.rule_kind == "position":
            lines[cast("Position", rule).line].append(number)
        elif rule.rule_kind == "caution":
            safety[Safety(cast("Caution", rule).severity.value)].append(number)
    return Words(
        tuple((line, mask_of(numbers)) for line, numbers in lines.items()),
        tuple((word, mask_of(numbers)) for word, numbers in safety.items()),
    )


UNSTATED = Line.UNSPECIFIED
STATED_LINES = [line for line in Line if line is not UNSTATED]


def joined(masks: Iterable[int]) -> int:
    """The rules of all sets together."""
    found = 0
    for mask in masks:
        found |= mask
    return found
