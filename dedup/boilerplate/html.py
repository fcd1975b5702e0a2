"""Article text and metadata out of HTML pages."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import _core
from dedup.boilerplate import cues
from dedup.boilerplate.spans import removed_column
from dedup.columns import Texts, buffers, column
from dedup.config import Config
from dedup.document import ARTICLE
from dedup.encoding import detected

_UNKNOWN_ENCODING = "unknown character encoding"


def strip_html(
    pages: Any,
    urls: Any = None,
    config: Config | None = None,
    *,
    encodings: Any = None,
    markdown: bool = False,
) -> pa.RecordBatch:
    """Return the article of each page: its text, what the page says about it, and what was left out and why.

    `pages` are the bytes of pages (Arrow binary column, or a sequence of bytes or str); `urls` say where they came from and `encodings`
    what an HTTP header said of their bytes, both optional, "" where unknown. One row a page, in order, of `document.ARTICLE`: strings, "" where the
    page says nothing; `text` has one paragraph (heading, list item, line) a line; `published` and `modified` are ISO 8601; `url` is the
    canonical one; `problem` says why a page could not be read. `removed` holds spans in order, with offsets in characters (code points)
    of the decoded page and their text as a reader would see it. Cost is linear in the bytes of a page.
    """
    config = config or Config()
    compiled = cues.load(config)
    column_of_pages = _binary(pages)
    count = len(column_of_pages)
    urls = [""] * count if urls is None else urls
    encodings = [""] * count if encodings is None else encodings
    table = _extract(column_of_pages, buffers(urls), buffers(encodings), compiled, markdown, config.threads)
    return _with_guessed_encodings(table, column_of_pages, urls, compiled, markdown, config.threads)


def _binary(pages: Any) -> pa.LargeBinaryArray:
    if not isinstance(pages, (pa.Array, pa.ChunkedArray)):
        pages = pa.array([page.encode("utf8", "replace") if isinstance(page, str) else page for page in pages], pa.large_binary())
    if isinstance(pages, pa.ChunkedArray):
        pages = pages.combine_chunks()
    if pages.type != pa.large_binary():
        pages = pages.cast(pa.large_binary())
    return pages.fill_null(b"") if pages.null_count else pages


def _extract(
    pages: pa.LargeBinaryArray, urls: Texts, encodings: Texts, compiled: _core.Cues, markdown: bool, threads: int
) -> pa.RecordBatch:
    columns, removed = _core.extract_html(_byte_buffers(pages), urls, encodings, compiled, markdown, threads)
    return pa.RecordBatch.from_arrays([*map(column, columns), removed_column(removed)], schema=ARTICLE)


def _byte_buffers(pages: pa.LargeBinaryArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    if len(pages) == 0:
        return np.zeros(1, np.int64), np.zeros(0, np.uint8)
    _, offsets, data = pages.buffers()
    starts = np.frombuffer(offsets, np.int64)[pages.offset : pages.offset + len(pages) + 1]
    return starts, np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)


def _with_guessed_encodings(
    batch: pa.RecordBatch, pages: pa.LargeBinaryArray, urls: Any, compiled: _core.Cues, markdown: bool, threads: int
) -> pa.RecordBatch:
    """Read again the pages that neither declare an encoding nor are UTF-8, as what BeautifulSoup's detector takes them for."""
    problems = batch.column("problem").to_pylist()
    rows = [row for row, problem in enumerate(problems) if problem == _UNKNOWN_ENCODING]
    if not rows:
        return batch
    guesses = [detected(pages[row].as_py(), is_html=True) for row in rows]
    urls = urls if isinstance(urls, Sequence) else urls.to_pylist()
    again = _extract(pages.take(pa.array(rows)), buffers([urls[row] or "" for row in rows]), buffers(guesses), compiled, markdown, threads)
    both = pa.Table.from_batches([batch, again])
    place = np.arange(len(problems))
    place[rows] = len(problems) + np.arange(len(rows))
    return both.take(pa.array(place)).combine_chunks().to_batches()[0]
