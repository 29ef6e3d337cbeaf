"""The page in a real browser: Python's answers, by keyboard, on a phone, in the dark, and in hostile hands."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, seed, settings

import painrules
from painrules import Explorer, Pack, Profile, ProfileError, load_pack
from painrules.resolve import Lens
from painrules.testing import lenses, profiles
from tests.page.conftest import CONFORMANCE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.interop

Opener = Callable[..., "Page"]
ASK = """rows => rows.map(({profile, lens, options}) => {
  const { explorer, why, whyNot } = window.painrules;
  try {
    const found = explorer.explore(profile, lens);
    return {
      record: found.record,
      why: options.map(name => why(found, name)),
      why_not: options.map(name => whyNot(found, name)),
    };
  } catch (error) {
    return { error: error.message };
  }
})"""


def drawn(pack: Pack, count: int, number: int) -> list[tuple[Profile, Lens]]:
    """Profiles and lenses, the same each time."""
    found: list[tuple[Profile, Lens]] = []

    @seed(number)
    @settings(
        max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(profile=profiles(pack), lens=lenses(pack))
    def collect(profile: Profile, lens: Lens) -> None:
        found.append((profile, lens))

    collect()
    return found


def plain_lens(lens: Lens) -> dict[str, Any]:
    """A lens as the page takes it."""
    found: dict[str, Any] = {}
    if lens.sources is not None:
        found["sources"] = sorted(lens.sources)
    if lens.jurisdictions is not None:
        found["jurisdictions"] = sorted(lens.jurisdictions)
    if lens.as_of is not None:
        found["as_of"] = lens.as_of.isoformat()
    return found


def answers(
    explorer: Explorer, rows: list[tuple[Profile, Lens]], options: list[list[str]]
) -> list[dict[str, Any]]:
    """What Python says."""
    found: list[dict[str, Any]] = []
    for (profile, lens), names in zip(rows, options, strict=True):
        try:
            result = explorer.explore(profile, **plain_lens(lens))
        except ProfileError as error:
            found.append({"error": error.problems[0].what})
            continue
        found.append(
            {
                "record": result.to_dict(),
                "why": [result.why(name).model_dump(mode="json") for name in names],
                "why_not": [result.why_not(name).model_dump(mode="json") for name in names],
            }
        )
    return found


def compared(page: "Page", explorer: Explorer, count: int, number: int) -> int:
    """Holds the page to Python for drawn profiles, field by field; how many were compared."""
    rows = drawn(explorer.pack, count, number)
    names = sorted(explorer.pack.interventions)
    options = [
        [names[(7 * place + step) % len(names)] for step in (0, 101)] for place in range(len(rows))
    ]
    asked = [
        {"profile": profile.to_dict(), "lens": plain_lens(lens), "options": chosen}
        for (profile, lens), chosen in zip(rows, options, strict=True)
    ]
    for start in range(0, len(rows), 20):
        part = slice(start, start + 20)
        found = page.evaluate(ASK, asked[part])
        expected = json.loads(json.dumps(answers(explorer, rows[part], options[part])))
        for one, other, question in zip(found, expected, asked[part], strict=True):
            assert one == other, question
    return len(rows)


def test_the_page_says_what_python_says_of_the_core_pack(open_page: Opener, core: Explorer) -> None:
    assert compared(open_page(), core, 60, 1) > 40


def test_the_page_says_what_python_says_of_the_conformance_pack(open_page: Opener) -> None:
    explorer = Explorer(load_pack(CONFORMANCE))
    assert compared(open_page("conformance"), explorer, 400, 2) > 200


BANDS: tuple[dict[str, Any], ...] = (
    {"factors": {"child": True}},
    {"factors": {"older_adult": True}},
    {"factors": {"child": False, "older_adult": False}},
    {"factors": {"adolescent": False, "child": True}, "pain_type": "chronic"},
    {"pain_type": "chronic", "duration_months": 2.123456789},
)


def test_a_band_alone_says_something_of_its_number(open_page: Opener, core: Explorer) -> None:
    """Who is said to be a child is known to be below 18, though no age is given."""
    rows = [(Profile(**one), Lens()) for one in BANDS]
    asked = [{"profile": one.to_dict(), "lens": {}, "options": ["opioids"]} for one, _ in rows]
    expected = json.loads(json.dumps(answers(core, rows, [["opioids"]] * len(rows))))
    assert open_page().evaluate(ASK, asked) == expected


def test_the_page_compares_as_python_does(open_page: Opener, core: Explorer) -> None:
    """Which options come out differently, and in what."""
    rows = drawn(core.pack, 12, 3)
    found = []
    for (one, _), (other, lens) in zip(rows[::2], rows[1::2], strict=True):
        try:
            sides = core.explore(one), core.explore(other, **plain_lens(lens))
        except ProfileError:
            continue
        wanted = [
            {"option": row.option, "differs": list(row.differs)}
            for row in painrules.compare(*sides)
        ]
        found.append((one.to_dict(), other.to_dict(), plain_lens(lens), wanted))
    assert len(found) > 1
    page = open_page()
    for one, other, lens, wanted in found:  # type: ignore[assignment]
        answer = page.evaluate(
            """([one, other, lens]) => {
              const { explorer, differences } = window.painrules;
              return differences(explorer.explore(one), explorer.explore(other, lens));
            }""",
            [one, other, lens],
        )
        assert answer == wanted


def test_the_conformance_table_holds_in_the_page(open_page: Opener) -> None:
    explorer = Explorer(load_pack(CONFORMANCE))
    table = yaml.safe_load((CONFORMANCE.parent / "table.yaml").read_text(encoding="utf-8"))
    results = [explorer.explore(**row["profile"]) for row in table]
    rows = [
        {
            "profile": result.profile.to_dict(),
            "lens": result.lens.model_dump(mode="json"),
            "options": [],
        }
        for result in results
    ]
    found = open_page("conformance").evaluate(ASK, rows)
    assert [one["record"] for one in found] == [json.loads(result.to_json()) for result in results]


# As a reader


def test_everything_can_be_done_by_keyboard(open_page: Opener) -> None:
    page = open_page()
    page.get_by_label("chronic", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("combobox", name="Condition").focus()
    page.keyboard.type("M79.7")
    page.keyboard.press("Enter")
    assert page.locator(".pr-chip").inner_text().startswith("Fibromyalgia")
    assert "condition fibromyalgia" in page.locator(".pr-about").first.inner_text()

    page.get_by_label("Age").focus()
    page.keyboard.type("45")
    assert "age 45" in page.locator(".pr-about").first.inner_text()
    page.get_by_role("combobox", name="Facts and red flags").focus()
    page.keyboard.type("cauda equina")
    page.keyboard.press("Enter")
    assert page.locator(".pr-flag").count() == 1
    assert "assessment comes first" in page.locator(".pr-mode").inner_text()
    assert page.locator(".pr-kept:not([open])").count() == 1
    page.get_by_label("not known", exact=True).last.focus()
    page.keyboard.press("Space")
    assert page.locator(".pr-flag").count() == 0

    first = page.locator(".pr-option summary").first
    first.focus()
    page.keyboard.press("Enter")
    page.locator(".pr-option[open] .pr-body").wait_for()
    page.get_by_role("tab", name="By category").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="By domain").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.textContent") == "By domain"
    page.keyboard.press("ArrowRight")
    nodes = page.locator(".pr-node")
    nodes.first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.classList.contains('pr-chosen')")
    told = page.locator(".pr-told").inner_text()
    assert str(nodes.nth(1).get_attribute("aria-label")).split(":")[0] in told


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("M79.7", "Fibromyalgia"),
        ("the sciaticas", "Sciatica"),
        ("labor pain", "Labour pain"),
        ("low-back pain", "Low back pain"),
    ],
)
def test_a_condition_is_found_by_what_people_type(
    open_page: Opener, typed: str, found: str
) -> None:
    page = open_page("core")
    page.get_by_role("combobox", name="Condition").fill(typed)
    page.keyboard.press("Enter")
    assert page.locator(".pr-chip").first.inner_text().startswith(found)


def test_an_address_holds_the_state(open_page: Opener) -> None:
    fragment = (
        "#type=chronic&mechanism=neuropathic&condition=sciatica&age=50&months=6.5&yes=pregnancy"
        "&no=smoking&tried=exercise:not_enough&jurisdiction=UK&asof=2021-12-31"
    )
    page = open_page(fragment=fragment)
    about = " ".join(page.locator(".pr-about").all_inner_texts())
    for words in ("chronic", "sciatica", "age 50", "6.5", "pregnancy", "UK", "2021-12-31"):
        assert words in about
    page.get_by_label("Age").fill("51")
    assert "age=51" in page.evaluate("location.hash")  # the page knows sooner than its driver
    assert page.evaluate("location.hash").count("neuropathic") == 1

    odd = open_page(fragment="#type=chronik&age=-3&yes=nonsense,pregnancy&asof=2021-13-45")
    message = odd.locator(".pr-found .pr-error").first.inner_text()
    for word in ("chronik", "age -3", "nonsense", "2021-13-45"):
        assert word in message
    assert "pregnancy" in odd.locator(".pr-about").first.inner_text()


@pytest.mark.parametrize(
    "fragment",
    [
        "#" + "x" * 1_000_000,
        "#yes=" + ",".join(f"nothing_{number}" for number in range(20_000)),
        "#%E0%A4%A&type=%zz&tried=constructor:helped,__proto__:helped&yes=toString,__proto__",
        "#type=<img src=x onerror=window.broken=1>&view=__proto__&beside=1&b.type=</script>",
        "#version=0&painType=chronic&p=eyJ0eXBlIjoiY2hyb25pYyJ9",
    ],
    ids=["long", "many", "broken", "markup", "another form"],
)
def test_an_odd_address_does_no_harm(open_page: Opener, fragment: str) -> None:
    """What is not understood is left out, and told shortly where it names something."""
    page = open_page(fragment=fragment)
    assert "nothing is known yet" in page.locator(".pr-about").first.inner_text()
    assert len(page.locator(".pr-found").inner_text()) < 5_000
    assert page.evaluate("window.broken") is None


def test_what_was_kept_may_contradict_itself(open_page: Opener) -> None:
    page = open_page(fragment="#type=chronic&beside=1&b.age=80&b.yes=child")
    assert "kept to compare does not fit together" in page.locator(".pr-error").last.inner_text()
    assert page.locator(".pr-option").first.is_visible()
    page.get_by_role("button", name="End the comparison").click()
    assert page.locator(".pr-output .pr-error").count() == 0


def test_what_is_not_listed_is_told_by_status(open_page: Opener) -> None:
    page = open_page(fragment="#type=chronic&condition=sciatica")
    rest = page.locator(".pr-rest").first
    assert "not supported" in rest.locator("summary").first.inner_text()
    rest.locator("summary").first.click()
    section = rest.locator("section", has_text="Not supported")
    assert section.locator("[data-option=gabapentinoids]").count() == 1


def test_sources_are_told_with_place_year_and_how_many_positions(open_page: Opener) -> None:
    page = open_page(fragment="#type=chronic&condition=sciatica&view=sources")
    rows = page.locator(".pr-panel tbody tr")
    assert all(text.isdigit() for text in rows.locator("td:last-child").all_inner_texts())
    assert "NICE 2016 (UK)" in rows.locator("th").all_inner_texts()


def test_a_contradiction_is_said_and_can_be_mended(open_page: Opener) -> None:
    page = open_page(fragment="#type=chronic&age=80&yes=child")
    assert "does not fit together" in page.locator(".pr-output .pr-error").inner_text()
    page.get_by_label("Age").fill("8")
    assert page.locator(".pr-output .pr-error").count() == 0


def test_two_profiles_side_by_side(open_page: Opener) -> None:
    page = open_page(fragment="#type=chronic&mechanism=neuropathic")
    page.get_by_role("button", name="Keep this to compare").click()
    page.get_by_role("combobox", name="Condition").fill("sciatica")
    page.keyboard.press("Enter")
    row = page.locator(".pr-beside tr", has_text="Gabapentinoids").first.inner_text()
    assert "first line" in row
    assert "not supported in sciatica" in row
    page.get_by_role("button", name="End the comparison").click()
    assert page.locator(".pr-beside").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "#type=chronic&mechanism=neuropathic&yes=pregnancy,rf_cauda_equina",
        "#condition=fibromyalgia&age=45",
        "#condition=fibromyalgia&age=45&view=graph",
        "#condition=fibromyalgia&view=sources&beside=1&b.type=acute",
    ],
)
def test_axe_finds_nothing(open_page: Opener, scheme: str, fragment: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(fragment=fragment, color_scheme=scheme, bypass_csp=True)
    page.evaluate(
        "document.querySelectorAll('details').forEach((one, n) => { one.open = n < 12; })"
    )
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("width", "scale"), [(360, 1), (320, 1), (640, 2)])
@pytest.mark.parametrize("view", ["category", "graph", "sources"])
def test_nothing_runs_out_of_a_narrow_page(
    open_page: Opener, width: int, scale: int, view: str
) -> None:
    """A zoom of 200% leaves half the pixels."""
    page = open_page(
        fragment=f"#type=chronic&mechanism=neuropathic&view={view}&beside=1&b.type=acute",
        viewport={"width": width // scale, "height": 740},
        device_scale_factor=scale,
    )
    page.evaluate(
        "document.querySelectorAll('details').forEach((one, n) => { one.open = n < 12; })"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_the_answer_is_one_touch_away(open_page: Opener) -> None:
    """The form is longer than a phone: how many options there are stays in sight, and leads to them."""
    page = open_page(viewport={"width": 360, "height": 740})
    jump = page.locator(".pr-jump")
    assert jump.inner_text() == "Too little is known: ask first"
    page.get_by_label("chronic", exact=True).click()
    assert jump.inner_text().startswith("See ")
    jump.click()
    assert page.evaluate("document.activeElement.classList.contains('pr-found')")
    assert abs(page.evaluate("document.querySelector('.pr-found').getBoundingClientRect().y")) < 10


def test_statuses_and_the_graph_have_words(open_page: Opener) -> None:
    page = open_page(fragment="#type=chronic&mechanism=neuropathic&view=graph")
    label = page.locator(".pr-node").first.get_attribute("aria-label")
    assert label is not None
    assert "supported" in label
    tree = page.locator(".pr-graph").aria_snapshot()
    assert "options by category" in tree
    lists = open_page(fragment="#type=chronic&mechanism=neuropathic")
    assert "first line in neuropathic pain" in lists.locator(".pr-panel").aria_snapshot()


def test_a_hostile_pack_runs_nothing(open_page: Opener) -> None:
    page = open_page("hostile", "#type=chronic&mechanism=neuropathic")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for name in ("By domain", "Graph", "Sources"):
        page.get_by_role("tab", name=name).click()
    page.get_by_role("combobox", name="Condition").fill("script")
    assert page.evaluate("window.broken") is None
    assert page.locator("main img, main iframe, main script").count() == 0


def test_it_says_what_it_is_and_is_not(open_page: Opener) -> None:
    text = open_page().locator("main").inner_text()
    assert painrules.core_pack().notice in text
    assert "ask first" in text
    assert "digest" in text


def test_it_prints_without_its_controls(open_page: Opener) -> None:
    page = open_page(fragment="#condition=fibromyalgia")
    page.emulate_media(media="print")
    assert not page.locator(".pr-known").is_visible()
    assert page.locator(".pr-option").first.is_visible()
