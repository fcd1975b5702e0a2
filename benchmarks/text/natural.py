"""Text mode on lines of real news, judged by reading them.

    python benchmarks/text/natural.py [--data ../shared/data] [--seeds ../shared/seeds] [--show]
    python benchmarks/text/natural.py --draw 340 > lines.txt

`judged.tsv` holds the judgements without the text: set, document, line, xxh3_64 of the line, what it was drawn as, and the label:
good (of the article), leftover (none of it is), title (a headline, which may stay or go to its own field: not counted), or mixed, with the
characters of the leftovers inside (start-end, of the line). Lines are drawn by a seeded choice from three kinds: lines of which text mode removed something, lines that were kept and hold a word of platforms,
calls or reading on, and any line.
"""

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import xxhash
from generate import rows

from dedup.boilerplate.text import strip_text
from dedup.config import Config

HERE = Path(__file__).parent
SETS = {"hi": 0.35, "ne": 0.15, "en": 0.25, "other_indic": 0.25}
KINDS = {"removed": 0.45, "near": 0.3, "any": 0.25}
NEAR = re.compile(
    r"क्लिक|फ़?ॉलो|फॉलो|फ़ॉलो|पढ़े|पढ़ें|शेयर|सब्सक्राइब|ट्विटर|फेसबुक|फ़ेसबुक|व्हाट्सएप|व्हाट्सऐप|फोटो|फ़ोटो|तस्वीर|टिप्पणी|विज्ञापन|एजेंसी|संवाददाता|वीडियो|"
    r"भिडियो|तस्बिर|पढ्नुहोस्|क्लिक|আরও পড়ুন|ছবি|ক্লিক|फोटो|वाचा|ക്ലിക്ക്|വായിക്കുക|ചിത്രം|تصویر|پڑھیں|کلک|"
    r"(?i:\bclick|\bfollow|\bsubscribe|\bread more|\balso read|\bphoto|\bcopyright|\bwhatsapp|\bfacebook|\btwitter|\breuters|\bvideo\b)"
)


class Line(NamedTuple):
    place: tuple[str, int, int]
    """Set, document, line, from 0."""
    text: str
    gone: list[tuple[int, int, str]]
    """Removed characters of the line, and why."""


def lines(data: Path, seeds: Path, level: str = "normal") -> Iterator[Line]:
    """Yield the lines of the news and the seeds that are not blank."""
    sets = {name: [row["text"] for row in rows(data / f"news/{name}.jsonl.zst")] for name in SETS}
    sets["seeds"] = [path.read_text("utf8") for path in sorted(seeds.glob("*.txt"))]
    for name, texts in sets.items():
        removed = strip_text(texts, config=Config(strip=level)).column("removed").to_pylist()
        for document, (text, spans) in enumerate(zip(texts, removed, strict=True)):
            at = 0
            for number, line in enumerate(text.split("\n")):
                end = at + len(line)
                inside = [span for span in spans if span["start"] < end and span["end"] > at]
                if line.strip():
                    gone = [(max(span["start"], at) - at, min(span["end"], end) - at, span["reason"]) for span in inside]
                    yield Line((name, document, number), line, gone)
                at = end + 1


def digest(text: str) -> str:
    return xxhash.xxh3_64_hexdigest(text.encode())


def draw(found: list[Line], count: int, seed: int) -> Iterator[tuple[str, Line]]:
    """Yield (kind, line): all lines of the seeds of which something was removed or kept near a cue, and `count` others, no two alike and
    none that was judged before."""
    known = judgements()
    # headlines count neither way
    found = [line for line in found if line.place not in known and not (line.gone and all(reason == "title" for *_, reason in line.gone))]
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in found:
        kind = "removed" if line.gone else "near" if NEAR.search(line.text) else "any"
        groups[line.place[0], kind].append(line)
        if kind == "near":
            groups[line.place[0], "any"].append(line)
    seen: set[str] = set()
    for (name, kind), members in sorted(groups.items()):
        rng = random.Random(f"{seed}/{name}/{kind}")
        wanted = len(members) if name == "seeds" and kind != "any" else round(count * SETS.get(name, 0.02) * KINDS[kind])
        chosen = 0
        for line in rng.sample(members, len(members)):
            plain = re.sub(r"\d+", "#", line.text.strip())
            if chosen < wanted and plain not in seen:
                seen.add(plain)
                chosen += 1
                yield kind, line


