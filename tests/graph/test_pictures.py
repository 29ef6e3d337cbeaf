"""Pictures: nothing overlaps, nothing stands outside, nothing is told by colour alone, and words stand for each."""

import re
import shutil
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

import painrules
from painrules import Explorer, MissingExtraError, PainrulesError, UnknownWordError
from painrules.graph import (
    Figure,
    build_graph,
    comparison_view,
    condition_map,
    draw,
    heat_map,
    neighbourhood,
    network,
    pathway_view,
    surroundings,
    timeline,
    treatment_map,
)
from painrules.graph.base import SYMMETRIC_KINDS
from painrules.graph.look import stroke_of
from painrules.graph.pictures.measure import width
from painrules.graph.pictures.network import RELATING
from painrules.model.pack import Pack
from painrules.model.rule import Position
from painrules.testing import small_vocabulary

SVG = "{http://www.w3.org/2000/svg}"

CORE: dict[str, Callable[[], Figure]] = {
    "treatment map": lambda: treatment_map(painrules.explore(condition="fibromyalgia")),
    "treatment map, page": lambda: treatment_map(
        painrules.explore(condition="fibromyalgia"), most=6
    ),
    "treatment map, cautions": lambda: treatment_map(
        painrules.explore("acute", "nociceptive", present=["chronic_kidney_disease"])
    ),
    "treatment map, mixed": lambda: treatment_map(
        painrules.explore("chronic", ["neuropathic", "nociplastic"])
    ),
    "treatment map, red flag": lambda: treatment_map(
        painrules.explore("chronic", present=["rf_cauda_equina"])
    ),
    "treatment map, nothing known": lambda: treatment_map(painrules.explore()),
    "condition map": lambda: condition_map("fibromyalgia"),
    "condition map, broader": lambda: condition_map("sciatica", broader=True),
    "condition map, mechanism": lambda: condition_map("neuropathic"),
    "condition map, dense": lambda: condition_map("low_back_pain"),
    "heat map": heat_map,
    "steps": lambda: pathway_view("radiofrequency_ablation"),
    "steps, none": lambda: pathway_view("cbt"),
    "comparison": lambda: comparison_view(
        painrules.explore("acute", "nociceptive"), painrules.explore("chronic", "neuropathic")
    ),
    "years": lambda: timeline("opioids"),
    "years, none": lambda: timeline("magnet_therapy"),
    "network": lambda: network(layout="layered"),
    "network, interactions": lambda: network(kinds=["interacts_with"], layout="layered"),
    "surroundings": lambda: surroundings("cbt", layout="layered"),
    "surroundings, many": lambda: surroundings("opioids", layout="layered"),
    "surroundings, far": lambda: surroundings(
        "activity_pacing", depth=2, kinds=["complements"], layout="layered"
    ),
    "surroundings, alone": lambda: surroundings("cbt", depth=0, layout="layered"),
}


def hostile_figures(pack: Pack) -> Iterator[Figure]:
    """Every picture of a pack whose texts are all hostile."""
    graph = build_graph(pack)
    explorer = Explorer(pack)
    results = explorer.explore(condition="ache"), explorer.explore(condition="other")
    yield treatment_map(results[0])
    yield comparison_view(*results)
    yield condition_map("ache", graph=graph)
    yield heat_map(pack)
    yield timeline("option_1", graph=graph)
    yield pathway_view("option_1", graph=graph)
    yield network(graph, layout="layered")
    yield surroundings("option_1", graph=graph, layout="layered")


