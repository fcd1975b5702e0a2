"""The index at work: check_and_add in durable batches of 100, single checks, opening, bytes, beside datasketch in the same run.

    python benchmarks/index/speed.py [--documents 1000000] [--data ../shared/data/news/hi.jsonl.zst] [--out record.json]

Each document is a real text with its words in another order, so that lengths and shingles are real and no two are near; one
in ten is then edited into a near-duplicate of an earlier one. Without data the texts are made up. Runs on one core.
"""

import argparse
import io
import json
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from dedup.config import Config
from dedup.fingerprint import signatures
from dedup.index import Index
from dedup.lsh import choose_bands

CONFIG = Config(threads=1)


def base_texts(path: Path) -> list[list[str]]:
    """The words of each text of 500 to 20,000 bytes, or of made-up ones."""
    if not path.exists():
        print(f"{path}: absent; the texts are made up", file=sys.stderr)
        generator = np.random.default_rng(1)
        return [[f"शब्द{number}" for number in generator.integers(0, 50_000, generator.integers(60, 400))] for _ in range(2_000)]
    import zstandard

    with open(path, "rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")
        texts = (json.loads(line)["text"] for line in lines)
        return [text.split() for text in texts if 500 <= len(text.encode()) <= 20_000]


def documents(bases: list[list[str]], start: int, count: int) -> Iterator[tuple[str, str]]:
    """Document n depends on n alone."""
    for number in range(start, start + count):
        original = number - 7 if number % 10 == 9 else number
        generator = random.Random(original)
        words = list(bases[original % len(bases)])
        generator.shuffle(words)
        if original != number:
            words[len(words) // 2] = f"n{number}"
        yield f"https://news.example/{number // 1000}/article-{number}", " ".join(words)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def measure(folder: Path, bases: list[list[str]], count: int, timed: int) -> dict[str, Any]:
    index = Index.open(folder, CONFIG)
    begun = time.perf_counter()
    for start in range(0, count, 2_000):
        index.add_many(documents(bases, start, min(2_000, count - start)))
    filled = time.perf_counter() - begun
    expected = 0
    seconds: list[float] = []
    used = 0.0
    for start in range(count, count + timed, 100):
        batch = list(documents(bases, start, 100))
        cpu = time.process_time()
        begun = time.perf_counter()
        matches = index.check_and_add_many(batch)
        seconds.append(time.perf_counter() - begun)
        used += time.process_time() - cpu
        for (id, _), match in zip(batch, matches, strict=True):
            number = int(id.rsplit("-", 1)[1])
            if number % 10 == 9 and len(bases[(number - 7) % len(bases)]) > 60:
                assert match is not None and match.id.endswith(f"-{number - 7}"), (id, match)
                expected += 1
            elif number % 10 != 9:
                assert match is None, (id, match)
    memory_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    checks: dict[str, list[float]] = {"new": [], "near": []}
    for number in range(count, count + 4_000):
        ((_, text),) = documents(bases, number + (10_000_000 if number % 2 else 0), 1)
        begun = time.perf_counter()
        found = index.check(text)
        checks["near" if found else "new"].append(time.perf_counter() - begun)
    before = index.info()
    begun = time.perf_counter()
    index.close()
    closing = time.perf_counter() - begun
    opening = []
    for _ in range(5):
        begun = time.perf_counter()
        index = Index.open(folder, CONFIG)
        opening.append(time.perf_counter() - begun)
        index.close()
    index = Index.open(folder, CONFIG)
    begun = time.perf_counter()
    index.verify()
    verifying = time.perf_counter() - begun
    begun = time.perf_counter()
    index.compact()
    compacting = time.perf_counter() - begun
    after = index.info()
    index.close()
    return {
        "documents": count,
        "fill_documents_a_second": round(count / filled),
        "check_and_add_a_second": round(timed / sum(seconds)),
        "check_and_add_a_second_of_processor": round(timed / used),
        "batch_ms_median": round(percentile(seconds, 0.5) * 1e3, 2),
        "batch_ms_p99": round(percentile(seconds, 0.99) * 1e3, 2),
        "batch_ms_longest": round(max(seconds) * 1e3, 2),
        "near_duplicates_found": expected,
        **{
            f"check_{kind}_ms_{name}": round(percentile(times, share) * 1e3, 3)
            for kind, times in checks.items()
            for name, share in (("median", 0.5), ("p99", 0.99))
            if times
        },
        "open_ms": [round(value * 1e3, 1) for value in opening],
        "close_ms": round(closing * 1e3, 1),
        "verify_seconds": round(verifying, 1),
        "compact_seconds": round(compacting, 1),
        "bytes_a_document_before_compaction": before["bytes_per_document"],
        "bytes_a_document": after["bytes_per_document"],
        "index_memory_mb": round(before["memory_bytes"] / 1e6, 1),
        "process_peak_mb": round(memory_before / 1e3),
    }


def fsync_probe(folder: Path) -> float:
    """Milliseconds of a write of 90 kB through to the disk: no durable commit is quicker here."""
    times = []
    with open(folder / "probe", "wb", buffering=0) as file:
        for _ in range(100):
            begun = time.perf_counter()
            file.write(b"x" * 90_000)
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begun)
    return round(percentile(times, 0.5) * 1e3, 2)


