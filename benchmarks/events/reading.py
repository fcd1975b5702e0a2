"""Draws events and lone articles of Hindi windows that carry no labels, to be read, and tells what became of those that were read.

    python benchmarks/events/reading.py [../shared/data] [--windows 2022-10-15:2022-10-17 ...] [--draw 60]

reading.jsonl holds what one reader found by the titles on 22 November: events with their articles and whether one of them reports
something else (`wrong`), lone articles and whether an event of the window should have taken them (`missed`). Ids and labels only.
With `--draw` the titles of events and lone articles are printed; without, how many of the events that were read are still as they were.

small_events.jsonl holds events of two and three articles, drawn before two brief articles had to be more alike: all pairs of the Hindi items,
and 25 pairs and 8 threes of each of the Hindi, English and Nepali news (no dates there), read by their first lines; a three is `wrong` where no
two of it belong together. 24 threes of the Hindi items were drawn since; `mixed` is one of them whose third article reports something else. It
is told how many are still together.
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import zstandard
from evaluate import HARD, TUNING, rows

from dedup.config import Config
from dedup.event import cluster_events

READ = Path(__file__).with_name("reading.jsonl")
SMALL = Path(__file__).with_name("small_events.jsonl")
WINDOWS = ("2022-10-15:2022-10-17", "2022-10-23:2022-10-25", "2022-11-25:2022-11-27", "2022-12-01:2022-12-03")


def small(data: Path, items: dict[str, str]) -> None:
    """Print how many of the small events that were read are still together; `items` are the events of the Hindi items."""
    homes = {"items": items}
    for name in ("hi", "en", "ne"):
        with zstandard.open(data / "news" / f"{name}.jsonl.zst", "rt", encoding="utf-8") as lines:
            ids, texts = zip(*((row["id"], row["text"]) for row in map(json.loads, lines)), strict=True)
        found = cluster_events([""] * len(ids), texts, [""] * len(ids), ids, Config(threads=1)).event.tolist()
        homes[name] = dict(zip(ids, found, strict=True))
    counts: Counter[tuple[str, int, bool, bool]] = Counter()
    for row in rows(SMALL):
        home = homes[row["set"]]
        counts[row["set"], len(row["articles"]), row["wrong"], len({home[id] for id in row["articles"]}) == 1] += 1
    for name, size, wrong in sorted({key[:3] for key in counts}):
        still, apart = (counts[name, size, wrong, together] for together in (True, False))
        print(f"{name}, events of {size}, wrong {wrong}: {still + apart} read, {still} still together")


def main() -> None:
    """Print a draw, or what became of the events that were read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--windows", nargs="+", default=WINDOWS, help="first and last day, with a colon between")
    parser.add_argument("--draw", type=int, default=0, help="print so many events, and two thirds as many lone articles")
    options = parser.parse_args()
    if not (options.data / "events").is_dir():
        sys.exit(f"{options.data}/events is not here: nothing to read")
    items = {row["id"]: row for row in rows(options.data / "events" / "hindi_items.jsonl")}
    titles, texts, dates = ([row[name] for row in items.values()] for name in ("title", "text", "published"))
    found = cluster_events(titles, texts, dates, list(items), Config(threads=1)).event.tolist()
    events = defaultdict(list)
    for id, event in zip(items, found, strict=True):
        events[event].append(id)
    if not options.draw:
        whole = {frozenset(ids) for ids in events.values()}
        for kind in ("wrong", "missed"):
            read = [row for row in rows(READ) if kind in row]
            for label in (False, True):
                those = [frozenset(row["articles"]) for row in read if row[kind] is label]
                print(f"{kind} {label}: {len(those)} read, {sum(ids in whole for ids in those)} as they were")
        small(options.data, dict(zip(items, found, strict=True)))
        return
    labelled = {row["id"] for path in (options.data / "events" / "hindi_gold.jsonl", HARD, TUNING) for row in rows(path)}
    windows = [window.split(":") for window in options.windows]
    drawn = [
        ids
        for ids in events.values()
        if not labelled & set(ids) and any(first <= items[id]["published"] <= last for id in ids for first, last in windows)
    ]
    random.Random(1).shuffle(drawn)
    for ids in [ids for ids in drawn if len(ids) > 1][: options.draw] + [ids for ids in drawn if len(ids) == 1][: options.draw * 2 // 3]:
        print(json.dumps(ids))
        for id in ids:
            print("   ", items[id]["published"], items[id]["title"])


if __name__ == "__main__":
    main()
