"""What all proofs stand on: the boxes of the rules, the days on which they count, and the real thing beside them."""

import datetime as dt
from collections.abc import Callable, Iterator

from painrules.cached import cached_property
from painrules.check.findings import Counterexample
from painrules.check.pasted import as_call
from painrules.check.smallest import smallest
from painrules.check.space import Answer, Asker, Box
from painrules.check.space.boxes import meet
from painrules.check.subject import Subject
from painrules.engine import Asked, bits, consult
from painrules.explore import Explorer
from painrules.model.dates import first_day
from painrules.model.pack import RULE_TABLES
from painrules.model.profile import Profile
from painrules.model.rule import Inference, Position, Rule, Step
from painrules.resolve import Lens, PackIndex, Resolution
from painrules.resolve.lens import Window, window_of
from painrules.vocab import StepKind


class Ground:
    """A pack, ready for proofs."""

    def __init__(self, subject: Subject, asker: Asker) -> None:
        self.subject = subject
        self.pack = subject.pack
        self.asker = asker
        self.encoder = asker.encoders[0]
        self.rules = self.pack.rules
        self.boxes: list[Box | None] = [self.encoder.in_force(rule) for rule in self.rules]
        self.windows: list[Window] = [window_of(rule, self.pack) for rule in self.rules]
        self.today = first_day(self.pack.header.date)
        self.explorer = Explorer(self.pack)
        self.told: set[str] = set()
        """The rules of which it was found already that they are dead or never seen."""
        self._shown: dict[int, Profile | None] = {}

    @cached_property
    def index(self) -> PackIndex:
        """What the resolver knows of the pack."""
        return PackIndex(self.pack)

    def is_own(self, number: int) -> bool:
        """Whether a rule is of the pack itself."""
        rule = self.rules[number]
        return self.subject.is_own(RULE_TABLES[rule.rule_kind], rule.id)

    def where(self, rule: Rule, *steps: str) -> str:
        """File, line and column of a rule."""
        return self.subject.where(RULE_TABLES[rule.rule_kind], rule.id, *steps)

    def number(self, rule: Rule) -> int:
        """The number of a rule."""
        return self.pack.rule_numbers[rule.id]

    def counts(self, number: int) -> bool:
        """Whether a rule counts on some day: on the pack's own, for all that no lens can put back in time."""
        window, rule = self.windows[number], self.rules[number]
        dated = isinstance(rule, Position) or (
            isinstance(rule, Step) and rule.kind is not StepKind.SAFEGUARD
        )
        return window.start < window.end if dated else window.holds(self.today)

    @cached_property
    def counting(self) -> int:
        """The positions that count on the pack's day, as bits."""
        return sum(
            1 << number
            for number, rule in enumerate(self.rules)
            if isinstance(rule, Position) and self.windows[number].holds(self.today)
        )

    def common_day(self, *numbers: int) -> dt.date | None:
        """A day on which rules count together, the pack's own if that will do; None: there is none."""
        windows = [self.windows[number] for number in numbers]
        if all(window.holds(self.today) for window in windows):
            return self.today
        start = max(window.start for window in windows)
        return start if start < min(window.end for window in windows) else None

    def met(self, *numbers: int) -> Box | None:
        """The box in which rules are in force together."""
        found: Box | None = {}
        for number in numbers:
            box = self.boxes[number]
            found = meet(found, box) if found is not None and box is not None else None
        return found

    # The real thing

    def resolved(self, profile: Profile, day: dt.date | None = None) -> Resolution:
        """What the library says of a profile."""
        as_of = None if day is None or day == self.today else day
        return self.explorer.resolve(profile, Lens(as_of=as_of))

    def asked(self, profile: Profile) -> tuple[Asked, ...]:
        """What the engine says of a profile."""
        return self.resolved(profile).asked

    def in_force(self, profile: Profile, *numbers: int) -> bool:
        """Whether the library has rules in force for a profile, all for one mechanism."""
        named = {self.rules[n].id for n in numbers if isinstance(self.rules[n], Inference)}
        if named and not named <= set(self._inferring(profile)):
            return False
        mask = sum(1 << n for n in numbers if not isinstance(self.rules[n], Inference))
        return any(not mask & ~ask.sets.in_force for ask in self.asked(profile))

    def _inferring(self, profile: Profile) -> Iterator[str]:
        inferred = consult(self.explorer.engine, self.asker.space.builders[0], profile).inferred
        for one in inferred.taken + inferred.refused:
            yield from one.rules

    def example(
        self,
        answer: Answer | Profile,
        shows: str,
        holds: Callable[[Profile], bool],
        day: dt.date | None = None,
    ) -> Counterexample | None:
        """A smallest profile that shows something, tried out with the library itself.

        Args:
            answer: A point of the space, or a profile.
            shows: What it shows.
            holds: Says of a profile whether it does.
            day: The day on which it does.
        """
        if isinstance(answer, Answer):
            if answer.point is None:
                return None
            answer = self.asker.space.profile_of(answer.point)
        profile = smallest(answer, holds)
        if profile is None:
            return None
        as_of = None if day is None or day == self.today else day.isoformat()
        return Counterexample(
            profile=profile.to_dict(), call=as_call(profile, as_of=as_of), shows=shows
        )

    def shown(self, number: int) -> Profile | None:
        """A profile in which a rule is in force, as good as any; None: there is none, or it was not decided."""
        if number not in self._shown:
            point = self.asker.point(self.boxes[number]).point
            self._shown[number] = None if point is None else self.asker.space.profile_of(point)
        return self._shown[number]

    def ids(self, mask: int) -> tuple[str, ...]:
        """The ids of rules."""
        return tuple(self.rules[number].id for number in bits(mask))
