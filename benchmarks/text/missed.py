"""What the HTML extractor with templates gets wrong on the cleanportal pages, by category: which verdict took the words that the gold has.

    python benchmarks/text/missed.py [--data ../shared/data] [--mode body|full]

The unit is that of the gate: a word 4-gram as a share of its page, summed over the pages, so that 1.0 is a whole page. What is missed falls to
the reason of the removed span in which it stands, to what a page holds in <object> elements for browsers without their player, or to neither;
pages whose gold is no article are a category of their own. The last lines are F1 as it is and as it would be without each category.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from gate import shingles
from pages import read as read_pages

from dedup.boilerplate import Templates
from dedup.boilerplate.html import strip_html
from dedup.config import Config

ARTICLE = 100
"""Characters of gold that are an article."""


def categories(gold: str, html: bytes, row: dict[str, Any]) -> tuple[Counter[str], float]:
    """Return the shares of a page that are missed or too much, by category, and the share that is right."""
    wanted, found = shingles(gold), shingles(row["text"])
    both = sum((wanted & found).values())
    total = sum(wanted.values()) + sum(found.values()) - both
    shares: Counter[str] = Counter()
    if len(gold) < ARTICLE:
        shares["no article in the gold"] = (total - both) / total
        return shares, both / total
    removed = [(span["reason"], shingles(span["text"])) for span in row["removed"]]
    fallback = BeautifulSoup(html, "html.parser").find_all("object")
    removed += [("title", shingles(row["title"])), ("in <object>", shingles(" ".join(element.get_text(" ") for element in fallback)))]
    for gram, count in (wanted - found).items():
        reason = next((reason for reason, held in removed if gram in held), "elsewhere, or across two parts")
        shares[f"missed: {reason}"] += count / total
    shares["too much"] = sum((found - wanted).values()) / total
    return shares, both / total


def f1(right: float, wrong: float) -> float:
    return 2 * right / (2 * right + wrong)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--mode", choices=["body", "full"], default="body")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"{arguments.data}: no development data; pass --data")
    pages = list(read_pages(arguments.data / "extract", "cleanportal"))
    html, hosts = [page.html for page in pages], [page.host for page in pages]
    templates = Templates()
    templates.learn_html(html, hosts)
    rows = strip_html(html, hosts=hosts, templates=templates, config=Config(mode=arguments.mode)).to_pylist()
    wrong: Counter[str] = Counter()
    right = 0.0
    for page, row in zip(pages, rows, strict=True):
        shares, share = categories(page.gold, page.html, row)
        wrong.update(shares)
        right += share
    everything = sum(wrong.values())
    print(f"{len(pages)} pages, right {right:.2f}, F1 {f1(right, everything):.4f}")
    for name, share in wrong.most_common():
        # without it these words are right where they were missed, and gone where they were too much
        gained = share if name.startswith("missed") else 0.0
        print(f"{name:48} {share:6.3f}   F1 without {f1(right + gained, everything - share):.4f}")


if __name__ == "__main__":
    main()
