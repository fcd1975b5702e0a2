"""JSON lines, cut into chunks at line ends and parsed in the core."""

import dataclasses
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dedup import _core
from dedup.columns import column
from dedup.config import Config
from dedup.document import READ, Rejected
from dedup.readers.files import BATCH_BYTES, LISTS, Fields, Read

SHOWN_BYTES = 1 << 20
_PLACES = ("source_file", "source_line")


def read_jsonl(source: str, stream: BinaryIO, config: Config, fields: Fields) -> Iterator[Read]:
    """Yield the documents of a stream of JSON lines; a line that cannot be used becomes a rejected row with its number.

    A line longer than `max_bytes` is passed over without being held in memory. What stands before an OSError is yielded
    before it is raised. A file is read ahead while what was yielded is worked on, unless one thread is all there is.
    """
    roles = [(field.name, list(getattr(fields, field.name))) for field in dataclasses.fields(fields)]
    line = 1
    chunks = _chunks(source, stream, config.max_bytes)
    for chunk, too_long in _ahead(chunks) if config.threads != 1 and os.path.isfile(source) else chunks:
        if too_long:
            cause = f"line of {too_long:,} bytes is longer than max_bytes = {config.max_bytes:,}; raise it to read the line"
            yield Read(rejected=[Rejected(source, line, cause, input=shown(chunk))])
            line += 1
        else:
            for found in _core.parse_jsonl(np.frombuffer(chunk, np.uint8), roles, line, config.max_bytes, config.threads):
                yield _documents(source, chunk, roles, found, titles_serve=config.strip == "off")
                line += found["lines"]
    if line == 1:
        yield Read(rejected=[Rejected(source, 0, "file is empty")])


def _chunks(source: str, stream: BinaryIO, max_bytes: int) -> Iterator[tuple[memoryview, int]]:
    """Yield whole lines and 0, or the start of a line that is not held and its length; standard input as it comes.

    The memory of a chunk is used again for the one after the next: the pages that the system would have to clear for new
    memory cost more than the parsing.
    """
    buffer, spare = bytearray(BATCH_BYTES), bytearray(BATCH_BYTES)
    end = searched = 0
    ended = False
    error = None
    while not ended:
        read = 0
        try:
            read = stream.readinto1(memoryview(buffer)[end:])  # type: ignore[attr-defined]
        except OSError as raised:
            error = raised
        ended = not read
        end += read
        if not ended and end < len(buffer) and source != "-":
            continue
        cut = end if ended and not error else buffer.rfind(b"\n", searched, end) + 1
        if cut:
            yield memoryview(buffer)[:cut], 0
        elif end <= max_bytes:
            searched = end
            if end == len(buffer):
                buffer, shorter = bytearray(2 * end), buffer
                buffer[:end] = shorter
            continue
        else:
            start, length = memoryview(bytes(buffer[: SHOWN_BYTES + 1])), end
            while not cut and (end := stream.readinto1(buffer)):  # type: ignore[attr-defined]
                cut = buffer.find(b"\n", 0, end) + 1
                length += cut - 1 if cut else end
            yield start, length
            cut = cut or end
        if len(spare) <= end - cut:  # a full buffer would read as an end
            spare = bytearray(len(buffer))
        spare[: end - cut] = memoryview(buffer)[cut:end]
        buffer, spare, end, searched = spare, buffer, end - cut, 0
    if error:
        raise error


def _ahead(chunks: Iterator[tuple[memoryview, int]]) -> Iterator[tuple[memoryview, int]]:
    """Yield the chunks; another thread makes the next one in the meantime."""
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(next, chunks, None)
        while chunk := following.result():
            following = pool.submit(next, chunks, None)
            yield chunk


def _documents(source: str, chunk: memoryview, roles: list[tuple[str, list[str]]], found: dict[str, Any], titles_serve: bool) -> Read:
    """What was parsed of some lines of the chunk: documents, and the lines that cannot be used.

    A row with nothing but a title is a headline: where texts are taken as they stand, that is its text.
    """
    columns = {
        name: column(found["date" if name == "published" else name]) for name in READ.names if name not in _PLACES and name != "html"
    }
    columns |= {name: pc.replace_substring(columns[name], "\n", ", ") for name in LISTS}
    lines = found["line"]
    columns["source_file"] = pa.array([source], pa.large_string()).take(pa.array(np.zeros(len(lines), np.int64)))
    columns["source_line"] = pa.array(lines)
    columns["html"] = column(found["html"]).cast(pa.large_binary())
    bare = ~(found["has_text"] | found["has_html"])
    if titles_serve and bare.any():
        columns["text"] = pc.if_else(pa.array(bare), columns["title"], columns["text"])
        bare &= ~np.asarray(pc.not_equal(columns["title"], ""))
    batch = pa.RecordBatch.from_arrays([columns[name] for name in READ.names], schema=READ)
    refused = zip(found["refused_line"].tolist(), found["refused_start"].tolist(), found["refused_end"].tolist(), strict=True)
    causes = column(found["cause"]).to_pylist()
    rejected = [
        Rejected(source, line, cause, input=shown(chunk[start:end])) for (line, start, end), cause in zip(refused, causes, strict=True)
    ]
    if bare.any():
        names = dict(roles)
        cause = f"neither '{names['text'][0]}' nor '{names['html'][0]}'; name the field with --text-field or --html-field"
        for row in np.flatnonzero(bare).tolist():
            whole = chunk[found["start"][row] : found["end"][row]]
            rejected.append(Rejected(source, int(lines[row]), cause, batch["id"][row].as_py(), shown(whole)))
        batch = batch.filter(pa.array(~bare))
    return Read(batch if len(batch) else None, sorted(rejected, key=lambda row: row.source_line))


def shown(data: bytes | memoryview) -> str:
    """Return input that was rejected as text, bytes that are no UTF-8 escaped, shortened to 1 MB."""
    text = bytes(data[:SHOWN_BYTES]).decode("utf-8", "backslashreplace").rstrip("\r\n")
    return text + "…" if len(data) > SHOWN_BYTES else text
