"""Events of a stream: each article is told its event when it comes, by the engine of `dedup.event`.

An article has three answers. The first is given when it comes, by what is known then. While the window can still join something to its event it is
held, and after every 64 articles, or a quarter of those that are held, or two thirds of a window, all that are held are grouped anew as a batch would.
Ten to thirteen windows after its date (with the default window 30 to 39 days) its event is looked at a last time, by what has become common since, and is
final. What belongs to another event than it was told is given out by `moved`; `final_until` tells the date up to which all events are final.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import xxhash

from dedup import _core
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.errors import ArtefactError, ConfigError
from dedup.event import background, days_of
from dedup.whole import write_whole

__all__ = ["EventStream", "Joined"]

COMPARED = ("window_days", "event_threshold")
"""The settings that are saved with a stream; another value of one of them is refused."""

_MAGIC = b"dedupev1"
"""What a saved stream begins with; the xxh3_128 of the rest follows."""

FORMAT = 6
"""The version of the file; raised whenever the file or what makes events of articles changes."""

_LONG_RUN = {"words": "<u4", "counts": "<u4", "openings": "<u4", "windows": "<u4", "counted": "<f4", "last": "<f4"}
"""The arrays of the long run, as they are saved: words of what was let go and in how many articles each was; openings of sentences, in how many
windows each came, the day that counted as the last of these windows, and the day when it came last."""

_HELD = pa.schema(
    [(name, pa.large_string()) for name in ("id", "title", "text", "event")] + [("days", pa.float64()), ("arrived", pa.float64())]
)


@dataclass(frozen=True, slots=True)
class Joined:
    """The event that an article reports, and why."""

    event: str
    """The id of the event: that of one of its articles, the first to come while that stays in it. Where that article comes again with other words,
    which open an event of their own, the new one bears its id with a "+" behind it until the next grouping names both by articles they hold."""
    similarity: float
    """Mean similarity to the articles of the event that were there before, 0 to 1; 1 where it is the first."""
    shared: tuple[tuple[str, float], ...]
    """The terms that it shares with them and what each adds to the similarity, most telling first."""
    size: int
    """Articles of the event that are held, this one included; copies count once."""
    first: str
    """The earliest known date of the event (ISO 8601, UTC), '' where none is known."""
    last: str
    """The latest known date of the event."""
    copy_of: str
    """The held article of the same words that stands for this one, '' where there is none; it follows that article when that moves."""


class EventStream:
    """Articles in, events out, one after another.

    What is held are the first 1,000 articles until as many have come, then those of the last three windows, by the median date of the
    last 101 dated ones, so that a wrong date ends nothing; undated articles count by when they came, and where no article has a date the last 10,000 are held.
    Of up to twelve windows before them the texts are kept, until their events are final. An id that comes again with other words is a new version and
    replaces the old one. Methods may be called from several threads.
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        if self.config.embeddings:
            raise ConfigError("a stream joins by words alone: embeddings is a setting of batches")
        self._core = _core.EventStream(background(), float(self.config.window_days), self.config.event_threshold)

    def __len__(self) -> int:
        """Return how many articles are held."""
        return len(self._core)

    def add(self, id: str, text: str, *, title: str = "", published: str = "") -> Joined:
        """Return the event of an article. `published` is an ISO 8601 date or time; anything else counts as unknown."""
        return self.add_many([{"id": id, "text": text, "title": title, "published": published}])[0]

    def add_many(self, articles: Iterable[Mapping[str, Any]]) -> list[Joined]:
        """Return the events of articles with `id`, `text`, `title` and `published`, taken one after another."""
        rows = list(articles)
        for row in rows:
            if any(not isinstance(row.get(name) or "", str) for name in ("id", "title", "text", "published")):
                raise TypeError(f"id, title, text and published of an article are strings, not {dict(row)!r:.200}")
        ids, titles, texts, dates = (
            pa.array([row.get(name) or "" for row in rows], pa.large_string()) for name in ("id", "title", "text", "published")
        )
        if "" in ids.to_pylist():
            raise ValueError("an article of a stream has an id")
        told = self._core.add(buffers(ids), buffers(titles), buffers(texts), days_of(dates))
        return _joined(*told)

    def settle(self) -> None:
        """Group what is not final anew at once, instead of when its time has come: before the last `moved` of a stream that ends."""
        self._core.settle()

    @property
    def final_until(self) -> str:
        """The date (ISO 8601, UTC) up to which events are final: what is dated before it and no longer held never moves; '' where none is final.

        An article without a date, or with one that lies ahead of the stream, counts by the date of the stream when it came.
        """
        return _iso(np.array([self._core.final_until()]))[0]

    def moved(self) -> dict[str, str]:
        """Return the articles whose event is now another one than they were told, with that event, since this was last asked."""
        ids, events = self._core.moved()
        return dict(zip(column(ids).to_pylist(), column(events).to_pylist(), strict=True))

    def open_events(self) -> dict[str, list[str]]:
        """Return the events that are held and their articles, in the order in which they came."""
        (ids, _, _, events, _, _), (_, _, closed, _), (_, replaced), *_ = self._core.state()
        gone = set(replaced.tolist())
        found: dict[str, list[str]] = {}
        for row, (id, event) in enumerate(list(zip(column(ids).to_pylist(), column(events).to_pylist(), strict=True))[closed:]):
            if row not in gone:
                found.setdefault(event, []).append(id)
        return found

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the stream to a file that replaces an older one at once; OutputError when it cannot be written.

        A stream that is loaded from it goes on as if it had not been interrupted.
        """
        held, settled, replaced, clock, moved, corpus, refrains = self._core.state()
        columns = [column(texts) for texts in held[:4]] + [pa.array(held[4]), pa.array(held[5])]
        about = {
            "format": FORMAT,
            "background": _background_digest(),
            "config": {name: getattr(self.config, name) for name in COMPARED},
            "settled": settled[0],
            "settled_at": settled[1],
            "closed": settled[2],
            "final_until": settled[3],
            "replaced": [rows.tolist() for rows in replaced],
            "clock": clock.tolist(),
            "articles": corpus[2],
            "moved": dict(zip(column(moved[0]).to_pylist(), column(moved[1]).to_pylist(), strict=True)),
        }
        arrays = zip(_LONG_RUN.items(), (*corpus[:2], *refrains), strict=True)
        long_run = {name: values.astype(kind).tobytes() for (name, kind), values in arrays}
        table = pa.table(columns, schema=_HELD.with_metadata({"event_stream": json.dumps(about), **long_run}))
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        data = memoryview(sink.getvalue())
        write_whole(Path(path), _MAGIC + xxhash.xxh3_128_digest(data), data)

    @classmethod
    def load(cls, path: str | os.PathLike[str], config: Config | None = None) -> Self:
        """Return the stream that was saved there. Without a config the saved settings are taken.

        ArtefactError when it was saved with other settings, by another version, is damaged or no saved stream.
        """
        try:
            whole = Path(path).read_bytes()
            data = memoryview(whole)[len(_MAGIC) + 16 :]
            if whole[: len(_MAGIC) + 16] != _MAGIC + xxhash.xxh3_128_digest(data):
                raise ValueError
            table = pa.ipc.open_file(pa.py_buffer(data)).read_all()
            metadata = table.schema.metadata or {}
            about = json.loads(metadata[b"event_stream"])
        except FileNotFoundError:
            raise ArtefactError(f"{path}: no such file") from None
        except (OSError, pa.ArrowInvalid, KeyError, ValueError):
            raise ArtefactError(f"{path}: no event stream, or a damaged one") from None
        if about.get("format") != FORMAT:
            raise ArtefactError(f"{path}: saved in format {about.get('format')}; this version reads format {FORMAT}")
        if about["background"] != _background_digest():
            raise ArtefactError(f"{path}: saved by a version with another background of word counts: start the stream anew")
        if config is None:
            config = Config.from_mapping(about["config"], os.fspath(path))
        elif differences := config.differences(about["config"], COMPARED):
            raise ArtefactError(f"{path}: the stream was saved with other settings: {'; '.join(differences)}")
        if not table.schema.equals(_HELD):
            raise ArtefactError(f"{path}: no event stream, or a damaged one")
        stream = cls(config)
        ids, titles, texts, events = (buffers(table[name].combine_chunks()) for name in ("id", "title", "text", "event"))
        days, arrived = (table[name].to_numpy() for name in ("days", "arrived"))
        words, counts, *refrains = (
            np.frombuffer(metadata[name.encode()], kind).astype(np.dtype(kind).newbyteorder("=")) for name, kind in _LONG_RUN.items()
        )
        stream._core = _core.EventStream.restore(
            background(),
            float(config.window_days),
            config.event_threshold,
            (ids, titles, texts, events, days, arrived),
            (about["settled"], about["settled_at"], about["closed"], about["final_until"]),
            (np.array(about["replaced"][0], np.int64), np.array(about["replaced"][1], np.int64)),
            np.array(about["clock"], np.float64),
            (buffers(list(about["moved"])), buffers(list(about["moved"].values()))),
            (words, counts, about["articles"]),
            (refrains[0], refrains[1], refrains[2], refrains[3]),
        )
        return stream


def _joined(events: Any, similarity: Any, shared: Any, sizes: Any, first: Any, last: Any, copies: Any) -> list[Joined]:
    ends, terms, shares = shared[0].tolist(), column(shared[1]).to_pylist(), shared[2].tolist()
    entries = list(zip(terms, shares, strict=True))
    rows: Sequence[Any] = list(
        zip(
            column(events).to_pylist(),
            similarity.tolist(),
            sizes.tolist(),
            _iso(first),
            _iso(last),
            column(copies).to_pylist(),
            strict=True,
        )
    )
    return [
        Joined(event, alike, tuple(entries[start:end]), size, begins, ends_at, copy)
        for (event, alike, size, begins, ends_at, copy), start, end in zip(rows, ends[:-1], ends[1:], strict=True)
    ]


def _iso(days: np.ndarray[Any, np.dtype[np.float64]]) -> list[str]:
    seconds = np.where(np.isnan(days), 0, np.round(days * 86400)).astype("datetime64[s]")
    return [f"{text}Z" if known else "" for text, known in zip(np.datetime_as_string(seconds).tolist(), ~np.isnan(days), strict=True)]


def _background_digest() -> str:
    keys, shares = background()
    return hashlib.sha256(keys.tobytes() + shares.tobytes()).hexdigest()[:16]
