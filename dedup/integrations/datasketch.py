"""datasketch: an index shared by several crawlers on Redis, and ways between the index on disk and datasketch objects.

Signatures are those of datasketch 2, scheme affine32, and go through its own `MinHashLSH` and storage; what it finds is
verified on the texts. Signatures that are to be compared must be made of the same shingles: of `dedup.signatures`, or of an
index.
"""

import contextlib
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
from datasketch import MinHash, MinHashLSH

try:
    import redis
    from redis.backoff import ExponentialBackoff
    from redis.exceptions import ConnectionError as Unreachable
    from redis.exceptions import RedisError
    from redis.exceptions import TimeoutError as Late
    from redis.retry import Retry
except ImportError:
    raise ImportError("the shared index needs redis-py: pip install 'newsdedup[redis]'") from None

from dedup.columns import chunks
from dedup.config import Config
from dedup.errors import ArtefactError, DedupError
from dedup.fingerprint import fingerprint, permutations, signatures
from dedup.index import COMPARED, TABLE, Index, Match
from dedup.lsh import choose_bands, choose_screen
from dedup.verify import verify

__all__ = ["SharedIndex", "add_minhashes", "to_lsh", "to_minhashes"]

SCHEME = "affine32"


class SharedIndex:
    """A near-duplicate index on a Redis server, for several processes that add at the same time.

    Of two near-duplicates that are added at once exactly one is told of the other: a document is put in first, then takes a
    number, then looks for those with smaller numbers. A document of which the process died before it took its number counts
    for nothing and is added again when it comes again. Where a call was broken off, the document may be in already: called
    again with the same words it matches itself (`match.id` is its own id), as after any crawl of an unchanged page.

    Redis takes about 12 kB a document at the default settings: 25 bands of one set each, and the text, compressed. What is
    older than `max_age` no longer counts; `remove` frees its room.
    """

    def __init__(
        self,
        redis_options: Mapping[str, Any] | None = None,
        config: Config | None = None,
        *,
        name: str = "dedup",
        retries: int = 3,
        max_age: timedelta | float | None = None,
    ) -> None:
        """Connect: `redis_options` are those of `redis.Redis` (host, port, unix_socket_path, …), `name` begins every key.

        A lost connection is tried again `retries` times, each time later, before it is a DedupError. ArtefactError when the
        index of that name was made with other settings.
        """
        self.config = config or Config()
        self._age = max_age.total_seconds() if isinstance(max_age, timedelta) else max_age
        options = dict(redis_options or {})
        self._where = str(options.get("unix_socket_path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}")
        if retries:
            options |= {"retry": Retry(ExponentialBackoff(cap=2, base=0.05), retries), "retry_on_error": [Unreachable, Late]}
        self._name = name
        self._bands = choose_bands(self.config.threshold, self.config.recall, self.config.num_perm)
        self._screen = choose_screen(self.config.threshold, self.config.recall, self.config.num_perm)
        with self._reached():
            self._redis = redis.Redis(**options)
            self._check_settings()
            storage = {"type": "redis", "basename": f"{name}:lsh".encode(), "redis": options}
            # Ids are bytes as they are: nothing of what comes back from a server is unpickled.
            self._lsh = MinHashLSH(num_perm=self.config.num_perm, params=self._bands, storage_config=storage, prepickle=False)
            self._finish = self._redis.register_script(
                # A call that is sent again because its answer was lost finds the number that it drew.
                "local n = redis.call('HGET', KEYS[2], 'number'); if n then return n end; "
                "n = redis.call('INCR', KEYS[1]); redis.call('HSET', KEYS[2], 'number', n); return n"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()

    def __len__(self) -> int:
        with self._reached():
            return len(self._lsh.keys)

    def check(self, text: str) -> Match | None:
        """Return the document that the text duplicates, or None: of the most similar the first seen."""
        return self.check_many([text])[0]

    def check_many(self, texts: Sequence[str]) -> list[Match | None]:
        """Return for each text what `check` returns."""
        values = signatures(list(texts), self.config)
        with self._reached():
            return [self._best(text, row, None, None) for text, row in zip(texts, values, strict=True)]

    def check_and_add(self, id: str, text: str, *, seen: datetime | float | None = None) -> Match | None:
        """Add a document, and return the earlier one that it duplicates, or None; as `Index.check_and_add`."""
        return self.check_and_add_many([(id, text)], seen=seen)[0]

    def check_and_add_many(self, documents: Iterable[tuple[str, str]], *, seen: datetime | float | None = None) -> list[Match | None]:
        """Return for each (id, text) what `check_and_add` returns."""
        pairs = list(documents)
        at = seen.timestamp() if isinstance(seen, datetime) else time.time() if seen is None else seen
        values = signatures([text for _, text in pairs], self.config)
        with self._reached():
            return [self._take(id, text, row, at) for (id, text), row in zip(pairs, values, strict=True)]

    def remove(self, id: str) -> bool:
        """Remove a document; False where there is none."""
        with self._reached(), self._locked(id):
            return self._forget(id)

    def _take(self, id: str, text: str, values: Any, at: float) -> Match | None:
        key = self._document(id)
        with self._locked(id):
            stored = self._stored(id)
            if stored is not None and b"number" in stored and not self._expired(stored):
                if _same_words(text, stored, self.config):
                    return Match(id, 1.0, "exact", _time(stored))
                at = float(stored[b"seen"])
            self._forget(id)
            self._redis.hset(key, mapping={"seen": repr(at), "text": zlib.compress(text.encode("utf-8"))})
            if (values != np.iinfo(np.uint32).max).any():
                # Not by a session: datasketch connects anew for each band whenever a session ends.
                self._lsh.insert(id.encode(), self._minhash(values), check_duplication=False)
            number = int(self._finish(keys=[f"{self._name}:number", key]))
        return self._best(text, values, id, number)

    def _best(self, text: str, values: Any, own: str | None, before: int | None) -> Match | None:
        """The best match among those whose number is smaller than `before`."""
        if (values == np.iinfo(np.uint32).max).all():
            return None
        ids = [name.decode() for name in self._lsh.query(self._minhash(values)) if own is None or name != own.encode()]
        pipe = self._redis.pipeline(transaction=False)
        for id in ids:
            pipe.hgetall(self._document(id))
        found = []
        for id, stored in zip(ids, pipe.execute() if ids else [], strict=True):
            if b"number" in stored and (before is None or int(stored[b"number"]) < before) and not self._expired(stored):
                found.append((id, stored))
        if not found:
            return None
        texts = chunks([text, *(zlib.decompress(stored[b"text"]).decode() for _, stored in found)])
        rows = np.arange(len(found) + 1, dtype=np.uint32)
        prints = fingerprint(texts, rows, self.config)
        pairs = np.stack([np.zeros(len(found), np.uint32), rows[1:]], axis=1)
        jaccard = verify(texts, pairs, self.config).jaccard()
        screened = (prints.signatures[1:] == prints.signatures[0]).sum(axis=1) >= self._screen
        same = (prints.identities[1:] == prints.identities[0]).all(axis=1)
        order = sorted(
            (-bool(same[at]), -jaccard[at], float(stored[b"seen"]), id, at)
            for at, (id, stored) in enumerate(found)
            if screened[at] and jaccard[at] >= self.config.threshold
        )
        if not order:
            return None
        at = order[0][-1]
        id, stored = found[at]
        return Match(id, float(jaccard[at]), "exact" if same[at] else "near", _time(stored))

    def _stored(self, id: str) -> dict[bytes, bytes] | None:
        return self._redis.hgetall(self._document(id)) or None

    def _forget(self, id: str) -> bool:
        name = id.encode()
        if name in self._lsh:
            self._lsh.remove(name)
        return bool(self._redis.delete(self._document(id)))

    def _document(self, id: str) -> str:
        return f"{self._name}:document:{id}"

    def _expired(self, stored: Mapping[bytes, bytes]) -> bool:
        return self._age is not None and float(stored[b"seen"]) < time.time() - self._age

    def _minhash(self, values: Any) -> MinHash:
        return MinHash(self.config.num_perm, self.config.seed, hashvalues=values, scheme=SCHEME)

    def _locked(self, id: str) -> Any:
        return self._redis.lock(f"{self._name}:lock:{id}", timeout=30, blocking_timeout=60)

    def _check_settings(self) -> None:
        own = {name: str(getattr(self.config, name)) for name in COMPARED}
        key = f"{self._name}:config"
        for name, value in own.items():
            self._redis.hsetnx(key, name, value)
        stored = {name.decode(): value.decode() for name, value in self._redis.hgetall(key).items()}
        if different := [f"{name} is {own[name]} here and {stored.get(name)} there" for name in own if stored.get(name) != own[name]]:
            raise ArtefactError(f"{self._where}: the index '{self._name}' was made with other settings: {'; '.join(different)}")

    @contextlib.contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (Unreachable, Late) as error:
            raise DedupError(
                f"Redis at {self._where} cannot be reached: {error}; nothing acknowledged is lost by this, call again when it is back"
            ) from error
        except RedisError as error:
            raise DedupError(f"Redis at {self._where}: {error}") from error


def _same_words(text: str, stored: Mapping[bytes, bytes], config: Config) -> bool:
    texts = chunks([text, zlib.decompress(stored[b"text"]).decode()])
    prints = fingerprint(texts, np.arange(2, dtype=np.uint32), config)
    return bool((prints.identities[0] == prints.identities[1]).all() and prints.units[0] == prints.units[1])


def _time(stored: Mapping[bytes, bytes]) -> datetime:
    return datetime.fromtimestamp(float(stored[b"seen"]), UTC)


def to_minhashes(index: Index) -> Iterator[tuple[str, MinHash]]:
    """Yield (id, MinHash) for each document of an index, in the order in which they were added."""
    config = index.config
    drawn = permutations(config.num_perm, config.seed)
    for batch in index.batches():
        for row in batch.select(["id", "shingles", "signature"]).to_pylist():
            if row["signature"]:
                values = np.array(row["signature"], np.uint32)
                yield row["id"], MinHash(config.num_perm, config.seed, hashvalues=values, permutations=drawn, scheme=SCHEME)
            else:
                sketch = MinHash(config.num_perm, config.seed, hashfunc=int, permutations=drawn, scheme=SCHEME)
                sketch.update_batch(row["shingles"])
                yield row["id"], sketch


def to_lsh(index: Index, storage_config: Mapping[str, Any] | None = None) -> MinHashLSH:
    """Return a MinHashLSH with the documents of an index and its bands. What it finds is not verified."""
    config = index.config
    bands = choose_bands(config.threshold, config.recall, config.num_perm)
    lsh = MinHashLSH(num_perm=config.num_perm, params=bands, storage_config=dict(storage_config) if storage_config else None)
    with lsh.insertion_session() as session:
        for id, sketch in to_minhashes(index):
            if not sketch.is_empty():
                session.insert(id, sketch)
    return lsh


def add_minhashes(index: Index, minhashes: Iterable[tuple[str, MinHash]], *, seen: datetime | float | None = None) -> int:
    """Add documents of which only the MinHash is known; return their number. Matches with them are `estimated`.

    They must be made of our shingles (`dedup.signatures`, `to_minhashes`), else nothing is similar to them. ArtefactError
    where the permutations are others.
    """
    config = index.config
    at = seen if isinstance(seen, datetime) else datetime.fromtimestamp(time.time() if seen is None else seen, UTC)
    count = 0
    rows: list[dict[str, Any]] = []

    def flush() -> int:
        batch = pa.RecordBatch.from_pylist(rows, TABLE)
        rows.clear()
        return index.add_table(batch)

    for id, sketch in minhashes:
        if (len(sketch), sketch.seed, sketch.scheme) != (config.num_perm, config.seed, SCHEME):
            raise ArtefactError(
                f"{id}: a MinHash of {len(sketch)} permutations, seed {sketch.seed}, scheme {sketch.scheme}; "
                f"the index takes {config.num_perm}, seed {config.seed}, scheme {SCHEME}"
            )
        values = sketch.hashvalues.astype(np.uint32).tolist()
        rows.append({"id": id, "first_seen": at, "identity": [0, 0], "shingles": [], "signature": [] if sketch.is_empty() else values})
        if len(rows) == 1000:
            count += flush()
    return count + (flush() if rows else 0)
