"""One option of an exploration: each part of it is worked out when it is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from painrules.cached import cached_property
from painrules.vocab import Agreement, Domain, Level, Line, Safety, Status

if TYPE_CHECKING:
    from types import MethodType

    from painrules.explore.exploration import Exploration
    from painrules.explore.views import Viewer
    from painrules.model.knowledge import Intervention
    from painrules.model.result import (
        CautionView,
        MechanismView,
        OptionRecord,
        PositionView,
        RelatedView,
        SourceView,
        StepView,
    )
    from painrules.model.rule import Position
    from painrules.resolve import Outcome, Resolution


class OptionView:
    """One option, with everything that a result says of it; `record` holds it as plain data.

    >>> import painrules
    >>> view = painrules.explore("chronic", "neuropathic")["gabapentinoids"]
    >>> view.status.value, view.line.value, view.about
    ('supported', 'first', 'neuropathic pain')
    """

    def __init__(
        self,
        name: str,
        outcome: "Outcome",
        resolution: "Resolution",
        viewer: "Callable[[], Viewer]",
    ) -> None:
        self.id = name
        """The intervention."""
        self._outcome = outcome
        self._resolution = resolution
        self._get_viewer = viewer

    @property
    def _viewer(self) -> "Viewer":
        return self._get_viewer()

    @property
    def _entry(self) -> "Intervention":
        return self._viewer.pack.interventions[self.id]

    @property
    def _deciding(self) -> "tuple[Position, ...]":
        return self._resolution.positions(self.id)

    @property
    def label(self) -> str:
        """Its name."""
        return self._entry.label

    @property
    def summary(self) -> str:
        """What it is, in plain words."""
        return self._entry.summary

    @property
    def category(self) -> str:
        """The category that it is listed in."""
        return self._entry.category

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Its biopsychosocial domains, the primary one first."""
        return self._entry.domains

    @property
    def status(self) -> Status:
        """What the positions in force come to."""
        return self._outcome.status

    @property
    def level(self) -> Level | str | None:
        """The most specific level that speaks; None where nothing does."""
        return self._outcome.level

    @cached_property
    def about(self) -> str:
        """Whom the deciding statements are about, in words: ``fibromyalgia``, ``neuropathic pain``, ``any pain``."""
        return self._viewer.about(self._deciding)

    @property
    def line(self) -> Line | None:
        """The most cautious line that a support at that level states."""
        return self._outcome.line

    @property
    def agreement(self) -> Agreement:
        """Whether the sources that take a side agree, at all levels."""
        return self._outcome.agreement

    @property
    def safety(self) -> Safety:
        """The worst caution in force."""
        return self._resolution.safety(self.id)

    @property
    def supported_for(self) -> tuple[str, ...]:
        """The mechanisms for which it is supported, where mechanisms are known or inferred."""
        each = self._outcome.by_mechanism
        return tuple(name for name, one in each if one.status is Status.SUPPORTED)

    @property
    def cautions(self) -> "tuple[CautionView, ...]":
        """Cautions in force."""
        rules = self._resolution.cautions(self.id)
        return tuple(map(self._viewer.caution, rules)) if rules else ()

    @cached_property
    def ask_about(self) -> "tuple[CautionView, ...]":
        """Cautions that could come into force."""
        pending = self._resolution.pending(self.id)
        return tuple(self._viewer.caution(rule, pending=True) for rule in pending)

    @cached_property
    def after(self) -> "tuple[StepView, ...]":
        """What it comes after."""
        return tuple(map(self._viewer.step, self._resolution.after(self.id)))

    @property
    def definite(self) -> bool:
        """Whether nothing that is still unknown could change the status."""
        return self._resolution.definite(self.id)

    @property
    def depends_on(self) -> tuple[str, ...]:
        """What it depends on if not: ``age``, ``condition``, ``mechanism``, a factor, ``tried.exercise``."""
        return self._resolution.certainty(self.id).depends_on

    @property
    def presumed(self) -> tuple[str, ...]:
        """Those of them that are only inferred."""
        return self._resolution.certainty(self.id).presumed

    @cached_property
    def by_mechanism(self) -> "dict[str, MechanismView]":
        """What it comes to for each mechanism."""
        from painrules.explore.views import mechanism_view  # noqa: PLC0415 - texts are loaded when asked for

        return {name: mechanism_view(one) for name, one in self._outcome.by_mechanism}

    @cached_property
    def positions(self) -> "tuple[PositionView, ...]":
        """The positions that decide."""
        return tuple(map(self._viewer.position, self._deciding))

    @cached_property
    def also_said(self) -> "tuple[PositionView, ...]":
        """What else is in force, each with its role."""
        also = self._resolution.also_said(self.id)
        return tuple(self._viewer.position(rule, role) for rule, role in also)

    @property
    def serves(self) -> tuple[str, ...]:
        """The stated goals that it serves."""
        return self._viewer.serves(self.id)

    @property
    def related(self) -> "tuple[RelatedView, ...]":
        """Other entries that it relates to."""
        return self._viewer.related(self.id)

    @cached_property
    def sources(self) -> "tuple[SourceView, ...]":
        """All sources cited above."""
        lines: list[PositionView | CautionView | StepView] = [*self.positions, *self.also_said]
        lines += [*self.cautions, *self.ask_about, *self.after]
        return self._viewer.sources(line.source for line in lines)

    @cached_property
    def record(self) -> "OptionRecord":
        """Everything, as plain data."""
        from painrules.model.result import OptionRecord  # noqa: PLC0415 - as above

        return OptionRecord.model_validate(
            {field: getattr(self, field) for field in OptionRecord.model_fields}
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, in a fixed order."""
        return self.record.model_dump(mode="json")

    def __repr__(self) -> str:
        """Short: the option and what it comes to."""
        line = f", {self.line.value} line" if self.line else ""
        return f"<OptionView {self.id}: {self.status.value}{line}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Another process explores the profile again, as the exploration that it is part of does."""
        return (_again, (cast("MethodType", self._get_viewer).__self__, self.id))

    def __eq__(self, other: object) -> bool:
        """Whether two views say the same."""
        return isinstance(other, OptionView) and self.record == other.record

    def __hash__(self) -> int:
        """By the option: what is said of it is part of equality only."""
        return hash(self.id)


def _again(result: "Exploration", name: str) -> OptionView:
    """The option of an exploration."""
    return result[name]
