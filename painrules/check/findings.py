"""Findings: what a check finds in a pack, where it stands, how to mend it, and a profile that shows it."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from painrules.model.base import Frozen
from painrules.model.profile import Profile

Severity = Literal["error", "warning", "note"]
"""How grave a finding is: an error or a warning fails a check, a note does not."""


class Kind(NamedTuple):
    """One thing that may be found."""

    severity: Severity
    meaning: str
    """What is wrong, for the reference."""
    hint: str
    """How to mend it."""


READING: Mapping[str, Kind] = {
    "cannot_load": Kind(
        "error", "The files cannot be read as a pack.", "the message says what was expected"
    ),
    "circle": Kind(
        "error", "Inferences, classes or steps lead round in a circle.", "take one of them out"
    ),
    "failed_example": Kind(
        "error",
        "A rule is in force where its example says it is not, or the other way round.",
        "look at when, unless and the file's scope",
    ),
    "missing_field": Kind("error", "A field that must be there is not.", "write it"),
    "unknown_id": Kind(
        "error", "An id that nothing in the pack has.", "correct it, or add what it names"
    ),
}
"""What reading a pack finds."""

STATIC: Mapping[str, Kind] = {
    "dead_dates": Kind(
        "error",
        "Something never counts on any day: it ends before it begins.",
        "correct valid_from, valid_to, or the year of the source",
    ),
    "duplicate_rule": Kind(
        "warning",
        "A source says the same twice: same conditions, same exceptions, same conclusion.",
        "keep one of the two",
    ),
    "failed_case": Kind(
        "error",
        "A case expects what does not come out.",
        "look at the rules that it names, or at the case",
    ),
    "graph": Kind(
        "error",
        "The graph of the pack has a circle, says the same twice, or lacks what a rule says.",
        "see what the message names",
    ),
    "near_duplicate": Kind(
        "warning",
        "A source says nearly the same of the same people: all but line, severity, strength or exceptions.",
        "keep the one that the source says, or tell their populations apart",
    ),
    "no_example": Kind(
        "warning",
        "A rule has no example in which it is in force, or has conditions and no near miss.",
        "add examples: fires, and spares",
    ),
    "no_source": Kind(
        "warning",
        "An entry cites no source, though others of its list do.",
        "name the source that says so",
    ),
    "no_sources": Kind(
        "note", "No entry of a list cites a source.", "name the sources, if there are any"
    ),
    "pointless_condition": Kind(
        "warning",
        "A condition that names every value there is, or a value beside the class it belongs to.",
        "leave out what says nothing",
    ),
    "safeguard_missing": Kind(
        "warning", "A step is called a safeguard and does not say which.", "write safeguard: its id"
    ),
    "stale_acceptance": Kind(
        "warning",
        "pack.yaml accepts a finding that is not there, or not any more.",
        "take the acceptance out",
    ),
    "unused_condition": Kind(
        "warning", "A condition that no rule speaks of.", "use it or take it out"
    ),
    "unused_factor": Kind("warning", "A factor that no rule asks for.", "use it or take it out"),
    "unused_intervention": Kind(
        "warning", "An intervention that no rule speaks of.", "use it or take it out"
    ),
    "unused_source": Kind("warning", "A source that nothing cites.", "cite it or take it out"),
    "unused_word": Kind(
        "warning",
        "An entry of another vocabulary that nothing refers to, so that no result can ever reach it.",
        "use it or take it out",
    ),
    "wording": Kind(
        "error",
        "A text holds a dose, a schedule or a brand, or addresses a patient.",
        "say it without",
    ),
}
"""What looking at a pack finds."""

PROVED: Mapping[str, Kind] = {
    "contradiction": Kind(
        "error",
        "A source supports and opposes an option for the same people, at the same level, and neither rule is narrower.",
        "make one of them narrower, or tell their populations apart",
    ),
    "contradiction_of_two": Kind(
        "note",
        "The same, but only where a profile names two conditions that have nothing to do with each other.",
        "mostly none is needed: two problems are two profiles, and the result says so",
    ),
    "dead_rule": Kind(
        "error",
        "A rule that is in force for no profile.",
        "look at the conditions that exclude each other",
    ),
    "gap": Kind(
        "error",
        "Nothing is supported in a domain or category for what the pack covers: a pain type, a mechanism, a condition.",
        "add a position, or a waiver to covers in pack.yaml",
    ),
    "law_10": Kind("error", "Opioids are a first line in chronic pain.", "correct the line"),
    "law_11": Kind(
        "error",
        "A position on opioids in chronic pain is in force in cancer pain or at the end of life.",
        "add the factor to its unless",
    ),
    "law_12": Kind(
        "error",
        "Two pain types, or two mechanisms, come to the same options with the same lines.",
        "add what tells them apart, or narrow what the pack covers",
    ),
    "never_listed": Kind(
        "warning",
        "An option that is supported, but never without a contraindication.",
        "look at the conditions of the caution",
    ),
    "never_seen": Kind(
        "error",
        "A rule that is in force for some profiles but never seen in its own right: another always takes its place.",
        "look at the narrower rules of its source, or take it out",
    ),
    "redundant_rule": Kind(
        "warning",
        "A rule is in force only where one of several others of its source says the same.",
        "take it out, or say what it adds",
    ),
    "subsumed_rule": Kind(
        "warning",
        "A rule is in force only where another one of its source says the same.",
        "take it out, or say what it adds",
    ),
    "unreachable_status": Kind(
        "warning",
        "What rules say for, against or of an option never decides, whatever the profile.",
        "look at the rules that are more specific",
    ),
}
"""What proving finds."""

KINDS: Mapping[str, Kind] = {**READING, **STATIC, **PROVED}
"""Everything that may be found, by id."""


class Counterexample(Frozen):
    """A smallest profile that shows a finding."""

    profile: dict[str, Any]
    """The profile, as `Profile.to_dict` has it."""
    call: str
    """The profile as a call of `explore`, to be pasted."""
    shows: str
    """What it shows."""

    @property
    def as_profile(self) -> Profile:
        """The profile."""
        return Profile(**self.profile)

    def __str__(self) -> str:
        """In one line."""
        return f"{self.call} - {self.shows}"


class Finding(Frozen):
    """Something that a check found."""

    finding: str
    """What it is: one of `KINDS`."""
    severity: Severity
    """How grave it is."""
    where: str = ""
    """File, line and column; empty for a pack that was made in Python."""
    subject: str
    """The rule or entry that it is about."""
    beside: tuple[str, ...] = ()
    """Other rules that it names."""
    what: str
    """What was found."""
    hint: str = ""
    """How to mend it."""
    example: Counterexample | None = None
    """A profile that shows it, if one does."""

    def __str__(self) -> str:
        """A line, a hint, and the profile."""
        lines = [f"{self.where}: " if self.where else ""]
        lines[0] += f"{self.severity}: {self.what} [{self.finding}]"
        lines += [f"    hint: {self.hint}"] if self.hint else []
        lines += [f"    shown by: {self.example}"] if self.example else []
        return "\n".join(lines)


def found(  # noqa: PLR0913 - the parts of a finding, each by name
    kind: str,
    subject: str,
    what: str,
    *,
    where: str = "",
    beside: tuple[str, ...] = (),
    hint: str = "",
    example: Counterexample | None = None,
) -> Finding:
    """A finding of a kind, with its severity, and its way to mend it if no better one is given."""
    return Finding(
        finding=kind,
        severity=KINDS[kind].severity,
        where=where,
        subject=subject,
        beside=beside,
        what=what,
        hint=hint or KINDS[kind].hint,
        example=example,
    )
