"""The encoding of bytes that neither declare one nor are UTF-8, as BeautifulSoup's detector finds it."""

import logging

SAMPLE = 100_000
"""Bytes that the detector looks at."""


def detected(data: bytes, is_html: bool) -> str:
    """Return the encoding that the detector takes the bytes for, '' where none fits without replacement characters."""
    from bs4.dammit import UnicodeDammit

    # The detector warns of replacement characters, which is what its answer is refused for here.
    log = logging.getLogger("bs4.dammit")
    silent, log.disabled = log.disabled, True
    try:
        found = UnicodeDammit(data[:SAMPLE], is_html=is_html)
    finally:
        log.disabled = silent
    return "" if found.contains_replacement_characters else found.original_encoding or ""
