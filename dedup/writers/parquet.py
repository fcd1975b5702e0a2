"""Parquet out: the same tables, with the unknown fields as one JSON column."""

import dataclasses
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dedup.result import Result

_REJECTED = pa.schema(
    [("source_file", pa.string()), ("source_line", pa.int64()), ("cause", pa.string()), ("id", pa.string()), ("input", pa.large_string())]
)
_CLUSTER = pa.schema([("id", pa.string()), ("kept", pa.string()), ("members", pa.list_(pa.string()))])


def write(result: Result, folder: Path) -> None:
    """Write kept.parquet, removed.parquet, rejected.parquet, clusters.parquet and events.parquet."""
    from dedup.event import EVENT

    pq.write_table(result.kept, folder / "kept.parquet", compression="zstd")
    pq.write_table(result.removed, folder / "removed.parquet", compression="zstd")
    rejected = [dataclasses.asdict(row) for row in result.rejected]
    pq.write_table(pa.Table.from_pylist(rejected, _REJECTED), folder / "rejected.parquet", compression="zstd")
    clusters = [dataclasses.asdict(cluster) for cluster in result.clusters]
    pq.write_table(pa.Table.from_pylist(clusters, _CLUSTER), folder / "clusters.parquet", compression="zstd")
    events = [event.to_dict() for event in result.events]
    pq.write_table(pa.Table.from_pylist(events, EVENT), folder / "events.parquet", compression="zstd")
