"""A file that is replaced whole or not at all."""

import os
from pathlib import Path

from dedup.errors import OutputError


def write_whole(path: Path, *parts: bytes | memoryview) -> None:
    """Write the parts, one behind the other, to a file that replaces what stands there at once; OutputError when it cannot be written."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror or error}") from None
