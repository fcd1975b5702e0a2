"""Same-event clustering: articles that report one event, each in its own words, come together."""

import dataclasses
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import _core
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.document import EVENT_COLUMNS

__all__ = ["EVENT", "Event", "EventColumns", "Events", "cluster_events", "stems"]

_OPENING = 120
"""Characters of a text that stand for a title at most."""
_SENTENCE = re.compile(r"[।॥!?.](?=\s)|\n")

_BACKGROUND = Path(__file__).with_name("event_background.npz")

EVENT = pa.schema(
    [
        ("id", pa.large_string()),
        ("members", pa.list_(pa.large_string())),
        ("title", pa.large_string()),
        ("first", pa.large_string()),
        ("last", pa.large_string()),
        ("sources", pa.list_(pa.large_string())),
        ("terms", pa.list_(pa.large_string())),
        ("story", pa.large_string()),
    ]
)
"""The columns of a table of events."""


@dataclass(frozen=True, slots=True)
class Event:
    """The articles that report one event."""

    id: str
    """The smallest id of the members."""
    members: tuple[str, ...]
    """Ids, ascending."""
    title: str
    """Title of the most central article; where none has one, how the most central begins: its first sentence, shortened at a word."""
    first: str
    """Earliest known date of publication as it was given, '' where none is known."""
    last: str
    """Latest known date of publication as it was given, '' where none is known."""
    sources: tuple[str, ...]
    """Distinct outlets, ascending; empty when none were given."""
    terms: tuple[str, ...]
    """What holds the event together, most telling first."""
    story: str
    """The smallest id of the articles of its story, the events of one affair within 30 days; its own id where it is the only one."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(self).items()}


class Events(list[Event]):
    """A list of events that also holds what could not be used."""

    def __init__(self, events: Iterable[Event] = (), rejected: Sequence[Any] = ()) -> None:
        super().__init__(events)
        self.rejected = list(rejected)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(event.title or event.id)}</td><td>{len(event.members)}</td>"
            f"<td>{html.escape(event.first[:10])}</td><td>{html.escape(event.last[:10])}</td></tr>"
            for event in self
        )
        return f"<table><tr><th>event</th><th>reports</th><th>first</th><th>last</th></tr>{rows}</table>"


@dataclass(frozen=True, slots=True, eq=False)
class EventColumns:
    """The event of each article, by row."""

    event: npt.NDArray[np.int64]
    """int64[n]: the row of the smallest id of the article's event."""
    story: npt.NDArray[np.int64]
    """int64[n]: the row of the smallest id of the article's story, the events of one affair within 30 days."""
    similarity: npt.NDArray[np.float32]
    """float32[n]: mean similarity to the other articles of the event, 0 to 1; 1 where alone."""
    shared: pa.ListArray
    """list<struct<term, share>>[n]: the terms shared with the event and what each adds to the similarity, most telling first."""
    articles: pa.Table
    """The articles' id, title, text, published and source."""
    days: npt.NDArray[np.float64]
    """float64[n]: the dates as days since 1970 (UTC), NaN where unknown."""
    cosine: npt.NDArray[np.float32] | None = None
    """float32[n]: mean cosine to the other articles of the event by an embedding model, NaN where alone; None where none was asked."""

    @property
    def stories(self) -> pa.Array:
        """The story id of each article: the smallest id of the articles of its events."""
        return self.articles["id"].combine_chunks().take(pa.array(self.story))

    @property
    def ids(self) -> pa.Array:
        """The event id of each article: the smallest id of its members."""
        return self.articles["id"].combine_chunks().take(pa.array(self.event))

    def columns(self) -> dict[str, pa.Array]:
        """Return what is said of each article as the columns of `document.EVENT_COLUMNS`; the cosine where a model alone joined it."""
        similarity = self.similarity
        if self.cosine is not None:
            by_model = (np.diff(np.asarray(self.shared.offsets)) == 0) & ~np.isnan(self.cosine)
            similarity = np.where(by_model, self.cosine, similarity)
        values = (self.ids, pa.array(similarity), self.shared, self.stories)
        return dict(zip(EVENT_COLUMNS, values, strict=True))

    def explain(self, row: int) -> str:
        """Return in words why the article of this row is in its event."""
        shared = self.shared[row].as_py()
        terms = ", ".join(f"{entry['term']} {entry['share']:.3f}" for entry in shared)
        by_words = [f"mean similarity {self.similarity[row]:.3f} to the others of the event; shared: {terms}"] if shared else []
        cosine = np.nan if self.cosine is None else self.cosine[row]
        by_model = [] if np.isnan(cosine) else [f"mean cosine {cosine:.3f} to the others of the event by the embedding model"]
        return "; ".join(by_words + by_model) or "alone: no other article of the window is similar enough"

    def events(self) -> list[Event]:
        """Return the events in the order of first date and id, undated ones last."""
        ids, titles, published, sources = (self.articles[name].to_pylist() for name in ("id", "title", "published", "source"))
        order = np.argsort(self.event, kind="stable")
        bounds = np.flatnonzero(np.diff(self.event[order], prepend=-1, append=-1))
        found = []
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            rows = order[start:end].tolist()
            central = min(rows, key=lambda row: (not titles[row], -self.similarity[row], ids[row]))
            dated = sorted((self.days[row], published[row]) for row in rows if self.days[row] == self.days[row])
            event = Event(
                id=ids[self.event[rows[0]]],
                members=tuple(sorted(ids[row] for row in rows)),
                title=titles[central] or _opening(self.articles["text"][central].as_py()),
                first=dated[0][1] if dated else "",
                last=dated[-1][1] if dated else "",
                sources=tuple(sorted({sources[row] for row in rows} - {""})),
                terms=tuple(entry["term"] for entry in self.shared[central].as_py()),
                story=ids[self.story[rows[0]]],
            )
            found.append((dated[0][0] if dated else np.inf, event.id, event))
        return [event for _, _, event in sorted(found, key=lambda entry: entry[:2])]


