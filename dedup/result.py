"""What a run gives back: kept, removed and rejected documents, clusters, events, counts."""

import dataclasses
import html
import importlib.metadata
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dedup.config import Config
from dedup.document import EVENT_COLUMNS, ROW, Cluster, Rejected

if TYPE_CHECKING:
    from dedup.cluster import Kept, Near
    from dedup.event import Event, EventColumns
    from dedup.index import Index
    from dedup.readers import Input

__all__ = ["Result", "decided", "seen_before"]

_NEAR_COUNTS = ("candidates", "screened", "hot_buckets", "skipped_pairs", "giant_clusters")


def decided(articles: pa.Table, choice: "Kept", events: "EventColumns | None") -> pa.Table:
    """Return the articles as a table of `document.ROW`: with their clusters, the copy that is kept, and their events."""
    ids = articles["id"].combine_chunks() if articles.num_rows else pa.array([], pa.large_string())
    # A giant cluster falls into stars around several kept documents: each is a cluster of its own.
    rows = np.arange(len(ids))
    cluster_ids, sizes = _cluster_ids(ids, np.where(choice.keep, rows, choice.dup_of))

    def id_of(rows: Any) -> pa.Array:
        return pc.fill_null(ids.take(pa.array(rows, mask=rows < 0)), "")

    columns: dict[str, Any] = {
        "keep": pa.array(choice.keep),
        "reason": pc.fill_null(choice.reason, ""),
        "cluster_id": cluster_ids,
        "cluster_size": sizes,
        "dup_of": id_of(choice.dup_of),
        "similarity": pa.array(choice.similarity, pa.float32(), mask=choice.keep),
        "estimated": pa.array(choice.estimated, pa.float32(), mask=choice.keep),
        "via": id_of(choice.via),
    }
    if events is not None:
        # A removed copy reports the event of the article that is kept for it.
        place = np.cumsum(choice.keep) - 1
        of_kept = pa.array(place[np.where(choice.keep, rows, choice.dup_of)])
        columns |= {name: values.take(of_kept) for name, values in events.columns().items()}
    return _rows(columns, articles)


def seen_before(articles: pa.Table, index: "Index") -> tuple[pa.Table, pa.Table]:
    """Return the articles that duplicate nothing in the index, and the others as a table of `document.ROW`, removed.

    `dup_of` is the id in the index: the article's own where it is there with the same words. Another text under an id that
    is there is an update, not a duplicate.
    """
    matches: list[Any] = []
    for batch in articles.select(["id", "text"]).to_batches(max_chunksize=4096):
        matches += index.seen_many(list(zip(batch["id"].to_pylist(), batch["text"].to_pylist(), strict=True)))
    is_seen = np.array([match is not None for match in matches], bool)
    seen, found = articles.filter(pa.array(is_seen)), [match for match in matches if match is not None]
    similarity = pa.array([match.similarity for match in found], pa.float32())
    guessed = pa.array([match.estimated for match in found], pa.bool_())
    nothing = pa.array([""] * len(found), pa.large_string())
    columns: dict[str, Any] = {
        "keep": pa.array([False] * len(found), pa.bool_()),
        "reason": pa.array([match.kind for match in found], pa.string()),
        "cluster_id": seen["id"],
        "cluster_size": pa.array([1] * len(found), pa.int64()),
        "dup_of": pa.array([match.id for match in found], pa.large_string()),
        "similarity": pc.if_else(guessed, pa.scalar(None, pa.float32()), similarity),
        "estimated": pc.if_else(guessed, similarity, pa.scalar(None, pa.float32())),
        "via": nothing,
        "event_id": nothing,
    }
    return articles.filter(pa.array(~is_seen)), _rows(columns, seen)


def _rows(columns: dict[str, Any], articles: pa.Table) -> pa.Table:
    """The articles as a table of `document.ROW`: what is decided, what they came with, and null where they report no event."""
    nulls = {name: pa.nulls(len(articles), ROW.field(name).type) for name in EVENT_COLUMNS}
    given = {name: articles[name] for name in articles.column_names}
    values = nulls | given | columns
    return pa.Table.from_arrays([values[name] for name in ROW.names], schema=ROW)


def _cluster_ids(ids: pa.Array, labels: Any) -> tuple[pa.Array, pa.Array]:
    """The smallest member's id of each row's cluster, and the cluster's size."""
    if not len(ids):
        return ids, pa.array([], pa.int64())
    order = np.asarray(pc.sort_indices(ids))
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    smallest = np.full(len(ids), len(ids), np.int64)
    np.minimum.at(smallest, labels, place)
    return ids.take(pa.array(order[smallest[labels]])), pa.array(np.bincount(labels, minlength=len(ids))[labels], pa.int64())


