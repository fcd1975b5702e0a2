"""Which files there are, how they are opened, and which reader takes them."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa
import xxhash

from dedup.config import Config
from dedup.document import Rejected
from dedup.errors import InputError

BATCH_BYTES = 16 << 20
_STEP = BATCH_BYTES

_COMPRESSION = {".gz": "gzip", ".zst": "zstd"}
_FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html", ".txt": "text"}
_OTHERS = frozenset(
    (*(".csv", ".tsv", ".parquet", ".feather", ".arrow", ".xml", ".pdf", ".doc", ".docx"), *(".xls", ".xlsx", ".zip", ".tar", ".warc"))
)
"""What a file named by hand may be, and no reader takes."""
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


@dataclass(frozen=True, slots=True)
class Fields:
    """Which JSONL fields hold what: the first that is not empty wins, else the first; unknown fields travel through unchanged."""

    id: tuple[str, ...] = ("id", "_id", "doc_id", "docid", "article_id", "guid")
    text: tuple[str, ...] = ("text", "body", "content", "article_text", "maintext", "article", "articleBody", "raw_text")
    html: tuple[str, ...] = ("html", "raw_html", "page", "page_html", "content_html")
    title: tuple[str, ...] = ("title", "headline", "heading")
    url: tuple[str, ...] = ("url", "link", "canonical_url", "source_url", "uri")
    date: tuple[str, ...] = ("published", "date", "published_at", "date_publish", "publish_date", "pub_date", "pubDate", "datePublished")
    lang: tuple[str, ...] = ("lang", "language")
    site: tuple[str, ...] = ("site", "site_name", "publisher", "source_name")
    author: tuple[str, ...] = ("author", "authors", "byline", "creator")
    dateline: tuple[str, ...] = ("dateline", "date_line")
    subtitle: tuple[str, ...] = ("subtitle", "standfirst", "subheadline")
    tags: tuple[str, ...] = ("tags", "keywords")
    modified: tuple[str, ...] = ("modified", "updated", "modified_at", "updated_at", "date_modify", "dateModified")


LISTS = ("author", "tags")
"""Roles of which a row may hold a list of strings; it is read as one, joined by commas."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input file as it was read: its name, bytes as stored, and their xxh3_128."""

    source: str
    bytes: int
    digest: str


class Read(NamedTuple):
    """A step of reading: a batch of `document.READ`, what could not be used, and the file when it is finished."""

    batch: pa.RecordBatch | None = None
    rejected: list[Rejected] = []  # noqa: RUF012 - never changed
    finished: Input | None = None


