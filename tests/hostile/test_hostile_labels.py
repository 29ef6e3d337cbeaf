"""Texts that mean harm: whatever stands in a pack or a stored result, no format lets it out as markup or commands."""

import json
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from painrules import Explorer, Pack, Result, load_pack
from painrules.cli.commands import cli
from painrules.errors import UNSAFE
from painrules.model.rule import Caution, Position
from painrules.render.entries import entry_markdown, listing
from painrules.render.html import to_html
from painrules.render.markdown import to_markdown
from painrules.render.text import to_text

BASE = Path(__file__).parents[1] / "packs" / "base"
LABELS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "</title></style></table><iframe src=javascript:alert(1)>",
    "--><!--",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "[click](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)",
    "`code` ``` ~~~ *bold* _lean_ **x** ~~y~~",
    "a | b | c",
    "# heading",
    "> quote",
    "- item",
    "+ item",
    "1) item",
    "1. item",
    "\\<b\\>",
    "$x$ $$\\href{javascript:alert(1)}{x}$$",
    "===",
)
FRIENDLY = ("الألم المزمن", "כאב כרוני", "慢性疼痛", "👩🏽\u200d⚕️ Care", "Bewegung für müde Füße")
TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "body",
        "main",
        "div",
        "style",
        "p",
        "strong",
        "small",
        "br",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
    ),
    *("ul", "ol", "li", "pre"),
}
"""The tags that our own pages are made of; none of them runs anything or loads anything."""
MARKDOWN_TAGS = {
    *("blockquote", "p", "strong", "em", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td"),
    *("ul", "li", "code", "pre"),
}


class Seen(HTMLParser):
    """The tags, attributes and text of a page, as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        """Notes a comment, which our pages have none of."""
        self.tags.add(f"comment {data}")

    @property
    def text(self) -> str:
        """All text on one line."""
        return " ".join(" ".join(self.texts).split())


def seen_in_markdown(text: str) -> Seen:
    """What a reader of Markdown, raw HTML allowed, makes of a text."""
    return Seen(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def pack_saying(words: str, into: Path) -> Pack:
    """A pack in which everything that is free text says the same words."""
    shutil.copytree(BASE, into / "draft")
    said = json.dumps(words, ensure_ascii=False)  # a text in quotes, as YAML has it too
    (into / "draft" / "said.yaml").write_text(
        f"""\
sources:
  - {{id: gamma, title: {said}, issuer: {said}, jurisdiction: Here, year: 2020, kind: guideline}}
  - {{id: delta, title: {said}, issuer: {said}, jurisdiction: {json.dumps(words[:40], ensure_ascii=False)}, year: 2020,
     kind: guideline}}
categories:
  - {{id: other_care, label: {said}}}
conditions:
  - {{id: knee_pain, label: {said}, synonyms: [{said}], summary: {said}}}
factors:
  - {{id: poverty, label: {said}, domain: social, question: {said}}}
red_flag_signs:
  - {{id: fever, label: {said}, features: [{said}], suspects: {said}}}
goals:
  - {{id: joy, label: {said}}}
interventions:
  - {{id: walking, label: {said}, category: other_care, domains: [biological], summary: {said}, benefits: [{said}]}}
  - {{id: hiking, label: {said}, category: other_care, domains: [biological], summary: {said}}}
relations:
  - {{from: walking, kind: complements, to: hiking, note: {said}}}
  - {{from: walking, kind: serves, to: joy}}
inferences:
  - {{id: i, source: gamma, when: {{condition: knee_pain}}, suggests: {{pain_type: chronic}}, because: {said}}}
positions:
  - {{id: p, source: gamma, option: walking, stance: supports, strength: {said}, locator: "1", because: {said}}}
  - {{id: q, source: delta, option: walking, stance: opposes, because: {said}, when: {{factors: {{poverty: yes}}}}}}
  - {{id: r, source: delta, option: hiking, stance: supports, because: {said}}}
cautions:
  - {{id: c, source: delta, option: walking, severity: caution, when: {{condition: knee_pain}}, because: {said}}}
steps:
  - {{id: s, source: delta, option: hiking, kind: clinical, requires: {{tried: {{walking: helped}}}}, because: {said}}}
red_flags:
  - {{id: f, source: delta, urgency: soon, when: {{red_flags: {{fever: yes}}}}, because: {said}}}
""",
        encoding="utf-8",
    )
    head = (into / "draft" / "pack.yaml").read_text(encoding="utf-8")
    (into / "draft" / "pack.yaml").write_text(f"{head}notice: {said}\n", encoding="utf-8")
    return load_pack(into / "draft")


def results(pack: Pack) -> Iterator[Result]:
    """Results in which everything shows that can show."""
    explorer = Explorer(pack)
    facts = {"condition": "knee_pain", "goals": "joy", "tried": {"walking": "not_enough"}}
    yield explorer.explore(**facts, present=["poverty"]).record  # type: ignore[arg-type]
    yield explorer.explore(**facts, present=["fever"], sources=["gamma", "delta"]).record  # type: ignore[arg-type]
    yield explorer.explore().record


@pytest.mark.parametrize("label", LABELS)
def test_a_page_shows_markup_as_text(label: str, tmp_path: Path) -> None:
    """Whoever opens the page of a stranger's pack sees what it says, and runs nothing."""
    for result in results(pack_saying(label, tmp_path)):
        seen = Seen(to_html(result, page=True))

        assert seen.tags - TAGS == set()
        assert not {
            name for name in seen.attributes if name.startswith("on") or name in {"href", "src"}
        }
        assert " ".join(label.split()) in seen.text


@pytest.mark.parametrize("label", LABELS)
def test_markdown_shows_markup_as_text(label: str, tmp_path: Path) -> None:
    """A notebook or a forge renders Markdown, raw HTML and links in it too."""
    for result in results(pack_saying(label, tmp_path)):
        seen = seen_in_markdown(to_markdown(result))

        assert seen.tags - MARKDOWN_TAGS == set()
        assert "table" in seen.tags or result.mode.value == "ask_first"
        assert " ".join(label.split()) in seen.text


@pytest.mark.parametrize("label", LABELS)
def test_entries_and_lists_show_markup_as_text(label: str, tmp_path: Path) -> None:
    """Reference pages are made of these."""
    pack = pack_saying(label, tmp_path)
    for kind, name in (("interventions", "walking"), ("positions", "p"), ("factors", "poverty")):
        seen = seen_in_markdown(entry_markdown(pack, kind, name))
        assert seen.tags - MARKDOWN_TAGS == set()
        assert " ".join(label.split()) in seen.text

    seen = seen_in_markdown(listing(pack, "interventions", "md"))
    assert seen.tags - MARKDOWN_TAGS == set()
    assert " ".join(label.split()) in seen.text


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("label", LABELS)
def test_explanations_show_markup_as_text(label: str, form: str, tmp_path: Path) -> None:
    """`why` prints what sources say, whatever they say, between fences that it cannot break."""
    pack_saying(label, tmp_path)
    options = ["--pack", str(tmp_path / "draft"), "--format", form, "-c", "knee_pain"]

    done = CliRunner().invoke(cli, ["why", "walking", *options])

    assert done.exit_code == 0
    seen = seen_in_markdown(done.stdout) if form == "md" else Seen(done.stdout)
    assert seen.tags - (MARKDOWN_TAGS if form == "md" else TAGS) == set()
    assert " ".join(label.split()) in seen.text


def test_a_fence_in_a_text_does_not_end_the_block(tmp_path: Path) -> None:
    """Three backticks at the start of a line would end the block, and what follows would be markup."""
    pack_saying("Said by sources", tmp_path)
    said = '"x\\n```\\n\\n<script>alert(1)</script>\\n\\n````\\n\\ny"'
    rule = f"positions:\n  - {{id: z, source: beta, option: hiking, stance: supports, because: {said}}}\n"
    (tmp_path / "draft" / "fence.yaml").write_text(rule, encoding="utf-8")

    done = CliRunner().invoke(
        cli, ["why", "hiking", "--pack", str(tmp_path / "draft"), "--format", "md"]
    )

    assert seen_in_markdown(done.stdout).tags <= MARKDOWN_TAGS


@pytest.mark.parametrize("label", FRIENDLY)
def test_all_scripts_survive_in_all_formats(label: str, tmp_path: Path) -> None:
    """Educators teach in many languages, some of them written from right to left."""
    for result in results(pack_saying(label, tmp_path)):
        assert label in to_html(result)
        assert label in to_markdown(result)
        assert label in to_text(result)
        assert Result.from_json(result.model_dump_json()) == result


def spoilt(value: object, evil: str) -> object:
    """Plain data with something evil at the end of every text that is not a word of the model."""
    if isinstance(value, dict):
        return {key: spoilt(inner, evil) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoilt(inner, evil) for inner in value]
    return value + evil if isinstance(value, str) and (" " in value or value.istitle()) else value


@pytest.mark.parametrize(
    "evil",
    ["\x1b[2J\x1b[31m", "\x9b31m", "\x07", "\u202eevil", "\r", "\x00", "\u2028", "\x08\x08"],
    ids=ascii,
)
def test_a_terminal_obeys_nothing_in_a_stored_result(evil: str, tmp_path: Path) -> None:
    """A result may come from anywhere: its text is shown on a terminal all the same."""
    for result in results(pack_saying("Said by sources", tmp_path)):
        stored = Result.from_json(json.dumps(spoilt(result.model_dump(mode="json"), evil)))
        assert UNSAFE.search(stored.notice)

        assert UNSAFE.findall(to_text(stored)) == []


def test_a_stored_result_may_say_what_no_profile_says(tmp_path: Path) -> None:
    """A profile of a later version has fields that this one does not know; it is shown, not tripped over."""
    result = next(results(pack_saying("Said by sources", tmp_path)))
    strange = result.model_copy(update={"profile": {"mood": "low", "pets": ["cat"], "x": {"y": 1}}})

    for form in (to_text, to_markdown, to_html):
        assert "mood low; pets cat; x y 1" in " ".join(form(strange).split())


def test_texts_of_rules_made_in_code_are_shown_harmlessly(tmp_path: Path) -> None:
    """Rules need not come from a file: what the file reader would refuse is still not let out."""
    pack = load_pack(Path(shutil.copytree(BASE, tmp_path / "draft"))).with_rule(
        Position(
            id="evil", option="exercise", stance="supports", because="x\x1b[2J<b>", source="beta"
        ),
        Caution(
            id="evil_too", option="exercise", severity="avoid", because="y\x1b[2J<b>", source="beta"
        ),
    )
    result = Explorer(pack).explore("chronic").record

    assert "\x1b" not in to_text(result)
    assert "y" in to_text(result)
    assert Seen(to_html(result)).tags <= TAGS
