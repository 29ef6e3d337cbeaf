"""Messages and traces, for those who have to find out what happened: quiet, and without anything of a profile."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

import painrules
from painrules import Explorer, RulePackError, load_pack
from painrules.cli.commands import run
from painrules.explore.trace import Trace
from painrules.packs import compiled
from painrules.packs.compiled import read_compiled

PACK = Path(__file__).parents[1] / "conformance" / "pack"


def test_nothing_is_said_unless_it_is_asked_for() -> None:
    """A program that uses the library has its own say about what is printed."""
    code = "import painrules; painrules.explore('chronic', 'neuropathic').to_json()"
    for first in ("", "import logging;", "import logging; logging.basicConfig();"):
        done = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", first + code], capture_output=True, timeout=300, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_it_tells_which_pack_and_engine(caplog: pytest.LogCaptureFixture) -> None:
    """What a report of a problem begins with."""
    caplog.set_level(logging.DEBUG, "painrules")

    Explorer(load_pack(PACK))

    assert [(one.name, one.getMessage()) for one in caplog.records] == [
        ("painrules.packs", "pack 'conformance' 1.0.0 read from 'pack': 18 rules"),
        ("painrules.engine", "engine 'bitmap' for pack 'conformance'"),
    ]
    handlers = logging.getLogger("painrules").handlers
    assert [type(one) for one in handlers] == [logging.NullHandler]


def test_it_tells_why_a_pack_was_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The error has the rest."""
    caplog.set_level(logging.DEBUG, "painrules")
    (tmp_path / "draft").mkdir()

    with pytest.raises(RulePackError):
        load_pack(tmp_path / "draft")

    assert caplog.messages == ["pack in 'draft' refused: 1 problems"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "put aside: No such file or directory"),
        (b"{}", "put aside: it is damaged, or was made from other rules or by another version"),
    ],
)
def test_it_tells_why_a_compiled_form_was_put_aside(
    data: bytes | None,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A slow start has a reason."""
    caplog.set_level(logging.DEBUG, "painrules")
    monkeypatch.setattr(compiled, "compiled_folder", lambda: tmp_path)
    if data is not None:
        (tmp_path / "records.json").write_bytes(data)

    assert read_compiled("records") is None
    assert caplog.messages == [f"compiled form 'records' {told}"]


def test_no_message_holds_what_a_profile_says(caplog: pytest.LogCaptureFixture) -> None:
    """Logs are kept for long and read by many."""
    caplog.set_level(logging.DEBUG, "painrules")

    result = Explorer(load_pack(PACK)).explore("chronic", condition="sciatica", age=47)
    result.to_html()
    result.why("opioids")

    assert not [
        text for text in caplog.messages for word in ("sciatica", "47", "chronic") if word in text
    ]


def test_the_command_tells_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Data stays on standard output."""
    ours = logging.getLogger("painrules")
    before = list(ours.handlers), ours.level
    monkeypatch.setattr(sys, "argv", ["painrules", "-v", "list", "goals", "--pack", str(PACK)])
    assert run() == 0
    assert (ours.handlers[:1], ours.level) == (before[0][:1], before[1])

    out, err = capsys.readouterr()
    assert "painrules." not in out
    assert err == "painrules.packs: pack 'conformance' 1.0.0 read from 'pack': 18 rules\n"


def test_a_trace_holds_what_led_to_the_result() -> None:
    """Enough to answer the question from afar: pack, engine, lens, inferences, and every rule by id."""
    result = Explorer(load_pack(PACK)).explore(condition="sciatica", as_of=2018)
    trace = result.trace()

    assert (trace.painrules, trace.engine) == (painrules.__version__, "bitmap")
    assert trace.pack.digest == result.pack.digest
    assert trace.profile == {"conditions": ["sciatica"]}
    assert trace.lens.as_of == "2018-12-31"
    (asked,) = trace.asked
    assert asked.mechanism == "neuropathic"
    assert set(asked.certain) <= set(asked.in_force) <= set(asked.possible)
    assert set(asked.heard) <= set(asked.in_force)
    assert "p5" in asked.heard
    decided = {one.id for view in result for one in view.positions}
    assert decided <= {name for one in trace.asked for name in one.heard}
    assert Trace.model_validate_json(trace.to_json()) == trace
    assert json.loads(trace.to_json(indent=None))["suggested"][0]["rules"] == ["i1"]
