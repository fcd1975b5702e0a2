"""JSON lines out: one object a line, unknown fields of the input beside ours."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from dedup.document import ROW
from dedup.result import Result

_GIVEN_WINS = ("author", "site", "modified")


def write(result: Result, folder: Path) -> None:
    """Write kept.jsonl, removed.jsonl, rejected.jsonl, clusters.jsonl and events.jsonl."""
    with _opened(folder, "kept") as kept, _opened(folder, "removed") as removed:
        for batch in result.documents.to_batches(max_chunksize=4096):
            rows = batch.to_pylist()
            write_rows((row for row in rows if row["keep"]), kept)
            write_rows((row for row in rows if not row["keep"]), removed)
    for name, values in (("rejected", result.rejected), ("clusters", result.clusters), ("events", result.events)):
        with _opened(folder, name) as file:
            for value in values:
                fields = value.to_dict() if hasattr(value, "to_dict") else dataclasses.asdict(value)
                file.write(json.dumps(fields, ensure_ascii=False) + "\n")


def _opened(folder: Path, name: str) -> IO[str]:
    return open(folder / f"{name}.jsonl", "w", encoding="utf-8", newline="\n")


def write_rows(rows: Iterable[Mapping[str, Any]], file: IO[str]) -> None:
    """Write rows as JSON lines, each with the unknown fields that it came with."""
    for row in rows:
        file.write(json.dumps(merged(row), ensure_ascii=False) + "\n")


def merged(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with the fields of its `extra` beside its own.

    A given author, site or modified date wins over the one that was found. Another field that is named like one of ours
    goes under `given`, unless the row comes from an output of ours, where ours are simply replaced.
    """
    own = {name: value for name, value in row.items() if name != "extra"}
    extra: dict[str, Any] = json.loads(row["extra"]) if row.get("extra") else {}
    own |= {name: extra.pop(name) for name in _GIVEN_WINS if extra.get(name)}
    again = "source_file" in extra and "source_line" in extra
    clashing = {name: extra.pop(name) for name in ROW.names if name in extra and name != "extra"}
    if clashing and not again:
        extra["given"] = clashing
    return own | extra
