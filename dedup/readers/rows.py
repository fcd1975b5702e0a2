"""Python rows: dicts, strings, Arrow tables, anything with the Arrow PyCapsule interface."""

import dataclasses
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from dedup.config import Config
from dedup.document import READ, Rejected
from dedup.readers.files import LISTS, Fields, Read
from dedup.readers.fragments import as_pages

BATCH_ROWS = 4096

_WHOLE = ("text", "html")


def read_rows(rows: Any, config: Config, fields: Fields | None = None) -> Iterator[Read]:
    """Yield the documents of `rows` in batches of `document.READ`; `source_file` is "rows", `source_line` counts from 1.

    Rows are an iterable of dicts or strings (a string is a text), an Arrow table or batch, or any object with
    `__arrow_c_stream__` or `__arrow_c_array__` (Polars, pandas, DuckDB). TypeError for anything else. A text that holds HTML elements
    is read as a page, unless texts are taken as they stand (`config.strip` = "off").
    """
    roles = {field.name: getattr(fields or Fields(), field.name) for field in dataclasses.fields(Fields)}
    batch: list[dict[str, Any]] = []
    rejected: list[Rejected] = []
    for line, row in enumerate(_dicts(rows), 1):
        document, cause = _document(row, roles, config)
        if cause:
            rejected.append(Rejected("rows", line, cause, input=repr(row)[: 1 << 20]))
        else:
            batch.append(document | {"source_file": "rows", "source_line": line})
        if len(batch) + len(rejected) >= BATCH_ROWS:
            yield as_pages(Read(pa.RecordBatch.from_pylist(batch, READ), rejected), config)
            batch, rejected = [], []
    if batch or rejected:
        yield as_pages(Read(pa.RecordBatch.from_pylist(batch, READ), rejected), config)


def _serves(role: str, value: Any) -> bool:
    if role in _WHOLE:
        return isinstance(value, bytes if role == "html" else str)
    if role in LISTS and isinstance(value, (list, tuple)):
        return all(isinstance(part, str) for part in value)
    return isinstance(value, str) or not isinstance(value, Iterable)


def _is_empty(value: Any) -> bool:
    only = value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value
    return isinstance(only, (str, bytes, list, tuple)) and not only


def _dicts(rows: Any) -> Iterator[Any]:
    if hasattr(rows, "__arrow_c_stream__"):
        return itertools.chain.from_iterable(batch.to_pylist() for batch in pa.RecordBatchReader.from_stream(rows))
    if hasattr(rows, "__arrow_c_array__"):
        return iter(pa.record_batch(rows).to_pylist())
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise TypeError(f"rows are an iterable of dicts or strings, or an Arrow table, not {type(rows).__name__}")
    return iter(rows)


def _document(row: Any, roles: dict[str, tuple[str, ...]], config: Config) -> tuple[dict[str, Any], str]:
    if isinstance(row, str):
        row = {roles["text"][0]: row}
    if not isinstance(row, Mapping):
        return {}, f"a row is a dict or a string, not {type(row).__name__}"
    row = {name: None if isinstance(value, float) and value != value else value for name, value in row.items()}
    found: dict[str, Any] = {}
    taken: set[str] = set()
    for role, names in roles.items():
        given = [name for name in names if row.get(name) is not None]
        # Among several names (guesses) a value that cannot serve is passed over and stays in the extra fields, as in JSONL; but texts,
        # and bytes as an id or an address, are refused below: what they were meant to say would be lost.
        passed = [name for name in given if role not in _WHOLE and not _serves(role, row[name])]
        if role in ("id", "url"):
            passed = [name for name in passed if not isinstance(row[name], bytes)]
        serving = [name for name in given if name not in passed or len(names) == 1]
        # What holds nothing gives way to another name.
        name = next((name for name in serving if not _is_empty(row[name])), serving[0] if serving else None)
        if name is not None:
            found[role] = row[name]
            taken.add(name)
    if "text" not in found and "html" not in found and config.strip == "off" and isinstance(found.get("title"), str):
        found["text"] = found["title"]  # a headline: where texts are taken as they stand, that is its text
    if "text" not in found and "html" not in found:
        return {}, f"neither a text field ({', '.join(roles['text'][:3])}, …) nor an html field; name it with Fields"
    for role, value in found.items():
        if role == "html" and isinstance(value, str):
            found[role] = value.encode("utf-8", "replace")
        elif role == "text" and isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
            found[role] = "\n".join(value)
        elif role in LISTS and isinstance(value, (list, tuple)):
            found[role] = ", ".join(value)
        elif not _serves(role, value):
            return {}, f"field '{role}' holds {type(value).__name__}, not text"
        elif not isinstance(value, (str, bytes)):
            found[role] = value.isoformat() if hasattr(value, "isoformat") else str(value)
    longest = max(len(found.get("text", "").encode("utf-8", "replace")), len(found.get("html", b"")))
    if longest > config.max_bytes:
        return {}, f"document of {longest:,} is longer than max_bytes = {config.max_bytes:,}"
    try:
        extra = json.dumps({name: row[name] for name in row if name not in taken}, ensure_ascii=False, default=str, allow_nan=False)
    except (TypeError, ValueError) as error:
        return {}, f"a field cannot be written as JSON: {error}"
    empty = {name: "" for name in READ.names if name != "html"}
    found["published"] = found.pop("date", "")
    found["extra"] = "" if extra == "{}" else extra
    # A lone surrogate cannot be written as UTF-8.
    clean = {name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value for name, value in found.items()}
    return empty | {"html": b""} | clean, ""
