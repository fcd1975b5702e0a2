"""What text mode makes of the texts that other extractors take from the pages: their scores before and after.

    python benchmarks/extract/after.py DATA TEXTS [--record FILE]

TEXTS is the folder that peers.py wrote. Most dumps hold such texts. Text mode has no page: it sees neither markup nor metadata.
"""

import argparse
import json
import sys
from pathlib import Path

from evaluate import leaks, record
from pages import SETS, headline, read, score

from dedup.boilerplate.text import strip_text


def measured(data: Path, folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Return by set and extractor the score of its texts, and that of the same texts stripped; of `hindi` also the promos left."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name in SETS:
        pages, found[name] = list(read(data, name)), {}
        for path in sorted(folder.glob(f"*.{name}.jsonl")):
            before = [json.loads(line)["text"] or "" for line in path.read_text("utf8").split("\n") if line]
            after = strip_text(before)["text"].to_pylist()
            values = {when: round(headline(score(pages, texts)), 4) for when, texts in (("before", before), ("after", after))}
            if name == "hindi":
                inline = {when: leaks(pages, texts)["inline_kept"] for when, texts in (("before", before), ("after", after))}
                values |= {f"promos_kept_{when}": round(share, 4) for when, share in inline.items()}
            found[name][path.name.split(".")[0]] = values
            print(f"{name:12} {path.name.split('.')[0]:22}", values, flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    if not arguments.data.is_dir() or not arguments.texts.is_dir():
        sys.exit(f"skipped: no development pages at {arguments.data}, or no texts of the peers at {arguments.texts}")
    scores = measured(arguments.data, arguments.texts)
    if arguments.record:
        record(arguments.record, arguments.data, {"scores": scores})


if __name__ == "__main__":
    main()