class Box(NamedTuple):
    """Where a text stands, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def texts(figure: Figure) -> list[Box]:
    """The texts of a figure as boxes, by the widths that the library itself counts with."""
    found = []
    for one in ET.fromstring(figure.svg).iter(f"{SVG}text"):  # noqa: S314 - we drew it ourselves
        text = "".join(one.itertext()) if len(one) == 0 else str(one[0].tail)
        size = float(one.get("font-size", "13"))
        wide = width(text, size, bold=one.get("font-weight") == "bold")
        x, y = float(one.get("x", "0")), float(one.get("y", "0"))
        x -= {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0)
        found.append(Box(x, y - 0.76 * size, x + wide, y + 0.2 * size, text))
    return found


def overlapping(boxes: list[Box]) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    return [
        (one.text, other.text)
        for one, other in combinations(boxes, 2)
        if min(one.right, other.right) - max(one.left, other.left) > 0.5
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
    ]


@pytest.mark.parametrize("name", CORE)
def test_no_text_overlaps_another_and_all_stand_inside(name: str) -> None:
    """At its own size every label can be read."""
    figure = CORE[name]()
    boxes = texts(figure)
    assert overlapping(boxes) == []
    outside = [
        box.text
        for box in boxes
        if box.left < 0 or box.right > figure.width or box.top < 0 or box.bottom > figure.height
    ]
    assert outside == []


@pytest.mark.parametrize("name", CORE)
def test_every_picture_has_alt_text_the_notice_and_the_pack(name: str) -> None:
    """A picture that leaves the notebook is still for education, and says what it shows to those who do not see it."""
    figure = CORE[name]()
    pack = painrules.core_pack()
    shown = " ".join(box.text for box in texts(figure))
    assert pack.notice.split(". ", maxsplit=1)[0] in shown
    assert f"digest {pack.digest[:16]}" in shown
    assert figure.alt.startswith(figure.title.split(":", maxsplit=1)[0])
    root = ET.fromstring(figure.svg)  # noqa: S314 - we drew it ourselves
    assert (root.get("role"), root.get("aria-label")) == ("img", figure.title)
    assert root.findtext(f"{SVG}desc") == figure.alt


def test_hostile_texts_overlap_nothing_and_break_nothing(pack_of_nasty: Pack) -> None:
    """Quotes, markup, emoji and writing from right to left are drawn as what they are."""
    for figure in hostile_figures(pack_of_nasty):
        assert overlapping(texts(figure)) == []
        tags = {one.tag for one in ET.fromstring(figure.svg).iter()}  # noqa: S314 - we drew it ourselves
        assert tags <= {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "text", "path", "circle")
        }


@pytest.mark.parametrize("name", CORE)
def test_the_same_picture_has_the_same_bytes(name: str) -> None:
    """Drawn by our own layout it is the same everywhere."""
    assert CORE[name]().svg == CORE[name]().svg


def test_a_status_is_told_by_sign_border_colour_and_words() -> None:
    """Any one of them is enough, for any eyes and in grey print."""
    svg = treatment_map(painrules.explore(condition="fibromyalgia")).svg
    for sign, word in (("✓", "supported"), ("✗", "not supported"), ("⇄", "contested")):
        assert f"{sign} {word}" in svg
    assert {"4 3", "7 3 2 3"} <= set(re.findall('stroke-dasharray="([^"]+)"', svg))


def _light(colour: str) -> float:
    """How light a colour is, as screens and copiers see it, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def inks(figure: Figure) -> Iterator[tuple[str, str, str]]:
    """Each text with its colour and the colour of the last box that was drawn beneath it."""
    boxes = iter(texts(figure))
    drawn: list[tuple[Box, str]] = []
    for one in ET.fromstring(figure.svg).iter():  # noqa: S314 - we drew it ourselves
        fill = one.get("fill", "#1a1a1a")
        if one.tag == f"{SVG}rect" and fill != "none":
            x, y = float(one.get("x", "0")), float(one.get("y", "0"))
            right, bottom = x + float(one.get("width", "0")), y + float(one.get("height", "0"))
            drawn.append((Box(x, y, right, bottom, ""), fill))
        elif one.tag == f"{SVG}text":
            box = next(boxes)
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            under = [
                colour
                for behind, colour in drawn
                if behind.left <= x <= behind.right and behind.top <= y <= behind.bottom
            ]
            yield box.text, fill, under[-1]


