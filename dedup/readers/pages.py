"""Files that hold one document each: text and HTML pages, gathered into batches."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from dedup.config import Config
from dedup.document import READ, Rejected
from dedup.encoding import detected
from dedup.readers.files import BATCH_BYTES, Read, blocks

BATCH_FILES = 2048

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f\ufffd]")


class Pending:
    """Pages that wait for their batch to fill."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def add(self, source: str, stream: BinaryIO, is_html: bool) -> Iterator[Read]:
        """Take one file; yield a batch when enough has gathered, or the row that says why the file cannot be used."""
        parts: list[bytes] = []
        held = 0
        for block in blocks(source, stream):
            held += len(block)
            if held <= self._config.max_bytes:
                parts.append(block)
        data = b"".join(parts)
        cause, text = "", ""
        if held > self._config.max_bytes:
            cause = f"file of {held:,} bytes is longer than max_bytes = {self._config.max_bytes:,}; raise it to read the file"
        elif not data.strip():
            cause = "file is empty"
        elif not is_html:
            text, cause = decoded(data)
        if cause:
            yield Read(rejected=[Rejected(source, 0, cause)])
            return
        self._rows.append({"source_file": source, "source_line": 0, "text": text, "html": data if is_html else b""})
        self._bytes += held
        if self._bytes >= BATCH_BYTES or len(self._rows) >= BATCH_FILES:
            yield from self.flush()

    def flush(self) -> Iterator[Read]:
        """Yield the batch of what has gathered, if anything."""
        if self._rows:
            empty = {name: "" for name in READ.names if name not in ("source_line", "html")}
            yield Read(pa.RecordBatch.from_pylist([empty | row for row in self._rows], READ))
        self._rows, self._bytes = [], 0


def decoded(data: bytes) -> tuple[str, str]:
    """Return (text, '') of a text file's bytes, or ('', cause).

    UTF-8 first, then a byte order mark, then BeautifulSoup's detector. Damaged UTF-8 is refused rather than read as something else.
    """
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        bad = error
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return data[2:].decode(encoding), ""
            except UnicodeDecodeError as error:
                return "", f"invalid UTF-16 at byte {error.start + 2}"
    high = sum(byte > 0x7F for byte in data[: 1 << 20])
    if 2 * sum(map(len, _MULTIBYTE.findall(data[: 1 << 20]))) < high:
        text = data.decode(detected(data, is_html=False) or "ascii", "replace")
        if not _CONTROL.search(text):
            return text, ""
    return "", f"invalid UTF-8 at byte {bad.start}; convert the file to UTF-8"
