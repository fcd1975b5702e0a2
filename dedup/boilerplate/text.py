"""Leftovers out of text that another tool extracted."""

from typing import Any

import numpy as np
import pyarrow as pa

from dedup import _core
from dedup.boilerplate import cues
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.document import REMOVED

SCHEMA = pa.schema(
    [
        (name, pa.large_string())
        for name in (
            "text", "title", "subtitle", "author", "published", "modified", "site", "lang", "url", "tags", "encoding", "problem",
        )
    ]
    + [("removed", REMOVED)]
)  # fmt: skip
"""The columns of a stripped batch; `removed` holds the spans that were cut, as character offsets into the input text."""


def strip_text(texts: Any, titles: Any | None = None, config: Config | None = None) -> pa.RecordBatch:
    """Return the texts without leftovers, one row a text, in the columns of SCHEMA; what is unknown is "".

    `texts` and `titles` are string columns (Arrow or a list). A first line that is a headline moves to `title`; a headline that is given
    is only looked for and cut where the text repeats it. Dates are ISO 8601, `tags` are joined by ", ". What `config.strip` = "off" leaves
    untouched has no metadata either. The removed spans ascend; with the white space around them they are all that the text lost, so
    stripping twice is stripping once.
    """
    config = config or Config()
    column_in = buffers(texts)
    if config.strip == "off":
        return _batch({"text": column(column_in)}, len(column_in[0]) - 1)
    known = buffers(titles if titles is not None else [])
    columns, removed = _core.strip_text(column_in, known, cues.load(config), config.strip, config.threads)
    return _batch({name: column(values) for name, values in columns}, len(column_in[0]) - 1, removed)


def _batch(columns: dict[str, pa.Array], rows: int, removed: Any = None) -> pa.RecordBatch:
    empty = pa.array([""] * rows, pa.large_string())
    first, start, end, reason, text = removed or (np.zeros(rows + 1, np.int64), [], [], np.zeros(0, np.uint8), buffers([]))
    names = pa.array(_core.REASONS, pa.string())
    spans = pa.StructArray.from_arrays(
        [pa.array(start, pa.int64()), pa.array(end, pa.int64()), names.take(pa.array(reason, pa.uint8())), column(text)],
        fields=list(REMOVED.value_type),
    )
    lists = pa.ListArray.from_arrays(pa.array(first, pa.int32()), spans)
    return pa.RecordBatch.from_arrays([*(columns.get(name, empty) for name in SCHEMA.names[:-1]), lists], schema=SCHEMA)
