"""Bytes of pages to text and metadata on one thread: megabytes a second beside the peers', and the memory that a page needs.

    python benchmarks/extract/speed.py DATA [--set NAME ...] [--peer NAME ...] [--record FILE]

Engines run in turn; an engine's figure is the best of its rounds, in seconds of processor time, so that a busy machine does not change
the ratios much. Ours gets a column of bytes, as
the readers yield it, and gives metadata as well; the peers get decoded pages and give text alone. Memory: the most that a
page needs beyond what its process held before, in multiples of its bytes. A peer that is not installed is skipped with a message.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from evaluate import columns, extractor, of_columns, record
from pages import SETS, Page, read
from peers import PEERS

ROUNDS = 5
SLOW = 20.0
"""Megabytes a second; a slower engine has two rounds."""


def speeds(pages: list[Page], engines: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return MB/s of each engine."""
    size = sum(len(page.html) for page in pages) / 1e6
    best = dict.fromkeys(engines, 0.0)
    for round_ in range(ROUNDS):
        for name, run in engines.items():
            if round_ >= 2 and best[name] < SLOW:
                continue
            start = time.process_time()
            run()
            best[name] = max(best[name], size / (time.process_time() - start))
    return best


def peak(pages: list[Page]) -> dict[str, float]:
    """Return the largest and the median memory of a page as a multiple of its bytes, each page in a process of its own."""
    ratios = []
    for page in pages:
        done = subprocess.run([sys.executable, __file__, "--one"], input=page.html, capture_output=True, check=True)
        ratios.append(int(done.stdout) / len(page.html))
    return {"largest": max(ratios), "median": float(np.median(ratios)), "pages": len(pages)}


def one() -> None:
    """Print the memory that the page on standard input needs, in bytes: the highest mark of the process above where it stood (Linux)."""
    html = sys.stdin.buffer.read()
    extract = extractor()
    extract([Page("", "", "", "", b"<p>x</p>")])
    page = Page("", "", "", "", html)
    before = status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the mark falls to what is used now
    extract([page])
    print(status("VmHWM") - before)


def status(name: str) -> int:
    lines = Path("/proc/self/status").read_text("utf8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))


def safely(engine: Callable[[str], str], page: str) -> str:
    try:
        return engine(page)
    except Exception:  # a peer's failure is its score, not the benchmark's end
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/extract"))
    parser.add_argument("--set", choices=SETS, nargs="*", default=["fundus"])
    parser.add_argument("--peer", choices=PEERS, nargs="*", default=list(PEERS))
    parser.add_argument("--pages", type=int, default=300, help="of a set, at most")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        return one()
    if not arguments.data.is_dir():
        sys.exit(f"skipped: no development pages at {arguments.data}")
    extract = of_columns()
    engines: dict[str, Callable[[str], str]] = {}
    for name in arguments.peer:
        try:
            engines[name] = PEERS[name]()
        except ImportError as error:
            print(f"{name}: skipped, {error}", file=sys.stderr)
    result: dict[str, dict] = {"megabytes_per_second": {}}
    for name in arguments.set:
        pages = list(read(arguments.data, name))[: arguments.pages]
        decoded = [page.html.decode("utf8", "replace") for page in pages]
        given = columns(pages)
        runs: dict[str, Callable[[], object]] = {"dedup": lambda given=given: extract(given)}
        for peer, engine in engines.items():
            runs[peer] = lambda engine=engine, decoded=decoded: [safely(engine, page) for page in decoded]
        result["megabytes_per_second"][name] = found = speeds(pages, runs)
        for peer, speed in found.items():
            print(f"{name:12} {peer:22} {speed:8.1f} MB/s   ours {found['dedup'] / speed:6.2f} times", flush=True)
    result["memory"] = peak(list(read(arguments.data, "fundus"))[::5])
    print(json.dumps(result["memory"]))
    if arguments.record:
        record(arguments.record, arguments.data, result)


if __name__ == "__main__":
    main()
