"""Changes as text and as Markdown."""

from collections.abc import Iterator

from painrules.check.diff.changes import Changes, OptionChange, RuleRegion
from painrules.check.diff.records import EntryChange
from painrules.packs.sections import SECTIONS

WORDS = {
    "status": "status",
    "line": "line",
    "agreement": "agreement",
    "cautions": "cautions",
}
MOST_OPTIONS = 12
"""So many options of one change are named in a line; the rest are counted."""


def to_text(changes: Changes) -> str:
    """Changes as text."""
    lines = [_title(changes)]
    if changes.same:
        return "\n".join([*lines, "nothing differs"])
    lines += [f"pack.yaml, {field}" for field in changes.header]
    for entry in changes.entries:
        lines.append(_entry(entry))
        lines += [f"    {field}" for field in entry.fields]
    for rule in changes.rules:
        lines.append(f"rule {rule.id} is in force for")
        lines += [f"    {one}" for one in _in_force(rule)]
    if not (changes.options or changes.undecided):
        lines.append("no option changes its status, line, cautions or agreement for any profile")
    for change in changes.options:
        lines.append(f"{_options(change)}: {change.what} {change.before} -> {change.after}")
        for region in change.regions:
            lines += [f"    for {region}", f"        such as {region.call}"]
        lines += [f"    and in {change.more} more regions"] if change.more else []
    lines += [f"NOT DECIDED, too many cases: {one}" for one in _undecided(changes)]
    return "\n".join(lines)


def _title(changes: Changes) -> str:
    old, new = changes.old, changes.new
    return (
        f"{old.id} {old.version} ({old.digest[:12]}) -> {new.id} {new.version} ({new.digest[:12]})"
    )


def _entry(entry: EntryChange) -> str:
    return f"{entry.what}: {SECTIONS[entry.table].noun} {entry.id}"


def _in_force(rule: RuleRegion) -> list[str]:
    """Where a rule is in force, before and now; once if that is the same."""
    if rule.before == rule.after:
        return [_where(rule.after)]
    return [f"before: {_where(rule.before)}", f"now: {_where(rule.after)}"]


def _where(where: tuple[str, ...] | None) -> str:
    return "nobody" if where is None else "; ".join(where) or "any profile"


def _options(change: OptionChange) -> str:
    more = len(change.options) - MOST_OPTIONS
    named = ", ".join(change.options[:MOST_OPTIONS])
    return f"{named} and {more} more" if more > 0 else named


def to_markdown(changes: Changes) -> str:
    """Changes as Markdown, for a comment on a pull request."""
    return "\n".join(_markdown(changes)) + "\n"


def _markdown(changes: Changes) -> Iterator[str]:
    old, new = changes.old, changes.new
    yield f"# Changes of rules: {old.id} {old.version} to {new.version}"
    yield ""
    if changes.same:
        yield "Nothing differs."
        return
    if changes.options:
        yield "## What changes for whom"
        yield ""
        yield "| options | what | before | now | for |"
        yield "| --- | --- | --- | --- | --- |"
        for change in changes.options:
            regions = "<br>".join(
                f"{_cell(str(region))} (`{region.call}`)" for region in change.regions
            )
            regions += f"<br>and {change.more} more regions" if change.more else ""
            row = (_options(change), change.what, change.before, change.after)
            yield f"| {' | '.join(map(_cell, row))} | {regions} |"
    else:
        yield "No option changes its status, line, cautions or agreement for any profile."
    for one in _undecided(changes):
        yield ""
        yield f"**Not decided**, too many cases: {one}."
    yield ""
    yield "## Rules and entries"
    yield ""
    for field in changes.header:
        yield f"- `pack.yaml`, {_cell(str(field))}"
    for entry in changes.entries:
        yield f"- {_entry(entry)}"
        yield from (f"  - {_cell(str(field))}" for field in entry.fields)
    for rule in changes.rules:
        yield f"- `{rule.id}` is in force for"
        yield from (f"  - {_cell(one)}" for one in _in_force(rule))


def _undecided(changes: Changes) -> Iterator[str]:
    """What was not found out, the options of each sort together."""
    sorts: dict[tuple[bool, str], list[str]] = {}
    for one in changes.undecided:
        sorts.setdefault((one.only_of_two, one.what), []).append(one.option)
    for (only_of_two, what), options in sorted(sorts.items()):
        of_two = ", with two conditions at once," if only_of_two else ""
        yield f"for whom{of_two} the {what} changes of {', '.join(options)}"


def _cell(text: str) -> str:
    """Text that breaks no table."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