def datasketch_peer(bases: list[list[str]], count: int, timed: int, storage: dict[str, Any] | None) -> dict[str, Any]:
    """datasketch's MinHashLSH on our bands and our signatures: the query and the insert of each document, without verification."""
    from datasketch import MinHash, MinHashLSH

    bands, rows = choose_bands(CONFIG.threshold, CONFIG.recall, CONFIG.num_perm)
    lsh = MinHashLSH(num_perm=CONFIG.num_perm, params=(bands, rows), storage_config=storage)

    def sketches(start: int, size: int) -> list[tuple[str, Any]]:
        batch = list(documents(bases, start, size))
        values = signatures([text for _, text in batch], CONFIG)
        return [(id, MinHash(CONFIG.num_perm, hashvalues=row, scheme="affine32")) for (id, _), row in zip(batch, values, strict=True)]

    for start in range(0, count, 1_000):
        with lsh.insertion_session() as session:
            for id, sketch in sketches(start, min(1_000, count - start)):
                session.insert(id, sketch, check_duplication=False)
    seconds = used = 0.0
    for start in range(count, count + timed, 100):
        begun, cpu = time.perf_counter(), time.process_time()
        for id, sketch in sketches(start, 100):
            lsh.query(sketch)
            lsh.insert(id, sketch)
        seconds += time.perf_counter() - begun
        used += time.process_time() - cpu
    return {
        "documents": count,
        "query_and_insert_a_second": round(timed / seconds),
        "query_and_insert_a_second_of_processor": round(timed / used),
    }


def shared_index(bases: list[list[str]], client: Any, socket: str, count: int, timed: int) -> dict[str, Any]:
    """Our shared index on Redis: check_and_add, verified, and the memory that Redis takes for a document."""
    from dedup.integrations.datasketch import SharedIndex

    empty = client.info("memory")["used_memory"]
    with SharedIndex({"unix_socket_path": socket}, CONFIG) as index:
        for start in range(0, count, 1_000):
            index.check_and_add_many(documents(bases, start, min(1_000, count - start)))
        held = client.info("memory")["used_memory"] - empty
        seconds = used = 0.0
        for start in range(count, count + timed, 100):
            batch = list(documents(bases, start, 100))
            begun, cpu = time.perf_counter(), time.process_time()
            index.check_and_add_many(batch)
            seconds += time.perf_counter() - begun
            used += time.process_time() - cpu
    return {
        "documents": count,
        "check_and_add_a_second": round(timed / seconds),
        "check_and_add_a_second_of_processor": round(timed / used),
        "redis_bytes_a_document": round(held / count),
    }


def own_core() -> dict[str, Any]:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return {"cores": 1, "machine": platform.processor() or platform.machine(), "load_at_start": os.getloadavg()[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--timed", type=int, default=100_000, help="enough that merges of every size take their share")
    parser.add_argument("--peer-documents", type=int, default=50_000)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/news/hi.jsonl.zst"))
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    machine = own_core()
    bases = base_texts(arguments.data)
    sizes = [len(" ".join(words).encode()) for words in bases]
    folder = Path(tempfile.mkdtemp())
    peer = min(arguments.peer_documents, arguments.documents)
    try:
        probe = fsync_probe(folder)
        record = {
            "what": "index",
            "date": datetime.now(UTC).date().isoformat(),
            "command": " ".join(["python", "benchmarks/index/speed.py", *sys.argv[1:]]),
            "machine": machine,
            "versions": {"python": platform.python_version(), "datasketch": version("datasketch")},
            "texts": {"mean_bytes": round(sum(sizes) / len(sizes)), "mean_words": round(sum(map(len, bases)) / len(bases))},
            "fdatasync_90kB_ms": probe,
            "index": measure(folder / "index", bases, arguments.documents, arguments.timed),
            "datasketch_memory": datasketch_peer(bases, peer, min(arguments.timed, 5_000), None),
        }
        if shutil.which("redis-server"):
            from redis import Redis

            socket = folder / "redis.sock"
            options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", str(folder)]
            with subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL) as server:
                try:
                    while not socket.exists():
                        time.sleep(0.05)
                    storage = {"type": "redis", "basename": b"bench", "redis": {"unix_socket_path": str(socket)}}
                    record["datasketch_redis"] = datasketch_peer(bases, peer // 5, 2_000, storage)
                    with Redis(unix_socket_path=str(socket)) as client:
                        client.flushall()
                        record["shared_index_redis"] = shared_index(bases, client, str(socket), peer // 5, 2_000)
                finally:
                    server.terminate()
    finally:
        shutil.rmtree(folder)
    text = json.dumps(record, indent=2)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n")


if __name__ == "__main__":
    main()
