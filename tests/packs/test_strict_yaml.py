"""Strict YAML: what is written is what is read; nothing is guessed, and what is strange is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from painrules.packs.text import MAX_BYTES, MAX_DEPTH, StrictYamlError, parse

SAME = (
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "True",
    "FALSE",
    "Null",
    "12:30:00",
    "1:30",
    "2020-01-01",
    "2020-01-01 12:00:00",
    "0o7",
    "0x1F",
    "0b11",
    "017",
    "00",
    "1e3",
    "1.5e3",
    ".5",
    "5.",
    "+5",
    "1_000",
    "1,000",
    ".inf",
    "-.inf",
    ".nan",
    "NaN",
    "=",
    "1.2.23",
    "½",
    "٣",
    "9999999999999999",
    "0.12345678901",
)
"""What other readers make numbers, dates and truth values of, and what is left as it is written here."""

PLAIN = (
    ("true", True),
    ("false", False),
    ("null", None),
    ("~", None),
    ("", None),
    ("0", 0),
    ("-0", 0),
    ("7", 7),
    ("-12", -12),
    ("1.50", 1.5),
    ("999999999999999", 999_999_999_999_999),
)


def value_of(text: str) -> object:
    """What a file with one entry holds."""
    value = parse(f"entry: {text}\n".encode()).value
    assert isinstance(value, dict)
    return value["entry"]


@pytest.mark.parametrize("text", SAME)
def test_a_word_stays_the_word_that_it_is(text: str) -> None:
    """YAML readers make false of "no", a number of 12:30:00 and 7 of 0o7: an author means the words."""
    assert value_of(text) == text


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_what_is_plainly_a_number_or_truth_value_is_one(text: str, value: object) -> None:
    """A year is written as a number, and nobody wants to write it otherwise."""
    found = value_of(text)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("style", ["'{}'", '"{}"'])
@pytest.mark.parametrize("text", [text for text, _ in PLAIN])
def test_what_stands_in_quotes_is_text(text: str, style: str) -> None:
    """Quotes are how an author says that a code such as "12" is no number."""
    assert value_of(style.format(text)) == text


def test_blocks_of_text_are_text() -> None:
    """A long sentence may run over several lines, folded or kept."""
    found = parse(b"kept: |\n  12\n  13\nfolded: >-\n  one\n  two\nplain: one\n  two\n").value

    assert found == {"kept": "12\n13\n", "folded": "one two", "plain": "one two"}


def test_keys_are_words_whatever_they_look_like() -> None:
    """A factor called "no" is a strange name, and not the truth value false."""
    assert parse(b"no: 1\n12: 2\nnull: 3\n").value == {"no": 1, "12": 2, "null": 3}


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    """Editors in Windows put one in front; the first key is none the worse for it."""
    document = parse("\ufeffgoals: []\n".encode())

    assert document.value == {"goals": []}
    assert document.key_of(("goals",)) == (1, 1)


def test_lines_may_end_as_they_do_in_windows() -> None:
    """The same file, saved there, is the same pack, and its places are the same."""
    text = b"goals:\n  - id: work\n    label: |\n      Work\n    summary: two\n      lines\n"
    there = parse(text.replace(b"\n", b"\r\n"))
    here = parse(text)

    assert (there.value, there.marks, there.keys) == (here.value, here.marks, here.keys)


def test_an_empty_file_and_one_of_comments_hold_nothing() -> None:
    """A file that is not filled yet is no mistake."""
    assert parse(b"").value is None
    assert parse(b"# nothing yet\n").value is None
    assert parse(b"---\n...\n").value is None


def test_every_value_has_its_place() -> None:
    """Messages point at it, so line and column are those of an editor, from 1."""
    document = parse("a: [x, {b: ü, c: z}]\nd:\n  - y\n".encode())

    assert document.marks == {
        (): (1, 1),
        ("a",): (1, 4),
        ("a", 0): (1, 5),
        ("a", 1): (1, 8),
        ("a", 1, "b"): (1, 12),
        ("a", 1, "c"): (1, 18),
        ("d",): (3, 3),
        ("d", 0): (3, 5),
    }
    assert document.key_of(("a", 1, "c")) == (1, 15)


def test_letters_of_all_scripts_survive() -> None:
    """Packs are written in many languages, from right to left too, and labels may hold an emoji of several parts."""
    for text in (
        "الألم المزمن",
        "כאב כרוני",
        "慢性疼痛",
        "नमस्ते\u200d",
        "👩🏽\u200d⚕️ care",
        "é e\u0301",
    ):
        assert value_of(f'"{text}"') == text
        assert value_of(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\x9b31m",
        "\u2028",
        "\u2029",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("escaped", [True, False])
def test_characters_that_a_terminal_obeys_are_refused(text: str, *, escaped: bool) -> None:
    """A label must not clear the screen, forge a line or turn the direction of what comes after it."""
    written = text.encode("unicode_escape").decode() if escaped else text

    with pytest.raises(StrictYamlError) as caught:
        value_of(f'"a{written}b"')

    assert caught.value.what in {"text holds control characters", "the file is not UTF-8"}


def test_a_half_character_is_refused() -> None:
    """One half of a pair cannot be written to any file again."""
    for text in (b'a: "\\ud800"\n', b'a: "\xed\xa0\x80"\n'):
        with pytest.raises(StrictYamlError):
            parse(text)


REFUSED: dict[str, tuple[bytes, tuple[int, int], str, str]] = {
    "an anchor": (
        b"a: b\nc: &d e\n",
        (2, 4),
        "anchors and aliases are not allowed",
        "write the value out where it is used",
    ),
    "an alias": (
        b"a: b\nc: [d,\n *e]\n",
        (3, 2),
        "anchors and aliases are not allowed",
        "write the value out where it is used",
    ),
    "a tag of a word": (
        b"a: !!str b\n",
        (1, 4),
        "tags such as 'tag:yaml.org,2002:str' are not allowed",
        "remove it",
    ),
    "a tag of a list": (b"\na: !x [b]\n", (2, 4), "tags such as '!x' are not allowed", "remove it"),
    "a second document": (
        b"a: b\n---\nc: d\n",
        (2, 1),
        "a file holds one document",
        "remove the '---'",
    ),
    "a merge key": (
        b"a:\n  <<: {b: c}\n",
        (2, 3),
        "merge keys are not allowed",
        "write the values out",
    ),
    "a key that is a list": (b"? [a]\n: b\n", (1, 3), "a key must be a word", ""),
    "a key twice": (
        b"a: {b: c,\n d: e,\n b: f}\n",
        (3, 2),
        "'b' stands twice here, first in line 1",
        "keep one of them",
    ),
    "a control character": (
        b"a: b\nc: d\x07e\n",
        (2, 5),
        "text holds control characters",
        "remove them: neither terminals nor readers should be led astray",
    ),
    "an escaped control character": (
        b'a: b\nc: "d\\x07e"\n',
        (2, 4),
        "text holds control characters",
        "remove them: neither terminals nor readers should be led astray",
    ),
    "another encoding": (b"a: b\nc: \xe9\n", (2, 4), "the file is not UTF-8", "save it as UTF-8"),
    "another encoding after letters of several bytes": (
        "\ufeffa: bücher".encode() + b" \xe9\n",
        (1, 11),
        "the file is not UTF-8",
        "save it as UTF-8",
    ),
    "zeros": (b"a: b\nc: d\0", (2, 5), "the file is not UTF-8", "save it as UTF-8"),
    "too deep": (
        b"\n" + b"[" * MAX_DEPTH + b"{",
        (2, MAX_DEPTH + 1),
        "nested more than 20 deep",
        "flatten it",
    ),
    "too large": (
        b"#" * (MAX_BYTES + 1),
        (1, 1),
        "the file is larger than 4,000,000 bytes",
        "split it",
    ),
    "a quote that is open": (
        b"a: b\nc: 'd\n",
        (3, 1),
        (
            "this is not YAML: found unexpected end of stream"
            " (while scanning a quoted scalar, from line 2 on)"
        ),
        "close the quote",
    ),
    "a bracket that is open": (
        b"a: [b\nc: d\n",
        (2, 2),
        (
            "this is not YAML: did not find expected ',' or ']'"
            " (while parsing a flow sequence, from line 1 on)"
        ),
        "close the bracket, or put a comma before what comes next",
    ),
    "a colon": (
        b"a: b: c\n",
        (1, 5),
        "this is not YAML: mapping values are not allowed in this context",
        "put a text with a colon in it in quotes, and line up what belongs together",
    ),
    "a sign": (
        b"a: @b\n",
        (1, 4),
        (
            "this is not YAML: found character that cannot start any token"
            " (while scanning for the next token, from line 1 on)"
        ),
        "indent with spaces, and put a text that starts with a sign in quotes",
    ),
    "what has no hint": (
        b"a: b\n c\n- d\n",
        (3, 1),
        (
            "this is not YAML: did not find expected key"
            " (while parsing a block mapping, from line 1 on)"
        ),
        "",
    ),
}
"""What is refused: where, what, and how to mend it."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told_with_its_place(name: str) -> None:
    """All of it, for an author who does not know YAML."""
    data, *told = REFUSED[name]

    with pytest.raises(StrictYamlError) as caught:
        parse(data)

    assert [caught.value.mark, caught.value.what, caught.value.hint] == told
    assert str(caught.value) == caught.value.what


