"""Files: written whole or not at all; read as far as is allowed, and never waited for."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from painrules.errors import PainrulesError, printable

LONGEST_NAME = 40
"""How much of the name of a file stands in the name that it has while it is written."""
_WAIT_FOR_NOTHING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


def save(path: Path, content: str | bytes) -> Path:
    """Writes to a temporary name, then renames: never half a file. A device is written to, never replaced.

    Raises:
        OSError: If it cannot be written; what was there before is still there.
        PainrulesError: If it is a text that no file can hold.
    """
    save_all({path: content})
    return path


def save_all(files: Mapping[Path, str | bytes]) -> None:
    """Writes files that belong together: none takes its place before all of them are written.

    Raises:
        OSError: If one of them cannot be written; what was there before is still there.
        PainrulesError: If one of them is a text that no file can hold.
    """
    held = {path: _encoded(path, content) for path, content in files.items()}
    waiting: dict[Path, Path] = {}
    try:
        for path, data in held.items():
            if path.exists() and not path.is_file():
                path.write_bytes(data)
                continue
            waiting[path] = _beside(path)
            with _told_of(path):
                _write_new(waiting[path], data, path)
        for path, temporary in waiting.items():
            with _told_of(path):
                temporary.replace(path)
    finally:
        for temporary in waiting.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """A name beside a file that nobody can guess."""
    return path.with_name(f".{path.name[:LONGEST_NAME]}.{secrets.token_hex(8)}.tmp")


def new_beside(path: Path) -> Path:
    """A new, empty file beside another, for what somebody else writes; it has the rights of the one that is there.

    Raises:
        OSError: If it cannot be written.
    """
    temporary = _beside(path)
    with _told_of(path):
        _write_new(temporary, b"", path)
    return temporary


def _encoded(path: Path, content: str | bytes) -> bytes:
    try:
        return content.encode() if isinstance(content, str) else content
    except UnicodeEncodeError as error:
        bad = printable(error.object[error.start : error.start + 1])
        msg = f"{printable(str(path))}: a text holds half a character, {bad}, that no file can hold"
        raise PainrulesError(msg) from None


def _write_new(temporary: Path, data: bytes, path: Path) -> None:
    """Writes a file that is not there yet, with the rights of the one whose place it takes, and onto the disk."""
    with temporary.open("xb") as stream:
        with suppress(OSError):
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        stream.write(data)
        stream.flush()
        with suppress(OSError):  # not every place knows this; one that is full has said so by now
            os.fsync(stream.fileno())


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """What goes wrong names the file that was asked for, not the temporary one."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None


def open_regular(path: str | Path, *, within: int | None = None, follow: bool = True) -> int:
    """Opens a file to read, without waiting for a pipe or a device, whatever it has become since it was looked at.

    Args:
        path: The file.
        within: The open folder in which it lies; left out, the path says it.
        follow: Whether a link is followed.

    Raises:
        OSError: If it cannot be opened, or is no file.
    """
    flags = os.O_RDONLY | _WAIT_FOR_NOTHING | (0 if follow else _NO_LINKS)
    number = os.open(path, flags, dir_fd=within)
    if stat.S_ISREG(os.fstat(number).st_mode):
        return number
    os.close(number)
    raise OSError(errno.EINVAL, "is not a file", str(path))


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a file.

    Args:
        path: The file.
        most: The most bytes that it may have.

    Raises:
        OSError: If it cannot be read, or is no file.
        PainrulesError: If it is larger.
    """
    with os.fdopen(open_regular(path), "rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        msg = f"{printable(str(path))}: the file is larger than {most:,} bytes"
        raise PainrulesError(msg)
    return data
