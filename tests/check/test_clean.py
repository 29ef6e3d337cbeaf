"""Packs without a fault: nothing is found, and everything is decided."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from painrules.check import check_pack

HERE = Path(__file__).parent
CLEAN: list[dict[str, Any]] = yaml.safe_load((HERE / "clean.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", CLEAN, ids=lambda entry: entry["name"].replace(" ", "_"))
def test_nothing_is_found_where_nothing_is_wrong(
    entry: Mapping[str, Any], laid: Callable[[Mapping[str, Any]], Path]
) -> None:
    """A check that cries wolf is turned off."""
    report = check_pack(laid(entry), prove=True)

    assert [str(one) for one in report.findings] == []
    assert report.decided
