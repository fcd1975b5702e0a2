"""Writes a large file of JSON lines from the small collections of news: python benchmarks/hashing/expand.py 200000 --data DIR -o FILE

Hindi, Nepali and English in the proportions below; a quarter of the documents are edited copies (dedup/bench/corpus.py). With
--plain it writes hi.txt and en.txt, the collections as they are, for `cargo bench`.
"""

import argparse
import io
import itertools
import json
import random
from pathlib import Path

import zstandard

from dedup.bench.corpus import planted, recombined

SHARES = {"hi": 0.45, "ne": 0.05, "en": 0.50}


def texts(data: Path, language: str) -> list[str]:
    """Return the texts of one collection."""
    with zstandard.open(data / "news" / f"{language}.jsonl.zst", "rb") as stream:
        return [json.loads(line)["text"] for line in io.TextIOWrapper(stream, encoding="utf-8")]


def expanded(data: Path, languages: dict[str, float], count: int, seed: int = 1) -> "itertools.islice[str]":
    """Yield `count` texts, each of a language drawn by its share."""
    generator = random.Random(seed)
    streams = [planted(recombined(texts(data, language), seed), seed=seed) for language in languages]
    endless = (next(generator.choices(streams, list(languages.values()))[0]) for _ in itertools.count())
    return itertools.islice(endless, count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=30_000)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("-o", "--output", type=Path, required=True, help="a file; a folder with --plain")
    arguments = parser.parse_args()
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    if arguments.plain:
        for language in ("hi", "en"):
            (arguments.output / f"{language}.txt").write_text("\0".join(texts(arguments.data, language)), encoding="utf-8")
        return
    with arguments.output.open("w", encoding="utf-8") as output:
        for row, text in enumerate(expanded(arguments.data, SHARES, arguments.count)):
            output.write(json.dumps({"id": f"{row:08}", "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
