"""Strict YAML: no duplicate keys, no guessing, no code, no aliases, bounded size and depth; every value located.

YAML is parsed event by event (PyYAML's parser only; none of its constructors), so nothing in a file can make objects,
and depth is bounded before anything is built. Words stay text unless they are plainly a number, true, false or null:
``yes``, ``no``, ``on``, dates and times are text.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from painrules.errors import UNSAFE, shown

MAX_BYTES = 4_000_000
"""The largest file that is read."""
MAX_VALUES = 500_000
"""The most values that a file, or all files of a pack together, may hold."""
MAX_DEPTH = 20
"""How deep lists and mappings may stand in each other."""

_NUMBER = re.compile(r"^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$")
_QUOTED = frozenset("'\"|>")
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}

_UNSAFE_IN_FILE = re.compile(UNSAFE.pattern.replace("\x0b-\x1f", "\x0b\x0c\x0e-\x1f"))
"""The same in a file, where lines may end as they do in Windows."""

_DIRECTIVE = re.compile(r"(?:\A|[\r\n])%")
"""A line that begins with a sign of percent, which makes it a directive wherever a document may begin."""

NOT_UTF8 = "the file is not UTF-8"
UNSAFE_TEXT = "text holds control characters"
UNSAFE_HINT = "remove them: neither terminals nor readers should be led astray"

Path = tuple[str | int, ...]
Mark = tuple[int, int]


class StrictYamlError(Exception):
    """A file that is not strict YAML: where, what, and how to mend it."""

    def __init__(self, mark: Mark, what: str, hint: str = "") -> None:
        self.mark = mark
        self.what = what
        self.hint = hint
        super().__init__(what)


@dataclass(slots=True)
class Document:
    """Plain values, and where each of them stands."""

    value: Any = None
    """Mappings, lists, texts, numbers, booleans and None."""
    marks: dict[Path, Mark] = field(default_factory=dict)
    """Line and column of each value, both from 1, by its path."""
    keys: dict[Path, Mark] = field(default_factory=dict)
    """Line and column of each key, by the path of its value."""

    def mark_of(self, path: Path) -> Mark:
        """Where a value stands; the nearest thing around it if it has no place of its own."""
        while path:
            if path in self.marks:
                return self.marks[path]
            path = path[:-1]
        return self.marks.get((), (1, 1))

    def key_of(self, path: Path) -> Mark:
        """Where the key of a value stands."""
        return self.keys.get(path) or self.mark_of(path)


def parse(data: bytes) -> Document:
    """Reads strict YAML.

    Args:
        data: The bytes of a file, UTF-8, with or without a byte order mark.

    Raises:
        StrictYamlError: If it is too large, not UTF-8, not YAML, or uses what strict YAML does not allow.
    """
    import yaml  # noqa: PLC0415 - a pack in compiled form needs no YAML reader

    if len(data) > MAX_BYTES:
        raise StrictYamlError((1, 1), f"the file is larger than {MAX_BYTES:,} bytes", "split it")
    text = _decoded(data)
    found = _DIRECTIVE.search(text)
    if found:  # the reader of YAML would compare each of them with all others
        mark = _mark_at(text[: found.end() - 1])
        raise StrictYamlError(mark, "directives are not allowed", "remove the line, or indent it")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(yaml).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0]
        raise StrictYamlError((1, 1), f"this is not YAML: {what}") from None


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # without a byte order mark, from which it counts
        mark = _mark_at(before.decode("utf-8", "replace"))
        raise StrictYamlError(mark, NOT_UTF8, "save it as UTF-8") from None
    found = _UNSAFE_IN_FILE.search(text)
    if found:
        mark = _mark_at(text[: found.start()])
        if found.group() == "\0":
            raise StrictYamlError(mark, NOT_UTF8, "save it as UTF-8")
        raise StrictYamlError(mark, UNSAFE_TEXT, UNSAFE_HINT)
    return text


def _mark_at(before: str) -> Mark:
    """Line and column of what comes after some text."""
    return (before.count("\n") + 1, len(before) - before.rfind("\n"))


_HINTS = {
    "mapping values are not allowed": "put a text with a colon in it in quotes, and line up what belongs together",
    "cannot start any token": "indent with spaces, and put a text that starts with a sign in quotes",
    "unexpected end of stream": "close the quote",
    "',' or": "close the bracket, or put a comma before what comes next",
}
"""What to do about what the YAML reader says, where it does not say it itself."""


def _located(error: Any) -> StrictYamlError:  # noqa: ANN401 - an error of PyYAML, imported where used
    """What the YAML reader found, where, and since where."""
    mark = error.problem_mark or error.context_mark
    what = f"this is not YAML: {error.problem or error.context}"
    if error.problem and error.context and error.context_mark:
        what += f" ({error.context}, from line {error.context_mark.line + 1} on)"
    hint = next((hint for words, hint in _HINTS.items() if words in what), "")
    return StrictYamlError((mark.line + 1, mark.column + 1) if mark else (1, 1), what, hint)


class _Builder:
    """Builds plain values from parser events, with a stack of its own instead of recursion."""

    def __init__(self, yaml: Any) -> None:  # noqa: ANN401 - the module, imported where used
        self._yaml = yaml
        self._document = Document()
        self._stack: list[_Open] = []
        self._seen = False

    def build(self, events: Any) -> Document:  # noqa: ANN401 - an iterator of PyYAML events
        yaml = self._yaml
        for event in events:
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                hint = "write the value out where it is used"
                raise StrictYamlError(mark, "anchors and aliases are not allowed", hint)
            if isinstance(event, yaml.DocumentStartEvent):
                if self._seen:
                    raise StrictYamlError(mark, "a file holds one document", "remove the '---'")
                self._seen = True
            elif isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event, mark), mark)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._refuse_tag(event, mark)
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], mark)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._stack.pop()
        return self._document

    def _refuse_tag(self, event: Any, mark: Mark) -> None:  # noqa: ANN401 - a PyYAML event
        if event.tag and event.tag != "!":
            raise StrictYamlError(
                mark, f"tags such as {shown(event.tag)} are not allowed", "remove it"
            )

    def _scalar(self, event: Any, mark: Mark) -> Any:  # noqa: ANN401 - a plain value
        self._refuse_tag(event, mark)
        text: str = event.value
        if UNSAFE.search(text):
            raise StrictYamlError(mark, UNSAFE_TEXT, UNSAFE_HINT)
        if self._stack and self._stack[-1].wants_key:
            return text
        if event.style in _QUOTED:
            return text
        if text in _PLAIN:
            return _PLAIN[text]
        if _NUMBER.match(text):
            return float(text) if "." in text else int(text)
        return text

    def _open(self, value: dict[str, Any] | list[Any], mark: Mark) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise StrictYamlError(mark, f"nested more than {MAX_DEPTH} deep", "flatten it")
        path = self._add(value, mark)
        self._stack.append(_Open(value, path))

    def _add(self, value: Any, mark: Mark) -> Path:  # noqa: ANN401 - a plain value
        document = self._document
        if not self._stack:
            document.value = value
            document.marks[()] = mark
            return ()
        top = self._stack[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        elif top.wants_key:
            self._key(top, value, mark)
            return top.path
        else:
            path = (*top.path, top.key)
            top.value[top.key] = value
            top.wants_key = True
        if len(document.marks) >= MAX_VALUES:
            raise StrictYamlError(mark, f"more than {MAX_VALUES:,} values", "split it")
        document.marks[path] = mark
        return path

    def _key(self, top: "_Open", value: Any, mark: Mark) -> None:  # noqa: ANN401 - a plain value
        if not isinstance(value, str):
            raise StrictYamlError(mark, "a key must be a word")
        if value == "<<":
            raise StrictYamlError(mark, "merge keys are not allowed", "write the values out")
        assert isinstance(top.value, dict)  # noqa: S101 - a list wants no key
        if value in top.value:
            first = self._document.keys[(*top.path, value)][0]
            what = f"{shown(value)} stands twice here, first in line {first}"
            raise StrictYamlError(mark, what, "keep one of them")
        top.key = value
        top.value[value] = None
        self._document.keys[(*top.path, value)] = mark
        top.wants_key = False


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str = ""
    wants_key: bool = False

    def __post_init__(self) -> None:
        self.wants_key = isinstance(self.value, dict)
