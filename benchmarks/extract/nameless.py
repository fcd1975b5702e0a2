"""Copies of pages without class and id words, as sites write them whose words are made by a machine or mean something else."""

import dataclasses
import re
import zlib
from collections.abc import Iterable

from pages import Page

_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")
_NAMES = re.compile(rb"""\s(?:class|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
ONE_OF = 3


def has_copy(page: Page) -> bool:
    """True for one of three real pages, and for its copy."""
    return page.set != "synthetic" and zlib.crc32(f"{page.set}/{page.id}".encode()) % ONE_OF == 0


def copies(pages: Iterable[Page]) -> list[Page]:
    """Return the copies of those pages that have one."""
    return [dataclasses.replace(page, html=_without_names(page.html), learned_only=True) for page in pages if has_copy(page)]


def _without_names(html: bytes) -> bytes:
    return _TAG.sub(lambda tag: _NAMES.sub(b"", tag.group()), html)
