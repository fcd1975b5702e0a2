"""Texts that are pieces of HTML: the body field of a content system, the item of a feed."""

import html

import pyarrow as pa
import pyarrow.compute as pc

from dedup.config import Config
from dedup.document import READ
from dedup.readers.files import Read

_TAG = "(?i:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|li|p|span|strong|table|td|ul)"
_ENDS = rf"</{_TAG}\s*>|<(?i:br|p)\s*/?>"
_ESCAPED_ENDS = rf"&lt;/{_TAG}\s*&gt;|&lt;(?i:br|p)\s*/?&gt;"


def tagged(texts: pa.Array) -> pa.ChunkedArray | pa.Array:
    """Return which texts hold the end of an HTML element, as tags or as escaped tags: bool[n]."""
    return pc.or_(pc.match_substring_regex(texts, _ENDS), pc.match_substring_regex(texts, _ESCAPED_ENDS))


def page_of(text: str) -> bytes:
    """Return a text that is a piece of HTML as a page; where tags are written as references (`&lt;p&gt;`), these are resolved first."""
    escaped = pc.match_substring_regex(pa.array([text]), _ESCAPED_ENDS)[0].as_py()
    return (html.unescape(text) if escaped else text).encode()


def as_pages(read: Read, config: Config) -> Read:
    """Return what was read with each text that holds HTML elements moved to `html`.

    Texts that are taken as they stand (`config.strip` = "off") stay.
    """
    batch = read.batch
    if batch is None or config.strip == "off":
        return read
    moved = pc.and_(tagged(batch["text"]), pc.equal(pc.binary_length(batch["html"]), 0))
    if not pc.any(moved).as_py():
        return read
    texts = zip(batch["text"].to_pylist(), batch["html"].to_pylist(), moved.to_pylist(), strict=True)
    pages = [page_of(text) if is_moved else page for text, page, is_moved in texts]
    columns = {name: batch[name] for name in READ.names}
    columns |= {"text": pc.if_else(moved, "", batch["text"]).cast(pa.large_string()), "html": pa.array(pages, pa.large_binary())}
    return read._replace(batch=pa.RecordBatch.from_arrays([columns[name] for name in READ.names], schema=READ))