def cluster_events(
    titles: Any,
    texts: Any,
    published: Any,
    ids: Any,
    config: Config | None = None,
    labels: npt.NDArray[np.int64] | None = None,
    sources: Any = None,
) -> EventColumns:
    """Return the event of each article.

    `titles`, `texts`, `ids` and `sources` are string columns (Arrow arrays or lists) of one length, `published` ISO 8601 dates or times
    ('' or None where unknown; without an offset they count as UTC). `labels` (int64[n]) name near-duplicates: rows with the same label
    that were published within the window of each other count as one article. The result does not depend on the order of the rows.
    ValueError if the lengths differ.
    """
    config = config or Config()
    titles, texts, published, ids = (_strings(values) for values in (titles, texts, published, ids))
    days = days_of(published)
    event, story, similarity, (ends, terms, shares) = _core.cluster_events(
        buffers(titles),
        buffers(texts),
        buffers(ids),
        days,
        None if labels is None else np.ascontiguousarray(labels, np.int64),
        background(),
        config.window_days,
        config.event_threshold,
        config.threads,
    )
    entries = pa.StructArray.from_arrays([column(terms), pa.array(shares)], ["term", "share"])
    shared = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), entries)
    sources = _strings([""] * len(ids) if sources is None else sources)
    articles = pa.table({"id": ids, "title": titles, "text": texts, "published": published, "source": sources})
    return EventColumns(event, story, similarity, shared, articles, days)


def days_of(published: pa.Array) -> npt.NDArray[np.float64]:
    """Return ISO 8601 dates as days since 1970 (UTC), float64[n], NaN for anything else.

    The first day of 1970 counts as unknown: it is what software writes where it knows no date.
    """
    days = _core.date_days(buffers(published))
    return np.where(np.floor(days) == 0, np.nan, days)


def stems(texts: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """Return the word stems and sounds of each text as hashes: (ends int64[n + 1], hashes uint32[]), each once a text; what a background counts."""
    return _core.event_terms(buffers(texts))


@cache
def background() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
    """Return the hashes of common stems, ascending, and the share of documents that hold each, in the language where it is most common."""
    with np.load(_BACKGROUND, allow_pickle=False) as counts:
        languages = [name.removesuffix("_documents") for name in counts.files if name.endswith("_documents")]
        keys = np.concatenate([counts[f"{language}_keys"] for language in languages])
        shares = np.concatenate([counts[f"{language}_counts"] / counts[f"{language}_documents"] for language in languages])
    distinct, at = np.unique(keys, return_inverse=True)
    highest = np.zeros(len(distinct), np.float32)
    np.maximum.at(highest, at, shares.astype(np.float32))
    return distinct, highest


def _opening(text: str) -> str:
    """Return the first sentence of a text, shortened at a word."""
    text = text.lstrip()
    end = _SENTENCE.search(text, 0, _OPENING + 2)
    if end and end.start() <= _OPENING:
        return text[: end.end()].rstrip()
    if len(text) <= _OPENING:
        return text.rstrip()
    return (text[: _OPENING + 1].rpartition(" ")[0].rstrip() or text[:_OPENING]) + "…"


def _strings(values: Any) -> pa.Array:
    if not isinstance(values, (pa.Array, pa.ChunkedArray)):
        values = pa.array(values, pa.large_string())
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values.cast(pa.large_string()).fill_null("")
