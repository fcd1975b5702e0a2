"""Our scores and speed beside the peers', in one run.

    python benchmarks/extract/evaluate.py DATA [--model FILE] [--peer NAME ...] [--set NAME ...] [--record FILE]

DATA is the directory `extract`. Speed: bytes to text and metadata on one thread, over the pages of `fundus`, best of five rounds, peers
(texts alone) in turn with ours. Memory: the most that one page needs beyond what the process held, as a multiple of its bytes, each page of
`fundus` in a process of its own. A peer that is not installed is skipped with a message. The built-in model has learned from these pages:
only the figures of train.py --folds say how it does on hosts that it has not seen.
"""

import argparse
import datetime
import importlib.metadata
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pages import SETS, Page, digest, headline, read, score
from peers import PEERS

from dedup import _core
from dedup.boilerplate import cues
from dedup.columns import buffers, column
from dedup.config import Config

ROUNDS = 5


def extractor(model: bytes | None = None, level: str = "normal") -> Callable[[list[Page]], list[str]]:
    """Return a function from pages to texts, on one thread."""
    compiled = cues.load(Config())

    def extract(pages: list[Page]) -> list[str]:
        data = np.frombuffer(b"".join(page.html for page in pages), np.uint8)
        offsets = np.cumsum([0, *(len(page.html) for page in pages)], dtype=np.int64)
        urls, none = buffers([page.url for page in pages]), buffers([""] * len(pages))
        columns, *_ = _core.extract_html((offsets, data), urls, none, compiled, level, "body", False, None, model, 1)
        return list(column(columns[0]).to_pylist())

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


def speeds(pages: list[Page], engines: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return MB/s of each engine, the best of `ROUNDS`, engines in turn."""
    size = sum(len(page.html) for page in pages) / 1e6
    best = dict.fromkeys(engines, 0.0)
    for round_ in range(ROUNDS):
        for name, run in engines.items():
            if round_ and best[name] < 20:  # a slow peer's first round is long enough to be its measure
                continue
            start = time.perf_counter()
            run()
            best[name] = max(best[name], size / (time.perf_counter() - start))
    return best


def peak(pages: list[Page]) -> dict[str, float]:
    """Return the largest and the median memory of a page as a multiple of its bytes."""
    ratios = []
    for page in pages:
        line = [sys.executable, __file__, "--one"]
        done = subprocess.run(line, input=page.html, capture_output=True, check=True)
        ratios.append(int(done.stdout) / len(page.html))
    return {"largest": max(ratios), "median": float(np.median(ratios))}


def _one() -> None:
    """The memory that the page on standard input needs, in bytes."""
    html = sys.stdin.buffer.read()
    extract = extractor()
    extract([Page("", "", "", "", b"<p>x</p>")])
    page = Page("", "", "", "", html)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    extract([page])
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/extract"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--peer", choices=PEERS, nargs="*", default=list(PEERS))
    parser.add_argument("--set", choices=SETS, nargs="*", default=list(SETS))
    parser.add_argument("--record", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        return _one()
    if not arguments.data.is_dir():
        sys.exit(f"skipped: no development pages at {arguments.data}")
    ours = extractor(arguments.model.read_bytes() if arguments.model else None)
    engines: dict[str, Callable[[str], str]] = {}
    for name in arguments.peer:
        try:
            engines[name] = PEERS[name]()
        except ImportError as error:
            print(f"{name}: skipped, {error}", file=sys.stderr)
    result: dict[str, dict] = {"scores": {}}
    for name in arguments.set:
        pages = list(read(arguments.data, name))
        texts = {"ours": ours(pages)} | {peer: [_safely(engine, page) for page in pages] for peer, engine in engines.items()}
        result["scores"][name] = {engine: score(pages, found) for engine, found in texts.items()}
        for engine, values in result["scores"][name].items():
            if name == "hindi":
                values |= leaks(pages, texts[engine])
            print(f"{name:12} {engine:22} {headline(values):.3f}", {key: round(value, 3) for key, value in values.items()}, flush=True)
    pages = list(read(arguments.data, "fundus"))
    runs: dict[str, Callable[[], object]] = {"ours": lambda: ours(pages)}
    for peer, engine in engines.items():
        runs[peer] = lambda engine=engine: [_safely(engine, page) for page in pages]
    result["megabytes_per_second"] = speeds(pages, runs)
    result["memory"] = peak(pages[::5])
    print(json.dumps({key: result[key] for key in ("megabytes_per_second", "memory")}, indent=1))
    if arguments.record:
        record(arguments.record, arguments.data, result)


def record(path: Path, data: Path, result: dict) -> None:
    """Write a result with the pages' digests, the date, the machine, the versions and the command line."""
    names = ("lightgbm", "trafilatura", "readability-lxml", "resiliparse", "newspaper4k", "turbohtml", "pyarrow")
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


def _safely(engine: Callable[[str], str], page: Page) -> str:
    try:
        return engine(page.html.decode("utf8", "replace"))
    except Exception:  # a peer's failure is its score, not the benchmark's end
        return ""


if __name__ == "__main__":
    main()
