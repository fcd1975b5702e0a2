"""A near-duplicate index on disk: "have I seen this text?" for crawlers that run for months.

Documents that are added are compared with all that are there, by bands and then exactly on shingle sets: the pairs are
those of the batch pipeline, in whatever order documents come. Every batch is durable when its call returns.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import _core
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.errors import ArtefactError, ConfigError, InputError, OutputError
from dedup.fingerprint import permutations, shape
from dedup.lsh import choose_bands, choose_screen

COMPARED = ("threshold", "recall", "shingle", "ngram", "char_ngram", "num_perm", "seed", "max_bucket")
"""The settings that are stored with an index; another value of one of them is refused."""

TABLE = pa.schema(
    [
        ("id", pa.large_string()),
        ("first_seen", pa.timestamp("ms", "UTC")),
        ("identity", pa.list_(pa.uint64(), 2)),
        ("shingles", pa.large_list(pa.uint32())),
        ("signature", pa.large_list(pa.uint32())),
    ]
)
"""An index as a table: shingle hashes where they are known, else the signature."""

_FOREVER = -(2**63)
_BATCH = 4096
_LATEST = 253_402_300_800
"""Seconds since 1970 at the end of the year 9999."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document of the index that a text duplicates."""

    id: str
    similarity: float
    """Jaccard similarity of the shingle sets; exact unless `estimated`."""
    kind: Literal["exact", "near"]
    """exact: the same words in the same order; near: at least as similar as the threshold."""
    first_seen: datetime
    """When the document was first added (UTC)."""
    estimated: bool = False
    """By signatures, because no more than its signature is known of the document (imports from datasketch)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document that was added."""

    status: Literal["new", "updated", "unchanged"]
    """updated: the id was there with another text; unchanged: with the same words, so that nothing was written."""
    match: Match | None
    """What it duplicates; itself where unchanged."""