def shown(line: Line) -> str:
    """The line with what was removed in brackets, long good stretches cut."""
    text, at = "", 0
    for start, end, reason in line.gone:
        text += _short(line.text[at:start]) + f"⟦{reason}:{line.text[start:end]}⟧"
        at = end
    rest = line.text[at:]
    hit = NEAR.search(rest)
    if not line.gone and hit and len(rest) > 260:
        rest = f"…{rest[max(0, hit.start() - 110) : hit.end() + 110]}…"
    return text + (_short(rest) if line.gone else rest if hit else _short(rest, 90))


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= 2 * most else f"{text[:most]} … {text[-most:]}"


def judgements() -> dict[tuple[str, int, int], tuple[str, str, str, list[tuple[int, int]]]]:
    """Return (digest, kind, label, leftovers inside) by place."""
    found = {}
    for row in (HERE / "judged.tsv").read_text("utf8").splitlines():
        name, document, number, known, kind, label, *inside = row.split("\t")
        spans = [(int(start), int(end)) for start, end in (part.split("-") for part in inside)]
        found[name, int(document), int(number)] = (known, kind, label, spans)
    return found


def measure(found: list[Line]) -> dict[str, Counter[str]]:
    """Return counts by set, by kind and for all: leftover lines (mixed ones included) and those of which at least 80 % went; good lines
    (mixed ones included) and those of which at least half went.

    The kinds were drawn with the text mode of that day: of what was drawn as removed it had removed something.
    """
    judged, counts = judgements(), defaultdict[str, Counter[str]](Counter)
    for line in found:
        if line.place not in judged:
            continue
        known, kind, label, inside = judged[line.place]
        if known != digest(line.text):
            raise ValueError(f"{line.place}: not the line that was judged")
        if label == "title":
            continue
        leftover = {"leftover": [(0, len(line.text))], "mixed": inside}.get(label, [])
        bad = {at for start, end in leftover for at in range(start, end) if not line.text[at].isspace()}
        good = {at for at, char in enumerate(line.text) if not char.isspace()} - bad
        gone = {at for start, end, _ in line.gone for at in range(start, end)}
        # a headline that moved to its field is not lost; "lost or moved" counts it
        moved = {at for start, end, reason in line.gone if reason == "title" for at in range(start, end)}
        for group in {"all", line.place[0], kind, kind.split(" ")[0]}:
            count = counts[group]
            count["judged"] += 1
            if bad:
                count["leftovers"] += 1
                count["removed"] += len(bad & gone) >= 0.8 * len(bad)
            if good:
                count["good"] += 1
                count["lost"] += len(good & gone - moved) >= 0.5 * len(good)
                count["lost or moved"] += len(good & gone) >= 0.5 * len(good)
    return dict(counts)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seeds", type=Path, default=Path("../shared/seeds"))
    parser.add_argument("--level", default="normal")
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"{arguments.data}: no development data; pass --data")
    found = list(lines(arguments.data, arguments.seeds, arguments.level))
    if arguments.draw:
        for number, (kind, line) in enumerate(draw(found, arguments.draw, arguments.seed)):
            print(number, kind, *line.place, digest(line.text), shown(line), sep="\t")
        return
    for group, count in measure(found).items():
        leftovers, good = count["leftovers"], count["good"]
        print(
            f"{group:12} judged {count['judged']:4}   leftovers {leftovers:4} removed {count['removed'] / max(1, leftovers):7.2%}   "
            f"good {good:4} lost {count['lost']} ({count['lost'] / max(1, good):.2%}), moved headlines counted {count['lost or moved']}"
        )


if __name__ == "__main__":
    main()
