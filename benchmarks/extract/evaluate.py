"""Our scores beside the peers': of the built-in model, which has learned from these pages, or those of cross-validation.

    python benchmarks/extract/evaluate.py DATA [--texts FOLDER] [--validation FILE] [--unseen FILE] [--set NAME ...] [--nfc] [--record FILE]

DATA is the directory `extract`; FOLDER has what peers.py wrote; the files of --validation and --unseen what train.py recorded: their scores
take the place of the built-in model's, which only show what it can remember.
"""

import argparse
import dataclasses
import datetime
import importlib.metadata
import json
import platform
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pages import SETS, Page, digest, headline, read, score

from dedup import _core
from dedup.boilerplate import cues
from dedup.columns import buffers, column
from dedup.config import Config

Column = tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]


def columns(pages: list[Page]) -> tuple[Column, Column, Column]:
    """Return the pages' bytes, addresses and encodings (none known) as columns, as readers yield them."""
    data = np.frombuffer(b"".join(page.html for page in pages), np.uint8)
    offsets = np.cumsum([0, *(len(page.html) for page in pages)], dtype=np.int64)
    return (offsets, data), buffers([page.url for page in pages]), buffers([""] * len(pages))


def extractor(model: bytes | None = None, level: str = "normal") -> Callable[[list[Page]], list[str]]:
    """Return a function from pages to texts, on one thread."""
    extract = of_columns(model, level)
    return lambda pages: extract(columns(pages))


def of_columns(model: bytes | None = None, level: str = "normal") -> Callable[[tuple[Column, Column, Column]], list[str]]:
    """Return a function from columns of pages to texts, on one thread."""
    compiled = cues.load(Config())

    def extract(pages: tuple[Column, Column, Column]) -> list[str]:
        found, *_ = _core.extract_html(*pages, compiled, level, "body", False, None, model, 1)
        return list(column(found[0]).to_pylist())

    return extract


def leaks(pages: list[Page], texts: list[str]) -> dict[str, float]:
    """Return of the written Hindi pages: the share of inline promos kept and of real paragraphs lost, and of all leftovers kept."""
    kept, promos, left, leftovers, lost, real = 0, 0, 0, 0, 0, 0
    for page, text in zip(pages, texts, strict=True):
        flat = " ".join(text.split())
        for sort, part in page.meta["leak"]:
            found = " ".join(part.split()) in flat
            kept, promos = kept + (found and sort == "inline"), promos + (sort == "inline")
            left, leftovers = left + found, leftovers + 1
        for part in (part for parts in page.meta["keep"].values() for part in parts):
            lost, real = lost + (" ".join(part.split()) not in flat), real + 1
    return {"inline_kept": kept / promos, "leftovers_kept": left / leftovers, "paragraphs_lost": lost / real}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/extract"))
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--validation", type=Path)
    parser.add_argument("--unseen", type=Path)
    parser.add_argument("--set", choices=SETS, nargs="*", default=list(SETS))
    parser.add_argument("--nfc", action="store_true", help="put all texts and golds into NFC first")
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"skipped: no development pages at {arguments.data}")
    given = {"dedup": (arguments.validation, "cross_validation"), "dedup_unseen": (arguments.unseen, "unseen_sets")}
    validated = {engine: json.loads(path.read_text("utf8"))[key] for engine, (path, key) in given.items() if path}
    ours = extractor()
    scores: dict[str, dict[str, dict[str, float]]] = {}
    for name in arguments.set:
        pages = list(read(arguments.data, name))
        if arguments.nfc:
            pages = [dataclasses.replace(page, gold=unicodedata.normalize("NFC", page.gold)) for page in pages]
        texts = {} if arguments.validation else {"built_in": ours(pages)}
        for path in sorted(arguments.texts.glob(f"*.{name}.jsonl")) if arguments.texts else ():
            rows = [json.loads(line) for line in path.read_text("utf8").split("\n") if line]
            texts[path.name.split(".")[0]] = [row["text"] for row in rows]
        scores[name] = {engine: found[name] for engine, found in validated.items()}
        for engine, found in texts.items():
            if arguments.nfc:
                found = [unicodedata.normalize("NFC", text) for text in found]
            scores[name][engine] = score(pages, found) | (leaks(pages, found) if name == "hindi" else {})
        for engine, values in scores[name].items():
            print(f"{name:12} {engine:22} {headline(values):.3f}", {key: round(value, 3) for key, value in values.items()}, flush=True)
    if arguments.record:
        record(
            arguments.record,
            arguments.data,
            {"scores": scores, "ours": "cross-validation over hosts" if arguments.validation else "built in", "nfc": arguments.nfc},
        )


def record(path: Path, data: Path, result: dict) -> None:
    """Write a result with the pages' digests, the date, the machine, the versions and the command line."""
    names = ("lightgbm", "trafilatura", "readability-lxml", "resiliparse", "newspaper4k", "turbohtml", "magic-html", "pyarrow")
    result |= {
        "when": datetime.date.today().isoformat(),
        "machine": {"processor": _processor(), "python": platform.python_version()},
        "command": f"python benchmarks/extract/{Path(sys.argv[0]).name} DATA --record FILE",
        "versions": {name: importlib.metadata.version(name) for name in names if _installed(name)},
        "digests": {name: digest(data, name) for name in SETS},
    }
    path.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", "utf8")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf8").splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    main()
