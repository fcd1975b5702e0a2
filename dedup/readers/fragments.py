"""Texts that are fragments of HTML: the body field of a content system, the item of a feed."""

import html
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dedup.config import Config
from dedup.document import READ
from dedup.readers.files import Read

_BLOCK = "(?i:article|blockquote|div|figure|h[1-6]|li|ol|p|section|table|td|tr|ul)"
_FIRST = rf"^\s*<(?:{_BLOCK})[\s/>]"
_BLOCKS = rf"</{_BLOCK}\s*>|<(?i:br)\s*/?>|<(?i:p)[\s>]"
_INLINE = r"</(?i:a|b|em|font|i|p|span|strong|u)\s*>|<(?i:br)\s*/?>"
_BROKEN = r"<!--|<(?i:script|style)\b|<[A-Za-z/][^<>]*(?:<|$)"
_TAG = "<[A-Za-z/]"
_LINE = r"[^\s][^\n]*"


def tagged(texts: pa.Array) -> pa.Array:
    """Return which texts are fragments of HTML, as tags or as tags written as references: bool[n]."""
    # Two searches: a regular expression with one beginning is many times as fast as one with two.
    hold_signs = pc.or_(pc.match_substring_regex(texts, _TAG), pc.match_substring_regex(texts, "&lt;[A-Za-z/]"))
    rows = np.flatnonzero(hold_signs)
    found = np.zeros(len(texts), bool)
    if len(rows):
        resolved = pa.array([_resolved(text) for text in texts.take(pa.array(rows)).to_pylist()], pa.large_string())
        inside = pc.match_substring_regex(resolved, _INLINE)
        found[rows] = pc.or_(_in_blocks(resolved), pc.and_(inside, pc.invert(pc.match_substring_regex(resolved, _BROKEN))))
    return pa.array(found)


def page_of(text: str) -> bytes:
    """Return a fragment of HTML as a page: where only parts of its lines are elements, the lines are kept apart."""
    resolved = _resolved(text)
    in_blocks = _in_blocks(pa.array([resolved]))[0].as_py()
    return (resolved if in_blocks else resolved.replace("\n", "<br>\n")).encode()


def _in_blocks(texts: pa.Array) -> pa.Array:
    """Which texts begin with a block, or hold as many ends of blocks as lines: one that only speaks of a tag does neither."""
    ends = pc.count_substring_regex(texts, _BLOCKS)
    many = pc.and_(pc.greater(ends, 0), pc.greater_equal(ends, pc.count_substring_regex(texts, _LINE)))
    return pc.or_(pc.match_substring_regex(texts, _FIRST), many)


def _resolved(text: str) -> str:
    """The text with its references resolved where tags stand in it as references alone."""
    return html.unescape(text) if "&lt;" in text and not re.search(_TAG, text) else text


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