def test_what_has_no_place_of_its_own_is_shown_at_what_is_around_it() -> None:
    """A field that is missing stands nowhere."""
    document = parse(b"a:\n  - {b: c}\n")

    assert document.mark_of(("a", 0, "b")) == (2, 9)
    assert document.key_of(("a", 0, "b")) == (2, 6)
    assert document.mark_of(("a", 0, "x", 3, "y")) == document.mark_of(("a", 0)) == (2, 5)
    assert document.key_of(("a", 0, "x")) == (2, 5)
    assert document.mark_of(("x",)) == document.mark_of(()) == (1, 1)
    assert parse(b"\n\n- a\n").mark_of(("x",)) == (3, 1)
    assert parse(b"").mark_of(("x",)) == (1, 1)


def test_depth_is_bounded() -> None:
    """What is as deep as allowed is read; one deeper is refused, and neither runs out of stack."""
    parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)

    with pytest.raises(StrictYamlError) as caught:
        parse(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))

    assert caught.value.what == "nested more than 20 deep"


def test_size_is_bounded() -> None:
    """A file as large as allowed is read; one byte more is refused before it is looked at."""
    comment = b"#" * MAX_BYTES
    assert parse(comment).value is None

    with pytest.raises(StrictYamlError) as caught:
        parse(comment + b"#")

    assert caught.value.what == "the file is larger than 4,000,000 bytes"


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file can hold very many values; each takes memory."""
    monkeypatch.setattr("painrules.packs.text.MAX_VALUES", 100)
    parse(b"[" + b"a," * 98 + b"a]")

    with pytest.raises(StrictYamlError) as caught:
        parse(b"[" + b"a," * 99 + b"a]")

    assert (caught.value.what, caught.value.hint) == ("more than 100 values", "split it")
    assert caught.value.mark == (1, 200)


@pytest.mark.parametrize(
    "text",
    [
        "%YAML 1.2\n---\na: 1\n",
        "# a comment\n\n%TAG ! tag:x,2000:\n---\na: 1\n",
        "\ufeff%YAML 1.1\n---\n",
        "a: 1\n%TAG !x! y\n",
        "a: 1\n...\n%TAG !x! y\n---\nb: 2\n",
        "a: 1\r...\r%TAG !x! y\r",
        "".join(f"%TAG !a{number}! x\n" for number in range(200_000)) + "---\na: 1\n",
    ],
    ids=["version", "tag", "mark", "in the midst", "second", "old line ends", "thousands"],
)
def test_directives_are_refused(text: str) -> None:
    """Nobody needs them, and the reader of YAML compares each of them with all others: that takes time squared."""
    with pytest.raises(StrictYamlError) as caught:
        parse(text.encode())

    assert caught.value.what == "directives are not allowed"
    assert caught.value.hint == "remove the line, or indent it"


def test_a_sign_of_percent_is_no_directive_elsewhere() -> None:
    assert parse(b"a: 5 %\nb: |\n  %TAG\nc: '%x'\n").value == {"a": "5 %", "b": "%TAG\n", "c": "%x"}


def test_reading_makes_no_objects(tmp_path: Path) -> None:
    """Tags that make a careless reader run code are met without a trace of it."""
    target = tmp_path / "made"
    code = (
        "from painrules.packs.text import StrictYamlError, parse\n"
        "import sys\n"
        f"text = b'a: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [\"{target}\"]]'\n"
        "try:\n    parse(text)\nexcept StrictYamlError:\n    sys.exit(7)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)  # noqa: S603 - our own code

    assert done.returncode == 7
    assert not target.exists()
