"""A folder in memory, so that no disk is worn: a text in which lines such as `=== pack.yaml` begin files."""

import io
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import IO, Any

MARK = b"=== "


class MemoryFile(Traversable):
    """A file, or the folder of them."""

    def __init__(
        self, name: str, data: bytes = b"", inner: Mapping[str, bytes] | None = None
    ) -> None:
        self._name, self._data, self._inner = name, data, inner

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    def iterdir(self) -> Iterator[Traversable]:
        """What lies in it."""
        return iter([MemoryFile(name, data) for name, data in (self._inner or {}).items()])

    def is_dir(self) -> bool:
        """Whether it is the folder."""
        return self._inner is not None

    def is_file(self) -> bool:
        """Whether it is a file."""
        return self._inner is None

    def read_bytes(self) -> bytes:
        """What it holds."""
        return self._data

    def read_text(self, encoding: str | None = None) -> str:
        """What it holds, as text."""
        return self._data.decode(encoding or "utf-8")

    def open(self, mode: str = "r", *_args: Any, **_keywords: Any) -> IO[Any]:  # noqa: ANN401 - as Traversable has it
        """Opens it."""
        stream = io.BytesIO(self._data)
        return stream if "b" in mode else io.TextIOWrapper(stream, "utf-8")

    def joinpath(self, *names: Any) -> Traversable:  # noqa: ANN401 - as Traversable has it
        """A file in it."""
        return MemoryFile(str(names[-1]), (self._inner or {})[str(names[-1])])


def folder_of(data: bytes, base: Mapping[str, bytes]) -> Traversable:
    """The folder that a text describes; what stands before the first mark is one more file of a base."""
    first, *rest = (b"\n" + data).split(b"\n" + MARK)
    files = dict(base) if first.strip() or not rest else {}
    if first.strip():
        files["more.yaml"] = first[1:]
    for part in rest:
        name, _, text = part.partition(b"\n")
        files[name.decode("utf-8", "surrogateescape").strip() or "x.yaml"] = text + b"\n"
    return MemoryFile("fuzzed", inner=files)


def written(files: Mapping[str, bytes]) -> bytes:
    """A folder as a text."""
    return b"".join(MARK + name.encode() + b"\n" + text + b"\n" for name, text in files.items())
