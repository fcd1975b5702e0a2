"""Templates of hosts, learnt from the dump: what recurs on enough pages of a site is its furniture."""

import os
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from dedup import _core
from dedup.columns import binary_column, buffers, byte_buffers
from dedup.errors import ArtefactError, DedupError, InputError, OutputError
from dedup.whole import write_whole


class Templates:
    """What recurs on the pages of each host: learn a dump, then strip it; or learn and strip page by page, as a crawler does:

        templates = Templates.load(path)               # or Templates()
        templates.learn_html([page], [host])
        dedup.strip(html=page, url=url, templates=templates)

    The state samples up to 200 pages a host, so it is bounded; it merges, and the order of pages does not matter. A line is template when
    it stands on three pages of the sample and on 3 % of them (numbers and punctuation aside), a sentence or paragraph when on five and on 20 %;
    copies of an article count once. In HTML a line counts at its place, the elements around it. Each host is judged by its own pages: a
    paragraph that many hosts have once is no template.
    """

    def __init__(self, state: bytes | None = None) -> None:
        """Begin with nothing, or with what `to_bytes` gave; ArtefactError where that is damaged."""
        self.hostless = 0
        try:
            self.core = _core.Templates(state)
        except DedupError as error:
            raise ArtefactError(str(error)) from None

    def learn(self, texts: Any, hosts: Any, threads: int = 0) -> None:
        """Take texts, as they were before stripping, into the samples of their hosts (string columns or lists of equal length)."""
        self.core.learn(buffers(texts), buffers(hosts), threads)

    def learn_html(self, pages: Any, hosts: Any, threads: int = 0) -> None:
        """Take pages of HTML (a binary column or a list of bytes), block by block; a page that cannot be read is passed over."""
        column = binary_column(pages)
        self.core.learn_html(byte_buffers(column), buffers([""] * len(column)), buffers(hosts), threads)

    def learn_batch(self, batch: pa.RecordBatch, threads: int = 0) -> None:
        """Take a batch of `document.READ`: of each row the page where it has one, else the text; rows without a URL are passed over and
        counted in `hostless`."""
        hosts = hosts_of(batch["url"])
        is_html = pc.fill_null(pc.greater(pc.binary_length(batch["html"]), 0), False)
        pages, texts = batch.filter(is_html), batch.filter(pc.invert(is_html))
        self.learn_html(pages["html"], hosts.filter(is_html), threads)
        self.learn(texts["text"], hosts.filter(pc.invert(is_html)), threads)
        self.hostless += int(pc.sum(pc.equal(hosts, "")).as_py() or 0)

    def merge(self, other: Self) -> None:
        """Take in what another state has seen."""
        self.core.merge(other.core)

    def to_bytes(self) -> bytes:
        """Return the state; equal states give equal bytes."""
        return self.core.to_bytes()

    def hosts(self) -> dict[str, int]:
        """Return the number of sampled pages of each host."""
        return dict(self.core.hosts())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the state; what stood there is replaced whole or not at all. OutputError when it cannot be written."""
        write_whole(Path(path), self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Return a state that was saved; ArtefactError names the file where it is none, InputError where it is absent."""
        try:
            return cls(Path(path).read_bytes())
        except FileNotFoundError:
            raise InputError(f"{path}: no such template state") from None
        except ArtefactError as error:
            raise ArtefactError(f"{path}: {error}") from None


def writable(path: Path) -> Path:
    """Return the path of a state that is to be saved later; OutputError, before any work, where its folder takes no file."""
    if not os.access(path.parent, os.W_OK):
        raise OutputError(f"{path}: {path.parent} is no folder that can be written to")
    return path


def hosts_of(urls: Any) -> pa.Array:
    """Return the host of each URL of a string column, "www." left off; "" where there is none."""
    column = urls if isinstance(urls, (pa.Array, pa.ChunkedArray)) else pa.array(urls, pa.large_string())
    found = pc.extract_regex(column, r"^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/@?#]*@)?(?:[wW]{3}\.)?(?P<host>[^/:?#]+)")
    return pc.utf8_lower(pc.fill_null(pc.struct_field(found, "host"), ""))