class Digested(io.RawIOBase):
    """A binary stream that digests what passes."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._hash, self._bytes = stream, xxhash.xxh3_128(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        self._hash.update(data)
        self._bytes += len(data)
        return len(data)

    def input(self, source: str) -> Input:
        return Input(source, self._bytes, self._hash.hexdigest())


def expand(inputs: Sequence[str | PurePath]) -> tuple[list[str], list[Rejected], list[str]]:
    """Return the files of `inputs` in name order, each once, the folders that cannot be read, and the files of folders that no reader takes.

    Folders are walked recursively; hidden entries are passed over, folders that are links are named among what is not taken. InputError
    when an input does not exist or is by its name of a kind that no reader takes.
    """
    files: set[str] = set()
    rejected: list[Rejected] = []
    ignored: set[str] = set()
    for given in map(str, inputs):
        if given == "-":
            files.add(given)
            continue
        path = Path(given)
        if path.is_dir():

            def refuse(error: OSError) -> None:
                rejected.append(Rejected(str(error.filename), 0, f"folder cannot be read: {error.strerror}"))

            for folder, folders, names in os.walk(path, onerror=refuse):
                folders[:] = [name for name in folders if not name.startswith(".")]
                ignored |= {link.as_posix() for name in folders if (link := Path(folder) / name).is_symlink()}
                for name in names:
                    found = (Path(folder) / name).as_posix()
                    if not name.startswith("."):
                        (files if _format(found)[0] and _is_regular(found) else ignored).add(found)
        elif PurePath(given.lower().removesuffix(".gz").removesuffix(".zst")).suffix in _OTHERS:
            raise InputError(f"{given}: no reader takes this kind of file; give .txt, .html, .htm or .jsonl (each also .gz or .zst)")
        elif path.exists():
            files.add(path.as_posix())
        else:
            raise InputError(f"{given}: no such file or folder")
    return sorted(files), rejected, sorted(ignored)


def read(files: Sequence[str], config: Config, fields: Fields | None = None) -> Iterator[Read]:
    """Yield the documents of `files` in batches of about 16 MB, with what could not be used and each file's digest.

    A text that is HTML is read as a page, unless texts are taken as they stand (`config.strip` = "off"). A file that vanishes, cannot be
    opened or ends too early becomes a rejected row; what was read before it stays.
    """
    from dedup.readers.fragments import as_pages

    for found in _read(files, config, fields):
        yield as_pages(found, config)


def _read(files: Sequence[str], config: Config, fields: Fields | None) -> Iterator[Read]:
    from dedup.readers import jsonl, pages

    pending = pages.Pending(config)
    for source in files:
        try:
            raw = sys.stdin.buffer if source == "-" else open(source, "rb")  # noqa: SIM115 - closed below
        except OSError as error:
            yield Read(rejected=[Rejected(source, 0, f"cannot be opened: {error.strerror}")])
            continue
        with raw:
            digested = Digested(raw)
            kind, stream = _opened(source, digested)
            try:
                if kind == "array":
                    cause = "a JSON array; write one object a line instead, for example with jq -c '.[]'"
                    yield Read(rejected=[Rejected(source, 0, cause)])
                    for _ in blocks(source, stream):
                        pass  # so that the digest is of the whole file
                elif kind == "jsonl":
                    yield from pending.flush()
                    yield from jsonl.read_jsonl(source, stream, config, fields or Fields())
                else:
                    yield from pending.add(source, stream, kind == "html")
            except OSError as error:
                cause = str(error).splitlines()[0] if str(error) else type(error).__name__
                yield Read(rejected=[Rejected(source, 0, f"cannot be read to its end: {cause}")])
            yield Read(finished=digested.input(source))
    yield from pending.flush()


def _is_regular(path: str) -> bool:
    """Whether a file of a folder can be read to an end: a pipe or a device would wait for one; what vanishes is found out later."""
    return os.path.isfile(path) or not os.path.exists(path)


def _format(name: str) -> tuple[str, str]:
    path = PurePath(name.lower())
    compression = _COMPRESSION.get(path.suffix, "")
    if compression:
        path = path.with_suffix("")
    return _FORMATS.get(path.suffix, ""), compression


def _opened(source: str, raw: Digested) -> tuple[str, BinaryIO]:
    """The format of a stream (by its name, else by its first bytes) and the stream, decompressed."""
    kind, compression = _format(source)
    buffered = io.BufferedReader(raw, 1 << 20)  # type: ignore[type-var]
    if not kind and not compression:
        start = buffered.peek(4)
        compression = next((name for magic, name in _MAGIC.items() if start.startswith(magic)), "")
    stream: BinaryIO = buffered
    if compression:
        # Arrow's decompressors read concatenated members and say when a stream is cut short.
        arrow = pa.CompressedInputStream(pa.PythonFile(buffered, "r"), compression)
        stream = io.BufferedReader(_Arrow(arrow), 1 << 20)  # type: ignore[type-var]
    if not kind:
        try:
            start = stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")  # type: ignore[attr-defined]
        except OSError:
            start = b""  # said again, with its cause, when the stream is read
        is_array = start[:1] == b"[" and start[1:].lstrip()[:1] == b"{"
        kind = "array" if is_array else {b"{": "jsonl", b"<": "html"}.get(start[:1], "text")
    return kind, stream


def blocks(source: str, stream: BinaryIO) -> Iterator[bytes]:
    """Yield the stream in blocks of about 16 MB, standard input as it comes; what stands before an OSError is yielded before it is raised."""
    parts: list[bytes] = []
    held = 0
    while True:
        try:
            data = stream.read1(_STEP)  # type: ignore[attr-defined]
        except OSError:
            yield b"".join(parts)
            raise
        parts.append(data)
        held += len(data)
        if not data or held >= BATCH_BYTES or source == "-":
            yield b"".join(parts)
            parts, held = [], 0
        if not data:
            return


class _Arrow(io.RawIOBase):
    """An Arrow stream as a raw Python stream, so that it can be buffered and peeked into.

    It reads in small steps, because Arrow gives nothing of the step in which it meets a cut-off end.
    """

    def __init__(self, stream: pa.NativeFile) -> None:
        self._arrow = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._arrow.read(min(len(buffer), 4096))
        buffer[: len(data)] = data
        return len(data)