@dataclass(frozen=True, repr=False)
class Result:
    """A finished run. `documents` is a table of `document.ROW` in reading order; kept + removed + rejected = read."""

    documents: pa.Table
    rejected: Sequence[Rejected]
    inputs: Sequence["Input"]
    config: Config
    near: "Near"
    seconds: Mapping[str, float]
    event_columns: "EventColumns | None" = None
    ignored: Sequence[str] = ()
    """Files of the given folders that no reader takes."""

    def with_input(self, rejected: Sequence[Rejected], ignored: Sequence[str]) -> "Result":
        """Return the result with what could not be used before reading began."""
        return dataclasses.replace(self, rejected=[*rejected, *self.rejected], ignored=ignored)

    def with_templates(self, source: str, state: bytes) -> "Result":
        """Return the result with the template state that it was made with among its inputs."""
        import xxhash

        from dedup.readers import Input

        return dataclasses.replace(self, inputs=[*self.inputs, Input(source, len(state), xxhash.xxh3_128_hexdigest(state))])

    @cached_property
    def kept(self) -> pa.Table:
        """The articles that stay, as a table of `document.ROW`."""
        return self.documents.filter(self.documents["keep"])

    @cached_property
    def removed(self) -> pa.Table:
        """The copies, each with `reason`, `dup_of` and the similarity to it, as a table of `document.ROW`."""
        return self.documents.filter(pc.invert(self.documents["keep"]))

    @cached_property
    def clusters(self) -> list[Cluster]:
        """The near-duplicate clusters of two or more documents, by id."""
        rows = self.documents.filter(pc.greater(self.documents["cluster_size"], 1)).select(["cluster_id", "id", "keep"])
        members: dict[str, list[str]] = {}
        kept: dict[str, str] = {}
        for row in rows.to_pylist():
            members.setdefault(row["cluster_id"], []).append(row["id"])
            if row["keep"]:
                kept[row["cluster_id"]] = row["id"]
        return [Cluster(name, kept[name], sorted(members[name])) for name in sorted(members)]

    @cached_property
    def events(self) -> list["Event"]:
        """The events that the kept articles report, by first date and id; empty when `config.events` is off."""
        return self.event_columns.events() if self.event_columns is not None else []

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Counts, timings in seconds, config, versions and input digests, as plain values for JSON."""
        documents = self.documents
        reasons = pc.value_counts(documents["reason"].filter(pc.invert(documents["keep"]))).to_pylist()
        spans = documents["removed"].combine_chunks() if documents.num_rows else None
        stripped = pc.value_counts(pc.struct_field(spans.flatten(), "reason")).to_pylist() if spans is not None else []
        kept = pc.sum(documents["keep"]).as_py() or 0
        removed, rejected = len(documents) - kept, len(self.rejected)
        counts = {
            "read": kept + removed + rejected,
            "kept": kept,
            "removed": removed,
            "removed_by_reason": {item["values"]: item["counts"] for item in sorted(reasons, key=lambda item: str(item["values"]))},
            "rejected": rejected,
            "clusters": len(self.clusters),
            "events": len(self.events),
            "events_of_several": sum(len(event.members) > 1 for event in self.events),
            "chars_before": pc.sum(documents["chars_before"]).as_py() or 0,
            "chars_after": pc.sum(documents["chars_after"]).as_py() or 0,
            "spans_removed": {item["values"]: item["counts"] for item in sorted(stripped, key=lambda item: str(item["values"]))},
            "near_duplicates": {name: getattr(self.near, name) for name in _NEAR_COUNTS},
            "files_ignored": len(self.ignored),
        }
        return {
            "counts": counts,
            "config": self.config.to_dict(),
            "inputs": [{"source_file": item.source, "bytes": item.bytes, "xxh3_128": item.digest} for item in self.inputs],
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
            "versions": versions(),
        }

    def __repr__(self) -> str:
        counts = self.summary["counts"]
        names = ("read", "kept", "removed", "rejected", "clusters", "events")
        return f"Result({', '.join(f'{name}={counts[name]:,}' for name in names)})"

    def _repr_html_(self) -> str:
        counts = self.summary["counts"]
        names = ("read", "kept", "removed", "rejected", "clusters", "events")
        head = "".join(f"<th>{name}</th>" for name in names)
        row = "".join(f"<td>{counts[name]:,}</td>" for name in names)
        events = "".join(
            f"<li>{html.escape(event.title or event.id)} ({len(event.members)})</li>"
            for event in sorted(self.events, key=lambda event: -len(event.members))[:10]
            if len(event.members) > 1
        )
        return f"<table><tr>{head}</tr><tr>{row}</tr></table>" + (f"<ul>{events}</ul>" if events else "")


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    packages = ("newsdedup", "pyarrow", "numpy", "xxhash", "beautifulsoup4", "datasketch")
    found = {}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = ""
    return found | {"python": platform.python_version(), "platform": sys.platform}
