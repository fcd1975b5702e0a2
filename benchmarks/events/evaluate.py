"""Scores the default settings on labelled events, as B-cubed and pairwise precision, recall and F1 (Amigó et al., 2009).

    python benchmarks/events/evaluate.py [../shared/data]      # the record is baselines.py's

ECB+ (English, no dates), Hindi items (the whole stream clustered; crawl dates jittered by up to a day, three seeds; again without
Latin-script words, and with half of the dates taken away), UCI headlines, the harder Hindi labels of hard_gold.jsonl, and the Hindi labels
of tuning_gold.jsonl, which settings may be chosen by. Nothing is set for a set of data.
"""

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dedup.config import Config
from dedup.event import cluster_events
from dedup.event_stream import EventStream

HARD = Path(__file__).with_name("hard_gold.jsonl")
TUNING = Path(__file__).with_name("tuning_gold.jsonl")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TURN = 19_310.0
"""The day around which time is mirrored."""


@dataclass
class Articles:
    """A stream to cluster and the labels of some of its articles; `at` are days since 1970, `crawled` the dates before the jitter."""

    name: str
    ids: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    at: list[float | None] = field(default_factory=list)
    gold: list[str | None] = field(default_factory=list)
    crawled: list[float | None] = field(default_factory=list)

    def add(self, id: str, title: str, text: str, at: float | None, gold: str | None, crawled: float | None = None) -> None:
        for values, value in zip(
            (self.ids, self.titles, self.texts, self.at, self.gold, self.crawled), (id, title, text, at, gold, crawled), strict=True
        ):
            values.append(value)

    @property
    def dates(self) -> list[str]:
        return ["" if at is None else (EPOCH + timedelta(days=at)).isoformat() for at in self.at]


def rows(path: Path) -> list[dict]:
    """Return the rows of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ecb(data: Path) -> Articles:
    """Return ECB+, topics 1 to 35."""
    found = Articles("ecb+")
    for row in rows(data / "events" / "ecbplus.jsonl"):
        if row["topic"] <= 35:
            found.add(row["id"], "", row["text"], None, row["event"])
    return found


def uci(data: Path) -> Articles:
    """Return the UCI headlines."""
    found = Articles("uci")
    for row in rows(data / "events" / "uci_headlines.jsonl"):
        found.add(row["id"], row["title"], "", row["published_days"], row["event"])
    return found


def hindi(data: Path, seed: int, latin: bool = True, labels: Path | None = None, name: str = "hindi", reading: str = "event") -> Articles:
    """Return the Hindi stream with its labels (of the first or the `second` reading); without words in Latin letters if not `latin`."""
    gold = {row["id"]: row for row in rows(labels or data / "events" / "hindi_gold.jsonl")}
    generator = random.Random(seed)
    found = Articles(name)
    for row in rows(data / "events" / "hindi_items.jsonl"):
        title, text = (part if latin else re.sub("[A-Za-z]+", " ", part) for part in (row["title"], row["text"]))
        crawled = float((date.fromisoformat(row["published"]) - EPOCH.date()).days)
        label = gold.get(row["id"])
        event = label.get(reading, label["event"]) if label and label.get("kind") != "service" else None
        found.add(row["id"], title, text, crawled + generator.choice([-1, 0, 1]), event, crawled)
    return found


def undated(articles: Articles, share: float, seed: int) -> Articles:
    """Return the articles with a share of their dates taken away."""
    generator = random.Random(seed)
    articles.at = [None if generator.random() < share else at for at in articles.at]
    return articles


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scores(articles: Articles, found: list) -> dict[str, float]:
    """Return B-cubed and pairwise figures over the labelled articles, in per cent."""
    both = [(gold, event) for gold, event in zip(articles.gold, found, strict=True) if gold is not None]
    joint, gold, event = Counter(both), Counter(g for g, _ in both), Counter(e for _, e in both)
    precision = sum(n * n / event[e] for (_, e), n in joint.items()) / len(both)
    recall = sum(n * n / gold[g] for (g, _), n in joint.items()) / len(both)
    pairs = lambda counts: sum(n * (n - 1) // 2 for n in counts.values())  # noqa: E731
    together = pairs(joint)
    pair_precision, pair_recall = together / max(1, pairs(event)), together / max(1, pairs(gold))
    figures = {
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": f1(precision, recall),
        "pair_precision": pair_precision,
        "pair_recall": pair_recall,
        "pair_f1": f1(pair_precision, pair_recall),
    }
    return {name: round(100 * value, 2) for name, value in figures.items()}


def far_pairs(articles: Articles, found: list) -> float:
    """Return the share of pairs of one event whose crawl dates lie more than three days apart, in per cent."""
    members: dict = {}
    for event, crawled in zip(found, articles.crawled, strict=True):
        members.setdefault(event, []).append(crawled)
    total = far = 0
    for dates in members.values():
        total += len(dates) * (len(dates) - 1) // 2
        far += sum(abs(a - b) > 3 for i, a in enumerate(dates) for b in dates[:i])
    return round(100 * far / max(1, total), 3)


def ours(articles: Articles, config: Config) -> list:
    """Return the event of each article by this package."""
    return cluster_events(articles.titles, articles.texts, articles.dates, articles.ids, config).event.tolist()


def streamed(articles: Articles, config: Config, answer: str = "final") -> list:
    """Return the event of each article by an EventStream that takes them by date, undated ones as they stand: the `first` answer of each, the one
    three windows after its date (`closed`), or the `final` one. At its end the stream is settled."""
    order = sorted(range(len(articles.ids)), key=lambda row: articles.at[row] or 0.0)
    stream, dates, at = EventStream(config), articles.dates, dict(zip(articles.ids, articles.at, strict=True))
    found: dict[str, str] = {}
    copies: dict[str, str] = {}
    end = max((day for day in articles.at if day is not None), default=0.0)

    def follow(now: float) -> None:
        moved = stream.moved()
        is_in_time = {"first": lambda day: False, "closed": lambda day: now - day <= 3 * config.window_days, "final": lambda day: True}[
            answer
        ]
        found.update((id, event) for id, event in moved.items() if is_in_time(now if at[id] is None else at[id]))

    for row in order:
        id = articles.ids[row]
        told = stream.add(id, articles.texts[row], title=articles.titles[row], published=dates[row])
        found[id] = told.event
        if told.copy_of and answer != "first":
            copies[id] = told.copy_of
        follow(articles.at[row] or 0.0)
    stream.settle()
    follow(end)
    return [found[copies.get(id, id)] for id in articles.ids]


def as_of_then(articles: Articles, config: Config) -> list:
    """Return the event of each labelled article by a batch of what a stream has seen when it lets go of it: nothing later than three windows
    after each run of labelled days. Others are alone; where dates are missing it is the batch of all."""
    if None in articles.at:
        return ours(articles, config)
    labelled = sorted({at for at, gold in zip(articles.at, articles.gold, strict=True) if gold is not None})
    ends = [at for at, later in zip(labelled, [*labelled[1:], float("inf")], strict=True) if later - at > config.window_days]
    found: list = list(range(len(articles.ids)))
    begin = float("-inf")
    for end in ends:
        rows = [row for row, at in enumerate(articles.at) if at <= end + 3 * config.window_days]
        part = Articles(articles.name)
        for row in rows:
            part.add(articles.ids[row], articles.titles[row], articles.texts[row], articles.at[row], articles.gold[row])
        for row, event in zip(rows, ours(part, config), strict=True):
            if begin < articles.at[row] <= end:
                found[row] = (end, event)
        begin = end
    return found


def mirrored(articles: Articles) -> Articles:
    """Return the articles in the reverse order of time: what came later came before."""
    turned = [[None if day is None else 2 * TURN - day for day in days] for days in (articles.at, articles.crawled)]
    return replace(articles, at=turned[0], crawled=turned[1])


def mean(figures: list[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each figure."""
    return {name: round(sum(row[name] for row in figures) / len(figures), 2) for name in figures[0]}


