"""JSON lines out: one object a line, unknown fields of the input beside ours."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import _core
from dedup.columns import buffers
from dedup.result import Result

_OURS = ("source_file", "source_line")
"""Fields by which a row shows that an earlier run of ours wrote it."""


def write(result: Result, folder: Path) -> None:
    """Write kept.jsonl, removed.jsonl, rejected.jsonl, clusters.jsonl and events.jsonl."""
    with open(folder / "kept.jsonl", "wb") as kept, open(folder / "removed.jsonl", "wb") as removed:
        for batch in result.documents.to_batches(max_chunksize=4096):
            keep = np.asarray(batch["keep"])
            kept.write(lines(batch, keep, result.config.threads))
            removed.write(lines(batch, ~keep, result.config.threads))
    for name, values in (("rejected", result.rejected), ("clusters", result.clusters), ("events", result.events)):
        with open(folder / f"{name}.jsonl", "w", encoding="utf-8", newline="\n") as file:
            for value in values:
                fields = value.to_dict() if hasattr(value, "to_dict") else dataclasses.asdict(value)
                file.write(json.dumps(fields, ensure_ascii=False) + "\n")


def lines(batch: pa.RecordBatch, wanted: npt.NDArray[np.bool_], threads: int = 0) -> memoryview:
    """Return the wanted rows of a batch of `document.ROW` as JSON lines: the bytes that `write_rows` writes."""
    columns = [_written(name, batch[name]) for name in batch.schema.names if name != "extra"]
    return memoryview(_core.write_jsonl(columns, buffers(batch["extra"]), list(_OURS), wanted, threads))  # type: ignore[arg-type]


def _written(name: str, values: pa.Array) -> tuple[str, Any, npt.NDArray[np.bool_] | None]:
    """A column as the core writes it: name, values, rows that are null."""
    nulls = np.asarray(values.is_null()) if values.null_count else None
    if pa.types.is_list(values.type):
        first = np.asarray(values.offsets, np.int64)
        entries = values.values
        return name, (first, [_written(field.name, entries.field(field.name)) for field in entries.type]), nulls
    if pa.types.is_boolean(values.type):
        return name, np.asarray(values.fill_null(False)), nulls
    if pa.types.is_integer(values.type):
        return name, np.asarray(values.fill_null(0), np.int64), nulls
    if pa.types.is_floating(values.type):
        return name, np.asarray(values.fill_null(0.0), np.float64), nulls
    return name, buffers(values), nulls


def write_rows(rows: Iterable[Mapping[str, Any]], file: IO[str]) -> None:
    """Write rows as JSON lines, each with the unknown fields that it came with."""
    for row in rows:
        file.write(json.dumps(merged(row), ensure_ascii=False) + "\n")


def merged(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with the fields of its `extra` beside its own.

    A field that is named like one of ours goes under `given`, unless the row comes from an output of ours, where ours are
    simply replaced.
    """
    own = {name: value for name, value in row.items() if name != "extra"}
    extra: dict[str, Any] = json.loads(row["extra"]) if row.get("extra") else {}
    again = all(name in extra for name in _OURS)
    clashing = {name: extra.pop(name) for name in list(extra) if name in own}
    if clashing and not again:
        extra["given"] = clashing
    return own | extra
