"""How the time and the memory of hostile pages grow with their size: python benchmarks/extract/robust.py [--record FILE].

Each bomb is stripped at one and at eight times a size, each in a process of its own, best of three; linear time shows as a ratio of about 8.
The peak of memory, with all spans read one after the other, is that of the process less what it was before the page (when it had read a
little of each bomb, so that the program itself is loaded), as a multiple of the page, at both sizes. Linux only. Answers are checked before times.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

LEAD = "नदी पर बना नया पुल रविवार को खोल दिया गया। पुल के बनने में चार साल लगे और नब्बे करोड़ रुपये खर्च हुए।"
ENGLISH = "The new bridge over the river was opened on Sunday. It took four years to build, officials said."


def filled(piece: str, size: int, tail: str = "") -> str:
    """The piece repeated up to the size in bytes, and a tail."""
    return piece * max(1, size // len(piece.encode())) + tail


BOMBS: dict[str, Callable[[int], str]] = {
    "plain paragraphs": lambda size: filled(f"<p>{LEAD}</p>\n", size),
    "English paragraphs": lambda size: filled(f"<p>{ENGLISH}</p>\n", size),
    "one text node": lambda size: "<p>" + filled(LEAD + " ", size),
    "nested div": lambda size: filled("<div>", size, LEAD),
    "nested b": lambda size: filled("<b>", size, LEAD),
    "nested tables": lambda size: filled("<table><tr><td>", size, LEAD),
    "nested lists": lambda size: filled("<ul><li>x", size),
    "nested links with text": lambda size: filled("<a href=/x>x<b>", size),
    "nested objects": lambda size: filled("<object><p>x", size),
    "nested unknown tags": lambda size: filled("<x-y>", size, LEAD) + "</z-y>" * 1000,
    "misnested ends": lambda size: filled("<p><span>", size // 2) + filled("</div></b>", size // 2),
    "attributes": lambda size: "<p " + filled('a="b" ', size) + f">{LEAD}",
    "one attribute": lambda size: '<p class="' + filled("related ", size) + f'">{LEAD}',
    "unclosed quotes": lambda size: filled("<a href='", size),
    "unclosed comments": lambda size: filled("<!--", size),
    "unclosed scripts": lambda size: filled("<script>", size),
    "unclosed text areas": lambda size: filled("<textarea>", size),
    "unclosed list items": lambda size: filled("<li>x", size),
    "line breaks": lambda size: filled("x<br>", size),
    "ampersands": lambda size: "<p>" + filled("&#&amp&x;&", size),
    "entities declared": lambda size: '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "x">]><p>' + filled("&a;", size),
    "headlines": lambda size: f"<title>{LEAD}</title>" + filled(f"<h1>{LEAD}</h1>", size),
    "metadata": lambda size: filled('<meta name="author" content="A B">', size),
    "tags": lambda size: filled('<meta property="article:tag" content="a, b, c">', size),
    "times": lambda size: filled("<time datetime=2026-01-02>", size),
    "microdata": lambda size: filled("<i itemprop=author>A B", size),
    "deep JSON-LD": lambda size: '<script type="application/ld+json">' + filled('{"author":[', size) + "</script>",
    "much JSON-LD": lambda size: filled('<script type="application/ld+json">{"@type":"NewsArticle","headline":"x y"}</script>', size),
    "NUL": lambda size: filled("\0", size, f"<p>{LEAD}"),
    "promos": lambda size: filled("<p>यह भी पढ़ें: पुल की तस्वीरें</p>", size),
    "one promo": lambda size: "<p>यह भी पढ़ें: " + filled("पुल ", size),
    "promos in a paragraph": lambda size: "<p>" + filled("The bridge was opened on Sunday. (Also read: gold falls) ", size),
    "promos between paragraphs": lambda size: filled(f"<p>{ENGLISH}</p><p>Also read: gold falls for a third day</p>", size),
    "table cells": lambda size: "<table>" + filled("<tr><td>x<td>y", size),
    "class names": lambda size: filled("<i class=a>x</i><p>", size),
    "brackets": lambda size: "<p>" + filled("(PTI [", size),
    "captions": lambda size: filled("<figcaption>Photo: PTI Photo: PTI</figcaption>", size),
    "slides": lambda size: filled(f"<figcaption><p>{ENGLISH} {ENGLISH}</p><p>Photo: PTI</p></figcaption>", size),
    "hidden pieces": lambda size: "<p>" + filled("bridge <i hidden>x</i>", size),
    "unfilled places": lambda size: f"<p>{ENGLISH}" + filled("<p>{{ a }}", size),
    "topics": lambda size: f"<p>{ENGLISH}<ul class=tags>" + filled("<li><a rel=tag href=/1>a</a>", size),
    "unshown article": lambda size: (
        '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"' + filled(f"{LEAD}&lt;p>", size) + '"}</script>'
    ),
}

_ONE = """
import sys, time
from pathlib import Path
from robust import BOMBS
import dedup
from dedup.errors import DedupError
config = dedup.Config(threads=1, mode=sys.argv[2])

