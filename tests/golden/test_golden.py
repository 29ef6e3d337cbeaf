"""Rendered output, byte for byte: any change of what readers see is seen by who makes it.

With PAINRULES_REGENERATE=1 the files are written anew: read the difference before it is kept.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from painrules import Exploration, Explorer, PainrulesError, Result, load_pack

HERE = Path(__file__).parent
PACK = HERE.parent / "conformance" / "pack"
REGENERATE = os.environ.get("PAINRULES_REGENERATE") == "1"

PROFILES: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "sciatica": {
        "pain_type": "chronic",
        "condition": "sciatica",
        "age": 72,
        "tried": {"exercise": "not_enough"},
    },
    "mixed_in_2018": {
        "pain_type": "chronic",
        "mechanism": ["nociceptive", "neuropathic", "nociplastic"],
        "absent": ["palliative_care"],
        "as_of": 2018,
    },
    "red_flag": {
        "pain_type": "acute",
        "duration_months": 7.5,
        "present": ["kidney_disease", "saddle_numbness"],
        "absent": ["asthma"],
        "jurisdictions": ["UK", "US"],
    },
}
FORMATS: Mapping[str, Callable[[Exploration], str]] = {
    "txt": lambda result: result.to_text(width=88) + "\n",
    "md": lambda result: result.to_markdown(),
    "html": lambda result: result.to_html(page=True),
    "json": lambda result: result.to_json() + "\n",
}


@pytest.fixture(scope="module", name="explorer")
def _explorer() -> Explorer:
    return Explorer(load_pack(PACK))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PROFILES)
def test_what_readers_see_is_what_was_agreed(name: str, form: str, explorer: Explorer) -> None:
    """Wording, order and signs are part of the promise: a status must not change its words by accident."""
    found = FORMATS[form](explorer.explore(**PROFILES[name])).encode()

    file = HERE / f"{name}.{form}"
    if REGENERATE:
        file.write_bytes(found)
    assert found == file.read_bytes()


def test_no_file_is_left_over() -> None:
    """A file that nothing is compared with looks like a check and is none."""
    expected = {f"{name}.{form}" for name in PROFILES for form in FORMATS}

    assert {file.name for file in HERE.iterdir() if file.suffix[1:] in FORMATS} == expected


@pytest.mark.parametrize("name", PROFILES)
def test_a_stored_result_comes_back_whole(name: str) -> None:
    """Results are kept as JSON, and read again by whoever compares them later."""
    stored = (HERE / f"{name}.json").read_text(encoding="utf-8")

    result = Result.from_json(stored)

    assert result.model_dump_json(indent=2) + "\n" == stored
    assert Result.from_json(result.model_dump_json()) == result


@pytest.mark.parametrize("name", PROFILES)
def test_a_stored_result_is_the_result(name: str, explorer: Explorer) -> None:
    """What comes back equals what was stored, mappings, members and all."""
    record = explorer.explore(**PROFILES[name]).record

    assert Result.from_json((HERE / f"{name}.json").read_bytes()) == record


@pytest.mark.parametrize("name", PROFILES)
def test_every_format_carries_notice_pack_digest_and_schema(name: str, explorer: Explorer) -> None:
    """So that a result can never be separated from where it comes from."""
    result = explorer.explore(**PROFILES[name])

    for form in FORMATS.values():
        text = form(result)
        for told in (explorer.pack.notice, "conformance", "1.0.0", explorer.pack.digest[:16]):
            assert told in text
    assert '"schema_version": "1"' in FORMATS["json"](result)


STRANGE_LABEL = (
    '{"notice": "", "pack": {"id": "", "version": "", "digest": ""}, "profile": {}, "mode": "explore",'
    ' "labels": {"\\u001b[2J": 1}}'
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "'' is not JSON: "),
        ("{}", "notice: is missing"),
        ("[" * 100_000, "is not JSON: "),
        ("null", "the text: is empty, but must be a mapping"),
        ('{"schema_version": "2"}', "schema_version: '2' must be '1'"),
        ("\x1b[2J", r"'\x1b[2J' is not JSON: "),
        ("\ud800", "not a text that can be written"),
        ('{"notice": "", "\\u001b[2J": 1}', "pack: is missing"),
        (STRANGE_LABEL, r"labels.\x1b[2J: 1 must be text"),
    ],
    ids=str.split("nothing empty deep null version control half key label"),
)
def test_what_is_no_result_is_told(text: str, told: str) -> None:
    """A file of another kind, or of a later version, is met with a sentence."""
    with pytest.raises(PainrulesError) as caught:
        Result.from_json(text)

    assert str(caught.value).startswith("this is not a painrules result of schema version 1: ")
    assert told in str(caught.value)


def test_the_order_in_which_facts_are_said_changes_nothing(explorer: Explorer) -> None:
    """The same profile, said in another order, gives the same bytes."""
    one = explorer.explore(
        "chronic",
        ["nociplastic", "neuropathic"],
        present=["kidney_disease", "asthma"],
        tried={"exercise": "helped", "care": "not_enough"},
    )
    other = explorer.explore(
        "chronic",
        {"neuropathic", "nociplastic"},
        present=["asthma", "kidney_disease"],
        tried={"care": "not_enough", "exercise": "helped"},
    )

    for form in FORMATS.values():
        assert form(one) == form(other)


def test_the_same_bytes_come_out_of_every_process() -> None:
    """Sets have another order in each process; results have one order, so that they can be compared."""
    code = (
        "import hashlib, runpy, sys\n"
        f"golden = runpy.run_path({str(Path(__file__))!r})\n"
        "explorer = golden['Explorer'](golden['load_pack'](golden['PACK']))\n"
        "for name, facts in golden['PROFILES'].items():\n"
        "    for form in golden['FORMATS'].values():\n"
        "        text = form(explorer.explore(**facts))\n"
        "        print(name, hashlib.sha256(text.encode()).hexdigest())\n"
    )
    printed = {
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed},
            timeout=120,
        ).stdout
        for seed in ("0", "1", "42", "4294967295")
    }

    assert len(printed) == 1
    assert len(printed.pop().splitlines()) == len(PROFILES) * len(FORMATS)
