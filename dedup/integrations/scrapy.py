"""Scrapy 2.13 to 2.19: items are stripped, and those that duplicate what any crawl has seen are dropped or tagged.

In the settings of a project:

    ADDONS = {"dedup.integrations.scrapy.DedupAddon": 500}

or `ITEM_PIPELINES = {"dedup.integrations.scrapy.DedupPipeline": 300}`. Settings, all optional:

    DEDUP_INDEX        folder of the index ["dedup-index"]; one crawl at a time writes to it
    DEDUP_MODE         "drop" duplicates, or only "tag" ["drop"]
    DEDUP_CONFIG       settings of dedup.Config, a dict; the index keeps those with which it was made
    DEDUP_STRIP        "off", "gentle", "normal", "aggressive" ["normal"]
    DEDUP_TEMPLATES    file of a template state: pages are learnt as they come, and what recurs on their host is stripped
    DEDUP_MAX_AGE      seconds after which what was seen no longer counts
    DEDUP_ID_FIELD     field of the id ["url"]; the same id with another text is an update, not a duplicate
    DEDUP_URL_FIELD    field of the address: says which site rule, and the template of which host ["url"]
    DEDUP_HTML_FIELD   field of a page ["html"]: its article goes to the text field
    DEDUP_KEEP_HTML    leave the page in the item [False]
    DEDUP_TEXT_FIELD   field of the text ["text"]
    DEDUP_TAG_FIELD    field for the tag ["dedup"]; "" for none
    DEDUP_ENABLED      [True]

An item is remembered, durably, before it goes on to the next pipeline.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem, NotConfigured

from dedup.boilerplate import Templates, strip
from dedup.boilerplate.templates import hosts_of, writable
from dedup.config import Config
from dedup.document import Stripped
from dedup.errors import ConfigError, DedupError
from dedup.index import Index, Match, Outcome

__all__ = ["DedupAddon", "DedupPipeline", "DuplicateItem"]

logger = logging.getLogger(__name__)

_BATCH = 100
_FOUND = ("title", "published", "author", "lang")


class DuplicateItem(DropItem):  # type: ignore[misc]
    """An item that duplicates what was seen before; logged at DEBUG. `match` says what."""

    def __init__(self, id: str, match: Match) -> None:
        what = "seen before with the same words" if match.id == id else f"{match.kind} duplicate ({match.similarity:.3f}) of {match.id}"
        super().__init__(f"{id}: {what}", log_level="DEBUG")
        self.match = match


class DedupAddon:
    """Puts `DedupPipeline` among the item pipelines, at 300 unless it is there already."""

    def update_settings(self, settings: Any) -> None:
        pipelines = settings["ITEM_PIPELINES"]
        path = f"{DedupPipeline.__module__}.{DedupPipeline.__qualname__}"
        if DedupPipeline not in pipelines and path not in pipelines:
            pipelines[DedupPipeline] = 300


class DedupPipeline:
    """Strips each item, asks the index, adds it; a thread of its own does the work, items that wait share a commit."""

    def __init__(self, crawler: Any) -> None:
        settings = crawler.settings
        if not settings.getbool("DEDUP_ENABLED", True):
            raise NotConfigured("DEDUP_ENABLED is off")
        self._mode = settings.get("DEDUP_MODE", "drop")
        if self._mode not in ("drop", "tag"):
            raise ConfigError(f"DEDUP_MODE is drop or tag, not {self._mode!r}")
        given = settings.getdict("DEDUP_CONFIG")
        self._strip = Config.from_mapping(given | {"strip": settings.get("DEDUP_STRIP", "normal")}, "DEDUP_CONFIG")
        self._config = self._strip if given else None
        self._path = settings.get("DEDUP_INDEX", "dedup-index")
        self._max_age = settings.getfloat("DEDUP_MAX_AGE") or None
        self._state = Path(state) if (state := settings.get("DEDUP_TEMPLATES")) else None
        self._templates: Templates | None = None
        self._id, self._url, self._html, self._text, self._tag = (
            settings.get(f"DEDUP_{name}_FIELD", default)
            for name, default in (("ID", "url"), ("URL", "url"), ("HTML", "html"), ("TEXT", "text"), ("TAG", "dedup"))
        )
        self._keep_html = settings.getbool("DEDUP_KEEP_HTML")
        self._stats = crawler.stats
        self._worker: _Worker | None = None
        self._index: Index | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler)

    def open_spider(self, spider: Any = None) -> None:
        """Open the index; DedupError when another crawl writes to it, or it was made with other settings."""
        if self._state is not None:
            self._templates = Templates.load(writable(self._state)) if self._state.exists() else Templates()
        self._index = Index.open(self._path, self._config, max_age=self._max_age)
        self._worker = _Worker(self._index)

    def close_spider(self, spider: Any = None) -> None:
        """Finish what waits, save the templates, and close the index."""
        if self._worker is not None:
            self._worker.close()
        try:
            if self._templates is not None and self._state is not None:
                self._templates.save(self._state)
        finally:
            if self._index is not None:
                self._stats.set_value("dedup/index/documents", len(self._index))
                self._index.close()

    async def process_item(self, item: Any, spider: Any = None) -> Any:
        """Return the item, stripped and tagged; DuplicateItem when it is to be dropped."""
        adapter = ItemAdapter(item)
        page, text = adapter.get(self._html), adapter.get(self._text)
        id, url = str(adapter.get(self._id) or ""), str(adapter.get(self._url) or "")
        if self._worker is None or not (page or text) or not id:
            self._stats.inc_value("dedup/skipped")
            return item
        config, templates = self._strip, self._templates

        def stripped() -> Stripped:
            if templates is not None and page:
                templates.learn_html([page], hosts_of([url]), 1)
            elif templates is not None:
                templates.learn([text], hosts_of([url]), 1)
            given = {"html": page} if page else {"text": text}
            return strip(**given, url=url, config=config, templates=templates)

        try:
            clean, outcome = await _result(self._worker.submit(id, stripped))
        except DedupError as error:
            self._stats.inc_value("dedup/error")
            logger.warning("%s: %s", id, error)
            return item
        if outcome is None:
            self._stats.inc_value("dedup/empty")
            return item
        self._count(outcome)
        if outcome.match is not None and self._mode == "drop":
            raise DuplicateItem(id, outcome.match)
        self._fill(adapter, clean, outcome)
        if page and not self._keep_html:
            _clear(adapter, self._html)
        return item

    def _count(self, outcome: Outcome) -> None:
        self._stats.inc_value(f"dedup/{outcome.status}")
        if outcome.match is not None and outcome.status != "unchanged":
            self._stats.inc_value(f"dedup/duplicate/{outcome.match.kind}")

    def _fill(self, adapter: ItemAdapter, clean: Stripped, outcome: Outcome) -> None:
        found = {self._text: clean.text} | {name: getattr(clean, name) for name in _FOUND if not adapter.get(name)}
        if self._tag:
            match = outcome.match
            found[self._tag] = {"status": outcome.status} | (
                {
                    "kind": match.kind,
                    "duplicate_of": match.id,
                    "similarity": match.similarity,
                    "first_seen": match.first_seen.isoformat(),
                }
                if match
                else {}
            )
        for name, value in found.items():
            if value:
                try:
                    adapter[name] = value
                except KeyError:
                    continue  # the item class has no such field


def _clear(adapter: ItemAdapter, name: str) -> None:
    try:
        del adapter[name]
    except KeyError:  # an item class of which no field can be deleted
        adapter[name] = None


class _Worker:
    """A thread that strips and adds; what has come in the meantime is one durable batch."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._jobs: SimpleQueue[tuple[str, Callable[[], Stripped], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="dedup", daemon=True)
        self._thread.start()

    def submit(self, id: str, stripped: Callable[[], Stripped]) -> "Future[tuple[Stripped, Outcome | None]]":
        future: Future[tuple[Stripped, Outcome | None]] = Future()
        self._jobs.put((id, stripped, future))
        return future

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        closing = False
        while not closing:
            jobs = [self._jobs.get()]
            while not self._jobs.empty() and len(jobs) < _BATCH:
                jobs.append(self._jobs.get())
            closing = None in jobs
            ready: list[tuple[str, Stripped, Future[Any]]] = []
            for job in jobs:
                if job is not None:
                    id, stripped, future = job
                    if not future.set_running_or_notify_cancel():
                        continue
                    try:
                        clean = stripped()
                    except Exception as error:
                        future.set_exception(error)
                        continue
                    if clean.text.strip():
                        ready.append((id, clean, future))
                    else:
                        future.set_result((clean, None))
            try:
                outcomes = self._index.take([(id, clean.text) for id, clean, _ in ready]) if ready else []
            except Exception as error:
                for _, _, future in ready:
                    future.set_exception(error)
                continue
            for (_, clean, future), outcome in zip(ready, outcomes, strict=True):
                future.set_result((clean, outcome))


async def _result(future: "Future[Any]") -> Any:
    """The result of a thread, awaited on whichever reactor Scrapy runs."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        from twisted.internet.threads import deferToThread

        return await deferToThread(future.result)
    return await asyncio.wrap_future(future)
