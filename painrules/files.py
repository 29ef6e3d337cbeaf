"""Writing files: whole or not at all."""

import os
from pathlib import Path


def save(path: Path, content: str | bytes) -> Path:
    """Writes to a temporary name, then renames: never half a file. A device is written to, never replaced.

    Raises:
        OSError: If it cannot be written; what was there before is still there.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return path
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        temporary.unlink(missing_ok=True)
    return path
