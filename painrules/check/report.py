"""Reports: what was looked for in a pack, what was found, and what the pack accepts on purpose."""

from typing import Any, Literal

from painrules.check.findings import Finding
from painrules.model.base import Frozen


class Accepted(Frozen):
    """A finding that the pack has on purpose."""

    finding: Finding
    """The finding."""
    reason: str
    """Why it is so on purpose."""


class Proof(Frozen):
    """One question that was asked of the whole profile space."""

    about: str
    """What was asked: the id of the findings that it may have."""
    asked: int
    """For how many rules, pairs, options or cells it was asked."""
    proved: int
    """For how many of them it was proved that there is nothing to find."""
    found: int
    """For how many of them something was found."""
    undecided: tuple[str, ...] = ()
    """Those for which the budget did not suffice."""

    @property
    def decided(self) -> bool:
        """Whether there is an answer for all of them."""
        return not self.undecided

    def __str__(self) -> str:
        """In one line."""
        if not self.asked:
            return f"{self.about}: nothing to ask"
        verdict = "proved" if self.proved == self.asked else f"{self.proved} proved"
        found = f", {self.found} found" if self.found else ""
        open_ = f", {len(self.undecided)} NOT DECIDED" if self.undecided else ""
        return f"{self.about}: {self.asked} asked, {verdict}{found}{open_}"


class Report(Frozen):
    """What checks found in a pack."""

    schema_version: Literal["1"] = "1"
    """The version of this form."""
    pack: str
    """The id of the pack, or the name of its folder if it cannot be loaded."""
    version: str = ""
    """Its version."""
    digest: str = ""
    """SHA-256 of its content."""
    rules: int = 0
    """How many rules it has."""
    interventions: int = 0
    """How many interventions it has."""
    cases: int = 0
    """How many cases it has."""
    findings: tuple[Finding, ...] = ()
    """What was found, in order of file, line and column: errors and warnings."""
    notes: tuple[Finding, ...] = ()
    """What was found and is no fault, in the same order."""
    accepted: tuple[Accepted, ...] = ()
    """What was found, and the pack accepts on purpose."""
    proofs: tuple[Proof, ...] = ()
    """What was asked of the whole profile space, if it was."""

    @property
    def ok(self) -> bool:
        """Whether there is neither an error nor a warning."""
        return not self.findings

    @property
    def decided(self) -> bool:
        """Whether every question has an answer."""
        return all(proof.decided for proof in self.proofs)

    def of(self, kind: str) -> tuple[Finding, ...]:
        """The findings or notes of one kind."""
        return tuple(one for one in self.findings + self.notes if one.finding == kind)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """Everything as JSON."""
        return self.model_dump_json(indent=2)

    def __str__(self) -> str:
        """As text; notes are counted only."""
        return "\n".join([*map(str, self.findings), *map(str, self.proofs), self.summary])

    @property
    def summary(self) -> str:
        """What it comes to, in one line."""
        name = f"rule pack '{self.pack}'" + (f" {self.version}" if self.version else "")
        counts = f"{self.rules} rules, {self.interventions} interventions, {self.cases} cases"
        weights = [finding.severity for finding in self.findings]
        told = [_counted(weights.count(word), word) for word in ("error", "warning")]
        wrong = " and ".join(one for one in told if one) or "no problems"
        besides = [_counted(len(self.notes), "note")]
        besides += [f"{len(self.accepted)} accepted on purpose"] if self.accepted else []
        return f"{name} has {wrong}: " + "; ".join([counts, *filter(None, besides)])


def _counted(number: int, word: str) -> str:
    """So many of something; nothing of none."""
    return f"{number} {word}{'s' if number > 1 else ''}" if number else ""
