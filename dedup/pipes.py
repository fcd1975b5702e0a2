"""The commands between pipes: rows in, the same rows out with what one stage found."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dedup import _core
from dedup.boilerplate import Templates, strip_batch
from dedup.boilerplate.templates import hosts_of
from dedup.config import Config
from dedup.document import DERIVED, EVENT_COLUMNS, Rejected
from dedup.identity import with_ids
from dedup.lines import repeated_lines, without_repeated
from dedup.pipeline import events_of_all, run_reads
from dedup.readers import Read
from dedup.result import Result
from dedup.spool import Spool

Rows = tuple[list[dict[str, Any]], list[Rejected]]

_CLUSTER = ("keep", "reason", "cluster_id", "cluster_size", "dup_of", "similarity", "estimated", "via")
_OF_CORE = (
    *("id", "url", "site", "title", "subtitle", "author", "dateline"),
    *("published", "modified", "lang", "tags", "text", "extra"),
)


def strip_reads(
    reads: Iterable[Read], config: Config, keep_html: bool = False, templates: Templates | None = None, learn: bool = False
) -> Iterator[Rows]:
    """Yield, batch by batch, the rows with clean text and `removed`, and what was rejected; with `learn` each batch teaches first."""
    for batch, rejected, _ in reads:
        rows: list[dict[str, Any]] = []
        if batch:
            if learn and templates is not None:
                templates.learn_batch(batch, config.threads)
            articles, emptied = strip_batch(with_ids(batch), config, templates)
            rejected = [*rejected, *emptied]
            places = zip(batch["source_file"].to_pylist(), batch["source_line"].to_pylist(), strict=True)
            pages = dict(zip(places, batch["html"].to_pylist(), strict=True)) if keep_html else {}
            for row in articles.to_pylist():
                page = pages.get((row["source_file"], row["source_line"]))
                rows.append(_row(row, ("title", "published", "removed")) | ({"html": _core.decode_html(page, "")} if page else {}))
        yield rows, rejected


def line_reads(reads: Iterable[Read], config: Config, near: bool, least: int, mark: str | None) -> Iterator[Rows]:
    """Yield a row for each paragraph that repeats an earlier one; with `mark` the rows read instead, their repetitions marked, or taken
    out where it is ""; and what was rejected; `config.strip` is "off".
    """
    spool, rejected = Spool(), []
    for batch, refused, _ in reads:
        rejected += refused
        if batch:
            articles, emptied = strip_batch(with_ids(batch), config)
            spool.append(articles)
            rejected += emptied
    articles = spool.table()
    found = repeated_lines(articles["text"], config, near=near, least=least, hosts=hosts_of(articles["url"]))
    if mark is None:
        ids = [id.removesuffix(DERIVED) for id in articles["id"].to_pylist()]
        for batch in found.to_batches(max_chunksize=4096):
            rows = batch.to_pylist()
            yield [{"id": ids[row.pop("row")], "first_id": ids[row.pop("first_row")]} | row for row in rows], []
    else:
        texts = without_repeated(articles["text"], found, mark)
        articles = articles.set_column(articles.schema.get_field_index("text"), "text", texts)
        for batch in articles.to_batches(max_chunksize=4096):
            yield [_row(row, ("title", "published", "text")) for row in batch.to_pylist()], []
    yield [], rejected


def near_reads(reads: Iterable[Read], config: Config) -> Iterator[Rows]:
    """Yield all rows with the columns of their clusters, and what was rejected; `config.strip` is "off"."""
    yield from _decided(run_reads(reads, config, Spool()), _CLUSTER)


def event_reads(reads: Iterable[Read], config: Config) -> Iterator[Rows]:
    """Yield all rows with `event_id`, `event_similarity`, `event_terms`, `story_id`, and what was rejected; `config.strip` is "off"."""
    result = run_reads(reads, config, Spool())
    documents = result.documents
    if len(documents):
        for name, values in events_of_all(result).columns().items():
            documents = documents.set_column(documents.schema.get_field_index(name), name, values)
    yield from _decided(replace(result, documents=documents), EVENT_COLUMNS)


def _decided(result: Result, columns: tuple[str, ...]) -> Iterator[Rows]:
    for batch in result.documents.to_batches(max_chunksize=4096):
        yield [_row(row, columns) for row in batch.to_pylist()], []
    yield [], list(result.rejected)


def _row(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    """The row without our empty fields and places, and with the columns asked for."""
    given = {name: row[name] for name in _OF_CORE if row[name]}
    given["id"] = row["id"].removesuffix(DERIVED)
    return given | {name: row[name] for name in columns}
