"""Article text and metadata out of HTML pages."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedup import _core
from dedup.boilerplate import cues
from dedup.boilerplate.rules import Selected, SiteRule, rule_for, select
from dedup.boilerplate.spans import kept_column, removed_column
from dedup.boilerplate.templates import Templates
from dedup.columns import binary_column, buffers, byte_buffers, column
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
    hosts: Any = None,
    templates: Templates | None = None,
    **settings: Any,
) -> pa.RecordBatch:
    """Return the article of each page: its text, what the page says about it, and what was left out and why.

    `pages` are the bytes of pages (Arrow binary column, or a sequence of bytes or str); `urls` say where they came from and `encodings`
    what an HTTP header said of their bytes, both optional, "" where unknown; settings are those of `Config`. One row a page, in order, of
    `document.ARTICLE`: strings, "" where the page says nothing. `text` has one paragraph (heading, list item, line) a line; in mode "full"
    headline, subtitle and captions are lines too, and `markdown` marks headings, list items and quotes. Text and metadata are in NFC.
    `published` and `modified` are ISO 8601; `url` is the canonical one; `problem` says why a page could not be read. `kept` and `removed`
    hold spans in order, with offsets in characters (code points) of the decoded page and their text as the page has it; the reason says
    what a kept span is (paragraph, heading, list, quote, table, caption, title, subtitle; declared is what a page that shows no article
    states of it in its JSON-LD) and why a removed one went. The text is stripped as `config.strip` says; "off" still takes the article
    alone. Pages of which `urls` name a host of `config.rules` are read as their rule says, by a slower parser as well. With `templates`
    and the host of each page, what recurs on the pages of its host is left out. Cost is linear in the bytes of a page.
    """
    config = (config or Config()).with_settings(settings)
    page_column = binary_column(pages)
    count = len(page_column)
    addresses = [""] * count if urls is None else list(_strings(urls))
    known = [""] * count if encodings is None else list(_strings(encodings))
    sites = [""] * count if hosts is None else list(_strings(hosts))
    core = templates.core if templates else None
    options = _Options(cues.load(config), config.strip, config.mode, config.markdown, config.threads, core)

    batch = _extract(page_column, addresses, known, sites, {}, options)
    guessed = {
        row: detected(page_column[row].as_py(), is_html=True)
        for row, problem in enumerate(batch["problem"].to_pylist())
        if problem == _UNKNOWN_ENCODING
    }
    batch = _redone(batch, page_column, addresses, guessed, sites, {}, options)
    ruled = {row: rule for row, url in enumerate(addresses) if config.rules and (rule := rule_for(config.rules, url))}
    return _by_rules(batch, page_column, addresses, sites, ruled, options) if ruled else batch


class _Options(NamedTuple):
    cues: _core.Cues
    level: str
    mode: str
    markdown: bool
    threads: int
    templates: _core.Templates | None


def _extract(
    pages: pa.LargeBinaryArray,
    urls: list[str],
    encodings: list[str],
    hosts: list[str],
    selected: Mapping[int, Selected],
    options: _Options,
) -> pa.RecordBatch:
    places = [
        (row, offset, kind)
        for row, found in sorted(selected.items())
        for kind, offsets in enumerate((found.content, found.remove))
        for offset in offsets
    ]
    columns, kept, removed = _core.extract_html(
        byte_buffers(pages),
        buffers(urls),
        buffers(encodings),
        options.cues,
        options.level,
        options.mode,
        options.markdown,
        np.array(places, np.int64).reshape(-1, 3),
        None,
        options.threads,
        buffers(hosts),
        options.templates,
    )
    return pa.RecordBatch.from_arrays([*map(column, columns), kept_column(kept), removed_column(removed)], schema=ARTICLE)


def _redone(
    batch: pa.RecordBatch,
    pages: pa.LargeBinaryArray,
    urls: list[str],
    encodings: Mapping[int, str],
    hosts: list[str],
    selected: Mapping[int, Selected],
    options: _Options,
) -> pa.RecordBatch:
    """The batch with the rows of `encodings` extracted again, their bytes in those encodings."""
    rows = sorted(encodings)
    if not rows:
        return batch
    by_place = {place: selected[row] for place, row in enumerate(rows) if row in selected}
    addresses, sites = [urls[row] for row in rows], [hosts[row] for row in rows]
    again = _extract(pages.take(pa.array(rows)), addresses, [encodings[row] for row in rows], sites, by_place, options)
    place = np.arange(len(batch))
    place[rows] = len(batch) + np.arange(len(rows))
    return pa.Table.from_batches([batch, again]).take(pa.array(place)).combine_chunks().to_batches()[0]


def _by_rules(
    batch: pa.RecordBatch,
    pages: pa.LargeBinaryArray,
    urls: list[str],
    hosts: list[str],
    ruled: Mapping[int, SiteRule],
    options: _Options,
) -> pa.RecordBatch:
    """The batch with the pages that have a site rule read again as it says; a rule that finds no content changes nothing of the body."""
    encodings = {row: batch["encoding"][row].as_py() for row in ruled if not batch["problem"][row].as_py()}
    selected = {row: select(_core.decode_html(pages[row].as_py(), encoding), ruled[row]) for row, encoding in encodings.items()}
    batch = _redone(batch, pages, urls, encodings, hosts, selected, options)
    dates = column(_core.parse_dates(buffers([found.date for found in selected.values()]))).to_pylist()
    titles = {row: found.title for row, found in selected.items() if found.title}
    published = {row: date for row, date in zip(selected, dates, strict=True) if date}
    for name, values in (("title", titles), ("published", published)):
        changed = [values.get(row, value) for row, value in enumerate(batch[name].to_pylist())]
        batch = batch.set_column(batch.schema.get_field_index(name), batch.schema.field(name), pa.array(changed, pa.large_string()))
    return batch


def _strings(values: Any) -> list[str]:
    return [value or "" for value in (values.to_pylist() if isinstance(values, (pa.Array, pa.ChunkedArray)) else values)]
