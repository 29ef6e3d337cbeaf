"""What is installed, for those who ask for help and those who give it."""

import json
from importlib import metadata

import pytest
from click.testing import CliRunner

import painrules
from painrules.cli.commands import cli
from painrules.cli.doctor import EXTRAS


def run(*options: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["doctor", *options])
    return done.exit_code, done.stdout


def test_it_says_what_is_installed() -> None:
    code, out = run("--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["painrules"] == painrules.__version__
    assert found["needs"]["pydantic"] == metadata.version("pydantic")
    assert found["engines"]["bitmap"] == "works"
    assert found["core_pack"]["digest"] == painrules.core_pack().digest
    code, out = run()
    assert code == 0
    for words in (f"painrules {painrules.__version__}", "engine bitmap: works", "extra cli: click"):
        assert words in out


def test_it_knows_every_extra() -> None:
    known = set(metadata.metadata("painrules").get_all("Provides-Extra") or []) - {"all"}
    assert known <= set(EXTRAS)


def test_what_is_missing_is_said_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = metadata.version

    def without(name: str) -> str:
        if name in {"rdflib", "networkx"}:
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", without)
    code, out = run()
    assert code == 1
    assert "extra rdf: rdflib is not installed (pip install 'painrules[rdf]')" in out