class Index:
    """An open index. One process may write, any number may read at the same time; see `Index.open`.

    Its methods may be called from several threads, they take turns. All but `check` and the like need a writer.
    """

    def __init__(self, path: Path, config: Config, core: _core.Index, max_age: float | None) -> None:
        self.path, self.config, self._core, self._max_age = path, config, core, max_age

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        config: Config | None = None,
        *,
        read_only: bool = False,
        create: bool = True,
        max_age: timedelta | float | None = None,
    ) -> Self:
        """Return the index in the folder `path`, made when it is absent (unless `create` is off or it is read only).

        Without a config that with which the index was made is taken. Documents first seen longer than `max_age` (seconds
        or a timedelta) ago no longer count, and `compact` drops them. A reader sees each batch that a writer has committed.

        ArtefactError when the index was made with other settings, is damaged, or is open for writing elsewhere;
        OutputError when it cannot be written.
        """
        folder = Path(path)
        age = max_age.total_seconds() if isinstance(max_age, timedelta) else max_age
        if age is not None and not 0 < age < _LATEST:
            raise ConfigError(f"max_age is a positive time, not {max_age!r}")
        if create and not read_only and not (folder / "index").exists():
            config = config or Config()
            _banding(config)
            _core.create_index(folder, json.dumps({name: getattr(config, name) for name in COMPARED}))
        try:
            stored = json.loads(_core.index_config(folder))
        except ValueError:
            raise ArtefactError(f"{folder}: its settings cannot be read") from None
        if config is None:
            config = Config.from_mapping(stored, str(folder))
        elif differences := config.differences(stored, COMPARED):
            raise ArtefactError(f"{folder}: the index was made with other settings: {'; '.join(differences)}")
        core = _core.Index(
            folder, not read_only, permutations(config.num_perm, config.seed), shape(config), _banding(config), config.threshold
        )
        return cls(folder, config, core, age)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; what was added is durable already. Further calls are a ValueError."""
        self._core.close()

    def check(self, text: str) -> Match | None:
        """Return the document that the text duplicates, or None: of the most similar the first seen."""
        return self.check_many([text])[0]

    def check_many(self, texts: Sequence[str] | pa.Array) -> list[Match | None]:
        """Return for each text what `check` returns."""
        found = self._core.matches(buffers(texts), self._since(), True, self.config.threads)
        return _one_each(len(texts), found)

    def seen_many(self, documents: Sequence[tuple[str, str]]) -> list[Match | None]:
        """Return for each (id, text) what `check_and_add` would, one by one, and add nothing.

        An older version under the same id is no duplicate; the same words under the same id are.
        """
        found: list[Match | None] = [None] * len(documents)
        for row, match in _matches(self._core.matches(buffers([text for _, text in documents]), self._since(), False, self.config.threads)):
            before, own = found[row], documents[row][0]
            if (match.id == own and match.kind == "exact") or (match.id != own and before is None):
                found[row] = match
        return found

    def matches(self, text: str) -> list[Match]:
        """Return all documents that the text duplicates, the most similar first."""
        found = self._core.matches(buffers([text]), self._since(), False, self.config.threads)
        return [match for _, match in _matches(found)]

    def add(self, id: str, text: str, *, seen: datetime | float | None = None) -> None:
        """Add a document, or replace the one of that id, which keeps its `first_seen`."""
        self.add_many([(id, text)], seen=seen)

    def add_many(self, documents: Iterable[tuple[str, str]], *, seen: datetime | float | None = None) -> None:
        """Add (id, text) documents as one batch: durable when this returns, and where it raises none of them is added."""
        self._add(documents, seen, False)

    def check_and_add(self, id: str, text: str, *, seen: datetime | float | None = None) -> Match | None:
        """Add a document, and return the other one that it duplicates, or None.

        Duplicates are added as well: that is why the order of documents does not matter. An id that is there already is
        seen again: with other words it is an update (and no duplicate of its older text), with the same words the match
        is the document itself.
        """
        return self.check_and_add_many([(id, text)], seen=seen)[0]

    def check_and_add_many(self, documents: Iterable[tuple[str, str]], *, seen: datetime | float | None = None) -> list[Match | None]:
        """Return for each (id, text) what `check_and_add` returns; one batch, durable as a whole when this returns."""
        return [outcome.match for outcome in self.take(documents, seen=seen)]

    def take(self, documents: Iterable[tuple[str, str]], *, seen: datetime | float | None = None) -> list[Outcome]:
        """Return for each (id, text) what `check_and_add` returns, and whether it was new; one durable batch."""
        statuses, found = self._add(documents, seen, True)
        names: tuple[Literal["new"], Literal["updated"], Literal["unchanged"]] = ("new", "updated", "unchanged")
        return [Outcome(names[status], match) for status, match in zip(statuses.tolist(), found, strict=True)]

    def remove(self, ids: str | Iterable[str]) -> int:
        """Remove documents by id; return how many there were. `compact` frees their room."""
        return int(np.count_nonzero(self._core.remove(buffers([ids] if isinstance(ids, str) else list(ids)))))

    def compact(self) -> None:
        """Write the index anew without what was removed, replaced or has expired. It stays as it was until that is done."""
        self._core.compact(self._since())

    def verify(self) -> dict[str, int]:
        """Return counts of what was looked at; ArtefactError where anything is damaged. Reads the whole index."""
        return dict(zip(("documents", "removed", "commits", "keys"), self._core.verify(), strict=True))

    def info(self) -> dict[str, Any]:
        """Return counts, bytes on disk and in memory, and the settings."""
        found: dict[str, Any] = self._core.info()
        total = found["log_bytes"] + found["keys_bytes"] + found["other_bytes"]
        return {
            "path": str(self.path),
            **found,
            "bytes": total,
            "bytes_per_document": round(total / max(found["documents"], 1), 1),
            "config": {name: getattr(self.config, name) for name in COMPARED},
        }

    def __len__(self) -> int:
        return int(self._core.info()["documents"])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the documents as batches of `TABLE`, in the order in which they were added."""
        start = 0
        while (found := self._core.documents(start, _BATCH)) is not None:
            ids, seen, identities, shingles, signatures, start = found
            columns = [
                column(ids),
                pa.array(seen, pa.timestamp("ms", "UTC")),
                pa.FixedSizeListArray.from_arrays(pa.array(identities, pa.uint64()), 2),
                pa.LargeListArray.from_arrays(*shingles),
                pa.LargeListArray.from_arrays(*signatures),
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=TABLE)

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write the index to a Parquet file (with its settings in the metadata); return the number of documents."""
        import pyarrow.parquet as pq

        stored = {"dedup": json.dumps({name: getattr(self.config, name) for name in COMPARED})}
        fresh = Path(f"{path}.partial")
        count = 0
        try:
            with pq.ParquetWriter(fresh, TABLE.with_metadata(stored), compression="zstd") as writer:
                for batch in self.batches():
                    writer.write_batch(batch.replace_schema_metadata(stored))
                    count += len(batch)
            fresh.replace(path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise OutputError(f"{path}: cannot be written: {error}") from error
        return count

    def import_(self, path: str | os.PathLike[str]) -> int:
        """Add the documents of a Parquet file that `export` wrote; return their number. ArtefactError for other settings."""
        import pyarrow.parquet as pq

        try:
            file = pq.ParquetFile(path)
        except FileNotFoundError:
            raise InputError(f"{path}: no such file") from None
        except (OSError, pa.ArrowInvalid) as error:
            raise InputError(f"{path}: is not a Parquet file: {error}") from None
        with file:
            stored = json.loads((file.schema_arrow.metadata or {}).get(b"dedup", b"null"))
            if not isinstance(stored, dict) or file.schema_arrow.remove_metadata() != TABLE:
                raise ArtefactError(f"{path}: was not exported from an index")
            # The threshold and what follows from it decide what is compared, not what is stored.
            if differences := self.config.differences(stored, ("shingle", "ngram", "char_ngram", "num_perm", "seed")):
                raise ArtefactError(f"{path}: was exported from an index with other settings: {'; '.join(differences)}")
            return sum(self.add_table(batch) for batch in file.iter_batches(_BATCH))

    def add_table(self, batch: pa.RecordBatch) -> int:
        """Add documents as a batch of `TABLE`; return their number. Those whose id is there already replace it."""
        lists = []
        for name in ("shingles", "signature"):
            offsets = np.asarray(batch[name].offsets, np.int64)
            lists.append((offsets - offsets[0], np.ascontiguousarray(batch[name].flatten(), np.uint32)))
        seen = np.ascontiguousarray(batch["first_seen"].cast(pa.int64()), np.int64)
        identities = np.ascontiguousarray(batch["identity"].flatten(), np.uint64)
        self._core.add_known(buffers(batch["id"]), seen, identities, lists[0], lists[1], self._since())
        return len(batch)

    def _add(
        self, documents: Iterable[tuple[str, str]], seen: datetime | float | None, check: bool
    ) -> tuple[npt.NDArray[np.uint8], list[Match | None]]:
        pairs = list(documents)
        for pair in pairs:
            if not (len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], str)):
                raise TypeError(f"a document is (id, text), two strings, not {pair!r:.200}")
        at = seen.timestamp() if isinstance(seen, datetime) else time.time() if seen is None else seen
        if not 0 <= at < _LATEST:
            raise ValueError(f"seen is a date or seconds since 1970, not {seen!r}")
        ids = buffers([id for id, _ in pairs])
        texts = buffers([text for _, text in pairs])
        times = np.full(len(pairs), round(at * 1000), np.int64)
        found, statuses = self._core.add(ids, texts, times, self._since(), check, self.config.threads)
        return statuses, _one_each(len(pairs), found)

    def _since(self) -> int:
        return _FOREVER if self._max_age is None else round((time.time() - self._max_age) * 1000)


def _banding(config: Config) -> tuple[int, int, int, int]:
    bands, rows = choose_bands(config.threshold, config.recall, config.num_perm)
    return bands, rows, choose_screen(config.threshold, config.recall, config.num_perm), config.max_bucket


def _matches(found: Any) -> Iterator[tuple[int, Match]]:
    rows, ids, similarity, estimated, exact, seen = found
    for row, id, alike, guessed, same, at in zip(
        rows.tolist(), column(ids).to_pylist(), similarity.tolist(), estimated.tolist(), exact.tolist(), seen.tolist(), strict=True
    ):
        yield row, Match(id, alike, "exact" if same else "near", datetime.fromtimestamp(at / 1000, UTC), guessed)


def _one_each(count: int, found: Any) -> list[Match | None]:
    matches: list[Match | None] = [None] * count
    for row, match in _matches(found):
        matches[row] = match
    return matches
