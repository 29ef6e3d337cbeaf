"""The command that says what is installed, for those who ask for help and those who give it."""

import json
import platform
import sys
from importlib import metadata
from typing import Any

import click

from painrules import __version__
from painrules.errors import PainrulesError

EXTRAS = {
    "cli": ("click",),
    "testing": ("hypothesis",),
    "rdf": ("rdflib",),
    "viz": ("resvg_py",),
    "widget": ("anywidget",),
    "anki": ("genanki",),
    "frames": ("narwhals", "numpy"),
    "batch": ("narwhals", "numpy", "polars"),
    "prove": ("python-sat",),
    "durable": ("durable_rules",),
}
"""What each extra brings, by the name of its distribution; for extras that this version does not have, nothing."""


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _extras() -> dict[str, dict[str, str | None]]:
    """The extras that the installed distribution has, with the versions of what they bring."""
    known = metadata.metadata("painrules").get_all("Provides-Extra") or []
    return {name: {one: _version(one) for one in EXTRAS[name]} for name in EXTRAS if name in known}


def _engines() -> dict[str, str]:
    """Whether each engine answers, by its name."""
    from painrules.engine import ENGINES, make_engine  # noqa: PLC0415 - loaded when it is asked for
    from painrules.model.pack import Pack, PackHeader  # noqa: PLC0415 - see above

    small = Pack(header=PackHeader(id="small", title="Small", version="1.0", date="2020"))
    found = {}
    for name in ENGINES:
        try:
            make_engine(name, small)
        except PainrulesError as error:
            found[name] = str(error).splitlines()[0]
        else:
            found[name] = "works"
    return found


def _pack() -> dict[str, Any]:
    """Which core pack this is."""
    from painrules.packs import core_pack  # noqa: PLC0415 - see above

    pack = core_pack()
    return {
        "id": pack.id,
        "version": pack.version,
        "date": pack.header.date,
        "digest": pack.digest,
        "rules": len(pack.rules),
        "interventions": len(pack.interventions),
    }


def report() -> dict[str, Any]:
    """What is installed, as plain values."""
    core = ("pydantic", "pydantic-core", "networkx", "PyYAML")
    return {
        "painrules": __version__,
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "platform": platform.platform(),
        "needs": {name: _version(name) for name in core},
        "extras": _extras(),
        "engines": _engines(),
        "core_pack": _pack(),
    }


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="The format."
)
def doctor(form: str) -> None:
    """Say what is installed: versions, extras, engines, and which core pack. For reports of problems.

    The status is 1 if something that is needed does not work.

    \b
    Examples:
      painrules doctor
      painrules doctor --format json
    """
    found = report()
    if form == "json":
        click.echo(json.dumps(found, indent=2))
    else:
        click.echo("\n".join(_lines(found)))
    if None in found["needs"].values() or found["engines"]["bitmap"] != "works":
        sys.exit(1)


def _lines(found: dict[str, Any]) -> list[str]:
    pack = found["core_pack"]
    lines = [
        f"painrules {found['painrules']}",
        f"{found['implementation']} {found['python']} on {found['platform']}",
        "needs: " + ", ".join(f"{name} {version}" for name, version in found["needs"].items()),
    ]
    for name, brought in found["extras"].items():
        told = ", ".join(
            f"{one} {version or 'is not installed'}" for one, version in brought.items()
        )
        missing = None in brought.values()
        hint = f" (pip install 'painrules[{name}]')" if missing else ""
        lines.append(f"extra {name}: {told}{hint}")
    lines += [f"engine {name}: {state}" for name, state in found["engines"].items()]
    lines.append(
        f"core pack: {pack['version']} of {pack['date']}, {pack['rules']:,} rules on "
        f"{pack['interventions']:,} interventions, digest {pack['digest']}"
    )
    return lines
