"""The widget: bound both ways, and a page where there is no kernel."""

import html
import re
from typing import TYPE_CHECKING

import pytest

import painrules
from painrules import Explorer, Profile, load_pack
from painrules.page import to_page
from tests.page.conftest import CONFORMANCE

if TYPE_CHECKING:
    from painrules.page.widget import ExplorerWidget

pytest.importorskip("anywidget")


@pytest.fixture(name="widget")
def _widget() -> "ExplorerWidget":
    return Explorer(load_pack(CONFORMANCE)).widget()


def test_what_a_reader_fills_in_reaches_python(widget: "ExplorerWidget") -> None:
    assert widget.result.mode.value == "ask_first"
    widget.known = {"pain_type": "chronic", "mechanisms": ["neuropathic"]}  # as the page does
    assert widget.profile == Profile(pain_type="chronic", mechanisms=["neuropathic"])
    assert widget.result == Explorer(load_pack(CONFORMANCE)).explore(widget.profile)
    widget.lens = {"as_of": "2010-12-31"}
    assert widget.result.lens.as_of == "2010-12-31"


def test_what_python_sets_reaches_the_page(widget: "ExplorerWidget") -> None:
    seen: list[object] = []
    widget.observe(lambda change: seen.append(change.new), "result")
    widget.profile = Profile(pain_type="acute")
    assert widget.known == {"pain_type": "acute"}
    assert widget.result.profile == widget.profile
    assert seen == [widget.result]


def test_a_contradiction_is_told_and_nothing_breaks() -> None:
    widget = Explorer().widget(Profile(age_years=80))
    widget.known = {"age_years": 80, "factors": {"child": True}}
    assert not widget.result
    assert "'child' is said to be present" in widget.error
    widget.known = {"age_years": 8, "factors": {"child": True}}
    assert (widget.error, widget.profile.age_years) == ("", 8)
    assert widget.result


def test_without_a_kernel_the_page_stands_in_its_place(
    widget: "ExplorerWidget", monkeypatch: pytest.MonkeyPatch
) -> None:
    from painrules.page import widget as module  # noqa: PLC0415 - an extra

    shown: list[dict[str, str]] = []
    monkeypatch.setattr(module, "display", lambda data, *, raw: shown.append(data) if raw else None)
    widget.profile = Profile(pain_type="chronic")
    widget._ipython_display_()

    live, still = shown
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "text/html" not in live
    assert {live["text/plain"], still["text/plain"]} == {load_pack(CONFORMANCE).header.title}
    page = html.unescape(re.search(r"srcdoc='([^']*)'", still["text/html"])[1])  # type: ignore[index]
    assert page == to_page(load_pack(CONFORMANCE), widget.profile)
    assert ".painrules-frame{display:none}" in widget.trait_values()["_css"]


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "painrules.page.widget", raising=False)
    with pytest.raises(painrules.MissingExtraError, match=r"painrules\[widget\]"):
        Explorer(load_pack(CONFORMANCE)).widget()
