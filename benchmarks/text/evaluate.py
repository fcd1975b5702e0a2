"""Measures text mode: leftovers removed, lines of the article lost, in generated documents and in lines judged by hand.

    python benchmarks/text/evaluate.py [--data ../shared/data] [--split dev|test] [--show 40]

A leftover line counts as removed when at least 80 % of its letters are gone, a line of the article as lost when at least half of them
are and neither the metadata nor another line of the text has it.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from generate import Document, build

from dedup.boilerplate.text import strip_text
from dedup.config import Config

REMOVED, LOST = 0.8, 0.5
BLANK = " \t\xa0\u200b\ufeff"
READ = {"times-of-bharat", "guard-post"}
"""Test outlets whose leftovers were read while article lines were looked for, beside the Hindi ones."""


class Tally:
    """Counts of one group of documents, and the lines that went wrong."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.missed: list[str] = []
        self.lost: list[str] = []

    def rates(self) -> tuple[float, float, float]:
        """Shares: leftover lines removed, article lines lost, article letters lost."""
        count = self.count
        return (
            count["removed"] / max(1, count["leftovers"]),
            count["lost"] / max(1, count["good"]),
            count["letters lost"] / max(1, count["letters"]),
        )


def letters(text: str) -> int:
    return sum(not char.isspace() for char in text)


def measure(documents: Iterable[Document], level: str = "normal") -> dict[tuple[str, str], Tally]:
    """Return tallies by (what, value) of split, language, outlet and place."""
    documents = list(documents)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    texts = [document.text for document in documents]
    for document, row in zip(documents, strip_text(texts, config=Config(strip=level)).to_pylist(), strict=True):
        gone, why = bytearray(len(document.text)), {}
        for span in row["removed"]:
            gone[span["start"] : span["end"]] = b"\1" * (span["end"] - span["start"])
            why |= dict.fromkeys(range(span["start"], span["end"]), span["reason"])
        known = {row[field].strip(BLANK) for field in ("title", "subtitle")} | {line.strip(BLANK) for line in row["text"].splitlines()}
        at = 0
        for piece in document.pieces:
            start, at = at, at + len(piece.text)
            total = letters(piece.text)
            if piece.kind == "gap" or not total:
                continue
            cut = sum(gone[start + place] for place, char in enumerate(piece.text) if not char.isspace())
            groups = [("split", document.split), ("lang", document.lang), ("outlet", document.outlet), ("all", "")]
            groups += [("split", "unread")] if document.split == "test" and document.lang != "hi" and document.outlet not in READ else []
            for group in groups if piece.kind == "good" else [*groups, ("place", piece.kind)]:
                tally = tallies[group]
                if piece.kind == "good":
                    kept = piece.text.strip(BLANK) in known
                    tally.count.update(good=1, letters=total)
                    tally.count["letters lost"] += 0 if kept else cut
                    if cut >= LOST * total and not kept:
                        tally.count["lost"] += 1
                        reason = next(why[place] for place in range(start, at) if place in why)
                        tally.lost.append(f"{document.outlet} {reason}: {piece.text[:160]}")
                else:
                    tally.count["leftovers"] += 1
                    if cut >= REMOVED * total:
                        tally.count["removed"] += 1
                    else:
                        tally.missed.append(f"{document.outlet}/{piece.kind}: {piece.text[:160]}")
    return tallies


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", choices=["dev", "test"])
    parser.add_argument("--level", default="normal")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"{arguments.data}: no development data; pass --data")
    documents = [document for document in build(arguments.data, arguments.seed) if arguments.split in (None, document.split)]
    tallies = measure(documents, arguments.level)
    for what, value in sorted(tallies):
        if what != "outlet":
            removed, lost, share = tallies[what, value].rates()
            count = tallies[what, value].count
            print(
                f"{what:6} {value:8} leftovers {count['leftovers']:5} removed {removed:7.2%}   "
                f"good {count['good']:5} lost {lost:7.3%} letters {share:7.3%}"
            )
    for name in ("lost", "missed"):
        lines = Counter(getattr(tallies["all", ""], name))
        for line, count in lines.most_common(arguments.show):
            print(name, count, line)


if __name__ == "__main__":
    main()
