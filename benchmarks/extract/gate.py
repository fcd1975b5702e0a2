"""Holds the extractor to its floors: `python benchmarks/extract/gate.py [DATA] [--set NAME ...]`.

floors.json has for each set the digest of its pages and the scores that must be reached; floors rise freely and fall only with a written
reason. A set that is absent, or has other pages than the floors are for, is skipped with a message.
"""

import argparse
import json
import sys
from pathlib import Path

from evaluate import extractor, leaks
from pages import digest, headline, read, score

FLOORS = Path(__file__).with_name("floors.json")


def shortfalls(data: Path, name: str) -> list[str] | None:
    """Return what a set falls short in, or None where the set is absent or has other pages."""
    floor = json.loads(FLOORS.read_text("utf8"))[name]
    present = (data / name).is_dir() if name == "hindi" else (data / f"{name}.jsonl.zst").is_file()
    if not present or digest(data, name) != floor["digest"]:
        return None
    pages = list(read(data, name))
    texts = extractor()(pages)
    found = score(pages, texts)
    found["headline"] = headline(found)
    if name == "hindi":
        found |= leaks(pages, texts)
    short = [f"{name}: {key} {found[key]:.4f} < {value}" for key, value in floor["at_least"].items() if found[key] < value]
    return short + [f"{name}: {key} {found[key]:.4f} > {value}" for key, value in floor.get("at_most", {}).items() if found[key] > value]


def main() -> None:
    floors = json.loads(FLOORS.read_text("utf8"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/extract"))
    parser.add_argument("--set", choices=floors, nargs="*", default=list(floors))
    arguments = parser.parse_args()
    failed = []
    for name in arguments.set:
        short = shortfalls(arguments.data, name)
        print(f"{name}: " + ("skipped, its pages are not here" if short is None else "; ".join(short) or "as good as it was"))
        failed += short or []
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
