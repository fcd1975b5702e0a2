"""The output folder: made beside its place under another name, and renamed when it is whole."""

import errno
import json
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from dedup.errors import OutputError
from dedup.result import Result

Format = Literal["jsonl", "parquet"]


class Partial:
    """A folder under construction beside `out`: renamed to `out` by `finish`, removed when the block ends without it.

    OutputError when `out` exists and `overwrite` is not set, or is not a folder that a run wrote.
    """

    def __init__(self, out: Path, overwrite: bool = False) -> None:
        self._out, self._done = out, False
        if out.exists() and not overwrite:
            raise OutputError(f"{out}: exists already; choose another place or pass --overwrite")
        if out.exists() and not (out.is_dir() and ((out / "run.json").exists() or not any(out.iterdir()))):
            raise OutputError(f"{out}: is not the output of a run, so it is not overwritten; remove it yourself")
        self.path = out.parent / f".{out.name}.partial-{os.getpid()}"
        try:
            self.path.mkdir(parents=True)
        except OSError as error:
            raise OutputError(f"{out}: cannot be written: {error.strerror}") from None

    def __enter__(self) -> Self:
        return self

    def finish(self) -> None:
        """Put the folder in its place; an older one goes only after the new one stands."""
        try:
            older = self._out.parent / f".{self._out.name}.older-{os.getpid()}"
            if self._out.exists():
                self._out.rename(older)
            self.path.rename(self._out)
            shutil.rmtree(older, ignore_errors=True)
        except OSError as error:
            raise OutputError(f"{self._out}: cannot be put in place: {error.strerror}") from None
        self._done = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._done:
            shutil.rmtree(self.path, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise OutputError(f"{self._out}: cannot be written: {error.strerror}; nothing was left behind") from error


def write(result: Result, folder: Path, format: Format = "jsonl") -> None:
    """Write kept, removed, rejected, clusters and events in the format, and run.json, into the folder."""
    from dedup.writers import jsonl, parquet

    (parquet.write if format == "parquet" else jsonl.write)(result, folder)
    with open(folder / "run.json", "w", encoding="utf-8") as file:
        json.dump(result.summary, file, ensure_ascii=False, indent=2)
        file.write("\n")
