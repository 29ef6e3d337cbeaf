"""The command that puts two pain problems side by side."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from painrules.cli.options import (
    F,
    explored,
    explorer_of,
    format_option,
    pack_option,
    profile_options,
)
from painrules.errors import near_miss
from painrules.explore import compare

ONE = {"type": "pain_type", "as_of": "as_of"}
NUMBERS = {"age": "age", "months": "months", "severity": "severity"}
SEVERAL = {
    name: name
    for name in (
        "mechanism",
        "condition",
        "present",
        "absent",
        "tried",
        "goal",
        "source",
        "jurisdiction",
    )
}
KEYS = (*ONE, *NUMBERS, *SEVERAL)


def _side(param: str) -> Callable[[F], F]:
    text = f"A fact that only {param.upper()} has: {', '.join(KEYS)}. May be repeated."
    return click.option(f"--{param}", param, multiple=True, metavar="KEY=VALUE", help=text)


@click.command(name="compare")
@_side("a")
@_side("b")
@profile_options
@pack_option
@format_option
@click.option("--width", type=click.IntRange(40, 200), default=88, help="Width of text.")
def compare_command(
    a: tuple[str, ...],
    b: tuple[str, ...],
    pack_path: Path | None,
    form: str,
    width: int,
    **facts: Any,  # noqa: ANN401
) -> None:
    """Put two pain problems side by side: which options come out differently, and which rules make the difference.

    What both have in common is said as for `explore`; what only one has, with --a and --b. A fact of one side stands in
    place of the common one if there can be one only, and is added if there can be several.

    \b
    Examples:
      painrules compare --type chronic -m neuropathic --b condition=sciatica
      painrules compare -c "low back pain" --a type=acute --b type=chronic
      painrules compare --type chronic -c migraine --a as_of=2018 --b as_of=2026 --format md
    """
    explorer = explorer_of(pack_path)
    first, second = (
        explored(explorer, _joined(facts, given, side)) for side, given in (("--a", a), ("--b", b))
    )
    found = compare(first, second)
    if form == "json":
        click.echo(found.to_json())
    elif form == "md":
        click.echo(found.to_markdown())
    elif form == "html":
        click.echo(found.to_html(page=True))
    else:
        click.echo(found.to_text(width=width))


def _joined(common: dict[str, Any], given: tuple[str, ...], side: str) -> dict[str, Any]:
    """The facts of one side: the common ones, and its own."""
    facts = dict(common)
    for item in given:
        key, equals, value = item.partition("=")
        key = key.strip().lower().replace("-", "_")
        if not equals or key not in KEYS:
            near = near_miss(key, KEYS)
            hint = f"did you mean '{near}'?" if near else f"the keys are {', '.join(KEYS)}"
            raise click.BadParameter(f"{item!r}: write KEY=VALUE; {hint}", param_hint=side)
        if key in SEVERAL:
            facts[key] = (*facts[key], value)
        elif key in NUMBERS:
            facts[key] = _number(value, item, side)
        else:
            facts[ONE[key]] = value
    return facts


def _number(value: str, item: str, side: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise click.BadParameter(f"{item!r}: a number is wanted", param_hint=side) from None
