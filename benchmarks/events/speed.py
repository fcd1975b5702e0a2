"""Times events on a made-up stream: batch and EventStream, one thread, at growing sizes of one density, with the memory they take.

    python benchmarks/events/speed.py [../shared/data] [--sizes 10000 30000 100000] [--record benchmarks/record/events-speed.json]

The stream is resampled from full articles (Hindi, Nepali, English): an event is one of them with a name of its own, its reports are samples
of its sentences over three days, sizes fall off like 1/n², 274 articles a day (1,000,000 are ten years). Each size runs in its own process;
the input of a batch is Arrow columns, made by another process.
"""

import argparse
import itertools
import json
import multiprocessing
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import zstandard

from dedup.config import Config
from dedup.event import cluster_events
from dedup.event_stream import EventStream

A_DAY = 274
START = datetime(2014, 1, 1, tzinfo=UTC)


def articles(data: Path) -> list[list[str]]:
    """Return the sentences of each article."""
    found = []
    for name in ("hi", "ne", "en"):
        with zstandard.open(data / "news" / f"{name}.jsonl.zst", "rt", encoding="utf-8") as lines:
            for line in lines:
                sentences = [part for part in re.split(r"(?<=[.!?।॥])\s+", json.loads(line)["text"]) if part.strip()]
                if len(sentences) >= 4:
                    found.append(sentences)
    return found


def stream(data: Path, count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield `count` reports in the order of their dates; `event` is the event that each was made of."""
    bases, generator = articles(data), random.Random(seed)
    waiting: list[tuple[float, int, str, list[str]]] = []
    made = event = 0
    while made < count:
        day = made / A_DAY
        while len(waiting) < 3 * A_DAY:
            event += 1
            size = min(60, int(1 / (1 - generator.random())))
            base, name = generator.choice(bases), f"{generator.choice('KMRST')}{generator.randrange(10**6):06d}"
            begins = day + 1.5 * generator.random()
            waiting += [(begins + 2 * generator.random(), event, name, base) for _ in range(size)]
        waiting.sort(key=lambda report: report[0])
        for at, number, name, base in waiting[:A_DAY]:
            kept = [sentence for sentence in base if generator.random() < 0.6] or base[:1]
            text = " ".join([*kept, name, f"agency{generator.randrange(200)}"])
            date = (START + timedelta(days=at)).isoformat()
            yield {"id": f"{made:08}", "title": kept[0][:80], "text": text, "published": date, "event": str(number)}
            made += 1
            if made == count:
                return
        del waiting[:A_DAY]


def write(data: Path, count: int, path: Path) -> None:
    """Write the stream as one Arrow record batch, so that the process that is measured holds the input once and nothing that made it."""
    parts: dict[str, list[pa.Array]] = {name: [] for name in ("title", "text", "published", "id", "event")}
    rows = stream(data, count)
    while chunk := list(itertools.islice(rows, 10_000)):
        for name, column in parts.items():
            column.append(pa.array([row[name] for row in chunk], pa.large_string()))
    batch = pa.record_batch({name: pa.concat_arrays(column) for name, column in parts.items()})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def one(data: Path, count: int, way: str, arrow: Path) -> dict[str, float]:
    """Return what one run took; only clustering is timed."""
    gold, characters, seconds, most = [], 0, 0.0, 0
    if way == "batch":
        with pa.OSFile(str(arrow)) as source:
            batch = pa.ipc.open_file(source).get_batch(0)
        columns = [batch.column(name) for name in ("title", "text", "published", "id")]
        gold, characters = batch.column("event").to_pylist(), pc.sum(pc.utf8_length(columns[1])).as_py()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        found = cluster_events(*columns, Config(threads=1)).event.tolist()
        seconds = time.process_time() - start
    else:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        events, found = EventStream(), []
        chunk: list[dict[str, str]] = []
        for row in stream(data, count):
            gold.append(row["event"])
            characters += len(row["text"])
            chunk.append(row)
            if len(chunk) == 500 or len(gold) == count:
                start = time.process_time()
                found += [joined.event for joined in events.add_many(chunk)]
                seconds += time.process_time() - start
                most, chunk = max(most, len(events)), []
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pairs = lambda labels: sum(n * (n - 1) // 2 for n in np.unique(labels, return_counts=True)[1].tolist())  # noqa: E731
    together = pairs([f"{a}|{b}" for a, b in zip(gold, found, strict=True)])
    precision, recall = together / max(1, pairs(found)), together / max(1, pairs(gold))
    return {
        "way": way,
        "articles": count,
        "characters_an_article": round(characters / count),
        "cpu_seconds": round(seconds, 2),
        "articles_a_minute": round(60 * count / seconds),
        "peak_mb_above_input": round((peak - before) / 1024),
        "held": most,
        "pair_precision": round(precision, 3),
        "pair_recall": round(recall, 3),
    }


def main() -> None:
    """Run every size in a process of its own; print and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--ways", nargs="+", default=["batch", "stream"])
    parser.add_argument("--record", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--arrow", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--room", type=Path, help="folder for the input of a batch, 2.6 GB for a million articles")
    options = parser.parse_args()
    if not (options.data / "news").is_dir():
        sys.exit(f"{options.data}/news is not here: nothing to measure")
    if options.one:
        print(json.dumps(one(options.data, options.sizes[0], options.ways[0], options.arrow)))
        return
    rows = json.loads(options.record.read_text())["runs"] if options.record and options.record.exists() else []
    for way in options.ways:
        for size in options.sizes:
            command = [sys.executable, __file__, str(options.data), "--one", "--sizes", str(size), "--ways", way]
            with tempfile.TemporaryDirectory(dir=options.room) as room:
                command += ["--arrow", f"{room}/stream.arrow"]
                if way == "batch":
                    making = multiprocessing.get_context("spawn").Process(target=write, args=(options.data, size, Path(command[-1])))
                    making.start()
                    making.join()
                result = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            rows = [row for row in rows if (row["way"], row["articles"]) != (way, size)]
            rows.append(json.loads(result))
            print(json.dumps(rows[-1]), flush=True)
            if options.record:
                about = {
                    "date": f"{datetime.now(UTC):%Y-%m-%d}",
                    "machine": platform.machine(),
                    "cores": os.cpu_count(),
                    "load": os.getloadavg()[0],
                }
                options.record.write_text(json.dumps(about | {"command": "benchmarks/events/speed.py", "runs": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
