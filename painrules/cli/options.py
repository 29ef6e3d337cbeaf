"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from painrules.explore import Exploration, Explorer
from painrules.explore.arguments import EngineName
from painrules.packs import load_pack
from painrules.vocab import Mechanism, Outcome, PainType

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("text", "md", "html", "json")
ENGINES: tuple[EngineName, ...] = get_args(EngineName)


def pack_option(command: F) -> F:
    """Which pack."""
    text = "A folder with a rule pack, instead of the core pack."
    return click.option("--pack", "pack_path", type=click.Path(path_type=Path), help=text)(command)


def format_option(command: F) -> F:
    """Which output format."""
    kind = click.Choice(FORMATS)
    return click.option("--format", "form", type=kind, default="text", help="The output format.")(
        command
    )


def engine_option(command: F) -> F:
    """Which engine."""
    text = "The engine that finds the rules; 'durable' is an extra. All find the same."
    return click.option(
        "--engine", type=click.Choice(ENGINES), default="bitmap", show_default=True, help=text
    )(command)


def explorer_of(pack_path: Path | None, engine: EngineName = "bitmap") -> Explorer:
    """An explorer of the pack that was named, or of the core pack."""
    return Explorer(load_pack(pack_path) if pack_path else None, engine=engine)


def _complete(kinds: tuple[str, ...]) -> Callable[..., list[str]]:
    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        from painrules.packs import core_pack  # noqa: PLC0415 - only while completing

        pack = core_pack()
        names = [name for kind in kinds for name in getattr(pack, kind)]
        return [name for name in names if name.startswith(begun)]

    return complete


def profile_options(command: F) -> F:
    """The facts of a profile, and the lens."""
    options = [
        click.option(
            "--type",
            "pain_type",
            metavar="TYPE",
            help=f"Pain type: {', '.join(PainType)}.",
            shell_complete=lambda _c, _p, begun: [t.value for t in PainType if t.startswith(begun)],
        ),
        click.option(
            "-m",
            "--mechanism",
            multiple=True,
            metavar="MECHANISM",
            help=f"Mechanism: {', '.join(Mechanism)}. May be repeated.",
            shell_complete=lambda _c, _p, begun: [
                m.value for m in Mechanism if m.startswith(begun)
            ],
        ),
        click.option(
            "-c",
            "--condition",
            multiple=True,
            metavar="CONDITION",
            help="A condition: id, name, synonym or ICD code. May be repeated.",
            shell_complete=_complete(("conditions",)),
        ),
        click.option("--age", type=float, metavar="YEARS", help="Age in completed years."),
        click.option(
            "--months", type=float, metavar="N", help="How long the pain has lasted, in months."
        ),
        click.option("--severity", type=float, metavar="0-10", help="Pain intensity, 0 to 10."),
        click.option(
            "-p",
            "--present",
            multiple=True,
            metavar="FACT",
            help="A factor or red flag known to be there. May be repeated.",
            shell_complete=_complete(("factors", "red_flag_signs")),
        ),
        click.option(
            "-a",
            "--absent",
            multiple=True,
            metavar="FACT",
            help="A factor or red flag known not to be there. May be repeated.",
            shell_complete=_complete(("factors", "red_flag_signs")),
        ),
        click.option(
            "--tried",
            multiple=True,
            metavar="OPTION=OUTCOME",
            help=f"What was tried: OPTION={'|'.join(Outcome)}. May be repeated.",
        ),
        click.option(
            "--goal",
            multiple=True,
            metavar="GOAL",
            help="What matters. May be repeated.",
            shell_complete=_complete(("goals",)),
        ),
        click.option(
            "--source",
            multiple=True,
            metavar="SOURCE",
            help="Only this source speaks. May be repeated.",
            shell_complete=_complete(("sources",)),
        ),
        click.option(
            "--jurisdiction",
            multiple=True,
            metavar="PLACE",
            help="Only sources of this jurisdiction speak. May be repeated.",
        ),
        click.option(
            "--as-of", metavar="DATE", help="What counted on a date; a year means its last day."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def explored(explorer: Explorer, facts: dict[str, Any]) -> Exploration:
    """The exploration that the options of a command describe."""
    tried: dict[str, Any] = {}
    for item in facts.pop("tried"):
        name, equals, outcome = item.partition("=")
        if not equals:
            hint = f"write OPTION=OUTCOME, such as exercise={Outcome.NOT_ENOUGH.value}"
            raise click.BadParameter(f"{item!r}: {hint}", param_hint="--tried")
        if tried.get(name, outcome) != outcome:
            raise click.BadParameter(f"{name!r} has two outcomes", param_hint="--tried")
        tried[name] = outcome
    return explorer.explore(
        facts["pain_type"],
        list(facts["mechanism"]) or None,
        condition=facts["condition"] or None,
        age=_whole(facts["age"]),
        duration_months=facts["months"],
        severity=facts["severity"],
        present=facts["present"] or None,
        absent=facts["absent"] or None,
        tried=tried or None,
        goals=facts["goal"] or None,
        sources=facts["source"] or None,
        jurisdictions=facts["jurisdiction"] or None,
        as_of=facts["as_of"],
    )


def _whole(value: float | None) -> Any:  # noqa: ANN401 - a wrong number is reported with the others
    """An age that was written as a whole number."""
    return int(value) if value is not None and value.is_integer() else value
