"""The rules of a pack over blocks of rows: inference first, then a diagram for each option.

What a set of rules comes to is never decided here: at the end of each walk the resolver is asked, once for each
distinct set. So a frame can only differ from `explore` in which rules it takes to be in force, and tests hold it to
that.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt

from painrules.engine.base import RuleSets, settle, strata
from painrules.engine.columns import NOTHING, Violated, violations
from painrules.engine.masks import bits
from painrules.engine.query import Asked
from painrules.frames.answers import Answered, Rules, Wanted
from painrules.frames.diagram import SETS, Diagram, Node, Numbers
from painrules.frames.groups import UNKNOWN, Group
from painrules.frames.rows import NO, YES, Block, Rows
from painrules.model.facts import Facts
from painrules.model.pack import Pack
from painrules.model.rule import Inference
from painrules.vocab import PainType

NOTHING_KNOWN = Facts()
IN_FORCE = ("in_force",)
ROWS = 32_768
"""How many rows walk together: so many that tables are looked up fast, so few that they stay close to the processor."""
MOST_PLACES = 20_000_000
"""How large all tables may become together before they are made anew."""
TYPES = tuple(kind.value for kind in PainType)

Ids = npt.NDArray[np.int32]
Target = tuple[str, str]
"""What inferences suggest: an attribute, and the name of the factor."""


class Tables:
    """Diagrams for the rules of a pack: what answers blocks of rows.

    Args:
        rules: The rules and the lens.
        rows: What reads rows, with the groups.
        options: The options that are asked about.
        wanted: What is asked of each.
        threads: How many walk at a time.
    """

    def __init__(
        self, rules: Rules, rows: Rows, options: Sequence[str], wanted: Wanted, threads: int = 1
    ) -> None:
        self._rules = rules
        self._rows = rows
        self._options = options
        self._wanted = wanted
        self._threads = threads
        self._layers = [_targets(layer, rules.pack) for layer in strata(rules.pack)]
        self._alive: list[Group] = []
        self._inference: list[dict[Target, Diagram]] = []
        self._said: dict[object, Diagram] = {}
        self._warned: dict[object, Diagram] = {}
        self._said_of: list[object] = []
        self._warned_of: list[object] = []
        self._flags: Diagram | None = None
        self._mechanisms: dict[tuple[str | None, bool], Violated] = {}

    @property
    def size(self) -> int:
        """How many places all tables have."""
        return sum(diagram.size for diagram in (*self._said.values(), *self._warned.values()))

    # Making the diagrams

    def _build(self, known: Iterable[Group]) -> None:
        """Makes all diagrams, for the groups of which columns say anything or that can be inferred."""
        alive = set(known)
        self._inference = []
        for layer in self._layers:
            diagrams = {
                target: self._inferring(target, mask, alive) for target, mask in layer.items()
            }
            diagrams = {target: one for target, one in diagrams.items() if one.tells}
            self._inference.append(diagrams)
            alive |= {self._group_of(target) for target in diagrams}
        places = {group: place for place, group in enumerate(self._rows.groups)}
        self._alive = sorted(alive - {self._rows.mechanism}, key=places.__getitem__)
        start = self._start(self._alive)
        self._said, self._said_of = {}, []
        self._warned, self._warned_of = {}, []
        for name in self._options:
            option = self._rules.index.option(name)
            said = (option.levels, option.class_supports, option.replaced)
            if said not in self._said:
                self._said[said] = self._saying(name, option.speaking, start)
            self._said_of.append(said)
            if self._wanted.safety:
                if option.cautions not in self._warned:
                    self._warned[option.cautions] = self._warning(name, option.cautions, start)
                self._warned_of.append(option.cautions)
        self._flags = self._flagging(start)

    def _start(self, alive: Iterable[Group]) -> Violated:
        """What is violated because nothing is known of it, whatever the row."""
        answered = {entry for group in alive for entry in group.entries}
        answered.update(self._rows.mechanism.entries)
        rest = (entry for entry in self._rows.entries if entry not in answered)
        return violations(rest, NOTHING_KNOWN)

    def _group_of(self, target: Target) -> Group:
        if target[0] == "pain_type":
            return self._rows.pain_type
        return self._rows.mechanism if target[0] == "mechanism" else self._rows.fact(target[1])

    def _inferring(self, target: Target, mask: int, alive: set[Group]) -> Diagram:
        rules = self._rules.pack.rules
        attribute, _ = target

        def answer(node: Node, _state: int) -> int:
            fired = [rules[number] for number in bits(mask & ~node[0])]
            found = settle(
                (rule.suggests.fact, rule.id) for rule in fired if isinstance(rule, Inference)
            )
            values = [one.value for one in found.taken]
            if attribute == "mechanism":
                return self._rows.mechanisms(frozenset(values), given=False)
            if not values:
                return UNKNOWN
            if attribute == "pain_type":
                return 1 + TYPES.index(values[0])
            return YES if values[0] == "yes" else NO

        groups = [group for group in self._rows.groups if group in alive]
        start = (self._start(groups).in_force,)
        return Diagram(mask, groups, start, IN_FORCE, answer)

    def _saying(self, name: str, speaking: int, start: Violated) -> Diagram:
        mask = speaking & self._rules.active
        sets = SETS if self._wanted.definite else IN_FORCE

        def answer(node: Node, state: int) -> int:
            resolution = self._rules.resolution(self._asked(mask, node, state, sets))
            return self._rules.say(resolution, name, self._wanted)

        return self._diagram(mask, start, sets, answer)

    def _warning(self, name: str, cautions: int, start: Violated) -> Diagram:
        mask = cautions & self._rules.masks.standing
        sets = ("in_force", "possible") if self._wanted.ask_about else IN_FORCE
        only_worst = not self._wanted.ask_about and not self._wanted.cautions
        severities = [rules & mask for _, rules in self._rules.index.words.safety]

        def worst(node: Node, settled: int) -> Node:
            """Once a warning is settled, no lesser one matters."""
            violated = node[0]
            held = settled & mask & ~violated
            if held:
                for place, rules in enumerate(severities):
                    if held & rules:
                        rest = _union(severities[place:])
                        kept = held & rules
                        return ((violated | rest) & ~(kept & -kept),)
            return node

        def answer(node: Node, state: int) -> int:
            resolution = self._rules.resolution(self._asked(mask, node, state, sets))
            return self._rules.warn(resolution, name, self._wanted)

        return self._diagram(mask, start, sets, answer, worst if only_worst else None)

    def _flagging(self, start: Violated) -> Diagram:
        mask = self._rules.index.kinds.red_flags & self._rules.masks.standing

        def any_one(node: Node, settled: int) -> Node:
            """One is enough."""
            held = settled & mask & ~node[0]
            return (mask & ~(held & -held),) if held else node

        def answer(node: Node, state: int) -> int:
            resolution = self._rules.resolution(self._asked(mask, node, state, IN_FORCE))
            return int(bool(resolution.red_flags))

        return self._diagram(mask, start, IN_FORCE, answer, any_one)

    def _diagram(
        self,
        mask: int,
        start: Violated,
        sets: Sequence[str],
        answer: Callable[[Node, int], int],
        reduced: Callable[[Node, int], Node] | None = None,
    ) -> Diagram:
        mechanism = self._rows.mechanism
        begin = tuple(start[SETS.index(name)] for name in sets)
        last = mechanism if mechanism.rules & mask else None
        return Diagram(mask, self._alive, begin, sets, answer, last=last, reduced=reduced)

    def _asked(self, mask: int, node: Node, state: int, sets: Sequence[str]) -> tuple[Asked, ...]:
        """The sets of rules at the end of a walk, for each mechanism."""
        group = self._rows.mechanism
        names, given = self._rows.mechanisms_of(state)
        violated = dict(zip(sets, node, strict=True))
        asked = []
        each: list[str | None] = [*sorted(names)] or [None]
        for mechanism in each:
            more = self._mechanism(mechanism, given=given) if group.rules & mask else NOTHING
            found = [
                mask & ~(violated[name] | also) if name in violated else 0
                for name, also in zip(SETS, more, strict=True)
            ]
            asked.append(Asked(mechanism, NOTHING_KNOWN, RuleSets(*found)))
        return tuple(asked)

    def _mechanism(self, mechanism: str | None, *, given: bool) -> Violated:
        found = self._mechanisms.get((mechanism, given))
        if found is None:
            facts = Facts(mechanism=mechanism, mechanism_given=given)
            found = violations(self._rows.mechanism.entries, facts)
            self._mechanisms[mechanism, given] = found
        return found

    # Answering

    def answer(self, block: Block) -> Answered:
        """What the rows of a block come to."""
        unseen = [group for group in block.states if group not in self._alive]
        if not self._said or any(group is not self._rows.mechanism for group in unseen):
            self._build({*self._alive, *block.states})
        if self.size > MOST_PLACES:
            self._rules.forget()
            self._build(self._alive)
        count = block.size
        said = np.zeros((len(self._options), count), dtype=np.int32)
        warned = np.zeros((len(self._options), count), dtype=np.int32)
        mode = np.zeros(count, dtype=np.int8)
        with ThreadPoolExecutor(self._threads) as pool:
            for start in range(0, count, ROWS):
                stop = min(start + ROWS, count)
                states = {group: numbers[start:stop] for group, numbers in block.states.items()}
                self._walk(pool, states, said[:, start:stop], warned[:, start:stop])
                mode[start:stop] = self._mode(states, stop - start)
        return Answered(said, warned, mode)

    def _walk(
        self, pool: ThreadPoolExecutor, given: dict[Group, Numbers], said: Ids, warned: Ids
    ) -> None:
        """Walks a few rows through all diagrams; `given` gets what is inferred besides."""
        count = said.shape[1]
        self._infer(given, count)
        unknown = np.zeros(count, dtype=np.intp)
        states = {
            group: given.get(group, unknown) for group in (*self._alive, self._rows.mechanism)
        }

        def some(part: int) -> None:
            for diagrams, keys, into in (
                (self._said, self._said_of, said),
                (self._warned, self._warned_of, warned),
            ):
                places: dict[object, list[int]] = {}
                for place, key in enumerate(keys):
                    places.setdefault(key, []).append(place)
                for key in list(places)[part :: self._threads]:
                    into[places[key]] = diagrams[key].walk(states, count)

        if self._threads == 1:
            some(0)
            return
        for _ in pool.map(some, range(self._threads)):
            pass

    def _infer(self, states: dict[Group, Numbers], count: int) -> None:
        """Adds what is inferred to the states of rows; what is given stays."""
        unknown = np.zeros(count, dtype=np.intp)
        for layer in self._inference:
            known = {group: states.get(group, unknown) for group in self._rows.groups}
            found = {target: diagram.walk(known, count) for target, diagram in layer.items()}
            for target, suggested in found.items():
                if not suggested.any():
                    continue
                group = self._group_of(target)
                before = states.get(group, unknown)
                if target[0] == "mechanism":
                    states[group] = np.where(before == UNKNOWN, suggested, before)
                else:
                    states[group] = _presumed(group, before, target, suggested)

    def _mode(self, states: dict[Group, Numbers], count: int) -> Numbers:
        rows = self._rows
        little = np.ones(count, dtype=bool)
        for group in (rows.pain_type, rows.mechanism, rows.conditions):
            if group in states:
                little &= states[group] == UNKNOWN
        unknown = np.zeros(count, dtype=np.intp)
        known = {group: states.get(group, unknown) for group in (*self._alive, rows.mechanism)}
        assert self._flags is not None  # noqa: S101 - made with the others
        return little.astype(np.intp) + 2 * self._flags.walk(known, count)


def _targets(layer: Iterable[Inference], pack: Pack) -> dict[Target, int]:
    """What the inferences of a layer suggest, each with its rules as bits."""
    found: dict[Target, int] = {}
    for rule in layer:
        attribute, name, _ = rule.suggests.fact
        target = (attribute, name)
        found[target] = found.get(target, 0) | 1 << pack.rule_numbers[rule.id]
    return found


def _presumed(group: Group, before: Numbers, target: Target, suggested: Numbers) -> Numbers:
    """The states of rows with what is suggested, where it was left open."""
    attribute, name = target

    def change(value: int, facts: Facts) -> Facts:
        if attribute == "pain_type":
            return facts if facts.pain_type_given else facts.assume(pain_type=TYPES[value - 1])
        return facts if name in facts.given else facts.assume(factors={name: value == YES})

    size = len(TYPES) + 1
    pairs = before * size + suggested
    found = np.arange(len(group.states) * size, dtype=np.intp) // size
    occurs = np.zeros(len(found), dtype=bool)
    occurs[pairs] = True
    for pair in np.flatnonzero(occurs).tolist():
        number, value = divmod(pair, size)
        if value:
            key = (target, value)
            found[pair] = group.presume(number, key, partial(change, value))
    return np.take(found, pairs)


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
