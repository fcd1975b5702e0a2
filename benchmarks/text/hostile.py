"""Speed of text mode on texts that were made to be slow, one thread, in MB of UTF-8 a second of processor time.

    python benchmarks/text/hostile.py [--size 500000] [--record benchmarks/record/text-hostile.json]

Each kind of text is read at `size` bytes and at twice that; `growth` is how many times as long the larger one takes (2 where the work is
linear). Before times are told it is checked that stripping twice is stripping once. A text of which all the work that is allowed was
spent comes back as it is (`untouched`).
"""

import argparse
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dedup import _core
from dedup.boilerplate import cues
from dedup.columns import buffers, column
from dedup.config import Config

SENTENCE = "Officials said that food and medicine had reached the camps by the river on Tuesday. "
PARAGRAPH = SENTENCE * 3
ARTICLE = f"{PARAGRAPH}\n{PARAGRAPH}It was cold.\n{PARAGRAPH}\n"
PHOTO = "The photo shows the camps by the river; another photo shows the food that had reached them on Tuesday.\n"
LINE = "The camps by the river\n"


def filled(unit: str, size: int) -> str:
    """Return a unit again and again, about `size` bytes of it."""
    return unit * max(1, size // len(unit.encode()))


KINDS: dict[str, Callable[[int], str]] = {
    "one line without marks": lambda size: filled("river camp ", size),
    "one line of sentences": lambda size: filled(SENTENCE, size),
    "one line of commas": lambda size: filled("a,", size),
    "one line of points": lambda size: filled(". ", size),
    "empty lines": lambda size: "\n" * size,
    "lines of one letter": lambda size: filled("a\n", size),
    "short lines": lambda size: filled(LINE, size),
    "open brackets": lambda size: "(" * size,
    "empty brackets": lambda size: filled("()", size),
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "advertisements in a line": lambda size: filled("(Advertisement) ", size),
    "nested advertisements": lambda size: filled("[Advertisement ", size // 2) + "]" * (size // 30),
    "brackets broken over lines": lambda size: filled("To join us (\nclick here\n", size),
    "lines that announce": lambda size: filled("ये भी पढ़ें\n", size) + ARTICLE,
    "lines that announce, with headlines": lambda size: filled("ये भी पढ़ें: नदी के किनारे के गांव\n", size) + ARTICLE,
    "lines that end as announcements": lambda size: filled("नदी के गांव यह भी पढ़ें\n", size) + ARTICLE,
    "glued announcements": lambda size: filled("مزید پڑھیںدریا کے کنارے گاؤں۔", size),
    "links to pictures": lambda size: filled("pic.twitter.com/Ab12 ", size),
    "calls in a line": lambda size: filled("Follow us on Instagram for the latest news updates. ", size),
    "handles": lambda size: filled("— River (@river) ", size),
    "escaped links without an end": lambda size: filled("&lt;a href=/ x\n", size),
    "by-lines": lambda size: filled("By Meena Kumari\n5 March 2024, 10:30\n", size) + ARTICLE,
    "by-lines of several labels": lambda size: (
        filled("Reported By: Meena Kumari Edited By: Ramesh Negi Updated: 5 March 2024, 10:30\n", size) + ARTICLE
    ),
    "tags between paragraphs": lambda size: filled(f"{PARAGRAPH}\nTags: river, camp\n", size),
    "equal paragraphs": lambda size: filled(f"{PARAGRAPH}\n", size),
    "highlights": lambda size: filled("Highlights: the camps by the river\n", size) + ARTICLE,
    "sections": lambda size: filled("Home / City / The camps by the river\n", size) + ARTICLE,
    "bars": lambda size: filled("Home | ", size),
    "labels above paragraphs that speak of them": lambda size: filled(f"Photo\n{PHOTO}", size),
    "labels below paragraphs": lambda size: filled(f"{PARAGRAPH}\n", size // 2) + filled("Comments\n", size // 2),
    "stacked captions": lambda size: ARTICLE.rstrip() + filled(" Photo: PTI.", size),
    "stacked credits": lambda size: ARTICLE.rstrip() + filled(" (PTI)", size),
    "stacked datelines": lambda size: filled("RAMPUR (PTI): ", size) + ARTICLE,
    "stacked agencies": lambda size: filled("(AP)", size) + ARTICLE,
    "cities in a list": lambda size: filled(f"पटना: {PARAGRAPH}\n", size),
    "stacked notes": lambda size: ARTICLE + filled(" (प्रस्तुति: मीना कुमारी)", size),
    "brackets that no space parts": lambda size: filled("है।(नदी के गांव)", size),
    "cities above paragraphs": lambda size: filled("हेडलाइन\nपटना। " + "नदी के किनारे के गांव में पानी भर गया है। " * 3 + "\n", size),
    "shortcodes": lambda size: filled("[b]", size) + "[/b]",
    "short lines under stacked captions": lambda size: ARTICLE.rstrip() + filled(" Photo: PTI.", size // 8) + "\n" + filled(LINE, size),
    "short lines above stacked captions": lambda size: filled(LINE, size) + ARTICLE.rstrip() + filled(" Photo: PTI.", size // 8),
}


def seconds(work: Callable[[], Any], times: int = 2) -> float:
    """Return processor time, the best of `times`."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def measure(make: Callable[[int], str], size: int) -> dict[str, float | bool]:
    """Return the figures of one kind of text."""
    nothing, compiled = buffers([]), cues.load(Config())

    def strip(text: str) -> str:
        kept: str = column(dict(_core.strip_text(buffers([text]), nothing, compiled, "normal", nothing, None, 1)[0])["text"])[0].as_py()
        return kept

    small, large = make(size), make(2 * size)
    kept = strip(small)
    if strip(kept) != kept:
        raise SystemExit(f"stripped twice it is another text: {small[:60]!r}")
    one, two = seconds(lambda: strip(small)), seconds(lambda: strip(large))
    return {
        "MB/s": round(len(small.encode()) / 1e6 / one, 1),
        "MB/s of twice as much": round(len(large.encode()) / 1e6 / two, 1),
        "growth": round(two / one, 1),
        "untouched": kept == small,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=500_000)
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    found = {}
    for name, make in KINDS.items():
        found[name] = measure(make, arguments.size)
        print(f"{name:38}", found[name], flush=True)
    if arguments.record:
        record = {
            "date": time.strftime("%Y-%m-%d"),
            "machine": f"{platform.machine()}, {platform.system()}, shared with other work",
            "python": platform.python_version(),
            "command": f"python benchmarks/text/hostile.py --size {arguments.size}",
            "unit": "MB of UTF-8 a second of processor time, one thread, best of 2, level normal",
            "results": found,
        }
        arguments.record.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
