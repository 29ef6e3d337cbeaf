"""Writes the bill of materials: what painrules holds, and what the core and each extra need, in CycloneDX.

It is made from files of the commit alone: `libraries.toml`, `.ci/locked`, and what ships. Its time is that of the
commit and its number comes from its content, so the same commit gives the same bytes.

Usage: python -m release.sbom [--out dist]
"""

import argparse
import datetime as dt
import hashlib
import json
import sys
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from release.checkout import PACK, moment, version, version_of_pack
from release.libraries import CORE, ROOT, Libraries, Pin, libraries, locked, project

BUNDLE = Path("painrules", "page", "static")
NOT_YET = uuid.UUID(int=0)


def main() -> int:
    """Writes it, once it fits the schema."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where it is kept")
    out: Path = parser.parse_args().out
    text = written(bill())
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        sys.stderr.write(f"the bill of materials does not fit the schema: {wrong}\n")
        return 1
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"painrules-{version()}.cdx.json"
    file.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(json.loads(text)['components'])} components  {file.name}\n")
    return 0


def written(bom: Bom) -> str:
    """The bill as JSON, with a number that comes from all else in it."""
    bom.serial_number = NOT_YET
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    bom.serial_number = uuid.uuid5(NOT_YET, text)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def bill(root: Path = ROOT) -> Bom:
    """What the files of a checkout come to."""
    told, versions = libraries(root), locked(root)
    ours = Component(
        name="painrules",
        version=version(root),
        type=ComponentType.LIBRARY,
        bom_ref="painrules",
        description=project(root)["project"]["description"],
        licenses=[LicenseExpression(project(root)["project"]["license"])],
        purl=PackageURL("pypi", name="painrules", version=version(root)),
        components=[*held(root)],
    )
    parts = {
        name: [component(told, name, pin) for pin in several] for name, several in versions.items()
    }
    bom = Bom(
        components=[one for several in parts.values() for one in several],
        metadata=BomMetaData(
            component=ours,
            timestamp=dt.datetime.fromtimestamp(moment(root), tz=dt.UTC),
            tools=[],
        ),
    )
    bom.metadata.tools.components.add(
        Component(
            name="cyclonedx-python-lib",
            version=metadata.version("cyclonedx-python-lib"),
            type=ComponentType.LIBRARY,
            licenses=[LicenseExpression("Apache-2.0")],
        )
    )
    asked = sorted({name for part in told.asked.values() for name in part})
    bom.register_dependency(ours, [one for name in asked for one in parts[name]])
    for name, several in parts.items():
        for one in several:
            bom.register_dependency(
                one, [other for needed in told.known[name].needs for other in parts[needed]]
            )
    return bom


def component(told: Libraries, name: str, pin: Pin) -> Component:
    """One version of a library that others made: who needs it, and where."""
    needed_by = told.parts[name]
    properties = [Property(name="painrules:needed-by", value=part) for part in needed_by]
    if pin.marker:
        properties.append(Property(name="painrules:where", value=pin.marker))
    return Component(
        name=name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{name}@{pin.version}",
        scope=ComponentScope.REQUIRED if CORE in needed_by else ComponentScope.OPTIONAL,
        licenses=[LicenseExpression(told.known[name].licence)],
        purl=PackageURL("pypi", name=name, version=pin.version),
        properties=properties,
    )


def held(root: Path) -> Iterator[Component]:
    """What our own files hold besides Python: the program of the page, which is all our own, and the rules."""
    for file in sorted((root / BUNDLE).iterdir()):
        yield Component(
            name=(BUNDLE / file.name).as_posix(),
            type=ComponentType.FILE,
            bom_ref=(BUNDLE / file.name).as_posix(),
            description="built from front/src; holds no code of others",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=_digest(file))],
            licenses=[LicenseExpression("Apache-2.0")],
        )
    yield Component(
        name=PACK.parent.as_posix(),
        type=ComponentType.DATA,
        bom_ref=PACK.parent.as_posix(),
        version=version_of_pack(root),
        description="the rules, in own words, with the sources that each stands on",
        licenses=[LicenseExpression("Apache-2.0")],
    )


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
