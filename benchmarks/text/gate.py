"""The quality gate of text mode.

    python benchmarks/text/gate.py [--data ../shared/data] [--seeds ../shared/seeds] [--record benchmarks/record/text-quality.json]
    python benchmarks/text/gate.py --samples

Floors rise freely and fall only with a written reason. The digest names the inputs (articles, outlets, judgements): with others the
figures mean something else. The exit code is 1 where a figure is below its floor, 2 where the inputs are not those that the floors were set
for, 0 otherwise, also where there is no development data. With --samples the leftovers of the outlets are put into the articles of this
repository alone, which needs no data; tests/test_text_gate.py runs both.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import xxhash
from crude import cached
from crude import measure as measure_crude
from evaluate import measure
from generate import HERE, build, rows
from natural import lines
from natural import measure as measure_natural
from pages import read as read_pages

from dedup.boilerplate import Templates
from dedup.boilerplate.html import strip_html
from dedup.boilerplate.text import strip_text
from dedup.config import Config

DIGEST = "97f6e8036827392f"
FLOORS = {
    "generated dev removed": 0.987,
    "generated test removed": 0.968,
    "generated kept": 0.995,
    "natural removed": 0.953,
    "natural kept": 0.995,
    "cleanportal text with templates": 0.93,
    "cleanportal html with templates": 0.95,
    "cleanportal html with templates, headline and captions": 0.965,
}
SAMPLE_FLOORS = {"samples removed": 0.978, "samples kept": 0.996}
NEWS_SETS = ("fundus", "magic", "indic", "hindi")
BESIDE = 4
CALLS = {
    "यहां क्लिक करें": re.compile(r"यहा[ंँ] क्लिक कर"),
    "फ़ॉलो": re.compile(r"फ़?ॉलो|फॉलो"),
    "यह भी पढ़ें": re.compile(r"(यह|ये) भी पढ़े"),
}


def rates(count: Counter[str]) -> dict[str, Any]:
    return {
        "leftovers": count["leftovers"],
        "removed": round(count["removed"] / max(1, count["leftovers"]), 4),
        "good": count["good"],
        "lost": round(count["lost"] / max(1, count["good"]), 4),
    } | ({"lost or moved": round(count["lost or moved"] / max(1, count["good"]), 4)} if "lost or moved" in count else {})


def generated(data: Path | None) -> tuple[dict[str, Any], str]:
    """Return the rates by split, language and place, and the digest of the documents."""
    documents = build(data)
    digest = xxhash.xxh3_64_hexdigest("\0".join(document.text for document in documents).encode())
    tallies = measure(documents)
    found = {f"{what} {value}".strip(): rates(tally.count) for (what, value), tally in sorted(tallies.items()) if what != "outlet"}
    return found, digest


def calls(data: Path) -> dict[str, dict[str, int]]:
    """Return for each call to readers in how many of the Hindi texts its words stand, before and after."""
    texts = [row["text"] for row in rows(data / "news/hi.jsonl.zst")]
    clean = strip_text(texts).column("text").to_pylist()
    return {
        name: {"before": sum(bool(call.search(text)) for text in texts), "after": sum(bool(call.search(text)) for text in clean)}
        for name, call in CALLS.items()
    }


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def score(golds: list[str], texts: list[str]) -> float:
    """Return the F1 of word 4-grams, true and false ones taken as shares of a page and summed (English pages only: words are \\w+)."""
    right = wrong = missed = 0.0
    for gold, text in zip(golds, texts, strict=True):
        wanted, found = shingles(gold), shingles(text)
        both = sum((wanted & found).values())
        total = sum(wanted.values()) + sum(found.values()) - both
        right, wrong, missed = (
            right + both / total,
            wrong + (sum(found.values()) - both) / total,
            missed + (sum(wanted.values()) - both) / total,
        )
    return round(2 * right / (2 * right + wrong + missed), 4)


def cleanportal(data: Path, out: Path) -> dict[str, float]:
    """Return the F1 on the pages of two hosts: whole pages as plain text, and through the HTML extractor, without and with templates."""
    pages = list(read_pages(data / "extract", "cleanportal"))
    golds, hosts = [page.gold for page in pages], [page.host for page in pages]
    texts = [row["text"] for row in cached(data, "cleanportal", out, True)]
    of_text, of_html = Templates(), Templates()
    of_text.learn(texts, hosts)
    of_html.learn_html([page.html for page in pages], hosts)
    html = [page.html for page in pages]

    def texts_of(batch: Any) -> list[str]:
        found: list[str] = batch.column("text").to_pylist()
        return found

    return {
        "text as it is": score(golds, texts),
        "text": score(golds, texts_of(strip_text(texts))),
        "text with templates": score(golds, texts_of(strip_text(texts, hosts=hosts, templates=of_text))),
        "html": score(golds, texts_of(strip_html(html))),
        "html with templates, headline and captions": score(
            golds, texts_of(strip_html(html, hosts=hosts, templates=of_html, config=Config(mode="full")))
        ),
        "html with templates": score(golds, texts_of(strip_html(html, hosts=hosts, templates=of_html))),
    }


class Reached(NamedTuple):
    figures: dict[str, float]
    """By the names of FLOORS."""
    digest: str
    record: dict[str, Any]


def reached(data: Path, seeds: Path, out: Path) -> Reached:
    """Measure everything."""
    found, documents = generated(data)
    judged = (HERE / "judged.tsv").read_bytes()
    natural = {group: rates(count) for group, count in measure_natural(list(lines(data, seeds))).items()}
    pages = cleanportal(data, out)
    figures = {
        "generated dev removed": found["split dev"]["removed"],
        "generated test removed": found["split test"]["removed"],
        "generated kept": 1 - found["all"]["lost"],
        "natural removed": natural["all"]["removed"],
        "natural kept": 1 - natural["all"]["lost"],
        "cleanportal text with templates": pages["text with templates"],
        "cleanportal html with templates": pages["html with templates"],
        "cleanportal html with templates, headline and captions": pages["html with templates, headline and captions"],
    }
    digest = xxhash.xxh3_64_hexdigest(documents.encode() + judged)
    record = {
        "date": time.strftime("%Y-%m-%d"),
        "command": "python benchmarks/text/gate.py --record benchmarks/record/text-quality.json",
        "level": Config().strip,
        "digest": digest,
        "generated": found,
        "natural": natural,
        "calls in Hindi texts": calls(data),
        "cleanportal F1": pages,
    }
    return Reached(figures, digest, record)


def real(data: Path, half: str, out: Path) -> dict[str, dict[str, Any]]:
    """Return the rates for the article elements of real pages and BESIDE lines around them, by set; hosts are halved by their names."""
    return {name: rates(measure_crude(data, name, half, out, beside=BESIDE)[0]) for name in NEWS_SETS}


def of_samples() -> dict[str, float]:
    """Return the figures of the documents made of articles in this repository, by the names of SAMPLE_FLOORS."""
    found, _ = generated(None)
    return {"samples removed": found["all"]["removed"], "samples kept": 1 - found["all"]["lost"]}


def shortfalls(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    return [f"{name}: {figure:.4f} is below {floors[name]}" for name, figure in figures.items() if figure < floors[name]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seeds", type=Path, default=Path("../shared/seeds"))
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/text"))
    parser.add_argument("--record", type=Path)
    parser.add_argument("--samples", action="store_true")
    arguments = parser.parse_args()
    if not arguments.samples and not arguments.data.is_dir():
        print(f"{arguments.data}: no development data; the gate of text mode is skipped")
        return
    if arguments.samples:
        figures, floors = of_samples(), SAMPLE_FLOORS
    else:
        floors = FLOORS
        figures, digest, record = reached(arguments.data, arguments.seeds, arguments.out)
        if arguments.record:
            record["real pages"] = {half: real(arguments.data, half, arguments.out) for half in ("dev", "test")}
            arguments.record.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf8")
    for name, figure in figures.items():
        print(f"{name:32} {figure:.4f}   floor {floors[name]}{'' if figure >= floors[name] else '   BELOW'}")
    if not arguments.samples and digest != DIGEST:
        print(f"the inputs have digest {digest}, the floors were set for {DIGEST}: no judgement. Look at the figures, then set both anew.")
        sys.exit(2)
    sys.exit(1 if shortfalls(figures, floors) else 0)


if __name__ == "__main__":
    main()
