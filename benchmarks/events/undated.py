"""Counts what is joined of articles of many years without a date, and which pairs that were read and judged are among it.

    python benchmarks/events/undated.py [../shared/data]

undated_pairs.jsonl holds three draws of 100 joined pairs each, seeded: before undated articles had to share rare words, between, and
after; `same` tells whether one reader, by the first lines of both, held them for reports of one event (follow-ups, other days of one
tally and other matches are none). Ids and labels only.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

import zstandard

from dedup.config import Config
from dedup.event import cluster_events

PAIRS = Path(__file__).with_name("undated_pairs.jsonl")


def main(data: str = "../shared/data") -> None:
    """Print the joined pairs, the articles alone, and for each draw how many of its pairs are joined."""
    path = Path(data) / "news" / "hi.jsonl.zst"
    if not path.is_file():
        sys.exit(f"{path} is not here: nothing to measure")
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    ids, texts = ([row[name] for row in rows] for name in ("id", "text"))
    found = cluster_events([""] * len(ids), texts, [""] * len(ids), ids, Config(threads=1)).event.tolist()
    sizes = Counter(found)
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    print(f"{len(ids)} articles, {pairs} pairs joined, {sum(size == 1 for size in sizes.values())} articles alone")
    for count in (len(ids) // 4, len(ids) // 2, len(ids)):
        start = time.process_time()
        cluster_events([""] * count, texts[:count], [""] * count, ids[:count], Config(threads=1))
        print(f"{count} articles in {time.process_time() - start:.2f} s")
    event = dict(zip(ids, found, strict=True))
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        counts[row["draw"], row["same"], event[row["a"]] == event[row["b"]]] += 1
    for draw in ("before", "between", "after"):
        same, other = ((counts[draw, kind, True], counts[draw, kind, True] + counts[draw, kind, False]) for kind in (True, False))
        print(f"drawn {draw}: joined {same[0]} of {same[1]} of one event, {other[0]} of {other[1]} that are not")


if __name__ == "__main__":
    main(*sys.argv[1:])
