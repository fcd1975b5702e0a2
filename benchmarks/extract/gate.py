"""Holds the extractor to its floors.

    python benchmarks/extract/gate.py [DATA] [--set NAME ...] [--write]

floors.json has for each set the digest of its pages and the scores that must be reached with the built-in model, which has learned from
them: the gate finds what breaks, not how good the extractor is on other pages. Floors rise freely and fall only with a written reason;
--write writes what is reached now, a little less. A set that is absent, or has other pages than the floors are for, is skipped with a
message. Of the large sets every n-th page is taken, so that the gate takes less than a minute. "metadata" are the shares of titles, authors and
days that are those of Fundus' parsers (metadata.py), and of languages that are right.
"""

import argparse
import json
import sys
from pathlib import Path

import metadata
from evaluate import extractor, leaks
from pages import SETS, digest, headline, read, score

FLOORS = Path(__file__).with_name("floors.json")
STEP = {"daniel": 4, "trafilatura": 4, "wcxb_dev": 8}
ROOM = 0.002
"""What a figure may change by without meaning anything."""
MOST = ("inline_kept", "leftovers_kept", "paragraphs_lost")
"""Figures that must not rise; of the others only these must not fall."""
LEAST = ("headline", "words", "article_words", *metadata.FIELDS)
METADATA = "metadata"


def is_here(data: Path, name: str) -> bool:
    if name == METADATA:
        return all(is_here(data, part) for part in metadata.SETS)
    return (data / name).is_dir() if name == "hindi" else (data / f"{name}.jsonl.zst").is_file()


def identity(data: Path, name: str) -> str:
    return "".join(digest(data, part)[:16] for part in metadata.SETS) if name == METADATA else digest(data, name)


def reached(data: Path, name: str) -> dict[str, float]:
    """Return the scores of a set's pages."""
    if name == METADATA:
        return metadata.shares(data)
    pages = list(read(data, name))[:: STEP.get(name, 1)]
    texts = extractor()(pages)
    found = score(pages, texts)
    return found | {"headline": headline(found)} | (leaks(pages, texts) if name == "hindi" else {})


def shortfalls(data: Path, name: str) -> list[str] | None:
    """Return what a set falls short in, or None where the set is absent or has other pages."""
    floor = json.loads(FLOORS.read_text("utf8"))[name]
    if not is_here(data, name) or identity(data, name) != floor["digest"]:
        return None
    found = reached(data, name)
    low = [f"{name}: {key} {found[key]:.4f} < {value}" for key, value in floor["at_least"].items() if found[key] < value]
    return low + [f"{name}: {key} {found[key]:.4f} > {value}" for key, value in floor["at_most"].items() if found[key] > value]


def write(data: Path) -> None:
    floors = {}
    for name in (*SETS, METADATA):
        found = reached(data, name)
        at_least = {key: round(found[key] - ROOM, 3) for key in LEAST if key in found}
        at_most = {key: round(found[key] + ROOM, 3) for key in MOST if key in found}
        floors[name] = {"digest": identity(data, name), "at_least": at_least, "at_most": at_most}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/extract"))
    parser.add_argument("--set", choices=(*SETS, METADATA), nargs="*", default=[*SETS, METADATA])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if arguments.write:
        return write(arguments.data)
    failed = []
    for name in arguments.set:
        short = shortfalls(arguments.data, name)
        print(f"{name}: " + ("skipped, its pages are not here" if short is None else "; ".join(short) or "as good as it was"))
        failed += short or []
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
