"""Findings that a pack has on purpose: `accepts` in its `pack.yaml`."""

from collections.abc import Collection, Iterable

from painrules.check.findings import KINDS, Finding, found
from painrules.check.report import Accepted
from painrules.check.subject import Subject
from painrules.errors import near_miss
from painrules.model.pack import Acceptance


def sorted_out(
    findings: Iterable[Finding], subject: Subject, looked_for: Collection[str]
) -> tuple[list[Finding], list[Accepted]]:
    """Findings that are left, and those that the pack accepts; an acceptance of nothing is a finding itself.

    Args:
        findings: What was found.
        subject: What was checked.
        looked_for: The kinds of findings that were looked for; of others nobody can say that an acceptance is stale.
    """
    accepts = subject.pack.header.accepts
    used: set[tuple[int, str]] = set()
    left: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        fits = [at for at, one in enumerate(accepts) if _fits(one, finding)]
        used.update((at, finding.subject) for at in fits)
        if fits:
            accepted.append(Accepted(finding=finding, reason=accepts[fits[0]].reason))
        else:
            left.append(finding)
    for at, one in enumerate(accepts):
        if one.finding in looked_for or one.finding not in KINDS:
            where = subject.in_header("accepts", at)
            left += [_stale(one, name, where) for name in one.subject if (at, name) not in used]
    return left, accepted


def _fits(acceptance: Acceptance, finding: Finding) -> bool:
    return (
        acceptance.finding == finding.finding
        and finding.subject in acceptance.subject
        and acceptance.beside in {None, *finding.beside}
    )


def _stale(acceptance: Acceptance, subject: str, where: str) -> Finding:
    kind = acceptance.finding
    if kind not in KINDS:
        near = near_miss(kind, KINDS)
        what = f"the pack accepts '{kind}', which nothing is called that can be found"
        hint = f"did you mean '{near}'?" if near else ""
        return found("stale_acceptance", subject, what, where=where, hint=hint)
    beside = f" beside '{acceptance.beside}'" if acceptance.beside else ""
    what = f"the pack accepts {kind} of '{subject}'{beside}, and there is none"
    return found("stale_acceptance", subject, what, where=where)
