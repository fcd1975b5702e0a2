"""Text mode on what a crude extractor leaves of real pages: the lines of the article element, judged by the gold of the page.

    python benchmarks/text/crude.py [--data ../shared/data] [--sets fundus,magic,…] [--half dev|test] [--beside 4] [--show 40]

A line is good when the gold holds it, a leftover when the gold holds hardly any of its word pairs; the rest is left out of the count. Hosts
are halved by the hash of their name.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag

from dedup.boilerplate.text import strip_text
from dedup.config import Config

sys.path.append(str(Path(__file__).parents[1] / "extract"))  # where pages.py is; evaluate.py is that of this folder
from pages import read as read_pages
from pages import words

SETS = ("fundus", "magic", "readability", "indic", "hindi", "wcxb_dev", "cleanportal")
HIDDEN = {"script", "style", "noscript", "template", "svg", "iframe", "head", "select", "option", "button", "form"}
INLINE = {
    "a",
    "b",
    "i",
    "em",
    "strong",
    "span",
    "small",
    "sup",
    "sub",
    "u",
    "font",
    "mark",
    "abbr",
    "cite",
    "code",
    "q",
    "s",
    "time",
    "label",
}


def crude(html: bytes, *, whole: bool = False) -> str:
    """Return the text of the article element (or of the whole page), a line for each block."""
    soup = BeautifulSoup(html, "html.parser")
    root: Tag = soup.body or soup
    if not whole:
        found = [*soup.find_all("article"), *soup.find_all("main"), *soup.find_all(attrs={"role": "main"}), root]
        root = max(found, key=lambda element: min(1500, sum(len(p.get_text()) for p in element.find_all("p"))))
    lines: list[str] = []
    part: list[str] = []

    def flush() -> None:
        line = re.sub(r"\s+", " ", "".join(part)).strip()
        part.clear()
        if line:
            lines.append(line)

    def walk(element: Tag) -> None:
        for child in element.children:
            if isinstance(child, Tag):
                if child.name in HIDDEN:
                    continue
                if child.name not in INLINE:
                    flush()
                walk(child)
                if child.name not in INLINE:
                    flush()
            elif type(child) is NavigableString:
                part.append(str(child))

    walk(root)
    flush()
    return "\n".join(lines)


def cached(data: Path, name: str, out: Path, whole: bool) -> list[dict[str, str]]:
    """Return {host, gold, text} for each page of a set; parsing is slow, so the texts are kept in `out`."""
    path = out / f"{name}{'-whole' if whole else ''}.jsonl"
    if not path.exists():
        out.mkdir(parents=True, exist_ok=True)
        kept = [page for page in read_pages(data / "extract", name) if page.gold and (name != "wcxb_dev" or page.kind == "article")]
        rows = ({"id": page.id, "host": page.host, "gold": page.gold, "text": crude(page.html, whole=whole)} for page in kept)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    return [json.loads(line) for line in path.read_text("utf8").split("\n") if line]


def pairs(text: str) -> Counter[tuple[str, str]]:
    found = words(text)
    return Counter(zip(found, [*found[1:], ""], strict=True)) if found else Counter()


def label(line: str, gold: Counter[tuple[str, str]], flat: str, lines: set[str]) -> str:
    """Return good, leftover or unsure; `lines` are the gold's, `flat` is the whole of it."""
    own = words(line)
    joined = " ".join(own)
    if not own:
        return "unsure"
    if joined in lines:
        return "good"
    if f" {joined} " in flat:
        return "good" if len(own) >= 8 else "unsure"
    held = sum((pairs(line) & gold).values()) / len(own)
    return "good" if held >= 0.9 else "leftover" if held <= 0.15 else "unsure"


def measure(
    data: Path, name: str, half: str | None, out: Path, *, beside: int | None = None, level: str = "normal"
) -> tuple[Counter[str], dict[str, list[str]]]:
    """Return counts (of pages and lines by label, of those removed and lost) and the lines that were missed and lost, each with its host."""
    rows = [row for row in cached(data, name, out, False) if half in (None, half_of(row["host"]))]
    if beside is not None:
        rows = [row | {"text": near(row["text"], row["gold"], beside)} for row in rows]
    stripped = strip_text([row["text"] for row in rows], config=Config(strip=level)).to_pylist()
    count: Counter[str] = Counter(pages=len(rows))
    shown: dict[str, list[str]] = defaultdict(list)
    for row, result in zip(rows, stripped, strict=True):
        gold, flat = pairs(row["gold"]), f" {' '.join(words(row['gold']))} "
        lines = {" ".join(words(line)) for line in row["gold"].splitlines()}
        known = {result["title"], result["subtitle"]}
        gone, why = bytearray(len(row["text"])), {}
        for span in result["removed"]:
            gone[span["start"] : span["end"]] = b"\1" * (span["end"] - span["start"])
            why |= dict.fromkeys(range(span["start"], span["end"]), span["reason"])
        at = 0
        for line in row["text"].split("\n"):
            kind, cut = label(line, gold, flat, lines), sum(gone[at : at + len(line)]) / max(1, len(line))
            at += len(line) + 1
            count["leftovers" if kind == "leftover" else kind] += 1
            if kind == "leftover" and cut >= 0.8:
                count["removed"] += 1
            elif kind == "leftover":
                shown["missed"].append(f"{row['host']}: {line[:150]}")
            elif kind == "good" and cut >= 0.5 and line not in known:
                count["lost"] += 1
                reason = next(why[place] for place in range(at - len(line) - 1, at) if place in why)
                shown["lost"].append(f"{row['host']} {reason}: {line[:150]}")
    return count, shown


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--half", choices=["dev", "test"])
    parser.add_argument("--level", default="normal")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/text"))
    parser.add_argument("--beside", type=int, help="only the lines from the first to the last of the article and so many on either side")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"{arguments.data}: no development data; pass --data")
    for name in arguments.sets.split(","):
        count, shown = measure(arguments.data, name, arguments.half, arguments.out, beside=arguments.beside, level=arguments.level)
        print(
            f"{name:12} pages {count['pages']:4} leftovers {count['leftovers']:6} removed {count['removed'] / max(1, count['leftovers']):7.2%}   "
            f"good {count['good']:6} lost {count['lost'] / max(1, count['good']):7.3%}   unsure {count['unsure']}"
        )
        for what, lines in shown.items():
            for line in lines[: arguments.show]:
                print(f"  {what} {line}")


def near(text: str, gold: str, beside: int) -> str:
    """Return the lines from `beside` lines above the first good line to as many below the last: what an extractor may leave."""
    pair_counts, flat = pairs(gold), f" {' '.join(words(gold))} "
    known = {" ".join(words(line)) for line in gold.splitlines()}
    lines = text.split("\n")
    good = [at for at, line in enumerate(lines) if label(line, pair_counts, flat, known) == "good" and len(words(line)) >= 8]
    return "\n".join(lines[max(0, good[0] - beside) : good[-1] + 1 + beside]) if good else ""


def half_of(host: str) -> str:
    return "dev" if hashlib.sha256(host.encode()).digest()[0] % 2 else "test"


if __name__ == "__main__":
    main()
