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
FORMATS = ("jsonl", "parquet")
TABLES = ("kept", "removed", "rejected", "clusters", "events")


class Partial:
    """A folder under construction beside `out`: renamed to `out` by `finish`, removed when the block ends without it.

    OutputError when `out` exists and `overwrite` is not set, or is not a folder that a run wrote.
    """

    def __init__(self, out: Path, overwrite: bool = False) -> None:
        self._out, self._done = out, False
        if out.exists() and not overwrite:
            raise OutputError(f"{out}: exists already; choose another place or pass --overwrite")
        if out.exists() and (foreign := _foreign(out)):
            raise OutputError(f"{out}: is not just the output of a run ({foreign}), so it is not overwritten; remove it yourself")
        self.path = out.parent / f".{out.name}.partial-{os.getpid()}"
        try:
            self.path.mkdir(parents=True)
        except OSError as error:
            raise OutputError(f"{out}: cannot be written: {error.strerror}") from error

    def __enter__(self) -> Self:
        return self

    def finish(self) -> None:
        """Put the folder in its place; an older one goes only after the new one stands."""
        older = self._out.parent / f".{self._out.name}.older-{os.getpid()}"
        try:
            if self._out.exists():
                self._out.rename(older)
            try:
                self.path.rename(self._out)
            except BaseException:
                if older.exists():
                    older.rename(self._out)
                raise
        except OSError as error:
            raise OutputError(f"{self._out}: cannot be put in place: {error.strerror}") from error
        self._done = True
        shutil.rmtree(older, ignore_errors=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._done:
            shutil.rmtree(self.path, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise OutputError(f"{self._out}: cannot be written: {error.strerror}; nothing was left behind") from error


def _foreign(out: Path) -> str:
    """What shows that the folder is not just the output of a run, or ''."""
    if not out.is_dir():
        return "it is a file"
    names = {path.name for path in out.iterdir()}
    if not names:
        return ""
    if strange := sorted(names - {f"{table}.{format}" for table in TABLES for format in FORMATS} - {"run.json", "report.html"}):
        return f"it holds {strange[0]}"
    try:
        run = json.loads((out / "run.json").read_text("utf-8"))
        return "" if run["versions"]["newsdedup"] is not None else "run.json is not of a run"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has no run.json of a run"


def write(result: Result, folder: Path, format: Format = "jsonl") -> None:
    """Write kept, removed, rejected, clusters and events in the format, and run.json, into the folder."""
    from dedup.writers import jsonl, parquet

    (parquet.write if format == "parquet" else jsonl.write)(result, folder)
    with open(folder / "run.json", "w", encoding="utf-8") as file:
        json.dump(result.summary, file, ensure_ascii=False, indent=2)
        file.write("\n")