def measure(data: Path, cluster: Callable[[Articles], list]) -> dict[str, dict[str, float]]:
    """Return the figures of a way to cluster on every set."""
    sets = [[ecb(data)], [uci(data)]]
    sets += [[hindi(data, seed, latin, name="hindi" if latin else "hindi without Latin") for seed in range(3)] for latin in (True, False)]
    for name, reading in (("hindi, harder", "event"), ("harder, 2nd reading", "second")):
        sets.append([hindi(data, seed, labels=HARD, name=name, reading=reading) for seed in range(3)])
    sets.append([hindi(data, seed, labels=TUNING, name="hindi, tuning") for seed in range(3)])
    sets.append([undated(hindi(data, seed, name="hindi, half undated"), 0.5, seed) for seed in range(3)])
    table = {}
    for group in sets:
        figures = []
        for articles in group:
            start = time.perf_counter()
            found = cluster(articles)
            seconds = time.perf_counter() - start
            far = {"far_pairs": far_pairs(articles, found)} if articles.crawled[0] is not None else {}
            figures.append(scores(articles, found) | far | {"seconds": round(seconds, 2)})
        table[group[0].name] = mean(figures)
    return table


def show(name: str, table: dict[str, dict[str, float]]) -> None:
    """Print one line a set."""
    for data, row in table.items():
        b3, pair = ([row[f"{kind}_{part}"] for part in ("precision", "recall", "f1")] for kind in ("b3", "pair"))
        far = f"  far {row['far_pairs']:.2f} %" if "far_pairs" in row else ""
        print(
            f"{name:16s} {data:22s} B3 P {b3[0]:5.1f} R {b3[1]:5.1f} F {b3[2]:5.1f}   pairs P {pair[0]:5.1f} R {pair[1]:5.1f}"
            f" F {pair[2]:5.1f}{far}  {row['seconds']:.2f} s",
            flush=True,
        )


def main() -> None:
    """Measure and print; write the record if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--threshold", type=float, default=Config().event_threshold)
    options = parser.parse_args()
    if not (options.data / "events").is_dir():
        sys.exit(f"{options.data}/events is not here: nothing to measure")
    config = Config(event_threshold=options.threshold, threads=1)
    show("dedup", measure(options.data, lambda articles: ours(articles, config)))
    for answer in ("first", "closed", "final"):
        show(f"stream, {answer}", measure(options.data, lambda articles, answer=answer: streamed(articles, config, answer)))


if __name__ == "__main__":
    main()
