"""Paragraphs that stand in several documents, exactly or nearly: found, counted, marked or taken out; the first one stays."""

import dataclasses
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import _core
from dedup.cluster import keep_one, near_duplicates
from dedup.columns import buffers, column
from dedup.config import Config

LEAST = 40
"""Characters of a paragraph that is looked at: shorter lines recur by nature."""

NGRAM = 3
"""Most words of a shingle: one changed word must not change the whole of a short paragraph."""

REPEATED = pa.schema(
    [
        ("row", pa.int64()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("first_row", pa.int64()),
        ("first_start", pa.int64()),
        ("reason", pa.string()),
        ("similarity", pa.float32()),
        ("copies", pa.int64()),
        ("documents", pa.int64()),
        ("hosts", pa.int64()),
        ("text", pa.large_string()),
    ]
)
"""A repeated paragraph: its text row and characters; those of the first one like it; "exact" (the same folded words) or "near"; the exact
Jaccard similarity to the first one; and how often such a paragraph stands in how many documents of how many hosts (0 without hosts)."""


def repeated_lines(texts: Any, config: Config | None = None, *, near: bool = True, least: int = LEAST, hosts: Any = None) -> pa.Table:
    """Return the paragraphs that repeat an earlier one, ordered by row and start, in the columns of REPEATED.

    A paragraph is a line of at least `least` characters; of those alike (config.threshold on shingles of at most NGRAM words, every
    pair verified exactly; threshold 1 where `near` is false) the first in the order of the rows is no repetition. `hosts` has a host a text:
    a paragraph of many hosts is syndicated. Memory is below 1 kB a paragraph.
    """
    config = config or Config()
    config = dataclasses.replace(config, keep="first", ngram=min(config.ngram, NGRAM))
    if not near:
        config = dataclasses.replace(config, threshold=1.0)
    rows, starts, ends, found = _core.paragraphs(buffers(texts), least)
    lines = column(found)
    order = np.arange(len(rows))
    kept = keep_one(near_duplicates(lines, config), lines, pa.array(order).cast(pa.string()), config)
    first = np.where(kept.keep, order, kept.dup_of)
    documents = _distinct(first, rows)
    places = _distinct(first, _codes(hosts)[rows]) if hosts is not None else np.zeros(len(rows), np.int64)
    repeated = np.flatnonzero(~kept.keep)
    first = first[repeated]
    columns: list[npt.NDArray[Any]] = [rows, starts, ends, rows[kept.dup_of], starts[kept.dup_of]]
    return pa.table(
        [
            *(pa.array(values[repeated].astype(np.int64)) for values in columns),
            kept.reason.take(pa.array(repeated)),
            pa.array(kept.similarity[repeated]),
            pa.array((np.bincount(first, minlength=len(rows)) + 1)[first]),
            pa.array(documents[first]),
            pa.array(places[first]),
            lines.take(pa.array(repeated)),
        ],
        schema=REPEATED,
    )


def without_repeated(texts: Any, repeated: pa.Table, mark: str = "") -> pa.LargeStringArray:
    """Return the texts without their repeated paragraphs, or with `mark` in front of each where it is not ""."""
    rows, starts, ends = (repeated[name].to_numpy() for name in ("row", "start", "end"))
    return column(_core.without_paragraphs(buffers(texts), rows.astype(np.uint32), starts, ends, mark))


def _distinct(group: npt.NDArray[np.int64], values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return for each group (a paragraph's number) how many values its members have."""
    pairs = np.unique(np.stack([group, values.astype(np.int64)], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(group))


def _codes(values: Any) -> npt.NDArray[np.int64]:
    """Return a number for each value of a string column, equal for equal values."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    elif not isinstance(values, pa.Array):
        values = pa.array(values, pa.large_string())
    return np.asarray(values.dictionary_encode().indices).astype(np.int64)
