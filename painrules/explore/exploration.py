"""The exploration: what users hold. Everything is worked out when it is asked for, and what makes texts loaded then.

It is long because it is one class: each of its parts is a few lines that hand on to the room that does the work.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from painrules.cached import cached_property
from painrules.engine import Consultation
from painrules.errors import UnknownWordError
from painrules.exact import exact
from painrules.explore.option import OptionView
from painrules.given import indented
from painrules.model.facts import OTHER
from painrules.model.profile import Profile
from painrules.resolve import Lens, Resolution
from painrules.vocab import Agreement, Domain, Mode, Status, StatusWord

if TYPE_CHECKING:
    from painrules.explain import WhatIf, Why, WhyNot
    from painrules.explore.explorer import Explorer
    from painrules.explore.trace import Trace
    from painrules.explore.views import Viewer
    from painrules.graph import Graph
    from painrules.model.pack import Pack
    from painrules.model.result import (
        DisagreementView,
        InferredView,
        LensView,
        QuestionView,
        RedFlagView,
        Result,
    )


class Exploration:
    """What the rules say of one pain problem.

    >>> import painrules
    >>> result = painrules.explore("chronic", "neuropathic")
    >>> result["gabapentinoids"].status.value
    'supported'
    >>> result.mode.value
    'explore'
    """

    def __init__(
        self,
        explorer: "Explorer",
        profile: Profile,
        lens: Lens,
        found: Consultation,
        resolution: Resolution,
    ) -> None:
        self._explorer = explorer
        self._lens = lens
        self._found = found
        self._resolution = resolution
        self.profile = profile
        """What was known."""

    # What it is about

    @property
    def pack(self) -> "Pack":
        """The pack that the rules come from."""
        return self._explorer.pack

    @property
    def notice(self) -> str:
        """What stands first in every format."""
        return self.pack.notice

    @property
    def resolution(self) -> Resolution:
        """The sets of rules behind the result, for tools that look at single rules."""
        return self._resolution

    def again(self, profile: Profile) -> "Exploration":
        """Another profile, explored in the same way: with the same pack, engine and lens.

        Raises:
            ProfileError: If the pack does not know what it names, or it contradicts itself.
        """
        return self._explorer.again(profile, self._lens)

    @property
    def lens(self) -> "LensView":
        """The restriction under which the result was made."""
        from painrules.model.result import LensView  # noqa: PLC0415 - see above

        lens = self._lens
        return LensView(
            sources=None if lens.sources is None else tuple(sorted(lens.sources)),
            jurisdictions=None if lens.jurisdictions is None else tuple(sorted(lens.jurisdictions)),
            as_of=None if lens.as_of is None else lens.as_of.isoformat(),
        )

    @cached_property
    def inferred(self) -> "tuple[InferredView, ...]":
        """Facts that were suggested where the profile left them open, with the rules that suggest them."""
        view = self._viewer.inferred
        found = self._found.inferred
        return tuple(
            [view(item, taken=True) for item in found.taken]
            + [view(item, taken=False) for item in found.refused]
        )

    @cached_property
    def mode(self) -> Mode:
        """`evaluate_first` with a red flag, `ask_first` where too little is known, else `explore`."""
        if self._resolution.red_flags:
            return Mode.EVALUATE_FIRST
        return Mode.ASK_FIRST if self._too_little else Mode.EXPLORE

    @cached_property
    def _too_little(self) -> bool:
        profile = self.profile
        inferred = {item.attribute for item in self._found.inferred.taken}
        return not (
            profile.pain_type
            or profile.mechanisms
            or profile.conditions
            or inferred & {"pain_type", "mechanism"}
        )

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What does not fit together in the profile; nothing was changed because of it."""
        from painrules.explore.ask import warnings  # noqa: PLC0415 - see above

        return warnings(self.profile, self._found, self.pack)

    # The options

    @cached_property
    def _viewer(self) -> "Viewer":
        return self._explorer.viewer(self._resolution, self.profile.goals)

    def _get_viewer(self) -> "Viewer":
        return self._viewer

    @cached_property
    def _order(self) -> tuple[str, ...]:
        explorer, outcomes = self._explorer, self._resolution.outcomes
        served = lambda: explorer.shared.served  # noqa: E731 - worked out where there are goals
        return explorer.order.sorted(outcomes, self.profile.goals, served)

    @cached_property
    def _views(self) -> dict[str, OptionView]:
        return {}

    def __getitem__(self, name: str) -> OptionView:
        """The view of any intervention of the pack, by id, label or synonym.

        Raises:
            UnknownWordError: If the pack has no such intervention; it names the nearest.
        """
        name = exact(name)
        found = self._views.get(name) if type(name) is str else None
        if found is None:
            known = self._explorer.intervention(name)
            view = self._views.get(known) or self._view(known)
            found = self._views[name] = view
            self._views[known] = found
        return found

    def __iter__(self) -> Iterator[OptionView]:
        """The options, in order."""
        return iter(self.options)

    def __len__(self) -> int:
        """How many options there are."""
        return len(self._order)

    def __contains__(self, name: object) -> bool:
        """Whether a position in force speaks of an option, or supports its class."""
        try:
            return self._explorer.intervention(name) in self._order  # type: ignore[arg-type]  # it says what is no word
        except UnknownWordError:
            return False

    @cached_property
    def options(self) -> tuple[OptionView, ...]:
        """What positions in force speak of, or whose class they support, in order."""
        resolution, viewer, order = self._resolution, self._get_viewer, self._order
        outcomes, known = resolution.outcomes, self._views
        views = [
            known.get(name) or OptionView(name, outcomes[name], resolution, viewer)
            for name in order
        ]
        known.update(zip(order, views, strict=True))
        return tuple(views)

    def _view(self, name: str) -> OptionView:
        resolution = self._resolution
        return OptionView(name, resolution.outcome(name), resolution, self._get_viewer)

    @cached_property
    def _supported(self) -> tuple[str, ...]:
        is_supported = self._resolution.is_supported
        return tuple([name for name in self._order if is_supported(name)])

    @property
    def listed(self) -> tuple[str, ...]:
        """Options supported for any mechanism and not contraindicated, by id; empty unless the mode is `explore`."""
        return self._supported if self.mode is Mode.EXPLORE else ()

    @property
    def deferred(self) -> tuple[str, ...]:
        """What would be listed if no red flag were in force."""
        evaluate = self.mode is Mode.EVALUATE_FIRST and not self._too_little
        return self._supported if evaluate else ()

    @cached_property
    def by_category(self) -> dict[str, tuple[OptionView, ...]]:
        """The listed options by category, in the pack's order; deferred ones are not among them."""
        return self._grouped((view.category,) for view in self._listed_views)

    @cached_property
    def by_domain(self) -> dict[str, tuple[OptionView, ...]]:
        """The listed options by biopsychosocial domain; one with two domains stands under both."""
        found = self._grouped(tuple(d.value for d in view.domains) for view in self._listed_views)
        return {domain.value: found[domain.value] for domain in Domain if domain.value in found}

    @property
    def _listed_views(self) -> list[OptionView]:
        return [self[name] for name in self.listed]

    def _grouped(self, groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[OptionView, ...]]:
        found: dict[str, list[OptionView]] = {}
        for view, names in zip(self._listed_views, groups, strict=True):
            for name in names:
                found.setdefault(name, []).append(view)
        return {name: tuple(views) for name, views in found.items()}

    # What else it tells

    @cached_property
    def red_flags(self) -> "tuple[RedFlagView, ...]":
        """Red flags in force, the most urgent first."""
        return tuple(self._viewer.red_flag(rule) for rule in self._resolution.red_flags)

    @cached_property
    def next_questions(self) -> "tuple[QuestionView, ...]":
        """What to ask next: first what could change the status of most options."""
        from painrules.explore.ask import next_questions  # noqa: PLC0415 - see above

        return next_questions(self._resolution, ask_first=self._too_little)

    @cached_property
    def disagreements(self) -> "tuple[DisagreementView, ...]":
        """Options on which sources disagree, with both sides; nobody picks a winner."""
        return tuple(
            self._viewer.disagreement(name) for name in self._order if self._disagreed(name)
        )

    def _disagreed(self, name: str) -> bool:
        outcome = self._resolution.outcome(name)
        each = {decision.agreement for _, decision in outcome.by_mechanism} | {outcome.agreement}
        return Agreement.MIXED in each

    @cached_property
    def in_conditions(self) -> dict[str, tuple[str, ...]]:
        """What is not listed, but would be supported with one more condition that the profile leaves open."""
        found: dict[str, list[str]] = {}
        known, told = set(self._supported), set(self._order)
        for condition in self._explorer.open_conditions(self._resolution):
            kept = self.profile.conditions - {OTHER}
            changed = self.profile.with_(conditions=kept | {condition})
            resolution = self._explorer.resolve(changed, self._lens)
            for name in resolution.options:
                same = name in told and resolution.heard(name) == self._resolution.heard(name)
                if name not in known and not same and resolution.is_supported(name):
                    found.setdefault(name, []).append(condition)
        return {name: tuple(found[name]) for name in sorted(found)}

    # Explanations

    def why(self, option: str) -> "Why":
        """Why an option has its status: each position with its premises and source.

        Raises:
            UnknownWordError: If the pack has no such intervention.
        """
        from painrules.explain import why  # noqa: PLC0415 - see above

        return why(self._resolution, self._explorer.intervention(option))

    def why_not(self, option: str) -> "WhyNot":
        """Why an option is not supported: what is missing of the closest rule, and a smallest change that brings it.

        Raises:
            UnknownWordError: If the pack has no such intervention.
        """
        from painrules.explain import why_not  # noqa: PLC0415 - see above

        name = self._explorer.intervention(option)

        def resolve(profile: Profile) -> Resolution:
            return self._explorer.resolve(profile, self._lens)

        return why_not(self._resolution, name, self.profile, resolve)

    def what_if(self, option: str, becomes: "Status | StatusWord | None" = None) -> "WhatIf":
        """What would change the status of an option: the smallest sets of changes to what is unknown or changeable.

        Every smaller set was tried. Age, pregnancy and history are never suggested as changes; finding them out is.

        Args:
            option: The intervention.
            becomes: The status that is wanted; left out: any other.

        Raises:
            UnknownWordError: If the pack has no such intervention, or there is no such status.

        >>> import painrules
        >>> answer = painrules.explore("chronic", condition="fibromyalgia").what_if("cbt")
        >>> answer.status.value, answer.alternatives
        ('supported', ())
        """
        from painrules.explain import what_if  # noqa: PLC0415 - see above

        word = exact(becomes)
        if word is not None and not (type(word) is str and word in set(Status)):
            raise UnknownWordError(word, "status", Status)
        wanted = None if word is None else Status(word)
        name = self._explorer.intervention(option)
        return what_if(self._resolution, name, self.profile, self._lens, wanted)

    def trace(self) -> "Trace":
        """What was asked and found on the way: pack, engine, inferences and the rules by id, to report a problem with.

        >>> import painrules
        >>> trace = painrules.explore(condition="fibromyalgia").trace()
        >>> [one.rules for one in trace.suggested if one.attribute == "pain_type"]
        [('i_chronic_primary_chronic',)]
        """
        from painrules.explore.trace import trace_of  # noqa: PLC0415 - see above

        engine = getattr(self._explorer.engine, "name", type(self._explorer.engine).__name__)
        return trace_of(self, self._found, self._resolution.heard_positions, str(engine))

    # Formats

    @cached_property
    def record(self) -> "Result":
        """Everything, as plain data that survives JSON and back."""
        from painrules.explain import label_of  # noqa: PLC0415 - see above
        from painrules.model.result import PackRef, Result  # noqa: PLC0415 - see above

        pack = self.pack
        options = self.options
        in_conditions = self.in_conditions
        named = _mentioned(self, in_conditions)
        return Result(
            notice=self.notice,
            pack=PackRef(id=pack.id, version=pack.version, digest=pack.digest),
            profile=self.profile.to_dict(),
            lens=self.lens,
            mode=self.mode,
            inferred=self.inferred,
            red_flags=self.red_flags,
            warnings=self.warnings,
            options=tuple(view.record for view in options),
            listed=self.listed,
            deferred=self.deferred,
            in_conditions=in_conditions,
            next_questions=self.next_questions,
            disagreements=self.disagreements,
            categories=pack.category_order,
            labels={name: label_of(name, pack) for name in sorted(named)},
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, in a fixed order."""
        return self.record.model_dump(mode="json")

    def to_json(self, *, indent: int | None = 2) -> str:
        """Everything as JSON; `painrules.Result.from_json` reads it back."""
        return self.record.model_dump_json(indent=indented(indent))

    def to_frame(self, kind: Literal["pandas", "polars", "pyarrow"] | None = None) -> Any:  # noqa: ANN401 - of any library
        """The options as a dataframe, one row for each, with the columns that `painrules.explore_frame` has.

        Args:
            kind: The library; left out, the first of pandas, Polars and PyArrow that is installed.

        Raises:
            MissingExtraError: If there is no such library, or the extra `frames` is not installed.

        >>> import painrules
        >>> frame = painrules.explore("chronic", "neuropathic").to_frame("polars")
        >>> frame.filter(frame["option"] == "gabapentinoids")["line"].to_list()
        ['first']
        """
        from painrules.frames import frame_of_options  # noqa: PLC0415 - an extra

        return frame_of_options(self, kind)

    def to_text(self, *, width: int = 88) -> str:
        """The result as text for a terminal of that width."""
        from painrules.render.text import to_text  # noqa: PLC0415 - formats are loaded when asked for

        return to_text(self.record, width=width)

    def to_markdown(self) -> str:
        """The result as Markdown."""
        from painrules.render.markdown import to_markdown  # noqa: PLC0415 - see to_text

        return to_markdown(self.record)

    def to_html(self, *, page: bool = False) -> str:
        """The result as HTML with captioned tables, everything escaped; a whole page if wanted."""
        from painrules.render.html import to_html  # noqa: PLC0415 - see to_text

        return to_html(self.record, page=page)

    def graph(self) -> "Graph":
        """The graph of what this result speaks about, with status and line on its nodes, for `painrules.graph`.

        >>> import painrules
        >>> graph = painrules.explore(condition="fibromyalgia").graph()
        >>> graph.nodes["intervention:exercise"]["line"]
        'first'
        """
        from painrules.graph import graph_of_result  # noqa: PLC0415 - networkx is loaded when asked for

        return graph_of_result(self)

    def __str__(self) -> str:
        """The result as text."""
        return self.to_text()

    def __repr__(self) -> str:
        """Short: what it is about and how much was found."""
        about = ", ".join(f"{key}={value!r}" for key, value in self.profile.to_dict().items())
        return f"<Exploration of {about or 'nothing yet'}: {self.mode.value}, {len(self.listed)} listed>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __reduce__(self) -> tuple[object, ...]:
        """Another process explores the same profile again: that is quicker than to carry all that was found."""
        return (_again, (self._explorer, self.profile, self._lens))

    def __eq__(self, other: object) -> bool:
        """Whether two explorations say the same."""
        return isinstance(other, Exploration) and self.record == other.record

    def __hash__(self) -> int:
        """By profile and pack."""
        return hash((self.profile, self.pack.digest))


def _again(explorer: "Explorer", profile: Profile, lens: Lens) -> Exploration:
    """The exploration of a profile under a lens."""
    return explorer.again(profile, lens)


def _mentioned(result: Exploration, in_conditions: dict[str, tuple[str, ...]]) -> set[str]:
    """Everything that a result names by id."""
    pack, profile = result.pack, result.profile
    named = set(pack.category_order) | set(in_conditions)
    named |= {name for names in in_conditions.values() for name in names}
    named |= profile.conditions | set(profile.factors) | set(profile.red_flags) | profile.goals
    named |= set(profile.tried)
    for view in result.options:
        named |= {view.id, *(item.id for item in view.related), *view.serves}
        named |= {item.option for item in (*view.positions, *view.also_said)}
        named |= {item.option for item in (*view.cautions, *view.ask_about)}
        named |= {item.option for item in view.after}
        named |= {name for name in view.depends_on if name in pack.factors}
    for flag in result.red_flags:
        named |= set(flag.signs)
    named |= {item.attribute for item in result.inferred if item.attribute in pack.factors}
    named |= {item.attribute for item in result.next_questions if item.attribute in pack.factors}
    return named