@pytest.mark.parametrize("name", CORE)
def test_text_stands_out_from_what_is_behind_it(name: str) -> None:
    """Contrast of at least 4.5 to 1 for words, 3 to 1 for signs beside words (WCAG AA)."""
    for text, ink, behind in inks(CORE[name]()):
        light, dark = sorted((_light(ink), _light(behind)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= (4.5 if len(text) > 1 else 3), (text, ink, behind)


def test_a_red_flag_shows_the_flag_and_no_options() -> None:
    """Assessment first, in a picture too."""
    figure = treatment_map(painrules.explore("chronic", present=["rf_cauda_equina"]))
    shown = " ".join(box.text for box in texts(figure))
    assert "Red flag:" in shown
    assert "supported" not in shown


def test_one_call_draws_what_fits() -> None:
    """A result, a neighbourhood, a pack: whoever has a graph need not know the names of pictures."""
    result = painrules.explore(condition="fibromyalgia")
    assert draw(result.graph()).svg == draw(result).svg == treatment_map(result).svg
    assert draw(neighbourhood("cbt")).title == "Cognitive behavioural therapy: what it relates to"
    assert draw(build_graph(small_vocabulary())).title == "How interventions relate"


def test_a_picture_shows_itself_in_a_notebook() -> None:
    """The cell that the issue asks for."""
    figure = draw(painrules.explore(condition="fibromyalgia").graph())
    assert figure._repr_svg_() == figure.svg
    assert str(figure) == figure.alt
    assert repr(figure) == "<Figure 'Fibromyalgia: what sources say', 960 x 540>"


class Images(HTMLParser):
    """Collects the attributes of images."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One image more."""
        if tag == "img":
            self.found.append(dict(attrs))


def test_a_notebook_gets_the_alt_text_with_the_picture(pack_of_nasty: Pack) -> None:
    """JupyterLab shows a bare SVG as an image without words; hostile words must not end the attribute."""
    for figure in (
        draw(painrules.explore(condition="fibromyalgia")),
        *hostile_figures(pack_of_nasty),
    ):
        page = Images()
        page.feed(figure._repr_html_())
        (image,) = page.found
        assert image["alt"] == figure.alt
        _, _, data = str(image["src"]).partition("base64,")
        assert b64decode(data).decode() == figure.svg


@pytest.mark.parametrize("condition", ["fibromyalgia", "low_back_pain", "sciatica", "migraine"])
def test_one_call_fits_on_a_slide(condition: str) -> None:
    """Sixteen to nine; every category of the result is there, and what has no room is counted."""
    result = painrules.explore("chronic", condition=condition)
    figure = draw(result.graph())
    assert (figure.width, figure.height) == (960, 540)
    shown = [box.text for box in texts(figure)]
    listed = {result[name].category for name in result.listed}
    assert {painrules.core_pack().categories[name].label for name in listed} <= set(shown)
    counted = sum(int(text.split()[0]) for text in shown if re.fullmatch(r"\d+ more", text))
    chips = sum(text in {"biological", "psychological", "social", "spiritual"} for text in shown)
    page = treatment_map(result, most=1000)
    whole = sum(text in {"✓", "◐", "⇄", "✗"} for text in (box.text for box in texts(page)))
    assert counted + chips == whole


def test_a_slide_shows_what_sources_speak_against_too() -> None:
    """Showing only what is supported would be half of what sources say."""
    shown = [box.text for box in texts(draw(painrules.explore(condition="fibromyalgia")))]
    assert "✗" in shown
    assert "⇄" in shown


def test_where_too_little_is_known_the_picture_says_what_to_ask() -> None:
    """An empty picture would say that there is nothing."""
    figure = draw(painrules.explore())
    shown = [box.text for box in texts(figure)]
    assert "Is the pain acute, subacute, chronic or from cancer?" in shown
    assert "To ask: Is the pain acute, subacute, chronic or from cancer?" in figure.alt


@pytest.mark.parametrize("most", [0, -1, 1.5, True, "3"])
def test_how_many_options_must_be_a_whole_number(most: int) -> None:
    """Anything else would silently mean something."""
    with pytest.raises(PainrulesError, match="must be a whole number of at least 1"):
        treatment_map(painrules.explore("chronic"), most=most)


@pytest.mark.parametrize("wrong", [None, "fibromyalgia", 7, nx.Graph(), nx.DiGraph()])
def test_what_cannot_be_drawn_is_refused(wrong: object) -> None:
    """With words that say what to give."""
    for picture in (draw, treatment_map):
        with pytest.raises(PainrulesError) as caught:
            picture(wrong)  # type: ignore[arg-type]
        assert str(caught.value).startswith("what is drawn must be a networkx.MultiDiGraph")
    with pytest.raises(PainrulesError, match="this is no graph of a result"):
        treatment_map(build_graph(small_vocabulary()))


def test_a_pack_without_a_rule_and_with_one_can_be_drawn() -> None:
    """The first pack that somebody writes is nearly empty."""
    told = {
        "id": "r",
        "option": "exercise",
        "stance": "supports",
        "because": "So.",
        "source": "alpha",
    }
    one = small_vocabulary().with_rule(Position.model_validate(told))
    for pack in (small_vocabulary(), one):
        graph = build_graph(pack)
        figures = [
            draw(Explorer(pack).explore("chronic")),
            comparison_view(Explorer(pack).explore("chronic"), Explorer(pack).explore("acute")),
            condition_map("sciatica", graph=graph),
            heat_map(pack),
            timeline("exercise", graph=graph),
            pathway_view("exercise", graph=graph),
            network(graph),
            surroundings("exercise", graph=graph),
        ]
        for figure in figures:
            assert overlapping(texts(figure)) == []
            assert figure.alt


def test_labels_as_long_as_a_pack_allows_stay_inside() -> None:
    """Cut with an ellipsis, never over the edge; the whole label stands in the alt text."""
    pack = small_vocabulary()
    long = " ".join(["Longwordedness"] * 8)[:120].strip()
    told = {
        "id": "r",
        "option": "exercise",
        "stance": "supports",
        "because": "So.",
        "source": "alpha",
    }
    option = pack.interventions["exercise"].model_copy(update={"label": long})
    ache = pack.conditions["sciatica"].model_copy(update={"label": "Unbreakable" * 10})
    pack = pack.with_rule(Position.model_validate({**told, "when": {"condition": "sciatica"}}))
    pack = pack.model_copy(
        update={
            "interventions": {**pack.interventions, "exercise": option},
            "conditions": {**pack.conditions, "sciatica": ache},
        }
    )
    graph = build_graph(pack)
    result = Explorer(pack).explore(condition="sciatica")
    for figure in (
        draw(result),
        treatment_map(result, most=3),
        comparison_view(result, Explorer(pack).explore("acute")),
        condition_map("sciatica", graph=graph),
        timeline("exercise", graph=graph),
        pathway_view("exercise", graph=graph),
        surroundings("exercise", graph=graph, layout="layered"),
    ):
        boxes = texts(figure)
        assert overlapping(boxes) == []
        assert max(box.right for box in boxes) <= figure.width
        assert long.casefold() in figure.alt.casefold() or "Unbreakable" in figure.alt


def test_the_step_view_says_which_kind_has_which_steps() -> None:
    """Numbered on and on they would read as one sequence."""
    shown = [box.text for box in texts(pathway_view("radiofrequency_ablation"))]
    assert "One kind: RFA of lumbar medial branches or spinal joints" in shown
    assert shown.count("1") > 1


def test_pictures_are_saved_as_svg_and_png(tmp_path: Path) -> None:
    """PNG for where SVG cannot go."""
    figure = pathway_view("scs")
    assert figure.save(tmp_path / "a.svg").read_text(encoding="utf-8") == figure.svg
    assert figure.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UnknownWordError) as caught:
        figure.save(tmp_path / "a.jpeg")
    assert str(caught.value) == "'.jpeg' is not a known ending of a picture; did you mean '.png'?"


def test_without_what_draws_png_the_message_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SVG needs nothing; PNG needs an extra."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtraError) as caught:
        pathway_view("scs").png()
    assert str(caught.value) == (
        "a PNG needs resvg-py: install it with: pip install 'painrules[viz]'"
    )


def test_without_graphviz_our_own_layout_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture fails because a program is missing, or because it answers nonsense."""
    own = network(layout="layered").svg
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert network(layout="dot").svg == own
    monkeypatch.setattr(shutil, "which", lambda _name: "/bin/true")
    assert network(layout="dot").svg == own


def test_what_ended_is_shown_as_ended() -> None:
    """How positions moved: a bar that ends, with a word for it."""
    figure = timeline("opioids")
    shown = [box.text for box in texts(figure)]
    assert "✓ for it, ended" in shown
    assert "US CDC 2016" in shown


def test_a_result_with_many_options_says_how_many_are_left_out() -> None:
    """Nothing is cut off silently."""
    figure = treatment_map(painrules.explore(condition="fibromyalgia"), most=2)
    assert figure.height > 540
    assert any(re.fullmatch(r"and \d+ more", box.text) for box in texts(figure))
    assert re.search(r"and \d+ more", figure.alt)


def test_the_lines_of_the_network_differ_without_their_colours() -> None:
    """Dash and arrow alone tell them apart, in grey print."""
    looks = [(stroke_of(kind).style, kind in SYMMETRIC_KINDS) for kind in RELATING]
    assert len(set(looks)) == len(looks)
