"""JSON lines, cut into chunks at line ends and parsed in the core."""

import dataclasses
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from dedup import _core
from dedup.columns import column
from dedup.config import Config
from dedup.document import READ, Rejected
from dedup.readers.files import Fields, Read, blocks

SHOWN_BYTES = 1 << 20
_PLACES = ("source_file", "source_line")


def read_jsonl(source: str, stream: BinaryIO, config: Config, fields: Fields) -> Iterator[Read]:
    """Yield the documents of a stream of JSON lines; a line that cannot be used becomes a rejected row with its number.

    A line longer than `max_bytes` is passed over without being held in memory.
    """
    roles = [(field.name, list(getattr(fields, field.name))) for field in dataclasses.fields(fields)]
    line = 1
    parts: list[bytes] = []
    held = 0
    for data in blocks(source, stream):
        end = data.rfind(b"\n") + 1
        if data and not end:
            held += len(data)
            if held <= config.max_bytes:
                parts.append(data)
            continue
        if held > config.max_bytes:
            first = data.find(b"\n") + 1
            yield Read(rejected=[_too_long(source, line, held + first, config, b"".join(parts))])
            chunk, line = data[first:end], line + 1
        else:
            chunk = b"".join([*parts, memoryview(data)[:end]])
        parts, held = [data[end:]], len(data) - end
        if chunk:
            yield _parsed(source, chunk, roles, line, config)
            line += _core.count_newlines(chunk)
    last = b"".join(parts)
    if held > config.max_bytes:
        yield Read(rejected=[_too_long(source, line, held, config, last)])
    elif last:
        yield _parsed(source, last, roles, line, config)
    elif line == 1:
        yield Read(rejected=[Rejected(source, 0, "file is empty")])


def _parsed(source: str, chunk: bytes, roles: list[tuple[str, list[str]]], first_line: int, config: Config) -> Read:
    """The documents of whole lines, and the lines that cannot be used."""
    found = _core.parse_jsonl(chunk, roles, first_line, config.max_bytes, config.threads)
    columns = {
        name: column(found["date" if name == "published" else name]) for name in READ.names if name not in _PLACES and name != "html"
    }
    lines = found["line"]
    columns["source_file"] = pa.array([source], pa.large_string()).take(pa.array(np.zeros(len(lines), np.int64)))
    columns["source_line"] = pa.array(lines)
    columns["html"] = column(found["html"]).cast(pa.large_binary())
    batch = pa.RecordBatch.from_arrays([columns[name] for name in READ.names], schema=READ)
    refused = zip(found["refused_line"].tolist(), found["refused_start"].tolist(), found["refused_end"].tolist(), strict=True)
    causes = column(found["cause"]).to_pylist()
    rejected = [
        Rejected(source, line, cause, input=shown(chunk[start:end])) for (line, start, end), cause in zip(refused, causes, strict=True)
    ]
    bare = ~(found["has_text"] | found["has_html"])
    if bare.any():
        names = dict(roles)
        cause = f"neither '{names['text'][0]}' nor '{names['html'][0]}'; name the field with --text-field or --html-field"
        for row in np.flatnonzero(bare).tolist():
            start = int(found["start"][row])
            end = chunk.find(b"\n", start)
            whole = chunk[start : end if end >= 0 else None]
            rejected.append(Rejected(source, int(lines[row]), cause, batch["id"][row].as_py(), shown(whole)))
        batch = batch.filter(pa.array(~bare))
    return Read(batch if len(batch) else None, sorted(rejected, key=lambda row: row.source_line))


def _too_long(source: str, line: int, length: int, config: Config, start: bytes) -> Rejected:
    cause = f"line of {length:,} bytes is longer than max_bytes = {config.max_bytes:,}; raise it to read the line"
    return Rejected(source, line, cause, input=shown(start))


def shown(data: bytes) -> str:
    """Return input that was rejected as text, bytes that are no UTF-8 escaped, shortened to 1 MB."""
    text = data[:SHOWN_BYTES].decode("utf-8", "backslashreplace").rstrip("\r\n")
    return text + "…" if len(data) > SHOWN_BYTES else text