def read(page):
    try:
        found = dedup.strip(html=page, config=config)
    except DedupError as error:
        return str(error)
    assert "\\0" not in found.text and "<script" not in found.text
    for spans in (found.kept, found.removed):
        assert all(span.start <= span.end for span in spans)
    return ""

for bomb in BOMBS.values():
    read(bomb(500))
with open(sys.argv[1], "rb") as file:
    page = file.read()
best = float("inf")
Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
memory = lambda: int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024
before = memory()
for _ in range(1 if sys.argv[3] == "memory" else 3):
    begun = time.process_time()
    problem = read(page)
    best = min(best, time.process_time() - begun)
print(best, memory() - before, len(page), problem)
"""


def one(name: str, size: int, mode: str) -> tuple[float, int, int, str]:
    """Seconds, bytes of memory, bytes of the page, its problem."""
    here = Path(__file__).resolve()
    path = f"{here.parent}:{here.parent.parent.parent}"
    answers = []
    with tempfile.NamedTemporaryFile() as page:  # made in the process that is measured, its parts would count
        page.write(BOMBS[name](size).encode())
        page.flush()
        for what in ("time", "memory"):
            line = [sys.executable, "-c", _ONE, page.name, mode, what]
            done = subprocess.run(line, capture_output=True, check=True, text=True, env={"PYTHONPATH": path, "PATH": ""})
            answers.append(done.stdout.split(" ", 3))
    return float(answers[0][0]), int(answers[1][1]), int(answers[0][2]), answers[0][3].strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=500_000, help="bytes of the small page")
    parser.add_argument("--mode", default="full")
    parser.add_argument("--record", type=Path)
    parser.add_argument("bombs", nargs="*")
    arguments = parser.parse_args()
    rows: dict[str, Any] = {}
    print(f"{'':<26}{'MB/s':>8}{'time ×8':>9}{'memory':>8}{'×8':>8}  problem")
    for name in arguments.bombs or BOMBS:
        small, little, short, _ = one(name, arguments.size, arguments.mode)
        large, memory, length, problem = one(name, 8 * arguments.size, arguments.mode)
        rows[name] = {
            "ratio": round(large / small, 1),
            "mb_per_second": round(length / large / 1e6, 1),
            "memory_per_byte": round(memory / length, 1),
            "memory_per_byte_of_small": round(little / short, 1),
            "problem": problem,
        }
        row = rows[name]
        figures = f"{row['mb_per_second']:>8}{row['ratio']:>9}{row['memory_per_byte_of_small']:>8}{row['memory_per_byte']:>8}"
        print(f"{name:<26}{figures}  {problem}", flush=True)
    if arguments.record:
        record = {
            "date": date.today().isoformat(),
            "machine": platform.processor() or platform.machine(),
            "python": platform.python_version(),
            "command": " ".join(["python", *sys.argv[: sys.argv.index("--record")]]) if "--record" in sys.argv else "",
            "sizes": [arguments.size, 8 * arguments.size],
            "bombs": rows,
        }
        arguments.record.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
