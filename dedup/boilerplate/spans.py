"""Kept and removed spans, from the core's arrays to a column."""

import itertools
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dedup import _core
from dedup.columns import column
from dedup.document import REMOVED, SPAN, Span


def removed_column(spans: Any) -> pa.ListArray:
    """Return the column of `document.REMOVED` over the core's (offsets int64[n + 1], starts, ends, reasons, texts)."""
    return _column(spans, _core.REASONS)


def kept_column(spans: Any) -> pa.ListArray:
    """Return the column of kept spans, each with the part that it is."""
    return _column(spans, _core.PARTS)


def between(text: str, removed: Sequence[Span]) -> list[Span]:
    """Return the lines of a text that are left between its removed spans."""
    kept: list[Span] = []
    at = 0
    for start, end in itertools.chain(((span.start, span.end) for span in removed), [(len(text), len(text))]):
        for line in text[at:start].splitlines(keepends=True):
            words = line.strip()
            if words:
                first = at + len(line) - len(line.lstrip())
                kept.append(Span(first, first + len(words), "paragraph", words))
            at += len(line)
        at = max(at, end)
    return kept


def _column(spans: Any, names: list[str]) -> pa.ListArray:
    offsets, starts, ends, codes, texts = spans
    # Arrow's own pool grows by megabytes for the first page of some thousand spans.
    named = pc.take(pa.array(names, pa.string()), pa.array(codes), memory_pool=pa.system_memory_pool())
    fields = [pa.array(starts), pa.array(ends), named, column(texts)]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(fields, fields=list(SPAN)), type=REMOVED)
