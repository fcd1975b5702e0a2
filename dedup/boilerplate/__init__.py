"""Stripping: HTML pages and extracted texts become clean articles, with every removed span and its reason."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dedup import _core
from dedup.boilerplate.spans import between
from dedup.boilerplate.templates import Templates, hosts_of
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.document import DERIVED, STRIPPED, Rejected, Spans, Stripped

__all__ = ["Templates", "strip", "strip_batch"]


def strip(
    *,
    html: str | bytes | None = None,
    text: str | None = None,
    url: str = "",
    title: str = "",
    config: Config | None = None,
    templates: Templates | None = None,
    **settings: Any,
) -> Stripped:
    """Return the clean article of one HTML page or one extracted text, with its metadata and what was removed.

    Bytes are decoded as UTF-8, else as the page declares; a text that holds HTML elements is read as a fragment of a page, of which all is
    kept that nothing names otherwise. `url` says which site rule is used, and of which host the `templates` are: what recurs on its pages
    goes too. Settings are those of `Config`, by name: `strip(html=page, url=url, mode="full", rules="rules.toml")`. DedupError when the page cannot be decoded; an article that is not found comes back as an empty text.
    """
    from dedup.boilerplate.html import strip_html
    from dedup.boilerplate.text import strip_text
    from dedup.readers.fragments import page_of, tagged

    if (html is None) == (text is None):
        raise ValueError("strip takes either html=… or text=…")
    if templates is not None and not isinstance(templates, Templates):
        raise TypeError(f"templates is a dedup.Templates (dedup.Templates.load(path) reads one), not {type(templates).__name__}")
    config, hosts = (config or Config()).with_settings(settings), hosts_of(pa.array([url], pa.large_string()))
    if text is not None and config.strip != "off" and tagged(pa.array([text]))[0].as_py():
        html = page_of(text)
    if html is not None:
        columns = strip_html([html], [url], config, hosts=hosts, templates=templates)
    else:
        columns = strip_text([text], [title], config, hosts=hosts, templates=templates)
    found = {name: columns[name][0].as_py() for name in columns.schema.names if name not in ("kept", "removed")}
    if found["problem"]:
        from dedup.errors import DedupError

        raise DedupError(found["problem"])
    removed = Spans(columns["removed"][0].values)
    kept = between(text, removed) if text is not None else Spans(columns["kept"][0].values)
    names = ("text", "title", "subtitle", "author", "dateline", "published", "modified", "site", "lang", "url", "tags")
    stated = {"title": title or found["title"], "url": url or found["url"], "published": found["published"] or found["modified"]}
    return Stripped(**{name: found[name] for name in names} | stated, kept=kept, removed=removed)


def strip_batch(batch: pa.RecordBatch, config: Config, templates: Templates | None = None) -> tuple[pa.RecordBatch, list[Rejected]]:
    """Return the batch of `document.READ` as one of `document.STRIPPED`, and the documents of which nothing is left.

    Metadata that came with a row wins over what its page or text says; what neither says stays empty.
    """
    found = _columns(batch, config, templates)
    dates = {name: column(_core.parse_dates(buffers(batch[name]))) for name in ("published", "modified")}
    columns = {
        name: _first(batch[name], found[name]) for name in ("url", "title", "subtitle", "lang", "site", "author", "dateline", "tags")
    }
    columns["modified"] = _first(dates["modified"], found["modified"])
    # A page that says only when it was updated was published no later; that date is the nearest that is stated.
    columns["published"] = _first(dates["published"], _first(found["published"], columns["modified"]))
    columns["extra"] = _with_unread_dates(batch, dates)
    for name in ("id", "source_file", "source_line"):
        columns[name] = batch[name]
    for name in ("text", "removed"):
        columns[name] = found[name]
    columns["chars_before"] = _characters(batch)
    columns["chars_after"] = pc.utf8_length(found["text"]).cast(pa.int64())
    stripped = pa.RecordBatch.from_arrays([columns[name] for name in STRIPPED.names], schema=STRIPPED)

    usable = np.asarray(pc.not_equal(pc.utf8_trim_whitespace(found["text"]), ""))
    rejected = []
    for row in np.flatnonzero(~usable).tolist():
        before, cause = stripped["chars_before"][row].as_py(), found["problem"][row].as_py()
        if not cause:
            cause = (
                f"no article text: all of {before:,} characters is boilerplate" if batch["text"][row].as_py().strip() else "no article text"
            )
            if batch["text"][row].as_py() == "" and batch["html"][row].as_py() == b"":
                cause = "text is empty"
        whole = batch["text"][row].as_py() or batch["html"][row].as_py()[: 1 << 20].decode("utf-8", "backslashreplace")
        place = (batch["source_file"][row].as_py(), batch["source_line"][row].as_py())
        rejected.append(Rejected(*place, cause, batch["id"][row].as_py().removesuffix(DERIVED), whole[: 1 << 20]))
    return stripped.filter(pa.array(usable)), rejected


def _columns(batch: pa.RecordBatch, config: Config, templates: Templates | None) -> pa.RecordBatch:
    """The strippers' columns for each row, in the order of the batch."""
    from dedup.boilerplate.html import strip_html
    from dedup.boilerplate.text import strip_text

    hosts = hosts_of(batch["url"])
    is_html = np.asarray(pc.greater(pc.binary_length(batch["html"]), 0))
    if not is_html.any():
        return strip_text(batch["text"], batch["title"], config, hosts=hosts, templates=templates)
    if is_html.all():
        return strip_html(batch["html"], batch["url"], config, hosts=hosts, templates=templates)
    pages, texts = batch.filter(pa.array(is_html)), batch.filter(pa.array(~is_html))
    parts = [
        strip_html(pages["html"], pages["url"], config, hosts=hosts.filter(pa.array(is_html)), templates=templates),
        strip_text(texts["text"], texts["title"], config, hosts=hosts.filter(pa.array(~is_html)), templates=templates),
    ]
    order = np.argsort(np.concatenate([np.flatnonzero(is_html), np.flatnonzero(~is_html)]), kind="stable")
    return pa.Table.from_batches(parts).combine_chunks().to_batches()[0].take(pa.array(order))


def _first(given: pa.Array, found: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(given, ""), found, given)


def _characters(batch: pa.RecordBatch) -> pa.Array:
    pages = np.fromiter(map(_page_characters, batch["html"].to_pylist()), np.int64, len(batch))
    return pa.array(np.where(pages > 0, pages, np.asarray(pc.utf8_length(batch["text"]))), pa.int64())


def _page_characters(page: bytes) -> int:
    try:
        return len(page.decode("utf-8"))
    except UnicodeDecodeError:
        return len(_core.decode_html(page, ""))


def _with_unread_dates(batch: pa.RecordBatch, dates: dict[str, pa.Array]) -> pa.Array:
    """`extra` with each given date that could not be read, as `published_given` or the like: it is not lost, and not taken for a date."""
    import json

    extra = batch["extra"]
    for name, read in dates.items():
        unread = np.asarray(pc.and_(pc.not_equal(batch[name], ""), pc.equal(read, "")))
        if unread.any():
            objects = extra.to_pylist()
            for row in np.flatnonzero(unread).tolist():
                given = {f"{name}_given": batch[name][row].as_py()} | json.loads(objects[row] or "{}")
                objects[row] = json.dumps(given, ensure_ascii=False)
            extra = pa.array(objects, pa.large_string())
    return extra
