"""Speed of text mode, one thread, in MB of UTF-8 a second of processor time, beside two probes of the core in the same run.

    python benchmarks/text/speed.py [--data ../shared/data] [--record benchmarks/record/text-speed.json]

The probes, over the same bytes on the same processor: `sign`, the core's 5-gram signature of the text, and `jsonl`, its reading of the same
texts from JSON lines. A machine that others use gives less than it can; the ratios to the probes hold.
"""

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from generate import rows

from dedup import _core
from dedup.boilerplate import cues
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.fingerprint import permutations, shape


def best(work: Callable[[], Any], bytes_: int, times: int = 5) -> float:
    """Return MB a second of processor time, the best of `times`."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return round(bytes_ / 1e6 / min(seconds), 1)


def measure(texts: list[str]) -> dict[str, float]:
    texts_in, nothing, compiled = buffers(texts), buffers([]), cues.load(Config())
    size = len(texts_in[1])
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts).encode()
    chunk = np.frombuffer(lines, np.uint8)
    rows_in = np.arange(len(texts), dtype=np.uint32)

    def strip(level: str, given: Any = texts_in) -> Any:
        return _core.strip_text(given, nothing, compiled, level, nothing, None, 1)

    clean = buffers(column(dict(strip("normal")[0])["text"]))
    return {
        "MB": round(size / 1e6, 1),
        "normal": best(lambda: strip("normal"), size),
        "gentle": best(lambda: strip("gentle"), size),
        "aggressive": best(lambda: strip("aggressive"), size),
        "normal, texts without leftovers": best(lambda: strip("normal", clean), len(clean[1])),
        "probe sign": best(lambda: _core.sign([texts_in], rows_in, permutations(128, 1), shape(Config()), 1), size),
        "probe jsonl": best(lambda: _core.parse_jsonl(chunk, [("text", ["text"])], 1, 1 << 30, 1), size),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"{arguments.data}: no development data; pass --data")
    found = {}
    for name in ("hi", "ne", "en", "other_indic"):
        found[name] = measure([row["text"] for row in rows(arguments.data / f"news/{name}.jsonl.zst")])
        print(name, found[name])
    if arguments.record:
        record = {
            "date": time.strftime("%Y-%m-%d"),
            "machine": f"{platform.machine()}, {platform.system()}, shared with other work",
            "python": platform.python_version(),
            "command": "python benchmarks/text/speed.py",
            "unit": "MB of UTF-8 a second of processor time, one thread, best of 5",
            "results": found,
        }
        arguments.record.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
