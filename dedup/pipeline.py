"""The flow: read → strip → fingerprint → candidates → verify → cluster → events."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.boilerplate import strip_batch
from dedup.boilerplate.templates import hosts_of
from dedup.clock import Clock
from dedup.cluster import keep_one
from dedup.cluster import near_duplicates as cluster_near
from dedup.config import Config
from dedup.event import EventColumns, Events, cluster_events
from dedup.identity import days, id_ranks, with_ids, without_clashes
from dedup.readers import Fields, Read, read_rows
from dedup.result import Result, decided, seen_before
from dedup.spool import Spool

if TYPE_CHECKING:
    from dedup.boilerplate import Templates
    from dedup.index import Index


def run_reads(
    reads: Iterable[Read],
    config: Config,
    spool: Spool,
    progress: Callable[[str, int], None] = lambda stage, count: None,
    index: "Index | None" = None,
    templates: "Templates | None" = None,
) -> Result:
    """Return the result of the whole flow over what readers yield; stripped articles are held by `spool`.

    With `templates` what recurs on the pages of a host is stripped too.

    Articles that duplicate a document of the index are removed before the others are compared; nothing is added to it.
    """
    clock = Clock()
    rejected, inputs = [], []
    count = 0
    for batch, refused, finished in clock.each("read", reads):
        rejected += refused
        inputs += [finished] if finished else []
        count += len(refused) + (len(batch) if batch else 0)
        if batch:
            with clock("strip"):
                articles, emptied = strip_batch(with_ids(batch), config, templates)
                rejected += emptied
                spool.append(articles)
            progress("strip", len(batch))
    articles, clashes = without_clashes(spool.table())
    rejected += clashes
    seen = None
    if index is not None:
        with clock("index"):
            articles, seen = seen_before(articles, index)
    with clock("near-duplicates"):
        texts = articles["text"]
        near = cluster_near(texts, config)
        choice = keep_one(near, texts, id_ranks(articles), config, dates=days(articles), lengths=articles["chars_after"])
    progress("near-duplicates", len(articles))
    with clock("events"):
        kept = articles.filter(pa.array(choice.keep))
        events = _events_of(kept, config) if config.events else None
    progress("events", len(kept))
    documents = decided(articles, choice, events)
    if seen is not None:
        documents = pa.concat_tables([documents, seen]).sort_by([("source_file", "ascending"), ("source_line", "ascending")])
    if len(documents) + len(rejected) != count:
        raise RuntimeError(f"{count:,} documents were read, {len(documents):,} came out and {len(rejected):,} were rejected")
    rejected.sort(key=lambda row: (row.source_file, row.source_line))
    return Result(documents, rejected, inputs, config, near, clock.seconds, events)


def run(
    rows: Any, config: Config | None = None, *, fields: Fields | None = None, templates: "Templates | None" = None, **settings: Any
) -> Result:
    """Return the clean, de-duplicated articles of `rows`, grouped by event; with `templates` also without what recurs on their hosts.

    Rows are an iterable of dicts or strings, an Arrow table, or anything with the Arrow PyCapsule interface; `fields` names
    theirs where the usual names do not fit; the settings are those of `Config`. Every row is in the result: kept, removed
    with its reason, or rejected with its cause.
    """
    config = (config or Config()).with_settings(settings)
    return run_reads(read_rows(rows, config, fields), config, Spool(), templates=templates)


def near_duplicates(rows: Any, config: Config | None = None, *, fields: Fields | None = None, **settings: Any) -> Result:
    """Return which rows copy which, by their texts as they stand: `run` without stripping and without events."""
    return run(rows, config, fields=fields, **settings | {"strip": "off", "events": False})


def events(rows: Any, config: Config | None = None, *, fields: Fields | None = None, **settings: Any) -> Events:
    """Return the events that the rows report, a list of `Event` in the order of first date and id.

    Texts are taken as they stand; copies count as members. What could not be used is in `.rejected`.
    """
    result = near_duplicates(rows, config, fields=fields, **settings)
    return Events(events_of_all(result).events(), result.rejected)


def events_of_all(result: Result) -> EventColumns:
    """Return the event of every document of a result, copies included: those of a cluster count as one article."""
    documents = result.documents
    _, labels = np.unique(np.asarray(documents["cluster_id"].to_pylist(), dtype=object), return_inverse=True)
    return _events_of(documents, result.config, labels.astype(np.int64))


def _events_of(articles: pa.Table, config: Config, labels: npt.NDArray[np.int64] | None = None) -> EventColumns:
    titles, texts, published, ids = (articles[name] for name in ("title", "text", "published", "id"))
    sites = articles["site"]
    sources = pc.if_else(pc.equal(sites, ""), hosts_of(articles["url"]), sites)
    found = cluster_events(titles, texts, published, ids, config, labels, sources=sources)
    if config.embeddings and len(articles):
        from dedup.integrations.embeddings import load, rescored

        both = pc.binary_join_element_wise(titles, texts, pa.scalar("\n", pa.large_string())).to_pylist()
        found = rescored(found, both, load(config.embeddings), threshold=config.embedding_threshold, window_days=config.window_days)
    return found
