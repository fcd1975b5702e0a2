"""Removed spans, from the core's arrays to a column."""

from typing import Any

import pyarrow as pa

from dedup import _core
from dedup.columns import column
from dedup.document import REMOVED, SPAN


def removed_column(spans: Any) -> pa.ListArray:
    """Return the column of `document.REMOVED` over the core's (offsets int64[n + 1], starts, ends, reasons, texts)."""
    offsets, starts, ends, reasons, texts = spans
    names = pa.array(_core.REASONS, pa.string())
    fields = [pa.array(starts), pa.array(ends), names.take(pa.array(reasons)), column(texts)]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(fields, fields=list(SPAN)), type=REMOVED)
